"""Truth of DQ05: how often each field is filled that the checks of the standard cannot do without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import columns
from .model import Provider
from .truth_data import rows

LEAST = (95, 100)
"""Share of the rows in which a field shall be filled. The standard gives none: copied from the default policy."""

NO_ROW_WITHOUT = {
    "cases": "case_id opened_on", "bands": "case_id band set_on", "reviews": "case_id reviewed_on",
    "contacts": "case_id contact_on outcome", "allocations": "case_id worker_id allocated_on",
    "staff": "worker_id role", "supervision": "worker_id held_on",
    "competencies": "worker_id competency signed_off_on", "training": "worker_id course", "tasks": "task_type",
    "risk_flags": "case_id signal raised_on", "huddles": "team held_on", "escalations": "raised_on",
    "capacity_exceptions": "team opened_on", "referrals": "received_on", "incidents": "occurred_on",
    "physical_checks": "case_id check_type", "peer_roles": "worker_id",
    "establishment": "month team funded_wte in_post_wte", "risk_register": "risk_id",
    "governance": "activity held_on", "duty_rota": "date team",
}  # fmt: skip
"""Fields the standard stars, of every table a check looks at; no check looks at the attestations."""

CASELOAD, SUPERVISED = "cases.worker_id cases.acuity_band", "cases.worker_id"
BY_CHECK = {
    "REV01": "cases.acuity_band", "REV03": "staff.layer", "REV04": "cases.closed_on cases.close_reason",
    "ACU01": f"{CASELOAD} staff.team staff.wte", "ACU02": "cases.acuity_band",
    "ACU03": "bands.confirmed_by bands.confirmed_on staff.layer", "ACU04": "cases.acuity_band",
    "ACU05": "cases.team cases.acuity_band", "ACU06": CASELOAD, "ACU08": "cases.acuity_band cases.step_down_criteria",
    "ACU09": "cases.acuity_band contacts.risk_check",
    "CAP01": f"{CASELOAD} staff.wte", "CAP02": f"{CASELOAD} staff.team staff.wte",
    "CAP03": "capacity_exceptions.threshold capacity_exceptions.mitigations capacity_exceptions.recovery_plan",
    "CAP04": "capacity_exceptions.reviewed_on capacity_exceptions.reviewed_by capacity_exceptions.decision staff.layer",
    "CAP05": "cases.worker_id", "CAP06": "cases.worker_id staff.left_on", "CAP07": "cases.team governance.team",
    "ALC01": "allocations.assessed_acuity allocations.role_type allocations.supervision_requirement"
             " allocations.escalation_route",
    "ALC02": "allocations.competency_confirmed_on", "ALC03": "cases.acuity_band staff.layer",
    "CMP01": "cases.acuity_band competencies.method", "CMP02": "cases.acuity_band competencies.method",
    "CMP03": "cases.acuity_band competencies.method", "CMP04": "competencies.signed_off_by staff.layer",
    "CMP05": "staff.layer staff.registration_number staff.registration_expires_on",
    "CMP06": "staff.layer training.completed_on training.expires_on",
    "DEL01": "tasks.completed_on tasks.completed_by staff.layer",
    "DEL02": "tasks.completed_on tasks.signed_off_by tasks.signed_off_on staff.layer",
    "DEL03": f"{CASELOAD} staff.layer contacts.worker_id",
    "DEL04": "staff.layer contacts.worker_id contacts.purpose",
    "SUP01": f"{CASELOAD} staff.layer",
    "SUP02": "supervision.cases_reviewed supervision.risks_identified supervision.actions_agreed"
             " supervision.follow_up_on",
    "SUP03": "supervision.decisions_reviewed", "SUP04": "supervision.follow_up_on supervision.follow_up_done_on",
    "SUP05": f"{SUPERVISED} supervision.escalation_discussed", "SUP06": "supervision.pressure_point",
    "SUP07": "staff.supervisor_id", "SUP08": f"{SUPERVISED} staff.supervisor_id",
    "PEER01": "staff.layer peer_roles.role_scope peer_roles.escalation_triggers peer_roles.supervision_arrangements"
              " peer_roles.training_completed_on",
    "PEER02": "staff.layer tasks.completed_on tasks.completed_by cases.acuity_band",
    "PEER03": "staff.layer peer_roles.last_briefing_on",
    "PEER04": "staff.layer risk_flags.raised_by risk_flags.huddle_on risk_flags.decision escalations.case_id",
    "ESC02": "risk_flags.huddle_on risk_flags.decision risk_flags.decided_by staff.layer",
    "ESC03": "huddles.clinician_id staff.layer",
    "ESC04": "tasks.source tasks.due_on tasks.completed_on tasks.owner_id",
    "ESC05": "escalations.trigger escalations.raised_by escalations.route escalations.responded_on"
             " escalations.authorised_by escalations.decision escalations.follow_up_on",
    "ESC06": "escalations.responded_on", "ESC07": "escalations.case_id",
    "ESC08": "cases.discharged_from_inpatient_on", "ESC09": "duty_rota.duty_clinician_id staff.layer",
    "ESC10": "cases.acuity_band cases.escalation_route",
    "PHY01": "physical_checks.done_on",
    "PHY02": "physical_checks.result physical_checks.done_on physical_checks.follow_up_on",
    "PHY03": "staff.team", "CON01": "cases.team contacts.planned", "CON02": "contacts.worker_id",
    "CON03": "contacts.recorded_on", "CON04": "cases.team contacts.planned",
    "CON05": "escalations.case_id escalations.decision",
    "WFS01": "establishment.role", "WFS02": "establishment.agency_wte establishment.bank_wte",
    "WFS03": "establishment.leavers", "WFS04": "cases.team cases.acuity_band staff.team staff.layer staff.wte",
    "DEM01": "referrals.priority referrals.first_contact_on",
    "DEM02": f"{CASELOAD} cases.team cases.closed_on referrals.accepted_on staff.team staff.wte",
    "DEM03": "referrals.triaged_on", "INC01": "incidents.team incidents.factor",
    "INC02": "incidents.learning_review_on", "GOV01": "governance.team staff.team",
    "GOV02": "governance.team governance.outcome staff.team",
    "GOV03": "risk_register.owner risk_register.mitigation risk_register.review_due_on",
}  # fmt: skip
"""What each definition of the standard tests, beside the starred fields: check → fields.

Left out: a field that another can stand for (the next review of the review or of the case, the team of a referral or of
its case, the expiry of a sign-off or its age), and what alters the answer only where it is filled (on hold, left, the
needs of a case, a competency named in an incident, the status of a session in a log of those held).
"""
BLANK_BY_NATURE = frozenset(
    (
        "cases.closed_on", "cases.close_reason", "cases.discharged_from_inpatient_on", "cases.step_down_criteria",
        "staff.left_on", "staff.registration_number", "staff.registration_expires_on", "tasks.completed_on",
        "tasks.completed_by", "tasks.signed_off_by", "tasks.signed_off_on", "supervision.follow_up_done_on",
        "supervision.pressure_point", "governance.team", "physical_checks.follow_up_on", "referrals.accepted_on",
        "referrals.first_contact_on",
    )
)  # fmt: skip
"""Fields blank for as long as nothing has happened, or on rows they are not meant for (open cases, staff without a
register, work that needs no sign-off, acts of the whole service, normal results): blanks there are no gap."""


def completeness(provider: Provider) -> dict[str, Any]:
    """Rows and filled cells of each field. A row past use counts for the field that spoilt it, and there as blank."""
    starred = {f"{table}.{name}" for table, names in NO_ROW_WITHOUT.items() for name in names.split()}
    needed = starred.union(*(fields.split() for fields in BY_CHECK.values())) - BLANK_BY_NATURE
    by_field: dict[str, dict[str, int]] = {}
    found: dict[str, list[str]] = {"met": [], "breach": [], "not_evidenced": []}
    for path in sorted(needed):
        table, name = path.split(".")
        values = [getattr(record, name) for record in rows(provider, table)]
        spoilt = sum(_spoils(path, raw) for raw in _overwritten(provider, path))
        filled = sum(value not in (None, "", ()) for value in values)
        count = len(values) + spoilt
        by_field[path] = {"rows": count, "filled": filled}
        enough = filled * LEAST[1] >= count * LEAST[0]
        found["not_evidenced" if not count else "met" if enough else "breach"].append(f"{table} | {name}")
    return {
        "population": len(needed), **{outcome: len(fields) for outcome, fields in found.items()},
        "breaches": found["breach"], "not_evidenced_subjects": found["not_evidenced"], "by_field": by_field,
    }  # fmt: skip


def _overwritten(provider: Provider, path: str) -> Iterator[str | None]:
    """What stands in the field's cell of each spoilt row that has it overwritten."""
    sheets = [*(shape for shape in vars(columns).values() if isinstance(shape, list)), columns.caseload(lambda _: None)]
    headings = {column.heading for sheet in sheets for column in sheet if column.field == path}
    for table, cells, _ in provider.spoilt:
        if table == path.split(".", maxsplit=1)[0]:
            yield from (raw for heading, raw in cells.items() if heading in headings)


def _spoils(path: str, raw: str | None) -> bool:
    """A number that is overwritten is still a number; a day that is overwritten is no day."""
    return raw is None or path.endswith("_on")
