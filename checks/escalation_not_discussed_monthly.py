"""A worker with cases has not talked an escalation decision through lately.

Why it matters: Knowing when to call for help is a skill that fades unpractised; supervision is where it is kept.
Who is looked at: Staff in post on the as-at date who are the named worker of at least one open case.
What is a finding: No session held within the limit of days before the as-at date in which an escalation decision was
    discussed; one on its first day is in time. Sessions that leave it open, and none that says yes: not evidenced.
What to do: Take one escalation decision, made or not made, through the next session and record it.
Sources: House default: monthly. Regulation 18(2)(a) (supervision), without a number.
Example: as at 2026-10-31
    staff        worker_id | role
                 W1        | Nurse
                 W2        | Nurse
                 W3        | Nurse
    cases        case_id | worker_id | opened_on
                 C1      | W1        | 2026-03-02
                 C2      | W2        | 2026-03-02
                 C3      | W3        | 2026-03-02
    supervision  worker_id | held_on    | status | escalation_discussed
                 W1        | 2026-09-30 | held   | yes
                 W2        | 2026-09-29 | held   | yes
                 W3        | 2026-10-20 | held   |
    met W1; breach W2; not evidenced W3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days

NEEDS = "cases.worker_id supervision.escalation_discussed"


# Medium: supervision may take place; this part of it is not kept up.
@check("SUP05", severity="medium", owner="supervisor", basis="house", subject="worker", needs=NEEDS)
def escalation_not_discussed_monthly(
    holders: pl.LazyFrame, sessions_held: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per worker in post with cases: whether a recent session discussed an escalation decision."""
    recent = sessions_held.filter(days("held_on", as_at) <= policy.limit("escalation_discussed_days"))
    # yes if any session says yes, blank if one may, no if all say no
    said = recent.group_by("worker_id").agg(
        sessions=pl.len(), said=pl.col("escalation_discussed").any(ignore_nulls=False)
    )
    found = holders.join(said, on="worker_id", how="left")
    return found.with_columns(
        pl.col("sessions").fill_null(0), discussed=pl.col("sessions").is_not_null() & pl.col("said")
    )


class Standard(Evidence):
    """What must hold of each worker."""

    discussed: bool = Field(
        eq=True,
        title="an escalation decision was discussed in a recent session",
        description="{sessions:session} within the limit, none with an escalation decision discussed.",
    )
