"""Counts what the catalogue holds, lesson by lesson: lines of its room, beliefs, answers that try the grader.

python bench/catalogue.py
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rnnshapes.authoring.answers import read_answers
from rnnshapes.files import lesson_names
from rnnshapes.lessons import exercise_names, find_exercise

ROOT = Path(__file__).parents[1]


def lines_of(folder: Path) -> int:
    """Return the lines of a folder's Python and TOML files."""
    files = [path for path in folder.iterdir() if path.suffix in (".py", ".toml")]
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)


def main() -> None:
    """Print a row for each lesson, the shared part, and the sums."""
    print(f"{'lesson':20}{'lines':>8}{'beliefs':>9}{'wrong':>8}{'right':>8}")
    every, total = set(), Counter()
    for lesson in lesson_names(ROOT):
        keys = {key for name in exercise_names(lesson[:2]) for key in find_exercise(name).beliefs}
        kinds = Counter(answer.kind for answer in read_answers(ROOT / "lessons" / lesson / "answers.py"))
        lines = lines_of(ROOT / f"rnnshapes/lessons/l{lesson}")
        print(f"{lesson:20}{lines:8}{len(keys):9}{kinds['wrong']:8}{kinds['right']:8}")
        every |= keys
        total.update(kinds, lines=lines)
    shared = lines_of(ROOT / "rnnshapes/beliefs")
    print(f"{'shared':20}{shared:8}")
    print(f"{'all':20}{total['lines'] + shared:8}{len(every):9}{total['wrong']:8}{total['right']:8}")


if __name__ == "__main__":
    main()
