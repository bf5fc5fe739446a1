"""An escalation cannot be followed from who raised it to what came of it.

Why it matters: After harm the first question is who knew, who decided and when. An escalation with a gap in it cannot
    answer, and nobody can learn from it.
Who is looked at: Escalations raised in the look-back.
What is a finding: What triggered it, who raised it, by which route, the day of the response, who authorised the
    decision, the decision or the day of follow-up is not on record. That is not evidenced rather than a breach. A
    response dated after the as-at date is not seen; a follow-up may lie ahead.
What to do: Complete the record with those who were in it, while they remember.
Sources: House default list of fields. CQC Regulation 17 (good governance) asks for complete records.
Example: as at 2026-10-31
    escalations escalation_id|raised_on|trigger|raised_by|route|responded_on|authorised_by|decision|follow_up_on
                E1|2026-10-01|overdose|W1|duty desk|2026-10-01|W9|admission|2026-10-08
                E2|2026-10-01|overdose|W1|duty desk|2026-10-01||admission|2026-10-08
    met E1; not evidenced E2
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, in_lookback, recorded, seen

FIELDS = ("trigger", "raised_by", "route", "responded_on", "authorised_by", "decision", "follow_up_on")


# Medium: what was done may have been right; it cannot be shown.
@check(
    "ESC05",
    severity="medium",
    owner="team manager",
    basis="house",
    subject="escalation",
    needs=" ".join(f"escalations.{field}" for field in FIELDS),
)
def escalation_untraceable(escalations_raised: pl.LazyFrame, policy: Policy, as_at: dt.date) -> pl.LazyFrame:
    """One row per escalation of the look-back: which of its parts are on record."""
    lately = escalations_raised.filter(in_lookback("raised_on", policy, as_at))
    responded = pl.when(seen("responded_on", as_at)).then("responded_on").alias("responded_on")
    return lately.with_columns(responded).with_columns(recorded(field).alias(field) for field in FIELDS)


class Standard(Evidence):
    """What must hold of each escalation."""

    trigger: bool = Field(eq=True, title="what triggered it is recorded")
    raised_by: bool = Field(eq=True, title="who raised it is recorded")
    route: bool = Field(eq=True, title="the route is recorded")
    responded_on: bool = Field(eq=True, title="the day of the response is recorded")
    authorised_by: bool = Field(eq=True, title="who authorised the decision is recorded")
    decision: bool = Field(eq=True, title="the decision is recorded")
    follow_up_on: bool = Field(eq=True, title="the day of the follow-up is recorded")
