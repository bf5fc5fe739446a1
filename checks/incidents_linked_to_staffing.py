"""Incidents linked to staffing or escalation are on the rise.

Why it matters: When gaps in staffing or missed escalations begin to show in incidents, the team is past its safe load.
Who is looked at: Every team with somebody in post or an open case on the as-at date.
What is a finding: A control chart (XmR) of the team's incidents per complete month with such a factor shows a rise that
    is more than chance, up to the last month. The months begin with the first incident of the export, or as far back as
    the policy says. Not evidenced: a rise that shows only if incidents without a factor, or of no team, are counted;
    no rise, but fewer months than full limits need (trial limits).
What to do: Look through the incidents of the rise together, name what they share, and bring it to the risk register.
Sources: Charts: NHS England, Making Data Count. Regulation 12 (safe care), without a number.
Example: as at 2026-10-31
    staff      worker_id | role  | team
               W1        | Nurse | North
               W2        | Nurse | South
               W3        | Nurse | East
    incidents  incident_id | team  | occurred_on | factor
               I1          | North | 2025-09-14  | staffing_gap
               I2          | South | 2026-10-02  | missed_escalation
               I3          | South | 2026-10-09  | staffing_gap;training
               I4          | South | 2026-10-30  | staffing_gap
               I5          | East  | 2026-10-02  |
               I6          | East  | 2026-10-09  |
               I7          | East  | 2026-10-10  | equipment
    met North; breach South; not evidenced East
"""

import polars as pl

from caseaudit import Evidence, Field, check

NEEDS = "incidents.team incidents.factor"


# High: harm has begun to follow from the lack of staff.
@check("INC01", severity="high", owner="service manager", basis="guidance", subject="team", needs=NEEDS)
def incidents_linked_to_staffing(incident_trends: pl.LazyFrame) -> pl.LazyFrame:
    """One row per team: whether its staffing incidents rise by more than chance."""
    rise, possible = (pl.col(name) == "special_cause_concern" for name in ("variation", "possible_variation"))
    return incident_trends.with_columns(steady=pl.when(rise | ~(possible | pl.col("trial"))).then(~rise))


class Standard(Evidence):
    """What must hold of each team."""

    steady: bool = Field(
        eq=True,
        title="incidents linked to staffing or escalation do not rise by more than chance",
        description="{last_month} such incidents in the last complete month, {mean} a month over {months} months.",
    )
