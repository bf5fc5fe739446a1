"""What the reader behind us does not tell of binary workbooks: the 1904 calendar, hidden rows, cells with an error.

XLSB is a ZIP of parts in BIFF12 ([MS-XLSB]), a row of records each with its number and length; XLS is BIFF8 in one file
([MS-XLS]).
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator

_ROW, _ERROR, _FORMULA_ERROR = 0, 3, 11
_PROPERTIES, _SHEET = 153, 156
_HIDDEN_ROW = 0x10
_DATE_MODE_1904 = b"\x22\x00\x02\x00\x01\x00"


def xls_from_1904(data: bytes) -> bool:
    """Whether an XLS counts days from 1904: its record DATEMODE, number 0x22, holds 1."""
    return _DATE_MODE_1904 in data


def xlsb_from_1904(workbook: bytes) -> bool:
    """Whether an XLSB counts days from 1904, by its part workbook.bin."""
    return any(kind == _PROPERTIES and data[:1] and data[0] & 1 for kind, data in records(workbook))


def sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet of an XLSB → the member of the package that holds it."""
    relations = package.read("xl/_rels/workbook.bin.rels").decode(errors="replace")
    targets = {
        key.group(1): html.unescape(target.group(1)).lstrip("/").removeprefix("xl/")
        for one in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", relations)
        if (key := re.search(r'\bId="([^"]*)"', one)) and (target := re.search(r'\bTarget="([^"]*)"', one))
    }
    found = {}
    for kind, data in records(package.read("xl/workbook.bin")):
        if kind == _SHEET:
            relation, rest = _text(data[8:])
            found[_text(rest)[0]] = posixpath.normpath(posixpath.join("xl", targets.get(relation, "")))
    return found


def hidden_and_wrong(sheet: bytes) -> tuple[int, int]:
    """How many rows of an XLSB sheet are hidden, and how many of its cells hold an error such as #N/A."""
    hidden = wrong = 0
    for kind, data in records(sheet):
        if kind == _ROW and len(data) > 11 and data[11] & _HIDDEN_ROW:
            hidden += 1
        elif kind in {_ERROR, _FORMULA_ERROR}:
            wrong += 1
    return hidden, wrong


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


def _text(data: bytes) -> tuple[str, bytes]:
    """A text with its length before it, and what follows it."""
    length = int.from_bytes(data[:4], "little")
    if length == 0xFFFFFFFF:  # a text that may be missing, and is
        return "", data[4:]
    return data[4 : 4 + 2 * length].decode("utf-16-le", errors="replace"), data[4 + 2 * length :]
