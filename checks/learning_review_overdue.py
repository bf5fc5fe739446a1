"""An incident has not been learned from.

Why it matters: An incident whose causes nobody has looked at waits to happen again.
Who is looked at: Every incident on or before the as-at date.
What is a finding: The learning review came later than the limit after the incident; or, where the incident names a
    competency, the worker was not signed off for it again, by a method the policy accepts, after the incident and not
    before the review. No day of the review on record, also while there is still time: not evidenced. So is
    the new sign-off while there is still time, where its method or the worker is blank, or no export shows sign-offs.
What to do: Hold the learning review, record its day, and have the named competency assessed again in practice.
Sources: House default: no published limit found. Regulation 17 (good governance), without a number.
Example: as at 2026-10-31
    incidents     incident_id | worker_id | occurred_on | competency   | learning_review_on
                  I1          | W1        | 2026-09-01  | safeguarding | 2026-09-29
                  I2          | W1        | 2026-09-01  |              | 2026-09-30
                  I3          | W2        | 2026-09-01  | safeguarding | 2026-09-10
                  I4          | W1        | 2026-09-01  |              |
    competencies  worker_id | competency   | signed_off_on | method
                  W1        | safeguarding | 2026-09-29    | observed_practice
                  W2        | safeguarding | 2026-09-09    | observed_practice
    met I1; breach I2, I3; not evidenced I4
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days_taken

NEEDS = "incidents.learning_review_on"


# Medium: what went wrong once may still be as it was.
@check("INC02", severity="medium", owner="service manager", basis="house", subject="incident", needs=NEEDS)
def learning_review_overdue(incidents_assessed: pl.LazyFrame, policy: Policy, as_at: dt.date) -> pl.LazyFrame:
    """One row per incident: by how many days its review was late, and whether the competency was assessed again."""
    taken = days_taken("occurred_on", "learning_review_on", as_at)
    late = incidents_assessed.with_columns(taken=taken, days_late=taken - policy.limit("learning_review_days"))
    # How grave the incident was is not how grave it is that nobody learned from it: no severity of findings.
    return late.select(pl.exclude("severity"))


class Standard(Evidence):
    """What must hold of each incident."""

    days_late: int = Field(
        le=0,
        title="the learning review was held within the limit",
        description="Incident on {occurred_on}, reviewed {taken:day} later, {days_late:day} past the limit.",
    )
    assessed_again: bool = Field(
        eq=True,
        title="the competency it names was assessed again",
        description="No sign-off for {competency} since the incident and its review.",
    )
