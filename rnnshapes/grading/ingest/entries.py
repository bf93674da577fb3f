"""Files in a folder or a zip, listed and read without harm: links, devices, bombs and lies about sizes."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

HOUSE = ".rnnshapes"
"""Folder in submitted/ for what is ours: nbgrader's globs pass hidden folders by, and no student writes there."""
NOISE = {"__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini", "node_modules"}


@dataclass(frozen=True)
class Bounds:
    """How much ingest reads. Bytes and counts; what is beyond is left out with a reason."""

    file_bytes: int = 20 * 2**20
    submission_bytes: int = 60 * 2**20
    submission_files: int = 200
    entries: int = 50_000
    """Files in the whole zip or folder; a zip that a student handed in may hold `submission_files`."""
    zip_bytes: int = 4 * 2**30
    """All that is unpacked from one zip."""
    zip_ratio: int = 200
    """Unpacked size by packed size, of a file of 1 MiB or more."""


BOUNDS = Bounds()


class Unsafe(Exception):
    """A file that is not read. The message goes on after its name: 'is a link: …'."""


@dataclass(frozen=True)
class Entry:
    """A file in a folder or zip: `read(limit)` gives its bytes, or raises Unsafe if they are more than `limit`."""

    path: str
    read: Callable[[int], bytes]
    problem: str = ""
    modified: float = 0.0


def file_entry(path: Path, shown: str) -> Entry:
    """An entry for a file on disk: links, hard links, pipes and devices are never opened."""

    def read(limit: int) -> bytes:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # a pipe must not block us
        try:
            with open(os.open(path, flags), "rb") as file:
                data = file.read(limit + 1) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
        except OSError as error:
            raise Unsafe(f"cannot be opened ({error.strerror}): check its permissions") from None
        if data is None:
            raise Unsafe("is no ordinary file: hand in ordinary files")
        if len(data) > limit:
            raise Unsafe(f"is larger than {limit / 2**20:.3g} MiB: hand in a smaller file, without outputs")
        return data

    try:
        info = path.lstat()
    except OSError as error:
        return Entry(shown, read, f"cannot be opened ({error.strerror}): check its permissions")
    problem = ""
    if stat.S_ISLNK(info.st_mode):
        problem = "is a link, and links are not followed: hand in the file itself"
    elif not stat.S_ISREG(info.st_mode):
        problem = "is a device or a pipe, no file: hand in ordinary files"
    elif info.st_nlink > 1:
        problem = "is a hard link to a file elsewhere: hand in a copy"
    return Entry(shown, read, problem, info.st_mtime)


def folder_entries(root: Path, *, most: int) -> list[Entry]:
    """List the files under `root`; links to folders are listed, not followed. Raises Unsafe beyond `most` files."""
    entries: list[Entry] = []

    def unreadable(error: OSError) -> None:
        if os.path.samefile(error.filename, root):
            raise Unsafe(f"cannot be opened ({error.strerror}): check its permissions")
        where = os.path.relpath(error.filename, root).replace(os.sep, "/")
        problem = f"is a folder that cannot be opened ({error.strerror}): check its permissions"
        entries.append(Entry(where, lambda limit: b"", problem))

    for folder, folders, files in os.walk(root, onerror=unreadable):
        folders[:] = sorted(
            name for name in folders if name not in NOISE | {".git", ".ipynb_checkpoints", ".venv", HOUSE}
        )
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        for name in sorted([*files, *links]):
            path = Path(folder, name)
            shown = os.fsencode(path.relative_to(root)).decode("utf-8", "replace").replace(os.sep, "/")
            entries.append(file_entry(path, unicodedata.normalize("NFC", forward(shown))))
            if len(entries) > most:
                raise Unsafe(f"holds more than {most} files: remove what does not belong to the assignment")
    return entries


def open_zip(source: str | Path | IO[bytes]) -> zipfile.ZipFile:
    """Open a zip, or raise Unsafe: on hostile bytes zipfile raises exceptions of a dozen kinds."""
    try:
        return zipfile.ZipFile(source)
    except Exception:
        raise Unsafe("is no zip that can be read: pack the files again, or hand in the notebook itself") from None


def zip_entries(archive: zipfile.ZipFile, *, bounds: Bounds, most: int) -> list[Entry]:
    """List a zip's files, at most `most`; bytes are counted as they are read, for sizes can lie. Raises Unsafe."""
    infos = [info for info in archive.infolist() if not (info.is_dir() or _zip_name(info).endswith("/"))]
    if len(infos) > most:
        raise Unsafe(f"holds {len(infos)} files, more than {most}: pack fewer files")
    left = [bounds.zip_bytes]

    def reader(info: zipfile.ZipInfo) -> Callable[[int], bytes]:
        def read(limit: int) -> bytes:
            most_bytes = min(limit, left[0])
            try:
                with archive.open(info) as file:
                    data = file.read(most_bytes + 1)
            except Exception:
                raise Unsafe("is damaged in the zip: pack it again") from None
            left[0] -= min(len(data), left[0])
            if len(data) > most_bytes:
                raise Unsafe(f"is larger than {most_bytes / 2**20:.3g} MiB: hand in a smaller file, without outputs")
            return data

        return read

    overlapping = _overlapping(infos)
    return [Entry(_zip_name(info), reader(info), problem=_zip_problem(info, bounds, overlapping)) for info in infos]


def _zip_name(info: zipfile.ZipInfo) -> str:
    name, readable = info.orig_filename, True  # `filename` is cut at a NUL
    if not info.flag_bits & 0x800:  # no UTF-8 flag, but Canvas and macOS write UTF-8 all the same
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            readable = False
    # Behind an unreadable letter a backslash is half of a Japanese or Chinese one.
    name = forward(name) if readable else re.sub(r"(?<![\x80-\U0010ffff])\\", "/", name)
    return unicodedata.normalize("NFC", name)


def forward(name: str) -> str:
    """Return a path with / between its folders: Windows PowerShell 5 and old .NET write backslashes into zips."""
    return name.replace("\\", "/")


def _overlapping(infos: Iterable[zipfile.ZipInfo]) -> set[int]:
    """Offsets of entries that share their bytes with the one before, as in a bomb of overlapping files."""
    found, end = set(), 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            found.add(info.header_offset)
        end = max(end, info.header_offset + 30 + info.compress_size)  # 30: the fixed part of a local header
    return found


def _zip_problem(info: zipfile.ZipInfo, bounds: Bounds, overlapping: set[int]) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "is a link, and links are not followed: hand in the file itself"
    if kind not in (0, stat.S_IFREG):
        return "is a device or a pipe, no file: hand in ordinary files"
    if info.flag_bits & 0x1:
        return "is encrypted: pack it without a password"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in an unusual way: pack it with your system's own zip"
    if info.header_offset in overlapping:
        return "shares its bytes with another file of the zip: pack the files again"
    if info.file_size > 2**20 and info.file_size > bounds.zip_ratio * max(info.compress_size, 1):
        return f"unpacks to more than {bounds.zip_ratio} times its packed size: hand in a smaller file"
    return ""
