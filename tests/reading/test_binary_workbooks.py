"""XLSB, and what is said of binary workbooks: no library here writes XLSB, so the test writes its records itself."""

from __future__ import annotations

import io

import pytest
import xlwt
from biff12 import Cell, Day, Shared, Whole, Wrong, xlsb
from conftest import Reader

from caseaudit.errors import UnreadableExport
from caseaudit.reading.workbook import FROM_1904
from caseaudit.reading.xlsb import look_at_sheet, records

HEAD = (Shared("Case ref"), "Team", Shared("Opened"), "Points", "On hold", "Band")
ROWS: tuple[tuple[Cell, ...], ...] = (
    HEAD,
    ("C001", Shared("North"), Day(46113.0), Whole(7), True, Wrong()),
    ("C002", "Côte", Day(46114.5), 2.5, False, None),
    (Shared("C003"), "South", 46115.0, Whole(-3), None, "High"),
)
BOOK = "cases.xlsb"


def test_every_kind_of_cell_of_an_xlsb_is_read(read: Reader) -> None:
    got = read(xlsb(*ROWS), BOOK)
    assert got.sheet.source.sheet == "Cases"
    assert got.sheet.headings == ("Case ref", "Team", "Opened", "Points", "On hold", "Band")
    assert got.rows == {
        2: ("C001", "North", "2026-04-01", "7", "TRUE", None),
        3: ("C002", "Côte", "2026-04-02 12:00:00", "2.5", "FALSE", None),
        4: ("C003", "South", "46115", "-3", None, "High"),
    }
    assert "1 cell with an error such as #N/A or #REF! read as blank: F2." in got.export.source.notes


def test_without_an_error_nothing_is_said_of_one(read: Reader) -> None:
    assert read(xlsb(HEAD, *ROWS[2:]), BOOK).export.source.notes == ()


@pytest.mark.parametrize("from_1904", [True, False])
def test_the_1904_calendar_of_an_xlsb_is_said(read: Reader, from_1904: bool) -> None:
    notes = read(xlsb(*ROWS, from_1904=from_1904), BOOK).export.source.notes
    assert (FROM_1904 in notes) is from_1904


@pytest.mark.parametrize("from_1904", [True, False])
def test_the_1904_calendar_of_an_xls_is_said(read: Reader, from_1904: bool) -> None:
    out, book = io.BytesIO(), xlwt.Workbook()
    book.dates_1904 = from_1904
    sheet = book.add_sheet("Cases")
    for at, cells in enumerate((("Case ref", "Opened"), ("C001", 44651), ("C002", 44652))):
        for column, cell in enumerate(cells):
            sheet.write(at, column, cell)
    book.save(out)
    assert (FROM_1904 in read(out.getvalue(), "cases.xls").export.source.notes) is from_1904


def test_an_xlsb_that_is_cut_off_is_refused(read: Reader) -> None:
    whole = xlsb(*ROWS)
    for end in range(4, len(whole) - 22, 199):
        with pytest.raises(UnreadableExport, match=r"cases\.xlsb is a damaged"):
            read(whole[:end], BOOK)


def test_records_that_are_cut_off_end_the_walk() -> None:
    sheet = bytes([3, 9, *[0] * 8, 42])
    assert look_at_sheet(sheet, {}).errors.count == 1
    for end in range(len(sheet)):
        assert list(records(sheet[:end])) == []
