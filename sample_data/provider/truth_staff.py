"""Truth of the checks on supervision and peer roles, from the words of the standard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from .facts import Facts, Verdict, in_lookback, judge, recorded, truth, within
from .model import AS_AT, Session
from .standard import CLINICAL_TASKS, HIGH_ACUITY, LOOKBACK, SIGNED_OFF_TASKS


@truth("SUP01")
def supervision_gap(f: Facts) -> Iterator[Verdict]:
    for w in f.p.staff:
        cases = f.held.get(w.worker_id)
        if not cases or not f.in_post(w):
            continue
        limit = 31 if w.layer == "peer" else 28 if f.high(cases) >= 5 else 42
        held = f.sessions.get(w.worker_id)
        since = held[-1].held_on if held else w.started_on
        gap = None if since is None else (AS_AT - since).days
        # Nobody knows whether the closer interval applies to one none of whose cases has a band.
        unrated = len(cases) >= 5 and not any(f.band(case) for case in cases)
        if unrated and limit == 42 and gap is not None and 28 < gap <= 42:
            gap = None
        yield w.worker_id, judge(None if gap is None else gap <= limit)


@truth("SUP02")
def supervision_record_incomplete(f: Facts) -> Iterator[Verdict]:
    for s in (s for rows in f.sessions.values() for s in rows):
        if in_lookback(s.held_on):
            fields = (s.cases_reviewed, s.risks_identified, s.actions_agreed, s.follow_up_on)
            yield f"{s.worker_id} | {s.held_on}", judge(*map(recorded, fields))


def held_in_lookback(f: Facts) -> Iterator[tuple[str, Session]]:
    for rows in f.sessions.values():
        for s in rows:
            if in_lookback(s.held_on):
                yield f"{s.worker_id} | {s.held_on}", s


@truth("SUP03")
def supervision_without_decisions_reviewed(f: Facts) -> Iterator[Verdict]:
    for subject, s in held_in_lookback(f):
        yield subject, judge(s.decisions_reviewed)


@truth("SUP04")
def supervision_action_overdue(f: Facts) -> Iterator[Verdict]:
    for rows in f.sessions.values():
        for s in rows:
            if s.follow_up_on and s.follow_up_on < AS_AT:
                yield f"{s.worker_id} | {s.held_on}", judge(recorded(s.follow_up_done_on))


@truth("SUP05")
def escalation_not_discussed_monthly(f: Facts) -> Iterator[Verdict]:
    """A session in time that does not say leaves it open; no session in time is a breach."""
    for w in f.p.staff:
        if w.worker_id in f.held and f.in_post(w):
            says = Counter(s.escalation_discussed for s in f.sessions.get(w.worker_id, ()) if within(s.held_on, 31))
            yield w.worker_id, judge(True if says[True] else None if says[None] else False)


@truth("SUP06")
def repeated_pressure_not_escalated(f: Facts) -> Iterator[Verdict]:
    """The last sessions are those held in the lookback."""
    pressed: dict[str, list[date]] = defaultdict(list)
    for _, s in held_in_lookback(f):
        if s.pressure_point:
            pressed[s.worker_id].append(s.held_on)
    for worker_id, days in sorted(pressed.items()):
        if len(days) >= 3:
            yield worker_id, judge(answered(f, worker_id, min(days)))


def answered(f: Facts, worker_id: str, first: date) -> bool:
    worker = f.staff.get(worker_id)
    team = worker.team if worker else None
    escalated = any(e.raised_by == worker_id and first <= e.raised_on <= AS_AT for e in f.p.escalations)
    excepted = any(
        first <= e.opened_on <= AS_AT and (e.worker_id == worker_id or (e.worker_id is None and e.team == team))
        for e in f.p.capacity_exceptions
    )
    moved = any(
        a.worker_id == worker_id and a.ended_on is not None and first <= a.ended_on <= AS_AT for a in f.p.allocations
    )
    return escalated or excepted or moved


@truth("SUP07")
def supervisor_overstretched(f: Facts) -> Iterator[Verdict]:
    count = Counter(w.supervisor_id for w in f.p.staff if w.supervisor_id and f.in_post(w))
    for supervisor, supervisees in sorted(count.items()):
        yield str(supervisor), judge(supervisees <= 10)


@truth("SUP08")
def worker_without_supervisor(f: Facts) -> Iterator[Verdict]:
    for w in f.p.staff:
        if w.worker_id in f.held and f.in_post(w):
            supervisor = f.staff.get(w.supervisor_id or "")
            yield w.worker_id, judge(None if supervisor is None else f.in_post(supervisor))


@truth("PEER01")
def peer_role_undefined(f: Facts) -> Iterator[Verdict]:
    records = {r.worker_id: r for r in f.p.peer_roles}
    for w in peers(f):
        r = records.get(w)
        fields = (
            (r.role_scope, r.escalation_triggers, r.supervision_arrangements, r.training_completed_on) if r else (None,)
        )
        yield w, judge(*map(recorded, fields))


def peers(f: Facts) -> list[str]:
    return [w.worker_id for w in f.p.staff if w.layer == "peer" and f.in_post(w)]


@truth("PEER02")
def peer_doing_clinical_work(f: Facts) -> Iterator[Verdict]:
    """Tasks a peer completed in the lookback; allocations to a peer that touch it, judged as they stand now."""
    for task in f.p.tasks:
        if f.layer(task.completed_by) == "peer" and in_lookback(task.completed_on):
            subject = f"{task.completed_by} | {task.case_id or 'blank'} | {task.task_id}"
            yield subject, judge(task.task_type not in (*CLINICAL_TASKS, *SIGNED_OFF_TASKS))
    open_cases = {c.case_id: c for c in f.open}
    for a in f.p.allocations:
        ended_before = a.ended_on is not None and a.ended_on <= AS_AT - timedelta(LOOKBACK)
        if f.layer(a.worker_id) != "peer" or a.allocated_on > AS_AT or ended_before:
            continue
        ended = a.ended_on is not None and a.ended_on <= AS_AT
        alone = {x.worker_id for x in f.allocations.get(a.case_id, ())} == {a.worker_id}
        measure: bool | None = True
        if alone and not ended and a.case_id in open_cases:
            band = f.band(open_cases[a.case_id])
            measure = None if band is None else band not in HIGH_ACUITY
        yield f"{a.worker_id} | {a.case_id} | blank", judge(measure)


@truth("PEER03")
def peer_left_out_of_briefings(f: Facts) -> Iterator[Verdict]:
    records = {r.worker_id: r.last_briefing_on for r in f.p.peer_roles}
    for w in peers(f):
        briefed = records.get(w)
        yield w, judge(None if briefed is None else within(briefed, 14))


@truth("PEER04")
def peer_concern_without_route(f: Facts) -> Iterator[Verdict]:
    """An escalation of the case, or a huddle with a decision, within two days; a huddle in time whose decision is
    blank shows nothing."""
    escalated: dict[str, list[date]] = defaultdict(list)
    for e in f.p.escalations:
        escalated[e.case_id or ""].append(e.raised_on)
    for flag in f.p.risk_flags:
        if f.layer(flag.raised_by) != "peer" or flag.raised_on > AS_AT:
            continue
        last = flag.raised_on + timedelta(2)
        routed = any(flag.raised_on <= day <= last for day in escalated[flag.case_id])
        huddled = flag.huddle_on is not None and flag.raised_on <= flag.huddle_on <= last
        measure = True if routed else recorded(flag.decision) if huddled else False
        yield flag.flag_id, judge(measure)
