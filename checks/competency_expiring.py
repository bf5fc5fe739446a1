"""A sign-off that a case relies on is about to run out.

Why it matters: A sign-off that lapses unnoticed leaves the worker with the case and without the competency; a
    re-assessment takes weeks to arrange.
Who is looked at: Each worker and competency that one of the worker's current allocations asks for and that is signed
    off and current. Of several sign-offs the one that lasts longest counts; one already renewed is not looked at.
What is a finding: Its last day is within the warning days of the policy. It is the day it expires, or the day the
    policy's validity ends if that is earlier.
What to do: Book the re-assessment now, so that it is signed off before that day.
Sources: House default. CQC Regulation 18 asks for competent staff and gives no interval.
Example: as at 2026-10-31
    cases  case_id | opened_on  | acuity_band | worker_id
           C1      | 2026-01-05 | moderate    | W1
           C2      | 2026-01-05 | moderate    | W2
    competencies  worker_id | competency   | signed_off_on | method     | expires_on
                  W1        | safeguarding | 2026-03-02    | case_based | 2026-12-13
                  W2        | safeguarding | 2026-03-02    | case_based | 2026-12-12
    met W1 | safeguarding; breach W2 | safeguarding
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days


# Low: nothing is amiss yet.
@check(
    "CMP02",
    severity="low",
    owner="team manager",
    basis="house",
    subject="sign-off",
    needs="cases.acuity_band competencies.method",
)
def competency_expiring(
    required_competencies: pl.LazyFrame, held_competencies: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per sign-off that a case relies on: how many days it lasts beyond the warning."""
    relied_on = required_competencies.unique(("worker_id", "competency"), keep="first", maintain_order=True)
    held = held_competencies.filter("current").join(
        relied_on.select("worker_id", "competency", "team"),
        on=("worker_id", "competency"),
        maintain_order="left",
    )
    left = days(pl.lit(as_at), "valid_until")
    return held.select("worker_id", "competency", "team", "valid_until", "origin", days_left=left).with_columns(
        days_beyond=pl.col("days_left") - policy.expiry_warning_days
    )


class Standard(Evidence):
    """What must hold of each sign-off."""

    days_beyond: int = Field(
        gt=0,
        title="the sign-off lasts beyond the warning days",
        description="The sign-off ends on {valid_until}, in {days_left:day}.",
    )
