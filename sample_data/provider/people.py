"""Staff, cases and who holds them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from . import names
from .model import AS_AT, HISTORY_DAYS, Allocation, Case, Provider, Worker
from .standard import BANDS, HIGH_ACUITY
from .teams import Kind, team_names

_SALARY = {"management": 52000, "clinical": 43000, "support": 29000, "peer": 25500}
_ROUTES = ("Duty clinician, then crisis team", "Named consultant", "Duty desk, on-call manager out of hours")
_STEP_DOWN = (
    "Three months without crisis contact",
    "GP shared care agreed, medication stable",
    "Recovery plan goals met, contact monthly",
)
_SUPERVISION_NEEDS = ("monthly", "fortnightly while acuity is high", "four-weekly, clinical lead")
_CLOSE_REASONS = ("Treatment complete", "Discharged to GP", "Moved out of area", "Transferred to other service")
_NEEDS = (
    ("medication", 0.4), ("safeguarding", 0.2), ("physical_health", 0.25), ("substance_misuse", 0.2),
    ("housing", 0.15),
)  # fmt: skip


def days(count: float) -> timedelta:
    return timedelta(days=count)


def build_people(provider: Provider, cases: int, seed: int) -> dict[str, Kind]:
    """Fill teams, staff, cases and allocations. Returns the kind of each team."""
    rng = Random(f"{seed}:people")
    kinds: dict[str, Kind] = {}
    plan: list[Case] = []
    total = 0.0
    for name, kind, share in team_names(cases):
        kinds[name] = kind
        before, total = total, total + share * cases
        open_now = round(total * 2 / 3) - round(before * 2 / 3)
        closed = round(total) - round(before) - open_now
        provider.teams.append(name)
        workers = _staff_of(provider, name, kind, rng)
        quota = _quota(workers, kind, open_now)
        plan += [_open_case(name, kind, quota, workers, rng) for _ in range(open_now)]
        holders = [w for w in workers if w.worker_id in quota]
        plan += [_closed_case(name, kind, holders, rng) for _ in range(closed)]
    plan.sort(key=lambda case: (case.opened_on, case.name, case.team or ""))
    for number, case in enumerate(plan):
        case.case_id = f"CM{100101 + number}"
        case.person_id = f"P{50011 + number}"
        case.nhs_number = names.nhs_number(number)
        provider.cases.append(case)
    _allocate(provider, rng)
    return kinds


def _staff_of(provider: Provider, team: str, kind: Kind, rng: Random) -> list[Worker]:
    """Staff in post and one who has left; the manager supervises, helped by the first clinician."""
    made: list[Worker] = []
    for role, layer, wte, _ in kind.posts:
        made.append(_worker(provider, team, role, layer, wte, rng))
    manager = made[0]
    lead = next(w for w in made if w.layer == "clinical")
    for w in made[1:]:
        w.supervisor_id = lead.worker_id if w.layer == "support" and w is not lead else manager.worker_id
    # Each manager is supervised by the manager of the team before, the first by their own lead clinician.
    elders = [w for w in provider.staff if w.role == "Team manager" and w is not manager]
    manager.supervisor_id = elders[-1].worker_id if elders else lead.worker_id
    leaver = _worker(provider, team, "Care coordinator", "support", 0.6, rng)
    leaver.left_on = AS_AT - days(rng.randint(60, 500))
    leaver.started_on = leaver.left_on - days(rng.randint(200, 1500))
    leaver.supervisor_id = lead.worker_id
    return [*made, leaver]


def _worker(provider: Provider, team: str, role: str, layer: str, wte: float, rng: Random) -> Worker:
    worker = Worker(
        worker_id=f"W{1001 + len(provider.staff)}",
        name=names.person(rng),
        role=role,
        layer=layer,
        team=team,
        wte=wte,
        started_on=AS_AT - days(rng.randint(150, 3200)),
        employment="agency" if rng.random() < 0.05 else "bank" if rng.random() < 0.05 else "permanent",
        born_on=names.birthday(rng, 23, 64),
        ni_number=names.ni_number(rng),
        salary=_SALARY[layer] + rng.randint(-8, 12) * 250,
        postcode=names.postcode(rng),
    )
    if layer == "clinical":
        body = "GMC" if "psychiatrist" in role else "NMC" if "nurse" in role else "SWE"
        worker.registration_number = f"{body}{rng.randint(10, 99)}X{rng.randint(1000, 9999)}"
        worker.registration_expires_on = AS_AT + days(rng.randint(20, 900))
    provider.staff.append(worker)
    return worker


def _quota(workers: list[Worker], kind: Kind, cases: float) -> dict[str, float]:
    """How many cases each should hold, by WTE and by what the post is for."""
    weights = {w.worker_id: wte * weight for w, (_, _, wte, weight) in zip(workers, kind.posts, strict=False) if weight}
    total = sum(weights.values())
    return {worker_id: cases * weight / total for worker_id, weight in weights.items()}


_AFFINITY = {
    "clinical": {"very_high": 1.5, "high": 1.1, "moderate": 0.8, "low": 0.8},
    "support": {"very_high": 0.7, "high": 0.95, "moderate": 1.1, "low": 1.0},
    "management": {"very_high": 0.4, "high": 0.5, "moderate": 1.0, "low": 1.3},
    "peer": {"very_high": 0.0, "high": 0.0, "moderate": 0.3, "low": 1.8},
}


def _open_case(team: str, kind: Kind, quota: dict[str, float], workers: list[Worker], rng: Random) -> Case:
    case = _case(team, kind, rng)
    case.opened_on = AS_AT - days(min(1100, 6 + int(rng.expovariate(1 / 270))))
    band = case.acuity_band or "moderate"
    able = [w for w in workers if w.worker_id in quota]
    weights = [max(quota[w.worker_id], 0.05) * _AFFINITY[w.layer][band] for w in able]
    holder = rng.choices(able, weights)[0]
    quota[holder.worker_id] -= 1
    case.worker_id = holder.worker_id
    if holder.started_on and holder.started_on > case.opened_on:
        holder.started_on = case.opened_on - days(rng.randint(10, 900))
    if rng.random() < 0.025:
        case.on_hold_from = max(case.opened_on, AS_AT - days(rng.randint(5, 60)))
        case.on_hold_until = AS_AT + days(rng.randint(5, 60)) if rng.random() < 0.7 else None
    elif rng.random() < 0.03 and case.opened_on < AS_AT - days(200):
        case.on_hold_from = AS_AT - days(rng.randint(120, 180))
        case.on_hold_until = case.on_hold_from + days(rng.randint(14, 60))
    return case


def _closed_case(team: str, kind: Kind, holders: list[Worker], rng: Random) -> Case:
    case = _case(team, kind, rng)
    case.closed_on = weekday(AS_AT - days(rng.randint(3, HISTORY_DAYS - 20)))
    case.opened_on = case.closed_on - days(rng.randint(40, 600))
    case.close_reason = rng.choice(_CLOSE_REASONS)
    able = [w for w in holders if w.started_on and w.started_on <= case.closed_on and w.layer != "peer"]
    case.worker_id = rng.choice(able or holders).worker_id
    return case


def _case(team: str, kind: Kind, rng: Random) -> Case:
    band = rng.choices(BANDS, kind.bands)[0]
    return Case(
        case_id="",
        person_id="",
        name=names.person(rng),
        born_on=names.birthday(rng, 18, 82),
        nhs_number="",
        team=team,
        worker_id=None,
        opened_on=AS_AT,
        acuity_band=band,
        needs=tuple(need for need, chance in _NEEDS if rng.random() < chance),
        escalation_route=rng.choice(_ROUTES) if rng.random() < kind.keeps + 0.04 else None,
        step_down_criteria=rng.choice(_STEP_DOWN) if rng.random() < kind.keeps - 0.05 else None,
    )


def _allocate(provider: Provider, rng: Random) -> None:
    """Give each case to its worker, with oversight where acuity asks for it; some had another worker before."""
    team_of = {w.worker_id: w.team for w in provider.staff}
    layer = {w.worker_id: w.layer for w in provider.staff}
    colleagues: dict[str, list[Worker]] = defaultdict(list)
    for w in provider.staff:
        colleagues[w.team].append(w)
    for case in provider.cases:
        worker = case.worker_id or ""
        mates = colleagues[team_of[worker]]
        start = case.opened_on
        if rng.random() < 0.15 and (case.closed_on or AS_AT) - start > days(90):
            start = case.opened_on + days(rng.randint(30, ((case.closed_on or AS_AT) - case.opened_on).days - 20))
            former = rng.choice([m for m in mates if m.layer != "peer" and m.worker_id != worker])
            provider.allocations.append(allocation(case, former, case.opened_on, start, mates, rng))
        holder = next(m for m in mates if m.worker_id == worker)
        given = allocation(case, holder, start, case.closed_on, mates, rng)
        provider.allocations.append(given)
        peers = [m for m in mates if m.layer == "peer" and m.worker_id != worker]
        if peers and case.acuity_band in {"moderate", "low"} and layer[worker] != "peer" and rng.random() < 0.1:
            peer = rng.choice(peers)
            given = allocation(case, peer, min(start + days(14), case.closed_on or AS_AT), case.closed_on, mates, rng)
            given.role_type = "peer_support"
            provider.allocations.append(given)


def allocation(
    case: Case, worker: Worker, start: date, end: date | None, mates: list[Worker], rng: Random
) -> Allocation:
    clinicians = [m for m in mates if m.layer == "clinical"]
    complete = rng.random() < 0.93
    given = Allocation(case.case_id, worker.worker_id, start, end)
    given.role_type = "lead" if complete or rng.random() < 0.7 else None
    given.assessed_acuity = case.acuity_band if complete or rng.random() < 0.7 else None
    given.supervision_requirement = rng.choice(_SUPERVISION_NEEDS) if complete or rng.random() < 0.5 else None
    given.escalation_route = case.escalation_route or _ROUTES[0] if complete or rng.random() < 0.5 else None
    if rng.random() < 0.93:
        given.competency_confirmed_by = mates[0].worker_id
        given.competency_confirmed_on = start - days(rng.choice((0, 0, 1, 2)))
        if rng.random() < 0.05:
            given.competency_confirmed_on = min(start + days(rng.randint(1, 20)), AS_AT)
    if worker.layer != "clinical" and case.acuity_band in HIGH_ACUITY and rng.random() < 0.9:
        given.oversight_worker_id = rng.choice(clinicians).worker_id
    return given


def weekday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - days(max(0, day.weekday() - 4))
