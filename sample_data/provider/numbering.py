"""Gives every record that has one its number, in the order in which a record system would have given it."""

from __future__ import annotations

from .model import Provider


def number(p: Provider) -> None:
    """Sort each table as its system lists it and fill the identifiers."""
    p.contacts.sort(key=lambda c: (c.contact_on, c.case_id))
    for n, contact in enumerate(p.contacts):
        contact.contact_id = f"CT{1000001 + n}"
    p.supervision.sort(key=lambda s: (s.held_on, s.worker_id))
    for n, session in enumerate(p.supervision):
        session.session_id = f"SV{10001 + n}"
    p.tasks.sort(key=lambda t: (t.raised_on, t.case_id or "", t.task_type))
    for n, task in enumerate(p.tasks):
        task.task_id = f"TK{20001 + n}"
    p.risk_flags.sort(key=lambda x: (x.raised_on, x.case_id))
    for n, flag in enumerate(p.risk_flags):
        flag.flag_id = f"RF{3001 + n}"
    p.huddles.sort(key=lambda h: (h.held_on, h.team))
    for n, huddle in enumerate(p.huddles):
        huddle.huddle_id = f"HD{4001 + n}"
    p.escalations.sort(key=lambda e: (e.raised_on, e.case_id or ""))
    for n, escalation in enumerate(p.escalations):
        escalation.escalation_id = f"EX{5001 + n}"
    p.capacity_exceptions.sort(key=lambda e: (e.opened_on, e.team, e.worker_id or ""))
    for n, exception in enumerate(p.capacity_exceptions):
        exception.exception_id = f"CE{601 + n}"
    p.referrals.sort(key=lambda r: (r.received_on, r.case_id or "", r.team))
    for n, referral in enumerate(p.referrals):
        referral.referral_id = f"RR{70001 + n}"
    p.incidents.sort(key=lambda i: (i.occurred_on, i.team, i.case_id or ""))
    for n, incident in enumerate(p.incidents):
        incident.incident_id = f"IN{801 + n}"
    p.reviews.sort(key=lambda r: (r.reviewed_on, r.case_id))
    p.bands.sort(key=lambda b: (b.set_on, b.case_id))
    p.allocations.sort(key=lambda a: (a.case_id, a.allocated_on, a.worker_id))
    p.competencies.sort(key=lambda s: (s.worker_id, s.competency, s.signed_off_on))
    p.training.sort(key=lambda c: (c.worker_id, c.course))
    p.establishment.sort(key=lambda x: (x.month, x.team, x.role))
    p.governance.sort(key=lambda a: (a.held_on, a.activity, a.team or ""))
    p.duty_rota.sort(key=lambda d: (d.date, d.team))
