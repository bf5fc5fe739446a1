"""Tables side by side on one sheet, set apart by a blank column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_NAMES = 2
"""Column names that a table has at least."""


@dataclass(frozen=True, slots=True)
class Group:
    """Columns between two blank ones.

    Attributes:
        first: the first of them.
        end: the one behind the last.
        rows: how many rows have something in it, if these stand one below the other from the first row on; else 0.
    """

    first: int
    end: int
    rows: int


def tables_beside(names: Sequence[str], body: Sequence[Sequence[str]]) -> tuple[Group, list[Group]] | None:
    """The largest of several tables, and the others from left to right; None where there is one table only.

    Reports leave columns blank within a table too, so groups of columns are different tables only where each has
    several names, is filled from the first row to its last without a gap, and they do not all end in the same row.

    Args:
        names: names of the columns, empty for one without.
        body: the rows below them that are not blank; a row may be shorter than the names.
    """
    groups = _groups(names, body)
    if len(groups) < 2 or len({group.rows for group in groups}) < 2 or not all(group.rows for group in groups):
        return None
    if any(sum(map(bool, names[group.first : group.end])) < _NAMES for group in groups):
        return None
    main = max(groups, key=lambda group: (group.rows, -group.first))
    return main, [group for group in groups if group != main]


def _groups(names: Sequence[str], body: Sequence[Sequence[str]]) -> list[Group]:
    width = len(names)
    used = [bool(names[at]) or any(at < len(cells) and cells[at] for cells in body) for at in range(width)]
    groups = []
    first = 0
    for at in range(width + 1):
        if at == width or not used[at]:
            if first < at:
                groups.append(Group(first, at, _rows(first, body)))
            first = at + 1
    return groups


def _rows(column: int, body: Sequence[Sequence[str]]) -> int:
    """How many rows have something in the first column of a group, if no row before the last of them has not."""
    filled = [bool(column < len(cells) and cells[column]) for cells in body]
    count = sum(filled)
    return count if all(filled[:count]) else 0
