"""A look into the package of a workbook before it is opened: bombs, and what the reader behind it does not tell.

A few kilobytes of XLSX can ask for more memory than any machine has: one cell in the far corner of the grid, a false
count of texts, a megabyte of zeros packed into nothing. Each of these ends the whole process, so it is looked for in
the packed file first, in pieces of bounded size.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from caseaudit.errors import UnreadableExport
from caseaudit.reading import limits
from caseaudit.reading.binary import hidden_and_wrong, sheet_parts, xlsb_from_1904
from caseaudit.reading.longsheets import excerpt
from caseaudit.reading.references import column_number

_PIECE = 2**20
_TAG = 4096
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]+)(\d+)")
_ODD_CELL = r'<c(?:[^a-zA-Z ]| [^r]| r[^=]| r=[^"]| r="(?:[^A-Z]|[A-Z](?:[^0-9]|[0-9]{7})))'
"""A cell not written as nearly every program writes it, or one beyond column Z or row 999,999."""
_REMARKABLE = r'hidden|t="e"|:c[^a-zA-Z]'
"""A hidden row, an error, or a cell with a prefix before its name."""
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\bhidden\s*=\s*[\"'](?:1|true)")
_STYLED = re.compile(rb'<(?:\w+:)?c\s+r="([A-Z]{1,3})(\d+)"[^>]*?\bs="(\d+)"')
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"'](\d+)")
_REPEAT = re.compile(rb"number-(?:rows|columns)-repeated=\"(\d+)\"")
_ODS_ERROR = re.compile(rb"<table:table\s|<table:table-cell\s[^<>]*?\bcalcext:value-type=\"error\"")
"""The beginning of a sheet of an ODS, or a cell with an error as LibreOffice marks it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of one sheet's part of the package.

    Attributes:
        hidden_rows: how many rows are hidden.
        errors: how many cells hold an error such as #N/A.
        zeros: (row from 1, column from 0) → digits shown, for numbers whose format shows leading zeros.
    """

    hidden_rows: int = 0
    errors: int = 0
    zeros: Mapping[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Package:
    """What is known of a workbook.

    Attributes:
        parts: its sheets by name.
        members: the member of the package that holds each of them.
        excerpts: of the sheets that are long, the XML of the first rows; they were not looked into.
        zeros: cell styles whose number format is nothing but zeros: style → how many.
        from_1904: whether it counts days from 1904.
        safe: whether it was looked through for what would take too much memory to open.
    """

    parts: Mapping[str, Part] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)
    excerpts: Mapping[str, bytes] = field(default_factory=dict)
    zeros: Mapping[int, int] = field(default_factory=dict)
    from_1904: bool = False
    safe: bool = False


def look_into(data: bytes, name: str, long_sheet: float) -> Package:
    """Look into an XLSX, XLSM, XLSB or ODS package.

    Args:
        data: the file.
        name: file as messages name it.
        long_sheet: bytes of XML from which on a sheet is long.

    Raises:
        UnreadableExport: it is damaged, protected, or would take too much memory to open.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            check_members(package, name, limits.WORKBOOK_LIMIT)
            return _look(package, name, long_sheet)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        raise UnreadableExport(
            f"{name} is a damaged or cut-off workbook; copy or export it again, or open and save it in Excel."
        ) from None


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
        raise _bomb(name)


def _bomb(name: str) -> UnreadableExport:
    return UnreadableExport(
        f"{name} would unpack to far more than an export holds and was not opened; save it again, or export it as CSV."
    )


def _look(package: zipfile.ZipFile, name: str, long_sheet: float) -> Package:
    members = set(package.namelist())
    for member in members:
        if member.endswith((".xml", ".rels")):
            _check_xml(package, member, name)
    if "content.xml" in members:
        _check_repeats(package, name)
    if {"xl/workbook.bin", "xl/_rels/workbook.bin.rels"} <= members:
        return _look_at_binary(package, members)
    if "xl/workbook.xml" not in members:
        return Package(_ods_parts(package) if "content.xml" in members else {})
    workbook = package.read("xl/workbook.xml")
    zeros = _zero_formats(package.read("xl/styles.xml")) if "xl/styles.xml" in members else {}
    sheets = _sheet_parts(package, workbook, members)
    parts, excerpts = {}, {}
    for member in members:
        if not (member.startswith("xl/worksheets/") and member.endswith(".xml")):
            continue
        names = [sheet for sheet, path in sheets.items() if path == member]
        long = names and package.getinfo(member).file_size >= long_sheet
        some = excerpt(package, member) if long else None
        part = _look_at_sheet(_pieces(package, member) if some is None else [some], name, zeros)
        parts.update(dict.fromkeys(names, part))
        excerpts.update({} if some is None else dict.fromkeys(names, some))
    from_1904 = bool(re.search(rb"<(?:\w+:)?workbookPr\s[^>]*date1904=\"(?:1|true)\"", workbook))
    return Package(parts, sheets, excerpts, zeros, from_1904, safe=bool(parts))


def _look_at_binary(package: zipfile.ZipFile, members: set[str]) -> Package:
    parts = {
        sheet: Part(*hidden_and_wrong(package.read(member)))
        for sheet, member in sheet_parts(package).items()
        if member in members and package.getinfo(member).file_size <= limits.BINARY_LOOK
    }
    return Package(parts, from_1904=xlsb_from_1904(package.read("xl/workbook.bin")))


def _pieces(package: zipfile.ZipFile, member: str) -> Iterator[bytes]:
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


def _check_xml(package: zipfile.ZipFile, member: str, name: str) -> None:
    """No document type (entities that unfold without end), no encoding in which the look would be blind."""
    with package.open(member) as file:
        head = file.read(4096)
    counts = [int(count) for count in re.findall(rb"\b(?:unique)?[cC]ount\s*=\s*[\"'](\d{1,30})", head[:2048])]
    size = package.getinfo(member).file_size
    if b"<!DOCTYPE" in head or head[:2] in {b"\xfe\xff", b"\xff\xfe"} or b"\0" in head[:64]:
        raise _bomb(name)
    if member.endswith("sharedStrings.xml") and any(count > size * 10 for count in counts[:1]):
        raise _bomb(name)
    if member.endswith("sharedStrings.xml") and any(count > size for count in counts[1:2]):
        raise _bomb(name)


def _check_repeats(package: zipfile.ZipFile, name: str) -> None:
    """ODS writes "the same again" as a number; a repeated row that holds something unfolds to that many rows."""
    for piece in _pieces(package, "content.xml"):
        for row in re.finditer(rb"<table:table-row\b([^>]*)>(.{0,2000})", piece, re.DOTALL):
            times = _REPEAT.search(row.group(1))
            holds = b"office:value" in row.group(2).split(b"</table:table-row", 1)[0]
            if times and holds and int(times.group(1)) > 100_000:
                raise _bomb(name)


def _ods_parts(package: zipfile.ZipFile) -> dict[str, Part]:
    """The sheets of an ODS that hold errors: the reader behind us hands those out as blanks."""
    errors: Counter[str] = Counter()
    sheet = ""
    for piece in _pieces(package, "content.xml"):
        for found in _ODS_ERROR.finditer(piece):
            tag = piece[found.start() : found.start() + _TAG].partition(b">")[0]
            if tag.startswith(b"<table:table-cell"):
                times = _attribute(tag, b"table:number-columns-repeated")[:5]
                errors[sheet] += int(times) if times.isdecimal() else 1
            else:
                sheet = html.unescape(_attribute(tag, b"table:name"))
    return {name: Part(errors=count) for name, count in errors.items()}


def _look_at_sheet(pieces: Iterable[bytes], name: str, zeros: Mapping[int, int]) -> Part:
    import polars as pl

    hidden = errors = 0
    shown: dict[tuple[int, int], int] = {}
    columns: set[bytes] = set()
    last, seen = 0, False
    for piece in pieces:
        if not seen and b"<!DOCTYPE" in piece:
            raise _bomb(name)
        seen = True
        # The engine of Polars goes through a sheet several times as quickly as that of Python.
        text = pl.Series([piece.decode(errors="replace")])
        remarkable = text.str.contains(_REMARKABLE)[0]
        if remarkable or text.str.contains(_ODD_CELL)[0]:
            cells = _CELL.findall(piece)
            columns.update(column for column, _ in cells)
            last = max(last, max((int(row[:9]) for _, row in cells), default=0))
        rows = _ROW.findall(piece[-4096:])
        last = max(last, *map(int, rows)) if rows else last
        if remarkable:
            hidden += len(_HIDDEN_ROW.findall(piece))
            errors += piece.count(b't="e"')
        if zeros:
            for column, row, style in _STYLED.findall(piece):
                if digits := zeros.get(int(style)):
                    shown[int(row), column_number(column)] = digits
    check_extent(max([0, *(column_number(column.upper()) + 1 for column in columns)]), last, name)
    return Part(hidden, errors, shown)


def check_extent(columns: int, rows: int, name: str) -> None:
    """Refuse a sheet that reaches beyond Excel's grid, or whose cells lie so far apart that it would not fit in memory.

    Raises:
        UnreadableExport: it does.
    """
    if columns > limits.EXCEL_COLUMNS or rows > limits.EXCEL_ROWS or columns * rows > limits.CELL_LIMIT:
        raise _bomb(name)


def _zero_formats(styles: bytes) -> dict[int, int]:
    """Cell styles whose number format is nothing but zeros: style → how many."""
    formats = {
        int(number): len(code)
        for number, code in re.findall(rb'<(?:\w+:)?numFmt\s+numFmtId="(\d+)"\s+formatCode="(0{2,30})"', styles)
    }
    found = re.search(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", styles, re.DOTALL)
    if not formats or not found:
        return {}
    used = re.findall(rb'<(?:\w+:)?xf\b[^>]*?numFmtId="(\d+)"', found.group())
    return {at: formats[int(number)] for at, number in enumerate(used) if int(number) in formats}


def _sheet_parts(package: zipfile.ZipFile, workbook: bytes, members: set[str]) -> dict[str, str]:
    """Name of each sheet → member that holds it."""
    if "xl/_rels/workbook.xml.rels" not in members:
        return {}
    targets = {}
    for tag in re.findall(rb"<(?:\w+:)?Relationship\s[^>]*>", package.read("xl/_rels/workbook.xml.rels")):
        target = _attribute(tag, b"Target").lstrip("/")
        targets[_attribute(tag, b"Id")] = target if target.startswith("xl/") else f"xl/{target}"
    return {
        html.unescape(_attribute(tag, b"name")): targets.get(_attribute(tag, rb"\w+:id"), "")
        for tag in re.findall(rb"<(?:\w+:)?sheet\s[^>]*>", workbook)
    }


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s%b\s*=\s*(?:\"([^\"]*)\"|'([^']*)')" % name, tag)
    return (found.group(1) or found.group(2) or b"").decode(errors="replace") if found else ""
