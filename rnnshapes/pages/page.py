"""`rnnshapes html` and `rnnshapes slides`: run lectures, and write what came out so that it needs no kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from rnnshapes.authoring import build
from rnnshapes.grading.engine.terminal import progress
from rnnshapes.pages.execute import Executed, execute_lectures

SITE, SLIDES = "site", "slides"
TEMPLATES = Path(__file__).parent / "templates"
Write = Callable[[Path, list[Executed]], Iterable[Path]]


def make_pages(root: Path, names: tuple[str, ...] = (), *, write: Write) -> int:
    """Run lectures, all or the named lessons', and let `write` make files of them: write_site or write_slides.

    What was written is printed, and what failed. Returns: 0, or 1 if a lecture failed; the others are written.
    """
    import sys

    lessons = build.choose_lessons(root, names)
    if not names:  # a quiz has no lecture
        lessons = [lesson for lesson in lessons if "lecture.py" in build.lesson_texts(root, lesson)]
    with progress(len(lessons), "Running lectures") as advance:
        executed = execute_lectures(root, lessons, done=lambda one: advance(f"{one.lesson}: {_said(one)}"))
    ran = [one for one in executed if one.notebook is not None]
    for path in write(root, ran) if ran else ():
        print(f"written    {path.relative_to(root)}")
    failures = [one.failure for one in executed if one.failure]
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def _said(one: Executed) -> str:
    return "failed" if one.failure else "unchanged" if one.kept else "ran"


def lecture_words(root: Path, lesson: str) -> tuple[str, str]:
    """Return a lecture's (title, idea), as its text's header has them."""
    text = build.read_lesson(root, lesson, "lecture.py")
    return text.title, text.idea


def render(cells: list[Any], template: str, **facts: Any) -> str:
    """Return cells as a page, made by nbconvert with one of our templates; `facts` are the template's `page`.

    Formulas are MathML, and nothing is loaded from anywhere.
    """
    from nbformat.v4 import new_notebook

    for number, cell in enumerate(cells):
        cell["id"] = f"piece-{number}"  # pieces of one cell have its id still
    notebook = new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})
    return _exporter(template).from_notebook_node(notebook, resources={"page": facts})[0]


@cache
def _exporter(template: str) -> Any:
    from nbconvert.exporters import HTMLExporter

    from rnnshapes.grading.feedback.safe_markdown import markdown_filter

    exporter = HTMLExporter(
        template_name=template, extra_template_basedirs=[str(TEMPLATES)], exclude_output_prompt=True
    )
    exporter.register_filter("markdown2html", markdown_filter)
    return exporter


def asset(name: str) -> str:
    """Return the text of a file of this package's course folder."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
