"""hub/README.md on a server with four real accounts: an instructor and three students, one of whom cheats."""

import shlex
from pathlib import Path

import pytest
from browser_help import a_page
from hub_help import ROOT, a_hub, a_server, steps
from lab_help import press

from rnnshapes.demo.sample_class import hand_in, read_class

LESSON = "01_rnn_shapes"
COURSE = "/home/instructor/rnn_shapes"
EXCHANGE = "/srv/nbgrader/exchange/rnn_shapes"
STUDENTS = {"ada": "adaobi_n", "ben": "oisin_c", "cleo": ""}  # whose answers of the sample class they give


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The page's steps 2 to 6, typed as they stand there; only the clone is a copy, and the environment this one."""
    page = steps(ROOT / "hub/README.md")
    with a_server() as server:
        account, clone, give = page[2].splitlines()
        assert clone.startswith("git clone")
        server.run("sh", "-ec", account)
        copied = [str(ROOT / part) for part in ("lessons", "source", "release", "hub", "nbgrader_config.py")]
        server.run("mkdir", COURSE)
        server.run("cp", "-r", *copied, COURSE)
        server.run("sh", "-ec", give)
        for number in (4, 5, 6):
            server.run("sh", "-ec", page[number])
        passwords = "\n".join(f"{login}:{login}'s password" for login in ("instructor", *STUDENTS))
        server.run("sh", "-c", f"echo {shlex.quote(passwords)} | chpasswd")
        yield server


@pytest.fixture(scope="module")
def hub(server, tmp_path_factory):
    with a_hub(server, log=tmp_path_factory.mktemp("hub") / "log") as address:
        yield address


def log_in(page, hub: str, login: str) -> None:
    """Log in with the account's password and wait for its JupyterLab."""
    page.set_default_timeout(120_000)
    page.goto(hub)
    page.get_by_label("Username").fill(login)
    page.get_by_label("Password").fill(f"{login}'s password")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{hub}/user/{login}/lab**")
    page.get_by_role("menuitem", name="Nbgrader", exact=True).wait_for()


def menu(page, name: str) -> list[str]:
    """Open a menu; return its entries."""
    page.get_by_role("menuitem", name=name, exact=True).click()
    entries = page.locator(".lm-Menu .lm-Menu-item[data-type=command] .lm-Menu-itemLabel")
    entries.first.wait_for()
    return [name for name in entries.all_text_contents() if name]


def assignment_list(page) -> None:
    menu(page, "Nbgrader")
    page.get_by_role("menuitem", name="Assignment List").click()
    page.get_by_text(LESSON).first.wait_for()


def write_answers(server, login: str, folder: Path) -> None:
    """Put the answers of one of the sample class into the notebook that the student has fetched."""
    like = [student for student in read_class(ROOT / "lessons" / LESSON / "class") if student.login == STUDENTS[login]]
    hand_in(like, release=ROOT / f"release/{LESSON}/rnn_shapes.ipynb", submitted=folder)
    answers = folder / STUDENTS[login] / LESSON / "rnn_shapes.ipynb"
    server.run("cp", str(answers), f"/home/{login}/{LESSON}/rnn_shapes.ipynb")  # it stays the student's file


def test_the_instructor_releases_by_the_buttons_and_nobody_else_has_them(hub, browser):
    with a_page(browser, "hub-instructor", viewport={"width": 1400, "height": 900}) as page:
        log_in(page, hub, "instructor")
        menu(page, "Formgrader")
        with page.expect_popup() as popup:
            page.get_by_role("menuitem", name="Open the formgrader").click()
        form = popup.value
        form.set_default_timeout(120_000)
        lesson = form.get_by_role("row").filter(has_text=LESSON)
        assert follow(form, lesson.locator(".name a")) == f"rnn_shapes/source/{LESSON}"
        press(form, lesson, "assign", says=f"Successfully created the student version of '{LESSON}'")
        assert follow(form, lesson.locator(".preview a")) == f"rnn_shapes/release/{LESSON}"
        press(form, lesson, "release", says=f"Successfully released '{LESSON}'")
    with a_page(browser, "hub-formgrader", viewport={"width": 1200, "height": 800}) as page:
        log_in(page, hub, "ada")
        assert menu(page, "Nbgrader") == ["Assignment List"]
        assert not page.get_by_role("menuitem", name="Formgrader").count()
        assert not page.get_by_text("Create Assignment").count()
        assert page.goto(f"{hub}/user/ada/formgrader/manage_assignments").status == 404
        assert page.goto(f"{hub}/user/instructor/formgrader/manage_assignments").status == 403
        assert page.goto(f"{hub}/hub/admin").status == 403


def follow(form, link) -> str:
    """Follow a link of the formgrader to another tab; return the folder that JupyterLab shows there."""
    with form.expect_popup() as popup:
        link.click()
    popup.value.locator(".jp-DirListing-item", has_text="rnn_shapes.ipynb").wait_for(timeout=120_000)
    shown = popup.value.locator(".jp-BreadCrumbs-item").last.get_attribute("title")
    popup.value.close()
    return shown


def test_a_student_fetches_works_and_submits_in_the_browser(server, hub, browser, tmp_path):
    with a_page(browser, "hub-student", viewport={"width": 1200, "height": 800}) as page:
        log_in(page, hub, "ada")
        assignment_list(page)
        page.get_by_role("button", name="Fetch", exact=True).click()
        page.get_by_role("button", name="Submit", exact=True).wait_for()
        write_answers(server, "ada", tmp_path)
        page.goto(f"{hub}/user/ada/lab/tree/{LESSON}/rnn_shapes.ipynb?reset")
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.get_by_text("✓").first.wait_for()
        page.keyboard.press("Control+s")
        assignment_list(page)
        page.get_by_role("button", name="Submit", exact=True).click()
        page.get_by_role("button", name="Fetch Feedback", exact=True).wait_for()
    submitted = server.run("ls", f"{EXCHANGE}/inbound").stdout
    assert submitted.startswith(f"ada+{LESSON}+")
    owner = server.run("sh", "-c", f"stat -c %U {EXCHANGE}/inbound/*").stdout
    assert owner == "ada\n"


def test_a_student_reaches_nothing_of_the_others(server, tmp_path):
    server.run_as("ben", "nbgrader", "fetch_assignment", LESSON)
    write_answers(server, "ben", tmp_path)
    server.run_as("ben", "nbgrader", "submit", LESSON)
    theirs = shlex.quote(server.run("sh", "-c", f"ls -d {EXCHANGE}/inbound/ben+*").stdout.strip())
    for attempt in (  # even by somebody who knows each name
        f"ls {COURSE}",
        f"cat {COURSE}/gradebook.db",
        f"cat {COURSE}/source/{LESSON}/rnn_shapes.ipynb",
        f"cat /home/ben/{LESSON}/rnn_shapes.ipynb",
        "ls /home/ben/.local/share/jupyter/nbgrader_cache",
        f"ls {EXCHANGE}/inbound",
        f"ls {EXCHANGE}/feedback",
        f"touch {EXCHANGE}/feedback/x.html",
        f"touch {EXCHANGE}/outbound/02_every_step",
        f"rm -r {EXCHANGE}/outbound/{LESSON}",
        f"sh -c 'echo >> {EXCHANGE}/outbound/{LESSON}/rnn_shapes.ipynb'",
        f"mv {EXCHANGE} {EXCHANGE}2",
        f"ls {theirs}",
        f"mv {theirs} /tmp",
        f"rm -r {theirs}",
        f"sh -c {shlex.quote(f'echo >> {theirs}/rnn_shapes.ipynb')}",
        "touch /etc/jupyter/x",
        "ls /srv/jupyterhub",
    ):
        done = server.run_as("ada", *shlex.split(attempt), check=False)
        refused = any(words in done.stderr for words in ("Permission denied", "not permitted"))
        assert done.returncode and refused, f"{attempt}: {done}"


def test_collect_and_grade_without_the_cheat_and_each_reads_their_own_feedback(server, hub, browser, tmp_path):
    fetch = f"cp -r {EXCHANGE}/outbound/{LESSON} ."
    server.run_as("cleo", "sh", "-ec", f"{fetch}; nbgrader submit {LESSON} --student=ben")
    hidden = f"{COURSE}/source/{LESSON}/rnn_shapes.ipynb"
    mine = shlex.quote(f"{EXCHANGE}/inbound/cleo+{LESSON}+2026-01-01 00:00:00.0 UTC+x")
    server.run_as("cleo", "sh", "-ec", f"mkdir {mine}; ln -s {hidden} {mine}")
    names = "id,first_name,last_name,email\nada,Ada,Obi,ada@uni.example\nben,Ben,Casey,ben@uni.example"
    server.run_as("instructor", "sh", "-c", f"echo '{names}' > ../students.csv", cwd=COURSE)
    server.run_as("instructor", "nbgrader", "db", "student", "import", "../students.csv", cwd=COURSE)
    with a_page(browser, "hub-collect", viewport={"width": 1200, "height": 800}) as page:
        log_in(page, hub, "instructor")
        page.goto(f"{hub}/hub/user-redirect/formgrader/manage_assignments")
        lesson = page.get_by_role("row").filter(has_text=LESSON)
        collected = press(page, lesson, "collect", says="Successfully collected")
        assert "Got a folder of the account cleo, expected one of ben" in collected
        assert "Got 'rnn_shapes.ipynb', a link or somebody else's file" in collected
        assert server.run("ls", f"{COURSE}/submitted").stdout.split() == ["ada", "ben"]
        lesson.get_by_role("link", name="2", exact=True).click()
        row = page.get_by_role("row").filter(has_text="ben")
        press(page, row, "autograde", says=f"Successfully autograded '{LESSON}' for student 'ben'")
        row.get_by_role("link", name="Casey, Ben").click()
        page.get_by_role("link", name="rnn_shapes", exact=True).click()
        page.get_by_text("What to look at first").first.wait_for()
        graded = server.run_as("instructor", "rnnshapes", "grade", "01", cwd=COURSE).stdout
        assert "1 graded, 1 resumed, 0 failed." in graded
        page.goto(f"{hub}/hub/user-redirect/formgrader/manage_assignments")
        press(page, lesson, "generate-feedback", says=f"Successfully generated feedback of '{LESSON}'")
        press(page, lesson, "release-feedback", says=f"Successfully released feedback of '{LESSON}'")
    with a_page(browser, "hub-feedback", viewport={"width": 1200, "height": 800}) as page:
        log_in(page, hub, "ada")
        assignment_list(page)
        page.get_by_role("button", name="Fetch Feedback", exact=True).click()
        page.get_by_text("(view feedback)").click()
        page.locator(".jp-DirListing-item", has_text="rnn_shapes.html").dblclick()
        shown = page.frame_locator(".jp-HTMLViewer iframe")
        shown.get_by_text("rnn_shapes (Score: 12.0 / 12.0)").wait_for()
    assert server.run_as("ada", "ls", f"{EXCHANGE}/feedback", check=False).returncode
    server.run_as("ben", "nbgrader", "fetch_feedback", LESSON)
    his = server.run_as("ben", "sh", "-ec", f"cat {LESSON}/feedback/*/*.html").stdout
    assert "rnn_shapes (Score: 3.0 / 12.0)" in his
