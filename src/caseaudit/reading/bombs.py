"""What would take more memory than any machine has: refused before it is opened.

A few kilobytes of XLSX can ask for that: one cell in the far corner of the grid, a false count of texts, a megabyte of
zeros packed into nothing. Each of these ends the whole process.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from caseaudit.errors import UnreadableExport
from caseaudit.reading import limits

_PIECE = 2**20


def bomb(name: str) -> UnreadableExport:
    """The refusal of such a file, by the name that messages give it."""
    return UnreadableExport(
        f"{name} would unpack to far more than an export holds and was not opened; save it again, or export it as CSV."
    )


def check_members(package: zipfile.ZipFile, name: str, limit: int) -> None:
    """Refuse a ZIP that is protected or unpacks to more than LIMIT bytes.

    Raises:
        UnreadableExport: it is one of these.
    """
    members = package.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableExport(f"{name} is protected by a password; save a copy without one.")
    tight = any(
        member.file_size > max(limits.RATIO_FREE, limits.RATIO_LIMIT * member.compress_size) for member in members
    )
    if tight or len(members) > limits.MEMBER_LIMIT or sum(member.file_size for member in members) > limit:
        raise bomb(name)


def check_extent(columns: int, rows: int, name: str) -> None:
    """Refuse a sheet that does not fit.

    Raises:
        UnreadableExport: it does not.
    """
    if not fits(columns, rows):
        raise bomb(name)


def fits(columns: int, rows: int) -> bool:
    """Whether a sheet reaches no further than Excel's grid, and its cells lie so near that it fits in memory."""
    return columns <= limits.EXCEL_COLUMNS and rows <= limits.EXCEL_ROWS and columns * rows <= limits.CELL_LIMIT


def check_xml(package: zipfile.ZipFile, member: str, name: str) -> None:
    """No document type (entities that unfold without end), no encoding in which the look would be blind.

    Raises:
        UnreadableExport: there is.
    """
    with package.open(member) as file:
        head = file.read(4096)
    counts = [int(count) for count in re.findall(rb"\b(?:unique)?[cC]ount\s*=\s*[\"'](\d{1,30})", head[:2048])]
    size = package.getinfo(member).file_size
    if b"<!DOCTYPE" in head or head[:2] in {b"\xfe\xff", b"\xff\xfe"} or b"\0" in head[:64]:
        raise UnreadableExport(
            f"{name} is not written as spreadsheet programs write workbooks and was not opened; "
            "open it in one and save it again."
        )
    if member.endswith("sharedStrings.xml") and any(count > size * 10 for count in counts[:1]):
        raise bomb(name)
    if member.endswith("sharedStrings.xml") and any(count > size for count in counts[1:2]):
        raise bomb(name)


def pieces(package: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """A member's content in pieces that end between two tags."""
    with package.open(member) as file:
        rest = b""
        while chunk := file.read(_PIECE):
            piece = rest + chunk
            cut = piece.rfind(b"<")
            cut = len(piece) if cut <= 0 else cut
            rest = piece[cut:]
            yield piece[:cut]
        yield rest
