"""Checks of nested populations by team, in two packs: in no team do both packs together tell of a few people.

Beside the tables by team of this pack a reader may lay those of the earlier one. What both tell together is worked out
in `nested_teams`; here it is decided which tables are not published for its sake.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations

import polars as pl

from caseaudit.disclosure.breakdowns import NO_TEAM
from caseaudit.disclosure.counts import is_about_people
from caseaudit.disclosure.months import is_fewer
from caseaudit.disclosure.nested_tables import ACUITY, HIGH, OPEN_CASES
from caseaudit.disclosure.nested_teams import Pair, Told
from caseaudit.disclosure.nesting import members_by
from caseaudit.disclosure.partings import put_together, shrank
from caseaudit.disclosure.profiles import Profile
from caseaudit.disclosure.spreads import high_bands
from caseaudit.model import Result, Status
from caseaudit.publication import Earlier, Figure, PublicResult, PublicTable


def told_by_teams(tables: Mapping[str, PublicTable], bands: Collection[str]) -> dict[str, dict[str, int]]:
    """Code of a check, or HIGH → members by team, as the tables by team and that of acuity tell them."""
    found: dict[str, dict[str, int]] = {}
    for name, table in tables.items():
        kind, _, code = name.partition("/")
        if kind == "team":
            found[code] = {str(row[0]): int(row[1].value or 0) for row in table.rows}
    if ACUITY in tables:
        table = tables[ACUITY]
        high = [place for place, column in enumerate(table.columns) if column.heading in bands]
        found[HIGH] = {str(row[0]): int(sum(row[place].value or 0 for place in high)) for row in table.rows}
        mix = {str(row[0]): int(sum(cell.value or 0 for cell in row[1:-1])) for row in table.rows}
        found.setdefault(OPEN_CASES, mix)
    return found


def to_take_away(
    results: Sequence[Result],
    public: Sequence[PublicResult],
    tables: Mapping[str, PublicTable],
    earlier: Earlier,
    within: Callable[[Result, Result], bool],
    profile: Profile,
) -> tuple[frozenset[str], frozenset[str]]:
    """Names of tables, and codes of checks, to take away so that both packs tell of no few people of a team.

    Of the two tables that of the smaller check goes first, then that of the larger; where that will not do, the
    figures of the larger check are held back, and at last those of the smaller.

    Args:
        results: of the run.
        public: the same, as they are shown.
        tables: those that would be shown.
        earlier: what the earlier pack showed.
        within: whether every member of the first check's population is one of the second's.
        profile: how small numbers are protected.
    """
    if profile.rounded_to > 1:
        return frozenset(), frozenset()
    raw = {one.code: one for one in _in_both(results, earlier)}
    both = _Both(raw, {one.code: one for one in public}, tables, earlier)
    gone, held = frozenset[str](), frozenset[str]()
    while True:
        before = gone, held
        for inner, outer in both.nested():
            told = both.pair(inner, outer, gone, held)
            if not (told.may_tell(profile.threshold) and both.is_within(inner, outer, within)):
                continue
            if not told.tells(profile.threshold):
                continue
            for more, hidden in _ways(inner, outer):
                less, hide = gone | frozenset(more), held | frozenset(hidden)
                if not both.pair(inner, outer, less, hide).tells(profile.threshold):
                    break
            gone, held = less & frozenset(tables), hide
        if before == (gone, held):  # a table that is gone may leave more possible, and so tell more
            return gone, held


def _without(tables: Mapping[str, PublicTable], gone: Collection[str]) -> dict[str, PublicTable]:
    return {name: table for name, table in tables.items() if name not in gone}


class _Both:
    """Checks about people that both packs tell of, by team."""

    def __init__(
        self,
        raw: Mapping[str, Result],
        shown: Mapping[str, PublicResult],
        tables: Mapping[str, PublicTable],
        earlier: Earlier,
    ) -> None:
        self.raw, self._shown, self._tables, self._earlier = raw, shown, tables, earlier
        self._left: dict[frozenset[str], tuple[dict[str, dict[str, int]], frozenset[str]]] = {}
        self._counts = {code: _by_team(result) for code, result in raw.items()}
        self._bands = high_bands(raw[OPEN_CASES]) if OPEN_CASES in raw else frozenset()
        self._before = told_by_teams(earlier.tables, self._bands)
        self._within: dict[tuple[str, str], bool] = {}

    def nested(self) -> Iterator[tuple[str, str]]:
        """Pairs of which the first has no more members in any team: it may lie within the second."""
        for inner, outer in permutations(self.raw, 2):
            ours, theirs = self._counts[inner], self._counts[outer]
            if members_by(self.raw[inner], self.raw[outer]) and all(
                number <= theirs.get(team, 0) for team, number in ours.items()
            ):
                yield inner, outer

    def is_within(self, inner: str, outer: str, within: Callable[[Result, Result], bool]) -> bool:
        """Whether every member of the first check's population is one of the second's; asked once."""
        if (inner, outer) not in self._within:
            self._within[inner, outer] = within(self.raw[inner], self.raw[outer])
        return self._within[inner, outer]

    def pair(self, inner: str, outer: str, gone: frozenset[str], held: Collection[str]) -> Pair:
        """Two checks as both packs tell them, this one without some tables and the figures of some checks."""
        (teams, growing), ours = self._without(gone), self._counts[inner]
        smaller, larger = (
            Told(None if code in held else self._whole(code), teams.get(code)) for code in (inner, outer)
        )
        before, outside = (Told(self._whole_then(code), self._before.get(code)) for code in (inner, outer))
        return Pair(
            (before, outside),
            (smaller, larger),
            {team: number - ours.get(team, 0) for team, number in self._counts[outer].items()},
            (inner in growing, outer in growing),
            inner != HIGH and bool(self._shown[inner].beside) and larger.whole is not None,
        )

    def _without(self, gone: frozenset[str]) -> tuple[dict[str, dict[str, int]], frozenset[str]]:
        """What the tables tell by team but for those that are gone, and which checks may only grow; worked out once."""
        if gone not in self._left:
            left = _without(self._tables, gone)
            growing = frozenset(code for code in self.raw if self._may_grow(code, left))
            self._left[gone] = told_by_teams(left, self._bands), growing
        return self._left[gone]

    def _whole(self, code: str) -> int | None:
        """The population as it is shown; that of high acuity stands nowhere by itself."""
        return None if code == HIGH else _value(self._shown[code].population)

    def _whole_then(self, code: str) -> int | None:
        return None if code == HIGH else _value(self._earlier.results[code].population)

    def _may_grow(self, code: str, tables: Mapping[str, PublicTable]) -> bool:
        """Whether a check's figures, of the whole and by team, leave it possible that its population only grows."""
        if code == HIGH:
            return True
        name = f"team/{code}"
        return not (
            shrank(self._earlier.results[code], self._shown[code])
            or _a_team_shrank(self._earlier.tables.get(name), tables.get(name))
        )


def _ways(inner: str, outer: str) -> Iterator[tuple[list[str], list[str]]]:
    """Tables and checks of a pair that may be taken away, the least first."""
    first, second = (_tables_of(code) for code in (inner, outer))
    yield first, []
    yield second, []
    yield [*first, *second], []
    if outer != HIGH:
        yield [*first, *second], [outer]
    yield [*first, *second], [code for code in (inner, outer) if code != HIGH]


def _tables_of(code: str) -> list[str]:
    return [ACUITY] if code == HIGH else [f"team/{code}", *([ACUITY] if code == OPEN_CASES else [])]


def _value(figure: Figure) -> int | None:
    return None if figure.value is None else int(figure.value)


def _in_both(results: Sequence[Result], earlier: Earlier) -> Iterator[Result]:
    """Checks about people, by team, of both packs; of open cases also those of high acuity."""
    decided = {Status.MET, Status.NOT_MET}
    for result in results:
        then = earlier.results.get(result.code)
        if then is None or then.status not in decided or result.status not in decided or result.evidence is None:
            continue
        if is_about_people(result) and "team" in result.evidence_schema:
            yield result
            if result.code == OPEN_CASES and HIGH in result.evidence_schema:
                yield _of_high_acuity(result)


def _a_team_shrank(then: PublicTable | None, now: PublicTable | None) -> bool:
    """Whether a team that both tables name has fewer members, or fewer that met the standard."""
    before = {str(row[0]): row for row in then.rows} if then else {}
    return any(
        is_fewer(new, old)
        for row in (now.rows if now else ())
        if not put_together(str(row[0])) and str(row[0]) in before
        for new, old in zip(row[1:3], before[str(row[0])][1:3], strict=True)
    )


def _of_high_acuity(cases: Result) -> Result:
    assert cases.evidence is not None  # noqa: S101 - it has a column
    high = cases.evidence.filter(pl.col(HIGH).fill_null(value=False))
    return replace(cases, code=HIGH, evidence=high, population=int(high.select(pl.len()).collect().item()))


def _by_team(result: Result) -> dict[str, int]:
    assert result.evidence is not None  # noqa: S101 - it has teams
    named = result.evidence.select(pl.col("team").fill_null(NO_TEAM))
    return dict(named.group_by("team").len().collect().iter_rows())
