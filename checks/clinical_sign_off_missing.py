"""A task that needs a clinician's signature has none in time.

Why it matters: Support staff may draft a plan or update a risk assessment because a clinician answers for it; without
    the signature nobody does.
Who is looked at: Completed tasks of the kinds for which the policy asks for a clinical sign-off, whoever did them.
What is a finding: The sign-off came later than the limit after completion, or by somebody who is not of the clinical
    layer. Nobody or no day on record, a sign-off dated before the completion or after the as-at date, or a signer of
    unknown layer: not evidenced.
What to do: Have a clinician read and sign the piece of work now, or correct it.
Sources: House default. CQC Regulation 12 (safe care) asks that risks are assessed by competent staff; no limit in days.
Example: as at 2026-10-31
    tasks  task_id | task_type        | completed_on | signed_off_by | signed_off_on
           T1      | care_plan_review | 2026-10-01   | W1            | 2026-10-08
           T2      | care_plan_review | 2026-10-01   | W1            | 2026-10-09
           T3      | care_plan_review | 2026-10-01   |               |
    staff  worker_id | role  | layer
           W1        | Nurse | clinical
    met T1; breach T2; not evidenced T3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, days, once, seen, with_layer


# Medium: the work was done, and by people who may do it; the second look is missing.
@check(
    "DEL02",
    severity="medium",
    owner="clinical lead",
    basis="house",
    subject="task",
    needs="tasks.completed_on tasks.signed_off_by tasks.signed_off_on staff.layer",
)
def clinical_sign_off_missing(
    tasks: pl.LazyFrame, workers: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per completed task that needs a sign-off: who gave it, and how many days too late."""
    needing = tasks.filter(seen("completed_on", as_at), pl.col("task_type").is_in(policy.tasks_needing_sign_off))
    signed = with_layer(once(needing, "task_id"), workers, "signed_off_by")
    after = days("completed_on", "signed_off_on")
    late = pl.when(after >= 0, seen("signed_off_on", as_at)).then(after - policy.sign_off_days)
    return signed.with_columns(by_clinician=pl.col("layer") == "clinical", days_late=late)


class Standard(Evidence):
    """What must hold of each task."""

    by_clinician: bool = Field(
        eq=True,
        title="a worker of the clinical layer signed it off",
        description="Signed off by a worker of the {layer} layer.",
    )
    days_late: int = Field(
        le=0,
        title="it was signed off in time",
        description="Completed {completed_on}, signed off {signed_off_on}, {days_late:day} late.",
    )
