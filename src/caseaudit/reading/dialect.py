"""Which delimiter a text file uses: the one by which its records come out consistent under a header.

No sniffing library is right on more than four files in five of the public sets; a vote over whole records is as good
as the best of them and needs no library.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from caseaudit.errors import UnreadableExport
from caseaudit.reading.cells import Row, extent, filled
from caseaudit.reading.header import Layout, NoHeader, find_header
from caseaudit.reading.tokeniser import Dialect, Record, records

DELIMITERS = (",", ";", "\t", "|")
_HEAD = 2**19
_LOOKED_AT = 400
_STATED = re.compile(rb"\s*\"?sep=(.)\"?\s*\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Understood:
    """A text file as understood from its first records.

    Attributes:
        dialect: how cells are divided and quoted.
        layout: header and column names.
        width: number of columns.
        written: cells records mostly have, blank ones after the last column included.
        allowed: numbers of cells a record may have. A blank cell too many is let pass only where the file has the
            habit; in a single record it is as likely to be a shift.
        body: the records below the header that were looked at.
        start: byte where the body begins; `lines` physical lines stand before it.
    """

    dialect: Dialect
    layout: Layout
    width: int
    written: int
    allowed: frozenset[int]
    body: tuple[Record, ...]
    start: int
    lines: int


def takes_the_whole(beginning: bytes) -> bool:
    """Whether a megabyte of text does not decide the dialect: with tabs or bars, any later cell may be quoted."""
    head = beginning[:_HEAD]
    return b'"' in head and (b"\t" in head or b"|" in head)


def understand(data: bytes, name: str) -> Understood:
    """Decide the dialect and find the header.

    Args:
        data: the file's text (see encoding.py), or a megabyte of it if `takes_the_whole` is false of that.
        name: file as messages name it.

    Raises:
        UnreadableExport: no delimiter gives a table, or the header is broken.
    """
    head = data[:_HEAD]
    if len(head) < len(data):
        head = head[: head.rfind(b"\n") + 1] or head
    stated = _STATED.match(head)
    delimiters = (stated.group(1).decode(errors="replace"),) if stated else DELIMITERS
    best: tuple[float, Understood] | None = None
    refused: tuple[float, NoHeader] | None = None
    for delimiter in delimiters:
        if delimiter.encode() not in head:
            continue
        for dialect in _variants(delimiter, head, data):
            found = _records(head, dialect, skip=1 if stated else 0)
            score = _consistency(found)
            if not score or (best and score <= best[0]) or (refused and score <= refused[0]):
                continue
            try:
                best = score, _table(found, dialect)
            except NoHeader as why:
                if why.table and (refused is None or score > refused[0]):
                    refused = score, why
    # A table with a broken header under the better delimiter is no table under a worse one.
    if refused and (best is None or refused[0] > best[0]):
        raise _unreadable(name, refused[1])
    return best[1] if best else _single_column(head, name)


def _variants(delimiter: str, head: bytes, data: bytes) -> list[Dialect]:
    """Ways of quoting worth trying with a delimiter; the usual one first, so that it wins a draw."""
    variants = [Dialect(delimiter)]
    if b'\\"' in head:
        variants.append(Dialect(delimiter, backslash=True))
    if b"'" in head and re.search(rb"(?:^|\n|%b)'[^'\n]*'(?:\r|\n|%b)" % ((re.escape(delimiter.encode()),) * 2), head):
        variants.append(Dialect(delimiter, quote="'"))
    if b'"' in head and delimiter in "\t|" and delimiter.encode() in head and not _quotes_cells(delimiter, data):
        variants.append(Dialect(delimiter, quote=None))
    return variants


def _quotes_cells(delimiter: str, data: bytes) -> bool:
    """Whether some cell of the file stands between quotation marks."""
    sign = re.escape(delimiter.encode())
    return bool(re.search(rb'(?:\A|\n|%b)"[^"]*+(?:""[^"]*+)*+"(?:%b|\n|\Z)' % (sign, sign), data))


def _records(head: bytes, dialect: Dialect, skip: int = 0) -> list[Record]:
    found = records(head, dialect, _LOOKED_AT)[skip:]
    return [record for record in found if record.cells is None or filled(record.cells)]


def _consistency(found: Sequence[Record]) -> float:
    """How well records agree on a number of cells above one: their share, weighted by that number."""
    widths = Counter(len(record.cells) for record in found if record.cells is not None and len(record.cells) > 1)
    if not widths:
        return 0
    width, count = max(widths.items(), key=lambda item: (item[1] * math.sqrt(item[0]), item[0]))
    share = count / len(found)
    return share * share * math.sqrt(width)


def _table(found: Sequence[Record], dialect: Dialect, *, single: bool = False) -> Understood:
    """Header and width for one dialect.

    Raises:
        NoHeader: there is no header, or it does not have as many cells as the data.
    """
    rows: list[Row] = [(record.line, record.cells) for record in found if record.cells is not None]
    layout = find_header(rows)
    cells = layout.header[-1][1]
    if not single and min(len(row) for _, row in layout.header) < 2:
        raise NoHeader("has a header without the delimiter of its rows", table=False)
    body = [record for record in found if record.line > layout.last_row]
    fitting = [record.cells for record in _until_gap(body) if record.cells is not None]
    width = len(layout.headings)
    if len(cells) > width:  # blank headings after the last name: columns only if something stands in them
        reach = max((extent(row) for row in fitting if len(row) <= len(cells)), default=0)
        if reach > width:
            width = reach
            layout = find_header(rows, width=width)
    _check_width(layout, width, fitting)
    broken = [r for r in found if r.cells is None and r.line < layout.last_row]
    if any(r.end - r.start > 2 * width for r in broken):
        raise NoHeader(f"has a broken line above its header: row {broken[-1].line}", table=True)
    counts = Counter(len(row) for row in fitting if len(row) >= width >= extent(row))
    habits = frozenset(count for count, times in counts.items() if times >= 2 and times * 20 >= len(fitting))
    written = counts.most_common(1)[0][0] if counts else width
    last = next(record for record in found if record.line == layout.last_row)
    return Understood(
        dialect=dialect,
        layout=layout,
        width=width,
        written=written,
        allowed=habits | {written, width},
        body=tuple(body),
        start=last.end,
        lines=last.line + last.lines - 1,
    )


def _until_gap(body: Sequence[Record]) -> Sequence[Record]:
    """The records up to the first blank line, where there are enough of them: beyond it another table may begin."""
    for at in range(2, len(body)):
        if body[at].line > body[at - 1].line + body[at - 1].lines:
            return body[:at]
    return body


def _check_width(layout: Layout, width: int, rows: Sequence[Sequence[str]]) -> None:
    """A header with fewer or more names than the data have cells names the wrong columns.

    Args:
        layout: the header.
        width: names in it.
        rows: the records below it.

    Raises:
        NoHeader: most records do not fit it, or one cell more than it names is there in all and filled in some.
    """
    if len(rows) < 2:
        return
    usual = Counter(map(len, rows)).most_common(1)[0][0]
    fit = sum(len(row) >= width >= extent(row) for row in rows)
    over = sum(len(row) == usual and extent(row) > width for row in rows)
    if fit * 2 < len(rows) or over * 20 > len(rows):
        raise NoHeader(
            f"has a header of {width} names in row {layout.last_row}, but most rows have {usual} cells, so columns "
            "cannot be told",
            table=True,
        )


def _single_column(head: bytes, name: str) -> Understood:
    found = _records(head, Dialect(","))
    if not found or any(record.cells is None or re.search(r"\S {2,}\S", record.cells[0]) for record in found):
        raise _unreadable(name, NoHeader("has no delimiter that gives a table", table=True))
    try:
        return _table(found, Dialect(","), single=True)
    except NoHeader as why:
        raise _unreadable(name, why) from None


def _unreadable(name: str, why: NoHeader) -> UnreadableExport:
    return UnreadableExport(
        f"{name} {why}; a text file with one header row and a comma, semicolon, tab or bar between cells is expected, "
        "so export it again, or repair the header."
    )
