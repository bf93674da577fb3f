"""The instructor in JupyterLab: an edit with the Create Assignment toolbar, then from Generate to the exported grades.

The tests follow one another, on one copy of the course with one server: each goes on where the one before it ended.
"""

import csv
import shutil
import subprocess
import time
from fnmatch import fnmatch
from pathlib import Path

import nbformat
import pytest
from browser_help import a_page
from exchange_help import fetch, fetch_feedback, submit
from lab_help import a_lab, open_notebook, press
from nbgrader.api import Gradebook

from rnnshapes.cli import main
from rnnshapes.demo.sample_class import hand_in, read_class

ROOT = Path(__file__).parents[2]
LESSON, NAME = "01_rnn_shapes", "rnn_shapes"
SOURCE, TEXT = f"source/{LESSON}/{NAME}.ipynb", f"lessons/{LESSON}/assignment.py"
WRONG, REPAIRED, BROKEN = "oisin_c", "casimir_b", "vusi_d"  # of lessons/01_rnn_shapes/class
WIDE = {"width": 1500, "height": 1000}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the course as a clone has it, without settings of the machine."""
    folder = tmp_path_factory.mktemp("course")
    for name in ("lessons", "notebooks", "source", "release"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("nbgrader_config.py", "pyproject.toml", "README.md", ".gitignore"):
        shutil.copy(ROOT / name, folder)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("RNNSHAPES_SEED", "RNNSHAPES_EXCHANGE", "RNNSHAPES_COURSE"):
            patch.delenv(name, raising=False)
        yield folder


@pytest.fixture(scope="module")
def lab(course, tmp_path_factory):
    with a_lab(course, home=tmp_path_factory.mktemp("home")) as address:
        yield address


def tracked(folder):
    """Return the files that git would see, {path: bytes}: all but those that .gitignore names."""
    lines = [line for line in (folder / ".gitignore").read_text().splitlines() if line and line[0] not in "!#"]
    files = {}
    for path in filter(Path.is_file, folder.rglob("*")):
        parts = path.relative_to(folder).parts
        from_top = [
            "/".join(["", *parts[: k + 1]]) for k in range(len(parts))
        ]  # "/a", "/a/b": a pattern with / begins there
        if not any(
            fnmatch(name, line.rstrip("/")) for line in lines for name in (from_top if line[0] == "/" else parts)
        ):
            files["/".join(parts)] = path.read_bytes()
    return files


def changed(before, after):
    return sorted(name for name in before | after if before.get(name) != after.get(name))


def rnnshapes(course, *words):
    return main(["--course", str(course), *words])


def wait_until(true, what):
    end = time.monotonic() + 90
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.2)


def test_an_edit_with_the_create_assignment_toolbar_goes_into_the_text(course, lab, browser, capsys):
    clean, before = tracked(course), nbformat.read(course / SOURCE, as_version=4)
    with a_page(browser, "instructor-toolbar", viewport=WIDE) as page:
        open_notebook(page, lab, SOURCE)
        page.get_by_text("Create Assignment", exact=True).click()
        rows = page.locator(".nbgrader-CellWidget")
        rows.nth(len(before.cells) - 1).wait_for()
        total = page.locator(".nbgrader-TotalPointsInput")
        assert total.input_value() == "12"

        marked = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in before.cells]
        points = rows.nth(marked.index("test_name_weights")).locator(".nbgrader-CellPoints input")
        assert points.input_value() == "2"
        points.fill("3")
        points.press("Enter")
        place = next(k for k, cell in enumerate(before.cells) if cell.source.startswith("**Explain:**"))
        row = rows.nth(place)
        row.get_by_role("combobox").select_option("Manually graded answer")
        for part, value in (("Id", "why"), ("Points", "2")):
            row.locator(f".nbgrader-Cell{part} input").fill(value)
            row.locator(f".nbgrader-Cell{part} input").press("Enter")
        assert total.input_value() == "15"

        cells = page.locator(".jp-Notebook .jp-Cell")
        cells.nth(0).click()
        page.keyboard.press("Shift+Enter")  # leaves a number in the notebook, which must not come back
        cells.nth(1).get_by_role("heading", name="RNN shapes: your turn").click()
        page.keyboard.press("Enter")
        page.keyboard.press("Control+End")
        page.keyboard.insert_text(" Take your time.")
        page.keyboard.press("Shift+Enter")
        cells.nth(1).get_by_role("paragraph").filter(has_text="Take your time.").wait_for()
        page.keyboard.press("Control+s")
        wait_until(lambda: "Take your time." in (course / SOURCE).read_text(encoding="utf-8"), "the notebook is saved")

    edited, text = (course / SOURCE).read_bytes(), (course / TEXT).read_text(encoding="utf-8")
    assert rnnshapes(course, "build", "01") == 1
    assert f"edited since it was built. To carry the edit into the lesson's text, run: rnnshapes absorb {SOURCE}" in (
        capsys.readouterr().err
    )
    assert (course / SOURCE).read_bytes() == edited

    assert rnnshapes(course, "absorb", str(course / SOURCE)) == 0
    said = capsys.readouterr().out
    assert "points     12 → 15" in said and "still says 12" in said
    old, new = text.splitlines(), (course / TEXT).read_text(encoding="utf-8").splitlines()
    last = before.cells[1].source.splitlines()[-1]
    assert [line for one, line in zip(old, new, strict=True) if one != line] == [
        "# points: 15",
        f"# {last} Take your time.",
        '# %% [markdown] written="why" points=2',
        '# %% test="name_weights" points=3',
    ]
    after = nbformat.read(course / SOURCE, as_version=4)
    ids = ["why" if k == place else cell.id for k, cell in enumerate(before.cells)]
    named = [name for name in ids if not name.startswith("cell-")]  # cells of prose are numbered
    assert [cell.id for cell in after.cells if not cell.id.startswith("cell-")] == named
    assert [cell.source for cell in after.cells[2:]] == [cell.source for cell in before.cells[2:]]
    assert all(cell.execution_count is None and not cell.outputs for cell in after.cells if cell.cell_type == "code")

    assert rnnshapes(course, "build") == 0
    capsys.readouterr()
    assert rnnshapes(course, "build", "--check") == 0
    assert changed(clean, tracked(course)) == ["README.md", TEXT, f"release/{LESSON}/{NAME}.ipynb", SOURCE]
    assert f"[do](release/{LESSON}/{NAME}.ipynb) | 15 |" in (course / "README.md").read_text(encoding="utf-8")


def test_from_generate_to_the_students_feedback_by_the_buttons(course, lab, browser, tmp_path):
    clean = tracked(course)
    with a_page(browser, "instructor-journey", viewport=WIDE) as page:
        page.set_default_timeout(90_000)
        page.goto(f"{lab}/lab?reset")
        page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
        page.get_by_role("menuitem", name="Formgrader", exact=True).click()
        form = page.frame_locator("iframe")
        lesson = form.locator("tr", has_text=LESSON)
        lesson.wait_for()
        names = form.locator("td.name").all_inner_texts()
        assert names == sorted(path.name for path in (ROOT / "source").iterdir())
        assert not form.get_by_text("Current configuration").count() and not form.locator(".alert").count()

        press(form, lesson, "assign", says=f"Successfully created the student version of '{LESSON}'")
        assert tracked(course) == clean  # what Generate writes is what build wrote
        lesson.locator(".preview a").click()
        page.locator(".jp-DirListing-item", has_text=f"{NAME}.ipynb").wait_for()
        assert page.locator(".jp-BreadCrumbs").inner_text() == f"/release/{LESSON}/"
        press(form, lesson, "release", says=f"Successfully released '{LESSON}'")

        students = [
            one for one in read_class(ROOT / f"lessons/{LESSON}/class") if one.login in (WRONG, REPAIRED, BROKEN)
        ]
        for student in students:
            student.answers["why"] = f"I am {student.name}. I counted steps; Keras counts samples."
            home = tmp_path / student.login
            release = fetch(course, home, student.login, LESSON) / f"{NAME}.ipynb"
            hand_in([student], release=release, submitted=tmp_path / "written")
            shutil.copy(tmp_path / f"written/{student.login}/{LESSON}/{NAME}.ipynb", release)
            submit(course, home, student.login, LESSON)

        press(form, lesson, "collect", says=f"Successfully collected submissions of '{LESSON}'")
        lesson.get_by_role("link", name="3", exact=True).click()
        autograde = {WRONG: "", REPAIRED: "had lost their marks", BROKEN: "[WARNING] Not graded: rnn_shapes.ipynb: got"}
        for login, logged in autograde.items():
            row = form.locator("tr", has_text=login)
            said = press(form, row, "autograde", says=f"Successfully autograded '{LESSON}' for student '{login}'")
            assert logged in said and "Traceback" not in said
            row.get_by_text("needs manual grading").wait_for()
        assert form.locator("tr", has_text=WRONG).locator(".score").inner_text() == "3 / 15"

        ids = read_ids(course)
        look_at(page, lab, ids[REPAIRED], "Put right before grading")
        look_at(page, lab, ids[BROKEN], "This notebook could not be graded")
        look_at(page, lab, ids[WRONG], "What to look at first")
        grade_by_hand(page)

    with a_page(browser, "instructor-feedback", viewport=WIDE) as page:
        page.set_default_timeout(90_000)
        page.goto(f"{lab}/formgrader/manage_submissions/{LESSON}")
        row = page.locator("tr", has_text=WRONG)
        row.get_by_text("6.5 / 15").wait_for()
        assert row.locator(".status").inner_text() == "graded"
        page.goto(f"{lab}/formgrader/manage_assignments")
        lesson = page.locator("tr", has_text=LESSON)
        said = press(page, lesson, "generate-feedback", says=f"Successfully generated feedback of '{LESSON}'")
        assert "[WARNING]" not in said
        press(page, lesson, "release-feedback", says=f"Successfully released feedback of '{LESSON}'")
        page.goto(fetch_feedback(course, tmp_path / WRONG, WRONG, LESSON).joinpath(f"{NAME}.html").as_uri())
        words = page.locator("body").inner_text()
        assert "(Score: 6.5 / 15.0)" in words and "relu is not tanh" in words and "The weights always come in" in words
        assert "Well counted." in words and "BEGIN HIDDEN TESTS" not in words
    assert tracked(course) == clean


def read_ids(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return {one.student.id: one.notebooks[0].id for one in gradebook.assignment_submissions(LESSON)}


def look_at(page, lab, submission, words):
    """Open a submission in the formgrader: our words are at its top, and no picture has nbgrader's red frame."""
    page.goto(f"{lab}/formgrader/submissions/{submission}/")
    page.get_by_text(words).first.wait_for()
    borders = "images => images.map(image => getComputedStyle(image).borderTopWidth)"
    assert set(page.locator("img").evaluate_all(borders)) <= {"0px"}


def grade_by_hand(page):
    """Points for the written answer, other points for a test, extra credit, and comments."""
    assert page.locator("#test_name_weights").get_attribute("placeholder") == "0"
    fields = {"why": "2", "test_name_weights": "1", "test_rnn_by_hand_extra_credit": "0.5"}
    fields |= {"rnn_by_hand-comment": "relu is **not** tanh.", "why-comment": "Well counted."}
    for name, value in fields.items():
        page.locator(f"#{name}").fill(value)
        with page.expect_response(lambda answer: answer.request.method == "PUT") as answer:
            page.locator(f"#{name}").press("Tab")
        assert answer.value.ok


def test_what_a_person_graded_stays_and_is_in_every_list_of_grades(course, lab, browser, capsys):
    clean, before = tracked(course), read_grades(course)
    assert before[WRONG]["test_name_weights"] == (0, 1, None, False) and before[WRONG]["why"] == (None, 2, None, False)
    assert before[WRONG]["test_rnn_by_hand"] == (0, None, 0.5, False)
    assert before[BROKEN]["test_rnn_by_hand"] == (None, None, None, True)
    assert rnnshapes(course, "grade", "01", "--no-feedback") == 2
    said = capsys.readouterr().out
    assert "0 graded, 2 unchanged, 1 failed." in said and f"Failed: {BROKEN}: rnn_shapes.ipynb: got a file that" in said
    assert read_grades(course) == before  # the button's results are the engine's: nothing was graded or recorded again

    with a_page(browser, "instructor-again", viewport=WIDE) as page:
        page.set_default_timeout(90_000)
        page.goto(f"{lab}/formgrader/manage_submissions/{LESSON}")
        row = page.locator("tr", has_text=WRONG)
        press(page, row, "autograde", says=f"Successfully autograded '{LESSON}'")
        row.get_by_text("6.5 / 15").wait_for()
        assert row.locator(".status").inner_text() == "needs manual grading"  # nbgrader: look again at what you graded

    assert rnnshapes(course, "report", "01", "--csv", "moodle", "--identify", "login") == 0
    page = (course / f"reports/{LESSON}.html").read_text(encoding="utf-8")
    assert WRONG in page and "6.5" in page and "order_assumed" in page and "had lost their marks" in page
    with open(course / f"reports/{LESSON}_moodle.csv", newline="", encoding="utf-8") as file:
        assert "6.5" in {cell for row in csv.reader(file) if WRONG in row for cell in row}
    subprocess.run(["nbgrader", "export", "--to", "grades.csv"], cwd=course, check=True, capture_output=True)
    with open(course / "grades.csv", newline="") as file:
        grades = {row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in csv.DictReader(file)}
    assert grades == {WRONG: (6.5, 15), REPAIRED: (13, 15), BROKEN: (0, 15)}
    assert tracked(course) == clean


def read_grades(course):
    """Return {login: {cell: (the referee's points, a person's, extra credit, whether a person has to look)}}."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return {
            one.student.id: {
                grade.name: (grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade)
                for grade in one.notebooks[0].grades
            }
            for one in gradebook.assignment_submissions(LESSON)
        }
