"""A workforce risk is open and nobody manages it.

Why it matters: A risk on a register helps nobody unless somebody owns it, does something and looks again.
Who is looked at: Risks of the register raised on or before the as-at date and not closed by then; without a day of
    raising, raised.
What is a finding: The day by which it was to be reviewed lies before the as-at date. Owner, mitigation or that day left
    blank: not evidenced, unless the review is overdue as well.
What to do: Name an owner and a mitigation, review the risk and set the next day, or close it with the reason.
Sources: House default. Regulation 17 (good governance: risks), without a number.
Example: as at 2026-10-31
    risk_register  risk_id | owner      | mitigation | review_due_on
                   WR1     | Team lead  | bank pool  | 2026-10-31
                   WR2     | Team lead  | bank pool  | 2026-10-30
                   WR3     |            | bank pool  | 2026-11-30
    met WR1; breach WR2; not evidenced WR3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, check, days, open_at, recorded

NEEDS = "risk_register.owner risk_register.mitigation risk_register.review_due_on"


# Medium: the risk is known, which is half of it.
@check("GOV03", severity="medium", owner="service manager", basis="house", subject="workforce risk", needs=NEEDS)
def workforce_risk_unmanaged(risk_register: pl.LazyFrame, as_at: dt.date) -> pl.LazyFrame:
    """One row per open risk: whether it has an owner and a mitigation, and by how many days its review is overdue."""
    # of two rows with one risk_id, one without a closing date stands for both
    ordered = risk_register.sort(pl.col("closed_on").is_not_null(), "origin")
    risks = ordered.unique("risk_id", keep="first", maintain_order=True)
    return risks.filter(open_at("raised_on", "closed_on", as_at)).select(
        "risk_id",
        "team",
        "origin",
        "review_due_on",
        has_owner=recorded("owner"),
        has_mitigation=recorded("mitigation"),
        days_overdue=days("review_due_on", as_at),
    )


class Standard(Evidence):
    """What must hold of each risk."""

    has_owner: bool = Field(eq=True, title="an owner is recorded")
    has_mitigation: bool = Field(eq=True, title="a mitigation is recorded")
    days_overdue: int = Field(
        le=0,
        title="its review is not past due",
        description="Review due {review_due_on}, {days_overdue:day} ago.",
    )
