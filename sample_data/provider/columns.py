"""The columns of every export: heading as people write it, the field it holds, and how the cell is worded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

_SPECIAL = {
    "did_not_attend": "DNA", "bmi": "BMI", "ed_attendance": "ED attendance", "face_to_face": "Face to face",
    "case_based": "Case-based", "low_harm": "Low harm", "no_harm": "No harm", "very_high": "Very High",
}  # fmt: skip


def worded(code: str) -> str:
    """A code as people write it: `did_not_attend` → `DNA`, `care_plan_review` → `Care plan review`."""
    return _SPECIAL.get(code) or code.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Column:
    """heading; field (`table.field`, None for what no check needs); get: record → value; code: words of a list."""

    heading: str
    field: str | None
    get: Callable[[Any], Any]
    code: bool = False


def col(heading: str, field: str | None, source: str | None = None, *, code: bool = False) -> Column:
    """A column of the record's attribute of the field's name, or of another attribute."""
    name = source or (field or "").split(".")[-1]
    return Column(heading, field, attrgetter(name), code)


def _table(table: str, *columns: tuple[str, str] | tuple[str, str, bool]) -> list[Column]:
    """(heading, attribute) or (heading, attribute, True for words of a list)."""
    return [col(c[0], f"{table}.{c[1]}", code=len(c) > 2) for c in columns]


CASE_REF = ("Case Ref", "case_id")

REVIEWS = [
    *_table("reviews", ("Case ID", "case_id"), ("Review date", "reviewed_on"), ("Review type", "kind")),
    *_table("reviews", ("Reviewer", "reviewer_id"), ("Outcome", "outcome"), ("Next review", "next_review_on")),
    *_table("reviews", ("Signed off by", "signed_off_by")),
    col("Comments", None, "comment"),
]
CONTACTS = _table(
    "contacts", ("Contact ID", "contact_id"), CASE_REF, ("Contact date", "contact_on"), ("Seen by", "worker_id"),
    ("Planned?", "planned"), ("Mode", "mode", True), ("Outcome", "outcome", True), ("Recorded", "recorded_on"),
    ("Risk check done?", "risk_check"), ("Purpose", "purpose", True),
)  # fmt: skip
STAFF = [
    *_table("staff", ("Staff ID", "worker_id"), ("Name", "name"), ("Job title", "role"), ("Layer", "layer", True)),
    *_table("staff", ("Team", "team"), ("WTE", "wte"), ("Start date", "started_on"), ("Leaving date", "left_on")),
    *_table("staff", ("Contract type", "employment", True), ("Line manager ID", "supervisor_id")),
    *_table("staff", ("Registration no", "registration_number")),
    *_table("staff", ("Registration expiry", "registration_expires_on")),
    col("NI Number", None, "ni_number"),
    col("Salary", None, "salary"),
    col("Date of birth", None, "born_on"),
    col("Home postcode", None, "postcode"),
]
SUPERVISION = _table(
    "supervision", ("Session ID", "session_id"), ("Supv'n date", "held_on"), ("Supervisee ID", "worker_id"),
    ("Supervisor ID", "supervisor_id"), ("Type", "kind", True), ("Status", "status", True),
    ("Cases discussed?", "cases_reviewed"), ("Risks?", "risks_identified"), ("Actions agreed", "actions_agreed"),
    ("Follow up by", "follow_up_on"), ("Follow up done", "follow_up_done_on"),
    ("Risk decisions reviewed", "decisions_reviewed"), ("Escalation decision discussed", "escalation_discussed"),
    ("Pressure point", "pressure_point"),
)  # fmt: skip
SIGN_OFFS = _table(
    "competencies", ("Staff ID", "worker_id"), ("Competency", "competency", True),
    ("Signed off on", "signed_off_on"), ("Signed off by", "signed_off_by"), ("Method", "method", True),
    ("Expires", "expires_on"),
)  # fmt: skip
ALLOCATIONS = _table(
    "allocations", CASE_REF, ("Staff ID", "worker_id"), ("Allocated", "allocated_on"),
    ("Allocation ended", "ended_on"), ("Role in case", "role_type", True),
    ("Acuity at allocation", "assessed_acuity", True), ("Supervision needed", "supervision_requirement"),
    ("Escalation route", "escalation_route"), ("Competency confirmed by", "competency_confirmed_by"),
    ("Competency confirmed on", "competency_confirmed_on"), ("Clinical oversight by", "oversight_worker_id"),
)  # fmt: skip
TRAINING = _table(
    "training", ("Staff ID", "worker_id"), ("Course", "course", True), ("Date completed", "completed_on"),
    ("Expiry date", "expires_on"),
)  # fmt: skip
TASKS = _table(
    "tasks", ("Task ID", "task_id"), CASE_REF, ("Task type", "task_type", True), ("Source", "source", True),
    ("Raised", "raised_on"), ("Due", "due_on"), ("Completed", "completed_on"), ("Completed by", "completed_by"),
    ("Owner", "owner_id"), ("Signed off by", "signed_off_by"), ("Signed off on", "signed_off_on"),
)  # fmt: skip
FLAGS = _table(
    "risk_flags", ("Flag ID", "flag_id"), CASE_REF, ("Signal", "signal", True), ("Raised", "raised_on"),
    ("Raised by", "raised_by"), ("Huddle date", "huddle_on"), ("Decision", "decision"), ("Decided by", "decided_by"),
)  # fmt: skip
HUDDLES = _table(
    "huddles", ("Huddle ID", "huddle_id"), ("Team", "team"), ("Date held", "held_on"),
    ("Supervisor", "supervisor_id"), ("Clinician", "clinician_id"),
)  # fmt: skip
ESCALATIONS = _table(
    "escalations", ("Escalation ID", "escalation_id"), CASE_REF, ("Raised", "raised_on"), ("Raised by", "raised_by"),
    ("Trigger", "trigger"), ("Route", "route"), ("Responded", "responded_on"), ("Authorised by", "authorised_by"),
    ("Decision", "decision"), ("Follow up date", "follow_up_on"),
)  # fmt: skip
EXCEPTIONS = _table(
    "capacity_exceptions", ("Exception ID", "exception_id"), ("Team", "team"), ("Staff ID", "worker_id"),
    ("Opened", "opened_on"), ("Closed", "closed_on"), ("Threshold breached", "threshold"),
    ("Mitigations", "mitigations"), ("Recovery plan", "recovery_plan"), ("Reviewed", "reviewed_on"),
    ("Reviewed by", "reviewed_by"), ("Decision", "decision"),
)  # fmt: skip
REFERRALS = _table(
    "referrals", ("Referral ID", "referral_id"), CASE_REF, ("Team", "team"), ("Received", "received_on"),
    ("Priority", "priority", True), ("Triaged", "triaged_on"), ("Accepted", "accepted_on"),
    ("First contact", "first_contact_on"), ("Closed", "closed_on"), ("Closure reason", "close_reason"),
)  # fmt: skip
INCIDENTS = _table(
    "incidents", ("Incident ID", "incident_id"), CASE_REF, ("Staff involved", "worker_id"), ("Team", "team"),
    ("Date of incident", "occurred_on"), ("Category", "category"), ("Severity", "severity", True),
    ("Contributing factor", "factor", True), ("Competency named", "competency", True),
    ("Learning review", "learning_review_on"),
)  # fmt: skip
PHYSICAL = _table(
    "physical_checks", CASE_REF, ("Check", "check_type", True), ("Date done", "done_on"), ("Next due", "due_on"),
    ("Result", "result", True), ("Followed up", "follow_up_on"),
)  # fmt: skip
PEERS = _table(
    "peer_roles", ("Staff ID", "worker_id"), ("Role scope", "role_scope"),
    ("Escalation triggers", "escalation_triggers"), ("Supervision arrangements", "supervision_arrangements"),
    ("Training completed", "training_completed_on"), ("Last briefing", "last_briefing_on"),
)  # fmt: skip
ESTABLISHMENT = _table(
    "establishment", ("Month", "month"), ("Team", "team"), ("Role", "role"), ("Funded WTE", "funded_wte"),
    ("In post WTE", "in_post_wte"), ("Agency WTE", "agency_wte"), ("Bank WTE", "bank_wte"), ("Leavers", "leavers"),
    ("Sickness days", "sickness_days"), ("Vacant since", "vacant_since"),
)  # fmt: skip
RISKS = _table(
    "risk_register", ("Risk ID", "risk_id"), ("Team", "team"), ("Risk description", "description"),
    ("Raised", "raised_on"), ("Owner", "owner"), ("Mitigation", "mitigation"), ("Review due", "review_due_on"),
    ("Closed", "closed_on"),
)  # fmt: skip
GOVERNANCE = _table(
    "governance", ("Activity", "activity", True), ("Team", "team"), ("Date held", "held_on"), ("Led by", "led_by"),
    ("Outcome", "outcome"),
)  # fmt: skip
ROTA = _table("duty_rota", ("Date", "date"), ("Team", "team"), ("Duty clinician", "duty_clinician_id"))
BANDS = _table(
    "bands", CASE_REF, ("Band", "band", True), ("Date set", "set_on"), ("Proposed by", "proposed_by"),
    ("Confirmed by", "confirmed_by"), ("Confirmed on", "confirmed_on"), ("Reason", "reason"),
)  # fmt: skip
ATTESTATIONS = _table(
    "attestations", ("Check code", "check_code"), ("Scope", "scope"), ("Stated by", "stated_by"),
    ("Date stated", "stated_on"), ("Valid until", "valid_until"), ("Statement", "statement"),
)  # fmt: skip


def caseload(last_review: Callable[[Any], Any]) -> list[Column]:
    """The caseload report: one sheet that feeds cases and the last review of each."""

    def of_review(name: str) -> Callable[[Any], Any]:
        return lambda case: getattr(last_review(case), name, None)

    return [
        *_table("cases", CASE_REF, ("Client No", "person_id")),
        col("Svc User Name", None, "name"),
        col("DOB", None, "born_on"),
        col("NHS Number", None, "nhs_number"),
        *_table("cases", ("Team", "team"), ("Care Co-ordinator ID", "worker_id"), ("Referral Opened", "opened_on")),
        *_table("cases", ("Closed", "closed_on"), ("Closure Reason", "close_reason")),
        *_table("cases", ("Acuity", "acuity_band", True), ("Needs", "needs", True)),
        Column("Last Review", "reviews.reviewed_on", of_review("reviewed_on")),
        Column("Last Review By", "reviews.reviewer_id", of_review("reviewer_id")),
        Column("Last review signed off by", "reviews.signed_off_by", of_review("signed_off_by")),
        *_table("cases", ("Next Review Due", "next_review_on"), ("Escalation route", "escalation_route")),
        *_table("cases", ("Step-down criteria", "step_down_criteria"), ("On hold from", "on_hold_from")),
        *_table("cases", ("On hold until", "on_hold_until")),
        *_table("cases", ("Discharged from ward", "discharged_from_inpatient_on")),
    ]
