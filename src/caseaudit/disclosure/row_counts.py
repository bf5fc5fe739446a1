"""Checks that count rows of the exports, beside what is told of the rows of each source.

DQ07 counts every record and those that were lost; DQ01 the rows of tables with a key; DQ03 those with a date. Where it
is hidden how many records of a source were lost, such a check tells of all of them together, or of those of some
sources. DQ07 is shown so that neither tells of the other; of another check nothing is shown where the hidden sources
it parts from the rest would follow.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from caseaudit.disclosure.counts import ROWS, is_decided, public_result, tells_of
from caseaudit.disclosure.nesting import held_back
from caseaudit.disclosure.profiles import Profile
from caseaudit.disclosure.protecting import Cell, Mark, Parts, Showing, hidden_cells, is_safe
from caseaudit.disclosure.sources import Lost
from caseaudit.model import Result, SourceAccount
from caseaudit.publication import Earlier, Figure, PublicResult

RECORDS = "source row"
"""The subject of the check that counts every record of the exports."""

KEYED = frozenset(
    {
        "cases", "contacts", "referrals", "tasks", "risk_flags", "huddles", "escalations", "capacity_exceptions",
        "incidents", "risk_register", "staff", "supervision",
    }
)  # fmt: skip
"""Tables with a key. Written down, as in `sources`, and so is what the rows of a table point to."""

_CASE, _WORKER, _WORKERS = ("cases", "staff"), ("staff",), ("staff", "staff")
REFERENCES: Mapping[str, tuple[str, ...]] = {
    "cases": _WORKERS, "bands": (*_CASE, "staff"), "reviews": (*_CASE, "staff"), "contacts": _CASE,
    "referrals": ("cases",), "physical_checks": ("cases",), "tasks": (*_CASE, *_WORKERS), "risk_flags": _CASE,
    "huddles": _WORKERS, "escalations": (*_CASE, "staff"), "capacity_exceptions": _WORKERS, "incidents": _CASE,
    "allocations": (*_CASE, *_WORKERS), "staff": _WORKER, "supervision": _WORKERS, "competencies": _WORKERS,
    "training": _WORKER, "peer_roles": _WORKER, "duty_rota": _WORKER,
}  # fmt: skip
"""Table → the tables that its fields point to, one for each field."""


def beside_rows(
    results: Sequence[Result],
    public: Sequence[PublicResult],
    accounts: Sequence[SourceAccount],
    lost: Lost,
    profile: Profile,
    earlier: Earlier | None,
) -> tuple[PublicResult, ...]:
    """The results, those that count rows as they may stand beside what is told of each source.

    Args:
        results: of the run.
        public: the same, as they are shown.
        accounts: what became of each source's rows.
        lost: of which sources it is hidden how many records were lost.
        profile: how small numbers are protected.
        earlier: what an earlier pack told the same readers; None where there is none.
    """
    if not profile.threshold or profile.rounded_to > 1 or not accounts:
        return tuple(public)
    rows = _Rows(accounts, lost, profile)
    found = {one.code: one for one in public}
    counting = [raw for raw in results if raw.subject in ROWS and is_decided(raw) and not found[raw.code].beside]
    if not lost.read:
        return tuple(
            held_back(found[raw.code], raw, profile) if raw in counting else found[raw.code] for raw in results
        )
    records = [raw for raw in counting if raw.subject == RECORDS]
    for raw in records:
        then = earlier.results.get(raw.code) if earlier else None
        found[raw.code] = public_result(
            raw, profile, None, few_staff=False, earlier=then, known=rows.shown, allowed=rows.allowing(raw)
        )
    told: list[frozenset[int]] = []
    for raw in counting:
        counted = rows.counted_by(raw) if raw.subject != RECORDS and lost.hidden else None
        if counted is None:
            continue  # nothing is hidden, or its number is that of no rows
        more = [*told, counted]
        if rows.keep(more) and all(rows.keep_beside(one, found[one.code], more) for one in records):
            told = more
        else:
            found[raw.code] = held_back(found[raw.code], raw, profile)
    return tuple(found[one.code] for one in public)


@dataclass(frozen=True)
class _Rows:
    """What a reader knows of the records lost: of which sources how many, and so how many at the least."""

    accounts: Sequence[SourceAccount]
    lost: Lost
    profile: Profile

    @property
    def shown(self) -> int:
        """Records lost of the sources of which that is told."""
        return self._least([])

    def allowing(self, raw: Result) -> Callable[[Showing], bool]:
        """Whether a way of showing the check of all records keeps what is hidden of the sources."""

        def allows(way: Showing) -> bool:
            if self._tells_silent(raw, way, self.shown):
                return False
            if not self.lost.hidden:
                return True
            if not self.lost.closed and self._is_sum(raw, way):
                return False
            return self._most(raw, way) - self.shown >= self.profile.threshold - 2

        return allows

    def counted_by(self, raw: Result) -> frozenset[int] | None:
        """Sources whose rows a check counts; None where its number is far from theirs."""
        supplied = {name for one in self.accounts for name in one.tables}
        weight = {name: _times(raw.code, name, supplied) for name in supplied}
        places = frozenset(p for p, one in enumerate(self.accounts) if any(weight[name] for name in one.tables))
        sums = (
            sum(one.kept * weight[name] for one in self.accounts for name in one.tables),
            sum(self.accounts[place].kept for place in places),
        )
        return places if any(abs(number - raw.population) < 4 * self.profile.threshold for number in sums) else None

    def keep(self, told: Sequence[frozenset[int]]) -> bool:
        """Whether sums of the rows of such sources keep what is hidden of each."""
        parted: dict[tuple[bool, ...], list[int]] = {}
        for place in sorted(self.lost.hidden):
            pattern = tuple(place in places for places in told)
            if any(pattern):
                parted.setdefault(pattern, []).append(place)
        return all(map(self._closed, parted.values()))

    def keep_beside(self, raw: Result, public: PublicResult, told: Sequence[frozenset[int]]) -> bool:
        """Whether such sums and the check of all records keep what is hidden of both."""
        way, least = _way(public), self._least(told)
        if self._tells_silent(raw, way, least):
            return False
        rest = self.lost.hidden - {place for places in told for place in places}
        if rest:
            room = self._most(raw, way) - least
            if room < self.profile.threshold - 2 or (self._is_sum(raw, way) and not self._closed(rest)):
                return False
        if all(mark is Mark.SHOWN for mark in (*way.marks, way.population)):
            return True
        parts, tells = Parts(raw.met, raw.breach, raw.not_evidenced), tells_of(raw, least)
        return is_safe(parts, way, self.profile.threshold, tells)

    def _is_sum(self, raw: Result, way: Showing) -> bool:
        """Whether the breaches that are shown are the records lost and hardly anything else."""
        return way.breach is Mark.SHOWN and raw.breach - sum(one.lost for one in self.accounts) < self.profile.threshold

    def _tells_silent(self, raw: Result, way: Showing, least: int) -> bool:
        """Whether the records lost, all of them known, are its breaches: so those of which a cell was lost follow."""
        together = way.met is Mark.SHOWN is not way.breach
        return together and raw.breach == least == sum(one.lost for one in self.accounts)

    def _most(self, raw: Result, way: Showing) -> float:
        """The most records that can be lost by what is shown of the check of all records."""
        if way.breach is Mark.SHOWN:
            return raw.breach
        if way.breach is Mark.SMALL:
            return self.profile.threshold - 1
        return raw.breach + raw.not_evidenced if way.population is way.met is Mark.SHOWN else inf

    def _least(self, told: Sequence[frozenset[int]]) -> int:
        summed = {place for places in told for place in places}
        return sum(
            one.lost for place, one in enumerate(self.accounts) if place in summed or place not in self.lost.hidden
        )

    def _closed(self, places: Collection[int]) -> bool:
        cells = [self.accounts[place].lost for place in places]
        most = sum(cells) + self.profile.threshold
        every = [Cell(number, 0, most, small=True) for number in cells]
        return hidden_cells(every, self.profile.threshold) is not None


def _times(code: str, table: str, supplied: Collection[str]) -> int:
    """How often a check counts a row of a table: DQ01 by its key, DQ02 by what it points to, any other once."""
    if code == "DQ01":
        return int(table in KEYED)
    if code == "DQ02":
        return sum(target in supplied for target in REFERENCES.get(table, ()))
    return 1


def _way(public: PublicResult) -> Showing:
    """How a check is shown."""

    def mark(figure: Figure) -> Mark:
        if not figure.hidden:
            return Mark.SHOWN
        return Mark.SMALL if figure.text.startswith("<") else Mark.BLURRED

    return Showing(*map(mark, (public.population, public.met, public.breach, public.not_evidenced)))
