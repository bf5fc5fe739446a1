"""A clinician's registration has run out or is not on record.

Why it matters: Without a registration a nurse, social worker or psychologist may not practise, and what was signed off
    in the meantime does not stand.
Who is looked at: Staff of the clinical layer in post on the as-at date.
What is a finding: The registration ran out before the as-at date; on that day it is still in force. No registration
    number, or no day on which it ends, on record: not evidenced.
What to do: Look the worker up in the register today; without a valid entry, no clinical work until it is renewed.
Sources: CQC Regulation 19 (fit and proper persons employed): registration with the professional body where required.
Example: as at 2026-10-31
    staff  worker_id | role  | layer    | registration_number | registration_expires_on
           W1        | Nurse | clinical | 11A1111E            | 2026-10-31
           W2        | Nurse | clinical | 22B2222E            | 2026-10-30
           W3        | Nurse | clinical |                     | 2027-03-31
    met W1; breach W2; not evidenced W3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, check, days, recorded


# High: clinical decisions by somebody who may not make them.
@check(
    "CMP05",
    severity="high",
    owner="registered manager",
    basis="regulator",
    subject="worker",
    needs="staff.layer staff.registration_number staff.registration_expires_on",
)
def registration_lapsed(staff_in_post: pl.LazyFrame, as_at: dt.date) -> pl.LazyFrame:
    """One row per clinician in post: whether a registration is on record, and for how many days it has been over."""
    return staff_in_post.filter(pl.col("layer") == "clinical").select(
        "worker_id",
        "team",
        "registration_expires_on",
        "origin",
        registered=recorded("registration_number"),
        days_lapsed=days("registration_expires_on", as_at),
    )


class Standard(Evidence):
    """What must hold of each clinician."""

    registered: bool = Field(eq=True, title="a registration number is recorded")
    days_lapsed: int = Field(
        le=0,
        title="the registration is in force",
        description="The registration ran out on {registration_expires_on}, {days_lapsed:day} before the as-at date.",
    )
