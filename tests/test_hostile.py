# ruff: noqa: E501  (cells are quoted as they are)
"""The hostile corpus: what each submission gets, and that nobody and nothing else is the worse for it."""

import hashlib
import itertools
import json
import os
import pickle
import socket
import sys
import time
from pathlib import Path

import psutil
import pytest

sys.path.insert(0, os.path.dirname(__file__))
from hostile.by_hand import BY_HAND  # noqa: E402
from hostile.entry import HONEST, Entry  # noqa: E402
from hostile.honest_forms import FORMS  # noqa: E402
from hostile.linger import LINGER  # noqa: E402
from hostile.messages import MESSAGES  # noqa: E402
from hostile.pages import PAGES  # noqa: E402
from hostile.points import HIDDEN, POINTS  # noqa: E402
from hostile.reach import REACH  # noqa: E402
from hostile.stall import STALLS  # noqa: E402

from rnnshapes.grading.execute import grade_one as grade  # noqa: E402
from rnnshapes.grading.execute import processes as run
from rnnshapes.grading.execute import sandbox
from rnnshapes.grading.task import Limits, Spec, Submission  # noqa: E402

pytestmark = pytest.mark.skipif(bool(sandbox.unavailable()), reason=sandbox.unavailable())

ROOT = Path(__file__).parents[1]
ASSIGNMENT, NOTEBOOK = "01_rnn_shapes", "rnn_shapes"
SEED, SECRET = "seed-5f2a91c7", "CANARY-77d1e0"
LIMITS = Limits(seconds=40, cell_seconds=4, call_seconds=2, memory=1000 * 2**20, scratch=64 * 2**20)
SOME = 6  # honest forms in one notebook
CORPUS = [*POINTS, *HIDDEN, *BY_HAND, *PAGES, *REACH, *LINGER, *MESSAGES, *STALLS]
SOURCE = (ROOT / "source" / ASSIGNMENT / f"{NOTEBOOK}.ipynb").read_bytes()
RELEASE = (ROOT / "release" / ASSIGNMENT / f"{NOTEBOOK}.ipynb").read_text()

# What the next student's kernel finds: it must be the same after every entry.
PROBE = """
import json as _json, os as _os, sys as _sys, resource as _resource, math as _math, socket as _socket
def _look():
    import numpy, keras, tensorflow
    s = _socket.socket(_socket.AF_UNIX)
    try:
        s.connect('\\0for the next'); met = True
    except OSError:
        met = False
    tops = ('/scratch', '/dev/shm')
    modes = [oct(_os.stat(top).st_mode) for top in tops]
    lists = [sorted(_os.listdir(top)) for top in tops]
    notes = [_os.listxattr(top) for top in tops]
    for top in tops:
        open(top + '/probe', 'w').close()
    limits = [_resource.getrlimit(what) for what in (_resource.RLIMIT_NOFILE, _resource.RLIMIT_NPROC, _resource.RLIMIT_FSIZE, _resource.RLIMIT_CORE)]
    return {
        'lists': lists, 'modes': modes, 'notes': notes, 'met': met, 'limits': limits,
        'processes': len([n for n in _os.listdir('/proc') if n.isdigit()]), 'threads': len(_os.listdir('/proc/self/task')),
        'nice': _os.nice(0), 'affinity': sorted(_os.sched_getaffinity(0)), 'policy': _os.sched_getscheduler(0), 'umask': _os.umask(0o22),
        'cwd': _os.getcwd(), 'environment': dict(_os.environ), 'path': _sys.path, 'fds': len(_os.listdir('/proc/self/fd')),
        'numpy': [float(numpy.tanh(0.5)), numpy.pi, _math.pi, 257 + 0, numpy.__file__, repr(keras.layers.Dense.call)[:40]],
        'names': sorted(n for n in globals() if not n.startswith('_')), 'recursion': _sys.getrecursionlimit(), 'switch': _sys.getswitchinterval(),
        'handlers': repr(__import__('signal').getsignal(15)),
    }
print(_json.dumps(_look()))
"""


def as_notebook(entry, fill):
    """The submitted file of an entry."""
    if entry.raw is not None:
        return entry.raw
    answers = (HONEST if entry.honest else {}) | entry.answers
    notebook, place = json.loads(RELEASE), 0
    for index, cell in enumerate(notebook["cells"]):
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        place = index + 1 if name == "setup" else place
        if name in answers:
            cell["source"] = fill(answers[name]).strip()
    if entry.change:
        entry.change(notebook)
    notebook["cells"][place:place] = [own(f"first{n}", fill(source)) for n, source in enumerate(entry.first)]
    notebook["cells"] += [own(f"last{n}", fill(source)) for n, source in enumerate(entry.last)]
    return json.dumps(notebook).encode()


def own(name, source):
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": source.strip(),
    }


def digest(*folders):
    """What files there are, with their bytes and rights."""
    found = hashlib.sha256()
    for path in sorted(itertools.chain.from_iterable(Path(folder).rglob("*") for folder in folders)):
        if path.is_file() and "__pycache__" not in path.parts:
            found.update(f"{path} {path.stat().st_mode}".encode() + path.read_bytes())
    return found.hexdigest()


class Course:
    """A course folder with things in it that are nobody's business, and services of the host."""

    def __init__(self, folder):
        self.folder = folder
        for name, data in {
            f"source/{ASSIGNMENT}/{NOTEBOOK}.ipynb": SOURCE,
            f"submitted/other/{ASSIGNMENT}/{NOTEBOOK}.ipynb": as_notebook(Entry("other", "", honest=True), str)
            + SECRET.encode(),
            "gradebook.db": b"SQLite format 3\0" + SECRET.encode(),
            "secret.txt": SECRET.encode(),
        }.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.local = socket.socket(socket.AF_UNIX)
        self.name = f"rnnshapes-{os.getpid()}"
        self.local.bind(f"\0{self.name}")
        self.local.listen()
        self.before = self.state()

    def state(self):
        devices = {
            name: (os.stat(name).st_mode, os.stat(name).st_mtime == 1)
            for name in ("/dev/null", "/dev/zero", "/dev/urandom")
        }
        return digest(self.folder), devices

    def fill(self, source):
        return (
            source.replace("COURSE", str(self.folder))
            .replace("PORT", str(self.tcp.getsockname()[1]))
            .replace("NAME", self.name)
        )

    def visitors(self):
        """How many have connected to the host's services."""
        came = 0
        for service in (self.tcp, self.local):
            service.settimeout(0.01)
            try:
                service.accept()
                came += 1
            except TimeoutError:
                pass
        return came


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RNNSHAPES_SEED", SEED)
        patch.setenv("RNNSHAPES_CANARY", SECRET)
        patch.setattr(run, "_GRACE", 1.0)
        course = Course(tmp_path_factory.mktemp("course"))
        repository = digest(ROOT / "source", ROOT / "release")
        for _ in range(3):  # the first ones pay for what the referee prepares once
            warm = points_of(hand_in(Entry("warm_up", "", honest=True), course))
        assert warm == 12 and grade._current.sandbox
        course.probe = probe()
        yield course
        assert digest(ROOT / "source", ROOT / "release") == repository
        course.tcp.close()
        course.local.close()
        grade.close()


def hand_in(entry, course):
    submission = Submission(entry.name, {NOTEBOOK: as_notebook(entry, course.fill)}, entry.files)
    return grade.grade_one(submission, Spec(ASSIGNMENT, {NOTEBOOK: SOURCE}, seed=SEED, limits=LIMITS))


def points_of(graded):
    return sum(score or 0 for notebook in graded.notebooks.values() for score in notebook.scores.values())


def probe():
    """What a kernel finds that is forked now."""
    workshop = grade._current
    found = []
    for box in (workshop.sandbox, workshop.by_hand):
        kernel = run.StudentKernel(box, LIMITS, {}, deadline=time.monotonic() + 60)
        outputs = kernel.run(PROBE, 1)
        kernel.close()
        found.append(json.loads(outputs[0]["text"]))
    return found


def alive(workshop):
    """Processes inside what we started: the two fork servers."""
    return sum(
        len(psutil.Process(process.pid).children(recursive=True))
        for process in (workshop.sandbox.process, workshop.by_hand.process, workshop.referee.process)
    )


graded_so_far = itertools.count(1)


@pytest.mark.parametrize("entry", CORPUS, ids=lambda entry: entry.name)
def test_hostile(entry, course):
    workshop = grade._current
    began = time.monotonic()
    graded = hand_in(entry, course)
    spent = time.monotonic() - began

    # its score, and what it shows
    notebook = graded.notebooks.get(NOTEBOOK)
    remarks = [graded.failure, *(notebook.remarks if notebook else [])]
    assert bool(graded.failure) == entry.failed, graded.failure
    if entry.points is not None:
        assert points_of(graded) == entry.points, (notebook.scores, remarks) if notebook else remarks
    assert 0 <= points_of(graded) <= 12
    assert entry.remark in " ".join(remarks), remarks
    pickle.loads(pickle.dumps(graded))
    if notebook:
        text = notebook.json.encode().decode()
        cells = json.loads(text)["cells"]
        shown = json.dumps([cell.get("outputs") for cell in cells], ensure_ascii=False) + " ".join(remarks)
        points = {
            c["metadata"]["nbgrader"]["grade_id"]: c["metadata"]["nbgrader"]["points"]
            for c in cells
            if c["metadata"].get("nbgrader", {}).get("grade")
        }
        assert sum(points.values()) == 12 and set(points) == set(notebook.scores)
        for words in entry.says:
            assert words in shown
        for words in (*entry.never, SEED, SECRET):
            assert words not in shown
        assert len(shown) < LIMITS.output + 5 * 2**20

    # the course, the machine, and whoever comes next
    assert course.state() == course.before
    assert course.visitors() == 0
    assert spent < 4 * LIMITS.seconds  # it ends, on a busy machine too: what it waits for a processor is given back
    assert grade._current is workshop, "the sandbox or the referee had to be started anew"
    assert alive(workshop) == 2
    assert probe() == course.probe
    if next(graded_so_far) % 5 == 0:
        assert points_of(hand_in(Entry("next", "", honest=True), course)) == 12


@pytest.mark.parametrize(
    "name", ["scripts", "scripts_shown", "scripts_in_answers", "exceptions_that_lie", "odd_outputs"]
)
def test_nothing_of_it_is_alive_in_the_feedback(name, course):
    from bs4 import BeautifulSoup

    from rnnshapes.grading.feedback.page_of_feedback import Marks, render_feedback

    graded = hand_in(next(entry for entry in CORPUS if entry.name == name), course).notebooks[NOTEBOOK]
    marks = Marks({key: (score or 0.0, 1.0) for key, score in graded.scores.items()})
    page = BeautifulSoup(render_feedback(graded.json, notebook=NOTEBOOK, marks=marks), "html.parser")
    assert not [tag for tag in page.find_all("script") if "alert" in tag.text]
    assert not page.find_all(["iframe", "object", "embed"])
    handlers = [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on") or name == "srcdoc"]
    links = [str(tag.get("href") or tag.get("src")) for tag in page.find_all(True)]
    assert not handlers and not [link for link in links if link.startswith("javascript")]


@pytest.mark.parametrize("start", range(0, len(FORMS), SOME))
def test_what_people_write_from_habit_costs_no_point_and_calls_nobody(start, course):
    cells = list(FORMS.values())[start : start + SOME]
    graded = hand_in(Entry("habits", "", honest=True, first=tuple(cells)), course)
    assert points_of(graded) == 12, graded.notebooks[NOTEBOOK].scores
    assert not graded.notebooks[NOTEBOOK].remarks and not graded.failure


def test_the_next_one_is_graded_as_ever(course):
    for _ in range(2):
        graded = hand_in(Entry("last", "", honest=True), course)
        assert points_of(graded) == 12 and not graded.notebooks[NOTEBOOK].remarks


def test_the_corpus_is_large_enough():
    assert len(FORMS) >= 40
    names = [entry.name for entry in CORPUS]
    assert len(set(names)) == len(names) >= 40
