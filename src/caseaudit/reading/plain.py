"""The quick way through a text every line of which is a record, proved on the signs that give it its shape.

Take all else out of the text, and what is left of a clean export is one line of delimiters again and again. That is a
tenth of the text and is compared at once, so the lines need neither be cut apart nor looked at one by one. Where
anything is out of the ordinary there is no answer, and the careful way (delimited.py) reads the text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseaudit.at_once import at_once
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

_BEGINNING = 2**20
"""Bytes that are proved before the rest is parsed."""

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

    if known.written != known.width or known.width < 2 or (lead := _lead(data, known)) is None:
        return None
    headings = {f"c{at}": heading for at, heading in enumerate(known.layout.headings)}
    # Whether each quotation mark is at an edge of a cell must be seen of every column.
    every = data.find(b'"', lead.length) >= 0
    needed = {"c0", *([f"c{known.written - 1}"] if lead.returns else [])}
    names = [name for name, heading in headings.items() if every or heading in wanted or name in needed]
    if not _begins_plain(data, known, lead):
        return None
    with ThreadPoolExecutor(1) as beside:  # the proof holds on to the interpreter, the parser does not
        parsing = beside.submit(parse, data, known, names, known.lines)
        shape = _shape_of(data, known, lead)
    if shape is None or any(filled(split(line.rstrip(b"\r\n"), known.dialect)) < 2 for line in shape.edges):
        return None  # no table of lines alone; or perhaps a note below or above it
    columns = parsing.result()
    written = None if columns is None else _whole(columns, known, shape)
    cells = None if written is None else _unquoted(written, shape.quotes)
    if cells is None:
        return None

    def clean(name: str) -> pl.Series | None:
        if name == "c0" and _may_hold_furniture(cells[name], known):
            return None
        column = trimmed(cells[name], ascii_only=shape.ascii_only, rare_blanks=shape.rare_blanks).column
        return column.alias(headings[name])

    kept = [column for column in at_once(clean, names) if column is not None]
    if len(kept) < len(names):
        return None
    rows = pl.int_range(known.lines + 1, known.lines + 1 + shape.lines, dtype=pl.UInt32, eager=True)
    return pl.DataFrame([*(column for column in kept if column.name in wanted), rows.alias(SOURCE_ROW)])


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the signs between the cells tell of a text below its header, if each line has the delimiters it should.

    Attributes:
        lines: lines below the header.
        quotes: quotation marks in them, which may still be out of place.
        returns: whether each line has a carriage return, which may still be out of place.
        ascii_only: whether there is no sign beyond ASCII in the text.
        rare_blanks: whether a blank other than a space stands in a cell.
        edges: the first line and the last.
    """

    lines: int
    quotes: int
    returns: bool
    ascii_only: bool
    rare_blanks: bool
    edges: tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class _Lead:
    """What stands above the first record of a text that may be proved.

    Attributes:
        length: its bytes.
        returns: whether its lines end in a carriage return and a line feed.
    """

    length: int
    returns: bool


def _lead(data: bytes, known: Understood) -> _Lead | None:
    """What stands above the records; None where a text of this dialect or with such line ends cannot be proved."""
    dialect = known.dialect
    delimiter = dialect.delimiter.encode()
    returns = b"\r" in data[: known.start + known.lines]
    length = known.start + (known.lines if returns else 0)
    head = data[:length]
    if len(delimiter) != 1 or delimiter in b'\0"\r\n' or dialect.quote == "'" or length >= len(data):
        return None
    if head.count(b"\n") != known.lines or (returns and not head.count(b"\r") == head.count(b"\r\n") == known.lines):
        return None
    return _Lead(length, returns)


def _begins_plain(data: bytes, known: Understood, lead: _Lead) -> bool:
    """Whether the first lines are regular: in nearly every text that is not, they tell before it is parsed in vain."""
    beginning = data[: data.rfind(b"\n", 0, _BEGINNING) + 1]
    return len(beginning) <= lead.length or _shape_of(beginning, known, lead) is not None


def _shape_of(data: bytes, known: Understood, lead: _Lead) -> _Shape | None:
    """The shape of a regular text; None where some line has too few delimiters or too many, or anything odd."""
    dialect = known.dialect
    delimiter = dialect.delimiter.encode()
    line = delimiter * (known.written - 1) + (b"\r\n" if lead.returns else b"\n")
    regular = line * (_STRETCH // len(line) + 2)
    apart = bytes(sign for sign in b'"' + _RARE_BLANKS if sign not in delimiter)
    others = bytes(sign for sign in range(256) if sign not in b"\0\r\n" + delimiter + apart)
    seen = quotes = blanks = 0
    for at in range(lead.length, len(data), _STRETCH):
        stretch = data[at : at + _STRETCH]
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
    edges = data[lead.length : data.find(b"\n", lead.length) + 1 or len(data)], data[last:]
    return _Shape(count, quotes, lead.returns, data.isascii(), blanks > quotes, edges)


def _whole(columns: dict[str, Cells], known: Understood, shape: _Shape) -> dict[str, Cells] | None:
    """The columns as they stand, quotation marks and blanks included; an empty cell is null.

    None where Polars sees other lines than the shape has, or a carriage return stands within one.
    """
    if any(len(cells.column) != shape.lines for cells in columns.values()):
        return None
    # The carriage return at the end of a line is taken away in reading. There is one to a line: if one is left, it
    # stands before the end of its line, in the last cell or, where a delimiter follows it, in another shape.
    last = columns[f"c{known.written - 1}"] if shape.returns else None
    if last is not None and last.count(lambda cell: cell.str.contains("\r", literal=True)):
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
