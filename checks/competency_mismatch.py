"""A case is with a worker who is not signed off for what it asks.

Why it matters: A band and a need ask for certain decisions. A worker nobody has seen making them safely is left to make
    them alone.
Who is looked at: Each pair of an open case and a worker it is currently allocated to; where no export holds
    allocations, the case and its named worker.
What is a finding: The worker has no current sign-off of a competency that the band or a need of the case requires.
    Current: signed off by the as-at date by an accepted method, not expired nor older than the policy allows, and no
    incident names worker and competency on or after that day; of several sign-offs the best counts. Not evidenced: no
    band or an unknown one (and nothing lacking for the needs); a worker who is not on the staff list; or only a
    sign-off without a method in the way. A need the policy does not know asks for nothing.
What to do: Have the competency assessed in practice and signed off, or allocate the case to somebody who holds it.
Sources: House defaults. CQC Regulation 18 asks for competent staff and names no competencies.
Example: as at 2026-10-31
    cases  case_id | opened_on  | acuity_band | worker_id
           C1      | 2026-01-05 | moderate    | W1
           C2      | 2026-01-05 | high        | W1
           C3      | 2026-01-05 |             | W1
    staff  worker_id | role
           W1        | Nurse
    competencies  worker_id | competency   | signed_off_on | method
                  W1        | safeguarding | 2026-03-02    | case_based
    met C1 | W1; breach C2 | W1; not evidenced C3 | W1
"""

import polars as pl

from caseaudit import Evidence, Field, check


# High: decisions on rising risk are made by somebody not known to make them safely.
@check(
    "CMP01", severity="high", owner="team manager", basis="house", subject="case and worker", needs="cases.acuity_band"
)
def competency_mismatch(competency_gaps: pl.LazyFrame, workers: pl.LazyFrame) -> pl.LazyFrame:
    """One row per open case and its worker: how many of the competencies it asks for are not signed off."""
    listed = workers.select("worker_id", listed=True)
    band = pl.when(pl.col("rank").is_not_null()).then("acuity_band")
    kept = (pl.col("unclear") == 0) & pl.col("rank").is_not_null()
    settled = pl.col("listed") & ((pl.col("lacking") > 0) | kept)
    gaps = competency_gaps.join(listed, on="worker_id", how="left", maintain_order="left")
    return gaps.with_columns(band=band, lacking=pl.when(settled).then("lacking"))


class Standard(Evidence):
    """What must hold of each pair."""

    band: str = Field(title="an acuity band of the scale is recorded")
    listed: bool = Field(eq=True, title="the worker is on the staff list")
    lacking: int = Field(
        le=0,
        title="the worker is signed off for everything the case asks",
        description="No current sign-off for {missing}; band {band}.",
    )
