"""What the workbook reader does not tell of an XLS: the 1904 calendar, what is hidden, errors, leading zeros.

An XLS is a stream of records with number and length, BIFF8 ([MS-XLS]) or the older BIFF5, in a compound file: first
those of the workbook, then those of each sheet.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from caseaudit.errors import UnreadableExport
from caseaudit.reading.compound import stream
from caseaudit.reading.parts import Package, Part
from caseaudit.reading.styles import zero_styles

_FORMULA, _END, _DATE_MODE, _PROTECTED, _COLUMNS, _SHEET, _STYLE = 0x06, 0x0A, 0x22, 0x2F, 0x7D, 0x85, 0xE0
_MANY_RK, _NUMBER, _TRUTH_OR_ERROR, _ROW, _RK, _FORMAT, _BEGIN = 0xBD, 0x203, 0x205, 0x208, 0x27E, 0x41E, 0x809
_OF_INTEREST = frozenset({_FORMULA, _COLUMNS, _MANY_RK, _NUMBER, _TRUTH_OR_ERROR, _ROW, _RK})
_BIFF8 = 0x600
_HIDDEN_ROW = 0x20


def look(data: bytes, name: str) -> Package:
    """Look through the sheets of an XLS; of a damaged one as far as it goes.

    Args:
        data: the file.
        name: file as messages name it.

    Raises:
        UnreadableExport: it is protected.
    """
    book = stream(data, "Workbook", "Book")
    sheets: list[tuple[str, int]] = []
    codes: dict[int, str] = {}
    used: list[int] = []
    biff8 = from_1904 = False
    for kind, content in _records(book, 0):
        if kind == _BEGIN:
            biff8 = int.from_bytes(content[:2], "little") >= _BIFF8
        elif kind == _END:
            break
        elif kind == _PROTECTED:
            raise UnreadableExport(f"{name} is protected by a password; save a copy without one.")
        elif kind == _DATE_MODE:
            from_1904 = content[:1] == b"\1"
        elif kind == _SHEET and len(content) > 7:
            sheets.append((_text(content[6:], biff8, 1), int.from_bytes(content[:4], "little")))
        elif kind == _FORMAT:
            codes.setdefault(int.from_bytes(content[:2], "little"), _text(content[2:], biff8, 2 if biff8 else 1))
        elif kind == _STYLE:
            used.append(int.from_bytes(content[2:4], "little"))
    zeros = zero_styles([(number, codes.get(number)) for number in used])
    parts: dict[str, Part] = {}
    room = 2 * len(book)  # sheets lie one after the other; what points again and again to the same is no workbook
    for sheet, begin in sheets:
        parts[sheet], length = _look_at_sheet(book, begin, zeros) if room > 0 else (Part(unsearched=True), 0)
        room -= length
    return Package(parts, from_1904=from_1904)


def _look_at_sheet(book: bytes, begin: int, zeros: Mapping[int, int]) -> tuple[Part, int]:
    """What is noticed on a sheet, and how many bytes its records take."""
    part = Part()
    inside = length = 0
    for kind, data in _records(book, begin):
        length += 4 + len(data)
        if kind == _BEGIN:
            inside += 1
        elif inside == 0:  # no sheet begins there
            break
        elif kind == _END:
            inside -= 1
            if inside == 0:
                break
        elif inside == 1 and kind in _OF_INTEREST:  # a chart on the sheet has records of its own inside
            _notice(kind, data, zeros, part)
    return part, length


def _notice(kind: int, data: bytes, zeros: Mapping[int, int], part: Part) -> None:
    """Add what a record tells to what is known of a sheet; one that is too short tells nothing."""
    if len(data) < (9 if kind == _COLUMNS else 8):
        return
    first, second, style = struct.unpack_from("<HHH", data)
    if kind == _ROW:
        part.hidden_rows += bool(data[12:13] and data[12] & _HIDDEN_ROW)
    elif kind == _COLUMNS:
        if data[8] & 1:
            part.hidden_columns.append((first, second))
    elif _is_error(kind, data):
        part.errors.add((first + 1, second))
    elif zeros and kind == _MANY_RK:
        for at in range((len(data) - 6) // 6):
            if digits := zeros.get(int.from_bytes(data[4 + 6 * at : 6 + 6 * at], "little")):
                part.zeros[first + 1, second + at] = digits
    elif digits := zeros.get(style):
        part.zeros[first + 1, second] = digits


def _is_error(kind: int, data: bytes) -> bool:
    """Whether a cell's record holds an error, of its own or as what a formula comes to."""
    if kind == _FORMULA:
        return data[12:14] == b"\xff\xff" and data[6] == 2
    return kind == _TRUTH_OR_ERROR and data[7] != 0


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Number and data of each record from a place on; what is cut off at the end is left out."""
    end = len(book)
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", book, at)
        at += 4
        if at + length > end:
            return
        yield kind, book[at : at + length]
        at += length


def _text(data: bytes, biff8: bool, size: int) -> str:
    """A text with its length before it, in SIZE bytes."""
    length, rest = int.from_bytes(data[:size], "little"), data[size:]
    if not biff8:
        return rest[:length].decode("cp1252", errors="replace")
    if rest[:1] and rest[0] & 1:
        return rest[1 : 1 + 2 * length].decode("utf-16-le", errors="replace")
    return rest[1 : 1 + length].decode("latin-1")
