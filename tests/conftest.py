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
    "test_grade.py",
    "test_hostile.py",
    "test_hub.py",
    "test_instructor_journey.py",
    "test_kills.py",
    "test_lms.py",
    "test_nbgrader.py",
    "test_postgres.py",
    "test_referee.py",
    "test_sandbox.py",
    "test_stock_autograde.py",
    "test_student_journey.py",
}


LONGEST = ("test_hostile.py", "lectures", "test_colab.py", "test_audit.py", "test_kills.py", "test_engine.py")
"""Groups of tests that take the longest: they begin first, so that two processes end at about the same time."""


def group_of(item):
    """Return the group of a test: one process runs a group, since its tests share what is costly to start."""
    if "lectures" in item.fixturenames:
        return "lectures"
    folder = item.path.relative_to(ROOT).parts[:2]
    return "/".join(folder) if folder[0] == "rnnshapes" else item.path.name if folder[0] == "tests" else "lessons"


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items):
    """Group the tests for `pytest -n 2`. Without bubblewrap, leave out those that run submissions; in CI that fails."""
    groups = {id(item): group_of(item) for item in items}
    items.sort(key=lambda item: LONGEST.index(name) if (name := groups[id(item)]) in LONGEST else len(LONGEST))
    for item in items:
        item.add_marker(pytest.mark.xdist_group(groups[id(item)]))
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
