"""A team relies on temporary staff.

Why it matters: Agency and bank workers come and go; the person's history, and the trust, go with them.
Who is looked at: Each team and month of the establishment up to the as-at date, all its roles together.
What is a finding: Agency and bank WTE together are a larger share of the in-post WTE than the limit. Where agency or
    bank WTE of a role is blank, and the rest does not exceed the limit: not evidenced.
What to do: Show what the temporary staff cover and until when, and the plan to fill these posts for good.
Sources: House default: no published limit found. Regulation 18: sufficient staff, without a number.
Example: as at 2026-10-31
    establishment  month      | team  | role  | funded_wte | in_post_wte | agency_wte | bank_wte
                   2026-10-01 | North | Nurse | 10         | 8           | 1          | 0.2
                   2026-10-01 | South | Nurse | 10         | 8           | 1          | 0.3
                   2026-10-01 | East  | Nurse | 10         | 8           | 1          |
    met North | 2026-10-01; breach South | 2026-10-01; not evidenced East | 2026-10-01
"""

import polars as pl

from caseaudit import Evidence, Field, Policy, check, share, total

NEEDS = "establishment.agency_wte establishment.bank_wte"


# Low: the work is covered, though by people who do not know the person.
@check("WFS02", severity="low", owner="service manager", basis="house", subject="team and month", needs=NEEDS)
def temporary_staffing_reliance(posts: pl.LazyFrame, policy: Policy) -> pl.LazyFrame:
    """One row per team and month: temporary, in-post and funded WTE, and by how much the share exceeds the limit."""
    temporary = pl.col("agency_wte", "bank_wte")
    months = posts.group_by("team", "month").agg(
        temporary=total(pl.sum_horizontal(temporary)),
        blanks=pl.sum_horizontal(temporary.is_null()).sum(),
        in_post=total("in_post_wte"),
        funded=total("funded_wte"),
        origin=pl.col("origin").min(),
    )
    over = share("temporary", "in_post") - policy.limit("max_temporary_staffing")
    decides = (pl.col("blanks") == 0) | (over > 0)
    return months.sort("team", "month").with_columns(over=pl.when(decides).then(over))


class Standard(Evidence):
    """What must hold of each team and month."""

    over: float = Field(
        le=0,
        title="temporary staff keep to the limit",
        description="{temporary} WTE of agency and bank staff beside {in_post} WTE in post.",
    )
