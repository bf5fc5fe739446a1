"""Leaders have not reviewed the dashboard lately.

Why it matters: Figures nobody looks at change nothing; a board that asks "how do you know?" asks for this.
Who is looked at: The service as a whole.
What is a finding: No dashboard review within the limit of days before the as-at date; one on its first day is in time.
    A review counts whichever team it names, or none. An export of governance acts without one is a finding, not a gap.
What to do: Review the dashboard, and record the day, who led it and what was decided.
Sources: House default. Regulation 17 (good governance), without a number.
Example: as at 2026-10-31
    governance  activity          | held_on
                dashboard_review  | 2026-09-30
                dashboard_review  | 2026-08-31
                allocation_review | 2026-10-30
    met service
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days, seen


# Low: what the figures show is looked at by the other checks of this audit.
@check("GOV04", severity="low", owner="registered manager", basis="house", subject="service")
def dashboard_not_reviewed(governance: pl.LazyFrame, policy: Policy, as_at: dt.date) -> pl.LazyFrame:
    """One row for the service: its last dashboard review, and whether that is recent enough."""
    review = (pl.col("activity") == "dashboard_review") & seen("held_on", as_at)
    last = governance.select(
        pl.lit("service").alias("service"),
        pl.col("held_on").filter(review).max(),
        origin=pl.coalesce(pl.col("origin").filter(review).max(), pl.col("origin").max()),
    )
    recent = days("held_on", as_at) <= policy.dashboard_review_days
    return last.with_columns(held=recent.fill_null(value=False))


class Standard(Evidence):
    """What must hold of the service."""

    held: bool = Field(
        eq=True,
        title="the dashboard was reviewed in time",
        description="Last dashboard review on record: {held_on}.",
    )
