"""What a kernel in the sandbox sees, may do, and leaves behind; and what becomes of a sandbox that ends."""

# ruff: noqa: E501  (tables of cells)

import os
import socket
import subprocess
import sys
import sysconfig
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

sys.path.insert(0, os.path.dirname(__file__))
from grading_help import Limits, printed, student  # noqa: E402

from rnnshapes.errors import CourseError  # noqa: E402
from rnnshapes.grading.execute import sandbox as sandboxes  # noqa: E402
from rnnshapes.grading.execute.sandbox import Sandbox, SandboxLost, unavailable  # noqa: E402

COURSE = Path(__file__).resolve().parents[1]
LIMITS = Limits(seconds=60, cell_seconds=30, memory=300 * 2**20, processes=32, scratch=8 * 2**20)


@pytest.fixture(scope="module")
def box():
    if unavailable():
        pytest.skip(unavailable())
    made = Sandbox(LIMITS, tensorflow=False)
    yield made
    made.close()


@pytest.fixture(scope="module")
def with_tensorflow():
    if unavailable():
        pytest.skip(unavailable())
    made = Sandbox(replace(LIMITS, memory=2**30))
    yield made
    made.close()


def say(box, source, **files):
    """Run a cell in a kernel of its own; return what it printed, or the error's words."""
    with student(box, **files) as kernel:
        return printed(kernel.run(source, 1))


def died(box, source):
    with student(box) as kernel:
        kernel.run(source, 1)
        return kernel.died


def test_an_ordinary_install_has_its_libraries_in_the_sandbox(monkeypatch):
    """In an editable one the package lies in the course's folder, which nobody may see; here it lies among them."""
    monkeypatch.setattr(sandboxes, "_PACKAGE", Path(sysconfig.get_path("purelib"), "rnnshapes"))
    assert str(Path(sys.prefix)) in sandboxes._libraries()


def test_nothing_of_the_course_is_to_be_seen(box):
    names = sorted({path.name for path in COURSE.iterdir()} - {".venv", "rnnshapes"})
    seen = say(box, f"""
import os
print([n for n in {names!r} if os.path.exists(os.path.join({str(COURSE)!r}, n)) or os.path.exists('/course/' + n)])
print(sorted(os.listdir('/course')), [n for n in os.listdir('/') if n in ('home', 'opt', 'srv', 'var', 'mnt', 'run')])
found = [os.path.join(f, n) for f, d, ns in os.walk('/') if not f.startswith(('/proc', '/usr', '/sys')) and 'site-packages' not in f
         for n in [*d, *ns] if n in ('gradebook.db', '.git', 'submitted', 'journal', 'nbgrader_config.py')]
print(found)
print([n for n in os.environ if 'SEED' in n or 'COURSE' in n or 'TOKEN' in n or 'KEY' in n])
""")  # fmt: skip
    assert seen == "[]\n['rnnshapes'] []\n[]\n[]\n"


def test_the_system_is_read_only(box):
    places = ["/", "/usr", "/course", "/course/rnnshapes", "/dev", "/fonts", "/etc", os.path.dirname(os.__file__)]
    seen = say(box, f"""
for place in {places!r}:
    try:
        open(place + '/x', 'w').close(); print('wrote', place)
    except OSError:
        pass
for path in ('/proc/sys/kernel/core_pattern', '/proc/sysrq-trigger', '/proc/1/oom_score_adj', '/proc/1/mem', '/proc/1/comm'):
    try:
        open(path, 'r+').write('1'); print('wrote', path)
    except OSError:
        pass
""")  # fmt: skip
    assert seen == ""


def test_there_is_no_network(box):
    server = socket.create_server(("127.0.0.1", 0))
    seen = say(box, f"""
import socket
for family, address in ((socket.AF_INET, ('127.0.0.1', {server.getsockname()[1]})), (socket.AF_INET, ('1.1.1.1', 53)),
                        (socket.AF_INET6, ('2606:4700::1', 53))):
    with socket.socket(family) as s:
        s.settimeout(2)
        try:
            s.connect(address); print('reached', address)
        except OSError as e:
            print(type(e).__name__)
print(socket.if_nameindex())
""")  # fmt: skip
    server.close()
    assert "reached" not in seen and seen.splitlines()[-1] == "[(1, 'lo')]"


def test_it_has_processes_of_its_own_and_no_descriptors_of_ours(box):
    seen = say(box, """
import os
fds = {}
for n in os.listdir('/proc/self/fd'):
    try: fds[int(n)] = os.readlink('/proc/self/fd/' + n)
    except OSError: pass
print(sum(t.startswith('socket:') for t in fds.values()), {t for t in fds.values() if not t.startswith(('socket:', '/dev/', '/proc'))})
print(len([n for n in os.listdir('/proc') if n.isdigit()]), os.getuid() != 0)
for path in ('/proc/1/environ', '/proc/1/fd/0', '/proc/1/fd/3', '/proc/1/root', '/proc/1/cwd', '/proc/1/maps', '/proc/1/mem'):
    try: (os.readlink if path[8:10] in ('fd', 'ro', 'cw') else open)(path); print('open', path)
    except OSError: pass
""")  # fmt: skip
    assert seen == "1 set()\n2 True\n"  # its own channel; itself and the fork server


REFUSED = {
    "unshare": "os.unshare(os.CLONE_NEWUSER)" if hasattr(os, "unshare") else "call(272, 0x10000000)",
    "setns": "call(308, 0, 0)",
    "clone with a namespace": "call(56, 0x10000000 | 17, 0, 0, 0, 0)",
    "ptrace": "call(101, 16, 1, 0, 0)",
    "process_vm_readv": "call(310, 1, 0, 0, 0, 0, 0)",
    "shmget": "call(29, 0, 4096, 0o1600)",
    "msgget": "call(68, 0, 0o1600)",
    "semget": "call(64, 0, 1, 0o1600)",
    "mq_open": "call(240, b'x', 0o102, 0o600, 0)",
    "mount": "call(165, 0, b'/scratch', 0, 0, 0)",
    "keyctl": "call(250, 0, 0)",
    "add_key": "call(248, b'user', b'a', b'b', 1, -3)",
    "bpf": "call(321, 0, 0, 0)",
    "userfaultfd": "call(323, 0)",
    "perf_event_open": "call(298, 0, 0, 0, 0, 0)",
    "io_uring_setup": "call(425, 4, 0)",
    "the other set of numbers": "call(0x40000000 + 39)",
    "the server's limits": "resource.prlimit(1, resource.RLIMIT_AS, (1, 1))",
    "the server's processor": "os.sched_setaffinity(1, {0})",
    "the server's scheduler": "os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0))",
    "the server's niceness": "os.setpriority(os.PRIO_PROCESS, 1, 19)",
    "everybody's niceness": "os.setpriority(os.PRIO_USER, 0, 19)",
    "the server's disk priority": "call(251, 1, 1, 0x6000)",
}


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the numbers of x86_64")
def test_side_doors_are_closed(box):
    tried = "\n".join(
        f"try:\n    {source}\n    print({name!r})\nexcept OSError as e:\n    assert e.errno in (1, 38), e"
        for name, source in REFUSED.items()
    )
    seen = say(box, f"""
import ctypes, os, resource
libc = ctypes.CDLL(None, use_errno=True)
def call(*arguments):
    ctypes.set_errno(0)
    if libc.syscall(*(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments)) == -1:
        raise OSError(ctypes.get_errno(), 'refused')
{tried}""")  # fmt: skip
    assert seen == ""


def test_what_honest_notebooks_do_works(with_tensorflow):
    seen = say(with_tensorflow, """
import concurrent.futures, multiprocessing, os, resource, subprocess, tempfile, threading
print(subprocess.run(['echo', 'child'], capture_output=True, text=True).stdout, end='')
with concurrent.futures.ThreadPoolExecutor(4) as pool: print(sum(pool.map(len, ['a', 'bc'])))
def square(n): return n * n
with multiprocessing.Pool(2) as pool: print(pool.map(square, [1, 2, 3]))
with tempfile.TemporaryDirectory() as folder: open(folder + '/x', 'w').write('x'); print(os.listdir(folder))
os.nice(1); resource.setrlimit(resource.RLIMIT_NOFILE, (512, 512)); os.sched_setaffinity(0, os.sched_getaffinity(0))
import tensorflow as tf
print(float(tf.reduce_sum(tf.ones((2, 3)))))
""")  # fmt: skip
    assert seen.splitlines()[-5:] == ["child", "3", "[1, 4, 9]", "['x']", "6.0"]


def test_nothing_is_left_for_the_next_kernel(box):
    leave = """
import os, subprocess, sys
subprocess.Popen(['sleep', '1000'], start_new_session=True)
subprocess.Popen(['sh', '-c', 'trap "" TERM HUP; setsid sleep 1000 & sleep 1000'], start_new_session=True)
for folder in ('/scratch', '/dev/shm'):
    os.makedirs(folder + '/deep/' + '/'.join(['d'] * 200)); os.chmod(folder + '/deep', 0)
    open(folder + '/.hidden', 'w').close(); os.symlink('/', folder + '/link'); os.mkfifo(folder + '/fifo')
    open(os.fsencode(folder) + b'/\\xff\\n', 'w').close()
os.chmod('/scratch', 0o500)
os.umask(0o777)
"""
    look = """
import os
print(os.listdir('/scratch'), os.listdir('/dev/shm'), len([n for n in os.listdir('/proc') if n.isdigit()]), oct(os.umask(0o22)))
open('new', 'w').close()
"""
    clean = say(box, look)
    for _ in range(2):
        say(box, leave)
        assert say(box, look) == clean == "[] [] 2 0o22\n"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("import os\nchunks = []\nwhile True:\n    if os.fork() == 0:\n        chunks = [bytearray(10**7) for _ in range(20)]\n        while True: pass", "memory"),
        ("import subprocess, time\nfor _ in range(150): subprocess.Popen(['sleep', '100'])\ntime.sleep(100)", "processes"),
        ("import time\nfor n in range(40_000): open(f'f{n}', 'w').close()\ntime.sleep(100)", "files"),
    ],
    ids=["memory", "processes", "files"],
)  # fmt: skip
def test_a_limit_ends_the_kernel_and_says_so(box, source, words):
    assert words in died(box, source)
    assert say(box, "print('next')") == "next\n"


def test_a_limit_that_python_can_raise_is_an_error_of_the_cell(box):
    with student(box) as kernel:
        outputs = [
            kernel.run(source, 1)[-1]["ename"]
            for source in (
                "bytearray(10**10)",
                "open('big', 'wb').write(bytes(9 * 2**20))",
                "[open('/dev/null') for _ in range(2000)]",
            )
        ]
        assert outputs == ["MemoryError", "OSError", "OSError"] and not kernel.died
        assert printed(kernel.run("print('still here')", 2)) == "still here\n"


def test_the_fork_server_cannot_be_ended_from_inside(box):
    pid = box.process.pid
    say(box, "import os, signal\nfor s in range(1, 65):\n    try: os.kill(1, s)\n    except OSError: pass")
    died(box, "import os\nos.kill(-1, 9)")
    assert say(box, "print('here')") == "here\n" and box.process.poll() is None and box.process.pid == pid


def test_several_hundred_forks_in_a_row_each_run_tensorflow(with_tensorflow):
    source = "import tensorflow as tf\nprint(float(tf.reduce_sum(tf.ones((3, 4)))))"
    fds = {server_of(with_tensorflow).pid: None}
    for turn in range(300):
        with student(with_tensorflow) as kernel:
            assert kernel.run(source, 1)[-1].get("text") == "12.0\n", turn
    assert list(fds) == [server_of(with_tensorflow).pid]  # the same server all along


def server_of(box):
    return psutil.Process(box.process.pid).children()[0]


def test_an_unsafe_process_is_not_forked():
    program = """
import sys, threading
from rnnshapes.grading.execute.fork_server import _threads, unsafe_to_fork, _import_everything
_import_everything(tensorflow=True)
count = _threads()
print(repr(unsafe_to_fork(count)), '|', unsafe_to_fork(count - 1))
event = threading.Event()
thread = threading.Thread(target=event.wait); thread.start()
print(unsafe_to_fork(count)); event.set(); thread.join()
import tensorflow as tf
tf.ones(2)
print(unsafe_to_fork(_threads()))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=COURSE)
    safe, thread, operation = done.stdout.splitlines()[-3:]
    assert safe.startswith("'' | ") and "after the imports" in safe
    assert thread == "2 Python threads" and operation == "TensorFlow has run an operation"


def test_a_server_that_may_not_fork_starts_its_kernels_afresh():
    """The same server, told that a fork is unsafe: slower, and nothing else is different."""
    from rnnshapes.grading.execute.processes import StudentKernel
    from rnnshapes.grading.execute.wire import Channel

    if unavailable():
        pytest.skip(unavailable())
    box = Sandbox(LIMITS, trusted=True, tensorflow=False)
    box.process.kill()
    box.process.wait()
    program = "import sys; from rnnshapes.grading.execute import fork_server as f; f.unsafe_to_fork = lambda n: 'a thread'; f.main(sys.argv[1:])"
    ours, theirs = socket.socketpair()
    arguments = [str(theirs.fileno()), box.process.args[-2], "--plain"]
    box.process = subprocess.Popen(
        [sys.executable, "-P", "-c", program, *arguments], pass_fds=[theirs.fileno()], cwd=COURSE
    )
    theirs.close()
    box.control = ours
    assert box._reply(60) == {"op": "ready", "unsafe": "a thread"}
    with student(box) as kernel:
        assert isinstance(kernel, StudentKernel) and isinstance(kernel.channel, Channel)
        assert printed(kernel.run("print(6 * 7)", 1)) == "42\n"
    box.close()


def test_a_sandbox_that_is_killed_is_lost_and_leaves_nothing(tmp_path):
    if unavailable():
        pytest.skip(unavailable())
    for victim in ("server", "bwrap"):
        box = Sandbox(LIMITS, tensorflow=False)
        server = server_of(box)
        inside = [server, *server.children(recursive=True)]
        box.start()
        inside += server.children(recursive=True)
        (server if victim == "server" else box.process).kill()
        if victim == "server":
            with pytest.raises(SandboxLost):
                box.stop()
        box.close()
        gone, alive = psutil.wait_procs(inside, timeout=20)
        assert not alive, victim


def test_without_bubblewrap_one_line_says_what_to_do(monkeypatch):
    unavailable.cache_clear()
    monkeypatch.setenv("PATH", "/nonexistent")
    try:
        with pytest.raises(CourseError) as raised:
            Sandbox(LIMITS)
    finally:
        unavailable.cache_clear()
    text = str(raised.value)
    assert "\n" not in text and "apt install bubblewrap" in text and "--trust" in text


def test_trusted_without_bubblewrap_leaves_nothing_alive_either(monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.setattr(sandboxes, "unavailable", lambda: "not here")
    box = Sandbox(LIMITS, trusted=True, tensorflow=False)
    assert box.process.args[0] == sys.executable
    mark = f"{time.time_ns() % 10**8 + 10**6}"
    say(box, f"import subprocess\nsubprocess.Popen(['sleep', '{mark}'], start_new_session=True); open('left', 'w').close()\n"
             f"subprocess.Popen(['sh', '-c', 'setsid sleep {mark} & exit'])")  # fmt: skip
    assert not [p.pid for p in psutil.process_iter(["cmdline"]) if p.info["cmdline"] == ["sleep", mark]]
    assert say(box, "import os\nprint(os.listdir())") == "[]\n"
    box.close()
    assert not os.path.exists(box.scratch)
