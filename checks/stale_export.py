"""An export stops well before the as-at date.

Why it matters: What happened after the last row is not in it: work that was done looks undone, and a case that has
    worsened looks as it did.
Who is looked at: Every table among the exports that tells of events: it has a day on which something happened, or a
    month.
What is a finding: The newest event on or before the as-at date is older than the limit. A month reaches to its last
    day. A table in which no such day is filled, or that has no row, shows nothing: not evidenced. In a table to which
    little is added (statements, sign-offs of a small team) an old event may be the true last one.
What to do: Export the table again up to the as-at date; if nothing has happened since, say so in an attestation.
Sources: House default. CQC Regulation 17 (good governance) asks for up-to-date records, and sets no number.
Example: as at 2026-10-31
    reviews    case_id | reviewed_on
               C1      | 2026-09-26
    referrals  received_on
               2026-09-25
    training   worker_id | course       | completed_on
               W1        | safeguarding |
    met reviews; breach referrals; not evidenced training
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days, exports


# Medium: what the other checks say is the weaker for it; nobody is harmed by it directly.
@check("DQ06", severity="medium", owner="data manager", basis="house", subject="table")
def stale_export(tables: exports.Tables, policy: Policy, as_at: dt.date) -> pl.LazyFrame:
    """One row per table that tells of events: how long ago the newest was, and by how much that is too long."""
    newest = exports.newest_event(tables, as_at)
    age = days("newest_on", as_at)
    return newest.with_columns(age=age, days_stale=age - policy.stale_days)


class Standard(Evidence):
    """What must hold of each table."""

    days_stale: int = Field(
        le=0,
        title="the newest event is recent enough",
        description="The newest event is of {newest_on}, {age:day} before the as-at date.",
    )
