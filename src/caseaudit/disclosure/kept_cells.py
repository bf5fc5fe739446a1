"""Tables of cells in two packs: the mix of acuity, vacant posts and the competency matrix.

As in any two packs, where nothing that is shown has become fewer, a reader may suppose that what is counted only grows.
Then a table that puts teams or bands together tells of the parts which another month tells apart, and a cell that is
hidden lies between what other months and cells leave for it. So such tables are told alike in both months, or not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from math import inf

from caseaudit.disclosure.months import COUNT, Growth, Month, Span, Told, is_fewer, keeps, shown
from caseaudit.disclosure.partings import put_together
from caseaudit.disclosure.profiles import SMALL_TEAM, Profile
from caseaudit.publication import TEAMS_TOGETHER, Figure, PublicTable, count

HIGH_ACUITY = "High acuity"
TWO = ("Lower or not recorded", HIGH_ACUITY)
"""Columns of the mix of acuity where bands are put together."""

Cells = Mapping[tuple[str, str], Figure]
"""(row, heading) → figure."""


def kept_mix(table: PublicTable, before: PublicTable) -> PublicTable | None:
    """A table of teams that hides nothing but by putting together; None where both months would tell more.

    Its first column names the team, its last one is a share. Bands of acuity that the earlier pack put together are.
    """
    if _shrank(_cells(table), _cells(before)):
        return table
    teams = [{str(row[0]) for row in one.rows} for one in (table, before)]
    if teams[0] != teams[1] and any(map(put_together, teams[0] | teams[1])):
        return None
    new, old = ([column.heading for column in one.columns[1:-1]] for one in (table, before))
    if new == old:
        return table
    return _in_two(table, before) if old == list(TWO) else None


def _in_two(table: PublicTable, before: PublicTable) -> PublicTable:
    """The cases of each team in the two columns of the earlier table; the last column is the share of the second."""
    rows = []
    for row in table.rows:
        cases = sum(int(cell.value or 0) for cell in row[1:-1])
        high = round((row[-1].value or 0) * cases)
        rows.append((row[0], count(cases - high), count(high), row[-1]))
    return replace(table, columns=before.columns, rows=tuple(rows))


def kept_matrix(
    table: PublicTable, before: PublicTable, asked: Mapping[str, int], asked_then: Mapping[str, int], profile: Profile
) -> PublicTable | None:
    """The competency matrix with more cells hidden where need be; None where that would not do.

    A cell the earlier pack hides stays hidden with those of its team from which it could be worked out: at last all.

    Args:
        table: as it would be shown.
        before: as the earlier pack showed it.
        asked: team → competencies asked for in all, as a table by team tells it.
        asked_then: the same, as the earlier pack told it.
        profile: how small numbers are protected.
    """
    old, new = _matrix(before), _matrix(table)
    if _shrank(_flat(new), _flat(old)):
        return table
    if old.keys() != new.keys():
        return None if any(_hides(one) for one in (table, before)) else table
    hidden: set[tuple[str, str]] = set()
    for team, cells in new.items():
        also = {name for name, (need, _) in old[team].items() if need.hidden and name in cells}
        for more in (set[str](), also, set(cells)):
            if _team_keeps(old[team], cells, more, (asked_then.get(team), asked.get(team)), profile):
                hidden |= {(team, name) for name in more}
                break
        else:
            return None
    held = profile.held()
    rows = [(*row[:2], held, held, held) if (str(row[0]), str(row[1])) in hidden else row for row in table.rows]
    if all(row[2].hidden for row in rows):
        return None
    why = "Cells that the earlier report hides are not shown."
    return replace(table, rows=tuple(rows), note=f"{table.note} {why}".strip() if hidden else table.note)


Row = Mapping[str, tuple[Figure, Figure]]
"""Competency → those who need it, and those who hold it."""


def _team_keeps(
    old: Row, new: Row, more: Collection[str], totals: tuple[int | None, int | None], profile: Profile
) -> bool:
    """Whether each hidden cell of a team keeps as many values as the least number that is shown allows."""
    names = sorted({*old, *new})
    least = max(SMALL_TEAM, profile.threshold)
    some = [figure.value for row in (old, new) for cell in row.values() for figure in cell if figure.value is not None]
    most = max([*some, least])
    for number, low in ((0, 1), (1, 0)):
        months = []
        for row, hide, total in zip((old, new), (set(), more), totals, strict=True):
            parts = tuple(_told(row.get(name), number, low, most, hidden=name in hide) for name in names)
            known = total if number == 0 else None
            months.append(Month(shown(known) if known is not None else Told(Span(0, inf)), parts))
        if not keeps(months[0], months[1], (Growth((COUNT,) * len(names)),), least):
            return False
    return True


def _told(cell: tuple[Figure, Figure] | None, number: int, low: int, most: float, *, hidden: bool) -> Told:
    if cell is None:
        return shown(0)
    value = cell[number].value
    return Told(Span(low, most), hidden=True) if hidden or value is None else shown(value)


def _matrix(table: PublicTable) -> dict[str, dict[str, tuple[Figure, Figure]]]:
    found: dict[str, dict[str, tuple[Figure, Figure]]] = {}
    for team, name, need, hold, _ in table.rows:
        found.setdefault(str(team), {})[str(name)] = (need, hold)
    return found


def _flat(matrix: Mapping[str, Row]) -> dict[tuple[str, str], Figure]:
    return {
        (f"{team} {name}", word): figure
        for team, row in matrix.items()
        for name, cell in row.items()
        for word, figure in zip(("need", "hold"), cell, strict=True)
    }


def _hides(table: PublicTable) -> bool:
    return any(put_together(str(row[0])) or any(cell.hidden for cell in row) for row in table.rows)


def _cells(table: PublicTable) -> Cells:
    return {
        (str(row[0]), column.heading): figure
        for row in table.rows
        for column, figure in zip(table.columns[1:-1], row[1:-1], strict=True)
    }


def _shrank(now: Cells, then: Cells) -> bool:
    """Whether a number that both months show has become less: what is counted does not only grow."""
    return any(key in then and is_fewer(new, then[key]) for key, new in now.items() if TEAMS_TOGETHER not in key[0])
