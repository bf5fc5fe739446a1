"""Exports as reading hands them on, and plans as mapping makes them, made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from caseaudit.model import SOURCE_ROW, Export, Feed, Rejected, Sheet, SheetPlan, Source

Pair = tuple[Export, SheetPlan]

kept_as: list[pl.DataType] = [pl.String()]
"""The type of the columns: reading keeps those in which few texts repeat by numbers of them."""


def make_pair(
    columns: Mapping[str, Sequence[str | None]],
    *feeds: Feed,
    file: str = "export.csv",
    set_aside: tuple[Rejected, ...] = (),
    left_out: str | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
    date_order: Mapping[str, str] | None = None,
) -> Pair:
    """An export of text columns under a header on row 1, and the plan by which it feeds tables."""
    height = max((len(cells) for cells in columns.values()), default=0)
    data = {h: pl.Series(cells, dtype=pl.String).cast(kept_as[-1]) for h, cells in columns.items()}
    frame = pl.DataFrame({**data, SOURCE_ROW: pl.Series(range(2, height + 2), dtype=pl.UInt32)})
    source = Source(file, None, "0" * 64, None, None, 1, height + len(set_aside))
    sheet = Sheet(Path(file), source, tuple(columns), frame)
    plan = SheetPlan(sheet, feeds, (), values or {}, date_order or {}, left_out)
    return Export(source, frame, set_aside), plan
