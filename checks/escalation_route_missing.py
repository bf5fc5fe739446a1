"""A high-acuity case does not say whom to turn to.

Why it matters: When things turn at night, whoever is called has the record and nothing else; without a route in it they
    begin by asking whom to ask.
Who is looked at: Open cases in a band the policy marks as high acuity.
What is a finding: No escalation route on record. That is not evidenced rather than a breach: people may know one.
What to do: Agree the route with the person and the team, and write it into the case.
Sources: House default. CQC quality statement: involving people to manage risks.
Example: as at 2026-10-31
    cases  case_id | opened_on  | acuity_band | escalation_route
           C1      | 2026-01-05 | high        | duty desk, then crisis team
           C2      | 2026-01-05 | high        |
           C3      | 2026-01-05 | moderate    |
    met C1; not evidenced C2
"""

import polars as pl

from caseaudit import Evidence, Field, check, recorded


# Medium: help will be found, but later than it might.
@check(
    "ESC10",
    severity="medium",
    owner="named worker",
    basis="house",
    subject="case",
    needs="cases.acuity_band cases.escalation_route",
)
def escalation_route_missing(high_acuity_cases: pl.LazyFrame) -> pl.LazyFrame:
    """One row per open high-acuity case: whether a route is on record."""
    return high_acuity_cases.select("case_id", "team", "acuity_band", "origin", route=recorded("escalation_route"))


class Standard(Evidence):
    """What must hold of each case."""

    route: bool = Field(eq=True, title="an escalation route is recorded")
