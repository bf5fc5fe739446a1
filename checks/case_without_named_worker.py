"""An open case has no named worker in post.

Why it matters: Everybody is meant to have one named person to turn to. A case nobody in post holds is seen by chance.
Who is looked at: Cases open on the as-at date.
What is a finding: The named worker is in the staff list but not in post on the as-at date. No worker named, or one the
    staff list does not hold: not evidenced.
What to do: Name a worker in post for this person and tell them.
Sources: NHS England 2022 position statement: a named key worker for all.
Example: as at 2026-10-31
    staff  worker_id | role  | left_on
           W1        | Nurse |
           W2        | Nurse | 2026-10-31
    cases  case_id | worker_id | opened_on
           C1      | W1        | 2026-03-02
           C2      | W2        | 2026-03-02
           C3      |           | 2026-03-02
    met C1; breach C2; not evidenced C3
"""

import polars as pl

from caseaudit import Evidence, Field, check


# High: nobody answers for this person's care.
@check("CAP05", severity="high", owner="team manager", basis="guidance", subject="case", needs="cases.worker_id")
def case_without_named_worker(
    open_cases: pl.LazyFrame, workers: pl.LazyFrame, staff_in_post: pl.LazyFrame
) -> pl.LazyFrame:
    """One row per open case: whether its named worker is in post."""
    here = staff_in_post.select("worker_id", here=True)
    known = workers.select("worker_id", "left_on").join(here, on="worker_id", how="left")
    in_post = known.with_columns(in_post=pl.col("here").fill_null(value=False))
    return open_cases.join(in_post, on="worker_id", how="left")


class Standard(Evidence):
    """What must hold of each case."""

    in_post: bool = Field(
        eq=True,
        title="a named worker in post holds the case",
        description="The named worker is not in post; left on: {left_on}.",
    )
