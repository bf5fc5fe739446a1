"""The sheets of an XLSX or XLSM: where each stands in the package, and what is noticed in its XML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping

from caseaudit.reading.bombs import bomb, check_extent, pieces
from caseaudit.reading.longsheets import NOT_WORKED_OUT, excerpt
from caseaudit.reading.markup import attribute
from caseaudit.reading.parts import Package, Part
from caseaudit.reading.references import column_number
from caseaudit.reading.styles import STYLES, number_formats, zero_styles
from caseaudit.reading.unpacking import Unpacked

_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]+)(\d+)")
_ODD_CELL = r'<c(?:[^a-zA-Z ]| [^r]| r[^=]| r=[^"]| r="(?:[^A-Z]|[A-Z](?:[^0-9]|[0-9]{7})))'
"""A cell not written as nearly every program writes it, or one beyond column Z or row 999,999."""
_REMARKABLE = r"""hidden|t\s*=\s*["']e["']|:c[^a-zA-Z]|""" + NOT_WORKED_OUT
"""A hidden row or column, an error, a cell with a prefix before its name, a formula that may not be worked out."""
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\bhidden\s*=\s*[\"'](?:1|true)")
_HIDDEN_COLUMNS = re.compile(rb"<(?:\w+:)?col\s[^>]*?\bhidden\s*=\s*[\"'](?:1|true)[^>]*>")
_WRONG = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?t\s*=\s*[\"']e[\"'][^>]*>")
_STYLED = re.compile(rb'<(?:\w+:)?c\s+r="([A-Z]{1,3})(\d+)"[^>]*?\bs="(\d+)"')
_FORMULA_CELL = re.compile(rb"(<(?:\w+:)?c(?:\s[^>]*)?(?<!/)>)\s*" + NOT_WORKED_OUT.encode())
_ANY_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*>")
_BLANK_CELL = re.compile(rb"<(?:\w+:)?c(?:\s+[\w:]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*(?:/>|></(?:\w+:)?c>)")
"""A cell with a format alone, such as some programs write down to the last row; the reader passes over it."""
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"'](\d+)[^>]*(?<!/)>(?!</)")
_PLACED_BY_ORDER = re.compile(rb"<(?:\w+:)?(?:c|row)(?=[\s/>])(?![^>]*\sr\s*=)")
"""A cell or a row that does not tell where it stands."""


def look(package: zipfile.ZipFile, members: set[str], name: str, long_sheet: float) -> Package:
    """Look through every sheet that is not long, and into the beginning of the long ones.

    Args:
        package: the workbook.
        members: the names of all that is in it.
        name: file as messages name it.
        long_sheet: bytes of XML from which on a sheet is long.

    Raises:
        UnreadableExport: a sheet would take too much memory to open.
    """
    workbook = package.read("xl/workbook.xml")
    zeros = zero_styles(number_formats(package.read(STYLES))) if STYLES in members else {}
    # So it is written by programs that do not work formulas out; a spreadsheet program does, and leaves it out.
    uncalculated = bool(re.search(rb"<(?:\w+:)?calcPr\s[^>]*fullCalcOnLoad\s*=\s*[\"'](?:1|true)", workbook))
    sheets = _sheet_parts(package, workbook, members)
    named: dict[str, list[str]] = {}
    for sheet, member in sheets.items():
        named.setdefault(member, []).append(sheet)
    parts, excerpts, unpacked = {}, {}, Unpacked()
    safe = True
    for member in members:
        if not (member.endswith(".xml") and (member in named or member.startswith("xl/worksheets/"))):
            continue
        names = named.get(member, [])
        long = names and package.getinfo(member).file_size >= long_sheet
        some = excerpt(unpacked.first(package, member)) if long else None
        if some is None:
            unpacked.let_go(member)
        part, placed = _look_at_sheet(pieces(package, member) if some is None else [some], name, zeros, uncalculated)
        safe = safe and placed
        parts.update(dict.fromkeys(names, part))
        excerpts.update({} if some is None else dict.fromkeys(names, some))
    from_1904 = bool(re.search(rb"<(?:\w+:)?workbookPr\s[^>]*date1904\s*=\s*[\"'](?:1|true)[\"']", workbook))
    return Package(parts, sheets, excerpts, zeros, from_1904, uncalculated, safe and bool(parts), unpacked=unpacked)


def _look_at_sheet(
    sheet: Iterable[bytes], name: str, zeros: Mapping[int, int], uncalculated: bool
) -> tuple[Part, bool]:
    """What is noticed on a sheet, and whether its cells tell where they stand, so that its extent is known."""
    import polars as pl

    part = Part()
    columns: set[bytes] = set()
    last, seen, placed = 0, False, True
    for piece in sheet:
        if not seen and b"<!DOCTYPE" in piece:
            raise bomb(name)
        seen = True
        # The engine of Polars goes through a sheet several times as quickly as that of Python.
        text = pl.Series([piece.decode(errors="replace")])
        remarkable, odd = (text.str.contains(pattern)[0] for pattern in (_REMARKABLE, _ODD_CELL))
        if remarkable or odd:
            cells = _CELL.findall(_BLANK_CELL.sub(b"", piece))
            columns.update(column for column, _ in cells)
            last = max(last, max((int(row[:9]) for _, row in cells), default=0))
            placed = placed and not _PLACED_BY_ORDER.search(piece)
        rows = _ROW.findall(piece[-4096:])
        last = max(last, *map(int, rows)) if rows else last
        if remarkable:
            _notice(piece, part, uncalculated=uncalculated)
        if zeros:
            styled = _styled_oddly(piece) if odd else _STYLED.findall(piece)
            for column, row, style in styled:
                if digits := zeros.get(int(style)):
                    part.zeros[int(row), column_number(column)] = digits
    check_extent(max([0, *(column_number(column.upper()) + 1 for column in columns)]), last, name)
    return part, placed


def _styled_oddly(piece: bytes) -> Iterator[tuple[bytes, bytes, str]]:
    """Column, row and style of each cell, in whatever order it has them."""
    for tag in _ANY_CELL.findall(piece):
        style, place = attribute(tag, b"s"), _CELL.match(tag)
        if place and style.isdecimal():
            yield place.group(1).upper(), place.group(2)[:9], style


def _notice(piece: bytes, part: Part, *, uncalculated: bool) -> None:
    """Add hidden rows and columns, errors and formulas that are not worked out to what is known of a sheet."""
    part.hidden_rows += len(_HIDDEN_ROW.findall(piece))
    for tag in _HIDDEN_COLUMNS.findall(piece):
        first, last = (attribute(tag, name) for name in (b"min", b"max"))
        if first.isdecimal() and last.isdecimal():
            part.hidden_columns.append((int(first[:9]) - 1, int(last[:9]) - 1))
    for tag in _WRONG.findall(piece):
        part.errors.add(_place(tag))
    for tag, value in _FORMULA_CELL.findall(piece):
        if attribute(tag, b"t") not in {"e", "str"} and (uncalculated or not value):  # a text may well be empty
            part.formulas.add(_place(tag))


def _place(tag: bytes) -> tuple[int, int] | None:
    """Row from 1 and column from 0 of a cell, where it tells."""
    place = _CELL.match(tag)
    return (int(place.group(2)[:9]), column_number(place.group(1).upper())) if place else None


def _sheet_parts(package: zipfile.ZipFile, workbook: bytes, members: set[str]) -> dict[str, str]:
    """Name of each sheet → member that holds it."""
    if "xl/_rels/workbook.xml.rels" not in members:
        return {}
    targets = {}
    written = {member.casefold(): member for member in members}
    for tag in re.findall(rb"<(?:\w+:)?Relationship\s[^>]*>", package.read("xl/_rels/workbook.xml.rels")):
        target = attribute(tag, b"Target").lstrip("/")
        target = target if target.startswith("xl/") else f"xl/{target}"
        targets[attribute(tag, b"Id")] = written.get(target.casefold(), target)
    return {
        attribute(tag, b"name"): targets.get(attribute(tag, rb"\w+:id"), "")
        for tag in re.findall(rb"<(?:\w+:)?sheet\s[^>]*>", workbook)
    }
