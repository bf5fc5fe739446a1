"""Truth of the checks on the exports themselves. Rows are counted as exported: a doubled row counts twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from .model import AS_AT, Provider
from .standard import BANDS, CHECK_TYPES, SIGNAL_DAYS

KEYS = {
    "cases": "case_id", "staff": "worker_id", "contacts": "contact_id", "tasks": "task_id",
    "referrals": "referral_id", "incidents": "incident_id", "escalations": "escalation_id",
    "risk_flags": "flag_id", "capacity_exceptions": "exception_id", "supervision": "session_id",
    "huddles": "huddle_id", "risk_register": "risk_id",
}  # fmt: skip
NATURAL = {
    "bands": ("case_id", "set_on"), "reviews": ("case_id", "reviewed_on"),
    "allocations": ("case_id", "worker_id", "allocated_on"), "competencies": ("worker_id", "competency"),
    "training": ("worker_id", "course"), "physical_checks": ("case_id", "check_type"),
    "peer_roles": ("worker_id",), "establishment": ("team", "role", "month"),
    "governance": ("activity", "team", "held_on"), "duty_rota": ("team", "date"),
    "attestations": ("check_code", "stated_on"),
}  # fmt: skip
REFERENCES = (
    ("cases", "worker_id", "staff"), ("bands", "case_id", "cases"), ("bands", "proposed_by", "staff"),
    ("bands", "confirmed_by", "staff"), ("reviews", "case_id", "cases"), ("reviews", "reviewer_id", "staff"),
    ("reviews", "signed_off_by", "staff"), ("contacts", "case_id", "cases"), ("contacts", "worker_id", "staff"),
    ("allocations", "case_id", "cases"), ("allocations", "worker_id", "staff"),
    ("allocations", "competency_confirmed_by", "staff"), ("allocations", "oversight_worker_id", "staff"),
    ("staff", "supervisor_id", "staff"), ("supervision", "worker_id", "staff"),
    ("supervision", "supervisor_id", "staff"), ("competencies", "worker_id", "staff"),
    ("competencies", "signed_off_by", "staff"), ("training", "worker_id", "staff"), ("tasks", "case_id", "cases"),
    ("tasks", "completed_by", "staff"), ("tasks", "owner_id", "staff"), ("tasks", "signed_off_by", "staff"),
    ("risk_flags", "case_id", "cases"), ("risk_flags", "raised_by", "staff"),
    ("huddles", "supervisor_id", "staff"), ("huddles", "clinician_id", "staff"),
    ("escalations", "case_id", "cases"), ("escalations", "raised_by", "staff"),
    ("escalations", "authorised_by", "staff"), ("capacity_exceptions", "worker_id", "staff"),
    ("capacity_exceptions", "reviewed_by", "staff"), ("referrals", "case_id", "cases"),
    ("incidents", "case_id", "cases"), ("incidents", "worker_id", "staff"),
    ("physical_checks", "case_id", "cases"), ("peer_roles", "worker_id", "staff"),
    ("duty_rota", "duty_clinician_id", "staff"),
)  # fmt: skip
SPANS = {
    "cases": (("opened_on", "closed_on"), ("on_hold_from", "on_hold_until")),
    "bands": (("set_on", "confirmed_on"),), "allocations": (("allocated_on", "ended_on"),),
    "staff": (("started_on", "left_on"),), "tasks": (("raised_on", "completed_on"),),
    "risk_flags": (("raised_on", "huddle_on"),), "escalations": (("raised_on", "responded_on"),),
    "capacity_exceptions": (("opened_on", "closed_on"),),
    "referrals": (("received_on", "triaged_on"), ("received_on", "accepted_on"), ("received_on", "closed_on")),
    "incidents": (("occurred_on", "learning_review_on"),), "risk_register": (("raised_on", "closed_on"),),
    "attestations": (("stated_on", "valid_until"),),
}  # fmt: skip
EVENTS = {
    "cases": ("opened_on", "closed_on", "discharged_from_inpatient_on"), "bands": ("set_on", "confirmed_on"),
    "reviews": ("reviewed_on",), "contacts": ("contact_on",),
    "allocations": ("allocated_on", "competency_confirmed_on"), "staff": ("started_on",),
    "supervision": ("held_on", "follow_up_done_on"), "competencies": ("signed_off_on",),
    "training": ("completed_on",), "tasks": ("raised_on", "completed_on", "signed_off_on"),
    "risk_flags": ("raised_on", "huddle_on"), "huddles": ("held_on",), "escalations": ("raised_on", "responded_on"),
    "capacity_exceptions": ("opened_on", "reviewed_on"),
    "referrals": ("received_on", "triaged_on", "accepted_on", "first_contact_on", "closed_on"),
    "incidents": ("occurred_on", "learning_review_on"), "physical_checks": ("done_on", "follow_up_on"),
    "peer_roles": ("training_completed_on", "last_briefing_on"), "establishment": ("month",),
    "risk_register": ("raised_on", "closed_on"), "governance": ("held_on",), "duty_rota": ("date",),
    "attestations": ("stated_on",),
}  # fmt: skip


def rows(provider: Provider, table: str) -> Iterator[Any]:
    yield from getattr(provider, table)
    yield from (record for name, record in provider.doubles if name == table)


def subject(table: str, record: Any) -> str:
    """`table | key`, the key being the table's own or, where it has none, its natural one."""
    names = (KEYS[table],) if table in KEYS else NATURAL[table]
    return " | ".join([table, *(str(getattr(record, name)) for name in names)])


def duplicates(provider: Provider) -> dict[str, Any]:
    population, breaches = 0, []
    for table, key in KEYS.items():
        seen = Counter(getattr(record, key) for record in rows(provider, table))
        population += sum(count for value, count in seen.items() if value)
        for value, count in seen.items():
            breaches += [f"{table} | {value}"] * (count if value and count > 1 else 0)
    return _entry(population, breaches)


def orphans(provider: Provider) -> dict[str, Any]:
    known = {
        "cases": {c.case_id for c in provider.cases},
        "staff": {w.worker_id for w in provider.staff},
    }
    by_field: dict[str, dict[str, int]] = {}
    breaches = []
    for table, name, target in REFERENCES:
        counts = {"population": 0, "breach": 0}
        for record in rows(provider, table):
            value = getattr(record, name)
            if value:
                counts["population"] += 1
                if value not in known[target]:
                    counts["breach"] += 1
                    breaches.append(subject(table, record))
        by_field[f"{table}.{name}"] = counts
    decided = [who for flag in rows(provider, "risk_flags") for who in flag.decided_by]
    by_field["risk_flags.decided_by"] = {
        "population": len(decided), "breach": sum(who not in known["staff"] for who in decided)
    }  # fmt: skip
    return _entry(None, breaches) | {"by_field": by_field}


def impossible_dates(provider: Provider) -> dict[str, Any]:
    population, breaches, by_table = 0, [], {}
    for table, events in EVENTS.items():
        fields = {*events, *(name for span in SPANS.get(table, ()) for name in span)}
        count, wrong = 0, []
        for record in rows(provider, table):
            values: dict[str, date | None] = {name: getattr(record, name) for name in fields}
            if not any(values.values()):
                continue
            count += 1
            turned = any(
                (begun := values[first]) and (ended := values[last]) and ended < begun
                for first, last in SPANS.get(table, ())
            )
            ahead = any((day := values[name]) and day > AS_AT for name in events)
            if turned or ahead:
                wrong.append(subject(table, record))
        by_table[table] = {"population": count, "breach": len(wrong)}
        population += count
        breaches += wrong
    return _entry(population, breaches) | {"by_table": by_table}


CLOSED = {
    "cases.acuity_band": BANDS, "bands.band": BANDS, "allocations.assessed_acuity": BANDS,
    "contacts.outcome": ("attended", "did_not_attend", "cancelled_by_client", "cancelled_by_service"),
    "staff.layer": ("clinical", "support", "peer", "management"),
    "staff.employment": ("permanent", "bank", "agency"), "supervision.status": ("held", "cancelled"),
    "competencies.method": ("observed_practice", "case_based", "training_only"),
    "tasks.source": ("huddle", "supervision", "incident", "review", "physical_health"),
    "risk_flags.signal": tuple(SIGNAL_DAYS), "referrals.priority": ("urgent", "routine"),
    "physical_checks.check_type": CHECK_TYPES, "physical_checks.result": ("normal", "abnormal"),
    "governance.activity": ("task_and_risk_review", "allocation_review", "case_sampling", "dashboard_review"),
}  # fmt: skip
"""Fields whose words the standard or the default policy lists in full."""


def unknown_codes(provider: Provider) -> dict[str, Any]:
    by_field, breaches = {}, []
    for path, allowed in CLOSED.items():
        table, name = path.split(".")
        filled = [record for record in rows(provider, table) if getattr(record, name)]
        wrong = [record for record in filled if getattr(record, name) not in allowed]
        by_field[path] = {"population": len(filled), "breach": len(wrong)}
        breaches += [f"{subject(table, record)} | {name}" for record in wrong]
    return _entry(None, breaches) | {"by_field": by_field}


def stale(provider: Provider) -> dict[str, Any]:
    """Tables whose newest event up to the as-at date is more than 35 days old."""
    newest = {}
    for table, events in EVENTS.items():
        on = [getattr(record, name) for record in rows(provider, table) for name in events]
        seen = [day for day in on if day and day <= AS_AT]
        newest[table] = max(seen).isoformat() if seen else None
    late = [table for table, day in newest.items() if day and (AS_AT - date.fromisoformat(day)).days > 35]
    return _entry(None, late) | {"newest": newest}


def rejected_rows(
    files: list[dict[str, Any]], rejected: list[dict[str, Any]], unreadable: list[dict[str, Any]]
) -> dict[str, Any]:
    """Rows past use are breaches; of a row with one cell that cannot be read it is not evidenced what it would say."""
    entry = _entry(sum(f["rows"] for f in files), _places(rejected))
    entry["met"] -= len(unreadable)
    return entry | {"not_evidenced": len(unreadable), "not_evidenced_subjects": _places(unreadable)}


def _places(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(f"{r['file']} | {r['sheet'] or ''} | {r['row']}" for r in rows)


def _entry(population: int | None, breaches: list[str]) -> dict[str, Any]:
    met = None if population is None else population - len(breaches)
    return {
        "population": population, "met": met, "breach": len(breaches), "not_evidenced": 0,
        "breaches": sorted(breaches), "not_evidenced_subjects": [],
    }  # fmt: skip
