"""An allocation does not say on what terms the case was given.

Why it matters: Who takes a case on, how acute it was judged, how closely the worker is supervised and whom to turn to
    are decided when it is given; unwritten, each takes the other to have thought of it.
Who is looked at: Allocations current on the as-at date: allocated by then and not ended by then, of open cases and of
    others. Rows that are the same in every field count once.
What is a finding: The acuity assessed, the role in the case, the supervision requirement or the escalation route is not
    on record. That is not evidenced rather than a breach: it may have been agreed and not written down.
What to do: Complete the allocation record with the worker and the supervisor; where the terms were never agreed, agree
    them now.
Sources: House default. CQC Regulation 17 (good governance) asks for complete records; it names none of these fields.
Example: as at 2026-10-31
    allocations case_id|worker_id|allocated_on|role_type|assessed_acuity|supervision_requirement|escalation_route
                C1|W1|2026-01-05|lead|high|fortnightly|duty desk
                C2|W1|2026-01-05|lead|high|fortnightly|
    met C1 | W1 | 2026-01-05; not evidenced C2 | W1 | 2026-01-05
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, check, distinct, open_at, recorded

TERMS = ("assessed_acuity", "role_type", "supervision_requirement", "escalation_route")


# Medium: the case is in somebody's hands, but on terms nobody can look up.
@check(
    "ALC01",
    severity="medium",
    owner="team manager",
    basis="house",
    subject="allocation",
    needs=" ".join(f"allocations.{term}" for term in TERMS),
)
def allocation_record_incomplete(
    allocations: pl.LazyFrame, as_at: dt.date, episodes: pl.LazyFrame | None = None
) -> pl.LazyFrame:
    """One row per current allocation: which of its terms are on record."""
    current = allocations.filter(open_at("allocated_on", "ended_on", as_at))
    terms = distinct(current).select(
        "case_id", "worker_id", "allocated_on", "origin", *(recorded(term).alias(term) for term in TERMS)
    )
    return (
        terms
        if episodes is None
        else terms.join(episodes.select("case_id", "team"), on="case_id", how="left", maintain_order="left")
    )


class Standard(Evidence):
    """What must hold of each allocation."""

    assessed_acuity: bool = Field(eq=True, title="the acuity assessed at allocation is recorded")
    role_type: bool = Field(eq=True, title="the role in the case is recorded")
    supervision_requirement: bool = Field(eq=True, title="the supervision requirement is recorded")
    escalation_route: bool = Field(eq=True, title="the escalation route is recorded")
