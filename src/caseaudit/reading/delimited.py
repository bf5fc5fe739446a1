"""Reads CSV and its relatives through a lossless gate: each record is kept as it stands or set aside.

A text of nothing but records is proved so as a whole (plain.py). In any other, lines that are whole records by
themselves go to Polars; the tokeniser walks the others, one by one, and decides record by record.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from caseaudit.model import SOURCE_ROW
from caseaudit.reading import furniture, lines
from caseaudit.reading.cells import BLANKS
from caseaudit.reading.column import Cells
from caseaudit.reading.dialect import Understood
from caseaudit.reading.frames import frame_of
from caseaudit.reading.judging import find_furniture, fits, other_table, walk
from caseaudit.reading.parsing import parse
from caseaudit.reading.plain import none_if_empty, read_plain, trimmed
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
        others = frame_of(by_hand, known.layout.headings, wanted).cast(frame.schema)
        frame = pl.concat([frame, others]).sort(SOURCE_ROW)
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
        columns = parse(text or _kept_lines(data, keep, known), known, list(names), skip, quoted=True)
        if columns is not None and all(
            len(one.column) == (len(rows) if alone else len(keep)) for one in columns.values()
        ):
            cells = _clean(columns, data)
            frame = pl.DataFrame([cells[name].column.alias(heading) for name, heading in names.items()])
            return (frame if alone else frame.filter(keep)).with_columns(rows)
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


def _clean(columns: dict[str, Cells], text: bytes) -> dict[str, Cells]:
    """Cells without blanks around them, a blank one null; ="001", by which Excel is made to keep zeros, is 001."""
    if b'"' in text and b'="' in text:
        bare = r'^="([^"]*)"$'
        columns = {
            name: cells.mended(lambda cell: cell.str.strip_chars(BLANKS).str.replace(bare, "${1}"))
            for name, cells in columns.items()
        }
    ascii_only, rare = text.isascii(), any(sign in text for sign in b"\t\v\f")
    return {
        name: trimmed(cells, ascii_only=ascii_only, rare_blanks=rare).mended(none_if_empty)
        for name, cells in columns.items()
    }
