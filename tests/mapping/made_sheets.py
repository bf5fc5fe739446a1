"""Sheets as reading hands them on, made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from caseaudit.model import SOURCE_ROW, Sheet, Source


def make_sheet(file: str, columns: Mapping[str, Sequence[str | None]], *, name: str | None = None) -> Sheet:
    """A sheet under a header on row 1, its sample all there is."""
    height = max((len(cells) for cells in columns.values()), default=0)
    data = {h: pl.Series([*cells, *[None] * (height - len(cells))], dtype=pl.String) for h, cells in columns.items()}
    rows = pl.Series(range(2, height + 2), dtype=pl.UInt32)
    source = Source(file, name, "0" * 64, None, None, 1, 0)
    return Sheet(Path(file), source, tuple(columns), pl.DataFrame({**data, SOURCE_ROW: rows}))
