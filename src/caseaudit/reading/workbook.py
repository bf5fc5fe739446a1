"""Reads the sheets of XLSX, XLSM, XLSB, XLS and ODS workbooks as text, keeping each row's number.

python-calamine, because it alone of the fast readers tells where the used area begins, which cells are merged and which
sheets are hidden.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from caseaudit.errors import UnreadableExport
from caseaudit.model import SOURCE_ROW
from caseaudit.reading import furniture
from caseaudit.reading.cells import BLANKS, Row, extent, filled, trim
from caseaudit.reading.header import Layout, NoHeader, find_header

if TYPE_CHECKING:
    import polars as pl
    from python_calamine import CalamineSheet, CalamineWorkbook

SAMPLE = 200
_LOOKED_AT = 400
_SUSPECT = re.compile(
    rf"[{BLANKS}]*(?:{furniture.LABEL}|{furniture.STOCK})|.{{0,80}}[ -]total|total", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet as understood from its first rows.

    Attributes:
        name: its name.
        layout: header and column names.
        first: physical row of the first row of the used area.
        sample: the first rows below the header.
        notes: what was noticed.
    """

    name: str
    layout: Layout
    first: int
    sample: tuple[Row, ...]
    notes: tuple[str, ...]


def open_workbook(data: bytes, name: str) -> CalamineWorkbook:
    """Open a workbook of any kind.

    Raises:
        UnreadableExport: it is damaged, protected or no workbook.
    """
    import python_calamine

    try:
        return python_calamine.load_workbook(io.BytesIO(data))
    except python_calamine.PasswordError:
        raise UnreadableExport(f"{name} is protected by a password; save a copy without one.") from None
    except Exception as problem:
        raise _damaged(name, problem) from None
    except BaseException as problem:  # a panic of the Rust library is no Exception
        raise _panic(name, problem) from None


def _sheet(book: CalamineWorkbook, tab: str, name: str) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(tab)
    except Exception as problem:
        raise _damaged(name, problem) from None
    except BaseException as problem:
        raise _panic(name, problem) from None


def _damaged(name: str, problem: BaseException) -> UnreadableExport:
    return UnreadableExport(
        f"{name} cannot be read as a workbook ({type(problem).__name__}): it is damaged or cut off. "
        "Open it in a spreadsheet program and save it again as XLSX."
    )


def _panic(name: str, problem: BaseException) -> BaseException:
    return _damaged(name, problem) if type(problem).__name__ == "PanicException" else problem


def survey_workbook(data: bytes, name: str) -> tuple[list[Tab], list[tuple[str, str]]]:
    """Every sheet with a table, and (sheet, why) of those passed over.

    Raises:
        UnreadableExport: the workbook cannot be opened, a sheet's header is broken, or no sheet has a table.
    """
    book = open_workbook(data, name)
    tabs: list[Tab] = []
    passed: list[tuple[str, str]] = []
    for meta in book.sheets_metadata:
        if not str(meta.typ).endswith((".WorkSheet", ".MacroSheet")):
            passed.append((meta.name, "is no worksheet (a chart or a dialogue)"))
            continue
        try:
            hidden = (
                None if str(meta.visible).endswith(".Visible") else "The sheet is hidden; it was read all the same."
            )
            tab = _survey_sheet(_sheet(book, meta.name, name), hidden)
        except NoHeader as why:
            if why.table:
                raise UnreadableExport(
                    f"{name}, sheet {meta.name} {why}; put one header row above the table, or delete the sheet."
                ) from None
            passed.append((meta.name, str(why)))
            continue
        tabs.append(tab)
    if not tabs:
        raise UnreadableExport(f"{name} holds no sheet with a table: a header row and rows below it are expected.")
    return tabs, passed


def _survey_sheet(sheet: CalamineSheet, hidden: str | None) -> Tab:
    first = (sheet.start or (0, 0))[0] + 1
    head = sheet.to_python(nrows=_LOOKED_AT)
    layout = _layout(sheet, head)
    rows = [(first + at, _texts(row)) for at, row in enumerate(head)]
    judge = furniture.Furniture(layout.header, len(layout.headings))
    width = len(layout.headings)
    sample = [
        (row, cells[:width])
        for row, cells in rows
        if row > layout.last_row and filled(cells[:width]) and not judge(cells)
    ]
    notes = (*layout.notes, *([hidden] if hidden else []))
    return Tab(sheet.name, layout, first, tuple(sample[:SAMPLE]), notes)


def _layout(sheet: CalamineSheet, head: Sequence[Sequence[Any]]) -> Layout:
    start = sheet.start or (0, 0)
    rows = [(start[0] + 1 + at, _texts(row)) for at, row in enumerate(head)]
    rows = [(row, cells) for row, cells in rows if filled(cells)]
    merged = [
        (top + 1, left - start[1], bottom + 1, right - start[1])
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    layout = find_header(rows, merged)
    judge = furniture.Furniture(layout.header, len(layout.headings))
    reach = max((extent(cells) for row, cells in rows if row > layout.last_row and not judge(cells)), default=0)
    return find_header(rows, merged, width=reach) if reach > len(layout.headings) else layout


def read_tab(
    data: bytes, tab: str, name: str, wanted: Collection[str]
) -> tuple[pl.DataFrame, list[tuple[int, str, bool]], tuple[str, ...]]:
    """Read the rows of one sheet.

    Returns:
        The wanted columns as text with SOURCE_ROW; (row, reason, whether furniture) of every other row; headings.
    """
    import polars as pl

    sheet = _sheet(open_workbook(data, name), tab, name)
    values = sheet.to_python()
    layout = _layout(sheet, values[:_LOOKED_AT])
    first = (sheet.start or (0, 0))[0] + 1
    body = values[layout.last_row + 1 - first :]
    width = len(layout.headings)
    kept, aside = _judge(body, layout, width)
    base = layout.last_row + 1
    columns = []
    for at, heading in enumerate(layout.headings):
        if heading in wanted:
            cells = [_text(body[row][at]) or None for row in kept]
            columns.append(pl.Series(heading, cells, dtype=pl.String))
    frame = pl.DataFrame([*columns, pl.Series(SOURCE_ROW, [row + base for row in kept], dtype=pl.UInt32)])
    return frame, [(row + base, reason, True) for row, reason in sorted(aside.items())], layout.headings


def _judge(body: Sequence[Sequence[Any]], layout: Layout, width: int) -> tuple[list[int], dict[int, str]]:
    """Places of the records, and of the furniture with what it is. Blank rows are neither."""
    decide = furniture.Furniture(layout.header, width)
    heading = next(cell for cell in layout.header[-1][1] if cell)
    kept: list[int] = []
    aside: dict[int, str] = {}
    blank: set[int] = set()
    for at, row in enumerate(body):
        full = len(row) - row.count("")
        if full == 0 or (full <= 3 and not any(map(_text, row))):
            blank.add(at)
            continue
        first = next(cell for cell in row if cell != "")
        if isinstance(first, str) and (_SUSPECT.match(first) or trim(first) == heading):
            what = decide(_texts(row))
            if what:
                aside[at] = what
                continue
        kept.append(at)

    def cells_at(at: int) -> tuple[str, ...] | None:
        return None if at in aside else () if at in blank else _texts(body[at])

    aside.update(dict.fromkeys(decide.notes_around(len(body), cells_at), furniture.NOTE))
    return [at for at in kept if at not in aside], aside


def _texts(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple(map(_text, row))


def _text(value: Any) -> str:
    """A cell as text: dates in ISO form, whole numbers without a point, yes and no as Excel shows them."""
    if isinstance(value, str):
        return trim(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e22 else repr(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        value = (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)
