"""Records of how risk and work are overseen, and of what leaders keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(slots=True)
class Task:
    case_id: str | None
    task_type: str
    source: str | None
    raised_on: date
    due_on: date | None
    completed_on: date | None = None
    completed_by: str | None = None
    owner_id: str | None = None
    signed_off_by: str | None = None
    signed_off_on: date | None = None
    task_id: str = ""


@dataclass(slots=True)
class Flag:
    case_id: str
    signal: str
    raised_on: date
    raised_by: str | None
    huddle_on: date | None = None
    decision: str | None = None
    decided_by: tuple[str, ...] = ()
    flag_id: str = ""


@dataclass(slots=True)
class Huddle:
    team: str
    held_on: date
    supervisor_id: str | None
    clinician_id: str | None
    huddle_id: str = ""


@dataclass(slots=True)
class Escalation:
    case_id: str | None
    raised_on: date
    raised_by: str | None
    trigger: str | None
    route: str | None
    responded_on: date | None
    authorised_by: str | None
    decision: str | None
    follow_up_on: date | None
    escalation_id: str = ""


@dataclass(slots=True)
class CapacityException:
    team: str
    worker_id: str | None
    opened_on: date
    closed_on: date | None
    threshold: str | None
    mitigations: str | None
    recovery_plan: str | None
    reviewed_on: date | None
    reviewed_by: str | None
    decision: str | None
    exception_id: str = ""


@dataclass(slots=True)
class Referral:
    case_id: str | None
    team: str
    received_on: date
    priority: str | None
    triaged_on: date | None
    accepted_on: date | None
    first_contact_on: date | None
    closed_on: date | None = None
    close_reason: str | None = None
    referral_id: str = ""


@dataclass(slots=True)
class Incident:
    case_id: str | None
    worker_id: str | None
    team: str
    occurred_on: date
    category: str
    severity: str
    factor: str | None
    competency: str | None
    learning_review_on: date | None
    incident_id: str = ""


@dataclass(slots=True)
class PhysicalCheck:
    case_id: str
    check_type: str
    done_on: date | None
    due_on: date | None
    result: str | None
    follow_up_on: date | None


@dataclass(slots=True)
class PeerRole:
    worker_id: str
    role_scope: str | None
    escalation_triggers: str | None
    supervision_arrangements: str | None
    training_completed_on: date | None
    last_briefing_on: date | None


@dataclass(slots=True)
class Post:
    """Establishment of one team and role in one month."""

    month: date
    team: str
    role: str
    funded_wte: float
    in_post_wte: float
    agency_wte: float | None
    bank_wte: float | None
    leavers: float | None
    sickness_days: float | None
    vacant_since: date | None


@dataclass(slots=True)
class Risk:
    risk_id: str
    team: str
    description: str
    raised_on: date
    owner: str | None
    mitigation: str | None
    review_due_on: date | None
    closed_on: date | None


@dataclass(slots=True)
class Act:
    """A governance act."""

    activity: str
    team: str | None
    held_on: date
    led_by: str | None
    outcome: str | None


@dataclass(slots=True)
class DutyDay:
    date: date
    team: str
    duty_clinician_id: str | None


@dataclass(slots=True)
class Attestation:
    check_code: str
    scope: str
    stated_by: str
    stated_on: date
    valid_until: date
    statement: str
