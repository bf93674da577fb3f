"""The exceptions that are meant to be read by a person, not debugged."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

DISK = {
    errno.ENOSPC: (
        "a full disk at {}, expected room to write",
        "free some room there (`df -h`)",
    ),
    errno.EDQUOT: ("a used-up quota at {}, expected room to write", "free some room there (`quota` shows how much)"),
    errno.EROFS: (
        "a disk that can only be read at {}, expected one that can be written",
        "mount it for writing, or copy the course elsewhere",
    ),
    errno.EACCES: (
        "no permission for {}, expected a course that you can read and write",
        "chmod -R u+rwX on the course's folder, or ask the owner (`ls -ld` shows who that is)",
    ),
    errno.ENOTDIR: ("a file or a pipe on the way to {}, expected folders", "move it away, if it is nothing of yours"),
    errno.EEXIST: ("a file or a link to nowhere at {}, expected a folder", "move it away, if it is nothing of yours"),
    errno.EISDIR: ("a folder at {}, expected a file", "move it away, if it is nothing of yours"),
    errno.EIO: ("an error of the disk at {}, expected that it can be read", "look at the disk (`dmesg`), and copy it"),
}
DISK[errno.EPERM] = DISK[errno.EACCES]
"""What an error of the operating system says to a person: what was got and expected, and what to try."""


class CourseError(Exception):
    """Something a user can put right: the message says what, where, and what to do.

    >>> raise CourseError("lessons/01_rnn_shapes/assignment.py:12: unknown key 'pionts'. Try: points=…")
    Traceback (most recent call last):
    rnnshapes.errors.CourseError: lessons/01_rnn_shapes/assignment.py:12: unknown key 'pionts'. Try: points=…
    """


class NotNow(CourseError):
    """Something that did not work this time, by nobody's mistake, and may work the next."""


def disk_sentence(error: OSError) -> str:
    """Return what a person needs to know of an error of the operating system.

    >>> disk_sentence(OSError(errno.EISDIR, "", "a/b"))[:73]
    'Got a folder at a/b, expected a file. Try: move it away, if it is nothing'
    """
    where = error.filename if isinstance(error.filename, str) else ""
    other = (f"{error.strerror or error} at {{}}, expected a file or folder that can be used", "look at that path")
    got, do = DISK.get(error.errno or 0, other)
    where = where or "a path that the system does not name"
    return f"Got {got.format(where)}. Try: {do}; then run the same command again."


@contextlib.contextmanager
def at(path: Path) -> Iterator[None]:
    """Have an OSError from the block name this path: the system names none when a disk is full."""
    try:
        yield
    except OSError as error:
        error.filename = os.fspath(path)
        raise
