"""Where rows came from, and the rows as exported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


SOURCE_ROW = "\nrow"
"""Column of an export's frame with the row a person sees in the file (first line or row = 1).

No heading has a line break in it, so none is taken for this column.
"""


ORIGIN_SHIFT = 2**32
"""An origin is `source number * ORIGIN_SHIFT + source row`, the source number being its place in Tables.sources."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows came from: one CSV file, or one sheet of a workbook, and how it was understood.

    Attributes:
        file: path relative to the folder of exports, with `/`.
        sheet: name of the sheet; None for a file without sheets.
        sha256: digest of the whole file's bytes.
        encoding, delimiter: as found; None where the kind of file has none.
        header_row: physical row of the header (the last of them where there are several).
        rows_read: records found below the header, blank lines not counted.
        notes: what was noticed and mended or left, one sentence each, quoting no cell.
        from_1904: whether a bare day number in it counts from 1904, as in some workbooks.
    """

    file: str
    sheet: str | None
    sha256: str
    encoding: str | None
    delimiter: str | None
    header_row: int
    rows_read: int
    notes: tuple[str, ...] = ()
    from_1904: bool = False

    @property
    def label(self) -> str:
        """File and sheet as reports and messages name them."""
        return f"{self.file} › {self.sheet}" if self.sheet else self.file


@dataclass(frozen=True)
class Sheet:
    """A source before its rows are read: enough to decide what its columns mean.

    Attributes:
        path: the file to read.
        source: what was found out so far; rows_read is 0 until the rows are read.
        headings: one per physical column, made unique ("Date", "Date (2)") and never blank.
        sample: up to 200 rows as exported (text; blanks are null) under those headings, plus SOURCE_ROW.
        member: name inside a ZIP; None for a file of its own.
        written: the headings as the file has them, where `headings` writes them as a published format does; empty
            where they are the same.
    """

    path: Path
    source: Source
    headings: tuple[str, ...]
    sample: pl.DataFrame
    member: str | None = None
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row, or one use of a row, that could not be used. Nothing is dropped without one of these.

    Attributes:
        source: place of the source in Tables.sources.
        row: physical row.
        table: canonical table the row should have fed; None for a row that is no record at all.
        field: canonical field that made it unusable; None where it is the row as a whole.
        reason: one sentence, quoting no cell.
        furniture: True for what is no record: a totals row, a repeated header, a note or footer.
        whole: True when the row feeds nothing at all; False when another table could still use it.
    """

    source: int
    row: int
    table: str | None
    field: str | None
    reason: str
    furniture: bool = False
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Export:
    """The rows of one source as exported: every cell text, a blank is null, with the physical row.

    Attributes:
        source: where it came from.
        frame: text columns named by their headings, plus SOURCE_ROW (UInt32). Holds only mapped columns. A column may
            be Categorical where few texts stand in many rows: see `numbered`.
        set_aside: rows read that are not in the frame (malformed records, totals, repeated headers ...);
            `source` in them is 0 and is set when the exports are joined.
    """

    source: Source
    frame: pl.DataFrame
    set_aside: tuple[Rejected, ...] = ()


def numbered(column: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The different texts of a column that is kept by their numbers, and which of them stands in each row.

    What is to be looked at, mended or read in such a column is so once for each different text.

    Args:
        column: Categorical or Enum.

    Returns:
        The texts, each at the place of its number, null where no row has that number; and each row's number, null
        where the row is blank.
    """
    import polars as pl

    different = column.unique(maintain_order=True).drop_nulls()  # which is the quicker way
    numbers = different.to_physical().cast(pl.UInt32)
    count = int(numbers.max()) + 1 if len(numbers) else 0  # type: ignore[arg-type]
    nowhere = pl.Series([None], dtype=pl.UInt32).new_from_index(0, count)
    places = nowhere.scatter(numbers, pl.int_range(len(numbers), dtype=pl.UInt32, eager=True))
    return different.cast(pl.String).gather(places), column.to_physical()
