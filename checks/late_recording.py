"""A contact was recorded late.

Why it matters: Whoever is on duty tonight knows only what is on record, and memory turns a late note into a guess.
Who is looked at: Contacts in the look-back, whatever came of them.
What is a finding: The contact was recorded later than the limit after its day. No day of recording: not evidenced. A
    record dated after the as-at date is not seen; one dated before the contact cannot tell of it, unless the contact
    was cancelled, which is often known before its day.
What to do: Ask what kept the record back, and agree when notes are written; late notes are marked as such.
Sources: House default: no published limit found. Regulation 17 asks for complete and contemporaneous records.
Example: as at 2026-10-31
    contacts  contact_id | case_id | contact_on | outcome  | recorded_on
              K1         | C1      | 2026-10-05 | attended | 2026-10-07
              K2         | C1      | 2026-10-05 | attended | 2026-10-08
              K3         | C1      | 2026-10-05 | attended |
    met C1 | K1; breach C1 | K2; not evidenced C1 | K3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days_taken, in_lookback, with_team


# Low: the contact took place; what it showed was for some days known to one person only.
@check("CON03", severity="low", owner="named worker", basis="house", subject="contact", needs="contacts.recorded_on")
def late_recording(
    contacts_seen: pl.LazyFrame, policy: Policy, as_at: dt.date, episodes: pl.LazyFrame | None = None
) -> pl.LazyFrame:
    """One row per contact of the look-back: the days to its record, and by how many they exceed the limit."""
    cancelled = pl.col("outcome").str.starts_with("cancelled_")
    known_on = pl.when(cancelled).then(pl.min_horizontal("contact_on", "recorded_on")).otherwise("contact_on")
    taken = days_taken(known_on, "recorded_on", as_at)
    recent = with_team(contacts_seen.filter(in_lookback("contact_on", policy, as_at)), episodes)
    return recent.with_columns(taken=taken, days_late=taken - policy.limit("recording_days"))


class Standard(Evidence):
    """What must hold of each contact."""

    days_late: int = Field(
        le=0,
        title="the contact was recorded within the limit",
        description="Contact on {contact_on} recorded {taken:day} later, {days_late:day} past the limit.",
    )
