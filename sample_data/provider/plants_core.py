"""Plants for reviews, acuity, caseload, supervision and competency, and for the exports as such."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .model import AS_AT, Case, Review, Worker
from .oversight import Incident
from .people import days
from .planting import Planter
from .standard import HIGH_ACUITY, NEED_COMPETENCY, POINTS, REVIEW_DAYS


def plant_core(p: Planter) -> None:
    _people_gone(p)
    _bands(p)
    _review_dates(p)
    _next_reviews(p)
    _caseloads(p)
    _supervision(p)
    _competencies(p)


def _people_gone(p: Planter) -> None:
    """Cases with nobody, with somebody unknown, with somebody who has left."""
    for _ in range(3):
        case = p.case("moderate", "low", team=1)
        p.give(case, None)
        p.log("CAP05", case.case_id, "no named worker", "not_evidenced")
    for unknown, team in (("W9901", 0), ("W9902", 3)):
        case = p.case("moderate", team=team)
        p.give(case, unknown)
        current = p.current_allocations(case)[0]
        p.log("CMP01", f"{case.case_id} | {unknown}", "worker not in the staff list", "not_evidenced")
        p.log("CAP01", unknown, "worker not in the staff list, so no WTE", "not_evidenced")
        p.log("DQ02", f"cases | {case.case_id}", "worker_id not in the staff list", "breach")
        subject = f"allocations | {case.case_id} | {unknown} | {current.allocated_on}"
        p.log("DQ02", subject, "worker_id not in the staff list", "breach")
    for team, left, what in ((1, AS_AT - days(20), "worker left 20 days ago"), (2, AS_AT, "worker left on the day")):
        leaver = p.roster.teams[p.provider.teams[team]].leavers[0]
        leaver.left_on = left
        p.used_workers.add(leaver.worker_id)
        for _ in range(2):
            case = p.case("moderate", "low", team=team)
            p.give(case, leaver.worker_id)
            p.log("CAP05", case.case_id, what, "breach")
            p.log("CAP06", case.case_id, what, "breach")
    case = p.case("low", team=0)
    leaver = p.roster.teams[p.provider.teams[0]].leavers[0]
    leaver.left_on = AS_AT + days(1)
    p.give(case, leaver.worker_id)
    p.used_workers.add(leaver.worker_id)
    p.last_session(leaver, AS_AT - days(20))
    p.log("CAP06", case.case_id, "worker leaves the day after", "met")


def _bands(p: Planter) -> None:
    for _ in range(5):
        case = p.case("moderate", "high")
        p.rate(case, None)
        p.log("ACU02", case.case_id, "no band", "not_evidenced")
        p.log("REV01", case.case_id, "no band", "not_evidenced")
    case = p.case("moderate")
    case.acuity_band = "purple"
    p.log("ACU02", case.case_id, "a band the scale does not know", "breach")
    p.log("REV01", case.case_id, "a band the scale does not know", "not_evidenced")
    p.log("DQ04", f"cases | {case.case_id} | acuity_band", "unknown band", "breach")
    # One worker has rated nobody: a share of 0 of 0 is no evidence that the rating is sound.
    counts = {w: len(c) for w, c in p.roster.open_cases.items()}
    worker = p.worker(3, lambda w: w.layer == "support" and 8 <= counts.get(w.worker_id, 0) <= 16)
    for case in p.roster.open_cases[worker.worker_id]:
        p.rate(case, None)
        p.used_cases.add(case.case_id)
    p.log("ACU06", worker.worker_id, "holds cases and rated none of them", "not_evidenced")


def _review_dates(p: Planter) -> None:
    def plant(case: Case, what: str, outcome: str) -> None:
        p.log("REV01", case.case_id, what, outcome)

    for band in ("very_high", "high", "moderate", "low"):
        limit = REVIEW_DAYS[band]
        case = p.case(band, oldest=limit + 10)
        p.reviews(case, (AS_AT - days(limit), None))
        plant(case, f"{band}: due on the day itself", "met")
        case = p.case(band, oldest=limit + 10)
        p.reviews(case, (AS_AT - days(limit + 1), None))
        plant(case, f"{band}: one day past", "breach")
    case = p.case("low", oldest=120)
    p.reviews(case, (AS_AT - days(100), AS_AT))
    plant(case, "states an earlier next review, due on the day itself", "met")
    case = p.case("low", oldest=120)
    p.reviews(case, (AS_AT - days(100), AS_AT - days(1)))
    plant(case, "states an earlier next review, one day past", "breach")
    for band, limit in (("moderate", 56), ("low", 56), ("very_high", 28)):
        for extra, outcome in ((0, "met"), (1, "breach")):
            case = p.case(band)
            p.reviews(case)
            case.opened_on = AS_AT - days(limit + extra)
            start_with(p, case)
            plant(case, f"{band}: never reviewed, opened {limit + extra} days ago", outcome)
    for until, outcome in ((AS_AT, "breach"), (AS_AT + days(1), "outside")):
        case = p.case("high", oldest=200)
        p.reviews(case, (AS_AT - days(120), None))
        case.on_hold_from, case.on_hold_until = AS_AT - days(60), until
        plant(case, f"overdue, on hold until {until}", outcome)
    case = p.case("moderate", oldest=250)
    p.reviews(case, (AS_AT - days(200), None))
    typo = Review(case.case_id, date(2027, 10, 20), "Routine", case.worker_id, "Continue plan")
    p.provider.reviews.append(typo)
    plant(case, "the only review in time is dated next year", "breach")
    p.log("DQ03", f"reviews | {case.case_id} | {typo.reviewed_on}", "review dated after the as-at date", "breach")
    case = p.case("low")
    case.opened_on = AS_AT
    p.reviews(case)
    start_with(p, case)
    plant(case, "opened on the as-at date", "met")
    case = p.case("high", oldest=200)
    p.reviews(case, (AS_AT - days(120), None))
    case.closed_on, case.close_reason = AS_AT, "Treatment complete"
    p.roster.open_cases[case.worker_id or ""].remove(case)
    for a in p.current_allocations(case):
        a.ended_on = AS_AT
    plant(case, "overdue, closed on the as-at date", "outside")


def start_with(p: Planter, case: Case) -> None:
    """Move what belongs to the case's start to its new day of opening."""
    p.provider.contacts = [
        c for c in p.provider.contacts if c.case_id != case.case_id or c.contact_on >= case.opened_on
    ]
    for a in p.current_allocations(case):
        a.allocated_on = case.opened_on
        a.competency_confirmed_on = case.opened_on if a.competency_confirmed_by else None
    p.provider.allocations = [a for a in p.provider.allocations if a.case_id != case.case_id or a.ended_on is None]
    mine = [b for b in p.provider.bands if b.case_id == case.case_id]
    p.provider.bands = [b for b in p.provider.bands if b.case_id != case.case_id]
    for band in mine[-1:]:
        band.set_on = case.opened_on
        band.confirmed_on = min(case.opened_on + days(1), AS_AT) if band.confirmed_by else None
        p.provider.bands.append(band)


def _next_reviews(p: Planter) -> None:
    for ahead, outcome in ((84, "met"), (85, "breach"), (0, "breach")):
        case = p.case("high", oldest=120)
        held = AS_AT - days(100 if ahead == 0 else 30)
        p.reviews(case, (held, held + days(ahead)))
        p.log("REV02", case.case_id, f"next review {ahead} days after the last, 84 allowed", outcome)
    case = p.case("moderate", oldest=60)
    p.reviews(case, (AS_AT - days(40), None))
    p.log("REV02", case.case_id, "no next review date", "not_evidenced")
    # The date stands in the review's record only; the caseload report leaves it blank.
    case = p.case("moderate", oldest=60)
    p.reviews(case, (AS_AT - days(40), AS_AT + days(100)))
    case.next_review_on = None
    p.log("REV02", case.case_id, "next review in the reviews export only", "met")


def _caseloads(p: Planter) -> None:
    nurse = p.worker(0, lambda w: w.layer == "clinical" and w.wte == 1.0)
    planted = set(p.used_cases)
    while len(p.roster.open_cases[nurse.worker_id]) < 15:
        p.give(p.case("moderate", "high", team=0, layer="support"), nurse.worker_id)
    _make_high(p, nurse, [c for c in p.roster.open_cases[nurse.worker_id] if c.case_id not in planted], 13)
    p.log("ACU01", nurse.worker_id, "13 high-acuity cases at 1.0 WTE, a third of the team's", "breach")
    coordinators = [
        w for w in p.roster.teams[p.provider.teams[1]].support
        if w.wte == 1.0 and w.worker_id not in p.used_workers
    ]  # fmt: skip
    on_limit, past = coordinators[0], coordinators[1]
    p.used_workers |= {on_limit.worker_id, past.worker_id}
    for worker, target in ((on_limit, 60), (past, 61)):
        free = [c for c in p.roster.open_cases[worker.worker_id] if c.case_id not in p.used_cases]
        _make_high(p, worker, free, 12)
        _make_points(p, worker, free, target)
        p.log("CAP01", worker.worker_id, f"{target} points at 1.0 WTE, 60 allowed", "met" if target == 60 else "breach")
        p.log("ACU01", worker.worker_id, "12 high-acuity cases at 1.0 WTE, 12 allowed", "met")
    blank = p.worker(2, lambda w: w.layer == "support" and w.wte == 0.6)
    blank.wte = None
    for check in ("CAP01", "ACU01"):
        p.log(check, blank.worker_id, "WTE blank", "not_evidenced")


def _make_high(p: Planter, worker: Worker, free: list[Case], wanted: int) -> None:
    """Give the worker exactly so many high-acuity cases, changing only cases not planted."""
    held = p.roster.open_cases[worker.worker_id]
    for case in free:
        have = sum(c.acuity_band in HIGH_ACUITY for c in held)
        if have < wanted and case.acuity_band not in HIGH_ACUITY:
            p.rate(case, "high")
        elif have > wanted and case.acuity_band in HIGH_ACUITY:
            p.rate(case, "moderate")


def _make_points(p: Planter, worker: Worker, free: list[Case], target: int) -> None:
    held = p.roster.open_cases[worker.worker_id]
    steps = (("high", "very_high"), ("low", "moderate"), ("very_high", "high"), ("moderate", "low"))
    for _ in range(200):
        gap = target - sum(POINTS.get(c.acuity_band or "", 0) for c in held)
        if gap == 0:
            return
        for lower, upper in steps:
            gain = POINTS[upper] - POINTS[lower]
            case = next((c for c in free if c.acuity_band == lower), None)
            if case and (0 < gain <= gap or gap <= gain < 0):
                p.rate(case, upper)
                break
        else:
            raise LookupError(f"cannot bring {worker.worker_id} to {target} points; take another --seed")


def _supervision(p: Planter) -> None:
    few, many = (lambda w: w.layer == "support" and p.roster.high_acuity(w.worker_id) < 5), 5
    for back, outcome in ((42, "met"), (43, "breach"), (62, "breach")):
        worker = p.worker(0 if back < 60 else 2, few)
        p.last_session(worker, AS_AT - days(back))
        p.log("SUP01", worker.worker_id, f"last session {back} days ago, 42 allowed", outcome)
    for back, outcome in ((28, "met"), (29, "breach")):
        worker = p.worker(1, lambda w: w.layer != "peer" and p.roster.high_acuity(w.worker_id) >= many)
        p.last_session(worker, AS_AT - days(back))
        p.log("SUP01", worker.worker_id, f"last session {back} days ago, 28 allowed (high acuity)", outcome)
    for team, back, outcome in ((1, 31, "met"), (3, 32, "breach")):
        worker = p.worker(team, lambda w: w.layer == "peer")
        p.last_session(worker, AS_AT - days(back))
        p.log("SUP01", worker.worker_id, f"peer, last session {back} days ago, 31 allowed", outcome)
    worker = p.worker(3, few)
    session = p.last_session(worker, AS_AT - days(50))
    if session:
        later = replace(session, held_on=AS_AT - days(8), status="cancelled", cases_reviewed=None)
        p.provider.supervision.append(later)
    p.log("SUP01", worker.worker_id, "the only session in time was cancelled", "breach")
    worker = p.worker(4, few)
    p.last_session(worker, None)
    worker.started_on = None
    p.log("SUP01", worker.worker_id, "no session and no start date", "not_evidenced")
    worker = p.worker(4, lambda w: w.layer == "support")
    p.last_session(worker, None)
    worker.started_on = AS_AT - days(28)
    p.log("SUP01", worker.worker_id, "no session yet, started 28 days ago", "met")


def _competencies(p: Planter) -> None:
    """Sign-offs at and past the edge of their validity, of a competency the case asks for beside safeguarding."""
    plants = (
        ("signed off 365 days ago, no expiry given", 365, None, "met"),
        ("signed off 366 days ago, no expiry given", 366, None, "breach"),
        ("expires on the day itself", 200, 0, "met"),
        ("expired the day before", 200, -1, "breach"),
        ("expires in 42 days", 300, 42, "met"),
        ("expires in 43 days", 300, 43, "met"),
    )
    for what, back, ahead, outcome in plants:
        case, worker = _dual_diagnosis(p)
        expires = None if ahead is None else AS_AT + days(ahead)
        p.sign_off(worker, "dual_diagnosis", AS_AT - days(back), expires)
        p.log("CMP01", f"{case.case_id} | {worker}", what, outcome)
        if outcome == "met":
            soon = "met" if ahead == 43 else "breach"
            p.log("CMP02", f"{worker} | dual_diagnosis", what, soon)
    case, worker = _dual_diagnosis(p)
    p.sign_off(worker, "dual_diagnosis", AS_AT - days(90)).method = "training_only"
    p.log("CMP01", f"{case.case_id} | {worker}", "dual diagnosis by training alone", "breach")
    p.log("CMP03", f"{worker} | dual_diagnosis", "by training alone", "breach")
    case, worker = _dual_diagnosis(p)
    p.sign_off(worker, "dual_diagnosis", AS_AT - days(150))
    on = AS_AT - days(70)
    p.provider.incidents.append(_incident(case, worker, on))
    p.log("CMP01", f"{case.case_id} | {worker}", "an incident named the competency after the sign-off", "breach")


def _dual_diagnosis(p: Planter) -> tuple[Case, str]:
    """A case that asks for dual diagnosis, and its worker with safeguarding freshly signed off."""
    case = p.case(
        "moderate",
        "low",
        having=lambda c: set(c.needs) - {"housing"} == {"substance_misuse"} and c.team != p.provider.teams[4],
    )
    worker = case.worker_id or ""
    p.used_workers.add(worker)
    p.sign_off(worker, "safeguarding", AS_AT - days(100))
    return case, worker


def _incident(case: Case, worker: str, on: date) -> Incident:
    return Incident(
        case.case_id, worker, case.team or "", on, "Missed visit", "low_harm", None, "dual_diagnosis", on + days(9)
    )


def settle_unrated(p: Planter) -> None:
    """An unrated case shall be not evidenced for its band alone: no stated date gone by, no other fault."""
    for case in p.provider.open_cases():
        if case.acuity_band in POINTS:
            continue
        mine = [r for r in p.provider.reviews if r.case_id == case.case_id]
        if case.next_review_on and case.next_review_on < AS_AT:
            case.next_review_on = None
        for review in mine:
            if (
                review.next_review_on
                and review.next_review_on < AS_AT
                and review.reviewed_on == max(r.reviewed_on for r in mine)
            ):
                review.next_review_on = None
        case.needs = tuple(need for need in case.needs if need not in NEED_COMPETENCY)
