"""Looking things up in another table without multiplying rows."""

from __future__ import annotations

import datetime as dt

import polars as pl

from caseaudit.vocabulary.days import days, seen


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
    asked_for = events.join(frame.select(by).unique(), on=by, how="semi")  # most events are of nobody in the frame
    days = asked_for.select(by, pl.col(event).alias(into)).drop_nulls().unique().sort(into)
    found = frame.sort(since).join_asof(
        days, left_on=since, right_on=into, by=by, strategy="forward", coalesce=False, check_sortedness=False
    )
    return found.sort("origin", maintain_order=True)


def with_team(frame: pl.LazyFrame, episodes: pl.LazyFrame | None) -> pl.LazyFrame:
    """The frame with the `team` of its case: blank where the case has none or no export of cases tells of it.

    Args:
        frame: rows with `case_id` and without `team`.
        episodes: the word of that name.
    """
    if episodes is None:
        return frame.with_columns(team=pl.lit(None, dtype=pl.String))
    return frame.join(episodes.select("case_id", "team"), on="case_id", how="left", maintain_order="left")


def last_by(field: str, *order: str | pl.Expr) -> pl.Expr:
    """A field in the last row of a group, by columns that tell its rows apart; as in a sort, blanks come first.

    Many times as fast as to sort the table before it is grouped.
    """
    return pl.col(field).max_by(pl.struct(order))


def last_held(teams: pl.LazyFrame, acts: pl.LazyFrame, limit: pl.Expr, as_at: dt.date) -> pl.LazyFrame:
    """Every team with `held_on`, its last governance act by D, and `held`, whether that is recent enough.

    `held` is blank where the team has none in time but one that names no team: nobody can tell whether it was its own.

    Args:
        teams: the word of that name, or another frame with one row per `team`.
        acts: rows of the governance table, of one kind.
        limit: days that may lie between the act and D.
        as_at: D.
    """
    last = acts.filter(seen("held_on", as_at)).group_by("team").agg(pl.col("held_on").max())
    nameless = last.filter(pl.col("team").is_null()).select(nameless_on=pl.col("held_on").max())
    found = teams.join(last, on="team", how="left", maintain_order="left").join(nameless, how="cross")
    own, other = ((days(day, as_at) <= limit).fill_null(value=False) for day in ("held_on", "nameless_on"))
    return found.with_columns(held=pl.when(own | ~other).then(own)).drop("nameless_on")
