"""The quick way through a text every line of which is a record, proved on the signs that give it its shape.

Take all else out of the text, and what is left of a clean export is one line of delimiters again and again. That is a
tenth of the text and is compared at once, so the lines need neither be cut apart nor looked at one by one. Where
anything is out of the ordinary there is no answer, and the careful way (delimited.py) reads the text.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseaudit.model import SOURCE_ROW
from caseaudit.reading import furniture, lines
from caseaudit.reading.cells import BLANKS, filled
from caseaudit.reading.column import Cells
from caseaudit.reading.dialect import Understood
from caseaudit.reading.parsing import parse
from caseaudit.reading.tokeniser import split

if TYPE_CHECKING:
    import polars as pl

_EMPTY = '""'
"""A blank cell as it is often written."""

_STRETCH = 2**16
"""Bytes looked at at a time; as many as stay near the processor."""

_RARE_BLANKS = b"\t\v\f"


def read_plain(data: bytes, known: Understood, wanted: Collection[str]) -> pl.DataFrame | None:
    """Read the rows below the header where every one of them is a record in a line of its own, and none is furniture.

    Args:
        data: the file's text; every line may end in a line feed or every line in a carriage return and a line feed.
        known: what was understood from its first records, with line feeds alone.
        wanted: headings of the columns to read.

    Returns:
        The wanted columns as text, blanks null, with SOURCE_ROW; None where that could not be proved.
    """
    import polars as pl

    shape = _shape_of(data, known)
    if shape is None or known.written != known.width or known.width < 2:
        return None
    if any(filled(split(line.rstrip(b"\r\n"), known.dialect)) < 2 for line in shape.edges):
        return None  # it may be a note below or above the table
    headings = {f"c{at}": heading for at, heading in enumerate(known.layout.headings)}
    # Whether each quotation mark is at an edge of a cell must be seen of every column.
    names = [name for name, heading in headings.items() if shape.quotes or heading in wanted or name == "c0"]
    written = _parse(data, known, names, shape)
    cells = None if written is None else _unquoted(written, shape.quotes)
    if cells is None or _may_hold_furniture(cells["c0"], known):
        return None
    kept = [
        trimmed(cells[name], ascii_only=shape.ascii_only, rare_blanks=shape.rare_blanks).column.alias(headings[name])
        for name in names
        if headings[name] in wanted
    ]
    rows = pl.int_range(known.lines + 1, known.lines + 1 + shape.lines, dtype=pl.UInt32, eager=True)
    return pl.DataFrame([*kept, rows.alias(SOURCE_ROW)])


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the signs between the cells tell of a text below its header, if each line has the delimiters it should.

    Attributes:
        lines: lines below the header.
        quotes: quotation marks in them, which may still be out of place.
        returns: whether each line has a carriage return, which may still be out of place.
        ascii_only: whether there is no sign beyond ASCII in them.
        rare_blanks: whether a blank other than a space stands in a cell.
        edges: the first line and the last.
    """

    lines: int
    quotes: int
    returns: bool
    ascii_only: bool
    rare_blanks: bool
    edges: tuple[bytes, bytes]


def _shape_of(data: bytes, known: Understood) -> _Shape | None:
    """The shape of a regular text; None where some line has too few delimiters or too many, or anything odd."""
    dialect = known.dialect
    delimiter = dialect.delimiter.encode()
    returns = b"\r" in data[: known.start + known.lines]
    start = known.start + (known.lines if returns else 0)
    head = data[:start]
    if len(delimiter) != 1 or delimiter in b'\0"\r\n' or dialect.quote == "'" or start >= len(data):
        return None
    if head.count(b"\n") != known.lines or (returns and not head.count(b"\r") == head.count(b"\r\n") == known.lines):
        return None
    line = delimiter * (known.written - 1) + (b"\r\n" if returns else b"\n")
    regular = line * (_STRETCH // len(line) + 2)
    apart = bytes(sign for sign in b'"' + _RARE_BLANKS if sign not in delimiter)
    others = bytes(sign for sign in range(256) if sign not in b"\0\r\n" + delimiter + apart)
    seen = quotes = blanks = 0
    ascii_only = True
    for at in range(start, len(data), _STRETCH):
        stretch = data[at : at + _STRETCH]
        ascii_only = ascii_only and stretch.isascii()
        signs = stretch.translate(None, delete=others)
        bare = signs.translate(None, delete=apart)
        if not regular.startswith(bare, seen % len(line)):  # it goes on where the stretch before it ended
            return None
        seen += len(bare)
        quotes += signs.count(b'"')
        blanks += len(signs) - len(bare)
    if quotes and (dialect.quote is None or dialect.backslash):
        return None
    count, rest = divmod(seen, len(line))
    if rest == known.written - 1:  # the last line has no line end
        count, rest = count + 1, 0
    if rest:
        return None
    last = data.rfind(b"\n", 0, len(data) - 1) + 1
    edges = data[start : data.find(b"\n", start) + 1 or len(data)], data[last:]
    return _Shape(count, quotes, returns, ascii_only, blanks > quotes, edges)


def _parse(data: bytes, known: Understood, names: list[str], shape: _Shape) -> dict[str, Cells] | None:
    """The named columns as they stand, quotation marks and blanks included; an empty cell is null.

    None where Polars sees other lines than the shape has, or a carriage return stands within one.
    """
    last = f"c{known.written - 1}"
    columns = parse(data, known, list(dict.fromkeys([*names, last] if shape.returns else names)), known.lines)
    if columns is None or any(len(cells.column) != shape.lines for cells in columns.values()):
        return None
    # The carriage return at the end of a line is taken away in reading. There is one to a line: if one is left, it
    # stands before the end of its line, in the last cell or, where a delimiter follows it, in another shape.
    if shape.returns and columns[last].count(lambda cell: cell.str.contains("\r", literal=True)):
        return None
    return columns


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
    empty = {name: cells.count(lambda cell: cell == _EMPTY) for name, cells in columns.items()}
    if sum(empty.values()) * 2 == quotes:
        return columns | {
            name: columns[name].mended(lambda cell: pl.when(cell != _EMPTY).then(cell)) for name in empty if empty[name]
        }
    quoted = {
        name: cells.count(lambda cell: cell.str.starts_with('"') & cell.str.ends_with('"') & (cell.str.len_bytes() > 1))
        for name, cells in columns.items()
    }
    if sum(quoted.values()) * 2 != quotes:
        return None
    return columns | {
        name: columns[name].mended(lambda cell: none_if_empty(cell.str.strip_chars('"')))
        for name in quoted
        if quoted[name]
    }


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
