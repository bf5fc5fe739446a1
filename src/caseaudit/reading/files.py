"""Finds the files of an export folder and opens them, each once and by a handle of our own.

Polars and others take a path for a pattern or an address (`a[1].csv` reads another file), so nothing but bytes leaves
this module.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from caseaudit.errors import UnreadableExport
from caseaudit.reading.kinds import NO_EXPORTS
from caseaudit.reading.limits import FILE_LIMIT

State = tuple[int, ...]

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
_README = re.compile(r"(?:readme|licen[cs]e|changelog)(?:\.(?:txt|md|rst))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read.

    Attributes:
        path: the file.
        name: path relative to the folder of exports, with `/`.
        given: whether the user named this very file rather than its folder.
    """

    path: Path
    name: str
    given: bool


def find_files(exports: Sequence[Path]) -> tuple[list[Found], list[tuple[str, str]]]:
    """Every file that may be an export, sorted, and what was passed over with the reason.

    Raises:
        UnreadableExport: a path does not exist, is an address, or is neither file nor folder; a folder is empty.
    """
    found: list[Found] = []
    passed: list[tuple[str, str]] = []
    for given in exports:
        if _ADDRESS.match(str(given)):
            raise UnreadableExport(f"{given}: exports are read from folders and files, not from addresses.")
        try:
            mode = given.stat().st_mode
        except (OSError, ValueError) as problem:
            raise UnreadableExport(_cannot_open(str(given), problem)) from None
        if stat.S_ISDIR(mode):
            found += _walk(given, passed)
        elif stat.S_ISREG(mode):
            found.append(Found(given, given.name, given=True))
        else:
            raise UnreadableExport(f"{given} is neither a file nor a folder; give the folder that holds the exports.")
    if not found:
        where = ", ".join(map(str, exports)) or "No path given"
        raise UnreadableExport(f"{where}: no export found; CSV, Excel, ODS, Parquet or ZIP files are expected there.")
    return _distinct(found), passed


def _walk(folder: Path, passed: list[tuple[str, str]]) -> list[Found]:
    root = folder.resolve()
    found: list[Found] = []

    def unreadable(problem: OSError) -> None:
        raise UnreadableExport(_cannot_open(str(problem.filename or folder), problem))

    for here, folders, files in os.walk(folder, onerror=unreadable):
        place = Path(here)
        for name in [*folders, *files]:
            if name.startswith((".", "~$")) or not (place / name).is_symlink():
                continue
            inside = (place / name).resolve().is_relative_to(root)
            why = "is a link to another file of this folder" if inside else "is a link out of the folder of exports"
            passed.append(((place / name).relative_to(folder).as_posix(), why))
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not (place / name).is_symlink())
        for name in files:
            path = place / name
            if path.is_symlink() or (name.startswith(".") and not name.startswith(".~lock")):
                continue
            short = path.relative_to(folder).as_posix()
            if why_not := _no_export(path):
                passed.append((short, why_not))
            else:
                found.append(Found(path, short, given=False))
    return sorted(found, key=lambda one: one.name)


def _no_export(path: Path) -> str | None:
    """Why a file of a folder is certainly no export; None when it may be one."""
    name = path.name
    if name.startswith(("~$", ".~lock")):
        return "is a lock file: somebody may have the workbook open"
    if name.casefold() in {"thumbs.db", "desktop.ini"} or _README.fullmatch(name):
        return "is no export"
    if path.suffix[1:].casefold() in NO_EXPORTS:
        return f"is no export ({path.suffix.casefold()})"
    return None if path.is_file() else "is no regular file"


def _distinct(found: list[Found]) -> list[Found]:
    """Files of the same name from several folders get the folder's name in front; the same file counts once."""
    once: dict[Path, Found] = {}
    for one in found:
        once.setdefault(one.path.resolve(), one)
    names = [one.name for one in once.values()]
    taken: set[str] = set()
    distinct = []
    for one in once.values():
        name = one.name
        if names.count(name) > 1:
            name = f"{one.path.resolve().parent.name}/{one.path.name}"
        count, base = 1, name
        while name in taken:
            count += 1
            name = f"{base} ({count})"
        taken.add(name)
        distinct.append(Found(one.path, name, one.given))
    return distinct


@dataclass(frozen=True, slots=True)
class Bytes:
    """What a file held when it was read.

    Attributes:
        mark: the byte-order mark of UTF-8 if it begins with one; read apart, since to cut it off a long text later is
            to copy the text.
        data: the bytes after it.
        state: by what to know, without reading it again, that it was not written to since; see `state_of`.
    """

    mark: bytes
    data: bytes
    state: State


def state_of(path: Path) -> State | None:
    """File, size and times of its last change; None where it cannot be looked at any more."""
    try:
        return _state(path.stat())
    except (OSError, ValueError):
        return None


def _state(stat: os.stat_result) -> State:
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def read_bytes(path: Path, name: str) -> Bytes:
    """The bytes of a regular file.

    Raises:
        UnreadableExport: it cannot be opened, is empty or too big.
    """
    try:
        # Not blocking: a pipe put in the place of a file would wait for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb", buffering=0) as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise UnreadableExport(f"{name} is no regular file.")
            if state.st_size > FILE_LIMIT:
                raise UnreadableExport(
                    f"{name} is bigger than {FILE_LIMIT // 2**30} GiB; export a shorter period, or several files."
                )
            mark = file.read(len(codecs.BOM_UTF8))
            if mark != codecs.BOM_UTF8:
                file.seek(0)
                mark = b""
            data = file.readall()
    except (OSError, ValueError, MemoryError) as problem:
        raise UnreadableExport(_cannot_open(name, problem)) from None
    if not mark + data[:1]:
        raise UnreadableExport(f"{name} is empty; export it again, or take it out of the folder.")
    return Bytes(mark, data, _state(state))


def _cannot_open(name: str, problem: BaseException) -> str:
    match getattr(problem, "errno", None):
        case errno.ENOENT | errno.ENOTDIR:
            return f"{name} does not exist; give the folder that holds the exports, or the files."
        case errno.EACCES | errno.EPERM:
            return f"{name} cannot be opened: no permission, or another program has locked it."
        case _:
            return f"{name} cannot be opened ({type(problem).__name__})."
