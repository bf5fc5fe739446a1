"""No timely next review is scheduled.

Why it matters: A review with no date for the next one is the last review until somebody happens to think of it.
Who is looked at: Cases open on the as-at date that have had a review.
What is a finding: The next review does not lie after the last one, or lies later than the interval of the acuity band
    allows. It is the earliest day after the last review that this review or the case names. No day named: not
    evidenced. No band of the scale: not evidenced whether the day is soon enough.
What to do: Agree the date of the next review within the band's interval and record it.
Sources: Review intervals: PMC6946607, table 1.
Example: as at 2026-10-31
    cases    case_id | opened_on  | acuity_band
             C1      | 2025-03-03 | high
             C2      | 2025-03-03 | high
             C3      | 2025-03-03 | high
    reviews  case_id | reviewed_on | next_review_on
             C1      | 2026-09-01  | 2026-11-24
             C2      | 2026-09-01  | 2026-11-25
             C3      | 2026-09-01  |
    met C1; breach C2; not evidenced C3
"""

import polars as pl

from caseaudit import Evidence, Field, check, days

NEEDS = "reviews.next_review_on|cases.next_review_on"


# Medium: the review is not late yet; nothing makes sure it will not be.
@check("REV02", severity="medium", owner="named worker", basis="guidance", subject="case", needs=NEEDS)
def next_review_not_scheduled(open_cases: pl.LazyFrame, last_review: pl.LazyFrame) -> pl.LazyFrame:
    """One row per open case with a review: days from it to the next, and by how many these exceed the interval."""
    last = last_review.select("case_id", "reviewed_on", "origin", stated_then="next_review_on")
    named = pl.col("stated_then", "next_review_on")
    later = pl.when(named > pl.col("reviewed_on")).then(named)
    next_on = pl.coalesce(pl.min_horizontal(later), pl.max_horizontal(named))
    cases = open_cases.drop("origin").join(last, on="case_id").with_columns(next_on=next_on)
    ahead = cases.with_columns(days_ahead=days("reviewed_on", "next_on"))
    # without a day there is no interval to judge: the first column says all there is to say
    over = pl.when(pl.col("next_on").is_null()).then(0).otherwise(pl.col("days_ahead") - pl.col("review_days"))
    return ahead.select(
        "case_id", "team", "reviewed_on", "next_on", "review_days", "days_ahead", "origin", days_over=over
    )


class Standard(Evidence):
    """What must hold of each case."""

    days_ahead: int = Field(
        ge=1,
        title="the day of the next review is recorded and lies after the last one",
        description="The day named, {next_on}, is not after the last review on {reviewed_on}.",
    )
    days_over: int = Field(
        le=0,
        title="the next review lies within the interval of the acuity band",
        description="Next review on {next_on}, {days_ahead:day} after the last; the band allows {review_days:day}.",
    )
