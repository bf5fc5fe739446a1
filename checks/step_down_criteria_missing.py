"""A case in the lowest band has no step-down criteria.

Why it matters: People in the lowest band are the next to leave the service. Without agreed criteria the end comes by
    chance, or never.
Who is looked at: Open cases in the lowest acuity band of the scale.
What is a finding: No step-down criteria are recorded: not evidenced. There is no breach here, since a blank says only
    that nothing is on record.
What to do: Agree with the person what must be so for care to end, and record it.
Sources: House default. Quality statement Safe systems, pathways and transitions.
Example: as at 2026-10-31
    cases  case_id | opened_on  | acuity_band | step_down_criteria
           C1      | 2026-03-02 | low         | no crisis contact for 3 months
           C2      | 2026-03-02 | low         |
    met C1; not evidenced C2
"""

import polars as pl

from caseaudit import Evidence, Field, check, recorded

NEEDS = "cases.acuity_band cases.step_down_criteria"


# Low: care goes on meanwhile; what suffers is the way out of it.
@check("ACU08", severity="low", owner="named worker", basis="house", subject="case", needs=NEEDS)
def step_down_criteria_missing(open_cases: pl.LazyFrame) -> pl.LazyFrame:
    """One row per open case in the lowest band: whether step-down criteria are recorded."""
    criteria = recorded("step_down_criteria")
    return open_cases.filter("lowest_band").select(
        "case_id", "team", "acuity_band", "origin", step_down_criteria=criteria
    )


class Standard(Evidence):
    """What must hold of each case."""

    step_down_criteria: bool = Field(title="step-down criteria are recorded")
