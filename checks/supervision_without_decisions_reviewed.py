"""A supervision session does not show that risk decisions were reviewed.

Why it matters: Supervision that talks about diaries and leave, and not about the decisions on risk, leaves those to one
    person.
Who is looked at: Supervision sessions held in the look-back.
What is a finding: The record says that risk decisions were not reviewed and understood. Blank: not evidenced.
What to do: Take the open risk decisions of the worker's cases into the next session and record that they were reviewed.
Sources: Regulation 18(2)(a) (supervision) and regulation 12 (safe care). House default: that the record shows it.
Example: as at 2026-10-31
    supervision  worker_id | held_on    | status | decisions_reviewed
                 W1        | 2026-10-05 | held   | yes
                 W2        | 2026-10-05 | held   | no
                 W3        | 2026-10-05 | held   |
    met W1 | 2026-10-05; breach W2 | 2026-10-05; not evidenced W3 | 2026-10-05
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, in_lookback

NEEDS = "supervision.decisions_reviewed"


# High: risk decisions stand that no second person has looked at.
@check("SUP03", severity="high", owner="supervisor", basis="house", subject="session", needs=NEEDS)
def supervision_without_decisions_reviewed(sessions_held: pl.LazyFrame, policy: Policy, as_at: dt.date) -> pl.LazyFrame:
    """One row per session held in the look-back: whether risk decisions were reviewed."""
    sessions = sessions_held.filter(in_lookback("held_on", policy, as_at))
    return sessions.select("worker_id", "held_on", "team", "origin", "decisions_reviewed")


class Standard(Evidence):
    """What must hold of each session."""

    decisions_reviewed: bool = Field(
        eq=True,
        title="risk decisions were reviewed and understood in the session",
        description="The record of {held_on} says that risk decisions were not reviewed.",
    )
