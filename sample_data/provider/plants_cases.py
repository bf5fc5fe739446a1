"""Plants for closures, contacts, risk checks, bands and allocations."""

from __future__ import annotations

from datetime import timedelta

from .model import AS_AT, Band, Case
from .oversight import Flag
from .people import days
from .planting import Planter
from .plants_core import start_with
from .standard import HIGH_ACUITY


def plant_cases(p: Planter) -> None:
    _closures(p)
    _contacts(p)
    _risk_checks(p)
    _band_changes(p)
    _ratings(p)
    _signals(p)
    _allocations(p)
    _continuity(p)


def _closures(p: Planter) -> None:
    """Cases closed in the lookback, by what came before."""
    closed = [
        c for c in p.provider.cases
        if c.closed_on and AS_AT - days(80) < c.closed_on <= AS_AT - days(5) and (c.closed_on - c.opened_on).days > 90
    ]  # fmt: skip
    plants: tuple[tuple[str, list[tuple[int, str]], str | None, str], ...] = (
        ("closed for not attending", [(30, "attended")], "did_not_attend", "breach"),
        ("closed 20 days after a missed contact", [(20, "did_not_attend")], "Discharged to GP", "breach"),
        ("closed 28 days after a missed contact", [(28, "did_not_attend")], "Discharged to GP", "breach"),
        ("closed 29 days after a missed contact", [(29, "did_not_attend")], "Discharged to GP", "met"),
        ("attended after the missed contact", [(20, "did_not_attend"), (9, "attended")], "Discharged to GP", "met"),
        ("no reason for closing", [(10, "attended")], None, "not_evidenced"),
    )
    for case, (what, held, reason, outcome) in zip(closed, plants, strict=False):
        end = case.closed_on or AS_AT
        p.clear_contacts(case, end - days(45))
        p.contact(case, end - days(44))
        for back, came in held:
            p.contact(case, end - days(back), came)
        case.close_reason = reason
        p.log("REV04", case.case_id, what, outcome)


def _contacts(p: Planter) -> None:
    for back, outcome in ((7, "met"), (8, "breach")):
        case = p.case("very_high", oldest=40)
        p.clear_contacts(case, AS_AT - days(30))
        p.contact(case, AS_AT - days(back))
        p.log("ACU04", case.case_id, f"very high, last seen {back} days ago, 7 allowed", outcome)
        p.log("ACU09", case.case_id, f"very high, risk last checked {back} days ago, 7 allowed", outcome)
    case = p.case("moderate", oldest=90)
    p.clear_contacts(case, AS_AT - days(50))
    p.contact(case, AS_AT - days(36))
    p.contact(case, AS_AT - days(6), "did_not_attend")
    p.log("ACU04", case.case_id, "moderate, the only contact in time was missed", "breach")
    for age, outcome in ((28, "breach"), (27, "outside")):
        case = p.case("moderate")
        case.opened_on = AS_AT - days(age)
        p.reviews(case)
        start_with(p, case)
        p.clear_contacts(case, case.opened_on - days(1))
        p.log("ACU04", case.case_id, f"moderate, never seen, opened {age} days ago, 28 allowed", outcome)


def _risk_checks(p: Planter) -> None:
    for said, outcome in ((None, "not_evidenced"), (False, "breach")):
        case = p.case("high", oldest=40)
        p.clear_contacts(case, AS_AT - days(20))
        p.contact(case, AS_AT - days(4), risk_check=said)
        what = "does not say" if said is None else "says no"
        p.log("ACU09", case.case_id, f"seen in time, the record {what} whether risk was checked", outcome)


def _band_changes(p: Planter) -> None:
    support = p.roster.teams[p.provider.teams[0]].support[0].worker_id
    for wait, by, outcome in ((3, None, "met"), (4, None, "breach"), (1, support, "breach")):
        case = p.case("moderate", oldest=100)
        on = AS_AT - days(30 + wait)
        p.provider.bands = [b for b in p.provider.bands if b.case_id != case.case_id]
        signer = by or p.clinician(case.team)
        band = Band(case.case_id, "moderate", on, case.worker_id, signer, on + days(wait), "Step down")
        p.provider.bands.append(band)
        what = "confirmed by a support worker" if by else f"confirmed {wait} days later, 3 allowed"
        p.log("ACU03", f"{case.case_id} | {on}", what, outcome)


def _ratings(p: Planter) -> None:
    """A worker who calls nobody high acuity, and a team that sees its very high cases less than its high ones."""
    big = [
        w for w in p.roster.teams[p.provider.teams[1]].support
        if w.worker_id not in p.used_workers and len(p.roster.open_cases.get(w.worker_id, ())) >= 18
    ]  # fmt: skip
    worker = min(big, key=lambda w: sum(c.case_id in p.used_cases for c in p.roster.open_cases[w.worker_id]))
    p.used_workers.add(worker.worker_id)
    colleague = p.clinician(worker.team)
    for case in list(p.roster.open_cases[worker.worker_id]):
        if case.acuity_band in HIGH_ACUITY and case.case_id in p.used_cases:
            p.give(case, colleague)
        elif case.acuity_band in HIGH_ACUITY:
            p.rate(case, "moderate")
            p.used_cases.add(case.case_id)
    p.log("ACU06", worker.worker_id, "calls none of many cases high acuity", "breach")
    team = p.provider.teams[2]
    for case in p.provider.open_cases():
        if case.team == team and case.acuity_band == "very_high" and case.case_id not in p.used_cases:
            recent = [c for c in p.provider.contacts if c.case_id == case.case_id and c.contact_on >= AS_AT - days(28)]
            keep = max((c for c in recent if c.outcome == "attended"), key=lambda c: c.contact_on, default=None)
            gone = {id(c) for c in recent if c is not keep}
            p.provider.contacts = [c for c in p.provider.contacts if id(c) not in gone]
    p.log("ACU05", team, "very high cases seen once in 28 days, high ones twice", "breach")


def unflagged(p: Planter, *bands: str, oldest: int = 60) -> Case:
    """A case with neither flag nor escalation."""
    flagged = {x.case_id for x in p.provider.risk_flags} | {e.case_id for e in p.provider.escalations}
    return p.case(*bands, oldest=oldest, having=lambda c: c.case_id not in flagged)


def flag(p: Planter, case: Case, back: int, signal: str = "ed_attendance", by: str | None = None) -> Flag:
    """A flag raised so many days ago, no contact on the day itself."""
    raised = AS_AT - days(back)
    p.provider.contacts = [c for c in p.provider.contacts if c.case_id != case.case_id or c.contact_on != raised]
    made = Flag(case.case_id, signal, raised, by or case.worker_id)
    p.provider.risk_flags.append(made)
    return made


def _signals(p: Planter) -> None:
    answers = ("review", "band", "confirmed", "nothing", "outside")
    for answer in answers:
        case = unflagged(p, "moderate", oldest=120)
        p.provider.bands = [b for b in p.provider.bands if b.case_id != case.case_id]
        set_on = AS_AT - days(12) if answer == "band" else AS_AT - days(100)
        confirmed = AS_AT - days(10) if answer == "confirmed" else set_on + timedelta(1)
        by = p.clinician(case.team)
        p.provider.bands.append(Band(case.case_id, "moderate", set_on, case.worker_id, by, confirmed, "Continue plan"))
        held = AS_AT - days(13 if answer == "review" else 60)
        p.reviews(case, (held, held + days(180)))
        flag(p, case, 33 if answer == "outside" else 20, "housing_loss")
        flag(p, case, 15, "medication_disruption")
        outcome = {"nothing": "breach", "outside": "outside"}.get(answer, "met")
        what = "33 and 15 days ago" if answer == "outside" else f"20 and 15 days ago; since then: {answer}"
        p.log("ACU07", case.case_id, f"flags {what}", outcome)


def _allocations(p: Planter) -> None:
    for late, outcome in ((0, "met"), (1, "breach")):
        case = p.case("low", oldest=100)
        given = p.current_allocations(case)[0]
        given.allocated_on = AS_AT - days(50)
        given.competency_confirmed_by = p.clinician(case.team)
        given.competency_confirmed_on = given.allocated_on + days(late)
        subject = f"{case.case_id} | {given.worker_id} | {given.allocated_on}"
        p.log("ALC02", subject, f"competency confirmed {late} days after allocation", outcome)
    case = p.case("very_high", layer="support")
    support = next(w for w in p.roster.teams[case.team or ""].support if w.worker_id != case.worker_id)
    for given in p.current_allocations(case):
        given.oversight_worker_id = support.worker_id
    p.log("ALC03", case.case_id, "held by support, overseen by support", "breach")
    case = p.case("very_high", layer="support")
    for given in p.current_allocations(case):
        given.oversight_worker_id = None
    p.log("ALC03", case.case_id, "held by support, nobody named to oversee", "breach")
    case = p.case("very_high")
    for given in p.current_allocations(case):
        p.provider.allocations.remove(given)
    p.log("ALC03", case.case_id, "no allocation on record", "not_evidenced")


def _continuity(p: Planter) -> None:
    def mine(case: Case) -> int:
        return sum(
            c.case_id == case.case_id and c.outcome == "attended" and c.contact_on > AS_AT - days(90)
            for c in p.provider.contacts
        )

    case = p.case("high", oldest=120, having=lambda c: mine(c) >= 5)
    recent = [
        c for c in p.provider.contacts
        if c.case_id == case.case_id and c.outcome == "attended" and c.contact_on >= AS_AT - days(91)
    ]  # fmt: skip
    other = p.clinician(case.team)
    for place, contact in enumerate(recent):
        contact.worker_id = (case.worker_id, case.worker_id, None, None, other)[place % 5]
    p.log("CON02", case.case_id, "two contacts in five name nobody", "not_evidenced")
