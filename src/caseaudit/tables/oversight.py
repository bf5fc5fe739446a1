"""What is known of how risk and work are overseen: tasks, flags, huddles, escalations, exceptions, governance."""

from __future__ import annotations

import datetime as dt

from caseaudit.tables.fields import Table, canonical, code, day, ident, text, words


@canonical(key="task_id")
class Tasks(Table):
    """One row per piece of work."""

    task_id: str = ident("Task")
    case_id: str = ident("Case", refers_to="cases")
    task_type: str = code("Kind of task", required=True)
    source: str = code("Came from", "huddle", "supervision", "incident", "review", "physical_health")
    raised_on: dt.date = day("Raised on")
    due_on: dt.date = day("Due on", event=False)
    completed_on: dt.date = day("Completed on")
    completed_by: str = ident("Completed by", refers_to="staff")
    owner_id: str = ident("Owner", refers_to="staff")
    signed_off_by: str = ident("Signed off by", refers_to="staff")
    signed_off_on: dt.date = day("Signed off on")


@canonical(key="flag_id", spans=(("raised_on", "huddle_on"),))
class RiskFlags(Table):
    """One row per signal of rising risk."""

    flag_id: str = ident("Flag")
    case_id: str = ident("Case", required=True, refers_to="cases")
    signal: str = code("Signal", required=True)
    raised_on: dt.date = day("Raised on", required=True)
    raised_by: str = ident("Raised by", refers_to="staff")
    huddle_on: dt.date = day("Taken to huddle on")
    decision: str = text("Decision")
    decided_by: str = words("Decided by")


@canonical(key="huddle_id")
class Huddles(Table):
    """One row per allocation huddle."""

    huddle_id: str = ident("Huddle")
    team: str = text("Team", required=True)
    held_on: dt.date = day("Held on", required=True, event=False)
    supervisor_id: str = ident("Supervisor", refers_to="staff")
    clinician_id: str = ident("Clinician", refers_to="staff")


@canonical(key="escalation_id", spans=(("raised_on", "responded_on"),))
class Escalations(Table):
    """One row per escalation."""

    escalation_id: str = ident("Escalation")
    case_id: str = ident("Case", refers_to="cases")
    raised_on: dt.date = day("Raised on", required=True)
    raised_by: str = ident("Raised by", refers_to="staff")
    trigger: str = text("Trigger")
    route: str = text("Route")
    responded_on: dt.date = day("Responded on")
    authorised_by: str = ident("Authorised by", refers_to="staff")
    decision: str = text("Decision")
    follow_up_on: dt.date = day("Follow-up on", event=False)


@canonical(key="exception_id", spans=(("opened_on", "closed_on"),))
class CapacityExceptions(Table):
    """One row per breach of a safe threshold put on record."""

    exception_id: str = ident("Exception")
    team: str = text("Team", required=True)
    worker_id: str = ident("Worker", refers_to="staff")
    opened_on: dt.date = day("Opened on", required=True)
    closed_on: dt.date = day("Closed on", event=False)
    threshold: str = text("Threshold")
    mitigations: str = text("Mitigations")
    recovery_plan: str = text("Recovery plan")
    reviewed_on: dt.date = day("Reviewed on")
    reviewed_by: str = ident("Reviewed by", refers_to="staff")
    decision: str = text("Decision")


@canonical(key="incident_id", spans=(("occurred_on", "learning_review_on"),))
class Incidents(Table):
    """One row per incident."""

    incident_id: str = ident("Incident")
    case_id: str = ident("Case", refers_to="cases")
    worker_id: str = ident("Worker", refers_to="staff")
    team: str = text("Team")
    occurred_on: dt.date = day("Occurred on", required=True)
    category: str = code("Category")
    severity: str = code("Severity")
    factor: str = words("Contributing factor")
    competency: str = code("Competency named")
    learning_review_on: dt.date = day("Learning review on")


@canonical(key="risk_id", spans=(("raised_on", "closed_on"),))
class RiskRegister(Table):
    """One row per workforce risk."""

    risk_id: str = ident("Risk", required=True)
    team: str = text("Team")
    description: str = text("Description")
    raised_on: dt.date = day("Raised on")
    owner: str = text("Owner", personal=True)
    mitigation: str = text("Mitigation")
    review_due_on: dt.date = day("Review due on", event=False)
    closed_on: dt.date = day("Closed on")


@canonical()
class Governance(Table):
    """One row per governance act."""

    activity: str = code(
        "Activity",
        "task_and_risk_review",
        "allocation_review",
        "case_sampling",
        "dashboard_review",
        required=True,
    )
    team: str = text("Team")
    held_on: dt.date = day("Held on", required=True, event=False)
    led_by: str = text("Led by", personal=True)
    outcome: str = text("Outcome")


@canonical(spans=(("stated_on", "valid_until"),))
class Attestations(Table):
    """One row per statement by a person for what no export shows."""

    check_code: str = code("Check or clause", required=True)
    scope: str = text("Scope")
    stated_by: str = text("Stated by", required=True, personal=True)
    stated_on: dt.date = day("Stated on", required=True)
    valid_until: dt.date = day("Valid until", required=True, event=False)
    statement: str = text("Statement", required=True)
