"""Opens a ZIP of exports, as national data sets are delivered."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from caseaudit.errors import UnreadableExport
from caseaudit.reading import limits
from caseaudit.reading.bombs import check_members
from caseaudit.reading.kinds import NO_EXPORTS

_BAD_NAME = re.compile(r"[\x00-\x1f\\]|^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def members(data: bytes, name: str, passed: list[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each member that may be an export, in the order of names.

    Nothing is written anywhere. Other members are added to PASSED with the reason.

    Raises:
        UnreadableExport: the archive is damaged, protected, a bomb, or has members with names no archive needs.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_members(archive, name, limits.ARCHIVE_LIMIT)
            seen: set[str] = set()
            for info in sorted(archive.infolist(), key=lambda info: info.filename):
                member = info.filename
                last = member.rstrip("/").rsplit("/", 1)[-1]
                if _BAD_NAME.search(info.orig_filename) or _DEVICE.match(last) or member in seen:
                    raise UnreadableExport(
                        f"{name} holds a member whose name leads out of the archive or occurs twice; "
                        "unpack it yourself and look at what is in it."
                    )
                seen.add(member)
                if why := _passed_over(info, last):
                    if why != "folder":
                        passed.append((f"{name}/{member}", why))
                    continue
                yield member, archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        raise UnreadableExport(f"{name} is a damaged or cut-off ZIP; copy or export it again.") from None


def member_bytes(data: bytes, name: str, member: str) -> bytes:
    """Content of one member.

    Raises:
        UnreadableExport: the archive cannot be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_members(archive, name, limits.ARCHIVE_LIMIT)
            return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError, KeyError):
        raise UnreadableExport(f"{name} is a damaged or cut-off ZIP; copy or export it again.") from None


def _passed_over(info: zipfile.ZipInfo, last: str) -> str | None:
    if info.is_dir() or info.filename.startswith("__MACOSX/"):
        return "folder"
    if last.startswith((".", "~$")):
        return "is a hidden or lock file"
    if info.external_attr >> 28 == 0xA:
        return "is a link"
    ending = last.rsplit(".", 1)[-1].casefold() if "." in last else ""
    if ending in NO_EXPORTS:
        return f"is no export (.{ending})"
    return "is an archive inside an archive; unpack it first" if ending == "zip" else None
