"""A stranger's notebook, made harmless for whoever opens it: the formgrader, JupyterLab, nbconvert, a feedback page.

`sanitise_notebook` is for every notebook that goes into autograded/, and `SanitiseNotebook` does the same as a
preprocessor of nbgrader or nbconvert. What it leaves can be shown by nbconvert's stock exporters, which clean nothing.
Code cells keep their source. Outputs keep text, tables, pictures and the checks' verdicts.
"""

from __future__ import annotations

import base64
import copy
import re
from typing import Any

from rnnshapes.grading.feedback.safe_html import clean_html, defuse_tex
from rnnshapes.grading.feedback.safe_markdown import is_plain, one_line
from rnnshapes.grading.feedback.safe_svg import is_inert_svg
from rnnshapes.grading.in_its_share import in_its_share

MOST_OUTPUTS = 500
MOST_TEXT, MOST_LINES = 200_000, 500
"""Characters of a printed text, and lines of a traceback (each may be a text)."""
MOST_COLOURS = 2_000
"""nbconvert copies the rest of an output at each colour code."""
_ESCAPES = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b\[([0-?]*)[ -/]*([@-~])|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_NAME = re.compile(r"[\w.+#-]{1,60}")
_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_KIND = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}")
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]+={0,2}\s*")
_MAGIC = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_NBGRADER = ("schema_version", "grade_id", "grade", "solution", "locked", "task", "points", "cell_type", "checksum")


@in_its_share(60)
def sanitise_notebook(nb: Any) -> Any:
    """Return a copy of the notebook that no viewer can be harmed by, whatever a student put into it.

    Kept: code, Markdown (rewritten as one line of HTML where it was dangerous), nbgrader's metadata, `rnnshapes`
    metadata, and outputs as text, cleaned HTML, png, jpeg and inert svg. Gone: scripts, widgets, other kinds of
    output, remote pictures, relative links, the marks that say "trusted", and metadata that hide a cell's source.
    Cleaning a clean notebook changes nothing.

    >>> from nbformat.v4 import new_notebook, new_markdown_cell
    >>> sanitise_notebook(new_notebook(cells=[new_markdown_cell("<b onclick='x'>Hm</b>")])).cells[0].source
    '<div><p><b>Hm</b></p></div>'
    """
    clean = copy.deepcopy(nb)
    clean["metadata"] = type(clean)(_notebook_metadata(_dict(clean.get("metadata"))))
    cells = [_cell(cell, index) for index, cell in enumerate(clean.get("cells") or []) if isinstance(cell, dict)]
    clean["cells"] = cells
    return clean


def plain_text(value: Any) -> str:
    r"""Return printed text with its colours, and without all else that a terminal would obey.

    >>> plain_text("\x1b[31mred\x1b[0m \x1b]8;;https://example.org\x07link\x1b]8;;\x07 \x1b[2J")
    '\x1b[31mred\x1b[0m link '
    """
    text = "".join(map(str, value)) if isinstance(value, list) else str(value)
    if len(text) > MOST_TEXT:
        text = f"{text[: MOST_TEXT - 100]}\n… ({len(text) - MOST_TEXT + 100:,} characters left out)"
    colours = text.count("\x1b[") <= MOST_COLOURS

    def keep(found: re.Match[str]) -> str:
        return found[0] if colours and found[2] == "m" and re.fullmatch(r"[0-9;]{0,30}", found[1]) else ""

    return _ESCAPES.sub(keep, text)


def _notebook_metadata(old: dict[str, Any]) -> dict[str, Any]:
    new: dict[str, Any] = {}
    for key in ("kernelspec", "language_info"):
        words = {name: text for name, text in _dict(old.get(key)).items() if name in _WORDS and _is_word(text)}
        if words.get("name"):
            new[key] = {"display_name": words["name"], **words} if key == "kernelspec" else words
    if isinstance(old.get("title"), str):
        new["title"] = re.sub(r"[<>\"'&\x00-\x1f]", "", old["title"])[:200]
    if isinstance(old.get("rnnshapes"), dict):
        new["rnnshapes"] = old["rnnshapes"]
    return new


_WORDS = ("name", "display_name", "language", "version", "pygments_lexer", "file_extension", "mimetype")


def _is_word(text: Any) -> bool:
    return isinstance(text, str) and bool(re.fullmatch(r"[\w .+#()/-]{1,60}", text))


def _cell(cell: Any, index: int) -> Any:
    kind = cell.get("cell_type")
    kind = kind if kind in ("code", "markdown", "raw") else "raw"
    source = cell.get("source", "")
    source = "".join(map(str, source)) if isinstance(source, list) else str(source)
    new: dict[str, Any] = {"cell_type": kind, "metadata": _cell_metadata(_dict(cell.get("metadata")), kind)}
    if "id" in cell:
        new["id"] = cell["id"] if _CELL_ID.fullmatch(str(cell["id"])) else f"cell-{index}-renamed"
    if kind == "code":
        new["execution_count"] = _count(cell.get("execution_count"))
        outputs = cell.get("outputs")
        kept = map(_output, outputs[:MOST_OUTPUTS] if isinstance(outputs, list) else [])
        new["outputs"] = [output for output in kept if output]
    elif kind == "markdown":
        attachments = _attachments(_dict(cell.get("attachments")))
        if not is_plain(source, attachments):
            source, attachments = one_line(source, attachments), {}
        if attachments:
            new["attachments"] = attachments
    new["source"] = source
    return _like(cell, new)


def _cell_metadata(old: dict[str, Any], kind: str) -> dict[str, Any]:
    new: dict[str, Any] = {key: old[key] for key in ("editable", "deletable") if isinstance(old.get(key), bool)}
    if isinstance(old.get("tags"), list):
        new["tags"] = [tag for tag in old["tags"] if isinstance(tag, str) and _NAME.fullmatch(tag)]
    if isinstance(old.get("rnnshapes"), dict):
        new["rnnshapes"] = old["rnnshapes"]
    if kind == "code" and isinstance(old.get("magics_language"), str) and _NAME.fullmatch(old["magics_language"]):
        new["magics_language"] = old["magics_language"]
    grader = {key: value for key, value in _dict(old.get("nbgrader")).items() if key in _NBGRADER}
    if _NAME.fullmatch(str(grader.get("grade_id", ""))):  # nbgrader's templates don't escape it
        numbers = ("points", "schema_version")
        new["nbgrader"] = {
            key: value
            for key, value in grader.items()
            if isinstance(value, bool | int | float) or (key not in numbers and _NAME.fullmatch(str(value)))
        }
        if new["nbgrader"].get("grade") or new["nbgrader"].get("task"):
            new["nbgrader"].setdefault("points", 0)
    return new


def _output(output: Any) -> Any:
    """Return the output as nbformat describes it and nothing beside; None if nothing can be shown of it."""
    kind = output.get("output_type") if isinstance(output, dict) else None
    new: dict[str, Any] = {"output_type": kind}
    if kind == "stream":
        new["name"] = "stderr" if output.get("name") == "stderr" else "stdout"
        new["text"] = plain_text(output.get("text", ""))
    elif kind == "error":
        new["ename"] = plain_text(output.get("ename", ""))[:200]
        new["evalue"] = plain_text(output.get("evalue", ""))
        lines = output.get("traceback")
        new["traceback"] = [plain_text(line) for line in lines[:MOST_LINES]] if isinstance(lines, list) else []
    elif kind in ("display_data", "execute_result"):
        new["data"] = _data(_dict(output.get("data")))
        new["metadata"] = _output_metadata(_dict(output.get("metadata")))
        if kind == "execute_result":
            new["execution_count"] = _count(output.get("execution_count"))
    else:
        return None
    return _like(output, new)


def _data(data: dict[str, Any]) -> dict[str, Any]:
    new: dict[str, Any] = {}
    for kind, value in data.items():
        text = "".join(map(str, value)) if isinstance(value, list) else str(value)
        if kind == "text/html":
            text = clean_html(text)
            if re.search("<img [^>]*src=", text) or re.sub("<[^>]*>", "", text).strip():  # something is left to see
                new[kind] = text
        elif kind == "text/markdown":
            new[kind] = text if is_plain(text) else one_line(text)
        elif kind == "text/latex":
            new[kind] = defuse_tex(plain_text(text))
        elif kind == "text/plain":
            new[kind] = plain_text(text)
        elif (kind in _MAGIC and _is_picture(kind, text)) or (kind == "image/svg+xml" and is_inert_svg(text)):
            new[kind] = text
    left_out = sorted(kind if _KIND.fullmatch(kind) else "something" for kind in data if kind not in new)
    if left_out and not new:
        new["text/plain"] = f"(Left out, for safety: {', '.join(left_out)[:200]}.)"
    return new


def _output_metadata(old: dict[str, Any]) -> dict[str, Any]:
    """Return the sizes and alt texts of pictures: templates write the rest into attributes, some without quotes."""
    new: dict[str, Any] = {}
    for kind in _MAGIC:
        wanted = _dict(old.get(kind))
        sizes = {key: wanted[key] for key in ("width", "height") if type(wanted.get(key)) in (int, float)}
        words = {"alt": wanted["alt"]} if isinstance(wanted.get("alt"), str) else {}
        if sizes or words:
            new[kind] = {key: min(max(size, 0), 4_000) for key, size in sizes.items()} | words
    return new


def _attachments(old: dict[str, Any]) -> dict[str, Any]:
    kept = {}
    for name, bundle in old.items():
        pictures = {kind: text for kind, text in _dict(bundle).items() if kind in _MAGIC and _is_picture(kind, text)}
        if pictures and re.fullmatch(r"[\w .()-]{1,200}", name):
            kept[name] = pictures
    return kept


def _is_picture(kind: str, text: Any) -> bool:
    if not isinstance(text, str) or not _BASE64.fullmatch(text):
        return False
    try:
        return base64.b64decode("".join(text[:64].split())[:16]).startswith(_MAGIC[kind])
    except ValueError:
        return False


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _like(old: Any, new: dict[str, Any]) -> Any:
    """Return `new` as the kind of mapping that `old` is: nbformat's nodes, all the way down."""
    if type(old) is dict:
        return new
    from nbformat import from_dict

    return from_dict(new)
