"""What was agreed in supervision is past its day.

Why it matters: An action nobody returns to shows worker and leadership that the session changed nothing.
Who is looked at: Supervision sessions held whose follow-up date is before the as-at date, however long ago.
What is a finding: No day on record by the as-at date on which the follow-up was done: not evidenced. Done late is done.
    There is no breach here, since a blank says only that nothing is on record.
What to do: Do what was agreed, or agree something else, and record the day.
Sources: Regulation 17 (records, good governance). House default: that the record shows it.
Example: as at 2026-10-31
    supervision  worker_id | held_on    | status | follow_up_on | follow_up_done_on
                 W1        | 2026-10-05 | held   | 2026-10-20   | 2026-10-22
                 W2        | 2026-10-05 | held   | 2026-10-30   |
                 W3        | 2026-10-05 | held   | 2026-10-31   |
    met W1 | 2026-10-05; not evidenced W2 | 2026-10-05
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, check, days, seen

NEEDS = "supervision.follow_up_on supervision.follow_up_done_on"


# Medium: a safeguard somebody thought necessary may not be in place.
@check("SUP04", severity="medium", owner="supervisor", basis="house", subject="session", needs=NEEDS)
def supervision_action_overdue(sessions_held: pl.LazyFrame, as_at: dt.date) -> pl.LazyFrame:
    """One row per session with a follow-up date in the past: whether the follow-up is on record."""
    sessions = sessions_held.filter(pl.col("follow_up_on") < as_at)
    done = pl.when(seen("follow_up_done_on", as_at)).then(statement=True)
    return sessions.select(
        *("worker_id", "held_on", "team", "follow_up_on", "follow_up_done_on", "origin"),
        days_past=days("follow_up_on", as_at),
        followed_up=done,
    )


class Standard(Evidence):
    """What must hold of each session."""

    followed_up: bool = Field(title="the follow-up agreed in the session is done")
