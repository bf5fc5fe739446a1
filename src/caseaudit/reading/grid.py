"""The rows of one sheet below its header: which are records, and their columns as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseaudit.reading import furniture
from caseaudit.reading.cells import Row, counted
from caseaudit.reading.header import Layout, begins_table, may_be_title
from caseaudit.reading.parts import Merge

if TYPE_CHECKING:
    import polars as pl

    from caseaudit.reading.areas import Area

SAMPLE = 200
BAND = "The row is one cell merged over the whole table, as the name of a group of rows is."
OTHER_TABLE = "It belongs to another table further down on the sheet."

_SPOTS = 500
_SUSPECT = rf"(?i)^(?:{furniture.LABEL}|{furniture.STOCK})|otal"


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet as understood from its first rows.

    Attributes:
        name: its name.
        layout: header and column names.
        left: columns of the used area before the first of the table.
        sample: the first rows below the header.
        notes: what was noticed.
    """

    name: str
    layout: Layout
    left: int
    sample: tuple[Row, ...]
    notes: tuple[str, ...]


class Grid:
    """The rows of a sheet below its header, places counted from 0.

    Args:
        area: the used area of the sheet.
        tab: where the table stands in it.

    Attributes:
        row: physical row of place 0.
    """

    def __init__(self, area: Area, tab: Tab) -> None:
        self._tab = tab
        self._width = len(tab.layout.headings)
        self.row = tab.layout.last_row + 1
        self._columns = [column.slice(self.row - area.first) for column in area.columns]
        self._height = len(self._columns[0]) if self._columns else 0
        self._left = area.left
        self._filled_down = 0
        self._bands: set[int] = set()

    @property
    def _table(self) -> list[pl.Series]:
        return self._columns[self._tab.left : self._tab.left + self._width]

    def merge(self, merges: Sequence[Merge]) -> None:
        """Take merged cells for what they stand for, given by rows and columns of the sheet from 0.

        One over several rows holds for each of them; one over the table's whole width names a group of rows.
        """
        index: dict[int, list[int]] = {}
        holds = _any_filled(self._table).to_list() if merges else []
        begin, end = self._tab.left, self._tab.left + self._width
        done: dict[int, int] = {}
        for (top, left), (bottom, right) in sorted(merges):
            rows = range(top + 1 - self.row, min(bottom + 2 - self.row, self._height))
            first, last = left - self._left, right - self._left
            if rows.start < done.get(first, 0) or not rows or first < 0:
                continue
            done[first] = rows.stop  # merged cells do not lie over each other, and no file makes us believe it
            if first == last < len(self._columns):
                if first not in index:
                    index[first] = list(range(self._height))
                below = [at for at in rows[1:] if holds[at]]  # a row that is blank but for this is none
                for at in below:
                    index[first][at] = rows.start
                self._filled_down += len(below)
            elif first <= begin and last >= end - 1 and self._width > 2:
                self._bands.update(rows)
        for column, places in index.items():
            self._columns[column] = self._columns[column].gather(places)

    def pad(self, shown: pl.DataFrame) -> int:
        """Write numbers out with the leading zeros their format shows; returns how many became longer.

        Args:
            shown: row and column of the sheet, and the text.
        """
        below = shown.filter(shown["row"] >= self.row)
        for (column,), cells in below.partition_by("column", as_dict=True).items():
            at = int(column) - self._left
            self._columns[at] = self._columns[at].scatter(cells["row"] - self.row, cells["text"])
        return below.height

    def cells(self, at: int) -> tuple[str, ...]:
        """One row as text, the table's columns alone."""
        return tuple(column[at] or "" for column in self._table)

    def column(self, heading: str, at: int, kept: pl.Series) -> pl.Series:
        """One column as text, blanks null; KEPT tells which rows of it."""
        cells = self._table[at].alias(heading)
        return cells if kept.all() else cells.filter(kept)

    def judge(self) -> tuple[pl.Series, dict[int, tuple[str, bool]], list[str]]:
        """Which rows are records; the places of the other rows with what they are and whether malformed; notes.

        Blank rows are neither.
        """
        decide = furniture.Furniture(self._tab.layout.header, self._width)
        blank = ~_any_filled(self._table)
        aside = self._furniture(decide, blank)
        aside.update((at, (BAND, False)) for at in self._bands if not blank[at])
        notes = []
        end = self._other_table(blank, aside)
        if end < self._height:
            notes.append(
                f"Another table begins in row {end + self.row}; its rows were set aside. Put it in a sheet of its own."
            )
            aside.update((at, (OTHER_TABLE, True)) for at in range(end, self._height) if not blank[at])

        def cells_at(at: int) -> tuple[str, ...] | None:
            return None if at in aside else () if blank[at] else self.cells(at)

        aside.update(dict.fromkeys(decide.notes_around(end, cells_at), (furniture.NOTE, False)))
        right = self._columns[self._tab.left + self._width :]
        beside = int(_any_filled(right).sum()) if right else 0
        if beside:
            notes.append(f"{counted(beside, 'row')} with cells to the right of the table; those cells were left out.")
        if self._filled_down:
            notes.append(f"{counted(self._filled_down, 'cell')} filled from a cell merged over several rows.")
        return (~blank).scatter(list(aside), values=False) if aside else ~blank, aside, notes

    def _furniture(self, decide: furniture.Furniture, blank: pl.Series) -> dict[int, tuple[str, bool]]:
        """Rows that are no records by what stands in them: place → what they are."""
        import polars as pl

        heading = next(cell for cell in self._tab.layout.header[-1][1] if cell)
        # The first cell of the table, or of the row where that is blank.
        first = pl.select(pl.coalesce(self._table[0], *self._columns)).to_series().alias("first")
        text = pl.col("first")
        suspect = text.str.contains(heading, literal=True) | text.str.contains(_SUSPECT)
        places = first.to_frame().select(suspect.fill_null(value=False)).to_series() & ~blank
        aside = {}
        for at in places.arg_true().to_list():
            # A mix of letters and digits is an identifier.
            word = first[at].isalpha() or not first[at].isalnum()
            if (word or heading in first[at]) and (what := decide(self.cells(at))):
                aside[at] = what, False
        return aside

    def _other_table(self, blank: pl.Series, aside: Mapping[int, object]) -> int:
        """Place where another table begins, or the number of rows."""
        spots = (blank.shift(1) & ~blank).arg_true().head(_SPOTS).to_list()
        first = [at for at in (~blank).arg_true().head(SAMPLE + len(aside)).to_list() if at not in aside][:SAMPLE]
        above = [(at, self.cells(at)) for at in first] if spots else []
        for spot in spots:
            header = self._below_title(spot, blank)
            if header in aside:  # the header of this table again
                continue
            below = []
            for at in range(header + 1, min(header + 20, self._height)):
                if blank[at]:
                    break
                below.append(self.cells(at))
            if begins_table(self.cells(header), below, [cells for at, cells in above if at < spot]):
                return int(spot)
        return self._height

    def _below_title(self, at: int, blank: pl.Series) -> int:
        """The place itself, or that of the row below it where it may hold the title of a table."""
        if may_be_title(self.cells(at)):
            return next((below for below in range(at + 1, min(at + 4, self._height)) if not blank[below]), at)
        return at


def _any_filled(columns: Sequence[pl.Series]) -> pl.Series:
    """Whether a row has something in one of the columns."""
    import polars as pl

    named = {str(at): column.is_not_null() for at, column in enumerate(columns)}
    return pl.DataFrame(named).select(pl.any_horizontal(pl.all())).to_series()
