"""What the workbook reader does not tell of an XLSB: the 1904 calendar, what is hidden, errors, leading zeros.

An XLSB is a ZIP of parts in BIFF12 ([MS-XLSB]), each a row of records with number and length.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping

from caseaudit.reading.markup import attribute
from caseaudit.reading.parts import Package, Part
from caseaudit.reading.repacking import repacked
from caseaudit.reading.styles import zero_styles

_ROW, _RK, _ERROR, _REAL, _FORMULA_NUMBER, _FORMULA_ERROR, _COLUMNS = 0, 2, 3, 5, 9, 11, 60
_FORMAT, _STYLE, _PROPERTIES, _SHEET, _STYLES_BEGIN, _STYLES_END = 44, 47, 153, 156, 617, 618
_MERGED, _RICH = 176, 62
_CELLS, _SHORT = frozenset({*range(1, 12), _RICH}), range(12, 19)
"""Records of cells, and those of cells that leave out their column: it is the one after the last."""
_TO_LONG = 11
"""What to take from the number of such a record for that of the same cell with its column."""
_NUMBERS = frozenset({_RK, _REAL, _FORMULA_NUMBER})
_HIDDEN_ROW = 0x10


def look(package: zipfile.ZipFile, members: set[str]) -> Package:
    """Look through the sheets of an XLSB.

    Args:
        package: the workbook.
        members: the names of all that is in it.
    """
    zeros = _zero_styles(package.read("xl/styles.bin")) if "xl/styles.bin" in members else {}
    found: dict[str, Part] = {}
    written: dict[str, bytes] = {}
    sheets = {name: member for name, member in sheet_parts(package).items() if member in members}
    for member in dict.fromkeys(sheets.values()):
        sheet = package.read(member)
        found[member], placed = look_at_sheet(sheet, zeros)
        if not placed:
            written[member] = in_long_records(sheet)
            found[member], _ = look_at_sheet(written[member], zeros)
    parts = {name: found[member] for name, member in sheets.items()}
    data = repacked(package, written) if written else None
    return Package(parts, from_1904=_from_1904(package.read("xl/workbook.bin")), data=data)


def sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet → the member of the package that holds it."""
    targets = {
        attribute(tag, b"Id"): attribute(tag, b"Target").lstrip("/").removeprefix("xl/")
        for tag in re.findall(rb"<(?:\w+:)?Relationship\s[^>]*>", package.read("xl/_rels/workbook.bin.rels"))
    }
    found = {}
    for kind, data in records(package.read("xl/workbook.bin")):
        if kind == _SHEET:
            relation, rest = _text(data[8:])
            found[_text(rest)[0]] = posixpath.normpath(posixpath.join("xl", targets.get(relation, "")))
    return found


def look_at_sheet(sheet: bytes, zeros: Mapping[int, int]) -> tuple[Part, bool]:
    """What is noticed on a sheet, and whether each of its cells has its column.

    Args:
        sheet: its records.
        zeros: cell styles whose number format shows leading zeros: style → digits.
    """
    part = Part()
    row, placed = 0, True
    for kind, data in records(sheet):
        if kind == _ROW and len(data) > 11:
            row = int.from_bytes(data[:4], "little") + 1
            part.hidden_rows += bool(data[11] & _HIDDEN_ROW)
        elif kind in {_ERROR, _FORMULA_ERROR}:
            part.errors.add((row, int.from_bytes(data[:4], "little")))
        elif zeros and kind in _NUMBERS and (digits := zeros.get(int.from_bytes(data[4:7], "little"))):
            part.zeros[row, int.from_bytes(data[:4], "little")] = digits
        elif kind == _COLUMNS and len(data) > 16 and data[16] & 1:
            first, last = (int.from_bytes(data[at : at + 4], "little") for at in (0, 4))
            part.hidden_columns.append((first, last))
        elif kind == _MERGED and len(data) > 15:
            top, bottom, left, right = (int.from_bytes(data[at : at + 4], "little") for at in (0, 4, 8, 12))
            part.merges.append(((top, left), (bottom, right)))
        elif kind in _SHORT:
            placed = False
    return part, placed


def in_long_records(sheet: bytes) -> bytes:
    """A sheet in whose records each cell has its column.

    The reader behind us passes over the cells that leave it out, as some programs let them.
    """
    out = bytearray()
    column = -1
    for kind, data in records(sheet):
        if kind in _SHORT:
            column += 1
            out += _number_and_length(kind - _TO_LONG, len(data) + 4) + column.to_bytes(4, "little") + data
            continue
        if kind == _ROW:
            column = -1
        elif kind in _CELLS:
            column = int.from_bytes(data[:4], "little")
        out += _number_and_length(kind, len(data)) + data
    return bytes(out)


def _number_and_length(kind: int, length: int) -> bytes:
    head = bytearray([kind] if kind < 128 else [kind & 0x7F | 0x80, kind >> 7])
    while length > 0x7F:
        head.append(length & 0x7F | 0x80)
        length >>= 7
    return bytes([*head, length])


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and data of each record of a part; what is cut off at the end is left out."""
    at, end = 0, len(part)
    while at < end:
        kind = part[at]
        at += 1
        if kind & 0x80:
            if at >= end:
                return
            kind = kind & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        length, low = 0, 0x80
        for shift in (0, 7, 14, 21):
            if not low & 0x80:
                break
            if at >= end:
                return
            low = part[at]
            at += 1
            length |= (low & 0x7F) << shift
        if at + length > end:
            return
        yield kind, part[at : at + length]
        at += length


def _from_1904(workbook: bytes) -> bool:
    return any(kind == _PROPERTIES and data[:1] and data[0] & 1 for kind, data in records(workbook))


def _zero_styles(styles: bytes) -> dict[int, int]:
    codes: dict[int, str] = {}
    used: list[int] = []
    inside = False
    for kind, data in records(styles):
        if kind in {_STYLES_BEGIN, _STYLES_END}:
            inside = kind == _STYLES_BEGIN
        elif kind == _FORMAT:
            codes.setdefault(int.from_bytes(data[:2], "little"), _text(data[2:])[0])
        elif kind == _STYLE and inside:
            used.append(int.from_bytes(data[2:4], "little"))
    return zero_styles([(number, codes.get(number)) for number in used])


def _text(data: bytes) -> tuple[str, bytes]:
    """A text with its length before it, and what follows it."""
    length = int.from_bytes(data[:4], "little")
    if length == 0xFFFFFFFF:  # a text that may be missing, and is
        return "", data[4:]
    return data[4 : 4 + 2 * length].decode("utf-16-le", errors="replace"), data[4 + 2 * length :]
