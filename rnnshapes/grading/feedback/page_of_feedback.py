"""What a student gets back: the graded notebook without what is hidden, the messages first, as one harmless HTML page.

`for_student` reads, beside nbgrader's metadata, what the grader writes into notebook metadata:

- `nb.metadata["rnnshapes"]`: `{"repairs": [sentence, …], "remarks": [sentence, …]}`, shown at the top.
- `cell.metadata["rnnshapes"]` of a test cell: `{"student_message": text}`, plain text that is shown in place of the
  cell's outputs. Its first line is a headline; lines that begin with a verdict's labels
  (Got, Expected, Recognised, Your code computes, Try) become a table.

Without a student_message, a failed test shows the message of a WrongAnswer, or of an exception that a line raised
which students can see; of any other, that a hidden test failed. All of it is plain text: nothing in it is markup.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from rnnshapes.authoring.marks import Delimiters, split
from rnnshapes.grading.feedback.cut import LONGEST_SOURCE, cut, cut_to_size, joined, note, whole_streams
from rnnshapes.grading.feedback.hidden import Secrets
from rnnshapes.grading.feedback.messages import message_output, parts, student_message
from rnnshapes.grading.feedback.safe_html import clean_html
from rnnshapes.grading.feedback.safe_markdown import is_plain, markdown_filter, one_line
from rnnshapes.grading.feedback.sanitise import sanitise_notebook
from rnnshapes.grading.feedback.titles import task_titles
from rnnshapes.grading.in_its_share import in_its_share
from rnnshapes.grading.repair.whole import is_about_the_whole
from rnnshapes.judge.card import CSS


def for_student(nb: Any, *, delimiters: Delimiters | None = None) -> Any:
    """Return the graded notebook as its student may see it: sanitised, a new notebook, the given one is unchanged.

    Hidden tests and mark schemes are replaced by a short line. An output that repeats a line of theirs is left out.
    A test cell with a hidden part shows a message or nothing: no output, no traceback. What was put right, what the
    grader remarked and which tests to look at first come in a Markdown cell at the top. Outputs are cut to size, and
    say by how much.

    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> test = new_code_cell("# Doubles.\\n### BEGIN HIDDEN TESTS\\nassert double(21) == 42\\n### END HIDDEN TESTS")
    >>> test.metadata["nbgrader"] = {"grade": True, "solution": False, "grade_id": "test_double", "points": 1}
    >>> print(for_student(new_notebook(cells=[test])).cells[0].source)
    # Doubles.
    # (hidden tests)
    """
    marks = delimiters or Delimiters()
    nb = sanitise_notebook(_read(nb))
    views = [(cell, cell.source, *_show(cell, marks)) for cell in nb.cells]
    secrets = Secrets.of(
        [line for _, whole, _, out in views for line in _lines(whole, out)], [source for _, _, source, _ in views]
    )
    for cell, whole, source, out in views:
        cell.source = cut(source, LONGEST_SOURCE)
        if cell.cell_type == "code":
            _show_outputs(cell, whole, out, secrets)
        elif out and cell.cell_type == "markdown" and not is_plain(source):
            cell.source = one_line(source)
    top = summary(nb)
    nb = cut_to_size(nb)
    nb.metadata.pop("rnnshapes", None)
    for cell in nb.cells:
        cell.metadata.pop("rnnshapes", None)
    if top:
        nb.cells.insert(0, top)
    return nb


@dataclass(frozen=True)
class Marks:
    """What the gradebook says about one notebook, as plain data."""

    scores: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """(points earned, points possible) of each graded cell, by grade_id."""
    comments: Mapping[str, str] = field(default_factory=dict)
    late_penalty: float = 0.0

    @classmethod
    def from_gradebook(cls, gradebook: Any, *, notebook: str, assignment: str, student: str) -> Marks:
        """Return the marks of one student's notebook in an open nbgrader Gradebook.

        Raises: nbgrader.api.MissingEntry if it has no such submission.
        """
        found = gradebook.find_submission_notebook(notebook, assignment, student)
        return cls(
            {grade.name: (grade.score or 0.0, grade.max_score or 0.0) for grade in found.grades},
            {comment.name: comment.comment for comment in found.comments if comment.comment},
            found.late_submission_penalty or 0.0,
        )


@in_its_share(120)
def render_feedback(nb: Any, *, notebook: str, marks: Marks, delimiters: Delimiters | None = None) -> str:
    """Return the feedback page for a graded notebook (a NotebookNode, or its JSON text): what `nbgrader
    generate_feedback` writes with `StudentView` and `FeedbackExporter`, without a gradebook at hand.

    Pure: it may run on any worker. The first call in a process takes a second or two of imports.
    """
    seen = for_student(nb, delimiters=delimiters)
    for cell in seen.cells:
        grader = cell.metadata.get("nbgrader", {})
        key = grader.get("grade_id")
        if grader.get("grade") or grader.get("task"):
            grader["score"], grader["points"] = marks.scores.get(key, (0.0, grader.get("points", 0.0)))
        if grader.get("solution") or grader.get("task"):
            grader["comment"] = marks.comments.get(key)
    facts = {
        "notebook": notebook,
        "score": sum(earned for earned, _ in marks.scores.values()) - marks.late_penalty,
        "max_score": sum(possible for _, possible in marks.scores.values()),
        "late_penalty": marks.late_penalty,
    }
    resources = {"nbgrader": facts, "metadata": {"name": notebook}, "unique_key": notebook}
    return _exporter().from_notebook_node(seen, resources=resources)[0]


def _read(nb: Any) -> Any:
    import nbformat

    return nbformat.reads(nb, as_version=4) if isinstance(nb, str | bytes) else nb


def _show(cell: Any, marks: Delimiters) -> tuple[str, list[int]]:
    """Return (the source to show, the numbers of the lines that are not in it)."""
    prose = cell.cell_type == "markdown"
    lines = _unfolded(cell.source)
    source, tests = split(lines, marks.begin_tests, marks.end_tests, instead="*(hidden)*" if prose else HIDDEN)
    _, schemes = split(lines, marks.begin_scheme, marks.end_scheme, instead="")
    source, _ = split(source, marks.begin_scheme, marks.end_scheme, instead="" if prose else "# (mark scheme)")
    out = sorted({*tests, *schemes})
    if out and "attachments" in cell:
        cell.attachments = {name: part for name, part in cell.attachments.items() if f"attachment:{name}" in source}
    return source if out else cell.source, out


HIDDEN = "# (hidden tests)"


def _unfolded(source: str) -> str:
    """Return the lines that `one_line` joined."""
    return source.replace("&#10;", "\n") if source.startswith("<div>") else source


def _lines(source: str, numbers: list[int]) -> list[str]:
    lines = _unfolded(source).split("\n")
    return [lines[number - 1] for number in numbers]


def _is_test(cell: Any) -> bool:
    grader = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and bool(grader.get("grade")) and not grader.get("solution")


def _show_outputs(cell: Any, source: str, out: list[int], secrets: Secrets) -> None:
    """Leave what the student may see: of a test with a hidden part its message, of other cells what repeats no test."""
    message = student_message(cell, source, out, secrets) if _is_test(cell) else ""
    cell.metadata["rnnshapes"] = {"student_message": message} if message else {}
    if message:
        cell.outputs = [message_output(message)]
    elif out and _is_test(cell):
        cell.outputs = []
    else:
        cell.outputs = [note(REPEATS) if _repeats(each, secrets) else each for each in whole_streams(cell.outputs)]


REPEATS = "(Left out: it repeats a line of a hidden test.)"


def _repeats(output: Any, secrets: Secrets) -> bool:
    texts = [value for kind, value in output.get("data", {}).items() if not kind.startswith("image/")]
    texts += [output.get("text", ""), output.get("evalue", ""), "\n".join(output.get("traceback", []))]
    return any(secrets.within(joined(text)) for text in texts)


def summary(nb: Any) -> Any:
    """Return a Markdown cell with which tests to look at, what was put right and what was remarked; None if nothing."""
    from nbformat.v4 import new_markdown_cell

    own = nb.metadata.get("rnnshapes", {})
    titles, failed = task_titles(nb), []
    for cell in nb.cells:
        message = cell.metadata.get("rnnshapes", {}).get("student_message") if _is_test(cell) else None
        if message:
            key = str(cell.metadata["nbgrader"].get("grade_id", ""))
            headline, rows = parts(message)
            text = " ".join([headline, *(hint for name, hint in rows if name == "Try")])
            title = titles.get(key, key)
            failed.append(f'<a href="#{html.escape(key)}">{html.escape(title)}</a>: {_with_code(text)}')
    sections = [("What to look at first", failed)]
    for title, name in (("Put right before grading", "repairs"), ("Remarks", "remarks")):
        said = own.get(name, []) if isinstance(own, dict) else []
        listed = [str(line)[:1_000] for line in said[:100]] if isinstance(said, list | tuple) else []
        if name == "repairs" and (whole := [line for line in listed if is_about_the_whole(line)]):
            sections.insert(0, ("Which notebook this is", [_with_code(line) for line in whole]))
            listed = [line for line in listed if line not in whole]
        sections.append((title, [_with_code(line) for line in listed]))
    lists = "".join(
        f"<h4>{title}</h4><ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
        for title, lines in sections
        if lines
    )
    if not lists:
        return None
    return new_markdown_cell(clean_html(f"<div>{lists}</div>").replace("\n", "&#10;"), id="feedback-summary")


def _with_code(text: str) -> str:
    """Return HTML for plain text in which code stands between backticks.

    >>> _with_code("`a < b` is <b>")
    '<code>a &lt; b</code> is &lt;b&gt;'
    """
    return re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(text))


def template_folders() -> list[str]:
    """Return the two folders of page templates: ours, and nbgrader's own with what ours leave as it is."""
    import nbgrader.server_extensions.formgrader as formgrader

    return [os.path.join(os.path.dirname(module), "templates") for module in (__file__, formgrader.__file__)]


@cache
def _exporter() -> Any:
    """Return this process's exporter, set up as nbgrader's generate_feedback sets up its own."""
    from traitlets.config import Config

    ours, nbgraders = template_folders()
    config = Config()
    config.Exporter.default_preprocessors = []
    config.HTMLExporter.template_name = "feedback"
    config.HTMLExporter.extra_template_basedirs = [ours, nbgraders]
    static = os.path.join(os.path.dirname(nbgraders), "static")
    bootstrap = ("node_modules/bootstrap/dist/css", "components/bootstrap/css")  # since nbgrader 0.9.6, and before
    config.HTMLExporter.extra_template_paths = [os.path.join(static, path) for path in bootstrap]
    return __getattr__("FeedbackExporter")(config=config)


POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a feedback page may do, for browsers: show pictures that are in it. Run nothing, load nothing, send nothing."""


@cache
def _sheet() -> str:
    return Path(__file__).with_name("feedback.css").read_text(encoding="utf-8")


_INDEX = re.compile(r'(<li><a href="#([^"]*)">)(Test cell|Coding free-response|Written response|Task)</a>(?= \(Score:)')
"""A line of nbgrader's index, which calls each test the same."""

_NO_ALT = re.compile(r'<img(?=(?:\s+(?!alt=)[a-z]+="[^"]*"|\s+(?:width|height)=\d+(?:\.\d+)?)*\s*>)')


@cache
def _classes() -> dict[str, type]:
    """Make the classes that nbgrader is configured with, when they are first asked for: nbgrader is slow to import."""
    from jinja2 import DictLoader
    from nbconvert.exporters import HTMLExporter
    from nbconvert.filters.highlight import Highlight2HTML
    from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
    from nbgrader.preprocessors import NbGraderPreprocessor
    from traitlets import List

    class StudentView(NbGraderPreprocessor):
        """`for_student` as the first of GenerateFeedback.preprocessors."""

        display_data_priority = List(config=True)  # nbconvert sets it, and nbgrader warns that it is not there

        def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
            return for_student(nb, delimiters=Delimiters.from_config(self.config)), resources

    class FeedbackExporter(HTMLExporter):
        """nbgrader's feedback page without any script, and nothing to load: for GenerateFeedback.exporter_class."""

        def __init__(self, *args: Any, **more: Any) -> None:
            no_mathjax = DictLoader({"mathjax.html.j2": "{% macro mathjax(url='') %}{% endmacro %}"})
            super().__init__(*args, extra_loaders=[no_mathjax], **more)
            self.sanitize_html = True

        def default_filters(self) -> Any:
            yield from super().default_filters()
            yield "markdown2html", markdown_filter
            yield "clean_html", clean_html

        def _preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
            nb, resources = super()._preprocess(nb, resources)
            facts = resources["nbgrader"]
            facts["notebook"] = html.escape(str(facts["notebook"]))  # the template writes it as it is
            return nb, resources

        def from_notebook_node(self, nb: Any, resources: Any = None, **more: Any) -> tuple[str, Any]:
            # What HTMLExporter does, but for its last step: it reads the page with BeautifulSoup and writes it anew, to
            # give pictures an alt text, in half of the time that a page takes.
            language = nb.metadata.get("language_info", {})
            lexer = language.get("pygments_lexer") or language.get("name")
            resources = self._init_resources(resources)
            kinds = WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources)
            self.register_filter("highlight_code", Highlight2HTML(pygments_lexer=lexer, parent=self))
            self.register_filter("filter_data_type", kinds)
            page, resources = super(HTMLExporter, self).from_notebook_node(nb, resources, **more)
            page = _NO_ALT.sub(r'<img alt="A picture without a description"', page)
            titles = task_titles(nb)
            page = _INDEX.sub(lambda found: f"{found[1]}{html.escape(titles.get(found[2], found[3]))}</a>", page)
            head = f'<html lang="en">\n<head>\n<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>'
            head += f"\n<style>{CSS}{_sheet()}</style>"
            return page.replace("<html>\n<head>", head, 1), resources

    return {"StudentView": StudentView, "FeedbackExporter": FeedbackExporter}


def __getattr__(name: str) -> Any:
    if name in ("StudentView", "FeedbackExporter"):
        return _classes()[name]
    raise AttributeError(name)
