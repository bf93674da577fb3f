"""Grade the grader: `rnnshapes audit` shows that every test can fail, every right answer passes, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from rnnshapes import files
from rnnshapes.authoring import build, text
from rnnshapes.authoring.answers import Answer, read_answers, run_answer
from rnnshapes.authoring.keys import points_of
from rnnshapes.beliefs.by_hand import GROUPS
from rnnshapes.beliefs.records import read_records
from rnnshapes.lessons import exercise_names, find_exercise

Problem = str


def audit(root: Path, names: tuple[str, ...] = ()) -> int:
    """Audit lessons, all or the named ones; print one line for each question asked. Return 1 if any has problems."""
    from rich.console import Console

    console, failed = Console(soft_wrap=True, highlight=False), False
    report = build.check(root, names)
    failed |= _say(console, "the notebooks are what the lessons' texts give", report.problems)
    for lesson in build.choose_lessons(root, names):
        console.print(lesson, style="bold")
        for question, problems in audit_lesson(root, lesson):
            failed |= _say(console, question, problems)
    return 1 if failed else 0


def _say(console: Any, question: str, problems: list[Problem]) -> bool:
    console.print(f"  {'✗' if problems else '✓'} {question}")
    for problem in problems:
        console.print(f"      {problem}", markup=False)
    return bool(problems)


def audit_lesson(root: Path, lesson: str) -> Iterator[tuple[str, list[Problem]]]:
    """Yield each question with the problems found, for one lesson."""
    assignment = build.read_lesson(root, lesson, "assignment.py")
    cells = [cell for cell in assignment.cells if "answer" in cell.keys]
    names = [cell.keys["answer"] for cell in cells]
    unknown = [name for name in names if f"{lesson[:2]}/{name}" not in exercise_names(lesson)]
    yield (
        "each answer is an exercise that the checks know",
        [f"{name}: describe it in rnnshapes/lessons/l{lesson}/exercises.py" for name in unknown],
    )
    if unknown:
        return
    exercises = {name: find_exercise(f"{lesson[:2]}/{name}") for name in names}
    yield f"the points add up to {assignment.points:g}", _check_points(assignment)
    yield "ids are unique and test cells are locked", _check_cells(root, lesson)
    yield "the release holds no solution and no hidden test", _check_release(root, lesson, assignment)
    yield "each misconception has a hint without solution code", _check_hints(exercises)
    yield "each misconception fails on the hidden cases", _check_shows(exercises)
    yield "no two misconceptions give the same numbers", _check_apart(exercises)
    answers = read_answers(root / "lessons" / lesson / "answers.py")
    stubs = [Answer(name, "stub", "", _stub(root, lesson, name)) for name in names]
    models = [  # each with those above it, which it may call
        Answer(name, "right", "model answer", "\n\n\n".join(one.source for one in cells[: place + 1]))
        for place, name in enumerate(names)
    ]
    run = [run_answer(lesson, answer) for answer in [*stubs, *models, *answers]]
    by_kind = {
        kind: [(answer, outcome) for answer, outcome in run if answer.kind == kind]
        for kind in ("stub", "right", "loops", "cheats", "wrong")
    }
    yield "each stub fails every test", [f"{a.name} {o}" for a, o in by_kind["stub"] if o.passed]
    yield (
        f"each of {len(by_kind['right'])} right answers gets full points, the model answer among them",
        [f"{a}: {o}" for a, o in by_kind["right"] if not o.right or o.failed],
    )
    yield (
        f"each of {len(by_kind['loops'])} loops over samples is right, but not at once",
        [f"{a}: {o}" for a, o in by_kind["loops"] if o.failed != ("at_once",)],
    )
    yield (
        f"each of {len(by_kind['cheats'])} answers that let Keras work is not by hand",
        [f"{a}: {o}" for a, o in by_kind["cheats"] if o.passed or o.recognised != "keras_layer"],
    )
    yield (
        f"each of {len(by_kind['wrong'])} wrong answers, as students write them, fails its hidden test",
        [f"{a}: {o}" for a, o in by_kind["wrong"] if not o.failed],
    )
    named = [(a, o) for a, o in by_kind["wrong"] if a.says not in ("unnamed", "not_defined")]
    yield (
        f"each of the {len(named)} that have a name is named by the check",
        [f"{a}: {o}" for a, o in named if o.recognised != a.says.replace("+", " + ")],
    )
    tried = {(a.name, key) for a, _ in by_kind["wrong"] for key in a.says.split("+")}
    tried |= {(a.name, "keras_layer") for a, _ in by_kind["cheats"]} | {
        (a.name, "loop_over_samples") for a, _ in by_kind["loops"]
    }
    elsewhere = _common() & _tried(root)
    yield (
        "each misconception is also tried as a student writes it",
        [
            f"{name}: {key}"
            for name, exercise in exercises.items()
            for key in exercise.beliefs
            if (name, key) not in tried and key not in elsewhere
        ],
    )


def _common() -> set[str]:
    """Return the beliefs about functions, arrays, shapes and SimpleRNN's step, which lessons share."""
    return {key for group in GROUPS for key in read_records("rnnshapes.beliefs", group)}


def _tried(root: Path) -> set[str]:
    """Return the beliefs that some lesson's typed answers have."""
    texts = (path.read_text(encoding="utf-8") for path in root.glob("lessons/*/answers.py"))
    typed = {says for text in texts for says in re.findall(r'^# %% .*\bwrong="([^"]+)"', text, re.M)}
    return {"keras_layer", "loop_over_samples"}.union(*(says.split("+") for says in typed))


def _check_points(assignment: text.Lesson) -> list[Problem]:
    total = points_of(assignment.cells)
    return [] if total == assignment.points else [f"the cells sum to {total:g}, the header says {assignment.points:g}"]


def _check_cells(root: Path, lesson: str) -> list[Problem]:
    import nbformat

    problems = []
    for path in (files.notebook_path(lesson, "assignment.py"), files.release_path(lesson)):
        cells = nbformat.read(root / path, as_version=4).cells
        metas = [cell.metadata["nbgrader"] for cell in cells if "nbgrader" in cell.metadata]
        ids = [meta["grade_id"] for meta in metas]
        problems += [f"{path}: {one} stands {ids.count(one)} times" for one in set(ids) if ids.count(one) > 1]
        problems += [
            f"{path}: {meta['grade_id']} is not locked" for meta in metas if not meta["solution"] and not meta["locked"]
        ]
    return problems


def _check_release(root: Path, lesson: str, assignment: text.Lesson) -> list[Problem]:
    """Look in the release's bytes for any line of a solution or of a hidden test."""
    released = (root / files.release_path(lesson)).read_text(encoding="utf-8")
    visible = "\n".join(
        re.sub(r"### BEGIN (SOLUTION|HIDDEN TESTS).*?### END \1", "", cell.source, flags=re.DOTALL)
        for cell in assignment.cells
    )
    problems = [f"the release says {word!r}" for word in ("BEGIN SOLUTION", "HIDDEN TESTS") if word in released]
    for cell in assignment.cells:
        for _, region in re.findall(r"### BEGIN (SOLUTION|HIDDEN TESTS)\n(.*?)### END", cell.source, flags=re.DOTALL):
            for line in region.splitlines():
                kept = line.split("  #")[0].strip()  # also without its comment
                if len(kept) > 8 and kept not in visible and _as_json(kept) in released:
                    problems.append(f"{cell.where}: the release holds {kept!r}")
    return problems


def _as_json(line: str) -> str:
    return line.replace("\\", "\\\\").replace('"', '\\"')


def _check_hints(exercises: dict[str, Any]) -> list[Problem]:
    code = re.compile(r"np\.|return \w|=\s*\w+\(|@ W[xho] [+)]|lambda|\.T\b|\[:, t\]|\[-1\]\s*$")
    problems = []
    for name, exercise in exercises.items():
        for belief in exercise.beliefs.values():
            if len(belief.hint.split()) < 6 or not belief.says:
                problems.append(f"{name}: {belief.key} has no hint worth the name")
            if found := code.search(belief.hint):
                problems.append(f"{name}: the hint of {belief.key} holds code: {found[0]!r}")
    return problems


class _Computed:
    """What each belief with numbers gives on cases, computed for as many of them as somebody asks about."""

    def __init__(self, exercise: Any, cases: list[Any]) -> None:
        self.tables: list[dict[str, list[Any]]] = []
        for case in cases:
            table: dict[str, list[Any]] = {}
            for wrong in exercise.wrongs(case, pairs=False):
                if len(wrong.keys) == 1:
                    table.setdefault(wrong.keys[0], []).append(wrong)
            self.tables.append(table)
        self.keys = list(self.tables[0])

    def by_case(self, key: str) -> Iterator[list[np.ndarray]]:
        """Yield, case by case, what each coding of a belief gives."""
        for table in self.tables:
            yield [value for wrong in table.get(key, ()) for value in wrong.values]


def _differs(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape != other.shape or float(np.abs(one - other).max()) > 1e-4


def _check_shows(exercises: dict[str, Any]) -> list[Problem]:
    """Every coding of a belief must differ from the truth on at least one hidden case; a shared one may give none."""
    problems, common = [], _common()
    for name, exercise in exercises.items():
        if not hasattr(exercise, "wrongs"):
            continue
        cases = exercise.hidden_cases()
        computed = _Computed(exercise, cases)
        for key in computed.keys:
            shows = any(
                _differs(value, exercise.expected(case))
                for case, values in zip(cases, computed.by_case(key), strict=True)
                for value in values
            )
            if not shows and (key not in common or any(computed.by_case(key))):
                problems.append(f"{name}: {key} passes every hidden case")
    return problems


def _check_apart(exercises: dict[str, Any]) -> list[Problem]:
    """Two beliefs that give the same numbers on all the check's cases could be taken for each other."""
    problems = []
    for name, exercise in exercises.items():
        if not hasattr(exercise, "wrongs"):
            continue
        computed = _Computed(exercise, exercise.check_cases())
        problems += [
            f"{name}: {one} and {other}" for one, other in combinations(computed.keys, 2) if _tied(computed, one, other)
        ]
    return problems


def _tied(computed: _Computed, one: str, other: str) -> bool:
    """Tell whether two beliefs give the same numbers wherever both give some."""
    both = (
        (mine, yours)
        for mine, yours in zip(computed.by_case(one), computed.by_case(other), strict=True)
        if mine and yours
    )
    alike = (any(not _differs(a, b) for a in mine for b in yours) for mine, yours in both)
    return next(alike, False) and all(alike)


def _stub(root: Path, lesson: str, name: str) -> str:
    import nbformat

    cells = nbformat.read(root / files.release_path(lesson), as_version=4).cells
    return next(cell.source for cell in cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name)
