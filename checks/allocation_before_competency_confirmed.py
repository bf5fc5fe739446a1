"""A case was given to a worker before anybody confirmed the worker can do it.

Why it matters: Confirming a competency afterwards only writes down what was risked; the person was with a worker whose
    limits nobody had looked at.
Who is looked at: Allocations made in the look-back, of open cases and of others. Rows that are the same in every field
    count once.
What is a finding: The competency was confirmed after the day of the allocation; on the same day is in time. No day of
    confirmation on record, or one after the as-at date: not evidenced.
What to do: Confirm the competency now, and have the supervisor look at what was decided in the case until then.
Sources: House default. CQC Regulation 18 asks for competent staff and says nothing of the order.
Example: as at 2026-10-31
    allocations  case_id | worker_id | allocated_on | competency_confirmed_on
                 C1      | W1        | 2026-09-01   | 2026-09-01
                 C2      | W1        | 2026-09-01   | 2026-09-02
                 C3      | W1        | 2026-09-01   |
    met C1 | W1 | 2026-09-01; breach C2 | W1 | 2026-09-01; not evidenced C3 | W1 | 2026-09-01
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days, distinct, in_lookback, seen


# High: until then decisions were made by somebody not known to make them safely.
@check(
    "ALC02",
    severity="high",
    owner="team manager",
    basis="house",
    subject="allocation",
    needs="allocations.competency_confirmed_on",
)
def allocation_before_competency_confirmed(
    allocations: pl.LazyFrame, policy: Policy, as_at: dt.date, episodes: pl.LazyFrame | None = None
) -> pl.LazyFrame:
    """One row per allocation made in the look-back: by how many days the confirmation came after it."""
    made = distinct(allocations.filter(in_lookback("allocated_on", policy, as_at)))
    confirmed_on = pl.when(seen("competency_confirmed_on", as_at)).then("competency_confirmed_on")
    late = made.with_columns(confirmed_on=confirmed_on).with_columns(days_late=days("allocated_on", "confirmed_on"))
    found = late.select("case_id", "worker_id", "allocated_on", "confirmed_on", "days_late", "origin")
    if episodes is None:
        return found
    return found.join(episodes.select("case_id", "team"), on="case_id", how="left", maintain_order="left")


class Standard(Evidence):
    """What must hold of each allocation."""

    days_late: int = Field(
        le=0,
        title="the worker's competency was confirmed by the day of the allocation",
        description="Allocated {allocated_on}, confirmed {confirmed_on}, {days_late:day} later.",
    )
