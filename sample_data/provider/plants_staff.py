"""Plants for supervision, peers, registration, tasks and what clinicians do."""

from __future__ import annotations

from collections import Counter

from .model import AS_AT, Allocation, Worker
from .oversight import Task
from .people import days
from .planting import Planter, first
from .standard import ROUTINE_PURPOSES, SIGNED_OFF_TASKS


def plant_staff(p: Planter) -> None:
    _pressure(p)
    _supervisors(p)
    _sessions_and_signers(p)
    _peers(p)
    _registrations(p)
    _tasks(p)
    _clinical_input(p)
    _routine_work(p)


def _pressure(p: Planter) -> None:
    """Three sessions with a pressure point each; what was done since the first."""
    since = AS_AT - days(90)

    def hush(w: Worker) -> None:
        """Let nothing that could pass for an answer stand since then."""
        for e in p.provider.escalations:
            if e.raised_by == w.worker_id and e.raised_on >= since:
                e.raised_by = w.supervisor_id
        for a in p.provider.allocations:
            if a.worker_id == w.worker_id and a.ended_on and a.ended_on >= since:
                a.ended_on = max(a.allocated_on, since - days(5))
        for x in p.provider.capacity_exceptions:
            if x.team == w.team and x.opened_on >= since:
                x.opened_on -= days(100)
                x.reviewed_on = x.reviewed_on and x.reviewed_on - days(100)
                x.closed_on = x.closed_on and x.closed_on - days(100)

    def press(team: int) -> Worker:
        worker = p.worker(team, lambda w: w.layer != "management")
        hush(worker)
        for back in (80, 50, 20):
            session = p.last_session(worker, AS_AT - days(back))
            if session:
                session.pressure_point = "Caseload mix"
        return worker

    worker = press(2)
    p.log("SUP06", worker.worker_id, "a pressure point in three sessions, nothing done", "breach")
    worker = press(3)
    moved = p.case("low", team=3, oldest=150)
    p.provider.allocations.append(
        Allocation(
            moved.case_id, worker.worker_id, AS_AT - days(140), AS_AT - days(12), "lead", "low", "monthly", "Duty"
        )
    )
    p.log("SUP06", worker.worker_id, "a pressure point in three sessions, a case given away since", "met")


def _supervisors(p: Planter) -> None:
    """One supervisor with thirteen to supervise, one with ten."""
    for team, wanted, outcome in ((0, 13, "breach"), (3, 10, "met")):
        manager = p.roster.teams[p.provider.teams[team]].managers[0]
        now = Counter(w.supervisor_id for w in p.provider.staff if p.provider.in_post(w))
        short = wanted - now[manager.worker_id]
        for w in p.roster.teams[p.provider.teams[team]].support:
            if short > 0 and w.supervisor_id != manager.worker_id:
                w.supervisor_id = manager.worker_id
                short -= 1
        p.log("SUP07", manager.worker_id, f"supervises {wanted}, 10 allowed", outcome)
    gone = p.roster.teams[p.provider.teams[1]].leavers[0].worker_id
    for supervisor, what, outcome in (
        (None, "no supervisor", "not_evidenced"),
        ("W9903", "a supervisor not in the staff list", "not_evidenced"),
        (gone, "a supervisor who has left", "breach"),
    ):
        worker = next(
            w for w in p.roster.teams[p.provider.teams[2]].support
            if w.worker_id in p.roster.open_cases and w.supervisor_id not in {None, "W9903", gone}
        )  # fmt: skip
        worker.supervisor_id = supervisor
        p.log("SUP08", worker.worker_id, what, outcome)
        if supervisor == "W9903":
            p.log("DQ02", f"staff | {worker.worker_id}", "supervisor_id not in the staff list", "breach")


def _sessions_and_signers(p: Planter) -> None:
    """A session that says no, and somebody who signed themselves off."""
    session = first(
        p.provider.supervision,
        lambda s: s.decisions_reviewed is True and AS_AT - days(70) < s.held_on < AS_AT - days(45),
    )
    session.decisions_reviewed = False
    p.log("SUP03", f"{session.worker_id} | {session.held_on}", "risk decisions not reviewed", "breach")
    recent = [s for s in p.provider.competencies if s.method and s.signed_off_by and s.signed_off_on > AS_AT - days(80)]
    recent[0].signed_off_by = recent[0].worker_id
    p.log("CMP04", f"{recent[0].worker_id} | {recent[0].competency}", "signed off by themselves", "breach")
    unsigned = next(s for s in recent[1:] if s.worker_id != recent[0].worker_id)
    unsigned.signed_off_by = None
    p.log("CMP04", f"{unsigned.worker_id} | {unsigned.competency}", "does not say who signed off", "not_evidenced")


def _peers(p: Planter) -> None:
    records = {r.worker_id: r for r in p.provider.peer_roles}
    peers = [w.worker_id for name in p.provider.teams[:5] for w in p.roster.teams[name].peers]
    records[peers[0]].escalation_triggers = None
    p.log("PEER01", peers[0], "no escalation triggers recorded", "not_evidenced")
    p.provider.peer_roles.remove(records[peers[2]])
    p.log("PEER01", peers[2], "no role record", "not_evidenced")
    for peer, back, outcome in ((peers[1], 14, "met"), (peers[3], 15, "breach"), (peers[4], None, "not_evidenced")):
        records[peer].last_briefing_on = None if back is None else AS_AT - days(back)
        what = "no briefing recorded" if back is None else f"briefed {back} days ago, 14 allowed"
        p.log("PEER03", peer, what, outcome)
    for team, bands, outcome in ((0, ("high",), "breach"), (3, (None,), "not_evidenced")):
        peer = p.roster.teams[p.provider.teams[team]].peers[0].worker_id
        case = p.case("high", team=team, layer="support") if bands[0] else p.case("low", team=team, layer="support")
        if bands[0] is None:
            p.rate(case, None)
        p.provider.allocations = [a for a in p.provider.allocations if a.case_id != case.case_id or a.ended_on]
        given = Allocation(case.case_id, peer, AS_AT - days(40), None, "lead", "high", "monthly", "Duty desk")
        given.competency_confirmed_on, given.competency_confirmed_by = given.allocated_on, p.clinician(case.team)
        case.opened_on = min(case.opened_on, given.allocated_on)
        p.provider.allocations.append(given)
        p.roster.open_cases[case.worker_id or ""].remove(case)
        p.roster.open_cases.setdefault(peer, []).append(case)
        case.worker_id = peer
        what = "sole worker of a high-acuity case" if bands[0] else "sole worker of a case nobody rated"
        p.log("PEER02", f"{peer} | {case.case_id} | blank", what, outcome)
    case = p.case("low", team=2)
    done = AS_AT - days(30)
    task = Task(case.case_id, "care_plan_review", "review", done - days(6), done + days(6), done, peers[3], peers[3])
    task.signed_off_by, task.signed_off_on = p.clinician(case.team), done + days(7)
    p.provider.tasks.append(task)
    p.log("PEER02", "tasks", "a care plan review done by a peer", "breach", task)
    p.log("DEL01", "tasks", "a care plan review done by a peer", "breach", task)
    p.log("DEL02", "tasks", "signed off on the seventh day", "met", task)


def _registrations(p: Planter) -> None:
    clinicians = [w for name in p.provider.teams[:5] for w in p.roster.teams[name].clinicians]
    for w, ahead, outcome in ((clinicians[1], 0, "met"), (clinicians[5], -1, "breach")):
        w.registration_expires_on = AS_AT + days(ahead)
        p.log("CMP05", w.worker_id, "registration expires today" if ahead == 0 else "expired yesterday", outcome)
    clinicians[9].registration_number = None
    p.log("CMP05", clinicians[9].worker_id, "no registration number", "not_evidenced")


def _tasks(p: Planter) -> None:
    task = first(
        p.provider.tasks,
        lambda t: (
            t.task_type == "medication_review" and t.completed_on is not None and t.completed_on > AS_AT - days(80)
        ),
    )
    task.completed_by = None
    p.log("DEL01", "tasks", "does not say who completed it", "not_evidenced", task)
    signed = [
        t for t in p.provider.tasks
        if t.task_type in SIGNED_OFF_TASKS and t.signed_off_on and t.completed_on
        and t.completed_on < AS_AT - days(20) and p.roster.layer(t.signed_off_by) == "clinical"
    ]  # fmt: skip
    late = signed[3]
    late.signed_off_on = (late.completed_on or AS_AT) + days(8)
    p.log("DEL02", "tasks", "signed off on the eighth day", "breach", late)
    signed[7].signed_off_by = signed[7].signed_off_on = None
    p.log("DEL02", "tasks", "not signed off", "not_evidenced", signed[7])


def _clinical_input(p: Planter) -> None:
    """A high-acuity case held by support, seen by support alone but for one contact."""
    busy = {t.case_id for t in p.provider.tasks if t.signed_off_on and t.signed_off_on >= AS_AT - days(30)}
    for back, named, outcome in ((28, True, "met"), (29, True, "breach"), (10, False, "not_evidenced")):
        case = p.case("high", layer="support", oldest=120, having=lambda c: c.case_id not in busy)
        p.reviews(case, (AS_AT - days(45), AS_AT + days(35)))
        p.clear_contacts(case, AS_AT - days(33))
        p.contact(case, AS_AT - days(5))
        p.contact(case, AS_AT - days(back), worker_id=p.clinician(case.team) if named else None)
        who = "a clinician" if named else "somebody not named"
        p.log("DEL03", case.case_id, f"seen by {who} {back} days ago, 28 allowed", outcome)


def _routine_work(p: Planter) -> None:
    """Clinicians by what their contacts of the last 28 days were for."""
    recent = [c for c in p.provider.contacts if c.outcome == "attended" and c.contact_on > AS_AT - days(28)]
    seen = Counter(c.worker_id for c in recent)
    pools = [
        [w for w in p.roster.teams[p.provider.teams[team]].clinicians if seen[w.worker_id] >= 12] for team in (1, 3)
    ]
    routine = sorted(ROUTINE_PURPOSES)
    for pool, mix, outcome in (
        (pools[0], (routine[0], routine[1], routine[0], "therapy"), "breach"),
        (pools[1], (routine[0], "therapy", None, routine[1], "assessment", None), "not_evidenced"),
    ):
        worker = pool[-1]
        mine = [c for c in recent if c.worker_id == worker.worker_id]
        for place, contact in enumerate(mine):
            contact.purpose = mix[place % len(mix)]
        what = "three contacts in four are routine" if outcome == "breach" else "a third of contacts give no purpose"
        p.log("DEL04", worker.worker_id, what, outcome)
