"""What in a table is no record: totals, repeated headers, page lines and notes around it.

Being wrong here loses a real row, so each rule is narrow; what is doubtful stays a row and is seen further on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from caseaudit.reading.cells import Row, look

REPEATED = "The row repeats the header."
TOTAL = "The row is a total."
LINE = "The row is a line the report tool adds (page, run date, end of report)."
NOTE = "The row is a note around the table."

LABEL = (
    r"(?:(?:grand|sub|overall|report|column|team|page)?[- ]?totals?|totals?[ ](?:number|no\.?|count)?[ ]?(?:of[ ])?"
    r"(?:all[ ])?(?:rows?|records?|cases?|clients?|patients?|people|staff|workers?|contacts?|referrals?|reviews?|"
    r"entries|items|wte|fte)|(?:record|row|case)?[ ]?counts?|sums?|averages?|mean)"
)
"""How the first cell of a totals row reads, as a pattern for `(?i)` matching; a figure may follow."""

STOCK = (
    r"(?:report|printed|exported|extracted|generated|produced|created|run|data)[ ](?:was[ ])?"
    r"(?:run|printed|exported|extracted|generated|produced|created|by|on|at|as at|date|time|correct|refreshed)\b"
    r"|printed[: ]|page[ ]\d+(?:[ ](?:of|/)[ ]?\d+)?$|-*[ ]?end[ ]of[ ](?:report|file|data|list|extract)"
    r"|\(?\d+[ ]rows?[ ](?:affected|selected|returned)|(?:parameters?|filters?)(?:[ ]applied)?[ ]?:|applied[ ]filters"
    r"|source[ ]?:|notes?[ ]?:|\*[ ]?\w|©|official(?:[- :]|$)|confidential\b|no[ ](?:more[ ])?(?:rows|records)\b"
)
"""How the lines of a report tool begin, as a pattern for `(?i)` matching."""

_LABEL = re.compile(rf"{LABEL}[ ]*[:=]?[ ]*\(?[\d,. ]*\)?", re.IGNORECASE)
_SUBTOTAL = re.compile(r"\S.{0,60}[ -](?:sub-?)?total:?|total[ ](?:for|-|–)[ ].{1,60}", re.IGNORECASE)
_STOCK = re.compile(STOCK, re.IGNORECASE)


def starts(header: Sequence[Row]) -> str:
    """How the first filled cell of a row begins that may be furniture, for regular expressions of Polars too."""
    headings = (next((cell for cell in cells if cell), "") for _, cells in header)
    repeated = ["".join(f"\\x{{{ord(sign):x}}}" for sign in heading) for heading in headings if heading]
    return "|".join([LABEL, STOCK, *repeated])


class Furniture:
    """Tells records from furniture for one table.

    Args:
        header: the header's rows as they stand in the file.
        width: number of columns.
    """

    def __init__(self, header: Sequence[Row], width: int) -> None:
        self._headers = [_folded(cells) for _, cells in header]
        self._firsts = {next(filter(None, cells), None) for cells in self._headers}
        self._width = width

    def __call__(self, cells: Sequence[str]) -> str | None:
        """What kind of furniture a row is, wherever it stands; None for a row that may be a record."""
        full = [cell for cell in cells if cell]
        if not full:
            return None
        first, rest = full[0], full[1:]
        if _fold(first) in self._firsts and _folded(cells) in self._headers:
            return REPEATED
        label = self._width > 1 and (_LABEL.fullmatch(first) or (rest and _SUBTOTAL.fullmatch(first)))
        if label and all(look(cell) in {"number", "mark"} for cell in rest):
            return TOTAL
        if len(full) <= 2 < self._width and _STOCK.match(first) and (not cells[0] or cells[0] == first):
            return LINE
        return None

    def notes_around(self, count: int, cells_at: Callable[[int], Sequence[str] | None]) -> set[int]:
        """Lone sentences right below the header and after the last record.

        Both ways it goes from the edge to the first row that is none; those met before a blank row stand apart from
        the table.

        Args:
            count: rows below the header.
            cells_at: cells of a row; empty for a blank one, None for one to pass over.
        """
        notes: set[int] = set()
        for order in (range(count - 1, -1, -1), range(count)):
            near: dict[int, Sequence[str]] = {}
            for at in order:
                cells = cells_at(at)
                if cells is None or at in notes:
                    continue
                if not cells:
                    notes.update(near)
                    near.clear()
                elif self._is_note(cells, apart=True):
                    near[at] = cells
                else:
                    break
            notes.update(at for at, cells in near.items() if self._is_note(cells, apart=False))
        return notes

    def _is_note(self, cells: Sequence[str], *, apart: bool) -> bool:
        """Whether a row is a lone sentence and no record; fewer words will do when it stands APART from the table."""
        full = [cell for cell in cells if cell]
        if len(full) != 1 or self._width < 3 or look(full[0]) != "text":
            return False
        return bool(_STOCK.match(full[0])) or len(full[0].split()) >= (2 if apart else 5)


def _folded(cells: Sequence[str]) -> tuple[str, ...]:
    """Cells for comparing, without blank ones at the end."""
    folded = [_fold(cell) for cell in cells]
    while folded and not folded[-1]:
        folded.pop()
    return tuple(folded)


def _fold(cell: str) -> str:
    return " ".join(cell.casefold().split())
