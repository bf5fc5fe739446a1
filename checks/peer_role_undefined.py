"""A peer worker's role is not written down.

Why it matters: A peer works from lived experience, beside clinicians and not in their place. Where scope, triggers and
    supervision are not written down, the role drifts into what the team is short of, and the peer is left with it.
Who is looked at: Staff of the peer layer in post on the as-at date.
What is a finding: The scope of the role, the triggers for escalating, the arrangements for supervision or the day the
    training was completed is not on record, or there is no role record at all: not evidenced rather than a breach. Of
    several records of one worker, what any of them holds counts. Training dated after the as-at date is not seen.
What to do: Write the role down with the peer worker and the supervisor; arrange the training that is missing.
Sources: House default. CQC Regulation 18 asks for support, training and supervision as is necessary.
Example: as at 2026-10-31
    staff  worker_id | role        | layer
           P1        | Peer worker | peer
           P2        | Peer worker | peer
    peer_roles worker_id|role_scope|escalation_triggers|supervision_arrangements|training_completed_on
               P1|walk alongside|talk of self-harm|fortnightly|2026-01-05
               P2|walk alongside|talk of self-harm||2026-01-05
    met P1; not evidenced P2
"""

import polars as pl

from caseaudit import Evidence, Field, check, recorded

FIELDS = ("role_scope", "escalation_triggers", "supervision_arrangements", "training_completed_on")


# Medium: a risk to the worker and to what the role is for.
@check(
    "PEER01",
    severity="medium",
    owner="peer lead",
    basis="house",
    subject="worker",
    needs="staff.layer " + " ".join(f"peer_roles.{field}" for field in FIELDS),
)
def peer_role_undefined(peer_records: pl.LazyFrame) -> pl.LazyFrame:
    """One row per peer worker in post: which parts of the role are on record."""
    return peer_records.select("worker_id", "team", "origin", *(recorded(field).alias(field) for field in FIELDS))


class Standard(Evidence):
    """What must hold of each peer worker."""

    role_scope: bool = Field(eq=True, title="the scope of the role is recorded")
    escalation_triggers: bool = Field(eq=True, title="the triggers for escalating are recorded")
    supervision_arrangements: bool = Field(eq=True, title="the arrangements for supervision are recorded")
    training_completed_on: bool = Field(eq=True, title="the completion of training is recorded")
