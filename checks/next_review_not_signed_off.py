"""The last review is not signed off by a clinician.

Why it matters: A review decides how often a person is seen. Signed by nobody of the clinical layer, that decision rests
    on no clinical judgement.
Who is looked at: Cases open on the as-at date that have had a review.
What is a finding: Who signed off the last review, or else the next review's date, is not of the clinical layer. Nobody
    named, or somebody whose layer the staff list does not say: not evidenced.
What to do: Have a clinician look at the review and sign it, or change it.
Sources: Regulation 12 (safe care) and the quality statement Involving people to manage risks. House default: who signs.
Example: as at 2026-10-31
    staff    worker_id | role             | layer
             N1        | Nurse            | clinical
             S1        | Care coordinator | support
    cases    case_id | opened_on
             C1      | 2025-03-03
             C2      | 2025-03-03
             C3      | 2025-03-03
    reviews  case_id | reviewed_on | signed_off_by
             C1      | 2026-09-01  | N1
             C2      | 2026-09-01  | S1
             C3      | 2026-09-01  |
    met C1; breach C2; not evidenced C3
"""

import polars as pl

from caseaudit import Evidence, Field, check, with_layer

NEEDS = "staff.layer reviews.signed_off_by|cases.next_review_signed_by"


# Medium: the review was held; what is missing is the clinician's answer for it.
@check("REV03", severity="medium", owner="clinical lead", basis="house", subject="case", needs=NEEDS)
def next_review_not_signed_off(
    open_cases: pl.LazyFrame, last_review: pl.LazyFrame, workers: pl.LazyFrame
) -> pl.LazyFrame:
    """One row per open case with a review: who signed, and whether that is a clinician."""
    last = last_review.select("case_id", "reviewed_on", "signed_off_by", "origin")
    signed_by = pl.coalesce("signed_off_by", "next_review_signed_by")
    cases = open_cases.drop("origin").join(last, on="case_id").with_columns(signed_by=signed_by)
    return with_layer(cases, workers, "signed_by").with_columns(by_clinician=pl.col("layer") == "clinical")


class Standard(Evidence):
    """What must hold of each case."""

    by_clinician: bool = Field(
        eq=True,
        title="a worker of the clinical layer signed off the review",
        description="The review of {reviewed_on} is signed off by a worker of the {layer} layer.",
    )
