"""The records indexed for the truth, and the few words of the standard every truth needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property

from .model import AS_AT, Allocation, Case, Contact, Provider, Review, Session, SignOff, Worker
from .standard import BANDS, HIGH_ACUITY, LOOKBACK, POINTS

Verdict = tuple[str, str]
"""(subject, met | breach | not_evidenced)"""
Truth = Callable[["Facts"], Iterable[Verdict]]
TRUTHS: dict[str, Truth] = {}


def truth(code: str) -> Callable[[Truth], Truth]:
    """Register the truth of a check."""

    def register(function: Truth) -> Truth:
        TRUTHS[code] = function
        return function

    return register


def judge(*measures: bool | None) -> str:
    """One measure in breach makes a breach; else one without evidence makes it not evidenced."""
    if any(m is False for m in measures):
        return "breach"
    return "not_evidenced" if any(m is None for m in measures) else "met"


def recorded(value: object) -> bool | None:
    """True where something stands; a blank shows nothing."""
    return True if value not in (None, "", ()) else None


def in_time(start: date | None, done: date | None, limit: int) -> bool | None:
    """Whether done came at most `limit` days after start; no evidence where a date is blank."""
    if start is None or done is None:
        return None
    return (done - start).days <= limit


def in_lookback(day: date | None) -> bool:
    return day is not None and AS_AT - timedelta(LOOKBACK) < day <= AS_AT


def within(day: date | None, count: int) -> bool:
    """Within `count` days before the as-at date."""
    return day is not None and AS_AT - timedelta(count) <= day <= AS_AT


class Facts:
    """What the checks look things up in. A record dated after the as-at date is not seen."""

    def __init__(self, provider: Provider) -> None:
        self.p = provider
        self.case: dict[str, Case] = {c.case_id: c for c in provider.cases}
        self.staff: dict[str, Worker] = {w.worker_id: w for w in provider.staff}
        self.open: list[Case] = [
            c for c in provider.cases if c.opened_on <= AS_AT and not (c.closed_on and c.closed_on <= AS_AT)
        ]
        self.held: dict[str, list[Case]] = defaultdict(list)
        for c in self.open:
            if c.worker_id:
                self.held[c.worker_id].append(c)

    def layer(self, worker_id: str | None) -> str | None:
        worker = self.staff.get(worker_id or "")
        return worker.layer if worker else None

    def is_clinical(self, worker_id: str | None) -> bool | None:
        """None where the worker is blank or unknown."""
        layer = self.layer(worker_id)
        return None if layer is None else layer == "clinical"

    def in_post(self, worker: Worker) -> bool:
        started = worker.started_on is None or worker.started_on <= AS_AT
        return started and not (worker.left_on and worker.left_on <= AS_AT)

    def team_of_case(self, case_id: str | None) -> str | None:
        case = self.case.get(case_id or "")
        return case.team if case else None

    @cached_property
    def teams(self) -> list[str]:
        """Teams with an open case or anybody in post."""
        found = {c.team for c in self.open if c.team} | {w.team for w in self.p.staff if self.in_post(w)}
        return sorted(found)

    @cached_property
    def open_in(self) -> dict[str, list[Case]]:
        """Open cases of each team."""
        found: dict[str, list[Case]] = defaultdict(list)
        for c in self.open:
            if c.team:
                found[c.team].append(c)
        return found

    @cached_property
    def staff_in(self) -> dict[str, list[Worker]]:
        """Staff of each team who are in post."""
        found: dict[str, list[Worker]] = defaultdict(list)
        for w in self.p.staff:
            if self.in_post(w):
                found[w.team].append(w)
        return found

    @cached_property
    def reviews(self) -> dict[str, list[Review]]:
        """Reviews of each case up to the as-at date, latest last."""
        found: dict[str, list[Review]] = defaultdict(list)
        for r in sorted(self.p.reviews, key=lambda r: r.reviewed_on):
            if r.reviewed_on <= AS_AT:
                found[r.case_id].append(r)
        return found

    @cached_property
    def contacts(self) -> dict[str, list[Contact]]:
        """Contacts of each case up to the as-at date, latest last."""
        found: dict[str, list[Contact]] = defaultdict(list)
        for c in sorted(self.p.contacts, key=lambda c: c.contact_on):
            if c.contact_on <= AS_AT:
                found[c.case_id].append(c)
        return found

    def attended(self, case_id: str | None) -> Iterator[Contact]:
        return (c for c in self.contacts.get(case_id or "", ()) if c.outcome == "attended")

    def seen_between(self, case_id: str | None, first: date, last: date) -> bool:
        return any(first <= c.contact_on <= last for c in self.attended(case_id))

    @cached_property
    def allocations(self) -> dict[str, list[Allocation]]:
        """Allocations of each case current at the as-at date."""
        found: dict[str, list[Allocation]] = defaultdict(list)
        for a in self.p.allocations:
            if a.allocated_on <= AS_AT and not (a.ended_on and a.ended_on <= AS_AT):
                found[a.case_id].append(a)
        return found

    @cached_property
    def sessions(self) -> dict[str, list[Session]]:
        """Held sessions of each worker up to the as-at date, latest last."""
        found: dict[str, list[Session]] = defaultdict(list)
        for s in sorted(self.p.supervision, key=lambda s: s.held_on):
            if s.status == "held" and s.held_on <= AS_AT:
                found[s.worker_id].append(s)
        return found

    @cached_property
    def sign_offs(self) -> dict[tuple[str, str], list[SignOff]]:
        found: dict[tuple[str, str], list[SignOff]] = defaultdict(list)
        for s in self.p.competencies:
            if s.signed_off_on <= AS_AT:
                found[s.worker_id, s.competency].append(s)
        return found

    @cached_property
    def named_in_incident(self) -> dict[tuple[str, str], list[date]]:
        found: dict[tuple[str, str], list[date]] = defaultdict(list)
        for i in self.p.incidents:
            if i.worker_id and i.competency and i.occurred_on <= AS_AT:
                found[i.worker_id, i.competency].append(i.occurred_on)
        return found

    def high(self, cases: Iterable[Case]) -> int:
        return sum(c.acuity_band in HIGH_ACUITY for c in cases)

    def points(self, cases: Iterable[Case]) -> int:
        return sum(POINTS.get(c.acuity_band or "", 0) for c in cases)

    def band(self, case: Case) -> str | None:
        """The case's band where the scale knows it."""
        return case.acuity_band if case.acuity_band in BANDS else None
