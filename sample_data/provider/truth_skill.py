"""Truth of the checks on competency and delegation, from the words of the standard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from .facts import Facts, Verdict, in_lookback, in_time, judge, recorded, truth, within
from .model import AS_AT, Case, Course, SignOff
from .standard import (
    ANY_LAYER_TASKS,
    BAND_COMPETENCIES,
    CLINICAL_TASKS,
    HIGH_ACUITY,
    NEED_COMPETENCY,
    ROUTINE_PURPOSES,
    SIGNED_OFF_TASKS,
)

ACCEPTED = {"observed_practice": True, "case_based": True, "training_only": False, None: None}


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


def needed(f: Facts) -> set[tuple[str, str]]:
    """(worker, competency) pairs that a current allocation of an open case asks for."""
    return {
        (a.worker_id, competency)
        for case in f.open
        for a in f.allocations.get(case.case_id, ())
        for competency in required(case)
    }


@truth("CMP02")
def competency_expiring(f: Facts) -> Iterator[Verdict]:
    for worker_id, competency in sorted(needed(f)):
        for s in f.sign_offs.get((worker_id, competency), ()):
            if current(f, s):
                yield f"{worker_id} | {competency}", judge(expiry(s) > AS_AT + timedelta(42))


@truth("CMP03")
def training_taken_for_competence(f: Facts) -> Iterator[Verdict]:
    """Every pair asked for; one with no sign-off in date shows nothing, and CMP01 tells of it."""
    for worker_id, competency in sorted(needed(f)):
        rows = [s for s in f.sign_offs.get((worker_id, competency), ()) if expiry(s) >= AS_AT]
        says = [ACCEPTED[s.method] for s in rows]
        measure = True if True in says else None if None in says or not says else False
        yield f"{worker_id} | {competency}", judge(measure)


@truth("CMP04")
def competency_signed_off_by_unqualified(f: Facts) -> Iterator[Verdict]:
    for s in f.p.competencies:
        if in_lookback(s.signed_off_on):
            layer = f.layer(s.signed_off_by)
            able = None if layer is None else layer in {"clinical", "management"}
            yield f"{s.worker_id} | {s.competency}", judge(able, s.signed_off_by != s.worker_id)


@truth("CMP05")
def registration_lapsed(f: Facts) -> Iterator[Verdict]:
    for w in f.p.staff:
        if w.layer == "clinical" and f.in_post(w):
            expires = w.registration_expires_on
            yield w.worker_id, judge(recorded(w.registration_number), None if not expires else expires >= AS_AT)


def layers_allowed(task_type: str) -> set[str] | None:
    """Layers that may do the task; None for a type the matrix does not hold."""
    if task_type in CLINICAL_TASKS:
        return {"clinical"}
    if task_type in SIGNED_OFF_TASKS:
        return {"clinical", "support"}
    return {"clinical", "support", "peer", "management"} if task_type in ANY_LAYER_TASKS else None


@truth("DEL01")
def task_done_by_wrong_role(f: Facts) -> Iterator[Verdict]:
    for task in f.p.tasks:
        allowed = layers_allowed(task.task_type)
        if allowed and in_lookback(task.completed_on):
            layer = f.layer(task.completed_by)
            yield task.task_id, judge(None if layer is None else layer in allowed)


@truth("DEL02")
def clinical_sign_off_missing(f: Facts) -> Iterator[Verdict]:
    for task in f.p.tasks:
        if task.task_type in SIGNED_OFF_TASKS and task.completed_on and task.completed_on <= AS_AT:
            soon = in_time(task.completed_on, task.signed_off_on, 7)
            yield task.task_id, judge(f.is_clinical(task.signed_off_by), soon)


@truth("DEL03")
def complex_case_without_clinical_input(f: Facts) -> Iterator[Verdict]:
    """Somebody unnamed who saw the case in time may have been a clinician: that shows nothing. Nobody is a breach."""
    signed: dict[str, list[str | None]] = {}
    for task in f.p.tasks:
        if task.case_id and within(task.signed_off_on, 28):
            signed.setdefault(task.case_id, []).append(task.signed_off_by)
    for case in f.open:
        if case.acuity_band not in HIGH_ACUITY or f.layer(case.worker_id) not in {"support", "peer"}:
            continue
        reviews = [r for r in f.reviews.get(case.case_id, ()) if within(r.reviewed_on, 28)]
        who = [c.worker_id for c in f.attended(case.case_id) if within(c.contact_on, 28)]
        who += [r.reviewer_id for r in reviews] + [r.signed_off_by for r in reviews if r.signed_off_by]
        says = [f.is_clinical(w) for w in who + signed.get(case.case_id, [])]
        yield case.case_id, judge(True if True in says else None if None in says else False)


@truth("DEL04")
def clinicians_on_routine_work(f: Facts) -> Iterator[Verdict]:
    """Contacts of blank purpose leave it open where they could tip the share."""
    counts: dict[str, list[int]] = {}
    for contact in (c for rows in f.contacts.values() for c in rows):
        if contact.outcome == "attended" and f.is_clinical(contact.worker_id) and within(contact.contact_on, 28):
            count = counts.setdefault(contact.worker_id or "", [0, 0, 0])
            count[0] += 1
            count[1] += contact.purpose in ROUTINE_PURPOSES
            count[2] += contact.purpose is None
    for worker_id, (every, routine, blank) in sorted(counts.items()):
        if every >= 10:
            sure = False if routine / every > 0.5 else True if (routine + blank) / every <= 0.5 else None
            yield worker_id, judge(sure)


ASSUMED_COURSES = {
    "safeguarding_adults": ("clinical", "support", "peer", "management"),
    "information_governance": ("clinical", "support", "peer", "management"),
    "basic_life_support": ("clinical",),
}
"""The standard names no course. These are what the truth of CMP06 takes the policy to require, by layer."""


@truth("CMP06")
def training_overdue(f: Facts) -> Iterator[Verdict]:
    """No row at all is a breach; a row without a date of completion, or of expiry, shows nothing."""
    rows: dict[tuple[str, str], list[Course]] = defaultdict(list)
    for t in f.p.training:
        rows[t.worker_id, t.course].append(t)
    for w in f.p.staff:
        for course, layers in ASSUMED_COURSES.items():
            if not f.in_post(w) or w.layer not in layers:
                continue
            says = []
            for t in rows[w.worker_id, course]:
                done = None if t.completed_on is None else t.completed_on <= AS_AT
                valid = None if t.expires_on is None else t.expires_on >= AS_AT
                says.append(done and valid)
            yield f"{w.worker_id} | {course}", judge(True if True in says else None if None in says else False)
