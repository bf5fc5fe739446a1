"""Rows that are needed again later, packed small until then."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def kept(frame: pl.DataFrame) -> pl.LazyFrame:
    """The same rows, packed in memory: `collect` unpacks the columns it is asked for, and nothing else.

    The evidence and findings of every check are kept until the pack is written. They say the same few words many
    times over, and packed take an eighth of the room. Nothing is written to a file, so nothing personal can be left
    behind in one, however a run ends.
    """
    import polars as pl

    packed = io.BytesIO()
    frame.write_ipc(packed, compression="zstd")
    return pl.scan_ipc(packed.getvalue())
