"""The grammar of a delimited record, and the one place that decides where a record ends.

A record either fits the grammar as a whole or it is no record: there is no guessing inside a record, so cells never
shift. Works on UTF-8 bytes with line feeds (see encoding.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from caseaudit.reading.cells import trim

RECORD_LIMIT = 2**18
"""Longest record in bytes. Without a bound an unclosed quotation mark makes each line search to the end of the file."""


@dataclass(frozen=True)
class Dialect:
    """How cells are divided and quoted.

    Attributes:
        delimiter: one ASCII sign.
        quote: sign around a cell; None where quotation marks are plain text.
        backslash: whether a quotation mark inside a quoted cell is written with a backslash before it
            (doubled ones are understood always).
    """

    delimiter: str
    quote: str | None = '"'
    backslash: bool = False

    @cached_property
    def _quoted(self) -> bytes:
        q = re.escape((self.quote or "").encode())
        if self.backslash:
            return rb"%b((?:[^%b\\]++|\\.|%b%b)*+)%b" % (q, q, q, q, q)
        return rb"%b([^%b]*+(?:%b%b[^%b]*+)*+)%b" % (q, q, q, q, q, q)

    @cached_property
    def _cell(self) -> bytes:
        d = re.escape(self.delimiter.encode())
        if self.quote is None:
            return rb"()()([^%b\n]*+)" % d
        q = re.escape(self.quote.encode())
        return rb"(?:[ ]*+(=?)%b[ ]*+|([^%b%b\n]*+))" % (self._quoted, q, d)

    @cached_property
    def record(self) -> re.Pattern[bytes]:
        """Matches one whole record with its line end."""
        d = re.escape(self.delimiter.encode())
        cell = re.sub(rb"\((?!\?)", rb"(?:", self._cell)
        return re.compile(rb"%b(?:%b%b)*+(?:\n|\Z)" % (cell, d, cell), re.DOTALL)

    @cached_property
    def cell(self) -> re.Pattern[bytes]:
        """Matches one cell and the delimiter after it; groups: `=` of ="..." or nothing, quoted text, plain text."""
        return re.compile(self._cell + re.escape(self.delimiter.encode()), re.DOTALL)


def split(record: bytes, dialect: Dialect) -> tuple[str, ...]:
    """Cells of one record that fits the grammar, trimmed.

    Args:
        record: the record without its line end.
        dialect: its dialect.
    """
    quote = (dialect.quote or "").encode()
    delimiter = dialect.delimiter.encode()
    if not quote or quote not in record:
        return tuple(trim(cell) for cell in record.decode(errors="replace").split(dialect.delimiter))
    cells = []
    for _, quoted, plain in dialect.cell.findall(record + delimiter):
        cells.append(trim((_unescape(quoted, quote, dialect.backslash) if quoted else plain).decode(errors="replace")))
    return tuple(cells)


def _unescape(quoted: bytes, quote: bytes, backslash: bool) -> bytes:
    if backslash:
        quoted = re.sub(rb"\\([\\%b])" % re.escape(quote), rb"\1", quoted)
    return quoted.replace(quote + quote, quote)


def record_end(data: bytes, start: int, dialect: Dialect, limit: int = RECORD_LIMIT) -> int | None:
    """Where the record that begins at START ends, its line end included; None when nothing there fits the grammar.

    Args:
        data: UTF-8 text with line feeds.
        start: where a line begins.
        dialect: how cells are divided and quoted.
        limit: longest record in bytes.
    """
    stop = min(len(data), start + limit)
    match = dialect.record.match(data, start, stop)
    if match is None or match.end() == start:
        return None
    cut = match.end() == stop < len(data) and data[stop - 1] != 0x0A
    return None if cut else match.end()


@dataclass(frozen=True, slots=True)
class Record:
    """One record, or one line that is none.

    Attributes:
        line: physical line it begins on, from 1.
        lines: physical lines it takes.
        start, end: where it lies in the text; the end includes the line end.
        cells: trimmed cells; None when the line fits no grammar.
    """

    line: int
    lines: int
    start: int
    end: int
    cells: tuple[str, ...] | None


def records(data: bytes, dialect: Dialect, most: int) -> list[Record]:
    """The first MOST records of a text, blank lines included."""
    found: list[Record] = []
    at, line = 0, 1
    while at < len(data) and len(found) < most:
        end = record_end(data, at, dialect)
        if end is None:
            newline = data.find(b"\n", at)
            end = len(data) if newline < 0 else newline + 1
            found.append(Record(line, 1, at, end, None))
            line += 1
        else:
            body = data[at:end].removesuffix(b"\n")
            lines = body.count(b"\n") + 1
            found.append(Record(line, lines, at, end, split(body, dialect)))
            line += lines
        at = end
    return found
