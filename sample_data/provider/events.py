"""What happens around cases: risk flags, huddles, escalations, referrals, incidents, physical-health checks."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from random import Random

from .care import Timeline
from .model import AS_AT, HISTORY_DAYS, Case, Provider
from .oversight import Escalation, Flag, Huddle, Incident, PhysicalCheck, Referral
from .people import days, weekday
from .roster import Roster
from .standard import CHECK_TYPES, SIGNAL_DAYS, is_working_day
from .teams import Kind

_DECISIONS = ("Extra visit this week", "Crisis plan reviewed", "Joint visit", "Band raised", "Watch and review")
_TRIGGERS = ("Risk to self", "Safeguarding concern", "Missed depot", "Carer breakdown", "Threat to others")
_ROUTES = ("Duty clinician", "On-call manager", "Crisis team")
_INCIDENTS = ("Medication error", "Self-harm", "Violence or aggression", "Missed visit", "Information breach")


def build_events(provider: Provider, kinds: dict[str, Kind], seed: int) -> None:
    rng = Random(f"{seed}:events")
    roster = Roster(provider)
    seen = Timeline(provider)
    meetings = _huddles(provider, kinds, roster, rng)
    _flags(provider, roster, seen, meetings, kinds, rng)
    _escalations(provider, roster, seen, kinds, rng)
    _discharges(provider, seen, rng)
    _referrals(provider, kinds, seen, rng)
    _incidents(provider, roster, rng)
    _physical(provider, kinds, rng)


def _huddles(provider: Provider, kinds: dict[str, Kind], roster: Roster, rng: Random) -> dict[str, list[date]]:
    """Two a week for a year, Tuesdays and Fridays; teams under strain lose some."""
    complete: dict[str, list[date]] = defaultdict(list)
    for name in provider.teams:
        team = roster.teams[name]
        monday = AS_AT - days(AS_AT.weekday() + 364)
        while monday <= AS_AT:
            for day in (monday + days(1), monday + days(4)):
                if day <= AS_AT and rng.random() < (0.99 if kinds[name].keeps > 0.8 else 0.88):
                    clinician = rng.choice(team.clinicians).worker_id if rng.random() < 0.985 else None
                    provider.huddles.append(Huddle(name, day, team.managers[0].worker_id, clinician))
                    if clinician:
                        complete[name].append(day)
            monday += days(7)
    return complete


def _flags(
    provider: Provider,
    roster: Roster,
    seen: Timeline,
    meetings: dict[str, list[date]],
    kinds: dict[str, Kind],
    rng: Random,
) -> None:
    """One flag at most per case, raised on a day nobody saw the person, so that what followed is plain."""
    clinicians: dict[str, dict[date, tuple[str, ...]]] = defaultdict(dict)
    for h in provider.huddles:
        if h.supervisor_id and h.clinician_id:
            clinicians[h.team][h.held_on] = (h.supervisor_id, h.clinician_id)
    for case in provider.cases:
        if rng.random() > 0.2 or not case.worker_id or (case.closed_on and case.closed_on < AS_AT - days(300)):
            continue
        end = case.closed_on or AS_AT
        span = min(300, (end - case.opened_on).days - 6)
        if span < 8:
            continue
        raised = end - days(rng.randint(6, span))
        follow = seen.next_after(case.case_id, raised)
        signal = rng.choice(tuple(SIGNAL_DAYS))
        if follow and rng.random() < kinds[case.team or ""].keeps:
            raised = follow - days(rng.randint(1, SIGNAL_DAYS[signal]))
        if raised in seen.attended[case.case_id] or raised < case.opened_on:
            continue
        flag = Flag(case.case_id, signal, raised, case.worker_id)
        team = roster.teams[case.team or ""]
        if team.peers and rng.random() < 0.12:
            flag.raised_by = rng.choice(team.peers).worker_id
        wait = 4 if rng.random() < kinds[team.name].keeps else 11
        coming = [d for d in meetings[team.name] if raised <= d <= raised + days(wait)]
        if coming and rng.random() < 0.97:
            flag.huddle_on = coming[0] if wait == 4 else coming[-1]
            flag.decision = rng.choice(_DECISIONS)
            flag.decided_by = clinicians[team.name][flag.huddle_on]
        provider.risk_flags.append(flag)


def _escalations(provider: Provider, roster: Roster, seen: Timeline, kinds: dict[str, Kind], rng: Random) -> None:
    for case in provider.cases:
        if rng.random() > 0.12 or not case.worker_id or (case.closed_on and case.closed_on < AS_AT - days(300)):
            continue
        end = case.closed_on or AS_AT
        span = min(330, (end - case.opened_on).days - 8)
        if span < 12:
            continue
        raised = end - days(rng.randint(8, span))
        keeps = kinds[case.team or ""].keeps
        follow = seen.next_after(case.case_id, raised + days(1))
        if follow and rng.random() < keeps - 0.04:
            raised = follow - days(2)
        if raised < case.opened_on:
            continue
        responded = raised + days(rng.randint(0, 1) if rng.random() < keeps else rng.randint(2, 4))
        team = roster.teams[case.team or ""]
        made = Escalation(
            case.case_id,
            raised,
            case.worker_id,
            rng.choice(_TRIGGERS) if rng.random() < 0.98 else None,
            rng.choice(_ROUTES) if rng.random() < 0.98 else None,
            responded if rng.random() < 0.97 else None,
            rng.choice(team.clinicians + team.managers).worker_id if rng.random() < 0.97 else None,
            rng.choice(_DECISIONS) if rng.random() < 0.97 else None,
            responded + days(2) if rng.random() < 0.97 else None,
        )
        provider.escalations.append(made)


def _discharges(provider: Provider, seen: Timeline, rng: Random) -> None:
    """Some came from a ward; for most of them a contact stands one to three days later."""
    for case in provider.cases:
        if rng.random() > 0.07 or (case.closed_on and case.closed_on < AS_AT - days(500)):
            continue
        met = [d for d in seen.attended[case.case_id] if d > max(case.opened_on, AS_AT - days(500)) + days(3)]
        if met and rng.random() < 0.93:
            case.discharged_from_inpatient_on = rng.choice(met) - days(rng.randint(1, 3))
        elif case.acuity_band in {"moderate", "low"} and met:
            case.discharged_from_inpatient_on = rng.choice(met)


def _referrals(provider: Provider, kinds: dict[str, Kind], seen: Timeline, rng: Random) -> None:
    """A referral before every case of the last two years, and some not yet taken on."""
    for case in provider.cases:
        if case.opened_on < AS_AT - days(HISTORY_DAYS) or not case.team:
            continue
        first = next(iter(seen.attended[case.case_id]), None)
        urgent = rng.random() < 0.15
        received = case.opened_on - days(rng.randint(0, 2) if urgent else rng.randint(1, 8))
        in_time = rng.random() < kinds[case.team].keeps + 0.02
        triaged = received + days(rng.randint(0, 1 if urgent else 3) if in_time else rng.randint(4, 7))
        if first and urgent and rng.random() < 0.8:
            received = weekday(first - days(1))
            triaged = received
        provider.referrals.append(
            Referral(
                case.case_id,
                case.team,
                received,
                "urgent" if urgent else "routine",
                min(triaged, AS_AT) if rng.random() < 0.98 else None,
                max(case.opened_on, received),
                first if first and first >= received else None,
                case.closed_on,
                case.close_reason,
            )
        )
    for name in provider.teams:
        for _ in range(rng.randint(4, 7)):
            received = weekday(AS_AT - days(rng.randint(1, 26)))
            triaged = min(AS_AT, received + days(rng.randint(0, 2)))
            waiting = Referral(None, name, received, "routine", triaged, None, None)
            provider.referrals.append(waiting)


def _incidents(provider: Provider, roster: Roster, rng: Random) -> None:
    """About one a month and team; those owed to staffing follow a quiet, even pattern."""
    open_by_team: dict[str, list[Case]] = defaultdict(list)
    for case in provider.open_cases():
        if case.worker_id in roster.worker and case.opened_on < AS_AT - days(120):
            open_by_team[case.team or ""].append(case)
    pattern = (0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0)
    for place, name in enumerate(provider.teams):
        for months_back in range(24):
            month = 2026 * 12 + 9 - months_back
            first = date(month // 12, month % 12 + 1, 1)
            factors: list[str | None] = ["staffing_gap"] * pattern[(months_back + place) % 24]
            factors += [rng.choice(("communication", "equipment", None)) for _ in range(rng.choice((0, 0, 1)))]
            for factor in factors:
                on = first + days(rng.randint(0, 26))
                able = [c for c in open_by_team[name] if c.opened_on <= on]
                subject = rng.choice(able) if able else None
                reviewed: date | None = on + days(rng.randint(5, 27) if rng.random() < 0.9 else rng.randint(30, 60))
                if reviewed and (reviewed > AS_AT or on > AS_AT - days(40)):
                    reviewed = min(AS_AT, on + days(rng.randint(1, 4)))
                if rng.random() < 0.03:
                    reviewed = None
                provider.incidents.append(
                    Incident(
                        subject.case_id if subject else None,
                        subject.worker_id if subject else None,
                        name,
                        on,
                        rng.choice(_INCIDENTS),
                        rng.choice(("no_harm", "low_harm", "moderate_harm")),
                        factor,
                        None,
                        reviewed,
                    )
                )


def _physical(provider: Provider, kinds: dict[str, Kind], rng: Random) -> None:
    for case in provider.open_cases():
        keeps = kinds[case.team or ""].keeps
        for check in CHECK_TYPES:
            roll = rng.random()
            if roll > keeps:
                continue
            age = (AS_AT - case.opened_on).days
            done = AS_AT - days(rng.randint(0, 364) if roll < keeps - 0.12 else rng.randint(366, 700))
            if age < 60 and rng.random() < 0.5:
                provider.physical_checks.append(
                    PhysicalCheck(case.case_id, check, None, case.opened_on + days(90), None, None)
                )
                continue
            made = PhysicalCheck(case.case_id, check, done, done + days(365), "normal", None)
            if rng.random() < 0.12:
                made.result = "abnormal"
                wait = rng.randint(1, 13) if rng.random() < keeps or done > AS_AT - days(20) else rng.randint(15, 40)
                made.follow_up_on = min(AS_AT, done + days(wait))
                if rng.random() < 0.04 and done < AS_AT - days(20):
                    made.follow_up_on = None
            provider.physical_checks.append(made)


def next_working_day(day: date) -> date:
    day += days(1)
    while not is_working_day(day):
        day += days(1)
    return day
