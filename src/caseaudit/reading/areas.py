"""The used area of a sheet as columns of text, from what the workbook reader hands out or from a sheet taken apart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from caseaudit.reading.cells import BLANKS
from caseaudit.reading.values import as_text

if TYPE_CHECKING:
    import polars as pl

    from caseaudit.reading.longsheets import Cells


_STYLE = re.compile(r'^(?: [a-z]+="[^"]*")*? s="(\d+)"')


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
            text = _with_zeros(values[row - first][column - left], digits)
            padded += [(row, column, text)] if text else []
    columns = [_cleaned(_texts(list(map(itemgetter(at), values)))) for at in range(width)]
    return Area(first, left, columns, _shown(padded))


def area_of_cells(cells: Cells, own: pl.Series, values: Sequence[Any], zeros: Mapping[int, int]) -> Area:
    """The area of a sheet that was taken apart.

    Args:
        cells: its cells.
        own: for each of their contents its plain text; null for those that had to be asked about.
        values: what each of those means, as python-calamine says.
        zeros: style → digits that its number format shows.
    """
    import polars as pl

    asked = own.is_null().arg_true()
    texts = own.clone().scatter(asked, _texts(values)) if values else own
    texts = _cleaned(texts)
    placed = pl.DataFrame({"row": cells.row, "column": cells.column, "code": cells.code})
    empty = texts.is_null()
    if empty.any():  # cells that have a format alone are no part of the area
        placed = placed.filter(~empty.gather(cells.code))
    padded = _padded(cells.contents.gather(asked), values, zeros) if zeros else {}
    longer = dict(zip(asked.gather(list(padded)), padded.values(), strict=True))
    marked = placed.filter(pl.col("code").is_in(list(longer)))
    shown = [(row, column, longer[code]) for row, column, code in marked.iter_rows()]
    if placed.is_empty():
        return Area(1, 0, [], _shown([]))
    first, last = int(placed["row"][0]), int(placed["row"][-1])
    height, left = last - first + 1, int(placed["column"].to_frame().min().item())
    one_below_the_other = (placed["column"] - left) * height + (placed["row"] - first)
    width = int(one_below_the_other.to_frame().max().item()) // height + 1
    codes = pl.repeat(None, width * height, dtype=pl.UInt32, eager=True)
    codes = codes.scatter(one_below_the_other, placed["code"])
    columns = [texts.gather(codes.slice(at * height, height)) for at in range(width)]
    return Area(first, left, columns, _shown(shown))


def _padded(contents: pl.Series, values: Sequence[Any], zeros: Mapping[int, int]) -> dict[int, str]:
    """Place of each content whose format adds zeros → the text with them."""
    padded = {}
    for at, (content, value) in enumerate(zip(contents, values, strict=True)):
        style = _STYLE.match(content)
        digits = zeros.get(int(style.group(1))) if style else None
        if digits and (text := _with_zeros(value, digits)):
            padded[at] = text
    return padded


def _with_zeros(value: object, digits: int) -> str | None:
    """A number written out with the leading zeros its format shows; None where it has none."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    if 0 <= value < 10 ** (digits - 1) and value == int(value):
        return str(int(value)).zfill(digits)
    return None


def _shown(padded: Sequence[tuple[int, int, str]]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(padded, {"row": pl.UInt32, "column": pl.UInt32, "text": pl.String}, orient="row")


def _texts(cells: Sequence[Any]) -> pl.Series:
    """Cells as text."""
    import polars as pl

    kinds = set(map(type, cells))
    if kinds <= {str, dt.date}:  # days repeat, and to look one up is quicker than to write it out
        days = {v: v.isoformat() for v in set(cells) if type(v) is not str} if dt.date in kinds else {}
        texts = [v if type(v) is str else days[v] for v in cells] if days else cells
    else:
        texts = [v if type(v) is str else as_text(v) for v in cells]
    return pl.Series(texts, dtype=pl.String)


def _cleaned(texts: pl.Series) -> pl.Series:
    """Texts without blanks around them, a blank one null."""
    texts = texts.str.strip_chars(BLANKS).str.replace_all("\u00a0", " ", literal=True)
    return texts.set(texts == "", None)
