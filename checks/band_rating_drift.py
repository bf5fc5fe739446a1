"""A worker rates high acuity far more or less often than the service.

Why it matters: Ratings that drift upwards draw time from others; ratings that drift downwards hide people at risk.
Who is looked at: Workers who are the named worker of at least a least number of open cases.
What is a finding: The share of the worker's cases rated high acuity lies outside the funnel limits around the share of
    the whole service: above (ratings may be inflated) or below (need may be minimised). On a limit is inside. Shares
    are of the cases with a band of the scale; none with one: not evidenced. A finding asks a question, it is no proof:
    a caseload may be what it is by design.
What to do: Compare a sample of the ratings with a second rater; correct the bands, or note why this caseload differs.
Sources: Funnel limits: Spiegelhalter 2005, at 99.8 %. The least number of cases is a house default.
Example: as at 2026-10-31, drift_min_cases = 2, drift_funnel_level = 0.5
    staff  worker_id | role
           W1        | Nurse
           W2        | Nurse
           W3        | Nurse
    cases  case_id | worker_id | opened_on  | acuity_band
           C1      | W1        | 2026-03-02 | high
           C2      | W1        | 2026-03-02 | low
           C3      | W2        | 2026-03-02 | high
           C4      | W2        | 2026-03-02 | high
           C5      | W3        | 2026-03-02 |
           C6      | W3        | 2026-03-02 |
           C7      |           | 2026-03-02 | low
           C8      |           | 2026-03-02 | low
    met W1; breach W2; not evidenced W3
"""

import polars as pl

from caseaudit import Evidence, Field, Policy, check

NEEDS = "cases.worker_id cases.acuity_band"


# Medium: a signal to look, not yet a person harmed.
@check("ACU06", severity="medium", owner="clinical lead", basis="guidance", subject="worker", needs=NEEDS)
def band_rating_drift(rating_funnel: pl.LazyFrame, policy: Policy) -> pl.LazyFrame:
    """One row per worker with enough open cases: the share rated high acuity, and how far it is past a limit."""
    rated = rating_funnel.filter(pl.col("open_cases") >= policy.limit("drift_min_cases"))
    share = pl.col("high_share")
    return rated.with_columns(above=share - pl.col("upper"), below=pl.col("lower") - share)


class Standard(Evidence):
    """What must hold of each worker."""

    above: float = Field(
        le=0,
        title="high acuity is not rated more often than chance explains",
        description="{high_acuity_cases} of {banded_cases} rated high acuity; the upper limit is a share of {upper}.",
    )
    below: float = Field(
        le=0,
        title="high acuity is not rated less often than chance explains",
        description="{high_acuity_cases} of {banded_cases} rated high acuity; the lower limit is a share of {lower}.",
    )
