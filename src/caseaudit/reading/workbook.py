"""Reads the sheets of XLSX, XLSM, XLSB, XLS and ODS workbooks as text, keeping each row's number.

python-calamine, because it alone of the fast readers tells where the used area begins, which cells are merged and which
sheets are hidden.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from caseaudit.errors import UnreadableExport
from caseaudit.model import SOURCE_ROW
from caseaudit.reading import limits, longsheets, xls
from caseaudit.reading.areas import Area, area_of_cells, area_of_values
from caseaudit.reading.bombs import fits
from caseaudit.reading.cells import counted
from caseaudit.reading.contents import plain_texts, renumbered
from caseaudit.reading.grid import Grid, Tab
from caseaudit.reading.header import Merge, NoHeader
from caseaudit.reading.package import look_into
from caseaudit.reading.parts import Merge as SheetMerge
from caseaudit.reading.parts import Part, said
from caseaudit.reading.placing import place_table
from caseaudit.reading.probe import probe
from caseaudit.reading.sharedtexts import MEMBER, shared_texts
from caseaudit.reading.styles import STYLES, number_formats, undated_styles
from caseaudit.reading.unpacking import Unpacked
from caseaudit.reading.values import as_text

if TYPE_CHECKING:
    import polars as pl
    from python_calamine import CalamineSheet, CalamineWorkbook

FROM_1904 = "The workbook counts days from 1904; a date that came out as a bare number was read so."
"""Note on a workbook in which a bare day number is read by the other calendar."""

_LOOKED_AT = 400
_T = TypeVar("_T")


class Workbook:
    """An opened workbook.

    Args:
        data: the file.
        name: file as messages name it.
        long_sheet: bytes of XML from which on a sheet of an XLSX is long: no more than its first rows are opened.

    Raises:
        UnreadableExport: it is damaged, protected, no workbook, or would take too much memory to open.
    """

    def __init__(self, data: bytes, name: str, long_sheet: float | None = None) -> None:
        self._name = name
        self._parsed: dict[str, CalamineSheet] = {}
        self._entire: Workbook | None = None
        longest = limits.LONG_SHEET if long_sheet is None else long_sheet
        is_zip = data.startswith(b"PK")
        self._package = look_into(data, name, longest) if is_zip else xls.look(data, name)
        self._data = self._package.data or data
        if not self._package.safe:
            probe(self._data, name, limits.CELL_LIMIT)
        self._book = self._opened(self._small({}) if self._package.excerpts else self._data)

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
                tabs.append(self._surveyed(meta.name, hidden))
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

        found = self._long(name) if name in self._package.excerpts else self._whole(name)
        if found is None:  # not written as most are: the reader behind us takes it whole, after a look for bombs
            self._entire = self._entire or Workbook(self._data, self._name, float("inf"))
            return self._entire.read(name, wanted)
        area, merges, part = found
        tab = place_table(name, (area.first, area.left), area.head(_LOOKED_AT), _shifted(merges, area.left), ())
        body = Grid(area, tab)
        padded = body.pad(area.shown)
        body.merge(merges)
        kept, aside, judged = body.judge()
        notes = [*said(part, area.left, len(area.columns)), *judged]
        if self._package.from_1904:
            notes.insert(0, FROM_1904)
        if padded:
            notes.append(f"{counted(padded, 'number')} written out with the leading zeros their format shows.")
        columns = [
            body.column(heading, at, kept) for at, heading in enumerate(tab.layout.headings) if heading in wanted
        ]
        rows = (kept.arg_true() + body.row).cast(pl.UInt32).alias(SOURCE_ROW)
        rejected = [(at + body.row, why, not malformed) for at, (why, malformed) in sorted(aside.items())]
        return pl.DataFrame([*columns, rows]), rejected, tuple(notes)

    def _whole(self, name: str) -> tuple[Area, Sequence[SheetMerge], Part]:
        """A sheet as the reader behind us hands it out."""
        sheet = self._sheet(name)
        part = self._package.parts.get(name, Part())
        values = self._guarded(sheet.to_python)
        return area_of_values(values, sheet.start or (0, 0), part.zeros), self._merges(name, sheet), part

    def _long(self, name: str) -> tuple[Area, Sequence[SheetMerge], Part] | None:
        """A long sheet taken apart; None where that cannot be."""
        with zipfile.ZipFile(io.BytesIO(self._data)) as package:
            cells = longsheets.taken_apart(self._package.unpacked.again(package, self._package.members[name]))
            if cells is None or not fits(cells.width, cells.row[-1]):
                return None
            shared = shared_texts(package)
            styles = package.read(STYLES) if STYLES in package.namelist() else b""
        own, places = plain_texts(cells.contents, shared, undated_styles(number_formats(styles)))
        asked, needed = renumbered(cells.contents.filter(own.is_null()), places.filter(own.is_null()))
        parts = {self._package.members[name]: longsheets.small_sheet(asked, self._package.excerpts[name])}
        if shared is not None and needed is not None:
            parts[MEMBER] = shared.only(needed)
        sheet = self._guarded(lambda: self._opened(self._small(parts)).get_sheet_by_name(name))
        area = area_of_cells(cells, own, self._values(sheet, len(asked)), self._package.zeros)
        part = Part(cells.hidden_rows, self._package.parts[name].hidden_columns)
        wrong = cells.contents.str.contains(' t="e"', literal=True).gather(cells.code).arg_true()
        for row, column in zip(cells.row.gather(wrong), cells.column.gather(wrong), strict=True):
            part.errors.add((row, column))
        return area, self._merges(name, sheet), part

    def _values(self, sheet: CalamineSheet, count: int) -> list[Any]:
        """What the cells of a small sheet mean, one after the other."""
        rows = self._guarded(lambda: sheet.to_python(skip_empty_area=False))
        values = [cell for row in rows for cell in (*row, *[""] * (longsheets.ACROSS - len(row)))]
        return [*values, *[""] * (count - len(values))][:count]

    def _small(self, parts: Mapping[str, bytes]) -> bytes:
        """The workbook with excerpts in the place of its long sheets, and other XML in the place of some members."""
        with zipfile.ZipFile(io.BytesIO(self._data)) as package:
            excerpts = {self._package.members[name]: xml for name, xml in self._package.excerpts.items()}
            return longsheets.with_parts(package, {**excerpts, **parts})

    def _opened(self, data: bytes) -> CalamineWorkbook:
        import python_calamine

        return self._guarded(lambda: python_calamine.load_workbook(io.BytesIO(data)))

    def _sheet(self, name: str) -> CalamineSheet:
        """A sheet, parsed once for survey and reading as far as memory should be spent on that."""
        if name in self._parsed:
            return self._parsed.pop(name)
        sheet = self._guarded(lambda: self._book.get_sheet_by_name(name))
        if self.cells + sheet.height * sheet.width <= limits.CELLS_KEPT:
            self._parsed[name] = sheet
        return sheet

    @property
    def from_1904(self) -> bool:
        """Whether it counts days from 1904."""
        return self._package.from_1904

    @property
    def unpacked(self) -> Unpacked:
        """What is kept of its long sheets until their rows are read."""
        return self._package.unpacked

    @property
    def cells(self) -> int:
        """Cells of the sheets kept parsed."""
        return sum(s.height * s.width for s in self._parsed.values()) + (self._entire.cells if self._entire else 0)

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

    def _surveyed(self, name: str, hidden: tuple[str, ...]) -> Tab:
        """Header and first rows of a sheet.

        Raises:
            NoHeader: it has no table, or the header is broken.
        """
        sheet = self._sheet(name)
        row, column = sheet.start or (0, 0)
        head = [tuple(map(as_text, cells)) for cells in self._guarded(lambda: sheet.to_python(nrows=_LOOKED_AT))]
        return place_table(name, (row + 1, column), head, _shifted(self._merges(name, sheet), column), hidden)

    def _merges(self, name: str, sheet: CalamineSheet) -> Sequence[SheetMerge]:
        if known := self._package.parts.get(name, Part()).merges:
            return known
        return self._guarded(lambda: sheet.merged_cell_ranges) or []


def _shifted(merges: Sequence[SheetMerge], left: int) -> list[Merge]:
    """Merged cells with rows counted from 1 and columns from one of the sheet's."""
    return [(top + 1, first - left, bottom + 1, last - left) for (top, first), (bottom, last) in merges]
