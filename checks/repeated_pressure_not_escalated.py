"""Pressure came up again and again in supervision and nothing was done.

Why it matters: A worker who says it three times and sees nothing happen stops saying it.
Who is looked at: Workers, not known to have left, with a pressure point on record in at least so many of their last
    sessions as the policy says.
What is a finding: Since the first of those, that day included, the worker raised no escalation, no capacity exception
    was opened for the worker or the whole team, and none of their cases passed to another worker. Where one of these
    three exports is missing: not evidenced.
What to do: Decide with the worker what to take off them; record it as exception, escalation or reallocation.
Sources: House default. Regulation 17 and the quality statement Safe and effective staffing.
Example: as at 2026-10-31, pressure_points = 1
    staff                worker_id | role  | team
                         W1        | Nurse | North
                         W2        | Nurse | South
    supervision          worker_id | held_on    | status | pressure_point
                         W1        | 2026-10-05 | held   | nights on call
                         W2        | 2026-10-05 | held   | nights on call
    capacity_exceptions  team  | worker_id | opened_on
                         North | W1        | 2026-10-05
    escalations          raised_on  | raised_by
                         2026-10-04 | W2
    allocations          case_id | worker_id | allocated_on
    met W1; breach W2
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check

NEEDS = "supervision.pressure_point"


# Medium: no harm on record yet, but a warning of it given again and again.
@check("SUP06", severity="medium", owner="team manager", basis="house", subject="worker", needs=NEEDS)
def repeated_pressure_not_escalated(
    sessions_held: pl.LazyFrame, workers: pl.LazyFrame, relief: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per worker under repeated pressure: since when, and whether anything was done since."""
    rank = pl.col("held_on").rank("min", descending=True).over("worker_id")
    last = sessions_held.filter(rank <= policy.pressure_sessions).sort("held_on", "origin")
    first = pl.col("held_on", "team", "origin").first()
    often = last.drop_nulls("pressure_point").group_by("worker_id").agg(first, times=pl.len())
    left = workers.filter(pl.col("left_on") <= as_at)
    found = often.filter(pl.col("times") >= policy.pressure_points).join(left, on="worker_id", how="anti")
    since = (pl.col("relieved_on") >= pl.col("held_on")).fill_null(value=False)
    relieved = pl.when(since | pl.col("all_known")).then(since)
    return found.join(relief, on="worker_id", how="left").with_columns(relieved=relieved)


class Standard(Evidence):
    """What must hold of each worker."""

    relieved: bool = Field(
        eq=True,
        title="something was done since the pressure first came up",
        description="Named in {times:session} since {held_on}; last thing done: {relieved_on}.",
    )
