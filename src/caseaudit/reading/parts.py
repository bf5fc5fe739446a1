"""What the workbook reader behind us does not tell of a sheet, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from caseaudit.reading.cells import counted
from caseaudit.reading.references import letters_of
from caseaudit.reading.unpacking import Unpacked

Merge = tuple[tuple[int, int], tuple[int, int]]
_NAMED = 5
"""Places that a note names."""


@dataclass(slots=True)
class Cells:
    """Some cells of a sheet.

    Attributes:
        count: how many there are.
        first: (row from 1, column from 0) of the first of them, as far as they tell where they stand.
    """

    count: int = 0
    first: list[tuple[int, int]] = field(default_factory=list)

    def add(self, place: tuple[int, int] | None, across: int = 1, down: int = 1) -> None:
        """Add a cell, and as many more to its right and below it as it is repeated."""
        self.count += across * down
        if place:
            room = range(min(across * down, _NAMED - len(self.first)))
            self.first += [(place[0] + at // across, place[1] + at % across) for at in room]

    def places(self) -> str:
        """Where they are: `F2, F9 and others`."""
        return _listed(
            [f"{letters_of(column)}{row}" for row, column in self.first], more=self.count > len(self.first) > 0
        )


@dataclass(slots=True)
class Part:
    """What is noticed on one sheet; filled while the sheet is looked through.

    Attributes:
        hidden_rows: how many rows are hidden.
        hidden_columns: first and last column of each run of hidden ones, from 0.
        errors: cells with an error such as #N/A.
        formulas: cells with a formula that is not worked out.
        merges: first and last cell of merged ones, each (row, column) from 0, of the kinds of workbook for which the
            reader behind us does not tell them.
        zeros: (row from 1, column from 0) → digits shown, for numbers whose format shows leading zeros.
        unsearched: whether it was not looked through.
    """

    hidden_rows: int = 0
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    errors: Cells = field(default_factory=Cells)
    formulas: Cells = field(default_factory=Cells)
    merges: list[Merge] = field(default_factory=list)
    zeros: dict[tuple[int, int], int] = field(default_factory=dict)
    unsearched: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """What is known of a workbook before it is opened.

    Attributes:
        parts: its sheets by name.
        members: the member of the package that holds each of them.
        excerpts: of the sheets that are long, the XML of the first rows; they were not looked into.
        zeros: cell styles whose number format shows leading zeros: style → digits.
        from_1904: whether it counts days from 1904.
        uncalculated: whether it was written by a program that does not work formulas out.
        safe: whether it was looked through for what would take too much memory to open.
        data: the file in a form that the reader behind us understands, where it is not so already.
        unpacked: what is kept of the long sheets for the reading of their rows.
    """

    parts: Mapping[str, Part] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)
    excerpts: Mapping[str, bytes] = field(default_factory=dict)
    zeros: Mapping[int, int] = field(default_factory=dict)
    from_1904: bool = False
    uncalculated: bool = False
    safe: bool = False
    data: bytes | None = None
    unpacked: Unpacked = field(default_factory=Unpacked)


def said(part: Part, left: int, width: int) -> list[str]:
    """The notes on a sheet.

    Args:
        part: what was noticed on it.
        left: first column of its used area, from 0.
        width: columns of that.
    """
    notes = []
    if part.hidden_rows:
        notes.append(f"{counted(part.hidden_rows, 'hidden row')} read like the others.")
    steps = [0] * (width + 1)
    for first, last in part.hidden_columns:
        begin, end = max(first - left, 0), min(last + 1 - left, width)
        if begin < end:
            steps[begin] += 1
            steps[end] -= 1
    hidden = [left + at for at, covers in enumerate(accumulate(steps)) if covers]
    if hidden:
        names = _listed(map(letters_of, hidden[:_NAMED]), more=len(hidden) > _NAMED)
        notes.append(f"{counted(len(hidden), 'hidden column')} read like the others: {names}.")
    if part.errors.count:
        count = counted(part.errors.count, "cell")
        notes.append(f"{count} with an error such as #N/A or #REF! read as blank: {part.errors.places()}.")
    if part.formulas.count:
        notes.append(
            f"{counted(part.formulas.count, 'formula')} not worked out, so read as blank or 0: "
            f"{part.formulas.places()}. Open the workbook in a spreadsheet program, save it, and read that."
        )
    if part.unsearched:
        notes.append(
            "The sheet was not looked through for errors such as #N/A; if there are any, they were read as blank."
        )
    return notes


def _listed(names: Iterable[str], *, more: bool) -> str:
    return (", ".join(names) or "places not told") + (" and others" if more else "")
