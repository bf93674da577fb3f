"""A quiz before and after the course: two lessons without a lecture, which ask for the same shapes in other numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

from rnnshapes import files
from rnnshapes.authoring import build
from rnnshapes.errors import CourseError
from rnnshapes.lessons.quiz_items import TOPICS, Item, Topic, draw_sizes, one_shape
from rnnshapes.sizes import Sizes, split_dims, tuple_text

TITLES = ("Quiz before the course", "Quiz after the course")

_HEAD = """\
# ---
# title: {title}
# points: {points}
# ---

# %% [markdown]
# # {title}
#
# {count} questions, one point each, about twenty minutes. Type the shapes that you expect, and run nothing to find them
# out. What you do not know you may leave as it is. This quiz is here to measure the course, so nothing in this notebook
# says whether a shape is right: the cells below the answers, and **Validate**, only look whether one is typed. What was
# right you read in the feedback.
#
# Type a tuple in place of each `...`, in numbers or in letters: `(8, 9)` or `(A, 2*B)`. One axis is written `(8,)`.

# %% readonly="setup"
N, T, D, M, K = {sizes}  # samples, time steps, features, hidden units, output nodes
M1, M2 = M, {M2}  # hidden units of two recurrent layers
"""

_ITEM = """\
# %% answer="{name}"
#| {name} = ...  # {asks}
### BEGIN SOLUTION
{name} = {right}  # {asks}
### END SOLUTION

# %% test="{name}" points=1
# One point for the right shape. Before you hand in, this says only whether a shape is typed.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("{number}/{name}", {name})
### END HIDDEN TESTS
assert isinstance({name}, tuple | list), "No shape is typed yet. Type a tuple, such as (8, 9) or (8,)"
"""

_EXERCISES = '''\
"""{title}: `rnnshapes quiz` drew these sizes from the seed {seed}. What is asked: rnnshapes/lessons/quiz_items.py."""

from rnnshapes.lessons.quiz_items import one_shape
from rnnshapes.sizes import Sizes

NOTEBOOK = {sizes}

{exercises}
'''


def make_quiz(root: Path, *, seeds: Sequence[int], lessons: Sequence[str] = ()) -> build.Report:
    """Write and build lessons/98_before and lessons/99_after; `lessons` says whose items, such as "01"; all for ().

    Returns: what was written.
    Raises: CourseError if one of them is there already, the seeds give the same sizes, or there is nothing to ask.
    """
    rooms = [root / place for name in files.QUIZZES for place in (f"lessons/{name}", f"rnnshapes/lessons/l{name}")]
    if there := [room.relative_to(root).as_posix() for room in rooms if room.exists()]:
        raise CourseError(
            f"Got {', '.join(there)}, expected no quiz yet: students may have handed it in. For a new quiz remove "
            f"{', '.join(room.relative_to(root).as_posix() for room in rooms)}."
        )
    if not (root / "rnnshapes/lessons").is_dir():
        raise CourseError(
            "rnnshapes/lessons: not in this course, and the quiz adds its sizes there. Try: a copy of the repository."
        )
    drawn = [draw_sizes(seed) for seed in seeds]
    if drawn[0] == drawn[1]:
        raise CourseError(
            f"Got the seeds {seeds[0]} and {seeds[1]}, which draw the same sizes. Try: two other numbers."
        )
    topics = _chosen(lessons)
    written = {}
    for lesson, title, seed, sizes in zip(files.QUIZZES, TITLES, seeds, drawn, strict=True):
        written |= _texts(lesson, title, seed, sizes, topics)
    for path, text in written.items():
        files.write_file(root / path, text.encode())
    report = build.build(root, files.QUIZZES)
    report.written = [*written, *report.written]
    return report


def _chosen(lessons: Sequence[str]) -> list[Topic]:
    """Return the topics with those of their items that the lessons have taught."""
    numbers = {lesson.rstrip("/").rsplit("/", 1)[-1][:2] for lesson in lessons}
    known = {item.lesson for topic in TOPICS for item in topic.items}
    if unknown := sorted(numbers - known):
        raise CourseError(
            f"Got the lesson {unknown[0]!r}, expected some of {', '.join(sorted(known))}: they have items."
        )
    return [topic for topic in TOPICS if not numbers or topic.items[0].lesson in numbers]


def _texts(lesson: str, title: str, seed: int, sizes: Sizes, topics: list[Topic]) -> dict[str, str]:
    """Return the files of one quiz, by path."""
    number, items = lesson[:2], [item for topic in topics for item in topic.items]
    numbers = ", ".join(str(sizes.of(letter)) for letter in "NTDMK")
    cells = [_HEAD.format(title=title, points=len(items), count=len(items), sizes=numbers, M2=sizes.M2)]
    answers = []
    for topic in topics:
        about = "\n".join(f"# {line}" for line in textwrap.wrap(topic.about, 118, break_on_hyphens=False))
        cells.append(f"# %% [markdown]\n# ## {topic.heading}\n#\n{about}\n")
        for item in topic.items:
            right, wrong = _right_and_wrong(f"{number}/{item.name}", item, sizes)
            cells.append(_ITEM.format(name=item.name, asks=item.asks, right=right, number=number))
            answers += wrong
    room = f"rnnshapes/lessons/l{lesson}"
    exercises = "\n".join(f'{item.name.upper()} = one_shape("{number}/{item.name}", NOTEBOOK)' for item in items)
    drawn = f"Sizes({', '.join(f'{letter}={sizes.of(letter)}' for letter in ('N', 'T', 'D', 'M', 'M2', 'K'))})"
    return {
        f"lessons/{lesson}/assignment.py": "\n".join(cells),
        f"lessons/{lesson}/answers.py": "\n".join(answers),
        f"{room}/__init__.py": "",
        f"{room}/exercises.py": _EXERCISES.format(title=title, seed=seed, sizes=drawn, exercises=exercises),
    }


def _right_and_wrong(name: str, item: Item, sizes: Sizes) -> tuple[str, list[str]]:
    """Return the right tuple as a student types it, and a cell for each wrong one that the item's lesson can name."""
    exercise = one_shape(name, sizes)
    cells = [
        f'# %% answer="{item.name}" wrong="{key}"\n{item.name} = {_typed(letters.split(","))}\n'
        for letters, key in exercise.wrong.items()
    ]
    return _typed(split_dims(exercise.letters)), cells


def _typed(letters: Sequence[str]) -> str:
    """Return letters as a tuple of Python.

    >>> _typed(["N", "2M"]), _typed(["M"])
    ('(N, 2*M)', '(M,)')
    """
    return tuple_text(f"{one[0]}*{one[1:]}" if one[0].isdigit() and one[1:] else one for one in letters)
