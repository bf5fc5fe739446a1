"""Nobody saw the person in time after an escalation.

Why it matters: An escalation decides something about a person; until somebody has seen them, nothing shows it reached
    them.
Who is looked at: Escalations raised on or before the as-at date with a decision on record. One without is left to
    ESC05.
What is a finding: No attended contact from the day the escalation was raised to the last day of the limit. The count
    runs from that day, since the decision has no date of its own. No case named, or still time left and no contact
    yet: not evidenced.
What to do: See the person now and record the contact; then ask what stood in the way.
Sources: House default: no published limit found.
Example: as at 2026-10-31
    escalations  escalation_id | case_id | raised_on  | decision
                 E1            | C1      | 2026-10-05 | admit
                 E2            | C2      | 2026-10-05 | daily visits
                 E3            |         | 2026-10-05 | daily visits
    contacts     contact_id | case_id | contact_on | outcome
                 K1         | C1      | 2026-10-08 | attended
                 K2         | C2      | 2026-10-09 | attended
    met E1; breach E2; not evidenced E3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days, first_on_or_after, once, seen, with_team

NEEDS = "escalations.case_id escalations.decision"


# High: risk was high enough to escalate, and nobody has seen the person since.
@check("CON05", severity="high", owner="named worker", basis="house", subject="escalation", needs=NEEDS)
def follow_up_after_escalation_missed(
    escalations: pl.LazyFrame,
    attended_contacts: pl.LazyFrame,
    policy: Policy,
    as_at: dt.date,
    episodes: pl.LazyFrame | None = None,
) -> pl.LazyFrame:
    """One row per escalation decided: the days to the first contact after it, and by how many they exceed the limit."""
    decided = once(escalations.filter(seen("raised_on", as_at)), "escalation_id").filter(
        pl.col("decision").is_not_null()
    )
    found = first_on_or_after(
        with_team(decided, episodes), attended_contacts, since="raised_on", event="contact_on", into="seen_on"
    )
    late = days("raised_on", pl.coalesce("seen_on", pl.lit(as_at))) - policy.limit("escalation_follow_up_days")
    decides = pl.col("case_id").is_not_null() & (pl.col("seen_on").is_not_null() | (late > 0))
    return found.with_columns(days_late=pl.when(decides).then(late))


class Standard(Evidence):
    """What must hold of each escalation."""

    days_late: int = Field(
        le=0,
        title="the person was seen within the limit after the escalation",
        description="Raised on {raised_on}; first contact since: {seen_on}.",
    )
