"""Decides, line by line, what is no record or is out of the ordinary: broken records, furniture, another table.

Nothing here sees a clean file: only lines that are no whole record by themselves, or that read like a total or a note,
come this way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from caseaudit.reading import furniture
from caseaudit.reading.cells import BLANKS, extent, filled
from caseaudit.reading.dialect import Understood
from caseaudit.reading.header import begins_table, may_be_title
from caseaudit.reading.tokeniser import RECORD_LIMIT, Dialect, record_end, split

if TYPE_CHECKING:
    import polars as pl

_AMBIGUOUS_LINES = 20

_STRAY = re.compile(rb'(?<!\d)"')
"""A quotation mark that stands for no inches or seconds, in a file that does not quote."""

_LINE = 4096
"""Bytes of a broken line that are looked at for what it may be part of."""

_NEVER = re.compile(rb"(?!)")
_SPOTS = 500
"""Places after a blank line that are looked at for another table."""

OTHER_TABLE = "It belongs to another table further down in the file."
QUOTE_REASON = "A quotation mark is out of place or never closed, so the cells cannot be told apart."
BETWEEN_REASON = (
    "It stands between an opening and a closing quotation mark of broken records, so it may be part of one."
)
TWO_WAYS_REASON = "A quoted cell runs over lines that are records themselves, so it can be read in two ways."


@dataclass(slots=True)
class Judged:
    """What became of the lines below the header. Lines are counted from 0 at the first line below the header.

    Attributes:
        kept: records over several lines or out of the ordinary: line → cells.
        bad: line → why it is no record.
        loose: cells of lines in `bad` that could be told apart, for the look for furniture.
        taken: lines that are part of a record which begins on an earlier line.
    """

    kept: dict[int, tuple[str, ...]] = field(default_factory=dict)
    bad: dict[int, str] = field(default_factory=dict)
    loose: dict[int, tuple[str, ...]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)


def fits(cells: tuple[str, ...], known: Understood) -> bool:
    """Whether a record has the cells of the header; a blank one more or less only where the file has the habit."""
    count = len(cells)
    if count not in known.allowed or extent(cells) > known.width:
        return False
    return count == known.written or count > known.width or known.written == known.width or bool(cells[-1])


def walk(data: bytes, body: pl.Series, whole: pl.Series, blank: pl.Series, known: Understood) -> Judged:
    """Go through the lines that are no whole record by themselves, in order."""
    import polars as pl

    judged = Judged()
    plain = whole | blank
    odd = (~plain).arg_true()
    if odd.is_empty():
        return judged
    lengths = body.str.len_bytes().cast(pl.Int64) + 1
    starts = (lengths.cum_sum() - lengths).gather(odd).to_list()
    resume, failures, opened = 0, 0, -1
    opens, closes = _ends(known.dialect)
    for line, start in zip(odd.to_list(), starts, strict=True):
        if line < resume:
            continue
        at = known.start + start
        # Each failure may have searched to the limit; many of them must not make the walk quadratic.
        limit = RECORD_LIMIT if failures < 1000 else RECORD_LIMIT // 128
        end = record_end(data, at, known.dialect, limit)
        if end is None:
            failures += 1
            resume = line + 1
            newline = data.find(b"\n", at)
            text = data[at : newline if newline >= 0 else len(data)]
            judged.bad[line] = QUOTE_REASON
            judged.loose[line] = (text.decode(errors="replace").strip(BLANKS),)
            if opened >= 0 and line <= opened + _AMBIGUOUS_LINES and closes.match(text, 0, _LINE):
                _between(judged, blank, opened, line)
                opened = -1
            elif opens.search(text, 0, _LINE):
                opened = line
            continue
        record = data[at:end].removesuffix(b"\n")
        span = record.count(b"\n")
        resume = line + span + 1
        _judge(judged, line, span, record, whole, known)
    return judged


def _between(judged: Judged, blank: pl.Series, opened: int, line: int) -> None:
    """What stands between the two ends of a broken record may be part of it, and must not pass for records."""
    for doubtful in range(opened + 1, line):
        if not blank[doubtful] and doubtful not in judged.bad and doubtful not in judged.taken:
            judged.kept.pop(doubtful, None)
            judged.bad[doubtful] = BETWEEN_REASON


def _ends(dialect: Dialect) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Patterns for a line that leaves a quoted cell open, and for one that closes a cell it did not open."""
    if dialect.quote is None:
        return _NEVER, _NEVER
    q, d = re.escape(dialect.quote.encode()), re.escape(dialect.delimiter.encode())
    opens = rb"(?:\A|%b) *%b(?!.*%b *(?:%b|\Z))" % (d, q, q, d)
    closes = rb"[^%b]*[^%b%b\s][^%b%b]*%b *(?:%b|\Z)" % (q, q, d, q, d, q, d)
    return re.compile(opens), re.compile(closes)


def _judge(judged: Judged, line: int, span: int, record: bytes, whole: pl.Series, known: Understood) -> None:
    """Keep or set aside one record that fits the grammar."""
    cells = split(record, known.dialect)
    judged.taken.update(range(line + 1, line + span + 1))
    if not filled(cells):
        judged.taken.add(line)
    elif known.dialect.quote is None and _STRAY.search(record):
        judged.bad[line] = QUOTE_REASON
        judged.loose[line] = cells
    elif not fits(cells, known):
        there = len(cells)
        judged.bad[line] = (
            f"The record has {there} {'cell' if there == 1 else 'cells'} where the header has {known.width}."
        )
        judged.loose[line] = cells
    elif b"\0" in record:
        judged.bad[line] = "The record holds NUL signs, which no text has."
    elif span > 1 and known.width > 3 and whole.slice(line + 1, span - 1).any():
        judged.bad[line] = TWO_WAYS_REASON
    else:
        judged.kept[line] = cells[: known.width]


def other_table(body: pl.Series, blank: pl.Series, judged: Judged, known: Understood) -> int:
    """Line on which another table begins, or the number of lines; what stands from there on becomes `judged.bad`."""
    apart: list[int] = (blank.shift(1) & ~blank).arg_true().head(_SPOTS).to_list()
    # Without a blank line before it, only a header of another width over rows of that width is taken for one.
    unlike = [line for line, cells in judged.loose.items() if len(cells) not in {1, known.width}][:_SPOTS]
    spots = sorted({*apart, *unlike})
    first = [(record.line - known.lines - 1, record.cells) for record in known.body if record.cells]

    def cells_at(line: int) -> tuple[str, ...]:
        if line in judged.kept and line + 1 in judged.taken:
            return judged.kept[line]
        return judged.loose.get(line) or line_cells(body, line, known)  # kept ones are cut to the table's width

    decide = furniture.Furniture(known.layout.header, known.width)
    for spot in spots:
        alone, at = spot not in apart, spot
        if not alone and may_be_title(cells_at(spot)):
            at = next((line for line in range(spot + 1, min(spot + 4, len(body))) if not blank[line]), spot)
        if spot in judged.taken or decide(cells_at(at)) == furniture.REPEATED:
            continue
        end = next((line for line in range(at + 1, min(at + 20, len(body))) if blank[line]), at + 20)
        below = [cells_at(line) for line in range(at + 1, min(end, len(body))) if line not in judged.taken]
        above = [cells[: known.width] for line, cells in first if line < spot and len(cells) >= known.width]
        if begins_table(cells_at(at), below, above, widths_alone=alone):
            for line in (~blank).arg_true().filter((~blank).arg_true() >= spot).to_list():
                if line not in judged.taken:
                    judged.kept.pop(line, None)
                    judged.bad[line] = OTHER_TABLE
            return spot
    return len(body)


def find_furniture(
    body: pl.Series, likely: pl.Series, blank: pl.Series, judged: Judged, known: Understood
) -> dict[int, str]:
    """Lines that are no record but belong to the report: line → what it is. They are taken out of `judged.bad`."""
    decide = furniture.Furniture(known.layout.header, known.width)
    aside: dict[int, str] = {}
    for line in likely[: len(body)].arg_true().to_list():
        if line not in judged.taken and line not in judged.bad and (what := decide(line_cells(body, line, known))):
            aside[line] = what
    for cells_of in (judged.loose, judged.kept):
        for line, cells in list(cells_of.items()):
            if line < len(body) and (what := decide(cells)):
                aside[line] = what

    def cells_at(line: int) -> tuple[str, ...] | None:
        if line in judged.taken or line in aside:
            return None
        if blank[line]:
            return ()
        return judged.loose.get(line) or judged.kept.get(line) or line_cells(body, line, known)

    aside.update(dict.fromkeys(decide.notes_around(len(body), cells_at), furniture.NOTE))
    for line in aside:
        judged.bad.pop(line, None)
        judged.kept.pop(line, None)
    return aside


def line_cells(body: pl.Series, line: int, known: Understood) -> tuple[str, ...]:
    """Cells of one line below the header."""
    return split(body[line].encode(), known.dialect)
