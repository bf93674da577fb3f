"""`make lab`: a page with the lessons, one click each; and git has nothing to say afterwards."""

import os
import shutil
import subprocess

import pytest
from browser_help import a_browser, a_page, chromium
from lab_help import ROOT, a_lab

from rnnshapes.authoring import lab

pytestmark = pytest.mark.skipif(chromium() is None, reason="no chromium")


def test_a_click_on_the_start_page_opens_a_lecture_and_no_tracked_file_changes(tmp_path):
    course = tmp_path / "course"
    for name in ("lessons", "notebooks", "release"):
        shutil.copytree(ROOT / name, course / name)
    for name in ("nbgrader_config.py", ".gitignore", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, course)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c"]
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "as cloned"]):
        subprocess.run([*git, *words], cwd=course, check=True)
    rnnshapes = [os.path.join(os.path.dirname(lab.sys.executable), "rnnshapes"), "lab"]
    with a_lab(course, home=tmp_path / "home", command=rnnshapes) as address, a_browser() as browser:
        assert f"/lab/tree/{lab.FOLDER}/start.md" in (tmp_path / "home/log").read_text()
        with a_page(browser, "start") as page:
            page.set_default_timeout(90_000)
            page.goto(f"{address}/lab/tree/{lab.FOLDER}/start.md?reset")
            page.locator(".jp-MarkdownViewer").get_by_role("link", name="lecture").nth(1).click()
            cell = page.locator(".jp-Notebook .jp-CodeCell").nth(0)
            cell.wait_for()
            page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
            page.keyboard.press("Control+s")
            page.wait_for_timeout(2_000)
    said = subprocess.run([*git, "status", "--porcelain"], cwd=course, capture_output=True, text=True, check=True)
    assert said.stdout == ""
