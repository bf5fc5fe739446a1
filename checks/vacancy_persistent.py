"""Posts are vacant, too many or for too long.

Why it matters: A post that stays empty is work done by those who are left, or not done.
Who is looked at: Each team and role of the establishment, in its latest month up to the as-at date. Rows of one month
    are added up. A role without funded posts is left out.
What is a finding: The vacancy rate, 1 - in-post WTE / funded WTE, exceeds the limit; or a post has been vacant for
    more days than the limit. With a vacancy and no day since when: not evidenced, unless the rate is a breach.
What to do: Show the recruitment plan for the post, and how its work is covered meanwhile.
Sources: House default: no published limit found. Regulation 18: sufficient staff, without a number.
Example: as at 2026-10-31
    establishment  month      | team  | role  | funded_wte | in_post_wte | vacant_since
                   2026-10-01 | North | Nurse | 10         | 9           | 2026-08-01
                   2026-10-01 | South | Nurse | 10         | 8.9         | 2026-08-01
                   2026-10-01 | East  | Nurse | 10         | 9           | 2026-07-31
                   2026-10-01 | West  | Nurse | 10         | 9           |
    met North | Nurse; breach South | Nurse, East | Nurse; not evidenced West | Nurse
"""

import polars as pl

from caseaudit import Evidence, Field, Policy, check

NEEDS = "establishment.role"


# Medium: the load of an empty post falls on colleagues; CAP01 shows on whom.
@check("WFS01", severity="medium", owner="service manager", basis="house", subject="team and role", needs=NEEDS)
def vacancy_persistent(vacancies: pl.LazyFrame, policy: Policy) -> pl.LazyFrame:
    """One row per team and role with funded posts: by how much its rate and its longest vacancy exceed their limits."""
    full = (pl.col("vacancy_rate") <= 0) & pl.col("vacant_days").is_null()
    past_limit = pl.col("vacant_days") - policy.limit("vacancy_days")
    return vacancies.with_columns(
        rate_over=pl.col("vacancy_rate") - policy.limit("max_vacancy_rate"),
        days_over=pl.when(full).then(0).otherwise(past_limit),
    )


class Standard(Evidence):
    """What must hold of each team and role."""

    rate_over: float = Field(
        le=0,
        title="the vacancy rate keeps to the limit",
        description="{in_post_wte} of {funded_wte} funded WTE in post in the month from {month}.",
    )
    days_over: int = Field(
        le=0,
        title="no post has been vacant for longer than the limit",
        description="Vacant since {vacant_since}, {vacant_days:day}; {days_over:day} past the limit.",
    )
