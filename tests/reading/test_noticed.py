"""What the workbook reader keeps to itself is said, in every kind of workbook: errors, hidden rows, leading zeros."""

from __future__ import annotations

import contextlib
import io
import random
import re
import zipfile

import hostile
import openpyxl
import pytest
import xlwt
from biff12 import Digits, Wrong, xlsb
from conftest import Reader
from hostile import row, workbook

from caseaudit.errors import UnreadableExport
from caseaudit.reading import xls
from caseaudit.reading.package import look_into

HIDDEN = "1 hidden row read like the others."
HIDDEN_COLUMNS = "2 hidden columns read like the others: B, C."
ERRORS = "2 cells with an error such as #N/A or #REF! read as blank: B3, C4."
PADDED = "2 numbers written out with the leading zeros their format shows."
HEAD = ("Case ref", "Team", "Band", "Number")
MANIFEST = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
WANT = {2: ("C1", "North", "High", "00042"), 3: ("C2", None, "High", "00007"), 4: ("C3", "South", None, "123456")}


def styles(formats: str, codes: str = '<numFmt numFmtId="164" formatCode="00000"/>') -> str:
    return f"<styleSheet {hostile.MAIN}><numFmts>{codes}</numFmts><cellXfs>{formats}</cellXfs></styleSheet>"


def as_xlsx() -> bytes:
    def number(reference: str, value: int) -> str:
        return f'<c r="{reference}" s="1"><v>{value}</v></c>'

    data = workbook(
        row(1, *HEAD),
        row(2, "C1", "North", "High", number("D2", 42)),
        row(3, "C2", '<c r="B3" t="e"><v>#N/A</v></c>', "High", number("D3", 7), extra=' hidden="1"'),
        row(4, "C3", "South", '<c t="e" r="C4"><f>1/0</f><v>#DIV/0!</v></c>', number("D4", 123456)),
        styles=styles('<xf numFmtId="0"/><xf numFmtId="164"/>'),
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            columns = b'<cols><col min="2" max="3" width="9" hidden="1"/><col min="9" max="16384" hidden="1"/></cols>'
            new.writestr(info, old.read(info).replace(b"<sheetData>", columns + b"<sheetData>"))
    return out.getvalue()


def as_xls() -> bytes:
    out, book = io.BytesIO(), xlwt.Workbook()
    sheet = book.add_sheet("Cases")
    zeros = xlwt.easyxf(num_format_str="00000")
    for column, heading in enumerate(HEAD):
        sheet.write(0, column, heading)
    for at, (first, second, third, number) in WANT.items():
        for column, cell in enumerate((first, second, third)):
            if cell is None:
                sheet.row(at - 1).set_cell_error(column, 42)
            else:
                sheet.write(at - 1, column, cell)
        sheet.write(at - 1, 3, int(number), zeros)
    sheet.row(2).hidden = True
    sheet.col(1).hidden = sheet.col(2).hidden = True
    book.save(out)
    return out.getvalue()


def as_xlsb() -> bytes:
    return xlsb(
        HEAD,
        ("C1", "North", "High", Digits(42)),
        ("C2", Wrong(), "High", Digits(7)),
        ("C3", "South", Wrong(), Digits(123456)),
        hidden_row=3, hidden_columns=(1, 2),
    )  # fmt: skip


def ods_of(*rows: str, columns: str = "", settings: str = "") -> bytes:
    """An ODS of one sheet, its rows as XML."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
    )
    content = (
        f'<office:document-content {spaces} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc">'
        f'<office:body><office:spreadsheet>{settings}<table:table table:name="Cases">{columns}{"".join(rows)}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", f"<manifest:manifest {MANIFEST}/>")
    return out.getvalue()


def ods_row(*cells: str, extra: str = "") -> str:
    made = [
        cell
        if cell.startswith("<")
        else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    ]
    return f"<table:table-row {extra}>{''.join(made)}</table:table-row>"


def ods_cell(shown: str, attributes: str) -> str:
    return f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"


NOTHING = 'table:formula="of:=NA()" office:value-type="string" office:string-value=""'


def as_ods() -> bytes:
    def number(value: int) -> str:
        return ods_cell(f"{value:05}", f'office:value-type="float" office:value="{value}"')

    hidden = '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    rest = '<table:table-column table:visibility="collapse" table:number-columns-repeated="16380"/>'
    return ods_of(
        ods_row(*HEAD),
        ods_row("C1", "North", "High", number(42)),
        ods_row(
            "C2", ods_cell("#N/A", f'{NOTHING} calcext:value-type="error"'), "High", number(7),
            extra='table:visibility="filter"',
        ),
        ods_row("C3", "South", ods_cell("Err:502", NOTHING), number(123456)),
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="1048000"><table:table-cell/>'
        "</table:table-row>",
        columns=f"<table:table-column/>{hidden}<table:table-column/>{rest}",
    )  # fmt: skip


KINDS = {"xlsx": as_xlsx, "xls": as_xls, "xlsb": as_xlsb, "ods": as_ods}


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_said_in_every_kind_of_workbook(read: Reader, kind: str) -> None:
    got = read(KINDS[kind](), f"cases.{kind}")
    assert got.sheet.headings == HEAD
    assert got.rows == WANT
    assert got.export.source.notes == (HIDDEN, HIDDEN_COLUMNS, ERRORS, PADDED)


def test_many_errors_are_counted_and_the_first_of_them_named(read: Reader) -> None:
    wrong = [f'<c r="B{at}" t="e"><v>#N/A</v></c>' for at in range(2, 10)]
    got = read(workbook(row(1, *HEAD), *(row(at, f"C{at}", cell, "x") for at, cell in enumerate(wrong, 2))), "c.xlsx")
    assert "8 cells with an error such as #N/A or #REF! read as blank: B2, B3, B4, B5, B6 and others." in got.notes


def test_the_same_error_again_in_an_ods_is_counted(read: Reader) -> None:
    again = ods_cell("#REF!", f'{NOTHING} table:number-columns-repeated="2"')
    got = read(
        ods_of(ods_row(*HEAD), ods_row("C1", again, "5", extra='table:number-rows-repeated="2"'), ods_row("C2")),
        "c.ods",
    )
    assert "4 cells with an error such as #N/A or #REF! read as blank: B2, C2, B3, C3." in got.notes


def test_a_remark_on_a_cell_of_an_ods_is_no_error_of_it(read: Reader) -> None:
    remark = "<office:annotation><text:p>#N/A</text:p></office:annotation>"
    cell = f'<table:table-cell office:value-type="string">{remark}<text:p>North</text:p></table:table-cell>'
    got = read(ods_of(ods_row(*HEAD[:3]), ods_row("C1", cell, "High")), "c.ods")
    assert got.rows == {2: ("C1", "North", "High")}
    assert got.notes == ""


FORMATS = {
    "a style without a number format before it": ('<xf/><xf numFmtId="164"/>', "00000", "00042"),
    "its attributes in another order": ('<xf numFmtId="0"/><xf fontId="1" numFmtId="164"/>', "00000", "00042"),
    "apostrophes": ("<xf numFmtId='0'/><xf numFmtId='164'/>", "00000", "00042"),
    "a comment": ('<!-- <xf numFmtId="164"/> --><xf numFmtId="0"/><xf numFmtId="164"/>', "00000", "00042"),
    "stripes between the digits": ('<xf/><xf numFmtId="164"/>', r"000\-00", "00042"),
    "another look of negative numbers": ('<xf/><xf numFmtId="164"/>', "00000;-00000", "00042"),
    "one nought": ('<xf/><xf numFmtId="164"/>', "0", "42"),
    "a day": ('<xf/><xf numFmtId="14"/>', "00000", "1900-02-11"),
    "the format of another style": ('<xf numFmtId="164"/><xf/>', "00000", "42"),
}


@pytest.mark.parametrize(("formats", "code", "shown"), FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("cell", ['<c r="A2" s="1"><v>42</v></c>', "<c s='1' r='A2'><v>42</v></c>"])
def test_leading_zeros_go_by_the_style_of_the_cell(
    read: Reader, formats: str, code: str, shown: str, cell: str
) -> None:
    made = styles(formats, f'<numFmt formatCode="{code}" numFmtId="164"/>')
    got = read(workbook(row(1, *HEAD[:3]), row(2, cell, "North", "x"), styles=made), "cases.xlsx")
    assert got.rows == {2: (shown, "North", "x")}
    assert ("1 number written out" in got.notes) is (shown == "00042")


UNCALCULATED = "formula{} not worked out, so read as blank or 0: {}. Open the workbook in a spreadsheet program"
CALC = '<calcPr fullCalcOnLoad="1"/>'
FORMULAS = {
    "no value": ("<f>A1</f>", "", True),
    "an empty value": ("<f>A1</f><v></v>", "", True),
    "a value closed at once": ('<f t="shared" si="0"/><v />', "", True),
    "nought by a program that works none out": ("<f>A1</f><v>0</v>", CALC, True),
    "nought that Excel worked out": ("<f>A1</f><v>0</v>", "", False),
    "a number": ("<f>A1</f><v>4</v>", CALC, False),
}


@pytest.mark.parametrize(("content", "properties", "open_"), FORMULAS.values(), ids=FORMULAS)
def test_formulas_without_a_result_are_said(read: Reader, content: str, properties: str, open_: bool) -> None:
    made = row(2, "C1", f'<c r="B2">{content}</c>', "x")
    got = read(workbook(row(1, *HEAD[:3]), made, row(3, "C2", "4", "y"), properties=properties), "cases.xlsx")
    assert (UNCALCULATED.format("", "B2") in got.notes) is open_


def test_a_formula_that_comes_to_an_empty_text_is_worked_out(read: Reader) -> None:
    cell = '<c r="B2" t="str"><f>IF(TRUE,"","x")</f><v></v></c>'
    assert read(workbook(row(1, *HEAD[:3]), row(2, "C1", cell, "x")), "cases.xlsx").notes == ""


def test_formulas_of_a_long_sheet_without_a_result_are_said(read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caseaudit.reading.limits.LONG_SHEET", 1)
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["Case ref", "Team", "Points"])
    for at in range(2, 600):
        book.active.append([f"C{at}", "North", f"=LEN(A{at})"])
    book.save(out)
    assert "598 formulas not worked out, so read as blank or 0: C2, C3, C4, C5, C6 and others." in (
        read(out.getvalue(), "cases.xlsx").notes
    )


def test_a_formula_of_an_ods_without_a_result_is_said(read: Reader) -> None:
    cell = '<table:table-cell table:formula="of:=[.A1]"/>'
    got = read(ods_of(ods_row(*HEAD[:3]), ods_row("C1", cell, "x")), "cases.ods")
    assert UNCALCULATED.format("", "B2") in got.notes


def test_a_cell_of_an_ods_merged_over_several_rows_stands_for_each(read: Reader) -> None:
    merged = ods_cell("North", 'office:value-type="string" table:number-rows-spanned="2"')
    rows = (ods_row("C1", merged, "x"), ods_row("C2", "<table:covered-table-cell/>", "y"))
    got = read(ods_of(ods_row(*HEAD[:3]), *rows), "cases.ods")
    assert got.rows == {2: ("C1", "North", "x"), 3: ("C2", "North", "y")}
    assert "1 cell filled from a cell merged over several rows." in got.notes


def test_an_ods_with_blanks_between_its_tags_is_read(read: Reader) -> None:
    rows = (ods_row(*HEAD[:3]), ods_row("C1", "North", "x"))
    apart = [re.sub("(?=</?table:table-)", "\n  ", one) for one in rows]
    assert read(ods_of(*apart), "cases.ods").rows == {2: ("C1", "North", "x")}


def test_the_1904_calendar_of_an_ods_is_said(read: Reader) -> None:
    settings = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    )
    rows = (ods_row(*HEAD[:3]), ods_row("C1", "North", "x"))
    assert "counts days from 1904" in read(ods_of(*rows, settings=settings), "cases.ods").notes
    assert read(ods_of(*rows), "cases.ods").notes == ""


def test_an_ods_whose_content_is_no_xml_is_refused(read: Reader) -> None:
    broken = ods_of(ods_row(*HEAD[:3]), ods_row("C1", ods_cell("#N/A", NOTHING), "x"), "<table:table-row>")
    with pytest.raises(UnreadableExport, match=r"^cases\.ods .*\.$"):
        read(broken, "cases.ods")


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_workbook_is_looked_into_or_refused(kind: str) -> None:
    rng = random.Random(3)
    good = KINDS[kind]()
    for _ in range(400):
        if kind == "xls":
            data = damaged(good, rng)
        else:
            out = io.BytesIO()
            with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w") as new:
                for name in old.namelist():
                    new.writestr(name, damaged(old.read(name), rng) if rng.random() < 0.5 else old.read(name))
            data = out.getvalue()
        with contextlib.suppress(UnreadableExport):
            (xls.look(data, "a.xls") if kind == "xls" else look_into(data, f"a.{kind}", 1)).parts.items()


def damaged(part: bytes, rng: random.Random) -> bytes:
    some = bytearray(part)
    for _ in range(rng.randrange(1, 6)):
        at = rng.randrange(len(some))
        if rng.random() < 0.7:
            some[at] = rng.randrange(256)
        elif rng.random() < 0.5:
            some[at : at + 4] = bytes.fromhex("ffffffff")
        else:
            some = some[: at + 1]
    return bytes(some)


def test_an_encoding_that_is_none_refuses_an_ods(read: Reader) -> None:
    data = ods_of(ods_row(*HEAD), ods_row("C1", ods_cell("#N/A", NOTHING), "x", "5"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, b'<?xml version="1.0" encoding="TF-8"?>' + old.read(name))
    with pytest.raises(UnreadableExport, match="damaged or cut-off workbook"):
        read(out.getvalue(), "cases.ods")
