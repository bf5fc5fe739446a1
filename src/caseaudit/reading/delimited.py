"""Reads CSV and its relatives through a lossless gate: each record is kept as it stands or set aside.

Lines that are whole records by themselves are proved so at once and go to Polars; the tokeniser walks the others, one
by one, and decides record by record.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from caseaudit.model import SOURCE_ROW
from caseaudit.reading import furniture, lines
from caseaudit.reading.cells import BLANKS, extent, filled
from caseaudit.reading.dialect import Understood
from caseaudit.reading.frames import frame_of
from caseaudit.reading.tokeniser import RECORD_LIMIT, record_end, split

if TYPE_CHECKING:
    import polars as pl

SAMPLE = 200
_AMBIGUOUS_LINES = 20

_STRAY = re.compile(rb'(?<!\d)"')
"""A quotation mark that stands for no inches or seconds, in a file that does not quote."""

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


def sample_rows(known: Understood) -> list[tuple[int, tuple[str, ...]]]:
    """The first rows below the header that are records, cut or filled to the table's width."""
    judge = furniture.Furniture(known.layout.header, known.width)
    rows = []
    for record in known.body:
        cells = record.cells
        if cells is None or not fits(cells, known) or judge(cells):
            continue
        rows.append((record.line, cells[: known.width]))
    return rows[:SAMPLE]


def fits(cells: tuple[str, ...], known: Understood) -> bool:
    """Whether a record has the cells of the header; a blank one more or less only where the file has the habit."""
    count = len(cells)
    if count not in known.allowed or extent(cells) > known.width:
        return False
    return count == known.written or count > known.width or known.written == known.width or bool(cells[-1])


def read_rows(
    data: bytes, known: Understood, wanted: Collection[str]
) -> tuple[pl.DataFrame, list[tuple[int, str, bool]], list[str]]:
    """Read the rows below the header.

    Args:
        data: the file's text.
        known: what was understood from its first records.
        wanted: headings of the columns to read.

    Returns:
        The wanted columns as text with SOURCE_ROW, (row, reason, whether furniture) of every other row, and notes.
    """
    import polars as pl

    body = lines.split_lines(data)[known.lines :] if known.start < len(data) else pl.Series("line", [], dtype=pl.String)
    whole = lines.whole(body, known.dialect, known.width, known.written)
    if known.dialect.quote is None:
        whole &= ~body.str.contains('"', literal=True)
    if b"\0" in data:
        whole &= ~body.str.contains("\0", literal=True)
    blank = lines.blank(body, known.dialect)
    judged = _walk(data, body, whole, blank, known)
    aside = _furniture(body, whole & ~blank, blank, judged, known)
    keep = whole & ~blank
    if drop := [*judged.taken, *judged.bad, *judged.kept, *aside]:
        keep = keep.scatter(drop, values=False)
    # Where all lines are whole or blank the text goes to Polars as it is; else a text of the good lines alone.
    good = None if (whole | blank).all() else body.filter(keep).str.join("\n")[0].encode()
    del body, whole, blank  # as much memory as the file itself
    frame = _by_polars(data, good, keep, known, wanted)
    if judged.kept:
        by_hand = ((line + known.lines + 1, cells) for line, cells in judged.kept.items())
        frame = pl.concat([frame, frame_of(by_hand, known.layout.headings, wanted)]).sort(SOURCE_ROW)
    first = known.lines + 1
    rejected = [(line + first, reason, False) for line, reason in judged.bad.items()]
    rejected += [(line + first, reason, True) for line, reason in aside.items()]
    return frame, sorted(rejected), _notes(data, known)


def _notes(data: bytes, known: Understood) -> list[str]:
    notes = []
    if not data.endswith(b"\n"):
        notes.append("The last line has no line end: if the file was cut off, its last row may be incomplete.")
    if known.dialect.quote is None:
        notes.append("No cell is quoted in this file; quotation marks after a figure were taken for inches.")
    return notes


def _walk(data: bytes, body: pl.Series, whole: pl.Series, blank: pl.Series, known: Understood) -> Judged:
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
    quote = (known.dialect.quote or "").encode()
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
            if quote and text.count(quote) % 2:
                opened = _between(judged, blank, opened, line)
            continue
        record = data[at:end].removesuffix(b"\n")
        span = record.count(b"\n")
        resume = line + span + 1
        _judge(judged, line, span, record, whole, known)
    return judged


def _between(judged: Judged, blank: pl.Series, opened: int, line: int) -> int:
    """Two broken lines with an odd quotation mark each may be the ends of one record: what is between is doubtful.

    Returns the line of an opening mark that is still to be matched, or -1.
    """
    if opened < 0 or line > opened + _AMBIGUOUS_LINES:
        return line
    for doubtful in range(opened + 1, line):
        if not blank[doubtful] and doubtful not in judged.bad and doubtful not in judged.taken:
            judged.kept.pop(doubtful, None)
            judged.bad[doubtful] = BETWEEN_REASON
    return -1


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


def _furniture(
    body: pl.Series, whole: pl.Series, blank: pl.Series, judged: Judged, known: Understood
) -> dict[int, str]:
    """Lines that are no record but belong to the report: line → what it is. They are taken out of `judged.bad`."""
    decide = furniture.Furniture(known.layout.header, known.width)
    aside: dict[int, str] = {}
    heading = next(cell for cell in known.layout.header[-1][1] if cell)
    pattern = rf"{furniture.LABEL}|{furniture.STOCK}|{lines.literal(heading)}"
    likely = whole & (lines.suspects(body, known.dialect, pattern) | body.str.contains(r"(?i)[ -]total\b"))
    for line in likely.arg_true().to_list():
        if line not in judged.taken and (what := decide(_cells(body, line, known))):
            aside[line] = what
    for cells_of in (judged.loose, judged.kept):
        for line, cells in list(cells_of.items()):
            if what := decide(cells):
                aside[line] = what

    def cells_at(line: int) -> tuple[str, ...] | None:
        if line in judged.taken or line in aside:
            return None
        if blank[line]:
            return ()
        return judged.loose.get(line) or judged.kept.get(line) or _cells(body, line, known)

    aside.update(dict.fromkeys(decide.notes_around(len(body), cells_at), furniture.NOTE))
    for line in aside:
        judged.bad.pop(line, None)
        judged.kept.pop(line, None)
    return aside


def _cells(body: pl.Series, line: int, known: Understood) -> tuple[str, ...]:
    return split(body[line].encode(), known.dialect)


def _by_polars(
    data: bytes,
    good: bytes | None,
    keep: pl.Series,
    known: Understood,
    wanted: Collection[str],
) -> pl.DataFrame:
    """Read the lines proved whole, only the wanted columns.

    Args:
        data: the file's text.
        good: the lines to keep alone; None where DATA holds no line that Polars would not read right.
        keep: which lines below the header to keep.
        known: header and dialect.
        wanted: headings of the columns to read.
    """
    import polars as pl

    headings = known.layout.headings
    rows = (keep.arg_true() + (known.lines + 1)).cast(pl.UInt32).alias(SOURCE_ROW)
    if not len(rows):
        return frame_of([], headings, wanted)
    names = {f"c{at}": heading for at, heading in enumerate(headings) if heading in wanted}
    if not names:
        return pl.DataFrame([rows])
    frame = None
    if good is None:
        frame = _parse(data, known, names, skip=known.lines)
        frame = frame.filter(keep) if len(frame) == len(keep) else None
    if frame is None:
        frame = _parse(good or _kept_lines(data, keep, known), known, names, skip=0)
    if len(frame) != len(rows):
        raise AssertionError("Polars and the proof disagree about the number of records")
    return _clean(frame, data).with_columns(rows)


def _kept_lines(data: bytes, keep: pl.Series, known: Understood) -> bytes:
    """The lines to keep as a text of their own: Polars passes over blank lines at the beginning and the end."""
    return "\n".join(lines.split_lines(data)[known.lines :].filter(keep)).encode()


def _parse(text: bytes, known: Understood, names: dict[str, str], skip: int) -> pl.DataFrame:
    import polars as pl

    quote = known.dialect.quote
    scan = pl.scan_csv(
        io.BytesIO(text),
        has_header=False,
        skip_lines=skip,
        schema={f"c{at}": pl.String for at in range(known.written)},
        separator=known.dialect.delimiter,
        quote_char=quote if quote and quote.encode() in text else None,
        truncate_ragged_lines=True,
        missing_columns="insert",
    )
    return scan.select(*names).collect().rename(names)


def _clean(frame: pl.DataFrame, text: bytes) -> pl.DataFrame:
    """Cells without blanks around them; a blank one is null; ="001" is 001, which is how Excel is made to keep zeros."""
    import polars as pl

    cells = pl.all().str.strip_chars(BLANKS)
    if b'"' in text and b'="' in text:
        cells = cells.str.replace(r'^="([^"]*)"$', "${1}").str.strip_chars(BLANKS)
    if not text.isascii():
        cells = cells.str.replace_all("\u00a0", " ", literal=True)
    frame = frame.select(cells)  # in two steps: as one expression Polars would trim twice
    return frame.select(pl.when(pl.all() != "").then(pl.all()))
