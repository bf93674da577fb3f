"""A real JupyterLab for browser tests: a server of its own with settings that are thrown away, and ways to drive it."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]


LAB = (sys.executable, "-m", "jupyterlab")
SETTINGS = {  # a person's, but for what would wait for a person: a browser, a token, JupyterLab's question about news
    "jupyter_server_config.json": {
        "ServerApp": {"open_browser": False, "port": 0, "allow_root": True, "disable_check_xsrf": True},
        "IdentityProvider": {"token": ""},
    },
    "settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings": {"fetchNews": "false"},
}


@contextmanager
def a_lab(folder: Path, *, home: Path, environment: dict[str, str] | None = None, command: Sequence[str] = LAB):
    """Start JupyterLab on `folder`; give its address. `home` takes its settings, log and runtime files.

    It runs in `folder`, so an nbgrader_config.py there is the one that nbgrader's extensions read.
    """
    for name, content in SETTINGS.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(json.dumps(content))
    private = {"JUPYTER_CONFIG_DIR": str(home), "JUPYTERLAB_SETTINGS_DIR": str(home / "settings")}
    private |= {f"JUPYTER_{name}_DIR": str(home / name) for name in ("DATA", "RUNTIME")}
    private |= {"PYTHONPATH": str(ROOT), "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces")}
    private["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    with open(home / "log", "w") as log:
        server = subprocess.Popen(
            command, env=os.environ | private | (environment or {}), stdout=log, stderr=subprocess.STDOUT, cwd=folder
        )
        try:
            yield _address(server, home / "log")
        finally:
            server.terminate()
            server.wait(20)


def _address(server, log: Path) -> str:
    end = time.monotonic() + 90
    while time.monotonic() < end and server.poll() is None:
        found = re.search(r"http://(?:localhost|127\.0\.0\.1):(\d+)/lab", log.read_text())
        if found:
            address = f"http://127.0.0.1:{found[1]}"
            try:
                urllib.request.urlopen(f"{address}/api", timeout=5).close()
                return address
            except OSError:
                pass
        time.sleep(0.3)
    raise AssertionError(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")


def open_notebook(page, address: str, name: str) -> None:
    """Open a notebook in JupyterLab, with nothing else open, and wait until its kernel answers."""
    page.set_default_timeout(90_000)
    page.goto(f"{address}/lab/tree/{name}?reset")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()


def run_all(page) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def press(form, row, button: str, *, says: str) -> str:
    """Press a button of a row of the formgrader, read the log that comes up, and put it away; return what it said."""
    row.locator(f".{button} a").click()
    box = form.locator(".modal-content")
    box.get_by_role("button", name="OK").wait_for()
    said = box.inner_text()
    assert says in said, said
    box.get_by_role("button", name="OK").click()
    box.wait_for(state="detached")
    return said
