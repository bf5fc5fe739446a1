"""From `origin` to the place a person can look at."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from caseaudit.model import ORIGIN_SHIFT, Source
from caseaudit.tables.fields import ORIGIN


def _places(sources: Sequence[Source]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "place": range(len(sources)),
            "source_file": [source.file for source in sources],
            "source_sheet": [source.sheet for source in sources],
        },
        schema={"place": pl.UInt64, "source_file": pl.String, "source_sheet": pl.String},
    )


def traced(frame: pl.DataFrame, sources: Sequence[Source]) -> pl.DataFrame:
    """A frame with source_file, source_sheet and source_row (Int64) in place of `origin`, in the same order."""
    places, place = _places(sources), pl.col(ORIGIN) // ORIGIN_SHIFT
    row = (pl.col(ORIGIN) % ORIGIN_SHIFT).cast(pl.Int64)
    return frame.with_columns(
        row.alias("source_row"),
        *(pl.lit(places[name]).gather(place).alias(name) for name in ("source_file", "source_sheet")),
    ).drop(ORIGIN)
