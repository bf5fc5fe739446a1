"""A team's review of its tasks and risks is overdue.

Why it matters: Open tasks and risks pile up unseen where nobody goes through them together.
Who is looked at: Every team with somebody in post or an open case on the as-at date, whether or not the log names it.
What is a finding: No task-and-risk review of the team within the limit of days before the as-at date; one on its first
    day is in time. One that names no team may have been the team's: where there is no other, not evidenced.
What to do: Hold the review, record its day and who led it, and put the next one in the diary.
Sources: House default. Regulation 17 (good governance: audit), without a number.
Example: as at 2026-10-31
    staff       worker_id | role  | team
                W1        | Nurse | North
                W2        | Nurse | South
    governance  activity             | team  | held_on
                task_and_risk_review | North | 2026-08-01
                task_and_risk_review | South | 2026-07-31
    met North; breach South
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, last_held

NEEDS = "governance.team staff.team"


# Medium: what should have been seen then may still be open.
@check("GOV01", severity="medium", owner="service manager", basis="house", subject="team", needs=NEEDS)
def task_and_risk_review_overdue(
    teams: pl.LazyFrame, governance: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per team: its last task-and-risk review, and whether that is recent enough."""
    reviews = governance.filter(pl.col("activity") == "task_and_risk_review")
    return last_held(teams, reviews, policy.limit("task_and_risk_review_days"), as_at)


class Standard(Evidence):
    """What must hold of each team."""

    held: bool = Field(
        eq=True,
        title="a task-and-risk review was held in time",
        description="Last task-and-risk review on record: {held_on}.",
    )
