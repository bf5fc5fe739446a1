"""Reads CSV and its relatives through a lossless gate: each record is kept as it stands or set aside.

A text of nothing but records is proved so as a whole (plain.py). In any other, lines that are whole records by
themselves go to Polars; the tokeniser walks the others, one by one, and decides record by record.
"""

from __future__ import annotations

import io
from collections.abc import Collection
from typing import TYPE_CHECKING

from caseaudit.model import SOURCE_ROW
from caseaudit.reading import furniture, lines
from caseaudit.reading.cells import BLANKS
from caseaudit.reading.dialect import Understood
from caseaudit.reading.frames import frame_of
from caseaudit.reading.judging import find_furniture, fits, other_table, walk
from caseaudit.reading.plain import read_plain, trimmed
from caseaudit.reading.tokeniser import split

if TYPE_CHECKING:
    import polars as pl

SAMPLE = 200


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
    frame = read_plain(data, known, wanted)
    return read_carefully(data, known, wanted) if frame is None else (frame, [], notes_on(data, known))


def read_carefully(
    data: bytes, known: Understood, wanted: Collection[str]
) -> tuple[pl.DataFrame, list[tuple[int, str, bool]], list[str]]:
    """As read_rows, each line looked at for itself."""
    import polars as pl

    body = lines.split_lines(data)[known.lines :] if known.start < len(data) else pl.Series("line", [], dtype=pl.String)
    whole = lines.whole(body, known.dialect, known.width, known.written)
    if known.dialect.quote is None:
        whole &= ~body.str.contains('"', literal=True)
    if b"\0" in data:
        whole &= ~body.str.contains("\0", literal=True)
    blank, suspect = lines.blank_and_suspect(body, known.dialect, furniture.starts(known.layout.header), "total")
    judged = walk(data, body, whole, blank, known)
    end = other_table(body, blank, judged, known)
    aside = find_furniture(body[:end], whole & suspect, blank, judged, known)
    keep = whole & ~blank
    if drop := [*judged.taken, *judged.bad, *judged.kept, *aside]:
        keep = keep.scatter(drop, values=False)
    # Where all lines are whole or empty the text goes to Polars as it is; else a text of the good lines alone.
    plain = whole.all() or (whole | (body.str.strip_chars(known.dialect.delimiter) == "")).all()
    good = None if plain else body.filter(keep).str.join("\n")[0].encode()
    del body, whole, blank, suspect  # as much memory as the file itself
    frame = _by_polars(data, good, keep, known, wanted)
    if judged.kept:
        by_hand = ((line + known.lines + 1, cells) for line, cells in judged.kept.items())
        frame = pl.concat([frame, frame_of(by_hand, known.layout.headings, wanted)]).sort(SOURCE_ROW)
    first = known.lines + 1
    rejected = [(line + first, reason, False) for line, reason in judged.bad.items()]
    rejected += [(line + first, reason, True) for line, reason in aside.items()]
    notes = notes_on(data, known)
    if end < len(keep):
        notes.append(
            f"Another table begins in row {end + first}; its rows were set aside. Put it in a file of its own."
        )
    return frame, sorted(rejected), notes


def notes_on(data: bytes, known: Understood) -> list[str]:
    """Sentences on what of a text was taken for granted."""
    notes = []
    if not data.endswith(b"\n"):
        notes.append("The last line has no line end: if the file was cut off, its last row may be incomplete.")
    if known.dialect.quote is None:
        notes.append("No cell is quoted in this file; quotation marks after a figure were taken for inches.")
    elif known.dialect.quote == "'":
        notes.append("Cells are quoted with apostrophes in this file; quotation marks in them were left as they stand.")
    if known.written > len(known.layout.header[-1][1]):
        notes.append(
            "Rows end in a delimiter that the header does not have, and the blank cell after it was left out. If a "
            "delimiter is missing between two names of the header instead, columns are misnamed: look at them."
        )
    return notes


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
    for text, skip in ((data, known.lines), (None, 0)) if good is None else ((good, 0),):
        alone = text is not data
        frame = _parse(_kept_lines(data, keep, known) if text is None else text, known, names, skip)
        if frame is not None and len(frame) == (len(rows) if alone else len(keep)):
            return _clean(frame if alone else frame.filter(keep), data).with_columns(rows)
    # Polars sees other records than the proof does: read them one by one, as the grammar says.
    kept = _kept_lines(data, keep, known).split(b"\n")
    return frame_of(
        ((row, split(line, known.dialect)[: known.width]) for row, line in zip(rows, kept, strict=True)),
        headings,
        wanted,
    )


def _kept_lines(data: bytes, keep: pl.Series, known: Understood) -> bytes:
    """The lines to keep as a text of their own: Polars may pass over blank lines at the beginning and the end."""
    text: str = lines.split_lines(data)[known.lines :].filter(keep).str.join("\n")[0]
    return text.encode()


def _parse(text: bytes, known: Understood, names: dict[str, str], skip: int) -> pl.DataFrame | None:
    """The named columns of a text after SKIP lines; None where Polars will not read it."""
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
    try:
        return scan.select(*names).collect().rename(names)
    except pl.exceptions.PolarsError:
        return None


def _clean(frame: pl.DataFrame, text: bytes) -> pl.DataFrame:
    """Cells without blanks around them, a blank one null; ="001", by which Excel is made to keep zeros, is 001."""
    import polars as pl

    if b'"' in text and b'="' in text:
        frame = frame.with_columns(pl.all().str.strip_chars(BLANKS).str.replace(r'^="([^"]*)"$', "${1}"))
    return trimmed(frame, text).select(pl.when(pl.all() != "").then(pl.all()))
