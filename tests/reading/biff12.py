"""A minimal XLSB workbook written record by record ([MS-XLSB]), since no library here writes one."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BIN = "application/vnd.ms-excel"


@dataclass(frozen=True)
class Shared:
    """A text that stands in the table of shared strings."""

    text: str


@dataclass(frozen=True)
class Day:
    """A day as a serial number under a date format."""

    serial: float


@dataclass(frozen=True)
class Whole:
    """A whole number packed as spreadsheets pack small ones (RK)."""

    number: int


@dataclass(frozen=True)
class Digits:
    """A whole number under the format 00000."""

    number: int


class Wrong:
    """An error cell: #N/A."""


Cell = str | float | bool | None | Shared | Day | Whole | Digits | Wrong


def xlsb(
    *rows: tuple[Cell, ...],
    name: str = "Cases",
    from_1904: bool = False,
    hidden_row: int = 0,
    hidden_columns: tuple[int, int] | None = None,
    merged: tuple[int, int, int, int] | None = None,
    short: bool = False,
) -> bytes:
    """A workbook of one sheet, its first row in row 1.

    Args:
        rows: the cells.
        name: of the sheet.
        from_1904: whether it counts days from 1904.
        hidden_row: row from 1 that is hidden.
        hidden_columns: first and last column that are, from 0.
        merged: first and last row, first and last column of merged cells, from 0.
        short: write the cells in records that leave out their column, where it is the next one.
    """
    texts = list(dict.fromkeys(cell.text for row in rows for cell in row if isinstance(cell, Shared)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _types())
        package.writestr("_rels/.rels", _relations(("officeDocument", "xl/workbook.bin")))
        parts = (
            ("worksheet", "worksheets/sheet1.bin"), ("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin"),
        )  # fmt: skip
        package.writestr("xl/_rels/workbook.bin.rels", _relations(*parts))
        package.writestr("xl/workbook.bin", _workbook(name, from_1904=from_1904))
        package.writestr("xl/styles.bin", _styles())
        package.writestr("xl/sharedStrings.bin", _strings(texts))
        package.writestr("xl/worksheets/sheet1.bin", _sheet(rows, texts, hidden_row, hidden_columns, merged, short))
    return out.getvalue()


def _types() -> str:
    kinds = {"workbook": "sheet.binary.macroEnabled.main", "worksheets/sheet1": "worksheet", "styles": "styles"}
    kinds |= {"sharedStrings": "sharedStrings"}
    named = "".join(f'<Override PartName="/xl/{part}.bin" ContentType="{BIN}.{kind}"/>' for part, kind in kinds.items())
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{named}</Types>'
    )


def _relations(*parts: tuple[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(parts, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def record(kind: int, data: bytes = b"") -> bytes:
    """One record: its number and its length, seven bits to a byte, then its data."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(data), b""
    while True:
        size, low = size >> 7, size & 0x7F
        length += bytes([low | (0x80 if size else 0)])
        if not size:
            return head + length + data


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _workbook(name: str, *, from_1904: bool) -> bytes:
    properties = struct.pack("<II", int(from_1904), 0) + _text("")
    sheet = struct.pack("<II", 0, 1) + _text("rId1") + _text(name)
    return record(131) + record(153, properties) + record(143) + record(156, sheet) + record(144) + record(132)


def _styles() -> bytes:
    """Three cell formats: general, format 14, a day, and one of the workbook's own, five digits."""
    font = record(
        43, struct.pack("<HHHHBBBB8s", 220, 0, 400, 0, 0, 2, 0, 0, b"\1\xff\0\0\0\0\0\xff") + b"\0" + _text("Arial")
    )
    parent = record(47, struct.pack("<HHHHHBBHH", 0xFFFF, 0, 0, 0, 0, 0, 0, 0, 0))
    formats = b"".join(record(47, struct.pack("<HHHHHBBHH", 0, n, 0, 0, 0, 0, 0, 0, 1)) for n in (0, 14, 164))
    own = record(615, struct.pack("<I", 1)) + record(44, struct.pack("<H", 164) + _text("00000")) + record(616)
    one, three = struct.pack("<I", 1), struct.pack("<I", 3)
    fonts = record(611, one) + font + record(612)
    parents = record(626, one) + parent + record(627)
    return record(278) + own + fonts + parents + record(617, three) + formats + record(618) + record(279)


def _strings(texts: list[str]) -> bytes:
    items = b"".join(record(19, b"\0" + _text(text)) for text in texts)
    return record(159, struct.pack("<II", len(texts), len(texts))) + items + record(160)


def _sheet(
    rows: tuple[tuple[Cell, ...], ...],
    texts: list[str],
    hidden_row: int,
    hidden_columns: tuple[int, int] | None,
    merged: tuple[int, int, int, int] | None,
    short: bool,
) -> bytes:
    width = max(map(len, rows))
    body = b"".join(
        record(0, struct.pack("<IIHBBBI", at, 0, 300, 0, 0x10 if at + 1 == hidden_row else 0, 0, 0))
        + b"".join(
            _cell(column, cell, texts, short and (not column or row[column - 1] is not None))
            for column, cell in enumerate(row)
            if cell is not None
        )
        for at, row in enumerate(rows)
    )
    area = struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)
    columns = after = b""
    if merged:
        after = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<IIII", *merged)) + record(178)
    if hidden_columns:
        columns = record(390) + record(60, struct.pack("<IIIIH", *hidden_columns, 2304, 0, 1)) + record(391)
    return record(129) + record(148, area) + columns + record(145) + body + record(146) + after + record(130)


def _cell(column: int, cell: Cell, texts: list[str], short: bool) -> bytes:
    match cell:
        case Shared(text):
            kind, value = 7, struct.pack("<I", texts.index(text))
        case Day(serial):
            kind, value = 5, struct.pack("<d", serial)
        case Whole(number):
            kind, value = 2, struct.pack("<i", number << 2 | 2)
        case Wrong():
            kind, value = 3, b"\x2a"
        case Digits(number):
            kind, value = 2, struct.pack("<i", number << 2 | 2)
        case bool():
            kind, value = 4, bytes([cell])
        case str():
            kind, value = 6, _text(cell)
        case _:
            assert cell is not None
            kind, value = 5, struct.pack("<d", cell)
    style = {Day: 1, Digits: 2}.get(type(cell), 0)
    if short:
        return record(kind + 11, struct.pack("<I", style) + value)
    return record(kind, struct.pack("<II", column, style) + value)
