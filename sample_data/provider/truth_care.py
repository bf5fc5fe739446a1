"""Truth of the checks on reviews and acuity, from the words of the standard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from math import comb
from statistics import median

from .facts import Facts, Verdict, in_lookback, in_time, judge, recorded, truth, within
from .model import AS_AT, Case
from .standard import BANDS, CONTACT_DAYS, FIRST_REVIEW, HIGH_ACUITY, REVIEW_DAYS, RISK_CHECK_DAYS


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


@truth("ACU03")
def band_change_unconfirmed(f: Facts) -> Iterator[Verdict]:
    for b in f.p.bands:
        if in_lookback(b.set_on):
            by = f.is_clinical(b.confirmed_by)
            yield f"{b.case_id} | {b.set_on}", judge(by, in_time(b.set_on, b.confirmed_on, 3))


@truth("REV04")
def case_closed_after_missed_contact(f: Facts) -> Iterator[Verdict]:
    for case in f.p.cases:
        closed = case.closed_on
        if closed is None or not in_lookback(closed):
            continue
        seen = [c for c in f.contacts.get(case.case_id, ()) if c.contact_on <= closed]
        missed = [c.contact_on for c in seen if c.outcome == "did_not_attend" and (closed - c.contact_on).days <= 28]
        came = [c.contact_on for c in seen if c.outcome == "attended"]
        unmet = any(not any(day > miss for day in came) for miss in missed)
        reason = None if case.close_reason is None else case.close_reason != "did_not_attend"
        yield case.case_id, judge(reason, not unmet)


@truth("ACU04")
def contact_below_band_minimum(f: Facts) -> Iterator[Verdict]:
    for case in f.open:
        band = f.band(case)
        if band is None:
            yield case.case_id, "not_evidenced"
        elif (AS_AT - case.opened_on).days >= CONTACT_DAYS[band]:
            seen = any(within(c.contact_on, CONTACT_DAYS[band]) for c in f.attended(case.case_id))
            yield case.case_id, judge(seen)


@truth("ACU05")
def acuity_inversion(f: Facts) -> Iterator[Verdict]:
    """Every pair of bands with five open cases each is compared; a team with no such pair is not looked at."""
    for team in f.teams:
        by_band: dict[str, list[int]] = defaultdict(list)
        for case in f.open_in[team]:
            band = f.band(case)
            if band:
                by_band[band].append(sum(within(c.contact_on, 28) for c in f.attended(case.case_id)))
        middle = [median(by_band[band]) for band in BANDS if len(by_band[band]) >= 5]
        if len(middle) >= 2:
            pairs = [(middle[i], lower) for i in range(len(middle)) for lower in middle[i + 1 :]]
            yield team, judge(all(higher >= lower for higher, lower in pairs))


def tails(count: int, size: int, share: float) -> tuple[float, float]:
    """Binomial chances of at most and of at least so many."""
    chances = [comb(size, k) * share**k * (1 - share) ** (size - k) for k in range(size + 1)]
    return sum(chances[: count + 1]), sum(chances[count:])


@truth("ACU06")
def band_rating_drift(f: Facts) -> Iterator[Verdict]:
    """Unrated cases have no say; a worker who rated none of theirs shows nothing."""
    rated = [c for c in f.open if f.band(c)]
    share = f.high(rated) / len(rated)
    for worker_id, cases in sorted(f.held.items()):
        if len(cases) < 8:
            continue
        mine = [c for c in cases if f.band(c)]
        low, high = tails(f.high(mine), len(mine), share) if mine else (1.0, 1.0)
        yield worker_id, judge(None if not mine else min(low, high) >= 0.001)


@truth("ACU07")
def risk_signal_without_band_review(f: Facts) -> Iterator[Verdict]:
    flags: dict[str, list[date]] = defaultdict(list)
    for flag in f.p.risk_flags:
        if within(flag.raised_on, 28):
            flags[flag.case_id].append(flag.raised_on)
    looked_at: dict[str, list[date]] = defaultdict(list)
    for band in f.p.bands:
        looked_at[band.case_id] += [day for day in (band.set_on, band.confirmed_on) if day]
    for case in f.open:
        days = flags[case.case_id]
        if len(days) >= 2:
            since = [*looked_at[case.case_id], *(r.reviewed_on for r in f.reviews.get(case.case_id, ()))]
            yield case.case_id, judge(any(min(days) <= day <= AS_AT for day in since))


@truth("ACU08")
def step_down_criteria_missing(f: Facts) -> Iterator[Verdict]:
    for case in f.open:
        if case.acuity_band == BANDS[-1]:
            yield case.case_id, judge(recorded(case.step_down_criteria))


@truth("ACU09")
def risk_check_in_missed(f: Facts) -> Iterator[Verdict]:
    """A contact in time that does not say whether risk was checked leaves it open; no contact is a breach."""
    for case in f.open:
        if case.acuity_band in HIGH_ACUITY:
            near = [c for c in f.attended(case.case_id) if within(c.contact_on, RISK_CHECK_DAYS[case.acuity_band])]
            says = Counter(c.risk_check for c in near)
            yield case.case_id, judge(True if says[True] else None if says[None] else False)
