"""Lectures to pieces, and pieces to slides; what happens to a lecture that fails, and to one that has not changed."""

import re
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from rnnshapes import cli
from rnnshapes.pages.pieces import output_text, take_apart
from rnnshapes.pages.slides import ROOM, SQUEEZED, cut, lecture_slides
from rnnshapes.pages.wall import for_a_wall

ROOT = Path(__file__).parents[1]

HEADER = "# ---\n# title: {title}\n# idea: what {title} is about\n# ---\n\n# %% [markdown]\n# # {title}\n"
ASKS = "# {title}\n\nBefore.\n\n**Predict:** what is 6 * 7?"
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}


def lecture(root, name, code):
    """A lecture of three cells, as text and as a notebook."""
    title = name[3:].title()
    (root / "lessons" / name).mkdir(parents=True)
    (root / "lessons" / name / "lecture.py").write_text(HEADER.format(title=title))
    cells = [v4.new_markdown_cell(ASKS.format(title=title)), v4.new_code_cell(code), v4.new_markdown_cell("It is.")]
    (root / "notebooks").mkdir(exist_ok=True)
    nbformat.write(v4.new_notebook(cells=cells, metadata=KERNEL), root / f"notebooks/{name}.ipynb")


def shown(*outputs):
    """A code cell that shows texts one by one."""
    data = [{"text/plain": text} for text in outputs]
    return v4.new_code_cell("make()", outputs=[v4.new_output("display_data", data=each) for each in data])


def kinds(slides):
    return [[piece.kind for piece in slide.pieces] for slide in slides]


@pytest.fixture
def course(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("")
    lecture(tmp_path, "00_good", "print(6 * 7)")
    lecture(tmp_path, "01_bad", "raise ValueError('no such thing')")
    lecture(tmp_path, "02_fine", "print(6 + 7)")
    return tmp_path


def test_a_lecture_that_fails_is_named_and_the_others_are_written(course, capsys):
    assert cli.main(["--course", str(course), "html"]) == 1
    out, err = capsys.readouterr()
    assert err.strip() == (
        "notebooks/01_bad.ipynb: got ValueError: no such thing, expected a lecture that runs to its end. "
        "Try: run it in JupyterLab (make lab)"
    )
    assert out.splitlines()[-3:] == [f"written    site/{name}.html" for name in ("00_good", "02_fine", "index")]
    index = (course / "site/index.html").read_text()
    assert "00_good.html" in index and "what Fine is about" in index and "01_bad" not in index
    assert '<a href="02_fine.html" rel="next">' in (course / "site/00_good.html").read_text()


def test_a_lecture_runs_again_when_it_has_changed_and_not_before(course, capsys):
    cli.main(["--course", str(course), "slides", "00", "02"])
    assert "ran" in capsys.readouterr().out
    assert cli.main(["--course", str(course), "slides", "00", "02"]) == 0
    assert [line.split(": ")[1] for line in capsys.readouterr().out.splitlines()[:2]] == ["unchanged", "unchanged"]
    path = course / "notebooks/02_fine.ipynb"
    path.write_text(path.read_text().replace("6 + 7", "60 + 70"))
    cli.main(["--course", str(course), "slides", "02"])
    assert "1/1 02_fine: ran" in capsys.readouterr().out
    assert ">130" in (course / "slides/02_fine.html").read_text()


def test_what_a_lesson_without_a_lecture_says(course, capsys):
    (course / "notebooks/00_good.ipynb").unlink()
    assert cli.main(["--course", str(course), "html", "00"]) == 1
    assert "Got no notebooks/00_good.ipynb, expected a lecture. Try: make build" in capsys.readouterr().err


def test_an_answer_ends_with_the_explanation_or_before_the_next_question():
    cells = [
        v4.new_markdown_cell("# T\n\n**Predict:** one?"),
        v4.new_code_cell("guess = None"),
        shown("1"),
        shown("2"),
        v4.new_markdown_cell("Because.\n\n**Predict:** two?\n\n```text\nas here\n```"),
        v4.new_markdown_cell("Told.\n\nAnd why."),
        v4.new_markdown_cell("Something else."),
        shown("3"),
    ]
    pieces = take_apart(v4.new_notebook(cells=cells))
    assert [(piece.kind, piece.answer) for piece in pieces] == [
        ("title", 0),
        ("question", 0),
        ("code", 0),
        ("code", 0),
        ("output", 1),
        ("code", 1),
        ("output", 1),
        ("text", 1),
        ("question", 0),
        ("question", 0),
        ("text", 2),
        ("text", 2),
        ("text", 0),
        ("code", 0),
        ("output", 0),
    ]


def test_what_is_printed_by_one_cell_is_one_piece():
    prints = [v4.new_output("stream", text=text) for text in ("one\n", "two\n")]
    notebook = v4.new_notebook(cells=[v4.new_code_cell("print()", outputs=prints)])
    assert take_apart(notebook) == take_apart(notebook)  # it stays as it was
    pieces = take_apart(notebook)
    assert [piece.kind for piece in pieces] == ["code", "output"] and output_text(pieces[1].cell) == "one\ntwo\n"


def test_the_answer_waits_for_a_key_on_the_slide_of_its_question():
    cells = [v4.new_markdown_cell("# T\n\n## Part\n\n**Predict:** one?"), shown("1"), v4.new_markdown_cell("Because.")]
    (slide,) = cut(take_apart(v4.new_notebook(cells=cells)))
    assert [piece.kind for piece in slide.pieces] == ["heading", "question", "code", "output", "text"]
    assert slide.waits_before == 3


def test_what_does_not_fit_goes_on_with_the_sections_name():
    long = "\n".join(["a line"] * 18)
    cells = [v4.new_markdown_cell("# T\n\n## Part\n\n" + "Words and words. " * 20), shown(long), shown("two", "three")]
    slides = cut(take_apart(v4.new_notebook(cells=cells)))
    assert kinds(slides) == [["heading", "text"], ["code", "output"], ["code", "output", "output"]]
    assert [slide.section for slide in slides] == ["Part"] * 3
    assert all(slide.height <= SQUEEZED for slide in slides) and slides[1].height <= ROOM
    page = lecture_slides(v4.new_notebook(cells=cells), number="07", title="A < B", idea="x")
    assert page.count('<p class="running">Part</p>') == 2 and "<h1>A &lt; B</h1>" in page
    assert page.count("<section>") == page.count("</section>") == 5  # the title, and a stack of three


def test_a_slide_speaks_of_no_cell_and_no_guess():
    for path in sorted((ROOT / "notebooks").glob("0*.ipynb")):
        lecture = nbformat.read(path, as_version=4)
        pieces = list(for_a_wall(take_apart(lecture)))
        words = "\n".join(piece.cell.source for piece in pieces)
        assert not re.search(r"next cell|run the cell|Shift \+ Enter|your guess|# type ", words), path.name
        asked = [piece for piece in take_apart(lecture) if piece.kind == "question"]
        assert len([piece for piece in pieces if piece.kind == "question"]) == len(asked)
    cell = v4.new_code_cell('print("your guess:", a, b)\nprint("your guess:", a, "  Wo has", Wo.size)\nx')
    cell.outputs = [v4.new_output("stream", name="stdout", text="your guess: None 3\nyour guess: None   Wo has 30\n")]
    code, output = for_a_wall(take_apart(v4.new_notebook(cells=[cell])))
    assert code.cell.source == 'print("Wo has", Wo.size)\nx' and output_text(output.cell) == "Wo has 30\n"
