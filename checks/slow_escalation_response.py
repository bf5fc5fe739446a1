"""An escalation was not answered in time.

Why it matters: Somebody who escalates has reached the end of what they may decide; until there is an answer the
    person at risk waits with them.
Who is looked at: Escalations raised by the as-at date.
What is a finding: The response came later than the limit after the day it was raised. No response on record, or one
    dated before the escalation or after the as-at date: not evidenced.
What to do: Answer the escalation; where it was answered and not written down, record the day and by whom.
Sources: House default; no published limit was found.
Example: as at 2026-10-31
    escalations  escalation_id | raised_on  | responded_on
                 E1            | 2026-10-01 | 2026-10-02
                 E2            | 2026-10-01 | 2026-10-03
                 E3            | 2026-10-01 |
    met E1; breach E2; not evidenced E3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days_taken


# High: a risk was passed upwards and stayed without an answer.
@check(
    "ESC06",
    severity="high",
    owner="clinical lead",
    basis="house",
    subject="escalation",
    needs="escalations.responded_on",
)
def slow_escalation_response(escalations_raised: pl.LazyFrame, policy: Policy, as_at: dt.date) -> pl.LazyFrame:
    """One row per escalation: by how many days its answer was late."""
    late = days_taken("raised_on", "responded_on", as_at) - policy.limit("escalation_response_days")
    return escalations_raised.with_columns(days_late=late)


class Standard(Evidence):
    """What must hold of each escalation."""

    days_late: int = Field(
        le=0,
        title="it was responded to in time",
        description="Raised {raised_on}, responded to {responded_on}, {days_late:day} late.",
    )
