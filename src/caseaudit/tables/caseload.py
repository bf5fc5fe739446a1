"""What is known of the people supported: episodes, bands, reviews, contacts, referrals, physical checks."""

from __future__ import annotations

import datetime as dt

from caseaudit.tables.fields import Table, canonical, code, day, ident, text, words, yes_no


@canonical(key="case_id", spans=(("opened_on", "closed_on"), ("on_hold_from", "on_hold_until")))
class Cases(Table):
    """One row per episode of care."""

    case_id: str = ident("Case", required=True)
    person_id: str = ident("Person")
    team: str = text("Team")
    worker_id: str = ident("Named worker", refers_to="staff")
    opened_on: dt.date = day("Opened on", required=True)
    closed_on: dt.date = day("Closed on")
    close_reason: str = code("Reason for closing")
    acuity_band: str = code("Acuity band")
    needs: str = words("Needs")
    next_review_on: dt.date = day("Next review on", event=False)
    next_review_signed_by: str = ident("Next review signed off by", refers_to="staff")
    escalation_route: str = text("Escalation route")
    step_down_criteria: str = text("Step-down criteria")
    on_hold_from: dt.date = day("On hold from", event=False)
    on_hold_until: dt.date = day("On hold until", event=False)
    discharged_from_inpatient_on: dt.date = day("Discharged from inpatient care on")


@canonical(spans=(("set_on", "confirmed_on"),))
class Bands(Table):
    """One row per change of acuity band."""

    case_id: str = ident("Case", required=True, refers_to="cases")
    band: str = code("Band", required=True)
    set_on: dt.date = day("Set on", required=True)
    proposed_by: str = ident("Proposed by", refers_to="staff")
    confirmed_by: str = ident("Confirmed by", refers_to="staff")
    confirmed_on: dt.date = day("Confirmed on")
    reason: str = text("Reason")


@canonical()
class Reviews(Table):
    """One row per review held."""

    case_id: str = ident("Case", required=True, refers_to="cases")
    reviewed_on: dt.date = day("Reviewed on", required=True)
    kind: str = code("Kind of review")
    reviewer_id: str = ident("Reviewer", refers_to="staff")
    outcome: str = text("Outcome")
    next_review_on: dt.date = day("Next review on", event=False)
    signed_off_by: str = ident("Signed off by", refers_to="staff")


@canonical(key="contact_id")
class Contacts(Table):
    """One row per contact, planned or held."""

    contact_id: str = ident("Contact")
    case_id: str = ident("Case", required=True, refers_to="cases")
    contact_on: dt.date = day("Contact on", required=True, event=False)
    worker_id: str = ident("Worker", refers_to="staff")
    planned: bool = yes_no("Planned")
    mode: str = code("Mode")
    outcome: str = code(
        "Outcome", "attended", "did_not_attend", "cancelled_by_client", "cancelled_by_service", required=True
    )
    recorded_on: dt.date = day("Recorded on")
    risk_check: bool = yes_no("Risk check made")
    purpose: str = code("Purpose")


@canonical(
    key="referral_id",
    spans=(("received_on", "triaged_on"), ("received_on", "accepted_on"), ("received_on", "closed_on")),
)
class Referrals(Table):
    """One row per referral."""

    referral_id: str = ident("Referral")
    case_id: str = ident("Case", refers_to="cases")
    team: str = text("Team")
    received_on: dt.date = day("Received on", required=True)
    priority: str = code("Priority", "urgent", "routine")
    triaged_on: dt.date = day("Triaged on")
    accepted_on: dt.date = day("Accepted on")
    first_contact_on: dt.date = day("First contact on")
    closed_on: dt.date = day("Closed on")
    close_reason: str = code("Reason for closing")


@canonical()
class PhysicalChecks(Table):
    """One row per physical-health check."""

    case_id: str = ident("Case", required=True, refers_to="cases")
    check_type: str = code("Check", required=True)
    done_on: dt.date = day("Done on")
    due_on: dt.date = day("Due on", event=False)
    result: str = code("Result", "normal", "abnormal")
    follow_up_on: dt.date = day("Followed up on")
