"""No clinician is in a case of the highest acuity.

Why it matters: Where acuity is highest, decisions on risk, medicines and safeguarding come daily; without a clinician
    allocated or overseeing they are made by somebody not trained to make them.
Who is looked at: Open cases in the highest band, and open high-acuity cases with all the needs the policy names as high
    risk (medication and safeguarding).
What is a finding: Of those the case is currently allocated to, and those named as oversight, none is of the clinical
    layer. Where no export holds allocations, the named worker counts as allocated. Somebody of unknown layer, or nobody
    on record at all: not evidenced.
What to do: Allocate a clinician, or name one who oversees the case, and record it in the allocation.
Sources: House default. CQC Regulation 12 (safe care) asks for qualified staff and names no layer.
Example: as at 2026-10-31
    cases  case_id | opened_on  | acuity_band | worker_id
           C1      | 2026-01-05 | very_high   | W1
           C2      | 2026-01-05 | very_high   | W2
           C3      | 2026-01-05 | very_high   |
    staff  worker_id | role             | layer
           W1        | Nurse            | clinical
           W2        | Care coordinator | support
    met C1; breach C2; not evidenced C3
"""

import polars as pl

from caseaudit import Evidence, Field, Policy, check, with_layer


# High: the people at the greatest risk are without the one who may decide.
@check(
    "ALC03",
    severity="high",
    owner="clinical lead",
    basis="house",
    subject="case",
    needs="cases.acuity_band staff.layer",
)
def high_acuity_held_single_handed(
    open_cases: pl.LazyFrame, case_workers: pl.LazyFrame, workers: pl.LazyFrame, policy: Policy
) -> pl.LazyFrame:
    """One row per case of the highest acuity: whether a clinician is allocated or oversees it."""
    needs = pl.col("needs").str.replace_all(" ", "").str.split(";")
    risky = pl.all_horizontal(pl.lit(value=True), *(needs.list.contains(need) for need in policy.high_risk_needs))
    cases = open_cases.filter(pl.col("highest_band") | (pl.col("high_acuity") & risky))
    clinician = (pl.col("layer") == "clinical").any(ignore_nulls=False)
    in_case = with_layer(case_workers, workers, "worker_id").group_by("case_id").agg(clinician=clinician)
    named = cases.select("case_id", "team", "acuity_band", "origin")
    return named.join(in_case, on="case_id", how="left", maintain_order="left")


class Standard(Evidence):
    """What must hold of each case."""

    clinician: bool = Field(
        eq=True,
        title="a worker of the clinical layer is allocated or named as oversight",
        description="Band {acuity_band}; nobody allocated or overseeing is of the clinical layer.",
    )
