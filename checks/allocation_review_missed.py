"""A team with open cases has had no allocation review lately.

Why it matters: The weekly look at who holds what is where an overload is seen before it harms.
Who is looked at: Teams with open cases. Cases without a team are left out.
What is a finding: No allocation review of the team within the limit of days before the as-at date; one on its first day
    is in time. One without a team, and none with: not evidenced, since nobody can tell whether it was this team's.
What to do: Hold the allocation review and record who led it and what was decided.
Sources: House default: weekly. Regulation 17 (good governance).
Example: as at 2026-10-31
    cases       case_id | team  | opened_on
                C1      | North | 2026-03-02
                C2      | South | 2026-03-02
    governance  activity          | team  | held_on
                allocation_review | North | 2026-10-24
                allocation_review | South | 2026-10-23
    met North; breach South
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days, last_held

NEEDS = "cases.team governance.team"


# Medium: allocation goes on; nobody looks at the whole of it.
@check("CAP07", severity="medium", owner="team manager", basis="house", subject="team", needs=NEEDS)
def allocation_review_missed(
    open_cases: pl.LazyFrame, governance: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per team with open cases: its last allocation review, and whether that is recent enough."""
    acts = governance.filter(pl.col("activity") == "allocation_review")
    teams = (
        open_cases.drop_nulls("team").group_by("team").agg(cases=pl.len(), origin=pl.col("origin").min()).sort("team")
    )
    found = last_held(teams, acts, policy.limit("allocation_review_days"), as_at)
    return found.with_columns(days_since=days("held_on", as_at))


class Standard(Evidence):
    """What must hold of each team."""

    held: bool = Field(
        eq=True,
        title="the team held an allocation review in time",
        description="Last allocation review on record: {held_on}.",
    )
