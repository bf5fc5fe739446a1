"""Plants for flags, huddles, escalations, missed visits, discharges and physical health."""

from __future__ import annotations

from .model import AS_AT, Case
from .oversight import Escalation, PhysicalCheck
from .people import days
from .planting import Planter, first
from .plants_cases import flag, unflagged


def plant_risk(p: Planter) -> None:
    _flags(p)
    _huddles(p)
    _missed_visits(p)
    _escalations(p)
    _discharges(p)
    _physical(p)


def _flags(p: Planter) -> None:
    for wait, outcome in ((3, "met"), (4, "breach")):
        case = unflagged(p, "low", "moderate")
        made = flag(p, case, 20)
        p.clear_contacts(case, made.raised_on - days(1))
        p.contact(case, made.raised_on + days(wait))
        p.log("ESC01", "risk_flags", f"seen {wait} days after an ED attendance, 3 allowed", outcome, made)
    case = unflagged(p, "low", "moderate")
    made = flag(p, case, 3)
    p.clear_contacts(case, made.raised_on - days(1))
    p.log("ESC01", "risk_flags", "time runs out on the day itself", "outside", made)
    made = flag(p, unflagged(p, "moderate"), 30, "benefits_loss")
    p.log("ESC01", "risk_flags", "a signal the policy does not know", "not_evidenced", made)
    p.log("DQ04", "risk_flags.signal", "unknown signal", "breach", made)


def _huddles(p: Planter) -> None:
    """A flag so many days before a huddle with supervisor and clinician."""

    def plant(case: Case, wait: int, by: str | None = None) -> tuple[object, str]:
        huddle = first(
            p.provider.huddles,
            lambda h: h.team == case.team and bool(h.clinician_id) and AS_AT - days(60) < h.held_on < AS_AT - days(20),
        )
        made = flag(p, case, (AS_AT - huddle.held_on).days + wait, by=by)
        made.huddle_on, made.decision = huddle.held_on, "Joint visit"
        made.decided_by = (huddle.supervisor_id or "", huddle.clinician_id or "")
        return made, str(huddle.held_on)

    for wait, outcome in ((4, "met"), (5, "breach")):
        made, _ = plant(unflagged(p, "moderate"), wait)
        p.log("ESC02", "risk_flags", f"huddle {wait} days after the flag, 4 allowed", outcome, made)
    made, _ = plant(unflagged(p, "moderate"), 2)
    made.decision = None  # type: ignore[attr-defined]
    p.log("ESC02", "risk_flags", "huddle in time, no decision recorded", "not_evidenced", made)
    for wait, blank, outcome in ((2, False, "met"), (3, False, "breach"), (1, True, "not_evidenced")):
        case = unflagged(p, "moderate")
        peer = p.roster.teams[case.team or ""].peers[0].worker_id
        made, _ = plant(case, wait, peer)
        if blank:
            made.decision = None  # type: ignore[attr-defined]
        what = "no decision recorded" if blank else "with a decision"
        p.log("PEER04", "risk_flags", f"raised by a peer, huddle {wait} days later {what}", outcome, made)
    huddle = first(p.provider.huddles, lambda h: h.held_on > AS_AT - days(25) and h.team == p.provider.teams[2])
    huddle.clinician_id = None
    for task, name in ((0, "owner_id"), (1, "due_on")):
        mine = [
            t
            for t in p.provider.tasks
            if t.source == "huddle" and t.completed_on and t.due_on and t.due_on < AS_AT - days(9)
        ]
        setattr(mine[-5 - task], name, None)
        what = "no owner" if name == "owner_id" else "no deadline"
        p.log("ESC04", "tasks", f"huddle task with {what}", "not_evidenced", mine[-5 - task])


def _missed_visits(p: Planter) -> None:
    plants = (("flag", 2, "met"), ("escalation", 2, "met"), ("escalation", 3, "breach"), ("", 0, "breach"))
    for act, wait, outcome in plants:
        case = unflagged(p, "low", oldest=150)
        p.clear_contacts(case, AS_AT - days(60))
        p.contact(case, AS_AT - days(52))
        last = AS_AT - days(22)
        p.contact(case, last - days(4), "did_not_attend")
        p.contact(case, last, "did_not_attend")
        if act == "flag":
            flag(p, case, 22 - wait, "missed_visits")
        elif act:
            p.provider.escalations.append(_escalation(p, case, 22 - wait))
        what = f"{act} {wait} days after" if act else "nothing after"
        p.log("ESC07", case.case_id, f"two visits missed, {what} the last, 2 allowed", outcome)


def _escalation(p: Planter, case: Case, back: int, answer: int = 0) -> Escalation:
    on = AS_AT - days(back)
    lead = p.roster.teams[case.team or ""].managers[0].worker_id
    answered, follow_up = on + days(answer), on + days(2)
    return Escalation(
        case.case_id, on, case.worker_id, "Risk to self", "Duty clinician", answered, lead, "Extra visit", follow_up
    )


def _escalations(p: Planter) -> None:
    for answer, outcome in ((1, "met"), (2, "breach")):
        made = _escalation(p, unflagged(p, "moderate"), 40, answer)
        p.provider.escalations.append(made)
        p.log("ESC06", "escalations", f"answered after {answer} days, 1 allowed", outcome, made)
    for wait, outcome in ((3, "met"), (4, "breach")):
        case = unflagged(p, "low", oldest=120)
        p.clear_contacts(case, AS_AT - days(50))
        made = _escalation(p, case, 40)
        p.contact(case, made.raised_on + days(wait))
        p.provider.escalations.append(made)
        p.log("CON05", "escalations", f"seen {wait} days after the escalation, 3 allowed", outcome, made)
    made = _escalation(p, p.case("moderate"), 33)
    made.case_id = None
    p.provider.escalations.append(made)
    p.log("CON05", "escalations", "names no case", "not_evidenced", made)
    made = _escalation(p, unflagged(p, "moderate"), 45)
    made.authorised_by = None
    p.provider.escalations.append(made)
    p.log("ESC05", "escalations", "nobody named as authorising", "not_evidenced", made)


def _discharges(p: Planter) -> None:
    for seen, outcome in ((3, "met"), (4, "breach"), (0, "breach")):
        case = p.case("moderate", "low", oldest=120)
        left = AS_AT - days(31)
        p.clear_contacts(case, left - days(1))
        case.discharged_from_inpatient_on = left
        p.contact(case, left + days(seen))
        p.log("ESC08", case.case_id, f"seen {seen} days after discharge from the ward", outcome)
    case = p.case("moderate", oldest=120)
    case.discharged_from_inpatient_on = AS_AT - days(3)
    p.clear_contacts(case, AS_AT - days(4))
    p.log("ESC08", case.case_id, "discharged three days ago, not seen yet", "outside")


def _physical(p: Planter) -> None:
    for back, outcome in ((365, "met"), (366, "breach")):
        case = p.case("moderate", "low")
        _replace(p, PhysicalCheck(case.case_id, "glucose", AS_AT - days(back), None, "normal", None))
        p.log("PHY01", f"{case.case_id} | glucose", f"done {back} days ago, 365 allowed", outcome)
    for wait, outcome in ((14, "met"), (15, "breach"), (None, "not_evidenced")):
        case = p.case("moderate", "low")
        done = AS_AT - days(60)
        follow_up = None if wait is None else done + days(wait)
        _replace(p, PhysicalCheck(case.case_id, "lipids", done, done + days(365), "abnormal", follow_up))
        what = "no follow-up recorded" if wait is None else f"followed up after {wait} days, 14 allowed"
        p.log("PHY02", f"{case.case_id} | lipids", f"abnormal, {what}", outcome)


def _replace(p: Planter, check: PhysicalCheck) -> None:
    rows = p.provider.physical_checks
    p.provider.physical_checks = [r for r in rows if (r.case_id, r.check_type) != (check.case_id, check.check_type)] + [
        check
    ]
