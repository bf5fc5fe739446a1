"""How the sheets look, are filtered, linked and printed; one look for every workbook a pack holds."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from copy import deepcopy
from itertools import chain
from math import ceil
from typing import Any

import polars as pl

from caseaudit.reporting.workbook.bulk import Fill, filled
from caseaudit.reporting.workbook.sheets import Cell, Column, Kind, Mark, Table, parts_of
from caseaudit.reporting.workbook.texts import visible, visible_text

LINE = 13
"""Points of a line of text."""

_FULL = 1.05  # letters in a column's width, which is counted in digits, less what wrapping leaves at line ends
_MOST_LINES = 30  # a row holds 409 points
_DARK, _PALE, _YOURS = "#003a70", "#e8edee", "#fff3d6"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "Arial", "font_size": 10},
}
_DAYS = {
    "validate": "date",
    "criteria": "between",
    "minimum": dt.date(2000, 1, 1),
    "maximum": dt.date(2099, 12, 31),
    "error_title": "Not a date",
    "error_message": "Write a date, such as 31/10/2026, or leave the cell blank.",
}
_LEFT: Mapping[str, Any] = {"align": "left", "indent": 1}  # off the numbers that end at the same edge
_FORMS: Mapping[Kind, Mapping[str, Any]] = {
    # A text that begins with = stays a text even when a person edits the cell.
    "text": {"text_wrap": True, "quote_prefix": True, **_LEFT},
    "count": {"num_format": "#,##0"},
    "place": {"num_format": "0"},
    "share": {"num_format": "0%"},
    "day": {"num_format": "dd mmm yyyy", **_LEFT},
    "small": {"font_color": "#6b7280", "font_size": 8, "quote_prefix": True, **_LEFT},
}
_REPLY = {"num_format": "@", "text_wrap": True, **_LEFT}


def workbook(tables: Sequence[Table], mark: Mark) -> bytes:
    """An XLSX file with a sheet per table; one of more than MOST_ROWS rows goes on in "name (2)"."""
    import xlsxwriter

    buffer = io.BytesIO()
    fills: dict[str, Fill] = {}
    # A copy: XlsxWriter writes into the options it is given, and the next workbook would differ.
    with xlsxwriter.Workbook(buffer, deepcopy(_OPTIONS)) as book:
        book.set_properties(_properties(mark))
        pen = _Pen(book)
        for number, table in enumerate(chain.from_iterable(map(parts_of, tables)), start=1):
            sheet = book.add_worksheet(table.name)
            _set_up(sheet, table, pen)
            _print_set_up(sheet, table, mark)
            if isinstance(table.rows, pl.DataFrame):
                rows = _visible(table.rows, table.whole_in)
                fills[f"xl/worksheets/sheet{number}.xml"] = Fill(rows, heights(rows, table.columns))
                _links(sheet, table, pen)
            else:
                _write(sheet, table, pen)
    return filled(buffer.getvalue(), fills)


def _visible(frame: pl.DataFrame, whole_in: str) -> pl.DataFrame:
    return frame.with_columns(visible(column, whole_in) for column in frame if column.dtype == pl.String)


def heights(rows: pl.DataFrame, columns: Sequence[Column]) -> pl.Series:
    """Points each row needs for its wrapped texts: not every program works that out when it opens a file."""
    texts = [
        (pl.col(name).str.len_chars() / (_FULL * column.width)).ceil() + pl.col(name).str.count_matches("\n")
        for name, column in zip(rows.columns, columns, strict=True)
        if rows.schema[name] == pl.String and column.kind == "text"
    ]
    lines = pl.max_horizontal(pl.lit(1.0), *texts).clip(1, _MOST_LINES)
    return rows.select(height=(lines * LINE + 2).cast(pl.Int64).cast(pl.String))["height"]


class _Pen:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def format(self, **looks: Any) -> Any:
        key = repr(sorted(looks.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **looks})
        return self._made[key]

    def header(self, column: Column) -> Any:
        fill = _YOURS if column.yours else _PALE
        side = "right" if column.kind in {"count", "place", "share"} else "left"
        looks = {"bold": True, "text_wrap": True, "font_color": _DARK, "bottom": 2, "bottom_color": _DARK}
        return self.format(**looks, bg_color=fill, align=side, indent=int(side == "left"))

    def column(self, column: Column) -> Any:
        return self.format(**(_REPLY if column.yours and column.kind == "text" else _FORMS[column.kind]))

    def link(self) -> Any:
        return self.format(font_color="#0563c1", underline=1, quote_prefix=True, **_LEFT)

    def share(self, value: float) -> Any:
        """A share never reads 100 % unless it is all, nor 0 % unless it is none."""
        if 0.995 <= value < 1:
            return self.format(num_format='"> 99%"')
        return self.format(num_format='"< 1%"') if 0 < value < 0.005 else self.format(**_FORMS["share"])


def _set_up(sheet: Any, table: Table, pen: _Pen) -> None:
    last = max(table.height, 1)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width, pen.column(column))
        sheet.write_string(0, place, column.heading, pen.header(column))
        if column.yours and column.kind == "day":
            sheet.data_validation(1, place, last, place, _DAYS)
    long = any(len(column.heading) > column.width - 2 for column in table.columns)
    sheet.set_row(0, (1 + long) * LINE + 2)
    sheet.freeze_panes(1, 0)
    if table.filtered:
        sheet.autofilter(0, 0, last, len(table.columns) - 1)
    # Numbers of cases and workers are names; a mark of doubt on each of them would hide what is doubtful.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})


def _print_set_up(sheet: Any, table: Table, mark: Mark) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if table.printed:
        sheet.print_area(0, 0, max(table.height, 1), table.printed - 1)
    service = visible_text(mark.service)[:60].replace("&", "&&").replace("\n", " ")
    sheet.set_header(f"&L{service}&R{mark.title}: &A")
    sheet.set_footer(f"&LAs at {_day(mark.as_at)}&C&B{mark.privacy}&B&RPage &P of &N")


def _links(sheet: Any, table: Table, pen: _Pen) -> None:
    for (row, place), to in table.links.items():
        sheet.write_url(row + 1, place, f"internal:{to}", pen.link(), string=" ")


def _write(sheet: Any, table: Table, pen: _Pen) -> None:
    for row, cells in enumerate(table.rows):
        lines = [len(c) / (_FULL * at.width) for c, at in zip(cells, table.columns, strict=True) if isinstance(c, str)]
        sheet.set_row(row + 1, min(ceil(max([1.0, *lines])), _MOST_LINES) * LINE + 2)
        for place, (column, value) in enumerate(zip(table.columns, cells, strict=True)):
            if (row, place) in table.links:
                sheet.write_url(row + 1, place, f"internal:{table.links[row, place]}", pen.link(), string=str(value))
            elif value is not None:
                _write_cell(sheet, (row + 1, place), value, column, pen)


def _write_cell(sheet: Any, at: tuple[int, int], value: Cell, column: Column, pen: _Pen) -> None:
    """By a method named for the type: the general `write` would guess formulas and links."""
    if isinstance(value, bool):
        sheet.write_string(*at, "yes" if value else "no", pen.column(column))
    elif isinstance(value, int | float):
        own = pen.format(**_LEFT) if column.kind == "text" else pen.column(column)
        sheet.write_number(*at, value, pen.share(value) if column.kind == "share" else own)
    elif isinstance(value, dt.date):
        sheet.write_datetime(*at, value, pen.format(**_FORMS["day"]))
    elif isinstance(value, str):
        looks = pen.column(column) if column.kind in {"text", "small"} else pen.format(align="right", quote_prefix=True)
        sheet.write_string(*at, visible_text(value), looks)


def _properties(mark: Mark) -> dict[str, Any]:
    service = visible_text(mark.service)
    return {
        "title": f"{mark.title}{f': {service}' if service else ''}, as at {_day(mark.as_at)}",
        "subject": f"Findings of an audit of the workforce and caseload standard as at {_day(mark.as_at)}",
        "author": "caseaudit",
        "company": service,
        "comments": mark.privacy,
        "created": dt.datetime.combine(mark.as_at, dt.time()),
    }


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
