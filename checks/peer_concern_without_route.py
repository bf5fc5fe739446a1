"""A peer worker's concern led nowhere.

Why it matters: A peer who raises a concern and hears nothing stops raising them.
Who is looked at: Risk flags raised by workers of the peer layer, but for those unanswered whose time has not run out.
What is a finding: Within the limit after the flag no escalation of the case, and no huddle that took the flag. A huddle
    in time whose decision is not on record: not evidenced.
What to do: Take the flag to the next huddle with the peer worker there; tell them what was decided.
Sources: House default. CQC quality statement: involving people to manage risks.
Example: as at 2026-10-31
    staff  worker_id | role        | layer
           P1        | Peer worker | peer
    risk_flags  flag_id | case_id | signal       | raised_on  | raised_by | huddle_on  | decision
                F1      | C1      | housing_loss | 2026-10-12 | P1        | 2026-10-14 | visit
                F2      | C2      | housing_loss | 2026-10-12 | P1        | 2026-10-15 | visit
                F3      | C3      | housing_loss | 2026-10-12 | P1        | 2026-10-14 |
    escalations  case_id | raised_on
                 C9      | 2026-10-12
    met F1; breach F2; not evidenced F3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days_taken, first_on_or_after, plus_days, recorded, with_layer


# Medium: the concern was heard by nobody who may act on it.
@check(
    "PEER04",
    severity="medium",
    owner="team manager",
    basis="house",
    subject="risk flag",
    needs="staff.layer risk_flags.raised_by risk_flags.huddle_on risk_flags.decision escalations.case_id",
)
def peer_concern_without_route(
    flags_raised: pl.LazyFrame, escalations_raised: pl.LazyFrame, workers: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per flag of a peer: whether an escalation or a decision of a huddle followed in time."""
    of_peers = with_layer(flags_raised, workers, "raised_by").filter(pl.col("layer") == "peer")
    told = escalations_raised.select("case_id", escalated_on="raised_on")
    flags = first_on_or_after(of_peers, told, since="raised_on", event="escalated_on", into="escalated_on")
    limit = policy.flag_response_days
    escalated, discussed = (
        (days_taken("raised_on", day, as_at) <= limit).fill_null(value=False) for day in ("escalated_on", "huddle_on")
    )
    ripe = escalated | discussed | (plus_days("raised_on", limit) < as_at)
    return flags.filter(ripe).with_columns(answered=escalated | (discussed & recorded("decision")))


class Standard(Evidence):
    """What must hold of each flag."""

    answered: bool = Field(
        eq=True,
        title="an escalation or a decision of a huddle followed in time",
        description="Raised {raised_on}; next escalation: {escalated_on}, huddle: {huddle_on}.",
    )
