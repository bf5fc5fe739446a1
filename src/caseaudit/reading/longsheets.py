"""Takes a long sheet of an XLSX apart into cells: where each stands, and what they hold, each different content once.

A sheet of an export repeats its dates and words often. So Polars takes its XML apart, piece by piece, and the different
contents alone are looked at. Where their meaning is evident (contents.py) it is taken from them; the others are put
before the workbook reader, on a small sheet in the place of the long one: number formats, escapes and errors come out
as they do of any sheet. A sheet that is not written as nearly every program writes it is not taken on here and goes
to the workbook reader whole.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from caseaudit.reading.references import column_number, letters_of
from caseaudit.reading.sharedtexts import MEMBER, those_used

if TYPE_CHECKING:
    import polars as pl

_OPEN, _CLOSE, _ROW_ENDS = b"<sheetData>", b"</sheetData>", b"</row>"
_ROW = re.compile(b"<row")
_LAST = 3
"""Pieces at the end of a sheet in which the end of its rows must lie."""
_ROWS = 402
"""Rows from the first cell on that an excerpt holds; a survey looks at 400."""

_CONTENT = (
    r'^(?: [a-z]+="[^"<>]*")*(?:/>|>(?:<v(?: xml:space="preserve")?>[^<]*</v>|<v/>'
    r'|<is>(?:<t(?: xml:space="preserve")?>[^<]*</t>|<t/>)</is>)?</c>)\s*$'
)
"""What stands behind the reference in a cell: attributes, and a value or a text of its own."""
_BETWEEN = r'^(?:\s*<row(?: [\w:]+="[^"<>]*")*\s*(?:/>|>(?:</row>)?))*\s*$'
_HIDDEN = r'<row [^<>]*\bhidden="(?:1|true)"'
_LETTERS, _LETTER_A, _MOST_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", ord("A"), 3
_QUOTE = ord('"')
_LONGEST = 8
"""Letters and digits of a reference to one of the first 26 columns."""
_FORMULA = r"<f(?: [^<>]*)?(?:/>|>[^<]*</f>)"

NOT_WORKED_OUT = r"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v(?:\s*/>|>(0?)</)|</(?:\w+:)?c>)"
"""A formula with no value behind it, or with nought, which some programs write until it is worked out."""

ACROSS = 1024
"""Columns of the small sheet."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a sheet, row by row and from left to right.

    Attributes:
        row: physical row of each cell, from 1 (UInt32).
        column: its column, from 0 (UInt32).
        code: the place in `contents` of what it holds (UInt32).
        width: columns up to the last that has a cell.
        contents: the different contents, as XML between the reference and the next cell.
        hidden_rows: how many rows are hidden.
    """

    row: pl.Series
    column: pl.Series
    code: pl.Series
    width: int
    contents: pl.Series
    hidden_rows: int


def excerpt(sheet: Iterable[bytes]) -> bytes | None:
    """The XML of a sheet with its first few hundred rows alone, and whatever stands before and after the rows.

    None for a sheet that is not written as nearly every program writes it.

    Args:
        sheet: its XML in pieces.
    """
    pieces = iter(sheet)
    head, stop = b"", None
    while stop is None and (piece := next(pieces, b"")):
        head += piece
        rows = _ROW.finditer(head, max(head.find(b"<c "), 0))
        stop = next((row.start() for row in islice(rows, _ROWS, None)), None)
    last = deque([head], _LAST)
    last.extend(pieces)  # to the end, where merged cells are listed
    end = b"".join(last)
    first_rows = head[:stop].partition(_CLOSE)[0]
    cut, rest = first_rows.rfind(_ROW_ENDS), end.rfind(_CLOSE)
    if head.count(_OPEN) != 1 or cut < 0 or rest < 0:
        return None
    return first_rows[: cut + len(_ROW_ENDS)] + end[rest:]


def taken_apart(sheet: Iterable[bytes]) -> Cells | None:
    """Every cell of a sheet; None for a sheet that is not written as nearly every program writes it.

    Args:
        sheet: its XML in pieces.
    """
    import polars as pl

    texts = pl.Categorical(pl.Categories.random())
    pieces: list[pl.DataFrame] = []
    hidden = last_row = 0
    for whole_rows in _rows(sheet):
        found = None if whole_rows is None else _cells(whole_rows)
        if found is None:
            return None
        row, column, content, between = found
        if (marked := between.str.contains("hidden", literal=True)).any():
            hidden += int(between.filter(marked).str.count_matches(_HIDDEN).sum())
        if row.is_empty():
            continue
        if row[0] <= last_row:
            return None
        last_row = row[-1]
        pieces.append(pl.DataFrame({"row": row, "column": column, "content": content.cast(texts)}))
    if not pieces:
        return None
    whole = pl.concat(pieces)
    contents, code = _numbered(whole["content"])
    missing = False
    if contents.str.contains("<f", literal=True).any():  # what a formula comes to stands behind it
        missing = (contents.str.contains(NOT_WORKED_OUT) & ~contents.str.contains(' t="str"', literal=True)).any()
        contents, again = _numbered(contents.str.replace(_FORMULA, "").cast(pl.Categorical(pl.Categories.random())))
        code = again.gather(code)
    if missing or not contents.str.contains(_CONTENT).all():
        return None
    rows, columns = whole["row"], whole["column"]
    return Cells(rows, columns, code, 1 + columns.to_frame().max().item(), contents, hidden)


def _rows(sheet: Iterable[bytes]) -> Iterator[bytes | None]:
    """The rows' XML in pieces that end where a row ends; None where the rows do not begin or end as expected."""
    pieces = iter(sheet)
    _, begins, rest = next(pieces, b"").partition(_OPEN)
    if not begins:
        yield None
        return
    for piece in pieces:
        if (cut := piece.rfind(_ROW_ENDS) + len(_ROW_ENDS)) >= len(_ROW_ENDS):
            yield b"".join([rest, memoryview(piece)[:cut]])
            rest = piece[cut:]
        else:
            rest += piece
    end = rest.rfind(_CLOSE)
    yield rest[:end] if end >= 0 else None


def _cells(rows: bytes) -> tuple[pl.Series, pl.Series, pl.Series, pl.Series] | None:
    """Row, column and content of each cell, and what stands between the rows; None for what is no plain row."""
    import polars as pl

    try:
        parts = pl.Series("cell", [rows.decode()]).str.split('<c r="').explode()
    except UnicodeDecodeError:
        return None
    cells = parts.slice(1)
    row, column, content = _placed(cells)
    # Series by series: an engine that runs expressions side by side takes longer to wake than a piece is worth.
    next_row, next_column = row.shift(-1), column.shift(-1)
    if (
        any(one.has_nulls() for one in (row, column, content))
        or not ((row < next_row) | ((row == next_row) & (column < next_column))).all()
    ):
        return None  # no plain reference, in another order, or twice
    # The last cell of a row has the end of its row behind it, and the beginning of the next.
    last = row.ne_missing(next_row).arg_true()
    ends = content.gather(last).str.splitn("</row>", 2).struct.unnest()
    between = pl.concat([parts.head(1), ends["field_1"].rename("cell")])
    if between.has_nulls() or not between.str.contains(_BETWEEN).all():
        return None
    return row, column, content.scatter(last, ends["field_0"]), between


def _placed(cells: pl.Series) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Row and column of each cell, and what stands behind its reference; null where that is no plain one."""
    import polars as pl

    # References are of one length but where rows reach another power of ten, or columns lie beyond Z.
    lengths = {cell.find('"') for cell in (cells[0], cells[-1])} if len(cells) else set()
    if len(lengths) == 1 and 1 < (length := lengths.pop()) <= _LONGEST:
        octets = cells.cast(pl.Binary).bin
        row = cells.str.slice(1, length - 1).cast(pl.UInt32, strict=False)
        column = octets.get(0, null_on_oob=True).cast(pl.UInt32) - _LETTER_A
        quoted = octets.get(length, null_on_oob=True).eq_missing(_QUOTE)
        plain = (row >= 10 ** (length - 2)) & (column < len(_LETTERS)) & quoted
        if not row.has_nulls() and plain.all():
            return row, column, cells.str.slice(length + 1)
    reference, content = cells.str.splitn('"', 2).struct.unnest().get_columns()
    bare = reference.str.strip_chars_start(_LETTERS)
    letters = reference.str.head(reference.str.len_bytes() - bare.str.len_bytes())
    names, place = _numbered(letters.cast(pl.Categorical(pl.Categories.random())))
    numbers = [column_number(name.encode()) if 0 < len(name) <= _MOST_LETTERS else None for name in names]
    column = pl.Series(numbers, dtype=pl.UInt32).gather(place)
    return bare.cast(pl.UInt32, strict=False).set(bare.str.starts_with("+"), None), column, content


def _numbered(column: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The different texts of a Categorical, and for each row the place of its text among them (UInt32)."""
    import polars as pl

    different = column.unique()
    physical = different.to_physical()
    places = pl.int_range(len(different), dtype=pl.UInt32, eager=True)
    by_physical = pl.zeros(int(physical.to_frame().max().item() or 0) + 1, dtype=pl.UInt32, eager=True)
    return different.cast(pl.String), by_physical.scatter(physical, places).gather(column.to_physical())


def small_sheet(contents: pl.Series, around: bytes) -> bytes:
    """The XML of a sheet with one cell for each of the contents, ACROSS to a row, AROUND being an excerpt of it."""
    import polars as pl

    names = pl.Series([letters_of(number) for number in range(ACROSS)])
    at = pl.int_range(len(contents), dtype=pl.UInt32, eager=True)
    cells = pl.DataFrame({"letters": names.gather(at % ACROSS), "row": at // ACROSS + 1, "content": contents})
    cell = pl.format('<c r="{}{}"{}', "letters", "row", "content").str.join("")
    rows = (
        cells.group_by("row", maintain_order=True)
        .agg(cells=cell)
        .select(pl.format('<row r="{}">{}</row>', "row", "cells").str.join(""))
    )
    begin, end = around.index(_OPEN) + len(_OPEN), around.rindex(_CLOSE)
    return around[:begin] + str(rows.item()).encode() + around[end:]


def with_parts(package: zipfile.ZipFile, parts: Mapping[str, bytes]) -> bytes:
    """The package with other XML in the place of some members, and without pictures and the like.

    Shared texts that none of its sheets use any more are left out, unless PARTS has those of its own.
    """
    members = {
        member: parts.get(member) or package.read(member)
        for member in package.namelist()
        if member.endswith((".xml", ".rels"))
    }
    if MEMBER in members and MEMBER not in parts:
        members[MEMBER] = those_used(members[MEMBER], (xml for name, xml in members.items() if name != MEMBER))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as small:
        for member, xml in members.items():
            small.writestr(member, xml)
    return out.getvalue()
