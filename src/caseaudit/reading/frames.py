"""Frames of text from rows of text."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from caseaudit.model import SOURCE_ROW
from caseaudit.reading.cells import Row

if TYPE_CHECKING:
    import polars as pl


def frame_of(rows: Iterable[Row], headings: tuple[str, ...], wanted: Collection[str]) -> pl.DataFrame:
    """A frame of text columns and SOURCE_ROW from rows whose blank cells are empty texts."""
    import polars as pl

    rows = list(rows)
    columns = [
        pl.Series(heading, [cells[at] or None for _, cells in rows], dtype=pl.String)
        for at, heading in enumerate(headings)
        if heading in wanted
    ]
    return pl.DataFrame([*columns, pl.Series(SOURCE_ROW, [row for row, _ in rows], dtype=pl.UInt32)])
