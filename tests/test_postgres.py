"""Two deployments beyond one machine with SQLite: a gradebook in PostgreSQL, and workers in networks of their own."""

import glob
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

sys.path.insert(0, os.path.dirname(__file__))
import fake_course  # noqa: E402
from fake_course import ASSIGNMENT, NOTEBOOK, dump, hand_in, make_course, tree  # noqa: E402
from networks_help import NoNetworks, a_cluster, two_networks  # noqa: E402

from rnnshapes.grading.engine import folders  # noqa: E402

PROGRAM = Path(fake_course.__file__)
ROOT = PROGRAM.parents[1]


def give_up(reason):
    """Skip, except in CI, where everything has to be tested."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


def grade(root, *words):
    """Run the program that grades, with the real task; return what it printed."""
    line = [sys.executable, str(PROGRAM), str(root), "01", "--no-feedback", "--workers", "1", *words]
    environment = os.environ | {"REAL_TASK": "1"}
    done = subprocess.run(line, capture_output=True, text=True, timeout=300, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def a_class(root):
    for number in range(8):
        hand_in(root, f"s{number}", f"count = {number % 5}", why="Mine." if number % 2 else "YOUR ANSWER HERE")
    return root


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The same class, graded here into SQLite."""
    root = a_class(make_course(tmp_path_factory.mktemp("undisturbed") / "course"))
    grade(root)
    return root


@pytest.fixture
def server():
    """A PostgreSQL server of our own, on a socket in a folder of its own; yields that folder."""
    places = os.pathsep.join([os.environ["PATH"], "/usr/local/bin", *sorted(glob.glob("/usr/lib/postgresql/*/bin"))])
    initdb, postgres = (shutil.which(name, path=places) for name in ("initdb", "pg_ctl"))
    if not (initdb and postgres):
        give_up("PostgreSQL is not installed")
    user = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        if not shutil.which("setpriv"):
            give_up("setpriv is not installed")
    folder = Path(tempfile.mkdtemp(prefix="rnn-pg-"))  # a short path: sockets allow 107 bytes
    if user:
        shutil.chown(folder, "nobody", "nogroup")
    data, environment = folder / "data", os.environ | {"HOME": str(folder), "LC_ALL": "C"}

    def run(*words):
        done = subprocess.run(
            [*user, *map(str, words)], cwd=folder, env=environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr

    try:
        run(initdb, "-D", data, "-U", "course", "--auth=trust", "-E", "UTF8")
        settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run(postgres, "-D", data, "-w", "-t", "60", "-l", folder / "log", "-o", settings, "start")
        try:
            yield folder
        finally:
            run(postgres, "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_grades_go_into_postgresql(server, tmp_path, undisturbed):
    pytest.importorskip("psycopg")
    url = f"postgresql+psycopg://course@/postgres?host={server}"
    root = a_class(
        make_course(tmp_path / "course", config=f"{fake_course.CONFIG}\nc.CourseDirectory.db_url = {url!r}\n")
    )
    assert "8 graded, 0 failed." in grade(root)
    assert not (root / "gradebook.db").exists()
    assert dump(url) == dump(folders.open_course(undisturbed).db_url)
    assert tree(root / "autograded") == tree(undisturbed / "autograded")
    assert "0 graded, 8 unchanged" in grade(root)
    hand_in(root, "s3", "unreadable")
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(root), "01", "--no-feedback"], capture_output=True, text=True
    )
    assert done.returncode == 2 and "broken off" in done.stdout
    rows = {row[0]: row for row in dump(url) if row[1] == ASSIGNMENT}
    assert rows["s3"][3:] == (0.0, True) and rows["s4"][3] == 4.0


# --- workers in two network namespaces, joined by a scheduler


@pytest.fixture
def cluster(tmp_path):
    """A scheduler here and a worker in each of two networks, in a folder of its own: (its address, those folders)."""
    more = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(PROGRAM.parent)]), "FAKE_LOG": "here"}
    more["FAKE_SECONDS"] = "2"  # long enough that both take part
    try:
        with two_networks() as places, a_cluster(places, tmp_path, environment=more) as made:
            yield made.address, made.folders
    except NoNetworks as reason:
        give_up(str(reason))


def test_workers_in_two_networks_without_a_shared_folder_give_the_same(cluster, tmp_path, undisturbed):
    address, worker_folders = cluster
    root = a_class(make_course(tmp_path / "course"))
    assert "8 graded, 0 failed." in grade(root, "--scheduler", address)
    assert dump(folders.open_course(root).db_url) == dump(folders.open_course(undisturbed).db_url)
    assert tree(root / "autograded") == tree(undisturbed / "autograded")
    calls = [(folder / "here").read_text().split() for folder in worker_folders]  # both took part, alone in its folder
    assert sorted(calls[0] + calls[1]) == [f"s{number}" for number in range(8)] and all(calls)
    assert f"{NOTEBOOK}.ipynb" not in str([list(folder.rglob("*")) for folder in worker_folders])
