"""High-acuity work is piled on one worker.

Why it matters: A worker with too many people in or near crisis has no room for the next one, and a team that rests on
    one pair of shoulders fails with them.
Who is looked at: Workers who are the named worker of at least one open case.
What is a finding: More high-acuity cases per whole-time equivalent (WTE) than the limit; or, from a least number of
    them on, a share of the team's high-acuity cases that exceeds the share of its WTE more than the limit allows. The
    team is those of the worker's staff team who hold cases; a colleague's blank WTE counts as 0, a case without a band
    as none of high acuity (ACU02 reports it). The worker's own WTE blank, or no staff team: not evidenced.
What to do: Share high-acuity cases out at the next allocation review, or open a capacity exception with mitigations.
Sources: House default: no national safe caseload exists. Regulation 18: sufficient staff, without a number.
Example: as at 2026-10-31, max_high_acuity_per_wte = 2
    staff  worker_id | role  | layer    | team  | wte
           W1        | Nurse | clinical | North | 1.0
           W2        | Nurse | clinical | North | 0.5
           W3        | Nurse | clinical | North |
    cases  case_id | worker_id | opened_on  | acuity_band
           C1      | W1        | 2026-03-02 | high
           C2      | W1        | 2026-03-02 | very_high
           C3      | W2        | 2026-03-02 | high
           C4      | W2        | 2026-03-02 | high
           C5      | W3        | 2026-03-02 | low
    met W1; breach W2; not evidenced W3
"""

import polars as pl

from caseaudit import Evidence, Field, check
from caseaudit.statistics.concentration import gini, hhi

NEEDS = "cases.worker_id cases.acuity_band staff.team staff.wte"


# High: people in or near crisis wait for a worker who has no hour left.
@check("ACU01", severity="high", owner="team manager", basis="house", subject="worker", needs=NEEDS)
def acuity_concentration(acuity_held: pl.LazyFrame) -> pl.LazyFrame:
    """One row per worker with open cases: high-acuity cases per WTE and against the share of the team's WTE."""
    return acuity_held


def measures(evidence: pl.DataFrame) -> dict[str, object]:
    """Per team, how unequally its high-acuity cases lie on the workers who hold cases (blank where there are none)."""
    held = evidence.drop_nulls("team").group_by("team").agg("high_acuity_cases").sort("team")
    counts = dict(held.iter_rows())
    return {"gini": {team: gini(held) for team, held in counts.items()}, "hhi": {t: hhi(h) for t, h in counts.items()}}


class Standard(Evidence):
    """What must hold of each worker."""

    high_acuity_over: float = Field(
        le=0,
        title="the high-acuity cases keep to the limit per WTE",
        description="{high_acuity_cases} high-acuity cases held at {wte} WTE, where {high_acuity_allowed} are allowed.",
    )
    concentration_over: float = Field(
        le=0,
        title="the share of the team's high-acuity cases is in proportion to the share of its WTE",
        description="{high_acuity_cases} high-acuity cases: {concentration_ratio} times the share of the team's WTE.",
    )
