"""A worker with cases has no supervisor in post.

Why it matters: Without a supervisor there is nobody whose task it is to see the worker's risk decisions.
Who is looked at: Staff in post on the as-at date who are the named worker of at least one open case.
What is a finding: The supervisor named is in the staff list but not in post on the as-at date, or is the worker. None
    named, or one the staff list does not hold: not evidenced.
What to do: Name a supervisor in post and book the first session.
Sources: Regulation 18(2)(a): supervision as is necessary.
Example: as at 2026-10-31
    staff  worker_id | role        | supervisor_id | left_on
           L1        | Team leader |               |
           L2        | Team leader |               | 2026-10-31
           W1        | Nurse       | L1            |
           W2        | Nurse       | L2            |
           W3        | Nurse       |               |
    cases  case_id | worker_id | opened_on
           C1      | W1        | 2026-03-02
           C2      | W2        | 2026-03-02
           C3      | W3        | 2026-03-02
    met W1; breach W2; not evidenced W3
"""

import polars as pl

from caseaudit import Evidence, Field, check

NEEDS = "cases.worker_id staff.supervisor_id"


# High: supervision does not fall late here, it has nobody to hold it.
@check("SUP08", severity="high", owner="team manager", basis="regulator", subject="worker", needs=NEEDS)
def worker_without_supervisor(
    holders: pl.LazyFrame, workers: pl.LazyFrame, staff_in_post: pl.LazyFrame
) -> pl.LazyFrame:
    """One row per worker in post with cases: whether the supervisor named is somebody else in post."""
    here = staff_in_post.select("worker_id", here=True)
    known = workers.select("worker_id", supervisor_left_on="left_on").join(here, on="worker_id", how="left")
    supervisors = known.rename({"worker_id": "supervisor_id"}).with_columns(pl.col("here").fill_null(value=False))
    other = pl.col("supervisor_id") != pl.col("worker_id")
    return holders.join(supervisors, on="supervisor_id", how="left").with_columns(supervised=pl.col("here") & other)


class Standard(Evidence):
    """What must hold of each worker."""

    supervised: bool = Field(
        eq=True,
        title="a supervisor in post is named",
        description="The supervisor named is not in post, or is the worker; left on: {supervisor_left_on}.",
    )
