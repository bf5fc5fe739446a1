"""A worker's caseload is over the safe threshold.

Why it matters: Past a certain load contacts are missed, records are late and rising risk goes unseen, whoever the
    worker is.
Who is looked at: Workers who are the named worker of at least one open case.
What is a finding: The points of the acuity bands of the worker's open cases, added up, exceed the limit per whole-time
    equivalent (WTE). A case without a band of the scale adds no points (ACU02 reports it). WTE blank, or the worker not
    in the staff list: not evidenced. A WTE of 0 allows no case.
What to do: Move cases at the next allocation review, or open a capacity exception with mitigations and a recovery plan.
Sources: House default: no national safe caseload exists. Regulation 18: sufficient staff, without a number.
Example: as at 2026-10-31, max_points_per_wte = 9
    staff  worker_id | role  | wte
           W1        | Nurse | 1.0
           W2        | Nurse | 0.5
           W3        | Nurse |
    cases  case_id | worker_id | opened_on  | acuity_band
           C1      | W1        | 2026-03-02 | very_high
           C2      | W1        | 2026-03-02 | high
           C3      | W2        | 2026-03-02 | very_high
           C4      | W3        | 2026-03-02 | low
    met W1; breach W2; not evidenced W3
"""

import polars as pl

from caseaudit import Evidence, Field, check

NEEDS = "cases.worker_id cases.acuity_band staff.wte"


# High: over the threshold every person on the caseload is seen less than their acuity asks for.
@check("CAP01", severity="high", owner="team manager", basis="house", subject="worker", needs=NEEDS)
def caseload_over_threshold(points_held: pl.LazyFrame) -> pl.LazyFrame:
    """One row per worker with open cases: band points held, against those allowed at the worker's WTE."""
    return points_held


class Standard(Evidence):
    """What must hold of each worker."""

    points_over: float = Field(
        le=0,
        title="the caseload keeps to the points allowed per WTE",
        description="{points} points held in {open_cases:case} at {wte} WTE, where {points_allowed} are allowed.",
    )
