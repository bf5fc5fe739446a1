"""The provider's records before anybody exports them: people, their care, the staff, and all of it together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .oversight import (
    Act,
    Attestation,
    CapacityException,
    DutyDay,
    Escalation,
    Flag,
    Huddle,
    Incident,
    PeerRole,
    PhysicalCheck,
    Post,
    Referral,
    Risk,
    Task,
)

AS_AT = date(2026, 10, 31)
"""Day the sample speaks of. A Saturday: day counts that are multiples of seven reach back to Saturdays."""
HISTORY_DAYS = 730
"""How far back events are recorded."""


@dataclass(slots=True)
class Case:
    case_id: str
    person_id: str
    name: str
    born_on: date
    nhs_number: str
    team: str | None
    worker_id: str | None
    opened_on: date
    closed_on: date | None = None
    close_reason: str | None = None
    acuity_band: str | None = None
    needs: tuple[str, ...] = ()
    next_review_on: date | None = None
    next_review_signed_by: str | None = None
    escalation_route: str | None = None
    step_down_criteria: str | None = None
    on_hold_from: date | None = None
    on_hold_until: date | None = None
    discharged_from_inpatient_on: date | None = None


@dataclass(slots=True)
class Band:
    case_id: str
    band: str
    set_on: date
    proposed_by: str | None = None
    confirmed_by: str | None = None
    confirmed_on: date | None = None
    reason: str | None = None


@dataclass(slots=True)
class Review:
    case_id: str
    reviewed_on: date
    kind: str | None = None
    reviewer_id: str | None = None
    outcome: str | None = None
    next_review_on: date | None = None
    signed_off_by: str | None = None
    comment: str = ""


@dataclass(slots=True)
class Contact:
    case_id: str
    contact_on: date
    worker_id: str | None
    planned: bool | None
    mode: str
    outcome: str
    recorded_on: datetime | None
    risk_check: bool | None
    purpose: str | None
    contact_id: str = ""


@dataclass(slots=True)
class Allocation:
    case_id: str
    worker_id: str
    allocated_on: date
    ended_on: date | None = None
    role_type: str | None = None
    assessed_acuity: str | None = None
    supervision_requirement: str | None = None
    escalation_route: str | None = None
    competency_confirmed_by: str | None = None
    competency_confirmed_on: date | None = None
    oversight_worker_id: str | None = None


@dataclass(slots=True)
class Worker:
    worker_id: str
    name: str
    role: str
    layer: str
    team: str
    wte: float | None
    started_on: date | None
    left_on: date | None = None
    employment: str = "permanent"
    supervisor_id: str | None = None
    registration_number: str | None = None
    registration_expires_on: date | None = None
    born_on: date = date(1980, 1, 1)
    ni_number: str = ""
    salary: int = 0
    postcode: str = ""


@dataclass(slots=True)
class Session:
    worker_id: str
    supervisor_id: str | None
    held_on: date
    kind: str
    status: str
    cases_reviewed: str | None = None
    risks_identified: str | None = None
    actions_agreed: str | None = None
    follow_up_on: date | None = None
    follow_up_done_on: date | None = None
    decisions_reviewed: bool | None = None
    escalation_discussed: bool | None = None
    pressure_point: str | None = None
    session_id: str = ""


@dataclass(slots=True)
class SignOff:
    worker_id: str
    competency: str
    signed_off_on: date
    signed_off_by: str | None = None
    method: str | None = None
    expires_on: date | None = None
    in_matrix: bool = False


@dataclass(slots=True)
class Course:
    worker_id: str
    course: str
    completed_on: date | None
    expires_on: date | None


@dataclass(slots=True)
class Planted:
    """A fault or boundary put in by hand, with the outcome it must come to."""

    check: str
    record: Any
    subject: str
    what: str
    outcome: str


@dataclass
class Provider:
    """Everything the provider has on record. Lists hold each record once; `doubles` are exported twice."""

    teams: list[str] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    staff: list[Worker] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    supervision: list[Session] = field(default_factory=list)
    competencies: list[SignOff] = field(default_factory=list)
    training: list[Course] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    risk_flags: list[Flag] = field(default_factory=list)
    huddles: list[Huddle] = field(default_factory=list)
    escalations: list[Escalation] = field(default_factory=list)
    capacity_exceptions: list[CapacityException] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    physical_checks: list[PhysicalCheck] = field(default_factory=list)
    peer_roles: list[PeerRole] = field(default_factory=list)
    establishment: list[Post] = field(default_factory=list)
    risk_register: list[Risk] = field(default_factory=list)
    governance: list[Act] = field(default_factory=list)
    duty_rota: list[DutyDay] = field(default_factory=list)
    attestations: list[Attestation] = field(default_factory=list)
    doubles: list[tuple[str, Any]] = field(default_factory=list)
    spoilt: list[tuple[str, dict[str, str | None], str]] = field(default_factory=list)
    unreadable: list[tuple[Any, str, str, str]] = field(default_factory=list)  # record, heading, cell, reason
    planted: list[Planted] = field(default_factory=list)

    def is_open(self, case: Case) -> bool:
        return case.opened_on <= AS_AT and (case.closed_on is None or case.closed_on > AS_AT)

    def in_post(self, worker: Worker) -> bool:
        return (worker.started_on is None or worker.started_on <= AS_AT) and (
            worker.left_on is None or worker.left_on > AS_AT
        )

    def open_cases(self) -> list[Case]:
        return [c for c in self.cases if self.is_open(c)]
