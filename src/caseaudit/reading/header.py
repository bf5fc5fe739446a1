"""Where the header of a table is, and what its columns are called.

A title block may stand above it, it may take two rows, headings may be blank or occur twice. What is never done is to
take a row of data for the header: then one record would be lost and every column misnamed, so the file is refused.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from caseaudit.reading.cells import BLANKS, Row, counted, extent, filled, look

HEADER_WITHIN = 50
"""The header must be one of this many first rows."""

_LONGEST = 250
_TYPED = frozenset({"number", "date", "month", "code", "mark"})

Merge = tuple[int, int, int, int]
"""Merged cells: first row, first column, last row, last column; rows from 1, columns from 0."""


class NoHeader(Exception):
    """No header could be made out; the text is the rest of a sentence that begins with the file's name.

    Attributes:
        table: whether there are rows that look like data, so that passing over the sheet would lose them.
    """

    def __init__(self, why: str, *, table: bool) -> None:
        super().__init__(why)
        self.table = table


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table begins and what its columns are called.

    Attributes:
        headings: one per column, unique and never blank.
        header: the header's rows as they stand in the file.
        body: place, in the rows looked at, of the first row below the header.
        notes: what was noticed.
    """

    headings: tuple[str, ...]
    header: tuple[Row, ...]
    body: int
    notes: tuple[str, ...] = ()

    @property
    def last_row(self) -> int:
        """Physical row of the header, the last one where it takes two."""
        return self.header[-1][0]


def find_header(rows: Sequence[Row], merged: Sequence[Merge] = (), width: int = 0) -> Layout:
    """Find the header among the first rows of a table.

    Args:
        rows: the first few hundred rows that are not blank.
        merged: merged cells, where the kind of file has them.
        width: columns the table has at least, with or without a heading.

    Raises:
        NoHeader: there is none, or it is broken.
    """
    at = _choose(rows)
    top, cells = at, rows[at][1]
    bottom = at
    if at and (joined := _joined_above(rows, at, merged)):
        top, cells = at - 1, joined
    elif joined := _joined_below(rows, at, merged):
        bottom, cells = at + 1, joined
    width = max(extent(cells), width)
    headings, notes = name_columns((*cells, *([""] * width))[:width])
    if top < bottom:
        notes.append("The header takes two rows; group and column names were joined.")
    above = rows[top][0] - 1
    if above:
        notes.append(f"{counted(above, 'row')} above the header passed over (title, run date, blank lines).")
    return Layout(headings, tuple(rows[top : bottom + 1]), bottom + 1, tuple(notes))


def name_columns(cells: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Headings made unique and never blank, and a note on each kind of mending."""
    plain = [re.sub(rf"[{BLANKS}]+", " ", cell).strip() for cell in cells]
    taken = {name for name in plain if name}
    used: set[str] = set()
    names: list[str] = []
    for number, name in enumerate(plain, 1):
        base = name or f"Column {number}"
        unique, count = base, 1
        while unique in used or (unique != name and unique in taken):
            count += 1
            unique = f"{base} ({count})"
        used.add(unique)
        names.append(unique)
    notes = []
    blank = [str(at) for at, name in enumerate(plain, 1) if not name]
    if blank:
        notes.append(f"No heading over column {', '.join(blank)}; named by number.")
    twice = [name for name, count in Counter(plain).items() if name and count > 1]
    if twice:
        notes.append(f"Headings that occur more than once were numbered: {', '.join(twice)}.")
    return tuple(names), notes


def _choose(rows: Sequence[Row]) -> int:
    """Place of the header row (of the row with most names where it takes two)."""
    counts = sorted((filled(cells) for _, cells in rows), reverse=True)
    if not counts:
        raise NoHeader("has no rows", table=False)
    usual = counts[min(1, len(counts) - 1)]
    enough = 1 if usual <= 1 else max(2, math.ceil(usual / 2))
    within = [at for at, (row, _) in enumerate(rows) if row <= HEADER_WITHIN]
    for at in within:
        count = filled(rows[at][1])
        if count < enough:
            continue
        if is_header(rows[at][1], [cells for _, cells in rows[at + 1 :]]):
            return _fuller(rows, at, count)
        if count >= max(3, math.ceil(0.8 * usual)):
            raise NoHeader(
                f"has no readable header: row {rows[at][0]} is the first full row and holds values, not column names",
                table=True,
            )
    raise NoHeader(f"has no header in its first {HEADER_WITHIN} rows", table=usual > 2 and len(rows) > 2)


def _fuller(rows: Sequence[Row], at: int, count: int) -> int:
    """A short line such as `Service: | North` looks like a header too; prefer a much fuller one just below."""
    if count > 3:
        return at
    for later in range(at + 1, min(at + 10, len(rows))):
        cells = rows[later][1]
        if filled(cells) >= count + 2 and is_header(cells, [below for _, below in rows[later + 1 :]]):
            return later
    return at


def is_header(cells: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row names columns rather than being one of the rows below.

    It must hold words, mostly different ones; none of its cells may look like the values below it where these have a
    look of their own (dates, numbers, codes, marks); and its words must not turn up as values again.
    """
    named = [at for at, cell in enumerate(cells) if cell]
    words = [at for at in named if look(cells[at]) in {"text", "month"}]
    if not words or any(len(cells[at]) > _LONGEST for at in named):
        return False
    if len({cells[at].casefold() for at in named}) * 2 < len(named):
        return False
    same = [cell.casefold() for cell in cells]
    values = [row for row in below if [cell.casefold() for cell in row[: len(same)]] != same[: len(row)]]
    if not values:
        return len(words) * 5 >= len(named) * 3
    counting = _counting([cells[at] for at in named])
    recurring = 0
    for at in named:
        column = [row[at] for row in values if at < len(row) and row[at]]
        usual = _usual_look(column)
        if usual in _TYPED:
            if look(cells[at]) == usual and not (usual == "number" and counting):
                return False
        elif cells[at].casefold() in {value.casefold() for value in column}:
            recurring += 1
    return recurring * 3 < len(named) or recurring == 0


def usual_looks(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """The look of most values of each column; text where there is none."""
    return [_usual_look([row[at] for row in rows if at < len(row) and row[at]]) for at in range(width)]


def begins_table(
    cells: Sequence[str],
    below: Sequence[Sequence[str]],
    above: Sequence[Sequence[str]],
    *,
    widths_alone: bool = False,
) -> bool:
    """Whether a row is the header of another table, as it may be after a blank one.

    It must be a header for what is below it, and either all rows there have another number of cells than this table,
    or it holds words where this table has dates, numbers, codes or marks.

    Args:
        cells: the row.
        below: the rows under it, up to the next blank one.
        above: the first rows of this table, all of its width.
        widths_alone: go by the number of cells only, as for a row that no blank one sets apart.
    """
    if filled(cells) < 2 or not below or not above or not is_header(cells, below):
        return False
    width = len(above[0])
    if len(cells) != width and all(len(row) == len(cells) for row in below):
        return len(below) > 1 or not widths_alone
    if widths_alone:
        return False
    # A record with a cell too many, and this table going on below it.
    if len(cells) != width and sum(len(row) == width for row in below) * 2 > len(below):
        return False
    looks = usual_looks(above, width)
    typed = [at for at, kind in enumerate(looks[: len(cells)]) if kind in _TYPED and cells[at]]
    return sum(look(cells[at]) == "text" for at in typed) * 2 > len(typed)


def may_be_title(cells: Sequence[str]) -> bool:
    """Whether a row may be the title of a table below it: words in one cell alone."""
    return filled(cells) == 1 and look(next(cell for cell in cells if cell)) == "text"


def _usual_look(column: Sequence[str]) -> str:
    """The look of at least three in five values of a column; text where there is none."""
    looks = Counter(map(look, column))
    if not looks:
        return "text"
    name, count = looks.most_common(1)[0]
    return name if count * 5 >= len(column) * 3 else "text"


def _counting(cells: Sequence[str]) -> bool:
    """Whether the numbers among the headings count up (years, days of a month), as in a wide matrix."""
    numbers = [int(cell) for cell in cells if cell.isdecimal() and len(cell) <= 4]
    return len(numbers) >= 2 and all(b == a + 1 for a, b in pairwise(numbers))


def _joined_above(rows: Sequence[Row], at: int, merged: Sequence[Merge]) -> tuple[str, ...] | None:
    """Names of groups over the header, such as `Risk` merged over `date` and `level`."""
    row, group = rows[at - 1]
    below = rows[at][1]
    if row != rows[at][0] - 1 or not all(look(cell) in {"blank", "text"} for cell in group):
        return None
    spans = [m for m in merged if m[0] == m[2] == row and m[3] > m[1] and m[3] - m[1] + 1 < 0.8 * extent(below)]
    names = [cell.casefold() for cell in below if cell]
    if not spans and (len(set(names)) == len(names) or filled(group) < 2):
        return None
    joined = _join(group, below, [(m[1], m[3]) for m in spans] or None)
    return joined if spans or len(set(joined)) > len(set(below)) else None


def _joined_below(rows: Sequence[Row], at: int, merged: Sequence[Merge]) -> tuple[str, ...] | None:
    """The second row of a header whose first row already has most of the names."""
    if at + 1 >= len(rows) or rows[at + 1][0] != rows[at][0] + 1:
        return None
    row, top = rows[at]
    sub = rows[at + 1][1]
    width = max(len(top), len(sub))
    top, sub = (*top, *[""] * (width - len(top))), (*sub, *[""] * (width - len(sub)))
    if not all(look(cell) in {"blank", "text"} for cell in sub):
        return None
    spans = [(m[1], m[3]) for m in merged if m[0] == m[2] == row and m[3] > m[1]]
    under_blank = [at for at, cell in enumerate(sub) if cell and not top[at]]
    misfit = [
        at for at, cell in enumerate(sub) if cell and top[at] and (at + 1 >= width or top[at + 1] or not sub[at + 1])
    ]
    if not under_blank or misfit:
        return None
    joined = _join(top, sub, spans or None)
    return joined if is_header(joined, [cells for _, cells in rows[at + 2 :]]) else None


def _join(group: Sequence[str], sub: Sequence[str], spans: Sequence[tuple[int, int]] | None) -> tuple[str, ...]:
    """`Risk – date`: each column's group and own name. Without SPANS a group reaches up to the next one."""
    width = max(len(group), len(sub))
    group, sub = (*group, *([""] * (width - len(group)))), (*sub, *([""] * (width - len(sub))))
    names, current = [], ""
    for at in range(width):
        if spans is None:
            current = group[at] or (current if sub[at] else "")
        else:
            span = next((s for s in spans if s[0] <= at <= s[1]), None)
            current = group[span[0]] if span else group[at]
        both = [part for part in (current, sub[at]) if part]
        names.append(both[0] if len(set(both)) == 1 else " – ".join(both))
    return tuple(names)
