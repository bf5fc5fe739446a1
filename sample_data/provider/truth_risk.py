"""Truth of the checks on risk response, physical health, continuity and recording."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from .facts import Facts, Verdict, in_lookback, in_time, judge, recorded, truth, within
from .model import AS_AT, Contact
from .oversight import Huddle
from .standard import CHECK_TYPES, HIGH_ACUITY, LOOKBACK, SIGNAL_DAYS, is_working_day


@truth("ESC01")
def slow_contact_after_risk_flag(f: Facts) -> Iterator[Verdict]:
    for flag in f.p.risk_flags:
        limit = SIGNAL_DAYS.get(flag.signal)
        if limit is None:
            yield flag.flag_id, "not_evidenced"
        elif flag.raised_on + timedelta(limit) < AS_AT:
            last = flag.raised_on + timedelta(limit)
            yield flag.flag_id, judge(f.seen_between(flag.case_id, flag.raised_on, last))


@truth("ESC02")
def risk_flag_not_discussed(f: Facts) -> Iterator[Verdict]:
    """A supervisor and a clinician decided: the flag names one of each, or both stand in the record of the huddle of
    the case's team on the day."""
    leads = {w.supervisor_id for w in f.p.staff} | {h.supervisor_id for h in f.p.huddles}
    leads |= {w.worker_id for w in f.p.staff if w.layer == "management"}
    held: dict[tuple[str | None, date], Huddle] = {(h.team, h.held_on): h for h in f.p.huddles}
    for flag in f.p.risk_flags:
        if (AS_AT - flag.raised_on).days <= 4:
            continue
        soon = in_time(flag.raised_on, flag.huddle_on, 4)
        huddle = held.get((f.team_of_case(flag.case_id), flag.huddle_on)) if flag.huddle_on else None
        both = recorded(huddle.supervisor_id and huddle.clinician_id) if huddle else None
        if any(f.is_clinical(a) and b in leads and a != b for a in flag.decided_by for b in flag.decided_by):
            both = True
        yield flag.flag_id, judge(soon, recorded(flag.decision), recorded(flag.decided_by), both)


@truth("ESC03")
def huddle_missed(f: Facts) -> Iterator[Verdict]:
    """Weeks (Monday to Sunday) that lie whole within the lookback."""
    by_week: dict[tuple[str, date], list[Huddle]] = defaultdict(list)
    for h in f.p.huddles:
        if h.held_on <= AS_AT:
            by_week[h.team, h.held_on - timedelta(h.held_on.weekday())].append(h)
    first = AS_AT - timedelta(LOOKBACK - 1)
    monday = first + timedelta(-first.weekday() % 7)
    while monday + timedelta(6) <= AS_AT:
        for team in f.teams:
            rows = by_week[team, monday]
            says = [f.is_clinical(h.clinician_id) for h in rows]
            yield f"{team} | {monday}", judge(len(rows) >= 2, *says)
        monday += timedelta(7)


@truth("ESC04")
def huddle_action_overdue(f: Facts) -> Iterator[Verdict]:
    """Every huddle task without a deadline, and every one past it. Not completed is a breach: open is a state the
    record shows. Owner or deadline blank: not evidenced."""
    for task in f.p.tasks:
        if task.source == "huddle" and (task.due_on is None or task.due_on < AS_AT):
            done = task.completed_on is not None and task.completed_on <= AS_AT
            late = None if task.due_on is None else done
            yield (
                task.task_id,
                judge(True if done and task.due_on is None else late, *map(recorded, (task.owner_id, task.due_on))),
            )


@truth("ESC05")
def escalation_untraceable(f: Facts) -> Iterator[Verdict]:
    for e in f.p.escalations:
        if in_lookback(e.raised_on):
            fields = (e.trigger, e.raised_by, e.route, e.responded_on, e.authorised_by, e.decision, e.follow_up_on)
            yield e.escalation_id, judge(*map(recorded, fields))


@truth("ESC06")
def slow_escalation_response(f: Facts) -> Iterator[Verdict]:
    for e in f.p.escalations:
        yield e.escalation_id, judge(in_time(e.raised_on, e.responded_on, 1))


@truth("ESC07")
def missed_visits_not_escalated(f: Facts) -> Iterator[Verdict]:
    """The latest run of missed visits whose last one lies in the lookback; cancelled contacts neither make nor
    break a run."""
    raised: dict[str, list[date]] = defaultdict(list)
    for flag in f.p.risk_flags:
        raised[flag.case_id].append(flag.raised_on)
    for e in f.p.escalations:
        raised[e.case_id or ""].append(e.raised_on)
    for case_id, rows in sorted(f.contacts.items()):
        run, last = 0, None
        for c in rows:
            if c.outcome == "attended":
                run = 0
            elif c.outcome == "did_not_attend":
                run += 1
                last = c.contact_on if run >= 2 else last
        if last and in_lookback(last):
            acted = any(last <= day <= last + timedelta(2) for day in raised[case_id])
            yield case_id, judge(acted)


@truth("ESC08")
def discharge_follow_up_late(f: Facts) -> Iterator[Verdict]:
    for case in f.p.cases:
        left = case.discharged_from_inpatient_on
        if left and left + timedelta(3) < AS_AT:
            yield case.case_id, judge(f.seen_between(case.case_id, left + timedelta(1), left + timedelta(3)))


@truth("ESC09")
def duty_cover_gap(f: Facts) -> Iterator[Verdict]:
    named: dict[tuple[str, date], list[str | None]] = defaultdict(list)
    for d in f.p.duty_rota:
        named[d.team, d.date].append(d.duty_clinician_id)
    for back in range(LOOKBACK):
        day = AS_AT - timedelta(back)
        if is_working_day(day):
            for team in f.teams:
                says = [f.is_clinical(who) for who in named[team, day]]
                yield f"{team} | {day}", judge(True if True in says else None if None in says else False)


@truth("ESC10")
def escalation_route_missing(f: Facts) -> Iterator[Verdict]:
    for case in f.open:
        if case.acuity_band in HIGH_ACUITY:
            yield case.case_id, judge(recorded(case.escalation_route))


@truth("PHY01")
def physical_check_overdue(f: Facts) -> Iterator[Verdict]:
    """A row without a date of doing shows nothing; no row at all, or an old one, is a breach."""
    rows: dict[tuple[str, str], list[date | None]] = defaultdict(list)
    for check in f.p.physical_checks:
        rows[check.case_id, check.check_type].append(check.done_on)
    for case in f.open:
        for kind in CHECK_TYPES:
            done = rows[case.case_id, kind]
            fresh = any(within(day, 365) for day in done)
            yield f"{case.case_id} | {kind}", judge(True if fresh else None if None in done else False)


@truth("PHY02")
def abnormal_result_without_follow_up(f: Facts) -> Iterator[Verdict]:
    for check in f.p.physical_checks:
        if check.result == "abnormal":
            yield f"{check.case_id} | {check.check_type}", judge(in_time(check.done_on, check.follow_up_on, 14))


@truth("PHY03")
def physical_health_link_missing(f: Facts) -> Iterator[Verdict]:
    for team in f.teams:
        roles = [w.role.lower() for w in f.staff_in[team]]
        yield team, judge(any("physical health link" in role for role in roles))


def planned_by_team(f: Facts) -> dict[str, list[Contact]]:
    found: dict[str, list[Contact]] = defaultdict(list)
    for c in f.p.contacts:
        team = f.team_of_case(c.case_id)
        if c.planned is not False and team and in_lookback(c.contact_on):
            found[team].append(c)
    return found


def shares(rows: list[Contact], outcome: str) -> tuple[float, float]:
    """Least and greatest share of the planned contacts that came to an outcome.

    A contact that does not say whether it was planned may count or not: it counts as it makes the share least, then
    as it makes it greatest.
    """
    of = Counter((c.planned, c.outcome == outcome) for c in rows)
    least = of[True, True] / max(1, of[True, True] + of[True, False] + of[None, False])
    hits = of[True, True] + of[None, True]
    return least, hits / max(1, hits + of[True, False])


@truth("CON01")
def planned_contacts_not_kept(f: Facts) -> Iterator[Verdict]:
    for team, rows in sorted(planned_by_team(f).items()):
        least, greatest = shares(rows, "attended")
        yield team, judge(None if least < 0.85 <= greatest else least >= 0.85)


@truth("CON04")
def cancelled_by_service(f: Facts) -> Iterator[Verdict]:
    """Looked at over the lookback, as CON01."""
    for team, rows in sorted(planned_by_team(f).items()):
        least, greatest = shares(rows, "cancelled_by_service")
        yield team, judge(None if least <= 0.05 < greatest else greatest <= 0.05)


@truth("CON02")
def continuity_broken(f: Facts) -> Iterator[Verdict]:
    """Contacts of a blank worker leave it open where they could make the share."""
    for case in f.open:
        who = Counter(c.worker_id for c in f.attended(case.case_id) if within(c.contact_on, 91))
        every, blank = who.total(), who.pop(None, 0)
        if every >= 4:
            most = max(who.values(), default=0)
            sure = True if most / every >= 0.6 else None if (most + blank) / every >= 0.6 else False
            yield case.case_id, judge(sure)


@truth("CON03")
def late_recording(f: Facts) -> Iterator[Verdict]:
    for c in f.p.contacts:
        if in_lookback(c.contact_on):
            recorded_on = c.recorded_on.date() if c.recorded_on else None
            yield f"{c.case_id} | {c.contact_id}", judge(in_time(c.contact_on, recorded_on, 2))


@truth("CON05")
def follow_up_after_escalation_missed(f: Facts) -> Iterator[Verdict]:
    """Within three days of the day it was raised. An escalation that names no case shows nothing."""
    for e in f.p.escalations:
        if e.decision:
            seen = f.seen_between(e.case_id, e.raised_on, e.raised_on + timedelta(3))
            yield e.escalation_id, judge(None if e.case_id is None else seen)
