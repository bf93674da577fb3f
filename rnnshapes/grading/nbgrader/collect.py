"""nbgrader's `collect`, for an exchange that a whole class can write to.

nbgrader reads the student and the time of a submission from its folder's name, which is whatever the sender typed; it
only warns about a folder that belongs to somebody else. It copies what a link points to, with the rights of whoever
collects: another student's notebook, the hidden tests. And one folder that cannot be read ends the collection of all.
Here each folder is looked at by itself: it must belong to the student whom it names, and only its own plain files are
copied.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import stat
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import ignore_patterns, parse_utc

from rnnshapes.errors import CourseError

_CLOCKS = timedelta(minutes=10)  # a submission's own time may differ this much from the file system's
_SECRET = "submission_secret.txt"  # the student's copy of it opens the feedback
_DEEPEST = 5  # folders in folders
_BLOCK = 4096  # what even an empty file takes up, in bytes
_NOBODY = {"username": "", "timestamp": datetime.min}  # what a refused folder counts as


class Collect(ExchangeCollect):
    """Collect the newest submission of each student, and refuse, one by one, what is not theirs.

    A folder that the collecting account owns counts for whomever it names; with `c.ExchangeCollect.check_owner = False`
    every folder does. Source: nbgrader, "ExchangeCollect", whose options all apply.
    """

    def _path_to_record(self, path: str) -> dict[str, Any]:
        name = os.path.basename(path)
        try:
            record = {"username": name.rsplit("+", 3)[0], "filename": name, "timestamp": _time(name)}
            self._check(record, os.lstat(path))
        except (CourseError, OSError) as error:
            self.log.error("Not collected: %s\n%s", name, error)
            return {**_NOBODY, "filename": name}
        return record

    def _check(self, record: dict[str, Any], found: os.stat_result) -> None:
        if not stat.S_ISDIR(found.st_mode):
            raise CourseError("Got a link or a file, expected a folder. Try: ask its owner to submit again.")
        owner = _login(found.st_uid)
        if self.check_owner and found.st_uid != os.geteuid() and owner != record["username"]:
            raise CourseError(
                f"Got a folder of the account {owner}, expected one of {record['username']}, whom its name says. "
                f"Try: ask {owner} about it."
            )
        changed = datetime.fromtimestamp(found.st_ctime, UTC).replace(tzinfo=None)
        if abs(changed - record["timestamp"]) > _CLOCKS:
            self.log.warning(
                "%s says that it was submitted at %s; the file system saw it at %s (UTC). "
                "Look before you count it as in time.",
                record["filename"],
                f"{record['timestamp']:%Y-%m-%d %H:%M}",
                f"{changed:%Y-%m-%d %H:%M}",
            )

    def init_src(self) -> None:
        super().init_src()
        self.src_records = [record for record in self.src_records if record["username"]]

    def copy_files(self) -> None:
        """Copy the newest folder of each student; where one cannot be copied, the others still are."""
        records = self.src_records
        if not records:
            super().copy_files()  # it says so
        for record in records:
            self.src_records = [record]
            source = os.path.join(self.inbound_path, record["filename"])
            try:
                if self.update or self.before_duedate:  # nbgrader removes the older copy before it takes the newer one
                    with tempfile.TemporaryDirectory() as trial:
                        self._copy(source, Path(trial, "copy"))
                super().copy_files()
            except (CourseError, OSError) as error:
                self.log.error("Not collected: %s\n%s", record["filename"], error)

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        part = Path(f"{dest}.part")
        shutil.rmtree(part, ignore_errors=True)
        try:
            self._copy(src, part)
            (part / "timestamp.txt").write_text(os.path.basename(src).rsplit("+", 3)[2], encoding="utf-8")
            _check_secret(part / _SECRET)
            os.rename(part, dest)
        finally:
            shutil.rmtree(part, ignore_errors=True)
            with contextlib.suppress(OSError):
                part.parent.rmdir()  # a student's folder with nothing in it

    def _copy(self, src: str, dest: Path) -> None:
        skipped = ignore_patterns(
            exclude=self.coursedir.ignore,
            include=self.coursedir.include,
            max_file_size=self.coursedir.max_file_size,
            log=self.log,
        )
        copy_own_files(src, dest, skipped=skipped, limit=1000 * self.coursedir.max_dir_size)


def copy_own_files(src: str, dest: Path, *, skipped: Any, limit: int) -> None:
    """Copy the files in `src` that belong to the folder's owner, subfolders too.

    `skipped` says which names of a folder are left out, as for shutil.copytree; `limit` is in bytes.
    Raises: CourseError for a link, a file of another account, anything that is no file, or more than `limit` bytes.
    """
    top = None
    for folder, folders, files, fd in os.fwalk(src):
        top = os.fstat(fd).st_uid if top is None else top
        inside = Path(folder).relative_to(src)
        if len(inside.parts) > _DEEPEST:
            raise CourseError(f"Got folders in folders more than {_DEEPEST} deep. Try: ask for the notebooks alone.")
        here = dest / inside
        here.mkdir(parents=True)
        left_out = skipped(folder, [*folders, *files])
        folders[:] = [name for name in folders if name not in left_out]
        for name in folders:
            if stat.S_ISLNK(os.stat(name, dir_fd=fd, follow_symlinks=False).st_mode):
                raise CourseError(_not_plain(name))
        for name in (name for name in files if name not in left_out):
            limit -= _BLOCK + _copy(name, fd, here / name, owner=top, limit=limit)


def _copy(name: str, folder: int, target: Path, *, owner: int, limit: int) -> int:
    """Copy one file that is opened without following a link, so that nothing can be put in its place meanwhile."""
    try:
        source = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError as error:
        raise CourseError(_not_plain(name)) from error
    with open(source, "rb") as file:
        found = os.fstat(source)
        if not stat.S_ISREG(found.st_mode) or found.st_uid != owner:
            raise CourseError(_not_plain(name))
        data = file.read(max(0, limit) + 1)
    if len(data) > limit:
        raise CourseError(
            "Got more bytes than c.CourseDirectory.max_dir_size allows. Try: ask for the notebooks alone."
        )
    target.write_bytes(data)
    return len(data)


def _not_plain(name: str) -> str:
    return (
        f"Got {name!r}, a link or somebody else's file, expected the student's own files. Try: ask its owner about it."
    )


def _check_secret(path: Path) -> None:
    """Write a new secret where there is none that can be read: releasing the class's feedback would stop at it."""
    with contextlib.suppress(OSError, ValueError):
        if path.read_text(encoding="ascii").isalnum():
            return
    path.write_text(secrets.token_hex(64))


def _time(name: str) -> datetime:
    """Return the time (UTC) in a folder's name, "LOGIN+ASSIGNMENT+TIME" or "LOGIN+ASSIGNMENT+TIME+RANDOM"."""
    try:
        return parse_utc(name.rsplit("+", 3)[2])
    except (ValueError, TypeError, OverflowError) as error:
        raise CourseError("Its name has no time in it, as `nbgrader submit` gives one. Try: ask its owner.") from error


def _login(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"with the number {uid}"
