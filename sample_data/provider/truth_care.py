"""Truth of the checks on reviews, acuity and caseload, from the words of the standard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from .facts import Facts, Verdict, in_lookback, in_time, judge, recorded, truth
from .model import AS_AT, Case
from .standard import BANDS, FIRST_REVIEW, REVIEW_DAYS


def on_hold(case: Case) -> bool:
    if not case.on_hold_from or case.on_hold_from > AS_AT:
        return False
    return not (case.on_hold_until and case.on_hold_until <= AS_AT)


@truth("REV01")
def review_overdue(f: Facts) -> Iterator[Verdict]:
    for case in f.open:
        if on_hold(case):
            continue
        band = f.band(case)
        if band is None:
            yield case.case_id, "not_evidenced"
            continue
        held = f.reviews.get(case.case_id)
        if held:
            due = held[-1].reviewed_on + timedelta(REVIEW_DAYS[band])
            stated = [held[-1].next_review_on, case.next_review_on]
        else:
            due = case.opened_on + timedelta(min(REVIEW_DAYS[band], FIRST_REVIEW))
            stated = [case.next_review_on]
        due = min([due, *(d for d in stated if d)])
        yield case.case_id, judge(due >= AS_AT)


def next_review(f: Facts, case: Case) -> date | None:
    return f.reviews[case.case_id][-1].next_review_on or case.next_review_on


@truth("REV02")
def next_review_not_scheduled(f: Facts) -> Iterator[Verdict]:
    for case in f.open:
        if not f.reviews.get(case.case_id):
            continue
        last, following, band = f.reviews[case.case_id][-1].reviewed_on, next_review(f, case), f.band(case)
        later = None if following is None else following > last
        near = None if following is None or band is None else (following - last).days <= REVIEW_DAYS[band]
        yield case.case_id, judge(later, near)


@truth("REV03")
def next_review_not_signed_off(f: Facts) -> Iterator[Verdict]:
    for case in f.open:
        if f.reviews.get(case.case_id):
            signer = f.reviews[case.case_id][-1].signed_off_by or case.next_review_signed_by
            yield case.case_id, judge(f.is_clinical(signer))


@truth("ACU01")
def acuity_concentration(f: Facts) -> Iterator[Verdict]:
    high: dict[str, int] = defaultdict(int)
    wte: dict[str, float] = defaultdict(float)
    for worker_id, cases in f.held.items():
        worker = f.staff.get(worker_id)
        if worker:
            high[worker.team] += f.high(cases)
            wte[worker.team] += worker.wte or 0
    for worker_id, cases in sorted(f.held.items()):
        worker = f.staff.get(worker_id)
        if worker is None or worker.wte is None:
            yield worker_id, "not_evidenced"
            continue
        mine = f.high(cases)
        spread = mine < 5 or (mine / high[worker.team]) / (worker.wte / wte[worker.team]) <= 2.0
        yield worker_id, judge(mine / worker.wte <= 12, spread)


@truth("ACU02")
def band_missing(f: Facts) -> Iterator[Verdict]:
    for case in f.open:
        yield case.case_id, judge(None if case.acuity_band is None else case.acuity_band in BANDS)


@truth("CAP01")
def caseload_over_threshold(f: Facts) -> Iterator[Verdict]:
    for worker_id, cases in sorted(f.held.items()):
        worker = f.staff.get(worker_id)
        wte = worker.wte if worker else None
        yield worker_id, judge(None if wte is None else f.points(cases) / wte <= 60)


@truth("ALC01")
def allocation_record_incomplete(f: Facts) -> Iterator[Verdict]:
    for rows in f.allocations.values():
        for a in rows:
            fields = (a.assessed_acuity, a.role_type, a.supervision_requirement, a.escalation_route)
            yield f"{a.case_id} | {a.worker_id} | {a.allocated_on}", judge(*map(recorded, fields))


@truth("ACU03")
def band_change_unconfirmed(f: Facts) -> Iterator[Verdict]:
    for b in f.p.bands:
        if in_lookback(b.set_on):
            by = f.is_clinical(b.confirmed_by)
            yield f"{b.case_id} | {b.set_on}", judge(by, in_time(b.set_on, b.confirmed_on, 3))
