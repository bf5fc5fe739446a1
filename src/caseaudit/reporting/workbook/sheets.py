"""What a sheet is, before it is written: its name, its columns and rows, and what its pages say of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import polars as pl

MOST_ROWS = 1_048_575
"""Rows a sheet can hold below its header."""

PERSONAL = "Contains personal data"

Cell = str | int | float | bool | dt.date | None
Kind = Literal["text", "count", "place", "share", "day", "small"]
"""text; count 1,204; place 1204, such as a row; share 85%; day 31 Oct 2026; small text that is for programs."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes:
        heading: as readers see it, and by which a filled file is read back.
        width: in characters.
        kind: what its cells are.
        yours: whether the reader fills it in.
    """

    heading: str
    width: int
    kind: Kind = "text"
    yours: bool = False


@dataclass(frozen=True)
class Table:
    """A sheet: a header in its first row, and rows.

    Attributes:
        name: of the sheet.
        columns: its columns.
        rows: a frame for what may be long (text, whole numbers, days); lists of cells where a column is mixed.
        links: (row, column), both counted from 0 below the header → place in this workbook, such as "'Findings'!A2".
        printed: how many columns go on paper; None for all.
        filtered: whether the header has filters.
        whole_in: file of the pack that holds the whole of a text too long for a cell.
    """

    name: str
    columns: tuple[Column, ...]
    rows: pl.DataFrame | Sequence[Sequence[Cell]]
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    printed: int | None = None
    filtered: bool = True
    whole_in: str = "findings.csv"

    @property
    def height(self) -> int:
        """Rows below the header."""
        return self.rows.height if isinstance(self.rows, pl.DataFrame) else len(self.rows)


@dataclass(frozen=True, slots=True)
class Mark:
    """What every page of a workbook says of itself.

    Attributes:
        title: of the workbook.
        service: whom it speaks of; may be blank.
        as_at: the day it speaks of; also its creation date, so that the same audit gives the same bytes.
        privacy: who may read it, in a few words.
    """

    title: str
    service: str
    as_at: dt.date
    privacy: str


def place_of(name: str, row: int) -> str:
    """Where row `row` (from 0) of a long sheet stands: "'Findings (2)'!A3"."""
    part, within = divmod(row, MOST_ROWS)
    return f"'{_part_name(name, part)}'!A{within + 2}"


def _part_name(name: str, part: int) -> str:
    return f"{name} ({part + 1})" if part else name


def parts_of(table: Table) -> Sequence[Table]:
    """A table in sheets' worths of rows, each with its own links."""
    if table.height <= MOST_ROWS or not isinstance(table.rows, pl.DataFrame):
        return [table]
    found = []
    for part, rows in enumerate(table.rows.iter_slices(MOST_ROWS)):
        first = part * MOST_ROWS
        links = {(row - first, at): to for (row, at), to in table.links.items() if 0 <= row - first < rows.height}
        found.append(replace(table, name=_part_name(table.name, part), rows=rows, links=links))
    return found
