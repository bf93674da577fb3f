"""What has been graded, on disk: one file for each submission, whole or not there, so that a killed run resumes.

A result is found again by a digest of everything that it depends on. The digest is keyed with random bytes that stay in
the course's `.rnnshapes/` folder, because the secret seed of the hidden tests is part of it: without the key, nobody
can try seeds against a file's name.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import asdict, fields
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rnnshapes.errors import CourseError, at, disk_sentence
from rnnshapes.files import replacing
from rnnshapes.grading.task import Graded, GradedNotebook, Spec, Submission

STATE = ".rnnshapes"
"""The folder in the course where grading keeps its own files; nobody but the instructor can read it."""
SCHEMA = 1
LIBRARIES = ("numpy", "tensorflow", "keras", "nbgrader")


class Journal:
    """The results of one assignment, by login and digest. One process at a time writes it (see `lock_course`).

    `remarks` lists what was found broken and left aside.
    """

    def __init__(self, folder: Path, *, writing: bool = True) -> None:
        self.folder = folder
        self.remarks: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)
        self._files: dict[str, set[str]] = {}
        for name in os.listdir(folder):
            if found := re.fullmatch(r"(.+)-[0-9a-f]{16}\.(json|done)", name):
                self._files.setdefault(found[1], set()).add(name)
            elif name.endswith(".tmp") and writing:
                (folder / name).unlink(missing_ok=True)  # a write that was killed

    def find(self, login: str, digest: str) -> Graded | None:
        """Return the result that was kept under this digest, or None if it has to be graded."""
        name = _name(login, digest, "json")
        if name not in self._files.get(_stem(login), ()):
            return None
        entry = self._read(self.folder / name)
        if entry is None or entry["digest"] != digest or entry["graded"].login != login or entry["again"]:
            return None
        return entry["graded"]

    def keep(self, login: str, digest: str, graded: Graded, *, again: bool = False) -> None:
        """Keep a result, durably, and drop older ones of this login and their marks. `again`: not for the next run.

        Older ones go before anything of this result is recorded elsewhere: the journal never calls a result recorded
        whose scores the gradebook no longer holds.
        """
        data = asdict(graded)
        entry = {"schema": SCHEMA, "digest": digest, "again": again, "sha256": _checksum(data), "graded": data}
        kept = _name(login, digest, "json")
        self._keep_before(login, _beliefs(graded))
        write_durably(self.folder / kept, json.dumps(entry).encode())
        for name in self._files.get(_stem(login), set()) - {kept}:
            (self.folder / name).unlink(missing_ok=True)
        _sync(self.folder)
        self._files[_stem(login)] = {kept}

    def before(self) -> dict[str, set[str]]:
        """Return the beliefs of earlier hand-ins, by login: of the last in which others were recognised than now."""
        found = {}
        for path in sorted(self.folder.glob("*.before")):
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                entry = json.loads(path.read_bytes())
                found[str(entry["login"])] = {str(key) for key in entry["beliefs"]}
        return found

    def _keep_before(self, login: str, now: set[str]) -> None:
        for name in self._files.get(_stem(login), set()):
            old = self._read(self.folder / name) if name.endswith(".json") else None
            if old and not old["graded"].failure and (beliefs := _beliefs(old["graded"])) != now:
                entry = {"login": login, "beliefs": sorted(beliefs)}
                write_durably(self.folder / f"{_stem(login)}.before", json.dumps(entry).encode())

    def forget(self, login: str) -> None:
        """Drop all results of this login: it was graded in another way since."""
        for name in self._files.pop(_stem(login), set()):
            (self.folder / name).unlink(missing_ok=True)

    def mark_done(self, login: str, digest: str, seal: dict[str, Any]) -> None:
        """Mark a kept result as recorded everywhere; `seal` says under which circumstances (late by how much …)."""
        name = _name(login, digest, "done")
        write_durably(self.folder / name, json.dumps(seal).encode())
        self._files.setdefault(_stem(login), set()).add(name)

    def done(self, login: str, digest: str) -> dict[str, Any] | None:
        """Return the seal of a result that is recorded everywhere, None if it is not."""
        name = _name(login, digest, "done")
        if name not in self._files.get(_stem(login), ()):
            return None
        try:
            seal = json.loads((self.folder / name).read_bytes())
        except (OSError, ValueError):
            return None
        return seal if isinstance(seal, dict) else None

    def results(self) -> Iterator[Graded]:
        """Read every result, failures included, one for each login, in the order of logins."""
        for stem in sorted(self._files):
            for name in sorted(self._files[stem]):
                if name.endswith(".json") and (entry := self._read(self.folder / name)):
                    yield entry["graded"]
                    break

    def _read(self, path: Path) -> dict[str, Any] | None:
        try:
            entry = json.loads(path.read_bytes())
            if entry["schema"] != SCHEMA or entry["sha256"] != _checksum(entry["graded"]):
                raise ValueError("its checksum is another one")
            return entry | {"graded": _graded(entry["graded"]), "again": bool(entry["again"])}
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            self.remarks.append(f"{path.name}: this journal file cannot be read ({error}); it was left aside.")
            return None


def _beliefs(graded: Graded) -> set[str]:
    return {key for book in graded.notebooks.values() for keys in book.recognised.values() for key in keys}


def open_journal(course: Path, assignment: str, *, writing: bool = True) -> Journal:
    """Return the journal of one assignment of the course whose folder is `course`; `writing` needs `lock_course`.

    Raises: CourseError if the folder cannot be written.
    """
    return Journal(state_folder(course) / "journal" / quote(assignment, safe=""), writing=writing)


def state_folder(course: Path) -> Path:
    """Return the course's `.rnnshapes/`, made if it is not there, readable by its owner alone."""
    folder = course / STATE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CourseError(f"{disk_sentence(error)} The grader's own files go there.") from error
    return folder


@contextlib.contextmanager
def lock_course(course: Path, *, patience: float = 0.0) -> Iterator[None]:
    """Hold the course for one grading run. The system lets go of it when the process ends, however it ends.

    Raises: CourseError if another run holds it, and goes on holding it for `patience` seconds.
    """
    import fcntl

    end = time.monotonic() + patience
    with open(state_folder(course) / "lock", "a+b") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() < end:
                    time.sleep(0.05)
                    continue
            file.seek(0)
            holder = file.read(200).decode(errors="replace").strip() or "unknown"
            raise CourseError(
                f"Another `rnnshapes grade` is at work in this course (process {holder}). "
                "Wait for it, or stop it: what it has graded is kept."
            )
        file.truncate(0)
        file.write(f"{os.getpid()} on {platform.node()}".encode())
        file.flush()
        yield


def read_key(course: Path) -> bytes:
    """Return the course's random key for digests; the first call makes it."""
    path = state_folder(course) / "key"
    with contextlib.suppress(FileNotFoundError):
        key = path.read_bytes()
        if len(key) == 32:
            return key
    key = secrets.token_bytes(32)
    write_durably(path, key)
    return key


def read_seed(course: Path) -> str:
    """Return the seed of the course's hidden tests: RNNSHAPES_SEED, or its own random one; the first call makes it.

    It is in a file that neither git nor the sandbox sees.
    """
    path = state_folder(course) / "seed"
    if given := os.environ.get("RNNSHAPES_SEED", ""):
        return given
    with contextlib.suppress(FileNotFoundError):
        if seed := path.read_text(encoding="utf-8").strip():
            return seed
    seed = secrets.token_hex(16)
    write_durably(path, seed.encode())
    return seed


def check_seed(course: Path, assignment: str, seed: str, *, force: bool) -> None:
    """Remember that an assignment was graded with a private seed, and stop when it is forgotten later.

    Raises: CourseError if there is no seed now, there was one before, and `force` does not say that it is meant.
    """
    path = open_journal(course, assignment, writing=False).folder / "private_seed"
    if seed:
        path.touch()
    elif path.exists() and not force:
        raise CourseError(
            f"Got no RNNSHAPES_SEED, expected the private seed that {assignment} was graded with before: without it "
            "the whole class would be graded anew, on other numbers. Try: export RNNSHAPES_SEED=…, or --force if "
            "that is what you want."
        )
    else:
        path.unlink(missing_ok=True)


def digest_spec(spec: Spec, *, key: bytes) -> bytes:
    """Return a keyed digest of all that grading depends on but the submission: assignment, seed, limits, versions."""
    versions = [platform.python_version(), *map(library_version, LIBRARIES), package_digest()]
    words = [spec.assignment, spec.seed, repr(spec.limits), repr(spec.trusted), repr(spec.delimiters), *versions]
    return _digest([*map(_bytes, words), *_files(spec.notebooks), *_files(spec.files)], key=key)


def digest_submission(submission: Submission, *, spec: bytes, key: bytes) -> str:
    """Return the keyed digest of one submission under a spec (from `digest_spec`), as hexadecimal digits."""
    words = [submission.login, submission.timestamp, repr(submission.remarks)]
    parts = [spec, *map(_bytes, words), *_files(submission.notebooks), *_files(submission.files)]
    return _digest(parts, key=key).hex()


def write_durably(path: Path, data: bytes) -> None:
    """Write a file, readable by its owner alone: after a crash it is there whole, or as it was before."""
    with replacing(path) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    with at(path):
        _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _stem(login: str) -> str:
    """Return a login as part of a file name; a long one ends in a digest, as file names have 255 bytes.

    >>> _stem("ada"), _stem("../a b"), len(_stem("ü" * 100))
    ('ada', '..%2Fa%20b', 137)
    """
    quoted = quote(login, safe="", errors="surrogatepass")
    return quoted if len(quoted) <= 160 else f"{quoted[:120]}.{hashlib.sha256(quoted.encode()).hexdigest()[:16]}"


def _name(login: str, digest: str, ending: str) -> str:
    return f"{_stem(login)}-{digest[:16]}.{ending}"


def _checksum(data: Any) -> str:
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()


def _graded(data: dict[str, Any]) -> Graded:
    known = {field.name for field in fields(GradedNotebook)}
    notebooks = {}
    for name, notebook in data["notebooks"].items():
        if set(notebook) != known:
            raise ValueError("its fields are those of another version")
        notebooks[name] = GradedNotebook(**notebook)
    return Graded(**data | {"notebooks": notebooks})


def _files(files: dict[str, bytes]) -> Iterator[bytes]:
    yield str(len(files)).encode()
    for name in sorted(files):
        yield _bytes(name)
        yield files[name]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _digest(parts: list[bytes], *, key: bytes) -> bytes:
    """Digest the parts, each after its length, so that no other list of parts gives the same bytes."""
    digest = hashlib.blake2b(key=key, digest_size=32)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


def library_version(name: str) -> str:
    """Return the version of an installed library, "" if it is not there (TensorFlow goes by other names too)."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


@cache
def package_digest(*, suffixes: tuple[str, ...] = (".py",), without: tuple[str, ...] = ()) -> str:
    """Digest this package's own files, but those in the folders `without`: an update changes it."""
    root = Path(__file__).parents[1]
    found = {path: path.relative_to(root) for path in root.rglob("*") if path.suffix in suffixes and path.is_file()}
    code = {name.as_posix(): path.read_bytes() for path, name in found.items() if not {*without} & {*name.parts}}
    return _digest([*_files(code)], key=b"").hex()
