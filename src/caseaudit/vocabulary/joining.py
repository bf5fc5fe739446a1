"""Looking things up in another table without multiplying rows."""

from __future__ import annotations

import polars as pl


def with_layer(frame: pl.LazyFrame, workers: pl.LazyFrame, worker: str, into: str = "layer") -> pl.LazyFrame:
    """The frame with the layer of the worker a field names: blank for nobody, for a stranger, or without a layer.

    Args:
        frame: rows that name a worker.
        workers: the word of that name.
        worker: field with the worker's identifier.
        into: name of the column to add; "clinical" | "support" | "peer" | "management".
    """
    layers = workers.select(pl.col("worker_id").alias(worker), pl.col("layer").alias(into))
    return frame.join(layers, on=worker, how="left", maintain_order="left")


def first_on_or_after(
    frame: pl.LazyFrame, events: pl.LazyFrame, *, since: str, event: str, into: str, by: str = "case_id"
) -> pl.LazyFrame:
    """The frame with the day of the first event of the same case on or after a day; blank where there is none.

    Args:
        frame: rows with `by`, `since` and `origin`; those without `since` keep a blank.
        events: rows with `by` and `event`.
        since: the day from which on an event counts.
        event: the day of an event.
        into: name of the column to add.
        by: what both must share.
    """
    days = events.select(by, pl.col(event).alias(into)).drop_nulls().unique().sort(into)
    found = frame.sort(since).join_asof(
        days, left_on=since, right_on=into, by=by, strategy="forward", coalesce=False, check_sortedness=False
    )
    return found.sort("origin", maintain_order=True)
