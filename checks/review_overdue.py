"""A review is overdue.

Why it matters: A plan nobody has looked at since the person's needs changed directs care at a situation that has
    passed; the longer the gap, the likelier that rising need goes unseen.
Who is looked at: Cases open on the as-at date that are not on hold.
What is a finding: The review was due before the as-at date. It is due one interval of the acuity band after the last
    review; where there was none, after the case was opened, within the first-review limit if that is shorter; earlier
    where the last review or the case names an earlier day (a day not later than the last review was kept by it). Due
    on the as-at date is in time. No band, or one the scale does not know: not evidenced.
What to do: Hold the review and record it with the date of the next one; if it was held, record when.
Sources: Review intervals: PMC6946607, table 1. First review: Care Act statutory guidance, 6 to 8 weeks.
Example: as at 2026-10-31
    cases    case_id | opened_on  | acuity_band
             C1      | 2025-03-03 | high
             C2      | 2025-03-03 | high
             C3      | 2025-03-03 |
    reviews  case_id | reviewed_on
             C1      | 2026-08-08
             C2      | 2026-08-07
    met C1; breach C2; not evidenced C3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days, plus_days


# High: the one thing that would show a change in a person's needs has not happened.
@check("REV01", severity="high", owner="named worker", basis="guidance", subject="case", needs="cases.acuity_band")
def review_overdue(open_cases: pl.LazyFrame, last_review: pl.LazyFrame, policy: Policy, as_at: dt.date) -> pl.LazyFrame:
    """One row per open case not on hold: when its review is due, and by how many days that is past."""
    last = last_review.select("case_id", "reviewed_on", stated_then="next_review_on")
    first_days = pl.min_horizontal("review_days", pl.lit(policy.first_review_days))
    by_rule = pl.coalesce(plus_days("reviewed_on", "review_days"), plus_days("opened_on", first_days))
    unkept = pl.col("stated_then", "next_review_on") > pl.col("reviewed_on").fill_null(dt.date.min)
    stated = pl.when(unkept).then(pl.col("stated_then", "next_review_on"))
    due_on = pl.when(pl.col("review_days").is_not_null()).then(pl.min_horizontal(by_rule, stated))
    cases = open_cases.filter(~pl.col("on_hold")).join(last, on="case_id", how="left").with_columns(due_on=due_on)
    band = pl.when(pl.col("review_days").is_not_null()).then("acuity_band")
    return cases.select(
        "case_id", "team", "reviewed_on", "due_on", "origin", band=band, days_overdue=days("due_on", as_at)
    )


class Standard(Evidence):
    """What must hold of each case."""

    band: str = Field(title="an acuity band of the scale is recorded")
    days_overdue: int = Field(
        le=0,
        title="the review was held by its due date",
        description="Due {due_on}, {days_overdue:day} ago; band {band}.",
    )
