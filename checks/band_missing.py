"""An open case has no acuity band of the scale.

Why it matters: The band sets how often a person is seen and reviewed. Without one nobody can say whether they are seen
    often enough, and no other check of rhythm or load can count them.
Who is looked at: Cases open on the as-at date.
What is a finding: The band recorded is none of the policy's scale: a breach. No band recorded: not evidenced.
What to do: Assess the person's acuity and record the band; a clinician confirms it.
Sources: House default: the scale is the provider's own. Regulation 12: risks are assessed.
Example: as at 2026-10-31
    cases  case_id | opened_on  | acuity_band
           C1      | 2026-03-02 | moderate
           C2      | 2026-03-02 | amber
           C3      | 2026-03-02 |
    met C1; breach C2; not evidenced C3
"""

import polars as pl

from caseaudit import Evidence, Field, check


# High: every interval and every load rests on the band.
@check("ACU02", severity="high", owner="named worker", basis="house", subject="case", needs="cases.acuity_band")
def band_missing(open_cases: pl.LazyFrame) -> pl.LazyFrame:
    """One row per open case: whether its band is one of the scale."""
    known = pl.when(pl.col("acuity_band").is_not_null()).then(pl.col("rank").is_not_null())
    return open_cases.select("case_id", "team", "acuity_band", "origin", band_of_the_scale=known)


class Standard(Evidence):
    """What must hold of each case."""

    band_of_the_scale: bool = Field(
        eq=True,
        title="an acuity band of the scale is recorded",
        description="The band recorded, '{acuity_band}', is not on the policy's scale.",
    )
