"""XLSB, and what is said of binary workbooks: the tests write its records themselves, one by one."""

from __future__ import annotations

import io

import pytest
import xlwt
from biff12 import Cell, Day, Shared, Whole, Wrong, xlsb
from conftest import Reader

from caseaudit.errors import UnreadableExport
from caseaudit.reading import xls
from caseaudit.reading.parts import said
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
    assert look_at_sheet(sheet, {})[0].errors.count == 1
    for end in range(len(sheet)):
        assert list(records(sheet[:end])) == []


def test_an_xlsb_whose_cells_leave_out_their_column_is_read(read: Reader) -> None:
    rows = (*ROWS, (None, "East", Day(46116.0), Wrong(), True, Shared("Low")))
    assert read(xlsb(*rows, short=True), BOOK).rows == read(xlsb(*rows), BOOK).rows
    assert read(xlsb(*rows, short=True), BOOK).notes == read(xlsb(*rows), BOOK).notes


def test_a_cell_of_an_xlsb_merged_over_several_rows_stands_for_each(read: Reader) -> None:
    got = read(xlsb(HEAD[:3], ("C001", "North", "x"), ("C002", None, "y"), merged=(1, 2, 1, 1)), BOOK)
    assert got.rows == {2: ("C001", "North", "x"), 3: ("C002", "North", "y")}
    assert "1 cell filled from a cell merged over several rows." in got.notes


def protected_xls() -> bytes:
    """An XLS with a record FILEPASS in the place of one that no reader needs, of the same length."""
    out, book = io.BytesIO(), xlwt.Workbook()
    book.add_sheet("Cases").write(0, 0, "Case ref")
    book.save(out)
    whole = out.getvalue()
    interface = bytes.fromhex("e1000200")  # INTERFACEHDR
    assert whole.count(interface) == 1
    return whole.replace(interface, bytes.fromhex("2f000200"))


def test_a_protected_xls_is_refused(read: Reader) -> None:
    with pytest.raises(UnreadableExport, match=r"cases\.xls is protected by a password; save a copy without one\.$"):
        read(protected_xls(), "cases.xls")


def test_an_xls_that_is_cut_off_is_read_to_where_it_goes_or_refused(read: Reader) -> None:
    out, book = io.BytesIO(), xlwt.Workbook()
    sheet = book.add_sheet("Cases")
    for at in range(200):
        for column, cell in enumerate((f"C{at}", "North", at) if at else ("Case ref", "Team", "Points")):
            sheet.write(at, column, cell)
    book.save(out)
    whole = out.getvalue()
    for end in range(8, len(whole), 999):
        with pytest.raises(UnreadableExport, match=r"^cases\.xls .*\.$"):
            read(whole[:end], "cases.xls")


def test_a_workbook_whose_sheets_are_all_the_same_place_is_not_gone_over_for_each(read: Reader) -> None:
    out, book = io.BytesIO(), xlwt.Workbook()
    for at in range(60):
        sheet = book.add_sheet(f"Sheet {at:02}")
        for row in range(400 if at == 0 else 1):
            sheet.write(row, 0, row)
            sheet.write(row, 1, row)
    book.save(out)
    whole = out.getvalue()
    first = whole.index(b"\x08\0Sheet 00") - 6  # where the sheet's records begin, before its name
    for at in range(1, 60):
        place = whole.index(b"\x08\0Sheet %02d" % at) - 6
        whole = whole[:place] + whole[first : first + 4] + whole[place + 4 :]
    parts = xls.look(whole, "cases.xls").parts
    assert len(parts) == 60
    assert not parts["Sheet 00"].unsearched
    assert parts["Sheet 59"].unsearched
    assert "not looked through" in " ".join(said(parts["Sheet 59"], 0, 2))
