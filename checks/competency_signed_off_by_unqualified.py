"""A competency was signed off by somebody who may not judge it.

Why it matters: A sign-off is worth what the judge of it is worth; given by a peer, or by the worker, it is a statement
    and no assessment.
Who is looked at: Competency sign-offs dated in the look-back. Rows that are the same in every field count once.
What is a finding: The person who signed is the worker, or is of neither the clinical nor the management layer. Nobody
    on record, somebody who is not on the staff list, or one whose layer is blank: not evidenced.
What to do: Have the competency assessed again by a clinician or a manager, and look at the cases given on its strength.
Sources: House default. CQC Regulation 18 asks for competent staff and does not say who judges it.
Example: as at 2026-10-31
    competencies  worker_id | competency   | signed_off_on | signed_off_by
                  W1        | safeguarding | 2026-09-01    | W9
                  W2        | safeguarding | 2026-09-01    | W2
                  W3        | safeguarding | 2026-09-01    |
    staff  worker_id | role  | layer
           W9        | Nurse | clinical
    met W1 | safeguarding; breach W2 | safeguarding; not evidenced W3 | safeguarding
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, distinct, in_lookback, with_layer


# Medium: the worker may well be competent; the record does not bear it out.
@check(
    "CMP04",
    severity="medium",
    owner="clinical lead",
    basis="house",
    subject="sign-off",
    needs="competencies.signed_off_by staff.layer",
)
def competency_signed_off_by_unqualified(
    competencies: pl.LazyFrame, workers: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per sign-off in the look-back: whether somebody else, and somebody able to judge, gave it."""
    given = competencies.filter(in_lookback("signed_off_on", policy, as_at))
    placed = distinct(given).join(
        workers.select("worker_id", "team"), on="worker_id", how="left", maintain_order="left"
    )
    return with_layer(placed, workers, "signed_off_by").with_columns(
        by_another=pl.col("signed_off_by") != pl.col("worker_id"),
        able=pl.col("layer").is_in(policy.sign_off_layers),
    )


class Standard(Evidence):
    """What must hold of each sign-off."""

    by_another: bool = Field(
        eq=True, title="somebody other than the worker signed it", description="The worker signed on {signed_off_on}."
    )
    able: bool = Field(
        eq=True,
        title="a worker of a layer that may judge signed it",
        description="Signed on {signed_off_on} by a worker of the {layer} layer.",
    )
