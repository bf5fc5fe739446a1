"""Truth of the checks on workforce, demand, incidents and governance, from the words of the standard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from .facts import Facts, Verdict, in_lookback, in_time, judge, recorded, truth, within
from .model import AS_AT
from .oversight import Incident, Post
from .standard import STAFFING_FACTORS, is_working_day
from .truth_caseload import points_per_wte


def tenths(wte: float) -> int:
    """WTE in tenths, so that sums are exact."""
    return round(wte * 10)


@truth("WFS01")
def vacancy_persistent(f: Facts) -> Iterator[Verdict]:
    """The latest month of each team and role. A vacancy within the limit whose beginning is blank shows nothing."""
    latest: dict[tuple[str, str], Post] = {}
    for post in sorted(f.p.establishment, key=lambda p: p.month):
        latest[post.team, post.role] = post
    for (team, role), post in sorted(latest.items()):
        vacant = tenths(post.funded_wte) - tenths(post.in_post_wte)
        rate = vacant <= 0 or Fraction(vacant, tenths(post.funded_wte)) <= Fraction(1, 10)
        long = None if post.vacant_since is None else (AS_AT - post.vacant_since).days <= 91
        yield f"{team} | {role}", judge(rate, True if vacant <= 0 else long)


@truth("WFS02")
def temporary_staffing_reliance(f: Facts) -> Iterator[Verdict]:
    """A blank agency or bank figure leaves it open unless the others already exceed the limit."""
    months: dict[tuple[str, date], list[Post]] = defaultdict(list)
    for post in f.p.establishment:
        months[post.team, post.month].append(post)
    for (team, month), posts in sorted(months.items()):
        in_post = sum(tenths(p.in_post_wte) for p in posts)
        figures = [x for p in posts for x in (p.agency_wte, p.bank_wte)]
        share = Fraction(sum(tenths(x) for x in figures if x is not None), in_post)
        within_limit = share <= Fraction(15, 100)
        yield f"{team} | {month}", judge(False if not within_limit else None if None in figures else True)


@truth("WFS03")
def turnover_high(f: Facts) -> Iterator[Verdict]:
    by_team: dict[str, list[Post]] = defaultdict(list)
    for post in f.p.establishment:
        if date(2025, 11, 1) <= post.month <= date(2026, 10, 1):
            by_team[post.team].append(post)
    for team, posts in sorted(by_team.items()):
        mean = Fraction(sum(tenths(p.in_post_wte) for p in posts), 10 * len({p.month for p in posts}))
        left = sum(int(p.leavers) for p in posts if p.leavers is not None)
        high = left / mean > Fraction(1, 5)
        yield team, judge(False if high else None if any(p.leavers is None for p in posts) else True)


@truth("WFS04")
def skill_mix_not_matched_to_acuity(f: Facts) -> Iterator[Verdict]:
    """Teams with a high-acuity case. A clinician's blank WTE leaves a team open that falls short without it."""
    for team in f.teams:
        clinicians = [w for w in f.staff_in[team] if w.layer == "clinical"]
        high = f.high(f.open_in[team])
        if high:
            enough = Fraction(sum(tenths(w.wte) for w in clinicians if w.wte is not None), high) >= Fraction(8, 10)
            blank = any(w.wte is None for w in clinicians)
            yield team, judge(True if enough else None if blank else False)


@truth("DEM01")
def wait_for_first_contact(f: Facts) -> Iterator[Verdict]:
    for r in f.p.referrals:
        if r.priority == "urgent":
            last = r.received_on + timedelta(1)
            while not is_working_day(last):
                last += timedelta(1)
        elif r.priority == "routine":
            last = r.received_on + timedelta(28)
        else:
            yield r.referral_id, "not_evidenced"
            continue
        if last < AS_AT:
            yield r.referral_id, judge(None if r.first_contact_on is None else r.first_contact_on <= last)


@truth("DEM02")
def demand_outruns_capacity(f: Facts) -> Iterator[Verdict]:
    """Three months by the calendar; closures = cases of the team closed in them; a team without cases has no load.

    A referral received in them that has neither a day of acceptance nor one of closing may have been accepted.
    """

    def recent(day: date | None) -> bool:
        return day is not None and date(2026, 7, 31) < day <= AS_AT

    accepted = Counter(r.team for r in f.p.referrals if recent(r.accepted_on))
    waiting = Counter(
        r.team for r in f.p.referrals if recent(r.received_on) and r.accepted_on is None and r.closed_on is None
    )
    closed = Counter(c.team for c in f.p.cases if recent(c.closed_on))
    for team in f.teams:
        surely, perhaps = accepted[team] > closed[team], accepted[team] + waiting[team] > closed[team]
        outrun = surely if surely == perhaps else None
        over = points_per_wte(f, team) > 50 if f.open_in[team] else None
        if outrun is False or over is False:
            yield team, "met"
        else:
            yield team, "breach" if outrun and over else "not_evidenced"


@truth("DEM03")
def referral_not_triaged(f: Facts) -> Iterator[Verdict]:
    for r in f.p.referrals:
        yield r.referral_id, judge(in_time(r.received_on, r.triaged_on, 3))


def rises(series: list[int]) -> bool:
    """Whether the last point is a special-cause rise by the rules of the XmR chart."""
    mean = Fraction(sum(series), len(series))
    ranges = [abs(b - a) for a, b in pairwise(series)]
    first = Fraction(sum(ranges), len(ranges))
    kept = [r for r in ranges if r < Fraction("3.267") * first]
    spread = Fraction("2.66") * Fraction(sum(kept), len(kept)) if kept else Fraction(0)
    if not spread:
        return False
    above = [x > mean for x in series]
    near = [x > mean + spread * 2 / 3 for x in series]
    trend = all(b > a for a, b in pairwise(series[-7:])) and len(series) >= 7
    two_in_three = all(above[-3:]) and sum(near[-3:]) >= 2 and near[-1]
    return series[-1] > mean + spread or trend or two_in_three or all(above[-7:])


@truth("INC01")
def incidents_linked_to_staffing(f: Facts) -> Iterator[Verdict]:
    """Incidents a month with a staffing or escalation factor, from the first month of the incident export on.

    Those without a factor may have had one: a rise that shows only with them is not evidenced.
    """
    first = min(i.occurred_on for i in f.p.incidents)
    months = range(first.year * 12 + first.month, AS_AT.year * 12 + AS_AT.month + 1)
    for team in f.teams:
        seen = [i for i in f.p.incidents if i.team == team and i.occurred_on <= AS_AT]

        def rise(counted: set[str | None], seen: list[Incident] = seen) -> bool:
            on = Counter(i.occurred_on.year * 12 + i.occurred_on.month for i in seen if i.factor in counted)
            return rises([on[month] for month in months])

        sure, possible = rise({*STAFFING_FACTORS}), rise({*STAFFING_FACTORS, None})
        yield team, judge(False if sure else None if possible else True)


@truth("INC02")
def learning_review_overdue(f: Facts) -> Iterator[Verdict]:
    for i in f.p.incidents:
        again: bool | None = True
        if i.competency:
            after = i.learning_review_on or i.occurred_on
            rows = f.sign_offs.get((i.worker_id or "", i.competency), ())
            again = None if i.worker_id is None else any(s.signed_off_on >= after for s in rows)
        yield i.incident_id, judge(in_time(i.occurred_on, i.learning_review_on, 28), again)


def acts(f: Facts, activity: str, team: str | None = None) -> list[str | None]:
    """Outcomes of the acts of that kind in the last 91 days."""
    return [
        a.outcome
        for a in f.p.governance
        if a.activity == activity and (team is None or a.team == team) and in_lookback(a.held_on)
    ]


@truth("GOV01")
def task_and_risk_review_overdue(f: Facts) -> Iterator[Verdict]:
    for team in f.teams:
        yield team, judge(bool(acts(f, "task_and_risk_review", team)))


@truth("GOV02")
def case_sampling_not_done(f: Facts) -> Iterator[Verdict]:
    for team in f.teams:
        outcomes = acts(f, "case_sampling", team)
        yield team, judge(True if any(outcomes) else None if outcomes else False)


@truth("GOV03")
def workforce_risk_unmanaged(f: Facts) -> Iterator[Verdict]:
    for r in f.p.risk_register:
        if r.raised_on <= AS_AT and not (r.closed_on and r.closed_on <= AS_AT):
            due = None if r.review_due_on is None else r.review_due_on >= AS_AT
            yield r.risk_id, judge(recorded(r.owner), recorded(r.mitigation), due)


@truth("GOV04")
def dashboard_not_reviewed(f: Facts) -> Iterator[Verdict]:
    held = [a.held_on for a in f.p.governance if a.activity == "dashboard_review"]
    yield "service", judge(any(within(day, 30) for day in held))
