"""Close the kernel's side doors for the process and all its children: what no notebook needs, and what would
leave something behind for the next submission (shared memory segments, keys, message queues, new namespaces).

Source: Linux, Documentation/userspace-api/seccomp_filter.rst; the numbers are those of asm/unistd.h.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

_REFUSED = {  # name: (x86_64, aarch64)
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "fsopen": (430, 430),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "perf_event_open": (298, 241),
    "io_uring_setup": (425, 425),
    "pidfd_getfd": (438, 438),
    "memfd_create": (319, 279),  # memory that no process is seen to hold
    "memfd_secret": (447, 447),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "process_madvise": (440, 440),
}
_ABOUT_A_PROCESS = {  # refused about process 1, the fork server: it hands its limits and priority on to every kernel
    "sched_setaffinity": (203, 122),
    "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
}
_MARKS = [  # chmod, chown, utime and setxattr, each with its kin; 53 and 54 are fchmodat and fchownat
    *((90, 53), (91, 52), (268, 53), (452, 452), (92, 54), (93, 55), (94, 54), (260, 54)),
    *((132, 88), (235, 88), (261, 88), (280, 88), (188, 5), (189, 6), (190, 7), (463, 463)),
]
_PRLIMIT = (302, 261)  # of oneself alone: the fork server's threads have numbers too, and share its limits
_PRIORITIES = {"setpriority": (141, 140, 0), "ioprio_set": (251, 30, 1)}  # the last number means "one process"
_FCNTL, _SET_LEASE = (72, 25), 1024  # a lease on a library makes everybody else wait who opens it to write
_CLONE, _CLONE3 = (56, 220), (435, 435)
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

_LOAD, _EQUAL, _ABOVE, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERROR, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_ARGUMENTS = 16  # where a call's arguments begin, 8 bytes each
_NEW_NAMESPACE = 0x7E020000  # every CLONE_NEW… flag
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER = 38, 22, 2


def supported() -> bool:
    """Tell whether this machine's system call numbers are known here."""
    return platform.system() == "Linux" and platform.machine() in _MACHINES


def close_side_doors() -> None:
    """Refuse these system calls from now on. Raises: OSError where the kernel cannot filter."""
    column, _ = _MACHINES[platform.machine()]
    denied, missing = _ERROR | errno.EPERM, _ERROR | errno.ENOSYS
    program = []
    for numbers in _REFUSED.values():
        program += [(_EQUAL, 0, 1, numbers[column]), (_RETURN, 0, 0, denied)]
    for numbers in _ABOUT_A_PROCESS.values():
        program += [(_EQUAL, 0, 4, numbers[column]), (_LOAD, 0, 0, _ARGUMENTS), (_EQUAL, 0, 1, 1)]
        program += [(_RETURN, 0, 0, denied), (_RETURN, 0, 0, _ALLOW)]
    for numbers in _PRIORITIES.values():  # of one process, and not of the fork server; never of a user's processes
        program += [(_EQUAL, 0, 6, numbers[column]), (_LOAD, 0, 0, _ARGUMENTS), (_EQUAL, 0, 2, numbers[2])]
        program += [(_LOAD, 0, 0, _ARGUMENTS + 8), (_EQUAL, 0, 1, 1)]
        program += [(_RETURN, 0, 0, denied), (_RETURN, 0, 0, _ALLOW)]
    program += [(_EQUAL, 0, 4, _PRLIMIT[column]), (_LOAD, 0, 0, _ARGUMENTS), (_EQUAL, 1, 0, 0)]
    program += [(_RETURN, 0, 0, denied), (_RETURN, 0, 0, _ALLOW)]
    program += [(_EQUAL, 0, 4, _FCNTL[column]), (_LOAD, 0, 0, _ARGUMENTS + 8), (_EQUAL, 0, 1, _SET_LEASE)]
    program += [(_RETURN, 0, 0, denied), (_RETURN, 0, 0, _ALLOW)]
    program += [
        (_EQUAL, 0, 1, _CLONE3[column]),
        (_RETURN, 0, 0, missing),  # its flags are out of a filter's sight; libraries then use clone
        (_EQUAL, 0, 3, _CLONE[column]),
        (_LOAD, 0, 0, _ARGUMENTS),  # its flags
        (_ANY_BIT, 0, 1, _NEW_NAMESPACE),
        (_RETURN, 0, 0, denied),
    ]
    _install(program)


def keep_marks() -> None:
    """Let calls that change a file's rights, owner, times or attributes do nothing from now on, and report success.

    The machine's devices can be seen in the sandbox, and belong to a grader that is root; the scratch folders
    themselves outlive a submission. Raises: OSError where the kernel cannot filter.
    """
    column, _ = _MACHINES[platform.machine()]
    _install([line for numbers in _MARKS for line in ((_EQUAL, 0, 1, numbers[column]), (_RETURN, 0, 0, _ERROR))])


def _install(rules: list[tuple[int, int, int, int]]) -> None:
    """Filter system calls by these rules from now on; what none of them returns for is allowed."""
    program = [
        (_LOAD, 0, 0, 4),  # the machine that the call is made for
        (_EQUAL, 1, 0, _MACHINES[platform.machine()][1]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_ABOVE, 0, 1, 0x40000000),  # x86_64 has a second set of numbers up there
        (_RETURN, 0, 0, _ERROR | errno.EPERM),
        *rules,
        (_RETURN, 0, 0, _ALLOW),
    ]
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    holder = ctypes.create_string_buffer(code)
    described = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program), ctypes.addressof(holder)))
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in ((_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), (_PR_SET_SECCOMP, _FILTER, described, 0, 0)):
        if libc.prctl(*arguments):
            raise OSError(ctypes.get_errno(), "prctl")
