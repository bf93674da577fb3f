"""A notebook edited in JupyterLab, carried back into its lesson's text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from rnnshapes import files
from rnnshapes.authoring import build, keys, text
from rnnshapes.authoring import write_notebook as notebook
from rnnshapes.authoring.build import Report
from rnnshapes.errors import CourseError

_COLABS_LINK = "view-in-github"  # the id of the cell with a link to itself that Colab puts on top
_IS_COLABS_LINK = re.compile(r"\s*<a href=\"https://colab\.research\.google\.com/[^\"]*\"[^>]*><img [^>]*/?></a>\s*")


def absorb(root: Path, given: str | Path, *, force: bool = False) -> Report:
    """Carry the cells of an edited notebook into its lesson's text, then build that notebook again.

    `given` is a notebook under source/ or notebooks/. The text of cells that were not edited stays as typed.
    With `force` the notebook wins where the text was changed as well.

    Raises: CourseError, with nothing written, for what the text cannot express.
    """
    lesson, name, path = _find_lesson(root, given)
    where = f"lessons/{lesson}/{name}"
    found, file = _read_notebook(root, path), root / where
    typed = files.read_text(root, where)
    old = build.read_lesson(root, lesson, name, typed=typed)
    requirement = files.install_requirement(root)
    current = notebook.make_notebook(old, path=path, requirement=requirement)
    content = _content(found, path=path, requirement=requirement)
    wanted = [notebook.fingerprint(cell) for cell in content]
    known = [notebook.fingerprint(cell) for cell in notebook.make_notebook(old, path=path, requirement="").cells[1:]]
    recorded = notebook.record(found)
    if wanted != known and not force:
        if recorded.get("digest") == notebook.digest(found.cells):
            raise CourseError(f"{path}: holds no edit; {where} is newer. Run: rnnshapes build {lesson}")
        if recorded.get("text") != current.metadata.rnnshapes["text"]:
            changed = f"{where} was changed too since the last build"
            if not recorded:  # Colab keeps none of it
                changed = (
                    "without its note of the text that it was built from, so that nobody can tell whether "
                    f"{where} was changed since"
                )
            raise CourseError(
                f"{path}: edited, and {changed}. Commit the "
                f"text, then let the notebook win: rnnshapes absorb --force {path}\n"
                "git diff then shows what to put back."
            )
    cells = _to_cells(content, found, path=path, graded=name == "assignment.py")
    new = _merge(old, cells, wanted=wanted, known=known)
    _prove(new, wanted=wanted, where=where, path=path, cells=cells)
    built = build.build_lesson(root, lesson, override={name: new})
    if name == "assignment.py":
        _guard_release(root, lesson, built=built)

    report = Report()
    if new != typed:
        crlf = b"\r\n" in file.read_bytes() and "\r\n" not in typed
        files.write_file(file, (new.replace("\n", "\r\n") if crlf else new).encode("utf-8"))
        report.written.append(where)
    else:
        report.unchanged.append(where)
    build.write_notebooks(root, built, report=report)
    total = keys.points_of(tuple(cells))
    if old.points is not None and keys.number(old.points) != total:
        report.notes.append(
            f"points     {old.points} → {total}, in the header of {where} too. "
            f"Look whether a sentence there still says {old.points}, then run: rnnshapes build"
        )
    return report


def _find_lesson(root: Path, given: str | Path) -> tuple[str, str, str]:
    tried = [Path(given).resolve(), (root / given).resolve()]
    inside = [p.relative_to(root.resolve()).as_posix() for p in tried if p.is_relative_to(root.resolve())]
    texts = {
        files.notebook_path(lesson, name): (lesson, name) for lesson in files.lesson_names(root) for name in files.TEXTS
    }
    for path in inside:
        if path in texts:
            lesson, name = texts[path]
            if not (root / path).exists():
                raise CourseError(f"{path}: no such file. Run: rnnshapes build {lesson}")
            if not (root / "lessons" / lesson / name).exists():
                raise CourseError(
                    f"{path}: there is no lessons/{lesson}/{name} to carry the edit into. "
                    "Create it (rnnshapes new shows its form), then absorb again."
                )
            return lesson, name, path
    if any(path.startswith("release/") for path in inside):
        raise CourseError(
            f"{given}: a release is generated. Make the change in source/… and absorb that, then run: rnnshapes build"
        )
    raise CourseError(
        f"Got {str(given)!r}, expected a notebook that a lesson builds: "
        f"{', '.join(sorted(texts)) or '(there are no lessons)'}. "
        "To start a lesson: rnnshapes new NN_name"
    )


def _read_notebook(root: Path, path: str) -> Any:
    import nbformat

    try:
        found = nbformat.reads((root / path).read_text(encoding="utf-8"), as_version=nbformat.NO_CONVERT)
        if found.nbformat != 4:
            raise ValueError(f"nbformat {found.nbformat}, not 4")
    except (ValueError, AttributeError) as error:
        raise CourseError(
            f"{path}: not a notebook ({' '.join(str(error).split())[:100]}). "
            "Restore it, or delete it and run: rnnshapes build"
        ) from None
    return found


def _content(found: Any, *, path: str, requirement: str) -> list[Any]:
    """Return the cells that come from the text: without the install cell, the badge and Colab's link to itself."""
    before = notebook.record(found).get("install", requirement)
    known = [notebook.install_source(setting) for setting in (before, requirement)]
    cells, badge_seen = [], False
    for cell in found.cells:
        if cell.metadata.get("id") == _COLABS_LINK or _IS_COLABS_LINK.fullmatch(cell.source[:2000]):
            continue
        grade_id = (cell.metadata.get("nbgrader") or {}).get("grade_id")
        # Editors that drop ids leave the text to go by.
        is_known = _trimmed(cell.source) in map(_trimmed, known)
        if is_known or notebook.GENERATED in (grade_id, cell.get("id")) or notebook.is_install(cell.source):
            if not is_known:
                raise CourseError(
                    f"{path}: the install cell was edited, but it is generated. Restore it, "
                    "and change [tool.rnnshapes] install in pyproject.toml instead."
                )
            continue
        cell = type(cell)(cell)
        if cell.cell_type == "markdown" and not badge_seen and (badge := notebook.IS_BADGE.match(cell.source)):
            cell["source"], badge_seen = cell.source[badge.end() :], True
            if not cell["source"]:
                continue
        cells.append(cell)
    return cells


def _to_cells(content: list[Any], found: Any, *, path: str, graded: bool) -> list[text.Cell]:
    places = {cell.get("id", i): i for i, cell in enumerate(found.cells, start=1)}
    fingerprints = [notebook.fingerprint(cell) for cell in content]
    metas = [
        (cell.metadata.get("nbgrader") or {}) if f[2] != "{}" else {}
        for cell, f in zip(content, fingerprints, strict=True)
    ]
    answers = tuple(str(m.get("grade_id")) for m in metas if m.get("solution") and not m.get("grade"))
    cells = []
    for i, (cell, meta) in enumerate(zip(content, metas, strict=True), start=1):
        name = meta.get("grade_id") or _first_line(cell.source)
        where = f"{path}: cell {places.get(cell.get('id'), i)} ({name!r})"
        if meta and not graded:
            raise CourseError(
                f"{where}: a lecture is not graded. Remove the cell's nbgrader type in the "
                "toolbar, or move the cell into the assignment."
            )
        if cell.get("attachments"):
            raise CourseError(
                f"{where}: a pasted picture cannot be kept in lesson text. Save it as a file and link it."
            )
        short = {}  # what editors note about a cell (a collapsed heading, a form, a run group) is not the lesson's
        if meta:
            short = keys.from_nbgrader(cell.cell_type, meta, answers=answers, where=where)
        if cell.metadata.get("tags"):
            short["tags"] = " ".join(cell.metadata["tags"])
        cells.append(text.Cell(cell.cell_type, cell.source, short, where))
    return cells


def _merge(old: text.Lesson, cells: list[text.Cell], *, wanted: list[tuple], known: list[tuple]) -> str:
    """Return the new text: the typed text of cells that are still there, and rendered text for the others."""
    typed: dict[tuple, list[str]] = {}
    for cell, print_ in zip(old.cells, known, strict=True):
        typed.setdefault(print_, []).append(cell.text)
    marks = {keys.cell_id(cell.keys): cell for cell in old.cells if keys.cell_id(cell.keys)}
    parts = []
    for cell, print_ in zip(cells, wanted, strict=True):
        if typed.get(print_):
            parts.append(typed[print_].pop(0))
            continue
        before = marks.get(keys.cell_id(cell.keys))
        kept = {k: v for k, v in before.keys.items() if k != "newlines"} if before else None
        same = before is not None and before.kind == cell.kind and kept == cell.keys
        parts.append(text.render(cell, mark=before.text.split("\n")[0] if same else None))
    last = old.cells[-1].text
    parts = [part.rstrip("\n") + "\n\n" if part == last else part for part in parts[:-1]] + parts[-1:]
    if parts and parts[-1] != last:
        parts[-1] = parts[-1].rstrip("\n") + "\n"
    return _with_points(old, cells) + "".join(parts)


def _with_points(old: text.Lesson, cells: list[text.Cell]) -> str:
    """Return the lesson's head, its points brought up to the sum of the cells' points."""
    total = keys.points_of(tuple(cells))
    if old.points is None or keys.number(old.points) == total:
        return old.head
    return re.sub(r"(?m)^(#\s*points:\s*)\S+", lambda match: f"{match[1]}{total}", old.head, count=1)


def _prove(new: str, *, wanted: list[tuple], where: str, path: str, cells: list[text.Cell]) -> None:
    """Read the new text back: it has to be good, and to give the very cells that the notebook holds."""
    read = text.parse(new, where=where)
    if len(read.cells) == len(cells):  # a message about the unwritten text points into the notebook instead
        named = [replace(cell, where=n.where) for cell, n in zip(read.cells, cells, strict=True)]
        read = replace(read, cells=tuple(named))
    if problems := keys.check(read, graded=path.startswith("source/")):
        raise CourseError("\n".join(problems))
    made = notebook.make_notebook(read, path=path, requirement="").cells[1:]
    got = [notebook.fingerprint(cell) for cell in made]
    for cell, before, after in zip(cells, wanted, got, strict=False):
        if before != after:
            raise CourseError(
                f"{cell.where}: this cell would not come back from lesson text as it is. "
                "Remove unusual characters or metadata from it."
            )
    if len(got) != len(wanted):
        raise CourseError(
            f"{path}: the text gives {len(got)} cells, the notebook has {len(wanted)}. "
            "Remove unusual characters from the cell edited last."
        )


def _guard_release(root: Path, lesson: str, *, built: dict[str, bytes]) -> None:
    """Refuse if the release holds an edit of its own; one that nbgrader made from this source holds none."""
    path = files.release_path(lesson)
    if (problem := build.find_edit(root, path, data=built[path])) is not None:
        raise CourseError(problem)


def _trimmed(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def _first_line(source: str) -> str:
    return (source.strip() or "empty").split("\n")[0][:30]
