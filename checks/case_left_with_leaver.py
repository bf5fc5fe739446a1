"""A case was left with a worker who has left.

Why it matters: The person believes somebody has them in mind, and that somebody is gone.
Who is looked at: Open cases with a named worker.
What is a finding: The worker's last day is the as-at date or before it. A worker with no last day on record has not
    left; a worker the staff list does not hold: not evidenced.
What to do: Hand the case over to a worker in post, with a conversation, not only in the system.
Sources: Regulation 12 and the quality statement Safe systems, pathways and transitions.
Example: as at 2026-10-31
    staff  worker_id | role  | left_on
           W1        | Nurse | 2026-11-01
           W2        | Nurse | 2026-10-31
    cases  case_id | worker_id | opened_on
           C1      | W1        | 2026-03-02
           C2      | W2        | 2026-03-02
           C3      | W9        | 2026-03-02
    met C1; breach C2; not evidenced C3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, check, days

NEEDS = "cases.worker_id staff.left_on"


# High: the person is on nobody's caseload but in the system.
@check("CAP06", severity="high", owner="team manager", basis="regulator", subject="case", needs=NEEDS)
def case_left_with_leaver(open_cases: pl.LazyFrame, workers: pl.LazyFrame, as_at: dt.date) -> pl.LazyFrame:
    """One row per open case with a named worker: whether that worker has left, and how long ago."""
    known = workers.select("worker_id", "left_on", left=(pl.col("left_on") <= as_at).fill_null(value=False))
    cases = open_cases.drop_nulls("worker_id").join(known, on="worker_id", how="left")
    return cases.with_columns(days_since=days("left_on", as_at))


class Standard(Evidence):
    """What must hold of each case."""

    left: bool = Field(
        eq=False,
        title="the named worker has not left",
        description="The worker left on {left_on}, {days_since:day} ago.",
    )
