"""What is known of the workforce: staff, allocations, supervision, competence, training, posts."""

from __future__ import annotations

import datetime as dt

from caseaudit.tables.fields import Table, canonical, code, day, ident, month, number, text, yes_no


@canonical(spans=(("allocated_on", "ended_on"),))
class Allocations(Table):
    """One row per case given to a worker."""

    case_id: str = ident("Case", required=True, refers_to="cases")
    worker_id: str = ident("Worker", required=True, refers_to="staff")
    allocated_on: dt.date = day("Allocated on", required=True)
    ended_on: dt.date = day("Ended on", event=False)
    role_type: str = code("Role in the case")
    assessed_acuity: str = code("Acuity assessed at allocation")
    supervision_requirement: str = text("Supervision requirement")
    escalation_route: str = text("Escalation route")
    competency_confirmed_by: str = ident("Competency confirmed by", refers_to="staff")
    competency_confirmed_on: dt.date = day("Competency confirmed on")
    oversight_worker_id: str = ident("Oversight by", refers_to="staff")


@canonical(key="worker_id", spans=(("started_on", "left_on"),))
class Staff(Table):
    """One row per worker."""

    worker_id: str = ident("Worker", required=True)
    name: str = text("Name", personal=True)
    role: str = text("Role", required=True)
    layer: str = code("Layer", "clinical", "support", "peer", "management")
    team: str = text("Team")
    wte: float = number("Whole-time equivalent")
    started_on: dt.date = day("Started on", event=False)
    left_on: dt.date = day("Left on", event=False)
    employment: str = code("Employment", "permanent", "bank", "agency")
    supervisor_id: str = ident("Supervisor", refers_to="staff")
    registration_number: str = ident("Registration number")
    registration_expires_on: dt.date = day("Registration expires on", event=False)


@canonical(key="session_id")
class Supervision(Table):
    """One row per supervision session."""

    session_id: str = ident("Session")
    worker_id: str = ident("Supervisee", required=True, refers_to="staff")
    supervisor_id: str = ident("Supervisor", refers_to="staff")
    held_on: dt.date = day("Held on", required=True, event=False)
    kind: str = code("Kind of session")
    # A log without a status column lists sessions that took place; a blank in a status column says nothing.
    status: str = code("Status", "held", "cancelled", absent="held")
    cases_reviewed: str = text("Cases reviewed")
    risks_identified: str = text("Risks identified")
    actions_agreed: str = text("Actions agreed")
    follow_up_on: dt.date = day("Follow-up on", event=False)
    follow_up_done_on: dt.date = day("Follow-up done on")
    decisions_reviewed: bool = yes_no("Risk decisions reviewed and understood")
    escalation_discussed: bool = yes_no("Escalation decision discussed")
    pressure_point: str = text("Pressure point")


@canonical()
class Competencies(Table):
    """One row per competency sign-off."""

    worker_id: str = ident("Worker", required=True, refers_to="staff")
    competency: str = code("Competency", required=True)
    signed_off_on: dt.date = day("Signed off on", required=True)
    signed_off_by: str = ident("Signed off by", refers_to="staff")
    method: str = code("Method", "observed_practice", "case_based", "training_only")
    expires_on: dt.date = day("Expires on", event=False)


@canonical()
class Training(Table):
    """One row per course completed."""

    worker_id: str = ident("Worker", required=True, refers_to="staff")
    course: str = code("Course", required=True)
    completed_on: dt.date = day("Completed on")
    expires_on: dt.date = day("Expires on", event=False)


@canonical()
class PeerRoles(Table):
    """One row per peer worker's role record."""

    worker_id: str = ident("Peer worker", required=True, refers_to="staff")
    role_scope: str = text("Role scope")
    escalation_triggers: str = text("Escalation triggers")
    supervision_arrangements: str = text("Supervision arrangements")
    training_completed_on: dt.date = day("Training completed on")
    last_briefing_on: dt.date = day("Last briefing on")


@canonical()
class Establishment(Table):
    """One row per team, role and month."""

    month: dt.date = month("Month", required=True)
    team: str = text("Team", required=True)
    role: str = text("Role")
    funded_wte: float = number("Funded WTE", required=True)
    in_post_wte: float = number("In-post WTE", required=True)
    agency_wte: float = number("Agency WTE")
    bank_wte: float = number("Bank WTE")
    leavers: float = number("Leavers")
    sickness_days: float = number("Sickness days")
    vacant_since: dt.date = day("Vacant since")


@canonical()
class DutyRota(Table):
    """One row per team and day."""

    date: dt.date = day("Date", required=True, event=False)
    team: str = text("Team", required=True)
    duty_clinician_id: str = ident("Duty clinician", refers_to="staff")
