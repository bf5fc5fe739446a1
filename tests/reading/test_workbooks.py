"""Workbooks of every kind: what stands on the sheet comes out with its row; what would do harm is refused."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import random
import zipfile
from collections.abc import Callable

import hostile
import pytest
import xlsxwriter
import xlwt
from conftest import Reader
from hostile import TABLE, row, text, workbook
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from caseaudit.errors import UnreadableExport
from caseaudit.reading.probe import probe
from caseaudit.reading.workbook import FROM_1904

WANT = {2: ("C001", "North", "High"), 3: ("C002", "South", "Low")}
BOOK = "cases.xlsx"


def made(*rows: list[object], start: tuple[int, int] = (0, 0)) -> bytes:
    """An XLSX with one sheet, written by a library."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy hh:mm"})
    sheet = book.add_worksheet("Cases")
    for at, cells in enumerate(rows):
        sheet.write_row(start[0] + at, start[1], cells)
    book.close()
    return out.getvalue()


def xls() -> bytes:
    out = io.BytesIO()
    book = xlwt.Workbook()
    sheet = book.add_sheet("Cases")
    for at, cells in enumerate((("Case ref", "Team", "Band"), *WANT.values())):
        for column, cell in enumerate(cells):
            sheet.write(at, column, cell)
    book.save(out)
    return out.getvalue()


def ods() -> bytes:
    out = io.BytesIO()
    book = OpenDocumentSpreadsheet()
    table = Table(name="Cases")
    for cells in (("Case ref", "Team", "Band"), *WANT.values()):
        line = TableRow()
        for cell in cells:
            holder = TableCell(valuetype="string")
            holder.addElement(P(text=cell))
            line.addElement(holder)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.write(out)
    return out.getvalue()


@pytest.mark.parametrize("content", [workbook(*TABLE), xls(), ods()], ids=["xlsx", "xls", "ods"])
@pytest.mark.parametrize("name", ["cases.xlsx", "cases.xls", "cases.ods", "cases.csv"])
def test_the_kind_is_told_by_the_content_not_the_name(read: Reader, content: bytes, name: str) -> None:
    got = read(content, name)
    assert got.rows == WANT
    assert got.sheet.source.sheet == "Cases"


def test_title_blank_rows_total_and_footer_keep_their_rows(read: Reader) -> None:
    got = read(
        made(
            ["Caseload"], [], ["Case ref", "Team", "Points"], ["C001", "North", 3], [], ["C002", "South", 4.5],
            ["Case ref", "Team", "Points"], ["Total", "", 7.5], [], ["Report run by A Smith"], start=(2, 1),
        ),
        BOOK,
    )  # fmt: skip
    assert got.sheet.headings == ("Case ref", "Team", "Points")
    assert got.rows == {6: ("C001", "North", "3"), 8: ("C002", "South", "4.5")}
    assert got.furniture == {9, 10, 12}


def test_values_become_the_text_an_export_would_show(read: Reader) -> None:
    cells = [
        1234.0,
        0.1,
        True,
        dt.date(2026, 4, 1),
        dt.datetime.fromisoformat("2026-04-01T09:30"),
        " x\u00a0",
        123456789012,
    ]
    got = read(made(["No", "WTE", "Open", "On", "At", "Note", "Long"], cells), BOOK)
    assert got.rows[2] == ("1234", "0.1", "TRUE", "2026-04-01", "2026-04-01 09:30:00", "x", "123456789012")


def test_hidden_rows_and_errors_are_read_and_said(read: Reader) -> None:
    bad = f'<row r="3">{text("A3", "C002")}<c r="B3" t="e"><v>#N/A</v></c></row>'
    got = read(workbook(TABLE[0], row(2, "C001", "North", "High", extra=' hidden="1"'), bad), BOOK)
    assert got.rows == {2: ("C001", "North", "High"), 3: ("C002", None, None)}
    assert "1 hidden row read" in got.notes
    assert "1 cell with an error" in got.notes


def test_leading_zeros_that_only_the_format_shows_are_written_out(read: Reader) -> None:
    styles = (
        f'<styleSheet {hostile.MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="00000"/></numFmts>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    cells = f'<row r="2"><c r="A2" s="1"><v>42</v></c><c r="B2" s="0"><v>42</v></c>{text("C2", "x")}</row>'
    got = read(workbook(TABLE[0], cells, styles=styles), BOOK)
    assert got.rows == {2: ("00042", "42", "x")}
    assert "1 number written out" in got.notes


def test_a_1904_workbook_is_said(read: Reader) -> None:
    source = read(workbook(*TABLE, properties='<workbookPr date1904="1"/>'), BOOK).export.source
    assert source.from_1904
    assert FROM_1904 in source.notes
    source = read(workbook(*TABLE), BOOK).export.source
    assert not source.from_1904
    assert FROM_1904 not in source.notes


def test_merged_cells_name_groups_and_fill_down(read: Reader) -> None:
    merges = '<mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="A3:A4"/></mergeCells>'
    got = read(
        workbook(
            row(1, "", "Risk", ""),
            row(2, "Case", "Date", "Level"),
            row(3, "C1", "2026-01-01", "High"),
            f'<row r="4"><c r="A4"/>{text("B4", "2026-02-01")}{text("C4", "Low")}</row>',
            after=merges,
        ),
        BOOK,
    )
    assert got.sheet.headings == ("Case", "Risk – Date", "Risk – Level")
    assert got.rows == {3: ("C1", "2026-01-01", "High"), 4: ("C1", "2026-02-01", "Low")}
    assert "merged over several rows" in got.notes


def test_a_merged_identifier_is_filled_down_with_the_zeros_it_shows(read: Reader) -> None:
    styles = (
        f'<styleSheet {hostile.MAIN}><numFmts><numFmt numFmtId="164" formatCode="00000"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    rows = (row(2, '<c r="A2" s="1"><v>42</v></c>', "North", "x"), row(3, '<c r="A3" s="1"/>', "South", "y"))
    after = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    got = read(workbook(TABLE[0], *rows, styles=styles, after=after), BOOK)
    assert got.rows == {2: ("00042", "North", "x"), 3: ("00042", "South", "y")}


def test_a_note_merged_over_several_rows_makes_no_records_of_them(read: Reader) -> None:
    after = '<mergeCells><mergeCell ref="A6:A9"/></mergeCells>'
    rows = (*TABLE, row(6, "Figures as at the end of the month"), row(9, "", "", "x"))
    assert set(read(workbook(*rows, after=after), BOOK).rows) == {2, 3, 6, 9}


def test_a_row_merged_over_the_whole_table_is_no_record(read: Reader) -> None:
    after = '<mergeCells><mergeCell ref="A2:C2"/><mergeCell ref="B5:C5"/></mergeCells>'
    rows = (row(2, "Team North"), row(3, "C001", "North", "High"), row(4, "C002", "North", "Low"), row(5, "C003", "x"))
    got = read(workbook(TABLE[0], *rows, after=after), BOOK)
    assert set(got.rows) == {3, 4, 5}
    assert got.furniture == {2}


def test_hidden_sheets_are_read_and_sheets_without_a_table_passed_over(tmp_path) -> None:
    from caseaudit.reading import survey

    path = tmp_path / BOOK
    book = xlsxwriter.Workbook(path)
    for name in ("Notes", "Cases", "Empty", "Old"):
        book.add_worksheet(name)
    book.get_worksheet_by_name("Notes").write_column(0, 0, ["How to read this", "Ask the team"])
    for name in ("Cases", "Old"):
        book.get_worksheet_by_name(name).write_row(0, 0, ["Case ref", "Team"])
        book.get_worksheet_by_name(name).write_row(1, 0, ["C001", "North"])
    book.get_worksheet_by_name("Old").hide()
    book.close()
    found = survey([path])
    assert [sheet.source.label for sheet in found.sheets] == ["cases.xlsx › Cases", "cases.xlsx › Old"]
    assert "hidden" in " ".join(found.sheets[1].source.notes)
    assert [label for label, _ in found.passed_over] == ["cases.xlsx › Notes", "cases.xlsx › Empty"]


def test_another_table_and_cells_beside_the_table_are_said(read: Reader) -> None:
    got = read(
        made(
            ["Case ref", "Team", "Opened"], ["C001", "North", "01/04/2026"], ["C002", "South", "02/04/2026"], [],
            ["Team", "Lead", "Phone seen"], ["North", "Ann", "Yes"],
        ),
        BOOK,
    )  # fmt: skip
    assert set(got.rows) == {2, 3}
    assert got.malformed == {5, 6}
    assert "Another table begins in row 5" in got.notes


HOSTILE = {
    "far corner": workbook(*TABLE, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "far corner, written oddly": workbook(*TABLE, "<row r='1048576'><c t='n' r = 'XFD1048576'><v>1</v></c></row>"),
    "row that lies about its cells": workbook(*TABLE, '<row r="4"><c r="CV900000"><v>1</v></c></row>'),
    "beyond the grid": workbook(*TABLE, '<row r="99999999"><c r="ZZZZ99999999"><v>1</v></c></row>'),
    "far corner, its mark within quotes": workbook(*TABLE, '<row r="9"><c r="XFD1048576" x="/>"><v>1</v></c></row>'),
    "far corner by order alone": workbook(*TABLE, f'<row r="1048576">{"<c><v>1</v></c>" * 9999}</row>'),
    "rows by order alone": workbook(*TABLE, "<row/>" * 200_000, f"<row>{'<c><v>1</v></c>' * 9999}</row>"),
    "impossible count of texts": workbook(*TABLE, strings='<sst count="4294967295" uniqueCount="4294967295"/>'),
    "entities": workbook(*TABLE, prologue='<!DOCTYPE x [<!ENTITY a "aaaa">]>'),
    "packed zeros": workbook(*TABLE, extra={"xl/media/a.bin": bytes(30_000_000)}),
    "encrypted": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
    "cut off": workbook(*TABLE)[:-300],
    "half a tag": workbook("<row"),
    "no table": workbook(),
    "web page": b"<html><body><table><tr><td>Case</td></tr></table></body></html>",
}


def test_formats_without_content_in_the_far_corner_do_no_harm(read: Reader) -> None:
    blank = '<row r="1048576" s="1"><c r="AMJ1048576" s="0"/><c r="XFD1048576" s="0"></c></row>'
    assert read(workbook(*TABLE, blank), BOOK).rows == WANT
    many = [row(at, f"C{at}", "North", "High") for at in range(2, 40_000)]
    assert len(read(workbook(TABLE[0], *many, blank), BOOK).rows) == 39_998


NAMES = {
    "backslashes": lambda name: name.replace("/", "\\"),
    "capitals": lambda name: name.replace("sheet1", "Sheet1").replace("workbook", "Workbook"),
    "another main part": lambda name: name.replace("xl/workbook.xml", "xl/book2.xml").replace("workbook.", "book2."),
    "from the root": lambda name: f"/{name}",
    "sheets in another folder": lambda name: name.replace("worksheets/sheet", "tabs/s"),
}


@pytest.mark.parametrize("renamed", NAMES.values(), ids=NAMES)
def test_members_of_other_names_are_found_and_looked_into(read: Reader, renamed: Callable[[str], str]) -> None:
    out = io.BytesIO()
    wrong = row(3, "C002", "South", '<c r="C3" t="e"><v>#N/A</v></c>', extra=' hidden="1"')
    with zipfile.ZipFile(io.BytesIO(workbook(*TABLE[:2], wrong))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for target in ("xl/workbook.xml", "worksheets/sheet1.xml"):
                told = renamed(target).lstrip("/").replace("\\", "/")
                content = content.replace(target.encode(), told.replace("Sheet1", "sheet1").encode())
            new.writestr(renamed(name), content)
    got = read(out.getvalue(), BOOK)
    assert got.rows == {**WANT, 3: ("C002", "South", None)}
    assert "1 hidden row read" in got.notes
    assert "read as blank: C3." in got.notes


def test_what_a_mac_packs_beside_is_passed_over(read: Reader) -> None:
    beside = {"__MACOSX/xl/worksheets/._sheet1.xml": b"\0\5\x16\7" + bytes(200)}
    assert read(workbook(*TABLE, extra=beside), BOOK).rows == WANT


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_would_do_harm_is_refused_in_one_sentence(read: Reader, content: bytes) -> None:
    with pytest.raises(UnreadableExport, match=r"^cases\.xlsx .*\.$") as refused:
        read(content, BOOK)
    assert "\n" not in str(refused.value)


def test_the_same_row_a_billion_times_is_refused(read: Reader) -> None:
    again = (
        b'<table:table-row table:number-rows-repeated="90000">'
        b'<table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>x</text:p>'
        b"</table:table-cell></table:table-row></table:table>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ods())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info, old.read(info).replace(b"</table:table>", again))
    with pytest.raises(UnreadableExport):
        read(out.getvalue(), "cases.ods")


def test_errors_of_an_ods_are_blank_and_said(read: Reader) -> None:
    plain = b'office:value-type="string"><text:p>High<'
    wrong = b'table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"'
    space = b'<office:document-content xmlns:calcext="urn:org:documentfoundation:names:experimental:calc" '
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ods())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info).replace(plain, wrong + b"><text:p>#N/A<")
            new.writestr(info, content.replace(b"<office:document-content ", space))
    got = read(out.getvalue(), "cases.ods")
    assert got.rows[2] == ("C001", "North", None)
    assert "1 cell with an error such as #N/A or #REF! read as blank: C2." in got.export.source.notes
    assert not any("error" in note for note in read(ods(), "cases.ods").export.source.notes)


def test_a_rarer_kind_with_too_many_cells_is_found_out_in_a_child() -> None:
    probe(xls(), "cases.xls", cells=9)
    with pytest.raises(UnreadableExport, match="more memory or time"):
        probe(xls(), "cases.xls", cells=8)


@pytest.mark.parametrize("good", [workbook(*TABLE), made(["Case", "Team"], ["C001", "North"]), xls(), ods()])
def test_damaged_workbooks_are_read_or_refused(read: Reader, good: bytes) -> None:
    rng = random.Random(1)
    for _ in range(40):
        damaged = bytearray(good)
        for _ in range(rng.randrange(1, 6)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        with contextlib.suppress(UnreadableExport):
            read(bytes(damaged[: rng.randrange(len(damaged))] if rng.random() < 0.2 else damaged), BOOK)


def test_a_workbook_damaged_inside_is_read_or_refused(read: Reader) -> None:
    rng = random.Random(2)
    for _ in range(150):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(workbook(*TABLE))) as old, zipfile.ZipFile(out, "w") as new:
            for info in old.infolist():
                part = bytearray(old.read(info))
                if rng.random() < 0.3:
                    part[rng.randrange(len(part))] = rng.randrange(256)
                new.writestr(info.filename, bytes(part))
        with contextlib.suppress(UnreadableExport):
            read(out.getvalue(), BOOK)
