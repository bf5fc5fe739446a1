"""The quick way through a text every line of which is a record, proved on the signs that give it its shape.

Take all else out of the text, and what is left of a clean export is one line of delimiters again and again. That is a
tenth of the text and is compared at once, so the lines need neither be cut apart nor looked at one by one. Where
anything is out of the ordinary there is no answer, and the careful way (delimited.py) reads the text.
"""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseaudit.model import SOURCE_ROW
from caseaudit.reading import furniture, lines
from caseaudit.reading.cells import BLANKS, filled
from caseaudit.reading.dialect import Understood
from caseaudit.reading.tokeniser import split

if TYPE_CHECKING:
    import polars as pl

_EMPTY = '""'
"""A blank cell as it is often written."""


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
    frame = _parse(data, known, names, shape)
    if frame is None:
        return None
    unquoted = _unquoted(frame, shape.quotes)
    if unquoted is None or lines.may_be_furniture(
        frame.get_column("c0"), furniture.starts(known.layout.header), "total"
    ):
        return None
    kept = [name for name in names if headings[name] in wanted]
    rows = pl.int_range(known.lines + 1, known.lines + 1 + shape.lines, dtype=pl.UInt32, eager=True).alias(SOURCE_ROW)
    if not kept:
        return pl.DataFrame([rows])
    return trimmed(unquoted.select(kept), data).rename({name: headings[name] for name in kept}).with_columns(rows)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the signs between the cells tell of a text below its header, if each line has the delimiters it should.

    Attributes:
        lines: lines below the header.
        quotes: quotation marks in them, which may still be out of place.
        returns: whether each line has a carriage return, which may still be out of place.
        edges: the first line and the last.
    """

    lines: int
    quotes: int
    returns: bool
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
    shape = data.translate(None, delete=bytes(sign for sign in range(256) if sign not in b'\0"\r\n' + delimiter))
    above = sum(head.count(bytes([sign])) for sign in b'\0"\r\n' + delimiter)
    quotes = shape.count(b'"', above)
    if quotes and (dialect.quote is None or dialect.backslash):
        return None
    if quotes:
        shape, above = shape.translate(None, delete=b'"'), above - head.count(b'"')
    line = delimiter * (known.written - 1) + (b"\r\n" if returns else b"\n")
    count, rest = divmod(len(shape) - above, len(line))
    if rest == known.written - 1:  # the last line has no line end
        count, rest = count + 1, 0
    if rest or shape[above:] != (line * count)[: len(shape) - above]:
        return None
    last = data.rfind(b"\n", 0, len(data) - 1) + 1
    return _Shape(count, quotes, returns, (data[start : data.find(b"\n", start) + 1 or len(data)], data[last:]))


def _parse(data: bytes, known: Understood, names: list[str], shape: _Shape) -> pl.DataFrame | None:
    """The named columns as they stand, quotation marks and blanks included; an empty cell is null.

    None where Polars sees other lines than the shape has, or a carriage return stands within one.
    """
    import polars as pl

    last = f"c{known.written - 1}"
    scan = pl.scan_csv(
        io.BytesIO(data),
        has_header=False,
        skip_lines=known.lines,
        schema={f"c{at}": pl.String for at in range(known.written)},
        separator=known.dialect.delimiter,
        quote_char=None,
    )
    try:
        frame = scan.select(list(dict.fromkeys([*names, last] if shape.returns else names))).collect()
    except pl.exceptions.PolarsError:
        return None
    # The carriage return at the end of a line is taken away in reading. There is one to a line: if one is left, it
    # stands before the end of its line, in the last cell or, where a delimiter follows it, in another shape.
    within = shape.returns and frame.get_column(last).str.contains("\r", literal=True).any()
    return frame if len(frame) == shape.lines and not within else None


def _unquoted(frame: pl.DataFrame, quotes: int) -> pl.DataFrame | None:
    """The cells without the marks around them; None unless all marks are the first and the last sign of a cell.

    Args:
        frame: every column, cells as they stand.
        quotes: quotation marks there are in all: two for each quoted cell, if no other cell has one.
    """
    import polars as pl

    if not quotes:
        return frame
    every = pl.all()
    empty = frame.select((every == _EMPTY).sum()).row(0)
    if sum(empty) * 2 == quotes:
        blank = [name for name, count in zip(frame.columns, empty, strict=True) if count]
        return frame.with_columns(pl.when(pl.col(name) != _EMPTY).then(pl.col(name)) for name in blank)
    both = every.str.starts_with('"') & every.str.ends_with('"') & (every.str.len_bytes() > 1)
    quoted = frame.select(both.sum()).row(0)
    if sum(quoted) * 2 != quotes:
        return None
    marked = [pl.col(name) for name, count in zip(frame.columns, quoted, strict=True) if count]
    bare = frame.with_columns(column.str.strip_chars('"') for column in marked)
    return bare.with_columns(pl.when(column != "").then(column) for column in marked)


def trimmed(frame: pl.DataFrame, data: bytes) -> pl.DataFrame:
    """Cells without blanks around them, one of nothing but blanks null.

    Args:
        frame: cells as text.
        data: the text they come from.
    """
    import polars as pl

    ascii_only = data.isascii()
    if ascii_only and not any(sign in data for sign in b"\t\v\f"):
        # Trimming is the dearest step on millions of clean cells, looking whether it is needed is not. A blank comes
        # before every other sign, and to compare is quicker than to look at the first sign.
        edges = frame.lazy().select(
            ((pl.col(name) < "!").any() | pl.col(name).str.ends_with(" ").any()).alias(str(at))
            for at, name in enumerate(frame.columns)
        )
        found = edges.collect(engine="streaming").row(0)
        wanting = [name for name, blank in zip(frame.columns, found, strict=True) if blank]
    else:
        wanting = frame.columns
    frame = frame.with_columns(pl.col(wanting).str.strip_chars(BLANKS))
    if not ascii_only:
        frame = frame.with_columns(pl.all().str.replace_all("\u00a0", " ", literal=True))
    return frame.with_columns(pl.when(pl.col(name) != "").then(pl.col(name)) for name in wanting)
