"""Two checks, one within the other, team by team in two packs: what the numbers that are told leave possible.

Four numbers of each team hang together where populations only grow: smaller and larger, then and now. Each is no less
than the smaller of its month and than itself a month before; each adds up over the teams to what is told of the check.
What is shown of them bounds what is not, and so the people who are in the larger population and not in the smaller.

The bounds are those of differences of two of the four numbers, team by team and of the whole, each made as close as all
the others make it, until none moves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from math import inf

from caseaudit.disclosure.partings import put_together

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
