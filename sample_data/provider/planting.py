"""Tools to put faults and boundaries into the records by hand, each with the outcome it must come to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from random import Random
from typing import Any, TypeVar

from .model import AS_AT, Allocation, Case, Contact, Planted, Provider, Review, Session, SignOff, Worker
from .people import days
from .roster import Roster
from .standard import HIGH_ACUITY

R = TypeVar("R")


class Planter:
    """Changes chosen records. A case or worker once planted is left alone by later plants."""

    def __init__(self, provider: Provider, seed: int) -> None:
        self.provider = provider
        self.rng = Random(f"{seed}:plants")
        self.used_cases: set[str] = set()
        self.used_workers: set[str] = set()
        self.roster = Roster(provider)
        self._pool = provider.open_cases()
        self.rng.shuffle(self._pool)

    def log(self, check: str, subject: str, what: str, outcome: str, record: Any = None) -> None:
        """Outcome: met, breach, not_evidenced, or outside (not in the population)."""
        self.provider.planted.append(Planted(check, record, subject, what, outcome))

    def case(self, *bands: str, team: int | None = None, **wanted: Any) -> Case:
        """An open case not planted yet, of one of the bands, of a worker in post, not on hold.

        team: place of the team among the first five. wanted: layer of its worker, oldest (days open at least),
        having (a predicate).
        """
        oldest: int = wanted.get("oldest", 0)
        having: Callable[[Case], bool] = wanted.get("having", lambda _: True)
        first_teams = self.provider.teams[:5]
        for case in self._pool:
            if (
                case.case_id not in self.used_cases
                and case.worker_id in self.roster.worker
                and case.worker_id not in self.used_workers
                and (not bands or case.acuity_band in bands)
                and case.on_hold_from is None
                and case.team in (first_teams if team is None else [first_teams[team]])
                and (AS_AT - case.opened_on).days >= oldest
                and ("layer" not in wanted or self.roster.layer(case.worker_id) == wanted["layer"])
                and having(case)
            ):
                self.used_cases.add(case.case_id)
                return case
        raise LookupError(f"no open case left for a plant: {bands}, {wanted}; take more --cases")

    def worker(self, team: int, having: Callable[[Worker], bool], *, cases: bool = True) -> Worker:
        """A worker in post not planted yet, of the team if it has one left, with open cases if so wanted."""
        for name in (self.provider.teams[team], *self.provider.teams[:5]):
            for w in self.roster.teams[name].everyone:
                if w.worker_id in self.used_workers or not having(w):
                    continue
                if cases and not self.roster.open_cases.get(w.worker_id):
                    continue
                self.used_workers.add(w.worker_id)
                return w
        raise LookupError(f"no worker left for a plant in team {team}; take more --cases")

    def clinician(self, team: str | None) -> str:
        return self.roster.teams[team or self.provider.teams[0]].clinicians[0].worker_id

    # -- reviews -----------------------------------------------------------------------------------------------

    def reviews(self, case: Case, *held: tuple[date, date | None], signed: bool = True) -> None:
        """Replace the case's reviews by these (held on, next due); the case states the last one's next date."""
        p = self.provider
        p.reviews = [r for r in p.reviews if r.case_id != case.case_id]
        case.next_review_on = None
        for day, following in held:
            review = Review(case.case_id, day, "Routine", case.worker_id, "Continue plan", following)
            review.signed_off_by = self.clinician(case.team) if signed else None
            p.reviews.append(review)
            case.next_review_on = following
        if held and case.opened_on > held[0][0]:
            case.opened_on = held[0][0] - days(3)

    def rate(self, case: Case, band: str | None) -> None:
        """Set the case's band, and its record of bands with it."""
        case.acuity_band = band
        mine = [b for b in self.provider.bands if b.case_id == case.case_id]
        if band is None:
            self.provider.bands = [b for b in self.provider.bands if b.case_id != case.case_id]
        elif mine:
            mine[-1].band = band

    # -- contacts ----------------------------------------------------------------------------------------------

    def clear_contacts(self, case: Case, after: date) -> None:
        """Drop the case's contacts later than the day."""
        p = self.provider
        p.contacts = [c for c in p.contacts if c.case_id != case.case_id or c.contact_on <= after]

    def contact(self, case: Case, day: date, outcome: str = "attended", **more: Any) -> Contact:
        made = Contact(
            case.case_id,
            day,
            more.get("worker_id", case.worker_id),
            True,
            "face_to_face",
            outcome,
            datetime.combine(day, time(16, 10)),
            more.get("risk_check", outcome == "attended" and case.acuity_band in HIGH_ACUITY),
            more.get("purpose", "care_planning"),
        )
        self.provider.contacts.append(made)
        return made

    # -- supervision and sign-offs -----------------------------------------------------------------------------

    def last_session(self, worker: Worker, day: date | None) -> Session | None:
        """Drop the worker's sessions later than the day and hold a complete one that day; None: never any."""
        p = self.provider
        p.supervision = [
            s
            for s in p.supervision
            if s.worker_id != worker.worker_id or (day is not None and s.held_on < day - days(9))
        ]
        if day is None:
            return None
        made = Session(worker.worker_id, worker.supervisor_id, day, "individual", "held")
        made.cases_reviewed, made.risks_identified, made.actions_agreed = "Yes, 6 cases", "No new risks", "Joint visit"
        made.follow_up_on, made.follow_up_done_on = day + days(7), min(AS_AT, day + days(6))
        made.decisions_reviewed = made.escalation_discussed = True
        p.supervision.append(made)
        return made

    def sign_off(self, worker_id: str, competency: str, day: date, expires: date | None = None) -> SignOff:
        """Let this be the worker's one sign-off of the competency."""
        p = self.provider
        p.competencies = [s for s in p.competencies if s.worker_id != worker_id or s.competency != competency]
        made = SignOff(worker_id, competency, day, method="observed_practice", expires_on=expires)
        team = self.roster.worker[worker_id].team
        signers = [w for w in self.roster.teams[team].clinicians if w.worker_id != worker_id]
        made.signed_off_by = signers[0].worker_id
        p.competencies.append(made)
        return made

    # -- allocations -------------------------------------------------------------------------------------------

    def current_allocations(self, case: Case) -> list[Allocation]:
        return [
            a
            for a in self.provider.allocations
            if a.case_id == case.case_id and a.allocated_on <= AS_AT and (a.ended_on is None or a.ended_on > AS_AT)
        ]

    def give(self, case: Case, worker_id: str | None) -> None:
        """Hand the case to another worker in every record, or to nobody."""
        for a in self.current_allocations(case):
            if a.worker_id == case.worker_id:
                if worker_id is None:
                    self.provider.allocations.remove(a)
                else:
                    a.worker_id = worker_id
        held = self.roster.open_cases
        if case.worker_id in held:
            held[case.worker_id].remove(case)
        if worker_id is not None:
            held.setdefault(worker_id, []).append(case)
        case.worker_id = worker_id


def first(records: list[R], having: Callable[[R], bool]) -> R:
    """The first record that fits. Raises LookupError when none does."""
    for record in records:
        if having(record):
            return record
    raise LookupError("no record left for a plant; take more --cases")
