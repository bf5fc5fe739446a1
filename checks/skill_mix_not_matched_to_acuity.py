"""A team has too few clinicians for the acuity it carries.

Why it matters: Where acuity is high, decisions need a registered clinician; with too few they wait.
Who is looked at: Teams with at least one high-acuity case open on the as-at date, and teams whose open cases all lack a
    band. Other cases without a band count as none of high acuity (ACU02 reports them).
What is a finding: The WTE of clinical staff in post in the team, for every ten high-acuity cases, is below the limit. A
    blank WTE, or the layer of somebody in post: not evidenced where it could decide; no band at all: not evidenced. The
    team of a case is that of the case, the team of a clinician that of the staff list.
What to do: Move clinical hours to the team or high-acuity cases out of it, and open a capacity exception meanwhile.
Sources: House default: no published limit found. Regulation 18: suitably qualified staff, without a number.
Example: as at 2026-10-31, clinical_wte_per_10_high_acuity = 10
    staff  worker_id | role  | layer    | team  | wte
           W1        | Nurse | clinical | North | 1.0
           W2        | Nurse | clinical | South | 0.9
           W3        | Nurse | clinical | East  |
    cases  case_id | team  | opened_on  | acuity_band
           C1      | North | 2026-03-02 | high
           C2      | South | 2026-03-02 | high
           C3      | East  | 2026-03-02 | high
    met North; breach South; not evidenced East
"""

import polars as pl

from caseaudit import Evidence, Field, check, settled

NEEDS = "staff.layer staff.team staff.wte cases.team cases.acuity_band"


# High: people in or near crisis, and nobody with the hours to decide.
@check("WFS04", severity="high", owner="service manager", basis="house", subject="team", needs=NEEDS)
def skill_mix_not_matched_to_acuity(skill_mix: pl.LazyFrame) -> pl.LazyFrame:
    """One row per team with high-acuity cases: by how many clinical WTE it falls short of what they ask for."""
    return skill_mix.with_columns(short=settled(pl.col("short_at_worst"), pl.col("short_at_best")))


class Standard(Evidence):
    """What must hold of each team."""

    short: float = Field(
        le=0,
        title="the clinical WTE matches the high-acuity cases",
        description="{clinical_wte} clinical WTE; {high_acuity_cases} high-acuity cases ask for {wanted_wte}.",
    )
