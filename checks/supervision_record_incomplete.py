"""A supervision session is not fully on record.

Why it matters: A session that left no record of cases, risks, actions and a date to return to them cannot be followed
    up, and shows nobody that it looked at risk.
Who is looked at: Supervision sessions held in the look-back.
What is a finding: Cases reviewed, risks identified, actions agreed or the follow-up date is blank: not evidenced, for
    each of them. There is no breach here, since a blank says only that nothing is on record.
What to do: Complete the session's record from the notes of both; where there are none, cover it in the next session.
Sources: Regulation 17 (records) and regulation 18(2)(a). What a record holds is a house default.
Example: as at 2026-10-31
    supervision  worker_id | held_on    | status | cases_reviewed | risks_identified | actions_agreed | follow_up_on
                 W1        | 2026-10-05 | held   | C1, C2         | none new         | see C2 weekly  | 2026-11-02
                 W2        | 2026-10-06 | held   | C3             |                  | call the GP    | 2026-11-03
    met W1 | 2026-10-05; not evidenced W2 | 2026-10-06
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, in_lookback, recorded

FIELDS = ("cases_reviewed", "risks_identified", "actions_agreed", "follow_up_on")
NEEDS = "supervision.cases_reviewed supervision.risks_identified supervision.actions_agreed supervision.follow_up_on"


# Medium: the session took place; what is missing is the trace of it.
@check("SUP02", severity="medium", owner="supervisor", basis="regulator", subject="session", needs=NEEDS)
def supervision_record_incomplete(sessions_held: pl.LazyFrame, policy: Policy, as_at: dt.date) -> pl.LazyFrame:
    """One row per session held in the look-back: which parts of its record are there."""
    sessions = sessions_held.filter(in_lookback("held_on", policy, as_at))
    return sessions.select(
        "worker_id", "held_on", "team", "origin", *(recorded(field).alias(field) for field in FIELDS)
    )


class Standard(Evidence):
    """What must hold of each session."""

    cases_reviewed: bool = Field(title="the cases reviewed are recorded")
    risks_identified: bool = Field(title="the risks identified are recorded")
    actions_agreed: bool = Field(title="the actions agreed are recorded")
    follow_up_on: bool = Field(title="a follow-up date is recorded")
