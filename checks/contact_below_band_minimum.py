"""A person is seen less often than their acuity band asks for.

Why it matters: Contact is how a change is noticed. The band says how long a person may go unseen.
Who is looked at: Cases open on the as-at date for at least one contact interval of their band, on hold or not; and all
    open cases without a band of the scale.
What is a finding: No attended contact within the band's interval before the as-at date; one on its first day is in
    time. Missed and cancelled contacts do not count. No band of the scale: not evidenced.
What to do: Make contact now; if the person was seen, record it.
Sources: House default: no published contact intervals were found. Regulation 12: safe care.
Example: as at 2026-10-31
    cases     case_id | opened_on  | acuity_band
              C1      | 2026-03-02 | high
              C2      | 2026-03-02 | high
              C3      | 2026-03-02 |
    contacts  case_id | contact_on | outcome
              C1      | 2026-10-17 | attended
              C2      | 2026-10-16 | attended
              C2      | 2026-10-30 | did_not_attend
              C3      | 2026-10-30 | attended
    met C1; breach C2; not evidenced C3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, check, days


# High: a change in the person's state goes unseen.
@check("ACU04", severity="high", owner="named worker", basis="house", subject="case", needs="cases.acuity_band")
def contact_below_band_minimum(
    open_cases: pl.LazyFrame, last_attended_contact: pl.LazyFrame, as_at: dt.date
) -> pl.LazyFrame:
    """One row per case open for a contact interval or without a band: whether the person was seen within it."""
    interval = pl.col("contact_days")
    cases = open_cases.filter(interval.is_null() | (days("opened_on", as_at) >= interval))
    since = days("last_attended_on", as_at)
    seen = cases.join(last_attended_contact, on="case_id", how="left").with_columns(days_since=since)
    in_time = (since <= interval).fill_null(value=False)
    return seen.with_columns(seen_in_time=pl.when(interval.is_not_null()).then(in_time))


class Standard(Evidence):
    """What must hold of each case."""

    seen_in_time: bool = Field(
        eq=True,
        title="the person attended a contact within the interval of the acuity band",
        description="Last attended contact: {last_attended_on}; the band asks for one in {contact_days:day}.",
    )
