"""Tables that part a check by team or signal, in two packs: neither tells what the other hides or puts together."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from caseaudit.disclosure.months import ANY, COUNT, Growth, Month, Span, Told, is_fewer, keeps, shown
from caseaudit.disclosure.profiles import Profile
from caseaudit.publication import (
    TEAMS_TOGETHER,
    EarlierResult,
    Figure,
    PublicResult,
    PublicTable,
    count,
    share,
    teams_name,
)

_TEAMS = re.compile(rf"^(\d+){TEAMS_TOGETHER}$")
_MERGED = re.compile(rf"{_TEAMS.pattern}| or ")
_TOGETHER = "Parts that the earlier report put together are put together."
WHY = "Figures from which a small number could be worked out are not shown."


@dataclass(frozen=True, slots=True)
class Part:
    """A row of a table that parts a check: members, and those of them that fell short; None where hidden."""

    members: int
    short: int | None


def put_together(name: str) -> int:
    """How many teams a row of that name puts together; 0 for a team by itself."""
    found = _TEAMS.match(name)
    return int(found[1]) if found else 0


def shrank(then: EarlierResult, now: PublicResult) -> bool:
    """Whether a figure that never shrinks where a population only grows has."""
    return is_fewer(now.population, then.population) or is_fewer(now.met, then.met)


def kept_parts(
    table: PublicTable, before: PublicTable, then: EarlierResult, now: PublicResult, profile: Profile
) -> PublicTable | None:
    """The table, with more rows hidden where need be; None where that would not do."""
    old, new = _parts(before), _parts(table)
    both = {name for name in old.keys() & new.keys() if old.keys() == new.keys() or not _MERGED.search(name)}
    short_then, short_now = _short(then.population, then.met), _short(now.population, now.met)
    if shrank(then, now) or any(new[name].members < old[name].members for name in both):
        return table  # no population that only grows
    if short_then is None or short_now is None:
        return table
    if old.keys() != new.keys():
        if not any(map(_MERGED.search, (*old, *new))):
            old |= {name: Part(0, 0) for name in new.keys() - old.keys()}
        elif _may_be_apart(old, new, both, profile.threshold):
            # What is put together differently is shown in full: only the others can hide anything.
            short_then -= _sum(old, old.keys() - both)[1]
            short_now -= _sum(new, new.keys() - both)[1]
            old, new = ({name: part for name, part in rows.items() if name in both} for rows in (old, new))
        elif (joined := _joined_alike(table, old, both)) is not None:
            table, old = joined
            new = _parts(table)
        else:
            return None
    also = {name for name, part in old.items() if part.short is None}
    for hidden in (set(), also):
        rows = {name: replace(part, short=None) if name in hidden else part for name, part in new.items()}
        if 2 * sum(part.short is None for part in rows.values()) > len(rows):
            break
        if _parts_keep((old, short_then), (rows, short_now), profile.threshold):
            return _with_hidden(table, hidden, profile)
    return None


def _may_be_apart(old: Mapping[str, Part], new: Mapping[str, Part], both: Collection[str], threshold: int) -> bool:
    """Whether parts that one pack puts together and the other tells apart keep enough values where they are together.

    Where both put parts together, and not the same ones, that is not worked out: they may not.
    """
    then, now = ([part for name, part in rows.items() if name not in both] for rows in (old, new))
    if min(len(then), len(now)) > 1 or any(part.short is None for part in (*then, *now)):
        return False
    width = max(len(then), len(now))
    return all(
        keeps(
            _month([of(part) for part in then], width),
            _month([of(part) for part in now], width),
            [Growth((new,) * width, new) for new in growths],
            threshold,
        )
        for of, growths in _MERGED_GROWTHS
    )


def _month(numbers: Sequence[int], width: int) -> Month:
    """Numbers as shown; where fewer are shown than there are, only their sum."""
    if len(numbers) == width:
        return Month(shown(sum(numbers)), tuple(map(shown, numbers)))
    return Month(shown(sum(numbers)), (Told(Span(0, inf), hidden=True),) * width)


_MERGED_GROWTHS: tuple[tuple[Callable[[Part], int], tuple[Span, ...]], ...] = (
    (lambda part: part.members, (COUNT,)),
    (lambda part: part.members - (part.short or 0), (COUNT,)),
    (lambda part: part.short or 0, (COUNT, ANY)),
)


def _joined_alike(
    table: PublicTable, old: Mapping[str, Part], both: Collection[str]
) -> tuple[PublicTable, dict[str, Part]] | None:
    """The table and the earlier parts with all that is not named in both put together; None where that would not do."""
    apart, new = set(both), _parts(table)
    rest = [name for name in new if name not in apart]
    rest_then = [name for name in old if name not in apart]
    if not apart or not rest or any(rows[name].short is None for rows, names in ((new, rest), (old, rest_then))
                                    for name in names):  # fmt: skip
        return None
    name = _put_together(rest)
    members, short = _sum(new, rest)
    row = (Figure(name), count(members), count(members - short), count(short), share(members - short, members))
    rows = [row for row in table.rows if str(row[0]) in apart]
    rows = sorted([*rows, row], key=lambda row: (row[3].hidden, row[4].value or 0.0, str(row[0])))
    note = table.note if _TOGETHER in table.note else f"{_TOGETHER} {table.note}".strip()
    parts = {one: part for one, part in old.items() if one in apart} | {name: Part(*_sum(old, rest_then))}
    return replace(table, rows=tuple(rows), note=note), parts


def _put_together(names: Sequence[str]) -> str:
    """What stands for parts that are put together: "3 teams together", or signals by name."""
    counted = [_TEAMS.match(name) for name in names]
    if any(counted) or not any(" or " in name for name in names):
        return teams_name(sum(int(found[1]) if found else 1 for found in counted))
    return " or ".join(names)


def _sum(parts: Mapping[str, Part], names: Iterable[str]) -> tuple[int, int]:
    found = [parts[name] for name in names]
    return sum(part.members for part in found), sum(part.short or 0 for part in found)


def _parts(table: PublicTable) -> dict[str, Part]:
    return {
        str(row[0]): Part(int(row[1].value or 0), None if row[3].hidden else int(row[3].value or 0))
        for row in table.rows
    }


def _short(population: Figure, met: Figure) -> int | None:
    return None if population.value is None or met.value is None else int(population.value - met.value)


def _parts_keep(old: tuple[Mapping[str, Part], int], new: tuple[Mapping[str, Part], int], threshold: int) -> bool:
    """Whether what is told of the parts and of their sum, then and now, keeps every hidden number."""
    names = list(new[0])
    then, now = (Month(shown(total), tuple(_part_told(rows[name]) for name in names)) for rows, total in (old, new))
    added = [new[0][name].members - old[0][name].members for name in names]
    every = Growth(tuple(Span(0, number) for number in added))
    met = Growth(tuple(Span(-inf, number) for number in added), ANY)
    return keeps(then, now, (every, met), threshold)


def _part_told(part: Part) -> Told:
    return Told(Span(0, part.members), hidden=True) if part.short is None else shown(part.short)


def _with_hidden(table: PublicTable, names: Collection[str], profile: Profile) -> PublicTable:
    if not names:
        return table
    held = profile.held()
    rows = [(*row[:2], held, held, held) if str(row[0]) in names else row for row in table.rows]
    note = table.note if WHY in table.note else f"{table.note} {WHY}".strip()
    # As in any such table: those whose figures are not shown come last, by name, so that their order tells nothing.
    rows = sorted(rows, key=lambda row: (row[3].hidden, str(row[0]) if row[3].hidden else ""))
    return replace(table, rows=tuple(rows), note=note)
