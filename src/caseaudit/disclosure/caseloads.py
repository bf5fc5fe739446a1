"""The caseload of each worker against the limit, as an audience may see it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from caseaudit.disclosure.counts import evidence_of
from caseaudit.disclosure.profiles import Profile
from caseaudit.disclosure.pseudonyms import pseudonym
from caseaudit.model import Result
from caseaudit.publication import Column, Figure, PublicTable, count

MOST_BARS = 60
"""Workers told one by one; more would be a table nobody reads."""


def caseload_table(results: Sequence[Result], profile: Profile, key: bytes | None) -> PublicTable | None:
    """Band points per WTE of each worker, most first, against the limit; None without the evidence for it.

    For an audience that may not know who is who, workers with a small number of cases are left out, and the points are
    whole numbers.
    """
    held = evidence_of(results, "CAP01", "worker_id", "open_cases", "points_per_wte", "points_over")
    if held is None:
        return None
    held = held.drop_nulls("points_per_wte")
    drawn = held.filter(pl.col("open_cases") >= max(profile.threshold, 1))
    if not drawn.height:
        return None
    rows = drawn.sort("points_per_wte", "worker_id", descending=[True, False]).head(MOST_BARS)
    limits = (drawn["points_per_wte"] - drawn["points_over"]).round(6).unique()
    left_out = held.height - rows.height
    return PublicTable(
        (Column("Worker"), Column("Points per WTE", True), Column("Against the limit")),
        tuple(
            (
                Figure(_worker(place, row["worker_id"], profile, key)),
                Figure(f"{row['points_per_wte']:.0f}", round(row["points_per_wte"], 0 if profile.threshold else 2)),
                Figure("over" if row["points_over"] > 0 else "within"),
            )
            for place, row in enumerate(rows.iter_rows(named=True), start=1)
        ),
        _left_out(left_out, profile),
        {"over": drawn.filter(pl.col("points_over") > 0).height, "workers": drawn.height}
        | ({"limit": float(limits[0])} if len(limits) == 1 else {}),
    )


def _worker(place: int, worker_id: str, profile: Profile, key: bytes | None) -> str:
    if not profile.threshold:
        return worker_id
    return pseudonym("worker_id", worker_id, key) if key else f"Worker {place}"


def _left_out(number: int, profile: Profile) -> str:
    if not number:
        return ""
    who = "1 worker is" if number == 1 else f"{count(number)} workers are"
    why = "with fewer cases than may be shown, or lower loads," if profile.threshold else "with lower loads"
    return f"{who} not drawn: {why.rstrip(',')}."
