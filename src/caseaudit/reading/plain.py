"""The quick way through a text every line of which is a record: proved as a whole (regular.py) while Polars parses it.

Where anything is out of the ordinary there is no answer, and the careful way (delimited.py) reads the text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from caseaudit.at_once import at_once
from caseaudit.model import SOURCE_ROW
from caseaudit.reading import furniture, lines
from caseaudit.reading.cells import BLANKS, filled
from caseaudit.reading.column import Cells
from caseaudit.reading.dialect import Understood
from caseaudit.reading.parsing import parse
from caseaudit.reading.regular import Shape, begins_regular, edges_of, lead_of, shape_of
from caseaudit.reading.tokeniser import split

if TYPE_CHECKING:
    import polars as pl

_EMPTY = '""'
"""A blank cell as it is often written."""


def read_plain(
    data: bytes, known: Understood, wanted: Collection[str], *, ascii_only: bool = False
) -> pl.DataFrame | None:
    """Read the rows below the header where every one of them is a record in a line of its own, and none is furniture.

    Args:
        data: the file's text; every line may end in a line feed or every line in a carriage return and a line feed.
        known: what was understood from its first records, with line feeds alone.
        wanted: headings of the columns to read.
        ascii_only: whether it is known to hold no sign beyond ASCII.

    Returns:
        The wanted columns as text, blanks null, with SOURCE_ROW; None where that could not be proved.
    """
    import polars as pl

    if (proved := _proved(data, known, wanted)) is None:
        return None
    shape, cells = proved
    headings = known.layout.headings

    def clean(name: str) -> pl.Series | None:
        if name == "c0" and _may_hold_furniture(cells[name], known):
            return None
        return trimmed(cells[name], ascii_only=ascii_only, rare_blanks=shape.rare_blanks).column

    kept = [column for column in at_once(clean, cells) if column is not None]
    if len(kept) < len(cells):
        return None
    named = [column.alias(headings[int(name[1:])]) for name, column in zip(cells, kept, strict=True)]
    rows = pl.int_range(known.lines + 1, known.lines + 1 + shape.lines, dtype=pl.UInt32, eager=True)
    return pl.DataFrame([*(column for column in named if column.name in wanted), rows.alias(SOURCE_ROW)])


def _proved(data: bytes, known: Understood, wanted: Collection[str]) -> tuple[Shape, dict[str, Cells]] | None:
    """The shape of the text and its columns without quotation marks: the first, those wanted, those a proof needs."""
    lead = lead_of(data, known)
    if lead is None or known.written != known.width or known.width < 2:
        return None
    if any(filled(split(line, known.dialect)) < 2 for line in edges_of(data, lead)):
        return None  # it may be a note below or above the table
    if not begins_regular(data, known, lead):
        return None
    # Whether each quotation mark is at an edge of a cell must be seen of every column.
    every = data.find(b'"', lead.length) >= 0
    last = known.written - 1 if lead.returns else 0
    headings = enumerate(known.layout.headings)
    names = [f"c{at}" for at, heading in headings if every or heading in wanted or at in {0, last}]
    with ThreadPoolExecutor(1) as beside:  # the proof holds on to the interpreter, the parser does not
        parsing = beside.submit(parse, data, known, names, known.lines)
        shape = shape_of(data, known, lead)
    columns = None if shape is None else parsing.result()
    if shape is None or columns is None or not _agrees(columns, known, shape):
        return None
    cells = _unquoted(columns, shape.quotes)
    return None if cells is None else (shape, cells)


def _agrees(columns: dict[str, Cells], known: Understood, shape: Shape) -> bool:
    """Whether Polars sees the lines that the shape has, and no carriage return stands within one."""
    if any(len(cells.column) != shape.lines for cells in columns.values()):
        return False
    # The carriage return at the end of a line is taken away in reading. There is one to a line: if one is left, it
    # stands before the end of its line, in the last cell or, where a delimiter follows it, in another shape.
    last = columns[f"c{known.written - 1}"] if shape.returns else None
    return last is None or not last.count(lambda cell: cell.str.contains("\r", literal=True))


def _may_hold_furniture(first: Cells, known: Understood) -> bool:
    """Whether some row may be none by its first cell."""
    blank = first.column.null_count() > 0
    return blank or lines.may_be_furniture(first.texts, furniture.starts(known.layout.header), "total")


def _unquoted(columns: dict[str, Cells], quotes: int) -> dict[str, Cells] | None:
    """The cells without the marks around them; None unless all marks are the first and the last sign of a cell.

    Args:
        columns: every column, cells as they stand.
        quotes: quotation marks there are in all: two for each quoted cell, if no other cell has one.
    """
    import polars as pl

    if not quotes:
        return columns
    empty = _counts(columns, lambda cell: cell == _EMPTY)
    if sum(empty.values()) * 2 == quotes:
        return columns | {
            name: columns[name].mended(lambda cell: pl.when(cell != _EMPTY).then(cell)) for name in empty if empty[name]
        }
    quoted = _counts(
        columns, lambda cell: cell.str.starts_with('"') & cell.str.ends_with('"') & (cell.str.len_bytes() > 1)
    )
    if sum(quoted.values()) * 2 != quotes:
        return None
    return columns | {
        name: columns[name].mended(lambda cell: none_if_empty(cell.str.strip_chars('"')))
        for name in quoted
        if quoted[name]
    }


def _counts(columns: dict[str, Cells], test: Callable[[pl.Expr], pl.Expr]) -> dict[str, int]:
    """How many cells of each column stand a test."""
    return dict(zip(columns, at_once(lambda cells: cells.count(test), columns.values()), strict=True))


def trimmed(cells: Cells, *, ascii_only: bool, rare_blanks: bool) -> Cells:
    """Cells without blanks around them, one of nothing but blanks null.

    Args:
        cells: a column.
        ascii_only: whether there is no sign beyond ASCII in the text it comes from.
        rare_blanks: whether a tab or another blank than a space may stand in a cell.
    """

    def may_want(cell: pl.Expr) -> pl.Expr:
        # A blank comes before every other sign, and to compare is quicker than to look at the first sign.
        edge = (cell < "!") | cell.str.ends_with(" ")
        return edge if ascii_only else edge | (cell.str.len_bytes() != cell.str.len_chars())

    def trim(cell: pl.Expr) -> pl.Expr:
        bare = cell.str.strip_chars(BLANKS)
        return none_if_empty(bare if ascii_only else bare.str.replace_all("\u00a0", " ", literal=True))

    # Trimming is the dearest step on millions of clean cells, looking whether it is needed is not.
    return cells.mended(trim) if rare_blanks or cells.count(may_want) else cells


def none_if_empty(cell: pl.Expr) -> pl.Expr:
    """A cell's text; null where it is empty."""
    import polars as pl

    return pl.when(cell != "").then(cell)
