"""What every test run needs to know: whether this machine can sandbox submissions, and has a browser."""

import os

import pytest
from browser_help import chromium
from hub_help import unavailable as no_hub

from rnnshapes.grading.sandbox import unavailable

NEED_A_SANDBOX = {
    "test_grade.py",
    "test_hostile.py",
    "test_hub.py",
    "test_kills.py",
    "test_nbgrader.py",
    "test_postgres.py",
    "test_referee.py",
    "test_sandbox.py",
    "test_stock_autograde.py",
}


def pytest_collection_modifyitems(items):
    """Without bubblewrap, leave out the tests that run submissions; in CI that is a failure."""
    wanted = [item for item in items if item.path.name in NEED_A_SANDBOX]
    reason = unavailable() if wanted else ""
    if reason and os.environ.get("CI"):
        pytest.exit(f"CI cannot test without a sandbox: {reason}", returncode=1)
    for item in wanted if reason else ():
        item.add_marker(pytest.mark.skip(reason=reason))
    wanted = [item for item in items if item.path.parent.name == "browser"]
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
