# ruff: noqa: E501  (cells are quoted as they are)
"""Entries that read or write what is not theirs, or talk to somebody. COURSE, PORT and NAME are filled in by the test."""

from .entry import Entry

WALK = """
import glob, os
def shown(path):
    try:
        if os.path.isdir(path):
            return os.listdir(path)
        return open(path, "rb").read(4000)
    except OSError as error:
        return type(error).__name__
def spoil(path):
    try:
        with open(path, "ab") as file:
            file.write(b"spoiled")
        print("spoiled", path)
    except OSError as error:
        pass
"""


def reads(name, tries, cell, **more):
    return Entry(name, tries, honest=True, points=12.0, first=(WALK, cell), **more)


REACH = [
    reads(
        "course_read",
        "the course's files by their path",
        "for top, folders, names in os.walk('COURSE'):\n    for name in names: print(shown(os.path.join(top, name)))\n"
        "print(shown('COURSE'), shown('COURSE/gradebook.db'), shown('COURSE/secret.txt'), shown('COURSE/submitted/other/01_rnn_shapes/rnn_shapes.ipynb'))",
        says=("FileNotFoundError",),
    ),
    reads(
        "course_found",
        "the course's files wherever they are",
        "import subprocess\nfor word in ('HIDDEN TESTS', 'CANARY', 'assert_answer('):\n"
        "    print(subprocess.run(['grep', '-rlsI', '--include=*.ipynb', '--include=*.db', '--include=*.txt', word, '/course', '/tmp', '/home', '/root', '/work', '/srv', '/mnt', '/run'], "
        "capture_output=True, text=True, timeout=3).stdout)",
        never=("rnn_shapes.ipynb", "secret.txt"),
    ),
    reads(
        "course_written",
        "the course's files, the package and the libraries",
        "import rnnshapes, numpy, sys\n"
        "for path in ('COURSE/gradebook.db', 'COURSE/secret.txt', rnnshapes.__file__, numpy.__file__, sys.executable, '/usr/bin/env', '/etc/passwd', '/dev/spoiled', '/proc/sys/kernel/core_pattern', '/proc/sysrq-trigger'):\n"
        "    spoil(path)\nprint('done')",
        never=("spoiled",),
        says=("done",),
    ),
    reads(
        "course_deleted",
        "everything that can be reached",
        "import subprocess\nprint(subprocess.run('rm -rf /course /dev /etc COURSE 2>/dev/null; echo gone', shell=True, timeout=3, stdout=-1).stdout)",
        says=("gone",),
    ),
    reads(
        "processes_read",
        "memory, files and environment of other processes",
        "for name in os.listdir('/proc'):\n    if name.isdigit():\n"
        "        print(name, shown(f'/proc/{name}/cmdline')[:40], [shown(f'/proc/{name}/{what}') for what in ('environ', 'mem', 'root', 'cwd', 'fd', 'maps')] if name != str(os.getpid()) else '')\n"
        "print(shown('/proc/1/root/etc'), shown('/proc/1/environ'), sorted(os.environ))",
        never=("RNNSHAPES_SEED", "RNNSHAPES_CANARY"),
    ),
    reads(
        "seed_read",
        "the seed, the class and the host's name in the environment and the arguments",
        "import socket, getpass\nprint(os.environ.get('RNNSHAPES_SEED'), os.environ.get('RNNSHAPES_CANARY'), socket.gethostname(), os.getppid(), open('/proc/1/cmdline').read())",
    ),
    reads(
        "network",
        "TCP, UDP, name look-up, the host's own services and abstract sockets",
        "import socket\n"
        "def attempt(what, family, kind, address):\n"
        "    try:\n"
        "        s = socket.socket(family, kind); s.settimeout(0.3); s.connect(address); s.send(b'x'); print('REACHED', what)\n"
        "    except OSError as error:\n        print(what, type(error).__name__)\n"
        "attempt('tcp', socket.AF_INET, socket.SOCK_STREAM, ('1.1.1.1', 80))\n"
        "attempt('udp', socket.AF_INET, socket.SOCK_DGRAM, ('1.1.1.1', 53))\n"
        "attempt('host', socket.AF_INET, socket.SOCK_STREAM, ('127.0.0.1', PORT))\n"
        "attempt('abstract', socket.AF_UNIX, socket.SOCK_STREAM, '\\0NAME')\n"
        "try:\n    print('REACHED', socket.getaddrinfo('example.com', 80))\nexcept OSError as error:\n    print('dns', type(error).__name__)\n"
        "print('interfaces', [name for _, name in socket.if_nameindex()])",
        never=("REACHED",),
    ),
    reads(
        "devices",
        "rights and times of the machine's devices",
        "for name in ('null', 'zero', 'urandom', 'tty'):\n    before = os.stat('/dev/' + name)\n"
        "    for what in (lambda p: os.chmod(p, 0), lambda p: os.utime(p, (1, 1)), os.unlink, lambda p: os.setxattr(p, 'user.x', b'y')):\n"
        "        try:\n            what('/dev/' + name)\n        except OSError:\n            pass\n"
        "    if os.stat('/dev/' + name)[:9] != before[:9]: print('CHANGED', name)\nopen('/dev/null', 'w').write('still there')",
        never=("CHANGED",),
    ),
    reads(
        "new_rights",
        "namespaces, mounts, set-user-id programs and a new root",
        "import ctypes, subprocess\nlibc = ctypes.CDLL(None)\n"
        "print('REFUSED' if libc.unshare(0x10000000) and libc.mount(b'x', b'/tmp', b'tmpfs', 0, None) and libc.chroot(b'/tmp') and libc.setuid(0) else 'ALLOWED')\n"
        "print(subprocess.run('unshare -Ur id; su -c id; sudo -n id; bwrap --bind / / id', shell=True, timeout=3, stdout=-1, stderr=-2).stdout)",
        says=("REFUSED",),
        never=("uid=0",),
    ),
    reads(
        "traced",
        "the fork server's memory through ptrace and process_vm_readv",
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nprint('ptrace', libc.ptrace(16, 1, 0, 0), libc.ptrace(0x4206, 1, 0, 0), libc.process_vm_readv(1, None, 0, None, 0, 0))\n"
        "try:\n    open('/proc/1/mem', 'r+b'); print('OPENED')\nexcept OSError:\n    pass",
        says=("ptrace -1 -1 -1",),
        never=("OPENED",),
    ),
]
