"""Truth of the checks on caseload, capacity and allocation, from the words of the standard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from .facts import TRUTHS, Facts, Verdict, in_lookback, in_time, judge, recorded, truth, within
from .model import AS_AT, Case
from .oversight import CapacityException
from .standard import HIGH_ACUITY, LOOKBACK


@truth("CAP01")
def caseload_over_threshold(f: Facts) -> Iterator[Verdict]:
    for worker_id, cases in sorted(f.held.items()):
        worker = f.staff.get(worker_id)
        wte = worker.wte if worker else None
        yield worker_id, judge(None if wte is None else f.points(cases) / wte <= 60)


def points_per_wte(f: Facts, team: str) -> float:
    """Points of the team's open cases to the WTE of those in post in it who hold cases; a blank WTE counts 0."""
    wte = sum(w.wte or 0 for w in f.staff_in[team] if w.worker_id in f.held)
    points = f.points(f.open_in[team])
    return points / wte if wte else float("inf") if points else 0.0


def open_exceptions(f: Facts) -> list[CapacityException]:
    return [e for e in f.p.capacity_exceptions if e.opened_on <= AS_AT and not (e.closed_on and e.closed_on <= AS_AT)]


@truth("CAP02")
def capacity_exception_not_raised(f: Facts) -> Iterator[Verdict]:
    standing = open_exceptions(f)
    over = {s for code in ("CAP01", "ACU01") for s, outcome in TRUTHS[code](f) if outcome == "breach"}
    for worker_id in sorted(over):
        team = f.staff[worker_id].team
        covered = any(e.worker_id == worker_id or (e.worker_id is None and e.team == team) for e in standing)
        yield f"{team} | {worker_id}", judge(covered)
    for team in f.teams:
        if points_per_wte(f, team) > 50:
            yield f"{team} | blank", judge(any(e.worker_id is None and e.team == team for e in standing))


@truth("CAP03")
def capacity_exception_incomplete(f: Facts) -> Iterator[Verdict]:
    for e in f.p.capacity_exceptions:
        ended_before = e.closed_on is not None and e.closed_on <= AS_AT - timedelta(LOOKBACK)
        if e.opened_on <= AS_AT and not ended_before:
            yield e.exception_id, judge(*map(recorded, (e.threshold, e.mitigations, e.recovery_plan)))


@truth("CAP04")
def capacity_exception_not_reviewed(f: Facts) -> Iterator[Verdict]:
    for e in f.p.capacity_exceptions:
        if (AS_AT - e.opened_on).days >= 7:
            layer = f.layer(e.reviewed_by)
            led = None if layer is None else layer == "management"
            yield e.exception_id, judge(in_time(e.opened_on, e.reviewed_on, 7), led, recorded(e.decision))


@truth("CAP05")
def case_without_named_worker(f: Facts) -> Iterator[Verdict]:
    for case in f.open:
        worker = f.staff.get(case.worker_id or "")
        yield case.case_id, judge(None if worker is None else f.in_post(worker))


@truth("CAP06")
def case_left_with_leaver(f: Facts) -> Iterator[Verdict]:
    for case in f.open:
        if case.worker_id:
            worker = f.staff.get(case.worker_id)
            gone = worker is not None and worker.left_on is not None and worker.left_on <= AS_AT
            yield case.case_id, judge(None if worker is None else not gone)


@truth("CAP07")
def allocation_review_missed(f: Facts) -> Iterator[Verdict]:
    for team in sorted({c.team for c in f.open if c.team}):
        acts = [a for a in f.p.governance if a.activity == "allocation_review" and a.team == team]
        yield team, judge(any(within(a.held_on, 7) for a in acts))


@truth("ALC01")
def allocation_record_incomplete(f: Facts) -> Iterator[Verdict]:
    for rows in f.allocations.values():
        for a in rows:
            fields = (a.assessed_acuity, a.role_type, a.supervision_requirement, a.escalation_route)
            yield f"{a.case_id} | {a.worker_id} | {a.allocated_on}", judge(*map(recorded, fields))


@truth("ALC02")
def allocation_before_competency_confirmed(f: Facts) -> Iterator[Verdict]:
    for a in f.p.allocations:
        if in_lookback(a.allocated_on):
            confirmed = a.competency_confirmed_on
            in_time = None if confirmed is None else confirmed <= a.allocated_on
            yield f"{a.case_id} | {a.worker_id} | {a.allocated_on}", judge(in_time)


def complex_case(case: Case) -> bool:
    both = {"medication", "safeguarding"} <= set(case.needs)
    return case.acuity_band == "very_high" or (case.acuity_band in HIGH_ACUITY and both)


@truth("ALC03")
def high_acuity_held_single_handed(f: Facts) -> Iterator[Verdict]:
    """A blank oversight names nobody, which is a breach; a named one of unknown layer shows nothing."""
    for case in f.open:
        if complex_case(case):
            rows = f.allocations.get(case.case_id, ())
            named = [*(a.worker_id for a in rows), *(a.oversight_worker_id for a in rows if a.oversight_worker_id)]
            says = [f.is_clinical(worker_id) for worker_id in named]
            yield case.case_id, judge(True if True in says else None if None in says or not named else False)
