"""Where the table stands on a sheet: below a title, right of blank columns, beside another table."""

from __future__ import annotations

from collections.abc import Sequence

from caseaudit.reading import furniture
from caseaudit.reading.beside import tables_beside
from caseaudit.reading.cells import Row, extent, filled
from caseaudit.reading.grid import SAMPLE, Tab
from caseaudit.reading.header import Layout, Merge, NoHeader, find_header
from caseaudit.reading.references import letters_of


def place_table(
    name: str,
    first: tuple[int, int],
    head: Sequence[tuple[str, ...]],
    merged: Sequence[Merge],
    notes: Sequence[str],
) -> Tab:
    """Where the table stands on a sheet.

    Args:
        name: the sheet.
        first: physical row, from 1, and column, from 0, of the used area's first cell.
        head: the first rows of that.
        merged: merged cells, columns counted from that area's first.
        notes: what was noticed so far.

    Raises:
        NoHeader: it has no table, or the header is broken.
    """
    top, first_column = first
    rows = [(top + at, cells) for at, cells in enumerate(head) if filled(cells)]
    layout = find_header(rows, merged)
    table = [*(cells for _, cells in layout.header), *_below(rows, layout)]
    left = min(next(at for at, cell in enumerate(cells) if cell) for cells in table)
    reach = max(map(extent, table))
    if left or reach > len(layout.headings):
        rows, merged, layout = _cut(rows, merged, left, reach)
    said = list(notes)
    names = ["".join(cells[at] for _, cells in layout.header if at < len(cells)) for at in range(reach - left)]
    if found := tables_beside(names, [cells for cells in _below(rows, layout) if filled(cells) > 1]):
        main, others = found
        said += [_other_table(first_column + left + one.first, first_column + left + one.end) for one in others]
        rows, merged, layout = _cut(rows, merged, main.first, main.end)
        left += main.first
    if len(layout.headings) == 1:
        raise NoHeader("has one column only, so it is no table", table=False)
    width = len(layout.headings)
    sample = [
        (row, (*cells[:width], *[""] * (width - len(cells))))
        for row, cells in _rows_below(rows, layout)
        if filled(cells[:width])
    ]
    return Tab(name, layout, left, tuple(sample[:SAMPLE]), (*layout.notes, *said))


def _cut(rows: Sequence[Row], merged: Sequence[Merge], left: int, end: int) -> tuple[list[Row], list[Merge], Layout]:
    """Rows, merged cells and layout of some of the columns alone."""
    some = [(row, cells[left:end]) for row, cells in rows]
    moved = [(top, a - left, bottom, b - left) for top, a, bottom, b in merged]
    return some, moved, find_header([(row, cells) for row, cells in some if filled(cells)], moved, width=end - left)


def _rows_below(rows: Sequence[Row], layout: Layout) -> list[Row]:
    """The rows below the header but for furniture."""
    judge = furniture.Furniture(layout.header, len(layout.headings))
    return [(row, cells) for row, cells in rows if row > layout.last_row and not judge(cells)]


def _below(rows: Sequence[Row], layout: Layout) -> list[tuple[str, ...]]:
    return [cells for _, cells in _rows_below(rows, layout)]


def _other_table(first: int, end: int) -> str:
    return (
        f"Columns {letters_of(first)} to {letters_of(end - 1)} hold another table, set apart by a blank column; "
        "they were left out. Put it in a sheet of its own."
    )
