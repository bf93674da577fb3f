"""A student's way through JupyterLab, as README describes it: fetch, predict, write the loop, validate, submit, read.

JupyterLab is the one of `make lab`, with nbgrader's extensions and exchange as the course configures them.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from browser_help import a_page
from lab_help import ROOT, a_lab
from playwright.sync_api import expect

from rnnshapes.authoring.release import nbgrader_environment
from rnnshapes.grading.engine.folders import open_course

LESSON, NOTEBOOK = "01_rnn_shapes", "rnn_shapes"
LONG = 240_000  # ms: a start of TensorFlow on a busy machine
PREDICTED = """predicted = {
    "X": (4, 7, 3), "x": (T, D), "x[t]": (D,), "h": (M,), "yhat": (K,),
    "Yhat": (N, T, K),
    "Yhats": (N, T, K),
}"""
NAMES = """def name_weights(weights, D, M, K):
    names = {(D, M): "Wx", (M, M): "Wh", (M,): "bh", (M, K): "Wo", (K,): "bo"}
    return {names[weight.shape]: weight for weight in weights}"""
LOOP = """def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):
    h_last = np.zeros(len(bh))
    Yhats = []
    for t in range(len(x)):
        h_last = np.tanh(x[t] @ Wx + h_last @ Wh)
        Yhats.append(h_last @ Wo + bo)
    return np.array(Yhats)"""
BATCHED = """def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
    return np.array([rnn_by_hand(x, Wx, Wh, bh, Wo, bo)[-1] for x in X])"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the course under git, as a clone has it; nothing is released yet."""
    folder = tmp_path_factory.mktemp("course")
    for name in ("Makefile", "pyproject.toml", "uv.lock", "nbgrader_config.py", ".gitignore"):
        shutil.copy(ROOT / name, folder)
    for name in ("lessons", "source", "release"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / ".venv").mkdir()
    (folder / ".venv/installed").touch()  # make has nothing to install: the environment of the tests is used
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    subprocess.run(["git", "add", "."], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def lab(course, tmp_path_factory):
    """Ada's JupyterLab, started by `make lab`; gives its address and its log."""
    home = tmp_path_factory.mktemp("ada")
    (home / "nbgrader_config.py").write_text('get_config().CourseDirectory.student_id = "ada"\n')  # her login
    with a_lab(course, home=home, command=["make", "--silent", "lab"]) as address:
        yield address, home / "log"


@pytest.fixture(scope="module")
def school(course):
    """The instructor's buttons: generate and release the lesson; gives nbgrader's interface for more."""
    from nbgrader.apps import NbGraderAPI

    with nbgrader_environment():
        opened = open_course(course)
        school = NbGraderAPI(opened, config=opened.config)
        for step in (school.generate_assignment, school.release_assignment):
            done = step(LESSON)
            assert done["success"], done
        yield school


def open_lab(page, address: str, file: str = "") -> None:
    page.set_default_timeout(90_000)
    expect.set_options(timeout=90_000)
    page.goto(f"{address}/lab{'/tree/' if file else ''}{file}?reset")
    page.locator(".jp-DirListing-item").first.wait_for()


def open_list(page) -> None:
    """Open Assignment List from the keyboard, as from the Nbgrader menu."""
    page.keyboard.press("Control+Shift+C")
    page.locator("#modal-command-palette .lm-CommandPalette-input").wait_for()
    page.keyboard.type("assignment list")
    page.locator(".lm-CommandPalette-item.lm-mod-active", has_text="Assignment List").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("Released, downloaded, and submitted assignments for course:").wait_for()


def part(page, name: str):
    """One of the list's three parts: "released", "fetched", "submitted"."""
    return page.locator(f"#{name}_assignments_list")


def cell(page, start: str):
    """The code cell that begins with these words."""
    return page.locator(".jp-CodeCell").filter(
        has=page.locator(".cm-line", has_text=re.compile(f"^{re.escape(start)}"))
    )


def answer(page, start: str, text: str) -> None:
    """Replace a cell's text by another, and run it."""
    cell(page, start).locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("Shift+Enter")


def run(page, start: str):
    """Run a cell; give where its output comes."""
    cell(page, start).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    return cell(page, start).locator(".jp-Cell-outputArea")


def validate(page) -> str:
    """Press Validate above the notebook, from the keyboard; return what the window says, and close it."""
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")  # from the cell to the toolbar
    for _ in range(20):
        if page.evaluate("document.activeElement.textContent.includes('Validate')"):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    window = page.locator(".jp-Dialog")
    expect(window).to_contain_text("Validation Results", timeout=LONG)
    text = window.inner_text()
    window.get_by_role("button", name="Ok").click()
    return text


def changed(course: Path) -> str:
    """What git would tell: files that it does not know or that differ."""
    words = ["git", "ls-files", "--others", "--modified", "--exclude-standard"]
    return subprocess.run(words, cwd=course, check=True, capture_output=True, text=True).stdout


def test_before_a_release_the_list_is_empty_and_not_broken(lab, browser):
    with a_page(browser, "student-empty") as page:
        open_lab(page, lab[0])
        open_list(page)
        expect(page.locator("#assignments")).to_contain_text("No courses found.")
        expect(part(page, "released")).to_contain_text("There are no assignments to fetch.")
        expect(page.locator(".version_error")).to_be_empty()


def test_fetch_predict_loop_validate_submit(lab, school, course, browser):
    with a_page(browser, "student-works", viewport={"width": 1300, "height": 900}) as page:
        open_lab(page, lab[0])
        page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
        page.get_by_role("menuitem", name="Assignment List", exact=True).click()
        expect(page.locator("#course_list_default")).to_have_text("rnn_shapes")
        expect(part(page, "released").locator(".item_name")).to_have_text([LESSON])
        page.get_by_role("button", name="Fetch", exact=True).click()
        part(page, "fetched").get_by_text(LESSON).click()
        part(page, "fetched").get_by_role("link", name=NOTEBOOK, exact=True).click()
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=LONG)

        expect(run(page, "import numpy")).to_contain_text("T = 7 time steps", timeout=LONG)
        answer(page, "predicted = {", PREDICTED)
        check = run(page, 'rnnshapes.check_answer("01/predicted"')
        expect(check).to_contain_text("✗ 6 of 7 predicted shapes are right.")
        expect(check).to_contain_text("Yhat: (4, 7, 2) = (N, T, K)")
        answer(page, "predicted = {", PREDICTED.replace('"Yhat": (N, T, K)', '"Yhat": (N, K)'))
        expect(run(page, 'rnnshapes.check_answer("01/predicted"')).to_contain_text("✓ all 7 predicted shapes")

        expect(run(page, "def build(")).to_contain_text("Yhat (4, 2)")
        answer(page, "def name_weights", NAMES)
        answer(page, "def rnn_by_hand(", LOOP)
        check = run(page, 'rnnshapes.check_answer("01/rnn_by_hand"')
        expect(check).to_contain_text("“The bias starts at zero in Keras, so I can leave it out.”")
        expect(check).to_contain_text("Which weight with a single axis is unused?")
        picture = check.locator("img, svg").first
        expect(picture).to_be_visible()
        assert picture.bounding_box()["width"] > 200

        said = validate(page)
        assert said.count("The following cell failed:") == 3 and "Traceback" not in said
        assert re.search(r"The last row is 0\.\d+ away from model\.predict\(\)\nTry  Run the check above", said)
        assert "Got  nothing yet: rnn_by_hand_batched still raises NotImplementedError." in said

        answer(page, "def rnn_by_hand(", LOOP.replace("h_last @ Wh)", "h_last @ Wh + bh)"))
        expect(run(page, 'rnnshapes.check_answer("01/rnn_by_hand"')).to_contain_text("✓ rnn_by_hand agrees")
        answer(page, "def rnn_by_hand_batched", BATCHED)
        assert "Success! Your notebook passes all the tests." in validate(page)

        page.get_by_role("tab", name="Assignments").click()
        for times in (1, 2):  # as often as you like
            page.get_by_role("button", name="Submit", exact=True).click()
            expect(part(page, "submitted").get_by_text("UTC")).to_have_count(times)
    folders = list((course / "exchange/rnn_shapes/inbound").iterdir())
    assert [folder.name.split("+")[:2] for folder in folders] == 2 * [["ada", LESSON]]
    assert all("h_last @ Wh + bh)" in (folder / f"{NOTEBOOK}.ipynb").read_text() for folder in folders)
    assert changed(course) == ""


def test_feedback_is_fetched_and_read(lab, school, course, browser, tmp_path):
    ben = Student(course, "ben", tmp_path)
    assert ben.submissions() == []  # ada's are not his
    ben.hand_in()
    by_mail = course / f"submitted/cleo/{LESSON}"  # who came without the exchange must not stop the others
    shutil.copytree(course / "release" / LESSON, by_mail)
    assert school.collect(LESSON)["success"]
    graded = subprocess.run(
        ["rnnshapes", "grade", "01", "--workers", "1"], cwd=course, capture_output=True, text=True, timeout=600
    )
    assert graded.returncode == 0, graded.stderr
    released = school.release_feedback(LESSON)
    assert released["success"], released

    with a_page(browser, "student-reads", viewport={"width": 1300, "height": 900}) as page:
        open_lab(page, lab[0])
        open_list(page)
        rows = part(page, "submitted").locator(".nested_list_item .item_name")
        expect(rows).to_have_text([re.compile(r"UTC$"), re.compile(r"UTC \(feedback available to fetch\)$")])
        page.get_by_role("button", name="Fetch Feedback", exact=True).click()
        part(page, "submitted").get_by_text("(view feedback)").click()
        page.get_by_role("button", name=f"{NOTEBOOK}.html").dblclick()
        feedback = page.frame_locator(".jp-HTMLViewer iframe")
        expect(feedback.locator("body")).to_contain_text(f"{NOTEBOOK} (Score: 11.0 / 12.0)")
        picture = feedback.locator("img, svg").first
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("picture => picture.naturalWidth ?? picture.clientWidth") > 200
        titled = feedback.get_by_role("link", name="4. Bonus: N samples at once: at once")
        titled.last.click()  # the first is in the index, the last under "What to look at first"
        message = feedback.get_by_text("✗ rnn_by_hand_batched is right, but not at once.")
        expect(message).to_be_in_viewport()
    assert len(list((course / LESSON / "feedback").glob("*/*.html"))) == 1
    assert len(ben.submissions()) == 1 and changed(course) == ""
    log = lab[1].read_text()
    assert "Traceback" not in log and not re.findall(r"^\[[EC] .*", log, re.MULTILINE)


class Student:
    """Another student, by nbgrader's commands: his own files and cache, the same exchange."""

    def __init__(self, course: Path, login: str, home: Path) -> None:
        with nbgrader_environment():
            self.course = open_course(course)
        self.course.config.CourseDirectory.student_id = login
        self.course.config.Exchange.update(cache=str(home / "cache"), assignment_dir=str(home))

    def _do(self, action: str, **settings):
        from nbgrader.auth import Authenticator
        from nbgrader.coursedir import CourseDirectory
        from nbgrader.exchange import ExchangeFactory

        config = self.course.config
        coursedir = CourseDirectory(config=config, assignment_id=LESSON)
        kind = getattr(ExchangeFactory(config=config), action)
        return kind(coursedir=coursedir, authenticator=Authenticator(config=config), config=config, **settings).start()

    def hand_in(self) -> None:
        self._do("FetchAssignment")
        self._do("Submit")

    def submissions(self) -> list:
        return self._do("List", cached=True)
