"""A course attended stands for a competency shown.

Why it matters: A course tells what should be done; whether a worker does it is seen only at work. On paper both look
    alike, and the case is given to somebody nobody has watched.
Who is looked at: Each worker and competency that one of the worker's current allocations asks for.
What is a finding: Of the worker's sign-offs of it that are in date, none rests on an accepted method (such as observed
    practice). A sign-off without a method, or none in date, shows nothing either way: not evidenced, and whether
    the worker holds the competency is for CMP01.
What to do: Have the competency assessed at work, and record the method with the sign-off.
Sources: House default. CQC Regulation 18 asks for competent staff and says nothing of methods.
Example: as at 2026-10-31
    cases  case_id | opened_on  | acuity_band | worker_id
           C1      | 2026-01-05 | moderate    | W1
           C2      | 2026-01-05 | moderate    | W2
           C3      | 2026-01-05 | moderate    | W3
    competencies  worker_id | competency   | signed_off_on | method
                  W1        | safeguarding | 2026-03-02    | case_based
                  W2        | safeguarding | 2026-03-02    | training_only
                  W3        | safeguarding | 2026-03-02    |
    met W1 | safeguarding; breach W2 | safeguarding; not evidenced W3 | safeguarding
"""

import polars as pl

from caseaudit import Evidence, Field, check


# Medium: the worker may well be competent; nobody knows.
@check(
    "CMP03",
    severity="medium",
    owner="team manager",
    basis="house",
    subject="worker and competency",
    needs="cases.acuity_band competencies.method",
)
def training_taken_for_competence(required_competencies: pl.LazyFrame, held_competencies: pl.LazyFrame) -> pl.LazyFrame:
    """One row per worker and competency asked for: whether an accepted method stands behind it."""
    asked = required_competencies.unique(("worker_id", "competency"), keep="first", maintain_order=True)
    held = held_competencies.select("worker_id", "competency", "assessed", signed="origin")
    joined = asked.join(held, on=("worker_id", "competency"), how="left", maintain_order="left")
    return joined.select("worker_id", "competency", "team", "assessed", origin=pl.coalesce("signed", "origin"))


class Standard(Evidence):
    """What must hold of each worker and competency."""

    assessed: bool = Field(
        eq=True,
        title="the competency was assessed at work",
        description="Every sign-off of {competency} in date rests on a course alone.",
    )
