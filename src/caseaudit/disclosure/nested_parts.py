"""Checks of nested populations by team, in two packs: in no team do both packs together tell of a few people.

Beside the tables by team of this pack a reader may lay those of the earlier one. If populations only grow, then of two
checks, one within the other, four numbers of each team hang together: smaller and larger, then and now. Each is no less
than the smaller of its month and than itself a month before; each adds up over the teams to what is told of the check.
What is shown of them bounds what is not, and so the people who are in the larger population and not in the smaller.

The bounds are those of differences of two of the four numbers, team by team and of the whole, each made as close as all
the others make it, until none moves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations, product
from math import inf

import polars as pl

from caseaudit.disclosure.breakdowns import NO_TEAM
from caseaudit.disclosure.counts import is_about_people
from caseaudit.disclosure.nested_tables import ACUITY, HIGH, OPEN_CASES
from caseaudit.disclosure.nesting import members_by
from caseaudit.disclosure.partings import put_together, shrank
from caseaudit.disclosure.profiles import Profile
from caseaudit.disclosure.spreads import high_bands
from caseaudit.model import Result, Status
from caseaudit.publication import Earlier, Figure, PublicResult, PublicTable

Teams = Mapping[str, int]
"""Members by team, as a table tells them; teams that are put together have one number."""

NOBODY, SMALLER_THEN, LARGER_THEN, SMALLER_NOW, LARGER_NOW = range(5)
_PATHS = tuple(product(range(5), repeat=3))
_MONTHS = ((SMALLER_THEN, LARGER_THEN), (SMALLER_NOW, LARGER_NOW))


class Bounds:
    """The most by which one of the numbers can exceed another; for every team and for the whole."""

    def __init__(self, teams: Sequence[str]) -> None:
        self.of = {team: [[0 if i == j else inf for j in range(5)] for i in range(5)] for team in (*teams, "")}
        self.sums: list[tuple[int, tuple[str, ...], float]] = []
        for most in self.of.values():
            for number in range(1, 5):
                most[NOBODY][number] = 0

    def is_at_most(self, number: int, other: int) -> None:
        """One number exceeds another in no team."""
        for most in self.of.values():
            most[number][other] = min(most[number][other], 0)

    def known(self, number: int, teams: Collection[str], value: float) -> None:
        """Of some teams together, a number; the whole is the team without a name."""
        if len(teams) == 1:
            most = self.of[next(iter(teams))]
            most[number][NOBODY], most[NOBODY][number] = value, -value
        elif teams:
            self.sums.append((number, tuple(teams), value))

    def close(self) -> bool:
        """Tighten all bounds; whether any numbers fit them."""
        teams = [team for team in self.of if team]
        before = None
        while before != (now := [[list(row) for row in most] for most in self.of.values()]):
            moved = [place for place in range(len(now)) if before is None or before[place] != now[place]]
            before, every = now, list(self.of.values())
            for most in (every[place] for place in moved):
                for k, i, j in _PATHS:
                    if most[i][k] + most[k][j] < most[i][j]:  # noqa: PLR1730 - in the innermost loop
                        most[i][j] = most[i][k] + most[k][j]
                if any(most[i][i] < 0 for i in range(5)):
                    return False
            for i, j in permutations(range(5), 2):
                self._add_up(teams, i, j)
            for number, together, value in self.sums:
                for team in together:
                    rest = [self.of[other] for other in together if other != team]
                    most = self.of[team]
                    most[number][NOBODY] = min(most[number][NOBODY], value + sum(one[NOBODY][number] for one in rest))
                    most[NOBODY][number] = min(most[NOBODY][number], sum(one[number][NOBODY] for one in rest) - value)
        return True

    def _add_up(self, teams: Sequence[str], i: int, j: int) -> None:
        """What teams make of the whole, and the whole of each team."""
        whole = self.of[""]
        tops = [self.of[team][i][j] for team in teams]
        whole[i][j] = min(whole[i][j], sum(tops))
        lows = [-self.of[team][j][i] for team in teams]
        endless = sum(low == -inf for low in lows)
        finite = sum(low for low in lows if low != -inf)
        for low, team in zip(lows, teams, strict=True):
            if endless - (low == -inf) == 0:
                rest = finite - (0 if low == -inf else low)
                self.of[team][i][j] = min(self.of[team][i][j], whole[i][j] - rest)

    def between(self, team: str, month: int) -> tuple[float, float]:
        """The fewest and the most who are in the larger population of a month and not in the smaller."""
        smaller, larger = _MONTHS[month]
        return -self.of[team][smaller][larger], self.of[team][larger][smaller]


@dataclass(frozen=True)
class Told:
    """What one pack tells of a check's population: the whole, and by team; None where it does not."""

    whole: int | None
    teams: Teams | None


@dataclass(frozen=True)
class Pair:
    """Two checks of which the first may lie within the second, as both packs tell them.

    Attributes:
        now: of the smaller and the larger check, by the pack that is made; then: by the earlier one.
        few: team → how many are in the larger population now and not in the smaller, as counted.
        growing: of the smaller and the larger check, whether its figures leave it possible that it only grows.
        beside: whether it is said of the smaller check, now, that it lies a few people below some other.
    """

    then: tuple[Told, Told]
    now: tuple[Told, Told]
    few: Mapping[str, int]
    growing: tuple[bool, bool] = (True, True)
    beside: bool = False

    def may_tell(self, threshold: int) -> bool:
        """Whether it is worth asking: a small difference that nobody was told may be there, in one month or the other.

        Then, it was hardly further from what it is now than both checks have grown or shrunk.
        """
        if not any(self.growing) or all(one.teams is None for one in (*self.then, *self.now)):
            return False  # of the whole alone see nested_months
        small = any(0 < number < threshold for number in (*self.few.values(), self._few("")))
        if small and not _all_told(self.now):
            return True
        if _all_told(self.then):
            return False
        (smaller_then, larger_then), (smaller_now, larger_now) = self.then, self.now
        wholes = [one.whole for one in (smaller_now, larger_now, smaller_then, larger_then)]
        known = [number for number in wholes if number is not None]
        new = abs(known[0] - known[2]) + abs(known[1] - known[3]) if len(known) == 4 else inf
        if min(self.few.values(), default=0) < 2 * threshold + new:
            return True
        before, after = larger_then.teams or {}, smaller_now.teams or {}
        return any(0 < number - after[team] < threshold for team, number in before.items() if team in after)

    def tells(self, threshold: int) -> bool:
        """Whether a small difference keeps fewer values than a small count has, or than one month by itself leaves."""
        teams = self._teams()
        alone = self._bounds(teams, (), threshold)
        if alone is None:
            return False
        every = [number for number, may in zip(_MONTHS[0], self.growing, strict=True) if may]
        for growing in (every, *([number] for number in every if len(every) > 1)):
            both = self._bounds(teams, growing, threshold)
            if both is None:
                continue  # the figures rule it out
            if any(self._narrows(team, alone, both, threshold) for team in (*teams, "")):
                return True
            if growing == every:
                break  # what one of the two tells by itself is less
        return False

    def _narrows(self, team: str, alone: Bounds, both: Bounds, threshold: int) -> bool:
        for month in (0, 1):
            (least, most), before = both.between(team, month), alone.between(team, month)
            some = most >= 1 and least < threshold if month == 0 else 0 < self._few(team) < threshold
            if some and most - least + 1 < min(threshold - 1, before[1] - before[0] + 1):
                return True
        return False

    def _few(self, team: str) -> int:
        if not team:
            return sum(self.few.values())
        named = set(self._teams())
        return self.few.get(team, 0) if team in self.few else sum(n for one, n in self.few.items() if one not in named)

    def _teams(self) -> list[str]:
        """Every team a table names, and one more for those that none names."""
        tables = [told.teams for told in (*self.then, *self.now) if told.teams is not None]
        named = {team for table in tables for team in table if not put_together(team)}
        unnamed = any(put_together(team) > len(named - set(table)) for table in tables for team in table)
        return [*sorted(named), *(["others"] if unnamed else [])]

    def _bounds(self, teams: Sequence[str], growing: Collection[int], threshold: int) -> Bounds | None:
        bounds = Bounds(teams)
        for smaller, larger in _MONTHS:
            bounds.is_at_most(smaller, larger)
        for number in growing:
            bounds.is_at_most(number, number + 2)
        for number, told in enumerate((*self.then, *self.now), start=1):
            if told.whole is not None:
                bounds.known(number, [""], told.whole)
            for team, members in (told.teams or {}).items():
                some = [team] if team in teams else [one for one in teams if one not in (told.teams or {})]
                bounds.known(number, some, members)
        if self.beside and 0 < self._few("") < threshold:
            most = bounds.of[""]
            most[LARGER_NOW][SMALLER_NOW], most[SMALLER_NOW][LARGER_NOW] = threshold - 1, -1
        return bounds if bounds.close() else None


def _all_told(pair: tuple[Told, Told]) -> bool:
    """Whether every number of a month is shown, of the whole and of each team by itself."""
    return all(
        one.whole is not None and one.teams is not None and not any(map(put_together, one.teams)) for one in pair
    )


# --- What a pack tells ------------------------------------------------------------------------------------------


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
        (now_, then_) for row in (now.rows if now else ())
        if not put_together(str(row[0])) and (old := before.get(str(row[0]))) is not None
        for now_, then_ in zip(row[1:3], old[1:3], strict=True)
        if now_.value is not None and then_.value is not None and now_.value < then_.value
    )  # fmt: skip


def _of_high_acuity(cases: Result) -> Result:
    assert cases.evidence is not None  # noqa: S101 - it has a column
    high = cases.evidence.filter(pl.col(HIGH).fill_null(value=False))
    return replace(cases, code=HIGH, evidence=high, population=int(high.select(pl.len()).collect().item()))


def _by_team(result: Result) -> dict[str, int]:
    assert result.evidence is not None  # noqa: S101 - it has teams
    named = result.evidence.select(pl.col("team").fill_null(NO_TEAM))
    return dict(named.group_by("team").len().collect().iter_rows())
