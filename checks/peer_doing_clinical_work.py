"""A peer worker did clinical or support work, or carried an acute case without either.

Why it matters: Peers are no substitute for the other two layers. Left with clinical decisions, or alone with an acute
    case, they carry what they were not trained for.
Who is looked at: Tasks that peers completed in the look-back, and allocations to peers that touch it; where no export
    holds allocations, the cases peers are named on.
What is a finding: A task the task matrix does not allow to peers (kinds it does not name are for DQ04); or an acute
    case shared with nobody but peers on the last day the allocation was current, the as-at date at the latest. Not
    shared and of unknown band, or shared only with somebody of unknown layer: not evidenced. Of an allocation that has
    ended the acuity assessed at its start counts.
What to do: Give the task or the case to a clinical or support worker; keep the peer beside them.
Sources: House default. CQC Regulation 18 asks for staff competent for their tasks.
Example: as at 2026-10-31
    cases  case_id | opened_on  | acuity_band | worker_id
           C1      | 2026-01-05 | low         | P1
           C2      | 2026-01-05 | high        | P1
    staff  worker_id | role        | layer
           P1        | Peer worker | peer
    tasks  task_id | case_id | task_type         | completed_on | completed_by
           T1      | C1      | engagement        | 2026-10-01   | P1
           T2      | C1      | medication_review | 2026-10-01   | P1
    met P1 | C1 | T1, P1 | C1 | blank; breach P1 | C1 | T2, P1 | C2 | blank
"""

import polars as pl

from caseaudit import Evidence, Field, check


# High: decisions and acute cases are with somebody who must not be left with them.
@check(
    "PEER02",
    severity="high",
    owner="clinical lead",
    basis="house",
    subject="peer's work",
    needs="staff.layer tasks.completed_on tasks.completed_by cases.acuity_band",
)
def peer_doing_clinical_work(peer_tasks: pl.LazyFrame, peer_allocations: pl.LazyFrame) -> pl.LazyFrame:
    """One row per task and allocation of a peer: whether it is a peer's, and whether an acute case is shared."""
    acute, together = pl.col("high_acuity"), pl.col("shared")
    shared = pl.when(~acute | together).then(statement=True).when(acute).then(together)
    cases = peer_allocations.with_columns(allowed=True, shared=shared)
    return pl.concat([peer_tasks.with_columns(shared=True), cases], how="diagonal")


class Standard(Evidence):
    """What must hold of each task and allocation."""

    allowed: bool = Field(
        eq=True, title="the task is one peers may do", description="{task_type}, completed {completed_on}."
    )
    shared: bool = Field(
        eq=True, title="an acute case is shared with another layer", description="Allocated since {allocated_on}."
    )
