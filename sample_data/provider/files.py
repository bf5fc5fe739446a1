"""Writes one export, CSV or workbook, and keeps account of its rows: header, records, rejected ones."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from .cells import PART, Cell
from .columns import Column

Rows = Iterable[tuple[list[Cell], str | None]]


@dataclass
class Account:
    """What was written: for headers.json, and for the truth about rows."""

    headers: dict[str, dict[str, dict[str, str | None]]] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    unreadable: list[dict[str, Any]] = field(default_factory=list)

    def note(self, file: str, sheet: str | None, columns: Sequence[Column], **about: Any) -> None:
        self.headers.setdefault(file, {})[sheet or ""] = {c.heading: c.field for c in columns}
        self.files.append({"file": file, "sheet": sheet, **about})

    def reject(self, file: str, sheet: str | None, row: int, reason: str) -> bool:
        """Note a row past use, or one of which a cell cannot be read; True for the former."""
        whole = not reason.startswith(PART)
        entry = {"file": file, "sheet": sheet, "row": row, "reason": reason.removeprefix(PART)}
        (self.rejected if whole else self.unreadable).append(entry)
        return whole


def write_csv(
    path: Path, columns: list[Column], rows: Rows, account: Account, *, encoding: str = "utf-8", delimiter: str = ","
) -> None:
    """Header on the first line, records below it; no cell holds a line break, so line = row."""
    count = rejected = 0
    with path.open("w", encoding=encoding, newline="") as out:
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow([c.heading for c in columns])
        for row, reason in rows:
            count += 1
            writer.writerow(row)
            if reason:
                rejected += account.reject(path.name, None, count + 1, reason)
    account.note(
        path.name, None, columns, encoding=encoding, delimiter=delimiter, header_row=1, rows=count, rejected=rejected
    )


@dataclass(frozen=True)
class SheetOfRows:
    """One sheet: title lines above the header, rows, and what stands below them."""

    name: str
    title: tuple[str, ...]
    columns: list[Column]
    rows: Rows
    totals: bool = False
    footer: str | None = None


def write_workbook(path: Path, sheets: Iterable[SheetOfRows], account: Account, *, big: bool) -> None:
    """Real dates in cells. big: stream rows to disk, at the price of inline strings."""
    book = xlsxwriter.Workbook(
        str(path),
        {"constant_memory": big, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"created": datetime.combine(date(2026, 11, 2), datetime.min.time())})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.set_column(0, len(sheet.columns) - 1, 16)
        for number, line in enumerate(sheet.title):
            if line:
                page.write_string(number, 0, line)
        top = len(sheet.title)
        for place, column in enumerate(sheet.columns):
            page.write_string(top, place, column.heading, bold)
        count = rejected = 0
        for row, reason in sheet.rows:
            count += 1
            _write_row(page, top + count, row, day)
            if reason:
                rejected += account.reject(path.name, sheet.name, top + count + 1, reason)
        below = top + count + 1
        if sheet.totals:
            page.write_string(below, 0, "Total", bold)
            page.write_number(below, 1, count, bold)
        if sheet.footer:
            page.write_string(below + 2, 0, sheet.footer)
        account.note(path.name, sheet.name, sheet.columns, header_row=top + 1, rows=count, rejected=rejected)
    book.close()


def _write_row(page: Any, number: int, row: list[Cell], day: Any) -> None:
    for place, cell in enumerate(row):
        if cell is None:
            continue
        if isinstance(cell, str):
            page.write_string(number, place, cell)
        elif isinstance(cell, date):
            page.write_datetime(number, place, cell, day)
        else:
            page.write_number(number, place, cell)
