"""A lesson's cells to a notebook: nbgrader's metadata, the install cell, the Colab badge, the digest."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any
from urllib.parse import parse_qs, quote

from rnnshapes.authoring.keys import GENERATED, cell_id, number, to_nbgrader
from rnnshapes.authoring.text import Lesson

_GITHUB = re.compile(r"(?:[\w.,\[\]-]+@)?git\+https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?@([\w./-]+)(?:#(.*))?")


def make_notebook(lesson: Lesson, *, path: str, requirement: str) -> Any:
    """Return the notebook for a lesson's text: an nbformat 4.5 node, the same for the same arguments.

    `path` is where it will stand, relative to the course; `requirement` is the install setting.
    """
    from nbformat import v4

    graded = path.startswith("source/")
    keys = {"readonly": GENERATED} if graded else {}
    folded = _FOLDED if requirement else {}
    install = v4.new_code_cell(install_source(requirement), metadata=folded | _metadata(keys), id=GENERATED)
    cells, ids = [install], {GENERATED} | {cell_id(cell.keys) for cell in lesson.cells}
    number = 0
    for cell in lesson.cells:
        name = cell_id(cell.keys)
        while name is None:  # nbformat's own ids are random; a counter gives the same bytes each time
            number += 1
            name = f"cell-{number}" if f"cell-{number}" not in ids else None
        new_cell = getattr(v4, f"new_{cell.kind}_cell")
        cells.append(new_cell(cell.source, metadata=_metadata(cell.keys), id=name))
    content = digest(cells[1:])
    for cell in cells[1:]:
        if cell.cell_type == "markdown":
            cell.source = badge_lines(requirement, path) + cell.source
            break
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "rnnshapes": {
            "digest": digest(cells),
            "install": requirement,
            "lesson": lesson.where,
            "text": content,
        },
        "title": lesson.title,
    }
    notebook = v4.new_notebook(cells=cells, metadata=metadata)
    notebook.nbformat_minor = 5
    return notebook


def dump(notebook: Any) -> bytes:
    """Return a notebook's bytes: sorted keys, one trailing newline."""
    import nbformat

    return (nbformat.writes(notebook, version=nbformat.NO_CONVERT).rstrip("\n") + "\n").encode("utf-8")


def install_source(requirement: str) -> str:
    """Return the install cell's source; it does nothing where the package is already there.

    >>> print(install_source(""))
    # The course's package. If Python does not find it: open the notebook from `make lab`, or ask your instructor.
    import rnnshapes
    >>> print(install_source("rnnshapes"))
    # @title The course's package: run this cell first
    try:
        import rnnshapes
    except ImportError:  # on Colab, for instance
        %pip install -q "rnnshapes"
        try:
            import rnnshapes
        except ImportError:
            raise RuntimeError(
                "pip did not install rnnshapes; above, it says why. Try: check the network, restart, "
                "run this cell again. If that does not help, show pip's message to your instructor."
            ) from None
    """
    return _INSTALL.replace("REQUIREMENT", requirement) if requirement else _NO_INSTALL


# %pip does not raise when pip fails, and the ModuleNotFoundError after it would not say what to do. What we raise is no
# ImportError, to which Colab adds advice of its own. (Nor is there anything here that a grader would have to look at,
# such as importlib: students copy this cell.)
_INSTALL = """\
# @title The course's package: run this cell first
try:
    import rnnshapes
except ImportError:  # on Colab, for instance
    %pip install -q "REQUIREMENT"
    try:
        import rnnshapes
    except ImportError:
        raise RuntimeError(
            "pip did not install rnnshapes; above, it says why. Try: check the network, restart, "
            "run this cell again. If that does not help, show pip's message to your instructor."
        ) from None"""
_NO_INSTALL = """\
# The course's package. If Python does not find it: open the notebook from `make lab`, or ask your instructor.
import rnnshapes"""
_FOLDED = {"cellView": "form", "jupyter": {"source_hidden": True}}  # in Colab, in JupyterLab


def is_install(source: str) -> bool:
    """Say whether a cell is the install cell, of this course or an older one, edited or not."""
    code = [line for line in source[:400].splitlines() if not line.lstrip().startswith("#")]
    start = "".join("".join(code).split())
    return start.startswith(("try:importrnnshapesexceptImportError:", "%pipinstall-qrnnshapes"))


IS_BADGE = re.compile(
    r"\s*\[!\[Open in Colab\]\(https://colab\.research\.google\.com/assets/colab-badge\.svg\)\]"
    r"\(https://colab\.research\.google\.com/github/[^)\s]*\)\s*"
    r"(?:In Colab, first choose \*\*File → Save a copy in Drive\*\*: your work is kept there\.\s*)?"
)
"""The badge that build puts above a notebook's first text, for whatever repository and branch."""


def badge(requirement: str, path: str) -> str:
    """Return the Colab badge for the notebook that students open, or "" when the setting is no GitHub branch or tag.

    >>> badge("git+https://github.com/o/r@main", "source/01_a/a.ipynb").split("github/")[1]
    'o/r/blob/main/release/01_a/a.ipynb)'
    >>> badge("git+https://github.com/o/r@new/eggs#subdirectory=rnn", "notebooks/01_a.ipynb").split("github/")[1]
    'o/r/blob/new%2Feggs/rnn/notebooks/01_a.ipynb)'
    >>> badge("rnnshapes", "notebooks/01_a.ipynb")
    ''
    """
    match = _GITHUB.fullmatch(requirement)
    if not match:
        return ""
    owner, repo, branch, options = match.groups()
    folder = parse_qs(options or "").get("subdirectory", [""])[0].strip("/")
    opened = "/".join(filter(None, [quote(branch, safe=""), folder, re.sub("^source/", "release/", path)]))
    return (
        "[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]"
        f"(https://colab.research.google.com/github/{owner}/{repo}/blob/{opened})"
    )


def badge_lines(requirement: str, path: str) -> str:
    """Return what stands above a notebook's first text: the badge and how to keep one's work, or "" without one."""
    found = badge(requirement, path)
    return (
        f"{found} In Colab, first choose **File → Save a copy in Drive**: your work is kept there.\n\n" if found else ""
    )


def fingerprint(cell: Any) -> tuple[str, str, str, str]:
    """Return what counts as a cell's content: type, source, nbgrader metadata, tags; not outputs or ids."""
    found = cell.metadata.get("nbgrader") or {}
    flags = {flag: bool(found.get(flag)) for flag in ("grade", "locked", "solution", "task")}
    meta: dict[str, Any] = {}
    if any(flags.values()):  # the toolbar leaves a stump without flags when a cell is made plain again
        meta = {k: v for k, v in found.items() if k not in ("checksum", "cell_type", "points")} | flags
        if flags["grade"] or flags["task"]:
            points = number(found.get("points"))
            meta["points"] = found.get("points") if points is None else points  # 2.0 and 2 are one number
    tags = list(cell.metadata.get("tags") or [])
    return cell.cell_type, cell.source, json.dumps(meta, sort_keys=True), json.dumps(tags)


def digest(cells: list[Any]) -> str:
    """Return a sha256 over the cells' fingerprints, in order."""
    return hashlib.sha256(json.dumps([fingerprint(cell) for cell in cells]).encode("utf-8")).hexdigest()


def record(notebook: Any) -> dict[str, str]:
    """Return what build wrote about itself into a notebook's metadata; {} for a foreign notebook."""
    found = notebook.metadata.get("rnnshapes")
    return dict(found) if isinstance(found, dict) else {}


def _metadata(keys: dict[str, str]) -> dict[str, Any]:
    metadata: dict[str, Any] = {}
    if nbgrader := to_nbgrader(keys):
        metadata["nbgrader"] = nbgrader
    if keys.get("tags"):
        metadata["tags"] = keys["tags"].split()
    return metadata
