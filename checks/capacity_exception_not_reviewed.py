"""A capacity exception was not reviewed by the leadership in time.

Why it matters: An exception is meant to be short. Unreviewed, being over the safe threshold becomes normal.
Who is looked at: Capacity exceptions opened at least the review limit before the as-at date, closed or not; one
    exported twice counts once.
What is a finding: Reviewed later than the limit after it was opened, or by somebody not of the management layer: a
    breach. No review on record by the as-at date (one before the opening reviewed something else), no reviewer whose
    layer the staff list says, or no decision recorded: not evidenced.
What to do: Review the exception now, decide to keep, change or end it, and record the decision.
Sources: House default. Regulation 17 (good governance).
Example: as at 2026-10-31
    staff                worker_id | role            | layer
                         M1        | Service manager | management
    capacity_exceptions  exception_id | team  | opened_on  | reviewed_on | reviewed_by | decision
                         X1           | North | 2026-10-05 | 2026-10-12  | M1          | keep, no new cases
                         X2           | South | 2026-10-05 | 2026-10-13  | M1          | keep
                         X3           | West  | 2026-10-05 |             |             |
    met X1; breach X2; not evidenced X3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days, days_taken, once, recorded, with_layer

COLUMNS = ("reviewed_on", "reviewed_by", "decision")
NEEDS = " ".join((*(f"capacity_exceptions.{column}" for column in COLUMNS), "staff.layer"))


# Medium: the overload is known; nobody has looked whether it may go on.
@check("CAP04", severity="medium", owner="service manager", basis="house", subject="capacity exception", needs=NEEDS)
def capacity_exception_not_reviewed(
    capacity_exceptions: pl.LazyFrame, workers: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per exception old enough: days to its review, who held it, and whether a decision is on record."""
    limit, taken = policy.limit("exception_review_days"), pl.col("days_taken")
    old = once(capacity_exceptions, "exception_id").filter(days("opened_on", as_at) >= limit)
    reviewed = with_layer(old, workers, "reviewed_by").with_columns(
        days_taken=days_taken("opened_on", "reviewed_on", as_at)
    )
    led, decided = pl.col("layer") == "management", recorded("decision")
    return reviewed.with_columns(days_over=taken - limit, by_leadership=led, decision_recorded=decided)


class Standard(Evidence):
    """What must hold of each exception."""

    days_over: int = Field(
        le=0, title="the exception was reviewed in time", description="Reviewed {days_taken:day} after {opened_on}."
    )
    by_leadership: bool = Field(
        eq=True,
        title="a worker of the management layer reviewed the exception",
        description="Reviewed by a worker of the {layer} layer.",
    )
    decision_recorded: bool = Field(title="the decision of the review is recorded")
