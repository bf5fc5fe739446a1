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

from caseaudit import Evidence, Field, Policy, check, days, seen

NEEDS = "cases.team governance.team"


# Medium: allocation goes on; nobody looks at the whole of it.
@check("CAP07", severity="medium", owner="team manager", basis="house", subject="team", needs=NEEDS)
def allocation_review_missed(
    open_cases: pl.LazyFrame, governance: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per team with open cases: its last allocation review, and whether that is recent enough."""
    held = governance.filter((pl.col("activity") == "allocation_review") & seen("held_on", as_at))
    last = held.group_by("team").agg(pl.col("held_on").max())
    anybodys = last.filter(pl.col("team").is_null()).select(unnamed_on=pl.col("held_on").max())
    teams = open_cases.drop_nulls("team").group_by("team").agg(cases=pl.len(), origin=pl.col("origin").min())
    found = teams.sort("team").join(last, on="team", how="left").join(anybodys, how="cross")
    recent = [
        (days(day, as_at) <= policy.limit("allocation_review_days")).fill_null(value=False)
        for day in ("held_on", "unnamed_on")
    ]
    reviewed = pl.when(recent[0] | ~recent[1]).then(recent[0])
    return found.with_columns(days_since=days("held_on", as_at), reviewed=reviewed)


class Standard(Evidence):
    """What must hold of each team."""

    reviewed: bool = Field(
        eq=True,
        title="the team held an allocation review in time",
        description="Last allocation review on record: {held_on}.",
    )
