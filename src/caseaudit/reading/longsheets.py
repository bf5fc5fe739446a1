"""Takes a long sheet of an XLSX apart into cells: where each stands, and what they hold, each different content once.

A sheet of an export repeats its dates and words often. So Polars takes its XML apart, piece by piece, and the different
contents alone are looked at. Where their meaning is evident (contents.py) it is taken from them; the others are put
before the workbook reader, on a small sheet in the place of the long one: number formats, escapes and errors come out
as they do of any sheet. A sheet that is not written as nearly every program writes it is not taken on here and goes
to the workbook reader whole.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseaudit.reading.references import column_number, letters_of
from caseaudit.reading.sharedtexts import MEMBER, those_used

if TYPE_CHECKING:
    import polars as pl

_HEAD, _PIECE = 2**19, 2**22
_OPEN, _CLOSE, _ROW_ENDS = b"<sheetData>", b"</sheetData>", b"</row>"
_ROWS = 402
"""Rows from the first cell on that an excerpt holds at least; a survey looks at 400."""

_CONTENT = (
    r'^(?: [a-z]+="[^"<>]*")*(?:/>|>(?:<v(?: xml:space="preserve")?>[^<]*</v>|<v/>'
    r'|<is>(?:<t(?: xml:space="preserve")?>[^<]*</t>|<t/>)</is>)?</c>)\s*$'
)
"""What stands behind the reference in a cell: attributes, and a value or a text of its own."""
_BETWEEN = r'^(?:\s*<row(?: [\w:]+="[^"<>]*")*\s*(?:/>|>(?:</row>)?))*\s*$'
_HIDDEN = r'<row [^<>]*\bhidden="(?:1|true)"'
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
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


def excerpt(package: zipfile.ZipFile, member: str) -> bytes | None:
    """The XML of a sheet with its first few hundred rows alone, and whatever stands before and after the rows.

    None for a sheet that is not written as nearly every program writes it.
    """
    with package.open(member) as file:
        head = file.read(_HEAD)
        while head.count(b"<row", max(head.find(b"<c "), 0)) < _ROWS and (piece := file.read(_HEAD)):
            head += piece
        before, end = b"", head
        while piece := file.read(_PIECE):  # to the end, where merged cells are listed
            before, end = end, piece
    end = before + end
    stop = head.find(_CLOSE)
    cut = head.rfind(_ROW_ENDS, 0, stop if stop >= 0 else len(head))
    rest = end.rfind(_CLOSE)
    if head.count(_OPEN) != 1 or cut < 0 or rest < 0:
        return None
    return head[: cut + len(_ROW_ENDS)] + end[rest:]


def taken_apart(package: zipfile.ZipFile, member: str) -> Cells | None:
    """Every cell of a sheet; None for a sheet that is not written as nearly every program writes it."""
    import polars as pl

    letters, texts = (pl.Categorical(pl.Categories.random()) for _ in range(2))
    pieces: list[pl.DataFrame] = []
    hidden = 0
    for piece in _pieces(package, member):
        found = None if piece is None else _cells(piece)
        if found is None:
            return None
        row, column, content, between = found
        if (marked := between.str.contains("hidden", literal=True)).any():
            hidden += int(between.filter(marked).str.count_matches(_HIDDEN).sum())
        pieces.append(pl.DataFrame({"row": row, "column": column.cast(letters), "content": content.cast(texts)}))
    if not pieces:
        return None
    whole = pl.concat(pieces)
    if whole.is_empty() or any(column.has_nulls() for column in whole):
        return None
    columns, column = _numbered(whole["column"])
    contents, code = _numbered(whole["content"])
    missing = False
    if contents.str.contains("<f", literal=True).any():  # what a formula comes to stands behind it
        missing = (contents.str.contains(NOT_WORKED_OUT) & ~contents.str.contains(' t="str"', literal=True)).any()
        contents, again = _numbered(contents.str.replace(_FORMULA, "").cast(pl.Categorical(pl.Categories.random())))
        code = again.gather(code)
    if missing or not columns.str.contains(r"^[A-Z]{1,3}$").all() or not contents.str.contains(_CONTENT).all():
        return None
    numbers = pl.Series([column_number(name.encode()) for name in columns], dtype=pl.UInt32)
    cells = whole.select("row", column=numbers.gather(column), code=code)
    below, right = cells["row"].diff(), cells["column"].diff()
    if not ((below > 0) | ((below == 0) & (right > 0))).all():  # in another order, or twice
        return None
    return Cells(cells["row"], cells["column"], cells["code"], max(numbers) + 1, contents, hidden)


def _pieces(package: zipfile.ZipFile, member: str) -> Iterator[bytes | None]:
    """The rows' XML in pieces that end where a row ends; None where the rows do not begin or end as expected."""
    with package.open(member) as file:
        rest = file.read(_PIECE)
        at = rest.find(_OPEN)
        if at < 0:
            yield None
            return
        rest = rest[at + len(_OPEN) :]
        while piece := file.read(_PIECE):
            if (cut := rest.rfind(_ROW_ENDS) + len(_ROW_ENDS)) >= len(_ROW_ENDS):
                yield rest[:cut]
                rest = rest[cut:]
            rest += piece
    end = rest.rfind(_CLOSE)
    yield rest[:end] if end >= 0 else None


def _cells(piece: bytes) -> tuple[pl.Series, pl.Series, pl.Series, pl.Series] | None:
    """Row, letters and content of each cell, and what stands between the rows; None for what is no plain row."""
    import polars as pl

    try:
        parts = pl.Series("cell", [piece.decode()]).str.split('<c r="').explode()
    except UnicodeDecodeError:
        return None
    cells = parts.slice(1)
    # The last cell of a row has the end of its row behind it, and the beginning of the next.
    last = cells.str.contains("</row>", literal=True).arg_true()
    ends = cells.gather(last).str.splitn("</row>", 2).struct.unnest()
    cells = cells.scatter(last, ends["field_0"])
    between = pl.concat([parts.head(1), ends["field_1"].rename("cell")])
    if not between.str.contains(_BETWEEN).all():
        return None
    # Series by series: an engine that runs expressions side by side takes longer to wake than a piece is worth.
    split = cells.str.splitn('"', 2).struct.unnest()
    reference, content = split.get_columns()
    row = reference.str.slice(1).cast(pl.UInt32, strict=False)
    if not row.has_nulls():  # no column beyond Z
        return row, reference.str.head(1), content, between
    bare = reference.str.strip_chars_start(_LETTERS)
    letters = reference.str.len_bytes() - bare.str.len_bytes()
    return bare.cast(pl.UInt32, strict=False), reference.str.head(letters), content, between


def _numbered(column: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The different texts of a Categorical, and for each row the place of its text among them (UInt32)."""
    import polars as pl

    different = column.unique()
    physical = different.to_physical()
    places = pl.int_range(len(different), dtype=pl.UInt32, eager=True)
    by_physical = pl.zeros(int(physical.to_frame().max().item()) + 1, dtype=pl.UInt32, eager=True)
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
