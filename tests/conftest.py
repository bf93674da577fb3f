"""What every test run needs to know: whether this machine can sandbox submissions, and has a browser."""

import os
import shutil
from pathlib import Path

import pytest
from browser_help import a_browser, chromium
from hub_help import unavailable as no_hub

from rnnshapes.files import lesson_names
from rnnshapes.grading.execute.sandbox import unavailable
from rnnshapes.pages.execute import execute_lectures

ROOT = Path(__file__).parents[1]

NEED_A_SANDBOX = {
    "test_colab_saved.py",
    "test_every_lesson.py",
    "test_grade.py",
    "test_hostile.py",
    "test_hub.py",
    "test_instructor_journey.py",
    "test_kills.py",
    "test_lms.py",
    "test_nbgrader.py",
    "test_postgres.py",
    "test_quiz.py",
    "test_referee.py",
    "test_sandbox.py",
    "test_stock_autograde.py",
    "test_student_journey.py",
}

LONG = {
    "test_adversity.py",
    "test_audit.py",
    "test_build.py",
    "test_colab.py",
    "test_collect.py",
    "test_contributing.py",
    "test_demo.py",
    "test_doors.py",
    "test_draw.py",
    "test_engine.py",
    "test_feedback.py",
    "test_grades_csv.py",
    "test_lesson_10.py",  # it trains models
    "test_notebooks.py",
    "test_record.py",
    "test_replay.py",
    "test_word_for_word.py",
}
"""Files that `make quick` leaves out, beside those with a sandbox or a browser."""

LECTURES = ("tests/test_notebooks.py", "tests/browser/test_pages.py")
"""Files whose tests share the fixture `lectures`."""
SHARED = "tests/test_hostile.py"
"""The file that takes longest: two processes share it."""
LONGEST = (f"{SHARED} a-k", f"{SHARED} l-z", "lectures", "tests/test_colab.py", "tests/test_kills.py")
"""Groups of tests that take the longest: they begin first, so that the processes end at about the same time."""


def group_of(nodeid):
    """Return the group of a test: one process runs a group, since its tests share what is costly to start."""
    file, _, test = nodeid.partition("::")
    if file == SHARED:
        return f"{file} {'a-k' if 'a' <= test.partition('[')[2][:1] < 'l' else 'l-z'}"
    return "lectures" if file in LECTURES else "/".join(file.split("/")[: 2 if file.startswith("rnnshapes") else 3])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """Twice as many processes as there are processors: each waits a third of its time, for a browser or a server."""
    return 2 * (os.cpu_count() or 1)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Give whole groups to the processes of `pytest -n auto`."""
    from xdist.scheduler import LoadScopeScheduling

    class Groups(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return group_of(nodeid)

    return Groups(config, log)


def pytest_collection_modifyitems(items):
    """Put the longest groups first. Without bubblewrap, leave out what runs submissions; in CI that is a failure."""
    groups = {item.nodeid: group_of(item.nodeid) for item in items}
    order = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(groups[item.nodeid], len(order)))
    for item in items:
        pictures = item.path.name.startswith("test_draw") or item.path.parent.name == "browser"
        if not (pictures or "browser" in item.fixturenames or item.path.name in LONG | NEED_A_SANDBOX):
            item.add_marker("quick")
    wanted = [item for item in items if item.path.name in NEED_A_SANDBOX]
    reason = unavailable() if wanted else ""
    if reason and os.environ.get("CI"):
        pytest.exit(f"CI cannot test without a sandbox: {reason}", returncode=1)
    for item in wanted if reason else ():
        item.add_marker(pytest.mark.skip(reason=reason))
    wanted = [item for item in items if item.path.parent.name == "browser" or "browser" in item.fixturenames]
    reason = "" if chromium() or not wanted else "no chromium on this machine (apt install chromium)"
    if reason and os.environ.get("CI"):
        pytest.exit(f"CI cannot test the explorer without a browser: {reason}", returncode=1)
    for item in wanted if reason else ():
        item.add_marker(pytest.mark.skip(reason=reason))
    wanted = [item for item in items if item.path.name == "test_hub.py"]
    reason = no_hub() if wanted else ""
    if reason and os.environ.get("CI") and not os.geteuid():
        pytest.exit(f"CI cannot test JupyterHub: {reason}", returncode=1)
    for item in wanted if reason else ():
        item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def lectures(tmp_path_factory):
    """Every lecture, run once for all tests: (a course folder that keeps what came out, {lesson: Executed})."""
    course = tmp_path_factory.mktemp("lectures")
    for part in ("lessons", "notebooks"):
        shutil.copytree(ROOT / part, course / part)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    return course, {one.lesson: one for one in execute_lectures(course, lesson_names(course))}


@pytest.fixture(scope="module")
def browser():
    with a_browser() as browser:
        yield browser
