"""Reads the sheets of XLSX, XLSM, XLSB, XLS and ODS workbooks as text, keeping each row's number.

python-calamine, because it alone of the fast readers tells where the used area begins, which cells are merged and which
sheets are hidden.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from caseaudit.errors import UnreadableExport
from caseaudit.model import SOURCE_ROW
from caseaudit.reading import furniture, limits
from caseaudit.reading.cells import counted, extent, filled
from caseaudit.reading.grid import SAMPLE, Grid, Tab
from caseaudit.reading.header import NoHeader, find_header
from caseaudit.reading.package import Package, Part, look_into
from caseaudit.reading.probe import probe
from caseaudit.reading.values import as_text

if TYPE_CHECKING:
    import polars as pl
    from python_calamine import CalamineSheet

FROM_1904 = "The workbook counts days from 1904: a date that came out as a bare number is 1,462 days later than usual."
"""Note on a workbook in which a bare day number must be read by the other calendar."""

_LOOKED_AT = 400
_T = TypeVar("_T")


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
                        f"{self._name}, sheet {meta.name} {why}; "
                        "put one header row above the table, or delete the sheet."
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
        body = Grid(values[tab.layout.last_row + 1 - tab.first :], tab)
        self._merged_down(sheet, body)
        kept, aside, notes = body.judge()
        zeros = self._part(name).zeros
        padded = body.pad(zeros, sheet.start[1] if sheet.start else 0) if zeros else 0
        if padded:
            notes.append(f"{counted(padded, 'number')} written out with the leading zeros their format shows.")
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
            notes.append(f"{counted(part.hidden_rows, 'hidden row')} read like the others.")
        if part.errors:
            notes.append(f"{counted(part.errors, 'cell')} with an error such as #N/A or #REF! read as blank.")
        if self._package.from_1904:
            notes.append(FROM_1904)
        return notes

    def _merges(self, sheet: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        return self._guarded(lambda: sheet.merged_cell_ranges) or []

    def _merged_down(self, sheet: CalamineSheet, body: Grid) -> None:
        """A cell merged over several rows stands for each of them."""
        column = (sheet.start or (0, 0))[1]
        for (top, left), (bottom, right) in self._merges(sheet):
            if left == right and top < bottom:
                body.fill_down(top + 1, bottom + 1, left - column)
