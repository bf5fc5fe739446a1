"""An abnormal physical health result was not followed up in time.

Why it matters: A check that finds something and leads to nothing leaves the person where they were, but known to us.
Who is looked at: Every abnormal result on or before the as-at date. A result left blank is not known to be abnormal
    and is reported by DQ05.
What is a finding: The follow-up came later than the limit after the day of the check. Without the day of the check or
    of the follow-up, also while there is still time: not evidenced. A follow-up dated before the check, or after the
    as-at date, cannot show it.
What to do: See that the result is acted on, and record the day and by whom.
Sources: NICE QS80 asks for physical health care in psychosis, without a limit in days; the limit is a house default.
Example: as at 2026-10-31
    physical_checks  case_id | check_type | done_on    | result   | follow_up_on
                     C1      | glucose    | 2026-09-01 | abnormal | 2026-09-15
                     C2      | glucose    | 2026-09-01 | abnormal | 2026-09-16
                     C3      | glucose    | 2026-09-01 | abnormal |
                     C4      | glucose    | 2026-09-01 | normal   |
    met C1 | glucose; breach C2 | glucose; not evidenced C3 | glucose
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days_taken, distinct, seen, with_team

NEEDS = "physical_checks.result physical_checks.done_on physical_checks.follow_up_on"


# High: something is known to be wrong, and nothing shows that anybody acted.
@check("PHY02", severity="high", owner="named worker", basis="house", subject="case and physical check", needs=NEEDS)
def abnormal_result_without_follow_up(
    physical_checks: pl.LazyFrame, policy: Policy, as_at: dt.date, episodes: pl.LazyFrame | None = None
) -> pl.LazyFrame:
    """One row per abnormal result: the days to its follow-up, and by how many they exceed the limit."""
    known = distinct(physical_checks).filter(seen("done_on", as_at).fill_null(value=True))
    abnormal = with_team(known.filter(pl.col("result") == "abnormal"), episodes)
    taken = days_taken("done_on", "follow_up_on", as_at)
    return abnormal.with_columns(taken=taken, days_late=taken - policy.limit("abnormal_follow_up_days"))


class Standard(Evidence):
    """What must hold of each abnormal result."""

    days_late: int = Field(
        le=0,
        title="the abnormal result was followed up within the limit",
        description="Abnormal on {done_on}, followed up {taken:day} later, {days_late:day} past the limit.",
    )
