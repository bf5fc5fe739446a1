"""The rows of one sheet below its header: which are records, and their columns as text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from caseaudit.reading import furniture
from caseaudit.reading.cells import BLANKS, Row, counted
from caseaudit.reading.header import Layout, begins_table
from caseaudit.reading.values import as_text

if TYPE_CHECKING:
    import polars as pl

SAMPLE = 200
OTHER_TABLE = "It belongs to another table further down on the sheet."

_SPOTS = 500
_SUSPECT = re.compile(rf"[{BLANKS}]*(?:{furniture.LABEL}|{furniture.STOCK})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet as understood from its first rows.

    Attributes:
        name: its name.
        layout: header and column names.
        left: columns of the used area before the first of the table.
        first: physical row of the used area's first row.
        sample: the first rows below the header.
        notes: what was noticed.
    """

    name: str
    layout: Layout
    left: int
    first: int
    sample: tuple[Row, ...]
    notes: tuple[str, ...]


class Grid:
    """The rows of a sheet below its header, places counted from 0.

    Attributes:
        row: physical row of place 0.
    """

    def __init__(self, values: Sequence[list[Any]], tab: Tab) -> None:
        self._values = values
        self._tab = tab
        self._width = len(tab.layout.headings)
        self.row = tab.layout.last_row + 1
        self._filled_down = 0
        self._wider = bool(values) and len(values[0]) > tab.left + self._width

    def fill_down(self, top: int, bottom: int, column: int) -> None:
        """Repeat the value of a merged cell in every row it spans, given by physical rows."""
        if top < self.row or column < 0:
            return
        for row in range(top + 1, min(bottom, self.row + len(self._values) - 1) + 1):
            self._values[row - self.row][column] = self._values[top - self.row][column]
            self._filled_down += 1

    def pad(self, zeros: Mapping[tuple[int, int], int], left: int) -> int:
        """Write numbers out with the leading zeros their format shows; returns how many became longer."""
        padded = 0
        for (row, column), digits in zeros.items():
            at, place = row - self.row, column - left
            if 0 <= at < len(self._values) and 0 <= place < len(self._values[at]):
                value = self._values[at][place]
                if isinstance(value, float) and value.is_integer() and 0 <= value < 10 ** (digits - 1):
                    self._values[at][place] = str(int(value)).zfill(digits)
                    padded += 1
        return padded

    def cells(self, at: int) -> tuple[str, ...]:
        """One row as text, the table's columns alone."""
        return tuple(map(as_text, self._values[at][self._tab.left : self._tab.left + self._width]))

    def column(self, heading: str, at: int, kept: Sequence[int]) -> pl.Series:
        """One column as text, blanks null."""
        import polars as pl

        rows = self._values if len(kept) == len(self._values) else map(self._values.__getitem__, kept)
        cells = list(map(itemgetter(at + self._tab.left), rows))
        kinds = set(map(type, cells))
        if kinds <= {str, dt.date}:  # days repeat, and to look one up is quicker than to write it out
            days = {v: v.isoformat() for v in set(cells) if type(v) is not str} if dt.date in kinds else {}
            texts = [v if type(v) is str else days[v] for v in cells] if days else cells
        else:
            texts = list(map(as_text, cells))
        series = pl.Series(heading, texts, dtype=pl.String)
        series = series.str.strip_chars(BLANKS).str.replace_all("\u00a0", " ", literal=True)
        return series.set(series == "", None)

    def judge(self) -> tuple[list[int], dict[int, tuple[str, bool]], list[str]]:
        """Places of the records; of the other rows with what they are and whether they are malformed; notes.

        Blank rows are neither.
        """
        decide = furniture.Furniture(self._tab.layout.header, self._width)
        kept, aside, blank = self._sort_out(decide)
        notes = []
        end = self._other_table(blank, kept)
        if end < len(self._values):
            notes.append(
                f"Another table begins in row {end + self.row}; its rows were set aside. Put it in a sheet of its own."
            )
            aside.update((at, (OTHER_TABLE, True)) for at in range(end, len(self._values)) if at not in blank)

        def cells_at(at: int) -> tuple[str, ...] | None:
            return None if at in aside else () if at in blank else self.cells(at)

        aside.update(dict.fromkeys(decide.notes_around(end, cells_at), (furniture.NOTE, False)))
        right = self._tab.left + self._width
        beside = sum(any(map(as_text, row[right:])) for row in self._values) if self._wider else 0
        if beside:
            notes.append(f"{counted(beside, 'row')} with cells to the right of the table; those cells were left out.")
        if self._filled_down:
            notes.append(f"{counted(self._filled_down, 'cell')} filled from a cell merged over several rows.")
        return [at for at in kept if at not in aside], aside, notes

    def _sort_out(self, decide: furniture.Furniture) -> tuple[list[int], dict[int, tuple[str, bool]], set[int]]:
        """Places of the rows that may be records, of the furniture among them, and of the blank rows."""
        kept: list[int] = []
        aside: dict[int, tuple[str, bool]] = {}
        blank: set[int] = set()
        heading = next(cell for cell in self._tab.layout.header[-1][1] if cell)
        left, right = self._tab.left, self._tab.left + self._width
        for at, row in enumerate(self._values):
            # Few rows deserve more than a glance: those that begin with a blank, a word, a total or a header.
            first = row[left]
            if type(first) is not str or (first.isalnum() and not first.isalpha() and heading not in first):
                kept.append(at)
                continue
            if len(row) - row.count("") <= 3 and not any(map(as_text, row[left:right])):
                blank.add(at)
                continue
            first = first if first != "" else next((cell for cell in row if cell != ""), "")
            likely = type(first) is str and (
                heading in first
                or (not (first.isalnum() and not first.isalpha()) and (_SUSPECT.match(first) or "otal" in first))
            )
            if likely and (what := decide(self.cells(at))):
                aside[at] = what, False
            else:
                kept.append(at)
        return kept, aside, blank

    def _other_table(self, blank: set[int], kept: Sequence[int]) -> int:
        """Place where another table begins, or the number of rows."""
        for spot in sorted(at + 1 for at in blank)[:_SPOTS]:
            if spot in blank or spot >= len(self._values):
                continue
            below = []
            for at in range(spot + 1, min(spot + 20, len(self._values))):
                if at in blank:
                    break
                below.append(self.cells(at))
            if begins_table(self.cells(spot), below, [self.cells(at) for at in kept[:SAMPLE] if at < spot]):
                return spot
        return len(self._values)
