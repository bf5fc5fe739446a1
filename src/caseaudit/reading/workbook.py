"""Reads the sheets of XLSX, XLSM, XLSB, XLS and ODS workbooks as text, keeping each row's number.

python-calamine, because it alone of the fast readers tells where the used area begins, which cells are merged and which
sheets are hidden.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from caseaudit.errors import UnreadableExport
from caseaudit.model import SOURCE_ROW
from caseaudit.reading import furniture, limits
from caseaudit.reading.cells import BLANKS, Row, extent, filled, trim
from caseaudit.reading.header import Layout, NoHeader, find_header
from caseaudit.reading.package import Package, Part, look_into
from caseaudit.reading.probe import probe
from caseaudit.reading.values import as_text

if TYPE_CHECKING:
    import polars as pl
    from python_calamine import CalamineSheet

SAMPLE = 200
FROM_1904 = "The workbook counts days from 1904: a date that came out as a bare number is 1,462 days later than usual."
"""Note on a workbook in which a bare day number must be read by the other calendar."""

_LOOKED_AT = 400
_SUSPECT = re.compile(rf"[{BLANKS}]*(?:{furniture.LABEL}|{furniture.STOCK})", re.IGNORECASE)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet as understood from its first rows.

    Attributes:
        name: its name.
        layout: header and column names.
        left: columns of the used area before the first of the table.
        first: physical row of the used area's first row.
        sample: the first rows below the header.
        notes: what was noticed.
    """

    name: str
    layout: Layout
    left: int
    first: int
    sample: tuple[Row, ...]
    notes: tuple[str, ...]


class Workbook:
    """An opened workbook.

    Args:
        data: the file.
        name: file as messages name it.

    Raises:
        UnreadableExport: it is damaged, protected, no workbook, or would take too much memory to open.
    """

    def __init__(self, data: bytes, name: str) -> None:
        import python_calamine

        self._name = name
        self._parsed: dict[str, CalamineSheet] = {}
        self._package = look_into(data, name) if data.startswith(b"PK") else Package()
        if not self._package.parts:
            probe(data, name, limits.CELL_LIMIT)
        self._book = self._guarded(lambda: python_calamine.load_workbook(io.BytesIO(data)))

    def survey(self) -> tuple[list[Tab], list[tuple[str, str]]]:
        """Every sheet with a table, and (sheet, why) of those passed over.

        Raises:
            UnreadableExport: a sheet's header is broken, or no sheet has a table.
        """
        tabs: list[Tab] = []
        passed: list[tuple[str, str]] = []
        for meta in self._book.sheets_metadata:
            if not str(meta.typ).endswith((".WorkSheet", ".MacroSheet")):
                passed.append((meta.name, "is no worksheet (a chart or a dialogue)"))
                continue
            hidden = (
                () if str(meta.visible).endswith(".Visible") else ("The sheet is hidden; it was read all the same.",)
            )
            try:
                tabs.append(self._understand(self._sheet(meta.name), hidden))
            except NoHeader as why:
                if why.table:
                    raise UnreadableExport(
                        f"{self._name}, sheet {meta.name} {why}; put one header row above the table, or delete the sheet."
                    ) from None
                passed.append((meta.name, str(why)))
        if not tabs:
            raise UnreadableExport(
                f"{self._name} holds no sheet with a table: a header row and rows below it are expected."
            )
        return tabs, passed

    def read(
        self, name: str, wanted: Collection[str]
    ) -> tuple[pl.DataFrame, list[tuple[int, str, bool]], tuple[str, ...]]:
        """Read the rows of one sheet.

        Returns:
            The wanted columns as text with SOURCE_ROW; (row, reason, whether furniture) of every other row; notes.
        """
        import polars as pl

        sheet = self._sheet(name)
        values = self._guarded(sheet.to_python)
        tab = self._understand(sheet, (), values)
        body = _Body(values[tab.layout.last_row + 1 - tab.first :], tab)
        self._merged_down(sheet, body)
        kept, aside, notes = body.judge()
        zeros = self._part(name).zeros
        padded = body.pad(zeros, sheet.start[1] if sheet.start else 0) if zeros else 0
        if padded:
            notes.append(f"{padded} numbers were written out with the leading zeros their format shows.")
        columns = [
            body.column(heading, at, kept) for at, heading in enumerate(tab.layout.headings) if heading in wanted
        ]
        rows = pl.Series(SOURCE_ROW, [at + body.row for at in kept], dtype=pl.UInt32)
        rejected = [(at + body.row, why, not malformed) for at, (why, malformed) in sorted(aside.items())]
        return pl.DataFrame([*columns, rows]), rejected, tuple(notes)

    def _part(self, sheet: str) -> Part:
        return self._package.parts.get(sheet, Part())

    def _sheet(self, name: str) -> CalamineSheet:
        """A sheet, parsed once for survey and reading as far as memory should be spent on that."""
        if name in self._parsed:
            return self._parsed.pop(name)
        sheet = self._guarded(lambda: self._book.get_sheet_by_name(name))
        if self.cells + sheet.height * sheet.width <= limits.CELLS_KEPT:
            self._parsed[name] = sheet
        return sheet

    @property
    def cells(self) -> int:
        """Cells of the sheets kept parsed."""
        return sum(sheet.height * sheet.width for sheet in self._parsed.values())

    def _guarded(self, action: Callable[[], _T]) -> _T:
        """Whatever the reader behind us raises, a panic of its Rust part included, is a damaged workbook."""
        import python_calamine

        try:
            return action()
        except python_calamine.PasswordError:
            raise UnreadableExport(f"{self._name} is protected by a password; save a copy without one.") from None
        except BaseException as problem:
            if isinstance(problem, Exception) or type(problem).__name__ == "PanicException":
                raise UnreadableExport(
                    f"{self._name} cannot be read as a workbook: it is damaged or cut off. "
                    "Open it in a spreadsheet program and save it again as XLSX."
                ) from None
            raise

    def _understand(
        self, sheet: CalamineSheet, hidden: tuple[str, ...], values: Sequence[Sequence[Any]] | None = None
    ) -> Tab:
        """Header and first rows of a sheet.

        Raises:
            NoHeader: it has no table, or the header is broken.
        """
        start = sheet.start or (0, 0)
        head = [
            tuple(map(as_text, row))
            for row in (values or self._guarded(lambda: sheet.to_python(nrows=_LOOKED_AT)))[:_LOOKED_AT]
        ]
        rows = [(start[0] + 1 + at, cells) for at, cells in enumerate(head) if filled(cells)]
        merged = [
            (top + 1, left - start[1], bottom + 1, right - start[1])
            for (top, left), (bottom, right) in self._merges(sheet)
        ]
        layout = find_header(rows, merged)
        judge = furniture.Furniture(layout.header, len(layout.headings))
        below = [cells for row, cells in rows if row > layout.last_row and not judge(cells)]
        table = [*(cells for _, cells in layout.header), *below]
        left = min(next(at for at, cell in enumerate(cells) if cell) for cells in table)
        reach = max(map(extent, table))
        if left or reach > len(layout.headings):
            rows = [(row, cells[left:]) for row, cells in rows]
            merged = [(top, a - left, bottom, b - left) for top, a, bottom, b in merged]
            layout = find_header([(r, c) for r, c in rows if filled(c)], merged, width=reach - left)
        if len(layout.headings) == 1:
            raise NoHeader("has one column only, so it is no table", table=False)
        width = len(layout.headings)
        sample = [(row, cells[:width]) for row, cells in rows if row > layout.last_row and not judge(cells)]
        sample = [(row, (*cells, *[""] * (width - len(cells)))) for row, cells in sample if filled(cells)]
        notes = (*layout.notes, *hidden, *self._noticed(sheet.name))
        return Tab(sheet.name, layout, left, start[0] + 1, tuple(sample[:SAMPLE]), notes)

    def _noticed(self, name: str) -> list[str]:
        part = self._part(name)
        notes = []
        if part.hidden_rows:
            notes.append(f"{part.hidden_rows} hidden rows were read like the others.")
        if part.errors:
            notes.append(f"{part.errors} cells hold an error such as #N/A or #REF! and were read as blank.")
        if self._package.from_1904:
            notes.append(FROM_1904)
        return notes

    def _merges(self, sheet: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        return self._guarded(lambda: sheet.merged_cell_ranges) or []

    def _merged_down(self, sheet: CalamineSheet, body: _Body) -> None:
        """A cell merged over several rows stands for each of them."""
        column = (sheet.start or (0, 0))[1]
        for (top, left), (bottom, right) in self._merges(sheet):
            if left == right and top < bottom:
                body.fill_down(top + 1, bottom + 1, left - column)


class _Body:
    """The rows of a sheet below its header, places counted from 0.

    Attributes:
        row: physical row of place 0.
    """

    def __init__(self, values: Sequence[list[Any]], tab: Tab) -> None:
        self._values = values
        self._tab = tab
        self._width = len(tab.layout.headings)
        self.row = tab.layout.last_row + 1
        self._filled_down = 0

    def fill_down(self, top: int, bottom: int, column: int) -> None:
        """Repeat the value of a merged cell in every row it spans, given by physical rows."""
        if top < self.row or column < 0:
            return
        for row in range(top + 1, min(bottom, self.row + len(self._values) - 1) + 1):
            self._values[row - self.row][column] = self._values[top - self.row][column]
            self._filled_down += 1

    def pad(self, zeros: Mapping[tuple[int, int], int], left: int) -> int:
        """Write numbers out with the leading zeros their format shows; returns how many became longer."""
        padded = 0
        for (row, column), digits in zeros.items():
            at, place = row - self.row, column - left
            if 0 <= at < len(self._values) and 0 <= place < len(self._values[at]):
                value = self._values[at][place]
                if isinstance(value, float) and value.is_integer() and 0 <= value < 10 ** (digits - 1):
                    self._values[at][place] = str(int(value)).zfill(digits)
                    padded += 1
        return padded

    def cells(self, at: int) -> tuple[str, ...]:
        """One row as text, the table's columns alone."""
        return tuple(map(as_text, self._values[at][self._tab.left : self._tab.left + self._width]))

    def column(self, heading: str, at: int, kept: Sequence[int]) -> pl.Series:
        """One column as text, blanks null."""
        import polars as pl

        place = at + self._tab.left
        values = self._values
        cells = [values[row][place] for row in kept]
        texts = pl.Series(heading, [v if type(v) is str else as_text(v) for v in cells], dtype=pl.String)
        texts = texts.str.strip_chars(BLANKS).str.replace_all("\u00a0", " ", literal=True)
        return texts.set(texts == "", None)

    def judge(self) -> tuple[list[int], dict[int, tuple[str, bool]], list[str]]:
        """Places of the records; of the other rows with what they are and whether they are malformed; notes.

        Blank rows are neither.
        """
        decide = furniture.Furniture(self._tab.layout.header, self._width)
        heading = next(cell for cell in self._tab.layout.header[-1][1] if cell)
        kept: list[int] = []
        aside: dict[int, tuple[str, bool]] = {}
        blank: set[int] = set()
        beside = 0
        left, right = self._tab.left, self._tab.left + self._width
        for at, row in enumerate(self._values):
            full = len(row) - row.count("")
            if len(row) > right and any(map(as_text, row[right:])):
                beside += 1
            if full <= 3 and not any(map(as_text, row[left:right])):
                blank.add(at)
                continue
            first = row[left]
            if first == "":
                first = next((cell for cell in row if cell != ""), "")
            if type(first) is str and (_SUSPECT.match(first) or "otal" in first or trim(first) == heading):
                what = decide(self.cells(at))
                if what:
                    aside[at] = what, False
                    continue
            kept.append(at)

        def cells_at(at: int) -> tuple[str, ...] | None:
            return None if at in aside else () if at in blank else self.cells(at)

        aside.update(dict.fromkeys(decide.notes_around(len(self._values), cells_at), (furniture.NOTE, False)))
        notes = []
        if beside:
            notes.append(f"{beside} rows have cells to the right of the table; those cells were left out.")
        if self._filled_down:
            notes.append(f"{self._filled_down} cells were filled from a cell merged over several rows.")
        return [at for at in kept if at not in aside], aside, notes
