"""A referral was not triaged in time.

Why it matters: Until somebody has read a referral, an urgent one waits among the others.
Who is looked at: Every referral received on or before the as-at date.
What is a finding: It was triaged later than the limit after the day it was received. No day of triage on record, also
    while there is still time: not evidenced. A day before the referral, or after the as-at date, cannot show it.
What to do: Triage it now and record the day; look at what held it up.
Sources: House default: no published limit found.
Example: as at 2026-10-31
    referrals  referral_id | received_on | triaged_on
               R1          | 2026-10-05  | 2026-10-08
               R2          | 2026-10-05  | 2026-10-09
               R3          | 2026-10-05  |
    met R1; breach R2; not evidenced R3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days_taken, once, seen


# High: nobody knew how urgent it was.
@check("DEM03", severity="high", owner="team manager", basis="house", subject="referral", needs="referrals.triaged_on")
def referral_not_triaged(referrals: pl.LazyFrame, policy: Policy, as_at: dt.date) -> pl.LazyFrame:
    """One row per referral: the days to its triage, and by how many they exceed the limit."""
    received = once(referrals.filter(seen("received_on", as_at)), "referral_id")
    taken = days_taken("received_on", "triaged_on", as_at)
    return received.with_columns(taken=taken, days_late=taken - policy.limit("triage_days"))


class Standard(Evidence):
    """What must hold of each referral."""

    days_late: int = Field(
        le=0,
        title="the referral was triaged within the limit",
        description="Received on {received_on}, triaged {taken:day} later, {days_late:day} past the limit.",
    )
