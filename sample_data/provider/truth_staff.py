"""Truth of the checks on supervision, allocation, competency and delegation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from .facts import Facts, Verdict, in_lookback, judge, recorded, truth
from .model import AS_AT, Case, SignOff
from .standard import BAND_COMPETENCIES, NEED_COMPETENCY

ACCEPTED = {"observed_practice": True, "case_based": True, "training_only": False, None: None}


@truth("SUP01")
def supervision_gap(f: Facts) -> Iterator[Verdict]:
    for w in f.p.staff:
        cases = f.held.get(w.worker_id)
        if not cases or not f.in_post(w):
            continue
        limit = 31 if w.layer == "peer" else 28 if f.high(cases) >= 5 else 42
        held = f.sessions.get(w.worker_id)
        since = held[-1].held_on if held else w.started_on
        yield w.worker_id, judge(None if since is None else (AS_AT - since).days <= limit)


@truth("SUP02")
def supervision_record_incomplete(f: Facts) -> Iterator[Verdict]:
    for s in (s for rows in f.sessions.values() for s in rows):
        if in_lookback(s.held_on):
            fields = (s.cases_reviewed, s.risks_identified, s.actions_agreed, s.follow_up_on)
            yield f"{s.worker_id} | {s.held_on}", judge(*map(recorded, fields))


def required(case: Case) -> set[str]:
    """Competencies the case's band and needs ask for; an unknown band asks for none."""
    needs = {NEED_COMPETENCY[need] for need in case.needs if need in NEED_COMPETENCY}
    return needs | BAND_COMPETENCIES.get(case.acuity_band or "", frozenset())


def expiry(s: SignOff) -> date:
    """Last day of validity: a year after the sign-off, or the stated day if that is earlier."""
    year = s.signed_off_on + timedelta(365)
    return min(year, s.expires_on) if s.expires_on else year


def current(f: Facts, s: SignOff) -> bool | None:
    """Whether the sign-off is current; None where only its method is blank."""
    named = f.named_in_incident.get((s.worker_id, s.competency), ())
    if expiry(s) < AS_AT or any(day >= s.signed_off_on for day in named):
        return False
    return ACCEPTED[s.method]


def holds(f: Facts, worker_id: str, competency: str) -> bool | None:
    states = [current(f, s) for s in f.sign_offs.get((worker_id, competency), ())]
    return True if True in states else None if None in states else False


@truth("CMP01")
def competency_mismatch(f: Facts) -> Iterator[Verdict]:
    for case in f.open:
        for worker_id in sorted({a.worker_id for a in f.allocations.get(case.case_id, ())}):
            subject = f"{case.case_id} | {worker_id}"
            if worker_id not in f.staff:
                yield subject, "not_evidenced"
                continue
            held = [holds(f, worker_id, competency) for competency in sorted(required(case))]
            yield subject, judge(recorded(f.band(case)), *held)
