# ruff: noqa: E501  (cells are quoted as they are)
"""Entries that stay, or leave something for whoever is graded next."""

from .entry import Entry


def leaves(name, tries, cell, **more):
    return Entry(name, tries, honest=True, first=(cell,), **({"points": 12.0} | more))


LINGER = [
    leaves(
        "leases",
        "leases on libraries that everybody reads: whoever opens them to write would have to wait",
        "import fcntl, os\ntook = 0\nfor path in (np.__file__, os.__file__, '/etc/ld.so.cache', '/scratch/own'):\n    for kind in (fcntl.F_RDLCK, fcntl.F_WRLCK):\n        try:\n            fd = os.open(path, os.O_RDONLY | (os.O_CREAT if 'own' in path else 0))\n            fcntl.fcntl(fd, fcntl.F_SETLEASE, kind)\n            took += 1\n        except OSError: pass\nprint('leases', took, fcntl.fcntl(0, fcntl.F_GETFL) >= 0)",
        says=("leases 0 True",),
    ),
    leaves(
        "detached",
        "a child with a session of its own, deaf to every signal",
        "import os, signal, time\nif not os.fork():\n    os.setsid()\n    if os.fork(): os._exit(0)\n"
        "    for number in range(1, 65):\n        try: signal.signal(number, signal.SIG_IGN)\n        except (OSError, ValueError): pass\n"
        "    while True:\n        try:\n            open('/scratch/alive', 'w').close(); time.sleep(0.01)\n        except OSError: pass",
    ),
    leaves("nohup", "a program in the background", "!nohup setsid sleep 1000 >/dev/null 2>&1 &"),
    leaves(
        "subprocess",
        "a program that outlives its parent",
        "import subprocess\nsubprocess.Popen(['sleep', '1000'], start_new_session=True)",
    ),
    leaves(
        "files",
        "files in every folder that can be written",
        "import os\nfor top in ('/scratch', '/dev/shm', '/var/tmp', '/run', '/dev/mqueue', os.path.expanduser('~')):\n    try: open(top + '/note', 'w').write('for the next')\n    except OSError: pass",
    ),
    leaves(
        "mode_of_scratch",
        "nobody may write the scratch folders any more",
        "import os\nos.chmod('/dev/shm', 0o500)\nos.chmod('/scratch', 0o500)",
    ),
    leaves(
        "mode_of_scratch_none",
        "nobody may look into the scratch folders any more",
        "import os\nos.chmod('/dev/shm', 0)\nos.chmod('/scratch', 0)",
    ),
    leaves(
        "attributes",
        "a note in the attributes and times of the scratch folder",
        "import os\nfor top in ('/scratch', '/dev/shm'):\n    os.utime(top, (1, 1))\n    try: os.setxattr(top, 'user.note', b'for the next')\n    except OSError: pass",
    ),
    leaves(
        "shared_segments",
        "System V memory, semaphores, message queues, POSIX queues and keys",
        "import ctypes\nlibc = ctypes.CDLL(None)\n"
        "print(libc.shmget(7, 100, 0o1666), libc.semget(7, 1, 0o1666), libc.msgget(7, 0o1666), libc.syscall(240, b'q', 0o102, 0o666, None), libc.syscall(248, b'user', b'k', b'v', 1, -3))",
        says=("-1 -1 -1 -1 -1",),
    ),
    leaves(
        "abstract_socket",
        "a socket with a name, held by a child",
        "import os, socket, time\nif not os.fork():\n    os.setsid()\n    s = socket.socket(socket.AF_UNIX)\n    s.bind('\\0for the next')\n    s.listen()\n    time.sleep(1000)",
    ),
    leaves(
        "limits_lowered",
        "limits, priority, umask and cwd of whoever can be reached",
        "import os, resource\nos.nice(10)\nos.umask(0o777)\n"
        "for what in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC):\n"
        "    for pid in (1, os.getppid()):\n        try: resource.prlimit(pid, what, (3, 3))\n        except (OSError, ValueError): print('refused')\n"
        "for pid in (1, os.getppid()):\n    try: os.setpriority(os.PRIO_PROCESS, pid, 19); os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))\n    except OSError: pass\nos.umask(0o022)",
    ),
    leaves(
        "everyones_priority",
        "the priority of every process of this user",
        "import os\ntry: os.setpriority(os.PRIO_USER, 0, 19)\nexcept OSError: pass\ntry: os.sched_setaffinity(1, {0})\nexcept OSError: pass",
    ),
    leaves(
        "deep_folders",
        "folders in folders in folders",
        "import os\nfor _ in range(5000):\n    os.mkdir('d')\n    os.chdir('d')\nopen('x', 'w').close()\nos.chdir('/scratch')",
    ),
    leaves(
        "locked_folders",
        "folders without any right, one in another",
        "import os\nos.makedirs('a/b/c')\nopen('a/b/c/x', 'w').close()\nfor path in ('a/b/c/x', 'a/b/c', 'a/b', 'a'):\n    os.chmod(path, 0)",
    ),
    leaves(
        "odd_names",
        "names with line ends, dashes and half characters, links in circles, a pipe, a socket",
        "import os, socket\nfor name in (b'a\\nb', b'-rf', b'--help', b'\\xff\\xfe', b'*', b' ', b'\\x1b[31m'):\n    open(b'/scratch/' + name, 'w').close()\n"
        "os.symlink('/scratch/loop', '/scratch/loop')\nos.symlink('/', '/scratch/root')\nos.symlink('/scratch', '/dev/shm/scratch')\nos.mkfifo('/scratch/pipe')\nsocket.socket(socket.AF_UNIX).bind('/scratch/socket')\n"
        "os.mkdir('-rf *'); os.mkdir('-rf */--no-preserve-root')",
    ),
    leaves(
        "libraries_changed",
        "NumPy and Keras are changed in memory, also by address",
        "import ctypes, sys\nreal = np.tanh\nnp.add.reduce.__self__\nnp.pi = 3\nsys.modules['math'].pi = 3\n"
        "keras.layers.Dense.call = None\nctypes.c_int.from_address(id(257) + 24).value = 258\ndel sys.modules['json']\nsys.path.insert(0, '/scratch')\nsys.setrecursionlimit(60000)",
    ),
    leaves(
        "libraries_shadowed",
        "modules that stand in for libraries, for this one and the next",
        "import os\nfor name in ('numpy', 'tensorflow', 'keras', 'rnnshapes', 'sitecustomize', 'usercustomize', 'json', 'IPython'):\n"
        "    open(name + '.py', 'w').write('raise SystemExit(\"shadowed\")')\n"
        "os.makedirs('.ipython/profile_default/startup', exist_ok=True)\nopen('.ipython/profile_default/startup/00.py', 'w').write('shadowed = 1')\n"
        "open('/scratch/x.pth', 'w').write('import shadowed')\nos.makedirs('.local/lib/python3.11/site-packages')\nopen('.local/lib/python3.11/site-packages/a.pth', 'w').write('import os; os.abort()')",
    ),
    Entry(
        "libraries_shadowed_by_files",
        "submitted files that stand in for libraries",
        honest=True,
        points=12.0,
        files={
            name: b"raise SystemExit('shadowed')"
            for name in (
                "numpy.py",
                "tensorflow.py",
                "rnnshapes/__init__.py",
                "sitecustomize.py",
                "json.py",
                "IPython/__init__.py",
                "rnnshapes/check.py",
            )
        }
        | {".ipython/profile_default/startup/00.py": b"import os; os.abort()", "x.pth": b"import os; os.abort()"},
    ),
    Entry(
        "files_elsewhere",
        "submitted files with paths that lead elsewhere",
        honest=True,
        points=None,
        files={"../../dev/shm/note": b"x", "/scratch/../dev/shm/note2": b"x", "a/../../scratch/b": b"x"},
    ),
    leaves(
        "kernel_replaced",
        "a notebook that puts another program in its place",
        "import os, sys\nos.execv(sys.executable, [sys.executable, '-c', 'import time; time.sleep(1000)'])",
        points=0.0,
        remark="kernel was lost",
    ),
]
