"""Somebody waited too long for the first contact.

Why it matters: Between referral and first contact nobody sees it if things get worse.
Who is looked at: Referrals whose time had run out on the as-at date: the last day of the limit of their priority lay
    before it. Referrals without a priority, or with one the policy has no limit for, are looked at too.
What is a finding: The first contact came after the last day. No first contact on record, or no limit for want of a
    priority: not evidenced. A first contact dated before the referral, or after the as-at date, cannot show it. A limit
    in working days ends on a working day: Monday to Friday, no public holiday.
What to do: See the person now if that has not happened, record the first contact, and look at what held it up.
Sources: Community waiting time: 28 days. CCBHC: urgent within 1 business day.
Example: as at 2026-10-31
    referrals  referral_id | received_on | priority | first_contact_on
               R1          | 2026-09-01  | routine  | 2026-09-29
               R2          | 2026-09-01  | routine  | 2026-09-30
               R3          | 2026-10-09  | urgent   | 2026-10-12
               R4          | 2026-10-09  | urgent   | 2026-10-13
               R5          | 2026-09-01  | routine  |
    met R1, R3; breach R2, R4; not evidenced R5
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days, days_taken, once, plus_days, plus_working_days, seen

NEEDS = "referrals.priority referrals.first_contact_on"


# High: nobody knows how the person is.
@check("DEM01", severity="high", owner="team manager", basis="guidance", subject="referral", needs=NEEDS)
def wait_for_first_contact(referrals: pl.LazyFrame, policy: Policy, as_at: dt.date) -> pl.LazyFrame:
    """One row per referral whose time had run out: by how many days the first contact came after the last day."""

    def limit(unit: str) -> pl.Expr:
        values = {priority: one[unit] for priority, one in policy.first_contact.items()}
        return pl.col("priority").replace_strict(values, default=None, return_dtype=pl.Int64)

    working, calendar = limit("working_days"), limit("days")
    by_working_days = plus_working_days("received_on", working, policy, as_at)
    last_day = pl.when(working > 0).then(by_working_days).otherwise(plus_days("received_on", calendar))
    received = once(referrals.filter(seen("received_on", as_at)), "referral_id").with_columns(last_day=last_day)
    answered = days_taken("received_on", "first_contact_on", as_at).is_not_null()
    due = received.filter((pl.col("last_day") < as_at).fill_null(value=True))
    return due.with_columns(days_late=pl.when(answered).then(days("last_day", "first_contact_on")))


class Standard(Evidence):
    """What must hold of each referral."""

    days_late: int = Field(
        le=0,
        title="the first contact took place within the limit",
        description="First contact on {first_contact_on}, {days_late:day} after the last day ({last_day}).",
    )
