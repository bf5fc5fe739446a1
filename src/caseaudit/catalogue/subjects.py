"""What a check can be about, and the evidence columns that name it."""

from __future__ import annotations

SUBJECTS: dict[str, tuple[str, ...]] = {
    "case": ("case_id",),
    "worker": ("worker_id",),
    "team": ("team",),
    "worker or team": ("team", "worker_id"),
    "service": ("service",),
    "case and worker": ("case_id", "worker_id"),
    "case and physical check": ("case_id", "check_type"),
    "worker and competency": ("worker_id", "competency"),
    "worker and course": ("worker_id", "course"),
    "allocation": ("case_id", "worker_id", "allocated_on"),
    "band change": ("case_id", "set_on"),
    "contact": ("case_id", "contact_id"),
    "session": ("worker_id", "held_on"),
    "sign-off": ("worker_id", "competency"),
    "task": ("task_id",),
    "peer's work": ("worker_id", "case_id", "task_id"),
    "risk flag": ("flag_id",),
    "escalation": ("escalation_id",),
    "capacity exception": ("exception_id",),
    "referral": ("referral_id",),
    "incident": ("incident_id",),
    "workforce risk": ("risk_id",),
    "supervisor": ("supervisor_id",),
    "team and week": ("team", "week"),
    "team and day": ("team", "date"),
    "team and role": ("team", "role"),
    "team and month": ("team", "month"),
    "row": ("table", "key"),
    "reference": ("table", "field", "key"),
    "field": ("table", "field"),
    "code": ("table", "field", "code"),
    "source": ("source_label",),
    "source row": ("source_label", "row"),
    "table": ("table",),
}
"""Subject → the columns whose values, joined by " | ", name one member."""

PEOPLE = {"case": "case_id", "worker": "worker_id"}
"""Columns that stand for a person served or a worker, and so become pseudonyms for a commissioner."""
