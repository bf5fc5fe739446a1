"""A vectorised look at the lines of a text: which of them are whole records on their own.

Such a line fits the grammar by itself, so whatever stands before or after it, Polars reads it right. On a clean export
that is every line, proved at some 400 MB a second; only the others need the tokeniser.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from caseaudit.reading.cells import BLANKS

if TYPE_CHECKING:
    import polars as pl

    from caseaudit.reading.tokeniser import Dialect


_COUNTED = 60
"""Cells up to which a pattern counts them itself; a longer pattern is slower than a second look."""


def split_lines(data: bytes) -> pl.Series:
    """Every physical line as text, without its line feed; a blank line is an empty text."""
    import polars as pl

    expected = data.count(b"\n") + (not data.endswith(b"\n"))
    unused = next((sign for sign in b"\x1f\x1e\x1d\x1c\x01\x02\x03\x04" if sign not in data), None)
    if unused is not None and data and not data.startswith(b"\n"):
        lines = pl.read_csv(
            io.BytesIO(data),
            separator=chr(unused),
            quote_char=None,
            has_header=False,
            schema={"line": pl.String},
        )["line"].fill_null("")
        if len(lines) == expected:
            return lines
    return pl.Series("line", data.decode().removesuffix("\n").split("\n"), dtype=pl.String)


def whole(lines: pl.Series, dialect: Dialect, width: int, written: int) -> pl.Series:
    """True for each line that is one record of exactly WRITTEN cells, of which those after WIDTH are blank."""
    delimiter = _sign(dialect.delimiter)
    counts = lines.str.count_matches(dialect.delimiter, literal=True)
    fits = counts == written - 1
    quote = dialect.quote
    if quote is not None and (quoted := lines.str.contains(quote, literal=True)).any():
        q = _sign(quote)
        some = lines.filter(quoted)
        cell = rf"(?:{q}[^{q}]*(?:{q}{q}[^{q}]*)*{q}|={q}[^{q}{delimiter}]*{q}|[^{q}{delimiter}]*)"
        if written <= _COUNTED:
            good = some.str.contains(rf"^{cell}(?:{delimiter}{cell}){{{written - 1}}}$")
        else:
            outside = some.str.replace_all(rf"{q}[^{q}]*{q}", "").str.count_matches(dialect.delimiter, literal=True)
            good = some.str.contains(rf"^{cell}(?:{delimiter}{cell})*$") & (outside == written - 1)
        if dialect.backslash:
            good &= ~some.str.contains("\\", literal=True)
        fits = fits.scatter(quoted.arg_true(), good)
    if written > width:
        empty = f"[{BLANKS}]*" if quote is None else f"[{BLANKS}]*(?:{_sign(quote)}{_sign(quote)})?"
        fits &= lines.str.contains(rf"(?:{delimiter}{empty}){{{written - width}}}$")
    return fits


def blank_and_suspect(lines: pl.Series, dialect: Dialect, patterns: str, last_word: str) -> tuple[pl.Series, pl.Series]:
    """True for each line in which every cell is blank; and for each that may be no record by its first filled cell.

    Args:
        lines: the lines.
        dialect: how cells are divided and quoted.
        patterns: how such a cell begins; case does not matter.
        last_word: a word that makes it one wherever it stands in the cell.
    """
    import polars as pl

    quote = "" if dialect.quote is None else _sign(dialect.quote)
    sign = _sign(dialect.delimiter)
    # Most lines fail at the first letters of this one pattern, so that a clean file costs next to nothing.
    starts = patterns.replace("$", f"[{BLANKS}]*(?:$|[{sign}{quote}])")  # the cell ends, the line may not
    edge = rf"(?i)^[{BLANKS}{sign}{quote}=]*(?:$|{starts}|[^{sign}]{{0,80}}[ -]{last_word})"
    suspect = lines.str.contains(edge)
    places = suspect.arg_true()
    twice = f"|{quote}[{BLANKS}]*{quote}" if quote else ""
    empty = lines.gather(places).str.contains(rf"^(?:[{BLANKS}{sign}]{twice})*$")
    blank = pl.repeat(False, len(lines), dtype=pl.Boolean, eager=True)
    blank = blank.scatter(places.filter(empty), True) if empty.any() else blank
    return blank, suspect & ~blank


def may_be_furniture(first: pl.Series, patterns: str, last_word: str) -> bool:
    """Whether any of the first cells of lines reads as of no record, blank ones left out; as blank_and_suspect."""
    starts = patterns.replace("$", f'[{BLANKS}]*(?:$|")')
    edge = rf'(?i)^[{BLANKS}"=]*(?:$|{starts}|.{{0,80}}[ -]{last_word})'
    return bool(first.str.contains(edge).any())


def _sign(sign: str) -> str:
    """One sign as the regular expressions of Polars write it, whatever it is."""
    return f"\\x{{{ord(sign):x}}}"
