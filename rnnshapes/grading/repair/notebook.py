"""Read one submitted notebook of any age: hostile or damaged bytes become a valid notebook, or a CourseError."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rnnshapes.errors import CourseError
from rnnshapes.grading.in_its_share import in_its_share

if TYPE_CHECKING:
    from nbformat import NotebookNode

DEEPEST = 60
"""Levels of JSON that are kept; what copies a notebook later recurses several frames a level."""
CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


MOST_CELLS = 2_000
MOST_BYTES = 20 * 2**20
MOST_BOXES, MOST_VALUES = 400_000, 4_000_000
"""Lists and dicts in a notebook's JSON, and values: a hundred times what an honest one has. A small dict weighs a
hundred times its text."""
LONGEST_SOURCE = 100_000
MOST_LINES = 5_000
"""Characters and lines of one cell: a hundred times an honest one's, for what reads cells later is not linear."""
LONGEST_TEXT = 1_000_000
"""Characters of all cells together."""


@in_its_share(60)
def read_notebook(data: bytes, *, name: str = "The notebook") -> NotebookNode:
    """Read a notebook of any format and give it back valid, as nbformat 4.5, with deterministic cell ids.

    Raises: CourseError if the bytes are no notebook; nothing else, whatever they are.

    >>> read_notebook(b'{"cells": [{"cell_type": "code", "source": ["a = 1"]}]}').cells[0].id
    'cell-1'
    """
    try:
        return _read_notebook(data, name)
    except CourseError:
        raise
    except RecursionError:
        raise _unreadable(name, "JSON nested too deep") from None
    except Exception as error:
        # These bytes are hostile, and nbformat's converters raise whatever Python raises on a wrong type.
        raise _unreadable(name, f"a {type(error).__name__} while reading it") from None


def _unreadable(name: str, got: str) -> CourseError:
    return CourseError(
        f"{name}: got {got}, expected a Jupyter notebook (.ipynb). "
        "Try: open it in Jupyter or Colab, download it again as .ipynb, and hand that in."
    )


def _read_notebook(data: bytes, name: str) -> NotebookNode:
    from nbformat import from_dict
    from nbformat.validator import isvalid

    if len(data) > MOST_BYTES:
        raise _unreadable(name, f"{len(data) / 2**20:.0f} MiB, more than {MOST_BYTES // 2**20}")
    boxes, values = data.count(b"{") + data.count(b"["), data.count(b",")
    if boxes > MOST_BOXES or values > MOST_VALUES:
        raise _unreadable(name, f"{boxes:,} lists and {values:,} values, more than {MOST_BOXES:,} or {MOST_VALUES:,}")
    if data.count(b'"cell_type"') > 3 * MOST_CELLS:  # nbgrader's metadata say it, too
        raise _unreadable(name, f"more than {MOST_CELLS} cells")
    raw = _json(data, name)
    if not isinstance(raw, dict):
        raise _unreadable(name, f"a JSON {type(raw).__name__}")
    version = raw.get("nbformat")
    if "worksheets" in raw or (version in (1, 2, 3) and not isinstance(version, bool)):
        raw = _upgraded(raw)
    if not isinstance(raw.get("cells"), list):
        raise _unreadable(name, "JSON without a list of cells")
    if len(raw["cells"]) > MOST_CELLS:
        raise _unreadable(name, f"{len(raw['cells'])} cells, more than {MOST_CELLS}")
    cells = [_cell(cell) for cell in raw["cells"] if isinstance(cell, dict)]
    _bound_sources(cells)
    _set_ids(cells)
    metadata = _dict(raw.get("metadata"))
    if not isinstance(_dict(metadata.get("kernelspec")).get("name"), str):
        metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata["kernelspec"].setdefault("display_name", metadata["kernelspec"]["name"])
    if not isinstance(_dict(metadata.get("language_info")).get("name"), str):
        metadata["language_info"] = {"name": "python"}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    if not isvalid(notebook):
        for cell in cells:  # what breaks a rule of the format is dropped, cell by cell
            alone = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            if not isvalid(alone):
                cell.pop("attachments", None)
                if cell["cell_type"] == "code":
                    cell["outputs"] = []
            if not isvalid(alone):
                cell["metadata"] = {key: cell["metadata"][key] for key in ("nbgrader",) if key in cell["metadata"]}
        if not isvalid(notebook):
            notebook["metadata"] = {key: {"name": metadata[key]["name"]} for key in ("kernelspec", "language_info")}
            notebook["metadata"]["kernelspec"]["display_name"] = metadata["kernelspec"]["name"]
    return from_dict(notebook)


def _bound_sources(cells: list[dict]) -> None:
    """Leave out what is longer than any person writes, and say so in its place."""
    left = LONGEST_TEXT
    for cell in cells:
        source = cell["source"]
        lines = source.count("\n") + source.count("\r")
        if len(source) > min(LONGEST_SOURCE, left) or lines > MOST_LINES:
            cell["source"] = (
                f"# This cell was left out: got {len(source):,} characters in {lines + 1:,} lines, expected at most "
                f"{LONGEST_SOURCE:,} in {MOST_LINES:,}, and {LONGEST_TEXT:,} in all cells."
            )
        left -= len(cell["source"])


def _json(data: bytes, name: str) -> Any:
    """Parse JSON in any Unicode encoding. NaN and what overflows becomes None, an integer of over 18 digits a float."""
    text = data.decode(json.detect_encoding(data), "replace").lstrip("\ufeff")
    if not text.strip("\0 \t\r\n"):
        raise _unreadable(name, "an empty file")
    if text.lstrip()[:1] == "<":
        raise _unreadable(name, "a web page")
    try:
        raw = json.loads(
            text, strict=False, parse_constant=lambda _: None, parse_int=lambda n: int(n) if len(n) < 19 else float(n)
        )
    except json.JSONDecodeError as error:
        ends = error.pos >= len(text.rstrip()) or "Unterminated" in error.msg
        what = (
            "a file that ends in the middle" if ends else f"a file that is no JSON (line {error.lineno}: {error.msg})"
        )
        raise _unreadable(name, what) from None
    return _plain(raw)


def _plain(value: Any, depth: int = 0) -> Any:
    """The same without lone surrogates, infinities and what lies deeper than DEEPEST: they fail when written."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if isinstance(value, dict | list) and depth > DEEPEST:
        return None
    if isinstance(value, dict):
        return {_plain(key): _plain(item, depth + 1) for key, item in value.items()}
    return [_plain(item, depth + 1) for item in value] if isinstance(value, list) else value


def _upgraded(raw: dict) -> dict:
    """Formats 1 to 3 (before 2015), by nbformat's own converters, on input that they don't stumble over."""
    import nbformat
    from nbformat.v4.convert import upgrade_cell

    if raw.get("nbformat") in (1, 2):
        raw = nbformat.convert(nbformat.versions[raw["nbformat"]].to_notebook_json(raw), 3)
    cells = []
    for sheet in _list(raw.get("worksheets")):
        for cell in _list(_dict(sheet).get("cells")):
            if isinstance(cell, dict):
                text = {key: _text(cell[key]) for key in ("source", "input") if key in cell}
                outputs = [output for output in _list(cell.get("outputs")) if "output_type" in _dict(output)]
                level = cell["level"] if cell.get("level") in range(1, 7) else 1
                cell = {
                    **cell,
                    **text,
                    "cell_type": _text(cell.get("cell_type")),
                    "metadata": _dict(cell.get("metadata")),
                }
                outputs = [{**output, "metadata": _dict(output.get("metadata"))} for output in outputs]
                outputs = [
                    {key: _joined(key, item) for key, item in output.items() if key != "json"} for output in outputs
                ]
                cells.append(upgrade_cell(nbformat.from_dict({**cell, "outputs": outputs, "level": level})))
                cells[-1].pop("id", None)  # a random one
    return {"cells": cells or raw.get("cells"), "metadata": _dict(raw.get("metadata"))}


def _cell(raw: dict) -> dict:
    """One cell with the keys of the format and no other, of the right types."""
    kind = raw.get("cell_type")
    if kind not in ("code", "markdown", "raw"):
        kind = (
            "code"
            if "outputs" in raw or "execution_count" in raw
            else "markdown"
            if kind in ("heading", "html")
            else "raw"
        )
    cell = {"cell_type": kind, "id": raw.get("id"), "metadata": _dict(raw.get("metadata"))}
    cell["source"] = _text(raw.get("source", raw.get("input")))
    if kind == "code":
        count = raw.get("execution_count")
        cell["execution_count"] = count if type(count) is int and 0 <= count else None
        cell["outputs"] = [output for item in _list(raw.get("outputs")) if (output := _output(_dict(item)))]
    elif isinstance(raw.get("attachments"), dict):
        cell["attachments"] = raw["attachments"]
    cell["metadata"].pop("trusted", None)  # says that an output may run scripts: not the student's to say
    _upgrade_nbgrader(cell)
    return cell


def _output(raw: dict) -> dict | None:
    kind = {"pyout": "execute_result", "pyerr": "error", "update_display_data": "display_data"}.get(
        _text(raw.get("output_type")), _text(raw.get("output_type"))
    )
    if kind == "stream":
        return {"output_type": kind, "name": _text(raw.get("name")) or "stdout", "text": _text(raw.get("text"))}
    if kind == "error":
        trace = [line for line in _list(raw.get("traceback")) if isinstance(line, str)]
        return {
            "output_type": kind,
            "ename": _text(raw.get("ename")),
            "evalue": _text(raw.get("evalue")),
            "traceback": trace,
        }
    if kind not in ("execute_result", "display_data"):
        return None
    bundle = {key: item if re.fullmatch(r"application/(.*\+)?json", key) else _text(item) for key, item in
              _dict(raw.get("data")).items()}  # fmt: skip
    output = {"output_type": kind, "data": bundle, "metadata": _dict(raw.get("metadata"))}
    if kind == "execute_result":
        count = raw.get("execution_count")
        output["execution_count"] = count if type(count) is int and 0 <= count else None
    return output


def _upgrade_nbgrader(cell: dict) -> None:
    """Bring nbgrader's metadata to schema 3 by its own upgraders; what they can't read keeps its id alone."""
    given = cell["metadata"].get("nbgrader")
    if given is None or not isinstance(given, dict):
        cell["metadata"].pop("nbgrader", None)
        return
    if given.get("schema_version") == 3 and type(given["schema_version"]) is int:
        return
    from nbformat import from_dict
    from nbgrader.nbgraderformat.v3 import MetadataValidatorV3

    known = given.get("schema_version") in (0, 1, 2) and type(given["schema_version"]) is int
    # A version from the future, or none that is a number: read as the newest that we know, or as the oldest.
    newer = type(given.get("schema_version")) in (int, float)
    node = from_dict(
        {
            **cell,
            "metadata": {
                "nbgrader": {**given, "schema_version": given["schema_version"] if known else 3 if newer else 0}
            },
        }
    )
    try:
        upgraded = MetadataValidatorV3().upgrade_cell_metadata(node).metadata.get("nbgrader")
    except Exception:  # wrong types, in the metadata of a hostile or damaged file
        upgraded = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
        upgraded |= {"grade_id": given["grade_id"]} if isinstance(given.get("grade_id"), str) else {}
    if upgraded is None:
        del cell["metadata"]["nbgrader"]
    else:
        cell["metadata"]["nbgrader"] = dict(upgraded)


def _set_ids(cells: list[dict]) -> None:
    """Valid and unique ids: a cell's own, else nbgrader's, else Colab's, else its place in the notebook."""
    taken: set[str] = set()
    for cell in cells:  # own ids first, so that a made one takes none of them
        own = cell["id"]
        cell["id"] = own if isinstance(own, str) and CELL_ID.fullmatch(own) and own not in taken else None
        taken.add(cell["id"])
    for number, cell in enumerate(cells, start=1):
        others = _dict(cell["metadata"].get("nbgrader")).get("grade_id"), cell["metadata"].get("id"), f"cell-{number}"
        wanted = [other for other in others if isinstance(other, str) and CELL_ID.fullmatch(other)]
        more = (f"cell-{number}-{more}" for more in range(2, len(cells) + 3))  # one at a time: there may be many cells
        tries = (one for group in (wanted, more) for one in group)
        cell["id"] = cell["id"] or next(one for one in tries if one not in taken)
        taken.add(cell["id"])


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "".join(item for item in value if isinstance(item, str))
    return value if isinstance(value, str) else ""


def _joined(key: str, value: Any) -> Any:
    lines = key != "traceback" and isinstance(value, list) and all(isinstance(item, str) for item in value)
    return "".join(value) if lines else value


def _dict(value: Any) -> dict:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list:
    return value if isinstance(value, list) else []
