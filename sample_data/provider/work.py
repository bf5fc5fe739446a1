"""Supervision, sign-offs, training and tasks of the staff."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from .model import AS_AT, HISTORY_DAYS, Course, Provider, Session, SignOff, Worker
from .oversight import Task
from .people import days, weekday
from .roster import Roster, TeamRoster
from .standard import ANY_LAYER_TASKS, CLINICAL_TASKS, COMPETENCIES, SIGNED_OFF_TASKS
from .teams import Kind

MATRIX_TEAM = "Harbour Outreach"
"""The team that keeps its sign-offs in a matrix of its own, with dates and nothing else."""

_RISKS = ("Self-neglect discussed", "No new risks", "Lone working", "Two people stepped up", "Medication lapses")
_ACTIONS = ("Joint visit with nurse", "Update crisis plan", "Book physical health check", "Reallocate one case")
_PRESSURES = ("Travel time", "Court reports", "Caseload mix", "Cover for sickness")
_COURSES = (("safeguarding_adults", 365), ("information_governance", 365), ("basic_life_support", 730))
TRAINING_EXTRACT = date(2026, 9, 11)
"""The training system was last exported to the folder that day, so nothing later is in it (a stale export)."""


def build_work(provider: Provider, kinds: dict[str, Kind], seed: int) -> None:
    rng = Random(f"{seed}:work")
    roster = Roster(provider)
    for worker in provider.staff:
        kind, team = kinds[worker.team], roster.teams[worker.team]
        _supervision(provider, worker, kind, roster, rng)
        _sign_offs(provider, worker, kind, team, roster, rng)
        _training(provider, worker, kind, rng)
    _tasks(provider, kinds, roster, rng)


def _supervision(provider: Provider, worker: Worker, kind: Kind, roster: Roster, rng: Random) -> None:
    held = len(roster.open_cases.get(worker.worker_id, ()))
    limit = 31 if worker.layer == "peer" else 28 if roster.high_acuity(worker.worker_id) >= 5 else 42
    end = worker.left_on or AS_AT
    in_time = rng.random() < kind.keeps + 0.12 or not held
    back = rng.uniform(0.1, 0.78) * limit if in_time else rng.uniform(1.08, 1.7) * limit
    day = weekday(end - days(int(back)))
    start = max(worker.started_on or day, AS_AT - days(HISTORY_DAYS))
    pressure_left = 1
    before = len(provider.supervision)
    while day >= start:
        day -= days(day == AS_AT - days(31))  # "in the last 31 days" shall not hang on a reading
        session = Session(worker.worker_id, worker.supervisor_id, day, "individual", "held")
        if len(provider.supervision) > before and rng.random() < 0.06:
            session.status = "cancelled"
            session.held_on = weekday(day - days(3))
        else:
            _content(session, held, kind, rng)
            if pressure_left and rng.random() < 0.05:
                session.pressure_point = rng.choice(_PRESSURES)
                pressure_left = 0
        provider.supervision.append(session)
        day = weekday(day - days(int(min(limit, 35) * rng.uniform(0.7, 1.05))))


def _content(session: Session, held: int, kind: Kind, rng: Random) -> None:
    keeps = kind.keeps + 0.05
    if rng.random() < keeps + 0.03:
        session.cases_reviewed = f"Yes, {rng.randint(2, max(3, held))} cases"
    if rng.random() < keeps + 0.03:
        session.risks_identified = rng.choice(_RISKS)
    if rng.random() < keeps + 0.02:
        session.actions_agreed = rng.choice(_ACTIONS)
    if rng.random() < keeps:
        session.follow_up_on = session.held_on + days(rng.randint(7, 28))
        if rng.random() < keeps - 0.02 and session.follow_up_on <= AS_AT:
            session.follow_up_done_on = min(AS_AT, session.follow_up_on + days(rng.randint(-5, 6)))
    roll = rng.random()
    session.decisions_reviewed = True if roll < keeps else False if roll < keeps + 0.02 else None
    roll = rng.random()
    session.escalation_discussed = True if roll < keeps - 0.04 else False if roll < keeps + 0.01 else None


def _sign_offs(provider: Provider, worker: Worker, kind: Kind, team: TeamRoster, roster: Roster, rng: Random) -> None:
    if worker.layer == "management" and not roster.open_cases.get(worker.worker_id):
        return
    matrix = worker.team == MATRIX_TEAM
    end = worker.left_on or AS_AT
    for competency in COMPETENCIES:
        if worker.layer == "peer" and competency in {"risk_formulation", "escalation_decision"}:
            continue
        roll = rng.random()
        lacking = 0.3 * (1 - kind.keeps)
        signed = end - days(rng.randint(5, 357) if roll > lacking else rng.randint(372, 500))
        method = "observed_practice" if rng.random() < 0.62 else "case_based"
        if roll > lacking and rng.random() < 0.015:
            method = "training_only"
        signers = [w for w in team.clinicians + team.managers if w is not worker]
        while signed > max(worker.started_on or signed, AS_AT - days(HISTORY_DAYS + 365)):
            made = SignOff(worker.worker_id, competency, signed)
            if matrix:
                made.in_matrix = True
            else:
                made.method = method
                made.signed_off_by = rng.choice(signers).worker_id
                if rng.random() < 0.04:
                    made.signed_off_by = rng.choice((worker, *team.support)).worker_id
                if rng.random() < 0.85:
                    made.expires_on = signed + days(365)
            provider.competencies.append(made)
            if matrix:
                break  # a matrix shows the latest date only
            method = "observed_practice"
            signed -= days(rng.randint(366, 400))


def _training(provider: Provider, worker: Worker, kind: Kind, rng: Random) -> None:
    for course, valid in _COURSES:
        roll = rng.random()
        if roll > kind.keeps + 0.04:
            continue
        if roll > kind.keeps:
            provider.training.append(Course(worker.worker_id, course, None, None))
            continue
        end = min(worker.left_on or AS_AT, TRAINING_EXTRACT)
        done = end - days(rng.randint(1, valid - 45 if rng.random() < kind.keeps else valid + 90))
        provider.training.append(Course(worker.worker_id, course, done, done + days(valid)))


_TASK_MIX = (
    ("care_plan_review", 5), ("risk_assessment_update", 4), ("risk_formulation", 2), ("safeguarding_decision", 1),
    ("medication_review", 2), ("crisis_escalation", 1), ("competency_sign_off", 0.3), ("engagement", 3),
    ("practical_support", 4), ("physical_health_prompt", 3), ("benefits_letter", 1),
)  # fmt: skip


def _tasks(provider: Provider, kinds: dict[str, Kind], roster: Roster, rng: Random) -> None:
    types = [name for name, _ in _TASK_MIX]
    weights = [weight for _, weight in _TASK_MIX]
    for case in provider.cases:
        end = case.closed_on or AS_AT
        if end < AS_AT - days(365) or case.worker_id is None:
            continue
        kind, team = kinds[case.team or ""], roster.teams[case.team or ""]
        for kind_of_task in rng.choices(types, weights, k=rng.choice((0, 1, 1, 2, 3))):
            raised = weekday(end - days(rng.randint(1, max(1, min(300, (end - case.opened_on).days)))))
            task = Task(case.case_id, kind_of_task, None, raised, raised + days(rng.randint(5, 28)))
            task.source = rng.choice(("huddle", "huddle", "supervision", "review", "physical_health"))
            able = list(_able(kind_of_task, team))
            mine = [w for w in able if w.worker_id == case.worker_id]
            doer = mine[0] if mine else rng.choice(able)
            task.owner_id = doer.worker_id
            if rng.random() < kind.keeps + 0.03:
                done = raised + days(rng.randint(1, 24))
                if done <= AS_AT:
                    _complete(task, done, doer, kind, team, rng)
            provider.tasks.append(task)


def _complete(task: Task, done: date, doer: Worker, kind: Kind, team: TeamRoster, rng: Random) -> None:
    task.completed_on, task.completed_by = done, doer.worker_id
    if rng.random() < 0.05:
        task.completed_by = task.owner_id = rng.choice(team.support).worker_id
    if task.task_type not in SIGNED_OFF_TASKS:
        return
    wait = rng.randint(0, 6) if rng.random() < kind.keeps + 0.03 else rng.randint(8, 15)
    if rng.random() < kind.keeps + 0.05 and done + days(wait) <= AS_AT:
        task.signed_off_by = rng.choice(team.clinicians).worker_id
        task.signed_off_on = done + days(wait)


def _able(kind_of_task: str, team: TeamRoster) -> Iterator[Worker]:
    yield from team.clinicians
    if kind_of_task not in CLINICAL_TASKS:
        yield from team.support
    if kind_of_task in ANY_LAYER_TASKS:
        yield from team.peers
