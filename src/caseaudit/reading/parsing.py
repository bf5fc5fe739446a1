"""Lines proved to be records, parsed by Polars into columns of text.

A column in which few texts stand again and again is parsed into numbers of them. That costs the parser next to nothing,
takes a quarter of the memory, and whatever is looked at or mended afterwards is so once for each different text. To
number a column of nearly as many texts as rows would cost several times as much as to keep its text, so which is which
is told from lines picked all over the file. A wrong guess costs time and changes no cell.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from caseaudit.at_once import at_once
from caseaudit.reading.column import Cells

if TYPE_CHECKING:
    from caseaudit.reading.dialect import Understood

_PICKED = 8192
"""Lines that are looked at for texts that come again."""

_TIMES = 4
"""How often among them each text of a column must stand on average."""


def parse(
    text: bytes, known: Understood, names: Sequence[str], skip: int, *, quoted: bool = False
) -> dict[str, Cells] | None:
    """The named columns of a text (c0, c1 ...) with cells as they stand, an empty one null.

    Args:
        text: the lines.
        known: their dialect, and how many cells they have.
        names: the columns to read.
        skip: lines above the records.
        quoted: whether quotation marks around cells are to be understood and taken away. Lines that are no records may
            then stand among the others.

    Returns:
        The columns in the order named, by their names; None where Polars will not read the text.
    """
    import polars as pl

    quote = known.dialect.quote
    quote = quote if quoted and quote and quote.encode() in text else None
    repeating = _repeating(text, known, quote)
    scan = pl.scan_csv(
        io.BytesIO(text),
        has_header=False,
        skip_lines=skip,
        schema={name: pl.Categorical() if name in repeating else pl.String() for name in _columns(known)},
        separator=known.dialect.delimiter,
        quote_char=quote,
        truncate_ragged_lines=quoted,
        missing_columns="insert" if quoted else "raise",
    )
    try:
        frame = scan.select(names).collect()
    except pl.exceptions.PolarsError:
        return None
    # In the pieces in which they were parsed: to put together what is cut and mended yet is work for nothing.
    cells = at_once(lambda name: Cells.of(frame.get_column(name)), names)
    return dict(zip(names, cells, strict=True))


def _columns(known: Understood) -> list[str]:
    return [f"c{at}" for at in range(known.written)]


def _repeating(text: bytes, known: Understood, quote: str | None) -> set[str]:
    """Columns in which the same texts come again and again."""
    import polars as pl

    try:
        frame = pl.read_csv(
            _picked(text),
            has_header=False,
            schema=dict.fromkeys(_columns(known), pl.String),
            separator=known.dialect.delimiter,
            quote_char=quote,
            truncate_ragged_lines=True,
        )
    except pl.exceptions.PolarsError:
        return set()
    texts = pl.all().drop_nulls()
    few = frame.select(texts.n_unique() * _TIMES <= texts.len()).row(0, named=True)
    return {name for name, repeats in few.items() if repeats}


def _picked(text: bytes) -> bytes:
    """Lines at even distances; all of a short text."""
    step = len(text) // _PICKED
    lines, at = [], 0
    while at < len(text):
        lines.append(text[at : text.find(b"\n", at) + 1 or len(text)])
        at = text.find(b"\n", at + step) + 1 or len(text)
    return b"".join(lines)
