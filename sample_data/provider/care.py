"""Changes of band, reviews and contacts of each case."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date, datetime, time
from random import Random

from .model import AS_AT, HISTORY_DAYS, Band, Case, Contact, Provider, Review
from .people import days, weekday
from .roster import Roster, TeamRoster
from .standard import BANDS, CONTACT_DAYS, HIGH_ACUITY, REVIEW_DAYS
from .teams import Kind

_KINDS = ("Initial", "Routine", "Care plan", "After incident")
_OUTCOMES = ("Continue plan", "Step down", "Step up", "Discharge planning", "Refer on")
_COMMENTS = (
    "Plan agreed – copy to GP",
    "Met at café, brought partner along",
    "£40 travel fund approved",
    "Wants fewer visits; naïve to depot",
    "Family “very pleased” with progress",
    "",
    "",
    "Carer’s assessment offered",
)
_SPACING = {"very_high": 5.6, "high": 11.5, "moderate": 23, "low": 66}
_CLINICAL_PURPOSES = ("therapy", "assessment", "medication_review", "risk_review", "care_planning")
_ROUTINE = ("practical_support", "engagement", "transport")
_START = AS_AT - days(HISTORY_DAYS)


def build_care(provider: Provider, kinds: dict[str, Kind], seed: int, per_case: int | None) -> None:
    """Fill bands, reviews and contacts; per_case caps the contacts of a case, latest first."""
    rng = Random(f"{seed}:care")
    roster = Roster(provider)
    layer = {worker_id: w.layer for worker_id, w in roster.worker.items()}
    clocks = [time(9 + i // 12, i % 12 * 5) for i in range(96)]
    for case in provider.cases:
        kind, team = kinds[case.team or ""], roster.teams[case.team or ""]
        _bands(provider, case, team, kind, rng)
        _reviews(provider, case, team, kind, rng)
        _contacts(provider, case, team, kind, layer, clocks, per_case, rng)


def _bands(provider: Provider, case: Case, team: TeamRoster, kind: Kind, rng: Random) -> None:
    """The band set at opening, and for some a change since."""
    if not case.acuity_band:
        return
    end = case.closed_on or AS_AT
    made = []
    if rng.random() < 0.35 and (end - case.opened_on).days > 60:
        first = rng.choice([b for b in BANDS if b != case.acuity_band])
        changed = case.opened_on + days(rng.randint(30, (end - case.opened_on).days - 5))
        made = [(first, case.opened_on), (case.acuity_band, weekday(changed))]
    else:
        made = [(case.acuity_band, case.opened_on)]
    for band, set_on in made:
        change = Band(case.case_id, band, set_on, proposed_by=case.worker_id, reason=rng.choice(_OUTCOMES[:3]))
        if rng.random() < kind.keeps + 0.04:
            change.confirmed_by = rng.choice(team.clinicians).worker_id
            late = rng.random() > kind.keeps + 0.03
            change.confirmed_on = min(AS_AT, set_on + days(rng.randint(4, 9) if late else rng.randint(0, 3)))
        provider.bands.append(change)


def _reviews(provider: Provider, case: Case, team: TeamRoster, kind: Kind, rng: Random) -> None:
    """Reviews from the latest backwards; the latest is in time as often as the team keeps time."""
    interval = REVIEW_DAYS[case.acuity_band or "moderate"]
    end = case.closed_on or AS_AT
    age = (end - case.opened_on).days
    if age <= 40 and rng.random() < 0.6:
        return
    in_time = rng.random() < kind.keeps + 0.02
    back = rng.uniform(0.03, 0.88) * interval if in_time else rng.uniform(1.05, 1.5) * interval
    day = weekday(end - days(int(back)))
    if day <= case.opened_on:
        if rng.random() > kind.keeps:
            return
        day = weekday(case.opened_on + days(rng.randint(1, max(1, min(age, 50)))))
        day = max(day, case.opened_on)
    last = True
    while day >= max(case.opened_on, _START):
        review = Review(case.case_id, day, rng.choice(_KINDS[1:]), outcome=rng.choice(_OUTCOMES))
        review.reviewer_id = case.worker_id if rng.random() < 0.6 else rng.choice(team.clinicians).worker_id
        review.comment = rng.choice(_COMMENTS)
        if rng.random() < kind.keeps + 0.03:
            late = last and rng.random() < 0.03
            reach = rng.randint(5, 40) if late else -int(rng.uniform(0, 0.09) * interval)
            review.next_review_on = day + days(interval + reach)
        if rng.random() < kind.keeps + 0.02:
            review.signed_off_by = rng.choice(team.clinicians).worker_id
            if rng.random() < 0.04 and team.support:
                review.signed_off_by = rng.choice(team.support).worker_id
        if last:
            case.next_review_on = review.next_review_on
            last = False
        provider.reviews.append(review)
        day = weekday(day - days(int(interval * rng.uniform(0.75, 1.05))))
    if not last:
        provider.reviews[-1].kind = "Initial"


def _contacts(
    provider: Provider,
    case: Case,
    team: TeamRoster,
    kind: Kind,
    layer: dict[str, str],
    clocks: list[time],
    per_case: int | None,
    rng: Random,
) -> None:
    """Contacts from the latest backwards, so that a cap keeps the latest."""
    band = case.acuity_band or "moderate"
    interval, spacing = CONTACT_DAYS[band], _SPACING[band]
    end = case.closed_on or AS_AT
    first = max(case.opened_on, _START)
    late = rng.random() > kind.keeps and (end - first).days > interval
    day = end - days(int(rng.uniform(1.1, 1.7) * interval if late else rng.uniform(0, 0.75) * interval))
    loyal = rng.random() < 0.92
    mates = team.clinicians + team.support
    risky = band in HIGH_ACUITY
    latest = True
    attended_after = True
    left = per_case if per_case is not None else 10**6
    while left > 0:
        day = weekday(day)
        if day < first:
            if latest and first.weekday() < 5:
                day = first
            else:
                break
        outcome = "attended"
        if not latest:
            roll = rng.random()
            if roll < kind.missed and attended_after:
                outcome = "did_not_attend"
            elif kind.missed <= roll < kind.missed + 0.02:
                outcome = "cancelled_by_client"
            elif kind.missed + 0.02 <= roll < kind.missed + 0.02 + kind.service_cancels:
                outcome = "cancelled_by_service"
        latest = False
        came = outcome == "attended"
        if came or outcome == "did_not_attend":
            attended_after = came
        worker = case.worker_id
        if rng.random() > (0.88 if loyal else 0.35):
            worker = rng.choice(mates).worker_id
        elif risky and layer.get(worker or "") != "clinical" and rng.random() < 0.36:
            worker = rng.choice(team.clinicians).worker_id
        clinical = layer.get(worker or "") == "clinical"
        routine = rng.random() < (0.2 if clinical else 0.65)
        provider.contacts.append(
            Contact(
                case.case_id,
                day,
                worker,
                rng.random() < 0.93,
                rng.choice(("face_to_face", "face_to_face", "telephone", "video")),
                outcome,
                _recorded(day, kind, clocks, rng),
                came and risky and rng.random() < 0.93,
                rng.choice(_ROUTINE if routine else _CLINICAL_PURPOSES),
            )
        )
        left -= 1
        day -= days(max(1, int(spacing * rng.uniform(0.7, 1.25)) if came else 2))


def _recorded(day: date, kind: Kind, clocks: list[time], rng: Random) -> datetime | None:
    roll = rng.random()
    if roll < 0.008:
        return None
    wait = 0 if roll < 0.6 else rng.randint(1, 2) if roll < kind.keeps + 0.02 else rng.randint(3, 12)
    return datetime.combine(min(AS_AT, day + days(wait)), rng.choice(clocks))


class Timeline:
    """The attended contacts of each case in order of day, for whoever needs to know what followed an event."""

    def __init__(self, provider: Provider) -> None:
        self.attended: dict[str, list[date]] = defaultdict(list)
        for c in provider.contacts:
            if c.outcome == "attended":
                self.attended[c.case_id].append(c.contact_on)
        for seen in self.attended.values():
            seen.sort()

    def next_after(self, case_id: str, day: date) -> date | None:
        """First attended contact later than the day."""
        seen = self.attended.get(case_id, [])
        place = bisect_right(seen, day)
        return seen[place] if place < len(seen) else None
