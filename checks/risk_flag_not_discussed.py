"""A signal of rising risk was not taken to a huddle and decided there.

Why it matters: One worker alone reads a signal by what they know of the person; in the huddle others see it too.
Who is looked at: Risk flags raised longer ago than the days within which they are to be taken to a huddle.
What is a finding: The flag came to a huddle later than that, or those named as having decided are not at least two, one
    a clinician and one a supervisor (so named on the staff list or by a huddle, or of management). No huddle, decision
    or names on record, a huddle dated before the flag, or names nobody knows: not evidenced.
What to do: Take the flag to the next huddle, and record the decision and who made it.
Sources: House default. CQC quality statement: involving people to manage risks.
Example: as at 2026-10-31
    risk_flags  flag_id | case_id | signal        | raised_on  | huddle_on  | decision      | decided_by
                F1      | C1      | ed_attendance | 2026-10-12 | 2026-10-16 | weekly visits | W1;W9
                F2      | C1      | ed_attendance | 2026-10-12 | 2026-10-17 | weekly visits | W1;W9
                F3      | C1      | ed_attendance | 2026-10-12 |            |               |
    staff  worker_id | role  | layer      | supervisor_id
           W1        | Nurse | clinical   | W9
           W9        | Lead  | management |
    met F1; breach F2; not evidenced F3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days, days_taken, recorded


# High: a known risk that nobody has decided upon.
@check(
    "ESC02",
    severity="high",
    owner="team manager",
    basis="house",
    subject="risk flag",
    needs="risk_flags.huddle_on risk_flags.decision risk_flags.decided_by staff.layer",
)
def risk_flag_not_discussed(
    flags_raised: pl.LazyFrame, flag_deciders: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per flag old enough: how soon it came to a huddle, and who decided."""
    old = flags_raised.filter(days("raised_on", as_at) > policy.huddle_days)
    taken = old.join(flag_deciders, on="origin", how="left", maintain_order="left")
    return taken.with_columns(
        days_late=days_taken("raised_on", "huddle_on", as_at) - policy.huddle_days,
        decided=recorded("decision"),
        together=pl.col("by_clinician") & pl.col("by_supervisor") & (pl.col("people") > 1),
    )


class Standard(Evidence):
    """What must hold of each flag."""

    days_late: int = Field(
        le=0,
        title="the flag was taken to a huddle in time",
        description="Raised {raised_on}, taken to a huddle {huddle_on}.",
    )
    decided: bool = Field(eq=True, title="a decision is recorded")
    together: bool = Field(eq=True, title="a supervisor and a clinician decided together")
