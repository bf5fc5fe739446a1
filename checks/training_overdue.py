"""A course the policy asks for was not done, or has run out.

Why it matters: What was learned once fades, and rules change; a worker past the date acts on what was right years ago.
Who is looked at: Each worker in post with each course the policy requires of the worker's layer. A worker whose layer
    is blank or unknown is asked for none; DQ04 and DQ05 tell of those.
What is a finding: No row tells that the worker has done the course, or the course ran out before the as-at date. Of
    several completions the best counts; one dated after the as-at date is not seen. A completion without its day, or
    without the day it runs out: not evidenced.
What to do: Book the course; until it is done, agree with the supervisor what the worker leaves to others.
Sources: House default list of courses. CQC Regulation 18 asks for training as is necessary and names no interval.
Example: as at 2026-10-31
    staff     worker_id | role             | layer
              W1        | Care coordinator | management
    training  worker_id | course                 | completed_on | expires_on
              W1        | safeguarding_adults    | 2023-10-31   | 2026-10-31
              W1        | information_governance | 2023-10-30   | 2026-10-30
    met W1 | safeguarding_adults; breach W1 | information_governance
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, check, days, seen

NEEDS = "staff.layer training.completed_on training.expires_on"


# Medium: knowledge fades; what the worker does may still be right.
@check("CMP06", severity="medium", owner="team manager", basis="house", subject="worker and course", needs=NEEDS)
def training_overdue(
    staff_in_post: pl.LazyFrame, required_courses: pl.LazyFrame, training: pl.LazyFrame, as_at: dt.date
) -> pl.LazyFrame:
    """One row per worker in post and course asked for: whether it was done, and for how many days it has been over."""
    asked = staff_in_post.select("worker_id", "layer", "team", "origin")
    done = training.filter(seen("completed_on", as_at) | pl.col("completed_on").is_null())
    valid = pl.when(pl.col("completed_on").is_not_null()).then("expires_on")
    best = done.group_by("worker_id", "course").agg(
        on_record=pl.lit(value=True), expires_on=valid.max(), unclear=valid.is_null().any()
    )
    over = days("expires_on", as_at)
    known = (over <= 0) | ~pl.col("unclear")
    courses = asked.join(required_courses, on="layer", maintain_order="left")
    return courses.join(best, on=("worker_id", "course"), how="left", maintain_order="left").with_columns(
        pl.col("on_record").fill_null(value=False),
        days_over=pl.when(pl.col("on_record").is_null()).then(0).when(known).then(over),
    )


class Standard(Evidence):
    """What must hold of each worker and course."""

    on_record: bool = Field(eq=True, title="the course was done", description="No completion of {course} is on record.")
    days_over: int = Field(
        le=0, title="the course is in date", description="{course} ran out on {expires_on}, {days_over:day} ago."
    )
