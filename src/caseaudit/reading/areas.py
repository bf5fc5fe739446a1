"""The used area of a sheet as columns of text, from what the workbook reader hands out or from a sheet taken apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from caseaudit.reading.cells import BLANKS
from caseaudit.reading.values import as_text

if TYPE_CHECKING:
    import polars as pl

    from caseaudit.reading.longsheets import Cells


@dataclass(frozen=True, slots=True)
class Area:
    """A sheet from its first cell to its last.

    Attributes:
        first: physical row the columns begin in, from 1.
        left: column of the sheet that is the first of the columns, from 0.
        columns: text, a blank cell null; all of one length.
        shown: row, column and text of the numbers to which the format of their cell adds leading zeros.
    """

    first: int
    left: int
    columns: list[pl.Series]
    shown: pl.DataFrame

    def head(self, rows: int) -> list[tuple[str, ...]]:
        """The first rows; a blank cell is an empty text."""
        return list(zip(*(column.head(rows).fill_null("").to_list() for column in self.columns), strict=True))


def area_of_values(
    values: Sequence[Sequence[Any]], start: tuple[int, int], zeros: Mapping[tuple[int, int], int]
) -> Area:
    """The area of a sheet as python-calamine hands it out.

    Args:
        values: rows of cells, all of one length.
        start: row and column of the first, from 0.
        zeros: (row from 1, column from 0) → digits that the cell's format shows.
    """
    first, left = start[0] + 1, start[1]
    width = len(values[0]) if values else 0
    padded = []
    for (row, column), digits in zeros.items():
        if 0 <= row - first < len(values) and 0 <= column - left < width:
            text = with_zeros(values[row - first][column - left], digits)
            padded += [(row, column, text)] if text else []
    columns = [_texts(list(map(itemgetter(at), values))) for at in range(width)]
    return Area(first, left, columns, _shown(padded))


def area_of_cells(cells: Cells, values: Sequence[Any], digits: Sequence[int | None]) -> Area:
    """The area of a sheet that was taken apart.

    Args:
        cells: its cells.
        values: what each of their contents means, as python-calamine says.
        digits: for each of the contents, the digits that the cell's format shows, where it shows leading zeros.
    """
    import polars as pl

    texts = _texts(values)
    empty = pl.Series([type(value) is str and value == "" for value in values])
    placed = pl.DataFrame({"row": cells.row, "column": cells.column, "code": cells.code})
    if empty.any():  # cells that have a format alone are no part of the area
        placed = placed.filter(~empty.gather(cells.code))
    padded = {
        code: text
        for code, (value, count) in enumerate(zip(values, digits, strict=True))
        if count and (text := with_zeros(value, count))
    }
    marked = placed.filter(pl.col("code").is_in(list(padded)))
    shown = [(row, column, padded[code]) for row, column, code in marked.iter_rows()]
    if placed.is_empty():
        return Area(1, 0, [], _shown([]))
    first, last = int(placed["row"][0]), int(placed["row"][-1])
    parts = placed.partition_by("column", as_dict=True, include_key=False)
    left, right = min(parts)[0], max(parts)[0]
    nothing = pl.repeat(None, last - first + 1, dtype=pl.UInt32, eager=True)
    columns = []
    for at in range(left, right + 1):
        part = parts.get((at,))
        codes = nothing if part is None else nothing.clone().scatter(part["row"] - first, part["code"])
        columns.append(texts.gather(codes))
    return Area(first, left, columns, _shown(shown))


def with_zeros(value: object, digits: int) -> str | None:
    """A number written out with the leading zeros its format shows; None where it has none."""
    if isinstance(value, float) and value.is_integer() and 0 <= value < 10 ** (digits - 1):
        return str(int(value)).zfill(digits)
    return None


def _shown(padded: Sequence[tuple[int, int, str]]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(padded, {"row": pl.UInt32, "column": pl.UInt32, "text": pl.String}, orient="row")


def _texts(cells: Sequence[Any]) -> pl.Series:
    """Cells as text, blanks null."""
    import polars as pl

    kinds = set(map(type, cells))
    if kinds <= {str, dt.date}:  # days repeat, and to look one up is quicker than to write it out
        days = {v: v.isoformat() for v in set(cells) if type(v) is not str} if dt.date in kinds else {}
        texts = [v if type(v) is str else days[v] for v in cells] if days else cells
    else:
        texts = list(map(as_text, cells))
    series = pl.Series(texts, dtype=pl.String)
    series = series.str.strip_chars(BLANKS).str.replace_all("\u00a0", " ", literal=True)
    return series.set(series == "", None)
