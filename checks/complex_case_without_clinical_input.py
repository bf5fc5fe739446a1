"""A high-acuity case held by support or peer staff has seen no clinician lately.

Why it matters: Support and peer staff give continuity; whether risk, medicines or diagnosis have changed is a clinical
    judgement, and the case is acute enough to need one often.
Who is looked at: Open high-acuity cases whose named worker is of the support or the peer layer.
What is a finding: Within the limit before the as-at date no worker of the clinical layer had an attended contact, held
    or signed a review, or signed off a task of the case. Where only somebody not on record, or of unknown layer, did
    so, it may have been a clinician: not evidenced. Reviews and tasks count where they are among the exports.
What to do: Have a clinician see the person or review the case this week, and record it.
Sources: House default. CQC Regulation 12 (safe care) gives no interval.
Example: as at 2026-10-31
    cases  case_id | opened_on  | acuity_band | worker_id
           C1      | 2026-01-05 | high        | W2
           C2      | 2026-01-05 | high        | W2
    staff  worker_id | role             | layer
           W1        | Nurse            | clinical
           W2        | Care coordinator | support
    contacts  case_id | contact_on | worker_id | outcome
              C1      | 2026-10-03 | W1        | attended
              C2      | 2026-10-02 | W1        | attended
    met C1; breach C2
"""

import polars as pl

from caseaudit import Evidence, Field, check, with_layer


# High: rising risk may go unrecognised in those who need most.
@check(
    "DEL03",
    severity="high",
    owner="clinical lead",
    basis="house",
    subject="case",
    needs="cases.acuity_band cases.worker_id contacts.worker_id staff.layer",
)
def complex_case_without_clinical_input(
    high_acuity_cases: pl.LazyFrame, clinical_input: pl.LazyFrame, workers: pl.LazyFrame
) -> pl.LazyFrame:
    """One row per high-acuity case of support or peer staff: whether a clinician was in it lately."""
    held = with_layer(high_acuity_cases, workers, "worker_id").filter(pl.col("layer").is_in(["support", "peer"]))
    given = clinical_input.with_columns(somebody=True)
    cases = held.join(given, on="case_id", how="left", maintain_order="left")
    nobody = pl.col("somebody").is_null()
    return cases.with_columns(clinician=pl.when(nobody).then(statement=False).otherwise("clinician"))


class Standard(Evidence):
    """What must hold of each case."""

    clinician: bool = Field(
        eq=True,
        title="a worker of the clinical layer was in the case lately",
        description="Band {acuity_band}, held by the {layer} layer; none of its contacts or reviews was a clinician's.",
    )
