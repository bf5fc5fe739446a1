"""A task was done by a worker whose layer may not do it.

Why it matters: A formulation of risk or a decision on safeguarding made outside the clinical layer binds the service,
    and nobody trained for it has looked.
Who is looked at: Tasks completed in the look-back of a kind the task matrix of the policy names. Kinds it does not name
    are for DQ04.
What is a finding: The worker who completed it is of a layer the matrix does not allow for it. Nobody on record,
    somebody who is not on the staff list, or one whose layer is blank: not evidenced.
What to do: Have a worker of an allowed layer look at the task again and answer for it; agree who does such tasks.
Sources: House default matrix. CQC Regulation 18 asks for staff competent for their tasks and lists none.
Example: as at 2026-10-31
    tasks  task_id | task_type         | completed_on | completed_by
           T1      | medication_review | 2026-10-01   | W1
           T2      | medication_review | 2026-10-01   | W2
           T3      | medication_review | 2026-10-01   |
    staff  worker_id | role             | layer
           W1        | Nurse            | clinical
           W2        | Care coordinator | support
    met T1; breach T2; not evidenced T3
"""

import datetime as dt

import polars as pl

from caseaudit import Evidence, Field, Policy, check, in_lookback, once


# High: a decision reserved to one layer was made by another.
@check(
    "DEL01",
    severity="high",
    owner="clinical lead",
    basis="house",
    subject="task",
    needs="tasks.completed_on tasks.completed_by staff.layer",
)
def task_done_by_wrong_role(
    tasks: pl.LazyFrame, task_rules: pl.LazyFrame, workers: pl.LazyFrame, policy: Policy, as_at: dt.date
) -> pl.LazyFrame:
    """One row per task completed in the look-back: whether the layer of who did it is allowed."""
    done = once(tasks.filter(in_lookback("completed_on", policy, as_at)), "task_id")
    who = workers.select("layer", "team", completed_by="worker_id")
    ruled = done.join(task_rules, on="task_type", maintain_order="left")
    by = ruled.join(who, on="completed_by", how="left", maintain_order="left")
    return by.with_columns(may=pl.when(pl.col("layer").is_not_null()).then(pl.col("layer").is_in("allowed")))


class Standard(Evidence):
    """What must hold of each task."""

    may: bool = Field(
        eq=True,
        title="a worker of a layer that may do it completed the task",
        description="{task_type} on {completed_on} by the {layer} layer; allowed: {allowed}.",
    )
