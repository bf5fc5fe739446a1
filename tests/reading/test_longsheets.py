"""A long sheet that is taken apart gives the very same export as one that the workbook reader hands out whole."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import random
import zipfile
from pathlib import Path

import hostile
import polars as pl
import pytest
import xlsxwriter
from hostile import TABLE, row, text, workbook

from caseaudit.errors import UnreadableExport
from caseaudit.folders import HOME
from caseaudit.reading import limits, tabs, unpacking
from caseaudit.reading.content import Content
from caseaudit.reading.contents import plain_texts
from caseaudit.reading.longsheets import taken_apart, with_parts
from caseaudit.reading.sharedtexts import MEMBER, shared_texts
from caseaudit.reading.styles import number_formats, undated_styles
from caseaudit.reading.workbook import Workbook

ALWAYS, NEVER = 0, float("inf")
SAMPLE = sorted((HOME / "sample_data" / "exports").glob("*.xlsx"))


def both_ways(data: bytes) -> int:
    """Read every sheet both ways and compare all that comes of it; returns how many sheets were taken apart."""
    apart, whole = Workbook(data, "x.xlsx", ALWAYS), Workbook(data, "x.xlsx", NEVER)
    (tabs, passed), wanted = apart.survey(), whole.survey()
    assert (tabs, passed) == wanted
    for tab in tabs:
        got, want = (book.read(tab.name, tab.layout.headings) for book in (apart, whole))
        assert got[0].equals(want[0]), tab.name
        assert got[1:] == want[1:]
    return sum(apart._long(tab.name) is not None for tab in tabs if tab.name in apart._package.excerpts)


def everything(*, in_memory: bool = False, from_1904: bool = False) -> bytes:
    """A sheet with every kind of cell, 900 rows of it, and around them what reports have."""
    out = io.BytesIO()
    rng = random.Random(3)
    book = xlsxwriter.Workbook(out, {"constant_memory": in_memory, "date_1904": from_1904})
    day, moment, hours, zeros, month, odd = (
        book.add_format({"num_format": code})
        for code in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss", "[h]:mm", "0000000000", "mmm yyyy", '"day" 0')
    )
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("Cases & more")
    sheet.write(1, 2, "Caseload report — “all teams”")
    headings = ["Ref", "Team", "Opened", "Seen at", "Hours", "Number", "Points", "Open?", "Month", "Note", "Day", "Sum"]
    sheet.write_row(4, 2, headings, bold)
    for at in range(5, 905):
        if at % 97 == 0:
            continue
        sheet.write(at, 2, f"C{at:05}")
        sheet.write(
            at, 3, rng.choice(["North", " South ", "East & West", "a\u00a0b", "", 'x <y> "z"', "_x000D_", "Ünï\nline"])
        )
        sheet.write(at, 4, dt.date(2024, 1, 1) + dt.timedelta(rng.randrange(800)), day)
        sheet.write(at, 5, dt.datetime.fromisoformat("2026-01-01") + dt.timedelta(seconds=rng.randrange(10**7)), moment)
        sheet.write(at, 6, rng.random() * 3, hours)
        sheet.write(at, 7, rng.randrange(10**9), zeros)
        sheet.write(at, 8, rng.choice([1, 2.5, 0.1, -3, 1e-7, 1e16, 123456789012, 0.30000000000000004]))
        sheet.write(at, 9, rng.choice([True, False]))
        sheet.write(at, 10, rng.choice([45000, 45000.5, 0.25, 61, 3]), month)
        if at % 7 == 0 and not in_memory:
            sheet.write_rich_string(at, 11, bold, "bold", " and ", bold, "more")
        else:
            sheet.write_blank(at, 11, None, bold)
        sheet.write(at, 12, rng.randrange(9), odd)
        sheet.write_formula(at, 13, f"=I{at + 1}*2", value=rng.choice([4, "text", True, "#N/A"]))
        if at % 50 == 0:
            sheet.set_row(at, None, None, {"hidden": True})
    if not in_memory:
        sheet.merge_range(6, 3, 9, 3, "Merged team")
    sheet.write_row(906, 2, ["Total", "", "", "", "", 12345])
    sheet.write(908, 2, "Report run by A Smith")
    book.add_worksheet("Notes").write(0, 0, "How to read this")
    hidden = book.add_worksheet("Old")
    hidden.write_row(0, 0, ["Ref", "Team"])
    hidden.write_row(1, 0, ["C1", "North"])
    hidden.hide()
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.name)
def test_the_workbooks_of_the_sample_are_read_alike(path: Path) -> None:
    assert both_ways(path.read_bytes()) >= 1


@pytest.mark.parametrize("in_memory", [True, False], ids=["own texts", "shared texts"])
@pytest.mark.parametrize("from_1904", [True, False], ids=["1904", "1900"])
def test_every_kind_of_cell_is_read_alike(in_memory: bool, from_1904: bool) -> None:
    assert both_ways(everything(in_memory=in_memory, from_1904=from_1904)) == 2


@pytest.mark.parametrize("piece", [1800, 2611, 5003, 40_000])
@pytest.mark.parametrize("kept", [0, 2**28], ids=["unpacked twice", "kept unpacked"])
def test_every_kind_of_cell_is_read_alike_wherever_a_piece_ends(
    piece: int, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "_PIECE", piece)
    monkeypatch.setattr(limits, "UNPACKED_KEPT", kept)
    assert both_ways(everything()) == 2


def test_columns_beyond_z_and_rows_of_every_length_are_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "_PIECE", 10_000)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Cases")
    sheet.write_row(0, 0, ["Case ref", *(f"Skill {at}" for at in range(1, 30))])
    for at in range(1, 1200):
        sheet.write(at, 0, f"C{at}")
        sheet.write(at, at % 29 + 1, at)
    for at in (9_998, 9_999, 10_000, 99_998, 99_999, 100_000):
        sheet.write(at, 0, f"C{at}")
        sheet.write(at, 29, "last")
    book.close()
    assert both_ways(out.getvalue()) == 1


def opened(data: bytes, name: str) -> Workbook:
    """A long workbook surveyed by the door that the program uses, and kept there for its rows."""
    content = Content(Path(name), name, None, b"", data, data.isascii(), name, ())
    assert tabs.survey_workbook(content, [])
    return tabs._opened[content.key]


def test_a_long_sheet_is_kept_unpacked_until_its_rows_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = everything()
    book = Workbook(data, "x.xlsx", ALWAYS)
    (tab, *_), _ = book.survey()
    before = book.unpacked.size
    assert before > 100_000
    first = book.read(tab.name, tab.layout.headings)
    assert book.unpacked.size < before - 100_000
    assert first[0].equals(book.read(tab.name, tab.layout.headings)[0])
    monkeypatch.setattr(limits, "UNPACKED_KEPT", before - 1)
    assert Workbook(data, "x.xlsx", ALWAYS).unpacked.size < before


def test_the_long_sheets_of_all_workbooks_together_stay_within_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LONG_SHEET", ALWAYS)
    data = everything()
    one = Workbook(data, "x.xlsx").unpacked.size
    monkeypatch.setattr(limits, "UNPACKED_KEPT", 2 * one)
    tabs.forget()
    books = [opened(data, name) for name in ("a.xlsx", "b.xlsx", "c.xlsx")]
    assert [book.unpacked.size for book in books] == [one, one, 0]
    tabs.forget()


ZEROS = (
    f'<styleSheet {hostile.MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="00000"/></numFmts>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)
FORMATS = (
    f'<styleSheet {hostile.MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="00000"/></numFmts>'
    '<cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="49"/>'
    '<xf numFmtId="22"/></cellXfs></styleSheet>'
)
BY_HAND = {
    "plain": workbook(*TABLE),
    "rows apart, cells left out": workbook(TABLE[0], row(5, "C1", '<c r="B5"/>', "High"), row(90, "C2")),
    "leading zeros": workbook(
        TABLE[0], row(2, '<c r="A2" s="1"><v>42</v></c>', '<c r="B2" s="0"><v>42</v></c>', "x"), styles=ZEROS
    ),
    "error, hidden row": workbook(
        TABLE[0], row(2, "C1", "N", "High", extra=' hidden="1"'), row(3, "C2", '<c r="B3" t="e"><v>#N/A</v></c>')
    ),
    "merged": workbook(
        row(1, "", "Risk", ""), row(2, "Case", "Date", "Level"), row(3, "C1", "2026-01-01", "High"),
        row(4, '<c r="A4"/>', "2026-02-01", "Low"),
        after='<mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="A3:A4"/></mergeCells>',
    ),
    "another table": workbook(
        row(1, "Case", "Team", "Opened"), row(2, "C1", "N", "01/04/2026"), row(3, "C2", "S", "02/04/2026"),
        row(5, "Team", "Lead", "Seen"), row(6, "N", "Ann", "Yes"),
    ),
    "empty rows and spaces": workbook(TABLE[0], '<row r="2"/>\n <row r="3"></row>\n', row(4, "C1", "N", "Low"), "\n"),
}  # fmt: skip


@pytest.mark.parametrize("data", BY_HAND.values(), ids=BY_HAND)
def test_sheets_written_by_hand_are_read_alike(data: bytes) -> None:
    assert both_ways(data) == 1


ODDLY = {
    "reference not first": workbook(TABLE[0], '<row r="2"><c t="n" r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>'),
    "no references": workbook(TABLE[0], "<row><c><v>1</v></c><c><v>2</v></c></row>"),
    "apostrophes": workbook(TABLE[0], "<row r='2'><c r='A2'><v>1</v></c><c r='B2'><v>2</v></c></row>"),
    "rows in another order": workbook(TABLE[0], TABLE[2], TABLE[1]),
    "a cell twice": workbook(TABLE[0], row(2, text("A2", "C1"), text("A2", "C2"), text("B2", "N"))),
    "a comment": workbook(TABLE[0], '<row r="2"><c r="A2"><!-- c --><v>1</v></c><c r="B2"><v>2</v></c></row>'),
    "literal characters": workbook(TABLE[0], row(2, '<c r="A2" t="str"><v><![CDATA[<b>]]></v></c>', "N")),
    "two rows in one": workbook(TABLE[0], f'<row r="2">{text("A2", "C1")}{text("A3", "C2")}</row>', row(4, "C3", "N")),
    "a row in two": workbook(TABLE[0], row(2, text("A2", "C1")), row(2, text("B2", "N")), row(3, "C3", "N")),
    "small letters": workbook(TABLE[0], row(2, text("a2", "C1"), text("b2", "N"))),
}  # fmt: skip


@pytest.mark.parametrize("data", ODDLY.values(), ids=ODDLY)
def test_what_is_written_oddly_goes_to_the_workbook_reader_whole(data: bytes) -> None:
    assert both_ways(data) == 0


@pytest.mark.parametrize(("last", "plain"), [(4, True), (3, False), (2, False)])
def test_rows_in_another_order_are_noticed_from_piece_to_piece(last: int, plain: bool) -> None:
    rows = [row(at, "C1", "North", "Low").encode() for at in (1, 2, 3, last)]
    cells = taken_apart([b"<worksheet><sheetData>", *rows, b"</sheetData></worksheet>"])
    assert (cells is not None) is plain


ITEMS = {
    "plain": "<t>North {}</t>",
    "blanks kept": '<t xml:space="preserve">  N {} </t>',
    "blanks around, not said to be kept": "<t>  N {} </t>",
    "only blanks": '<t xml:space="preserve">  </t>',
    "empty": "<t></t>",
    "empty, closed at once": "<t/>",
    "an entity": "<t>A &amp; B {}</t>",
    "a sign by its number": "<t>A&#10;B {}</t>",
    "an escape": "<t>A_x000D_B_x0041_ {}</t>",
    "no escape": "<t>FTE_xyz {}</t>",
    "line ends": "<t>A\r\nB\nC\rD {}</t>",
    "a no-break space": "<t>A\u00a0B {}\u00a0</t>",
    "beyond ASCII": "<t>Zoë 🦉 {}</t>",
    "like a number": "<t>00{}</t>",
    "like another number": "<t>1E{}</t>",
    "like a truth": "<t>TRUE</t>",
    "like an error": "<t>#N/A</t>",
    "with formats": "<r><t>bold</t></r><r><rPr><b/></rPr><t> {}</t></r>",
    "with how it is said": '<t>東 {}</t><rPh sb="0" eb="1"><t>ヒガシ</t></rPh><phoneticPr fontId="1"/>',
    "another attribute": '<t xml:lang="en">E {}</t>',
    "written apart": "<t>A{}</t\n>",
}


def shared(*items: str, between: str = "") -> str:
    return f"<sst {hostile.MAIN}>{between.join(items)}</sst>"


def pointing(items: int, rows: int = 900, cell: str = '<c r="{}{}" t="s"><v>{}</v></c>') -> list[str]:
    """A header, and rows of two shared texts each, those behind a survey's reach pointing to later ones."""
    made = [row(1, "Case ref", "Team")]
    for at in range(2, rows):
        first, second = at * items // rows, min(at * items // rows + at % 3, items - 1)
        made.append(row(at, cell.format("A", at, first), cell.format("B", at, second)))
    return made


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_shared_texts_are_read_alike(item: str) -> None:
    items = [f"<si>{(item if at % 3 else ITEMS['plain']).format(at)}</si>" for at in range(1000)]
    data = workbook(*pointing(1000), strings=shared(*items))
    assert both_ways(data) == 1
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        known = shared_texts(package)
        assert known is not None
        small = with_parts(package, {"xl/worksheets/sheet1.xml": workbook_sheet(*pointing(1000)[:400])})
    assert known.texts[0] == "North 0"
    with zipfile.ZipFile(io.BytesIO(small)) as package:  # a survey opens the workbook with a part of them alone
        assert 0 < len(package.read(MEMBER)) < len(shared(*items)) * 0.6


def workbook_sheet(*rows: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook(*rows))) as package:
        return package.read("xl/worksheets/sheet1.xml")


def test_every_kind_of_shared_text_on_one_sheet() -> None:
    kinds = list(ITEMS.values())
    items = [f"<si>{kinds[at % len(kinds)].format(at)}</si>" for at in range(1000)]
    assert both_ways(workbook(*pointing(1000), strings=shared(*items))) == 1


PLAIN_ITEMS = [f"<si><t>North {at}</t></si>" for at in range(1000)]
ODD_TABLES = {
    "an item without a text": shared(*PLAIN_ITEMS[:5], "<si></si>", *PLAIN_ITEMS[5:]),
    "an item closed at once": shared(*PLAIN_ITEMS[:5], "<si/>", *PLAIN_ITEMS[5:]),
    "such an item late": shared(*PLAIN_ITEMS[:800], "<si/>", *PLAIN_ITEMS[800:]),
    "only how it is said": shared(*PLAIN_ITEMS[:5], '<si><rPh sb="0" eb="1"><t>x</t></rPh></si>', *PLAIN_ITEMS[5:]),
    "a comment": shared(*PLAIN_ITEMS[:5], "<!-- <si><t>no</t></si> -->", *PLAIN_ITEMS[5:]),
    "a comment before": shared("<!-- <si><t>no</t></si> -->", *PLAIN_ITEMS),
    "literal characters": shared(*PLAIN_ITEMS[:5], "<si><t><![CDATA[</si>]]></t></si>", *PLAIN_ITEMS[5:]),
    "line ends between": shared(*PLAIN_ITEMS, between="\n"),
    "an item without a beginning": shared(*PLAIN_ITEMS[:5], "North</t></si>", *PLAIN_ITEMS[5:]),
    "an item in another": shared(*PLAIN_ITEMS[:5], '<si><t><si><t xml:space="preserve">N</t></si>', *PLAIN_ITEMS[5:]),
    "an item in another of its kind": shared(*PLAIN_ITEMS[:5], "<si><t><si><t>N</t></si>", *PLAIN_ITEMS[5:]),
    "something behind": shared(*PLAIN_ITEMS, "<extLst/>"),
    "a prefix": shared(*PLAIN_ITEMS).replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x="),
}


@pytest.mark.parametrize("strings", ODD_TABLES.values(), ids=ODD_TABLES)
def test_shared_texts_that_are_written_oddly_go_to_the_workbook_reader(strings: str) -> None:
    data = workbook(*pointing(1000), strings=strings)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert shared_texts(package) is None
    assert outcome(data, ALWAYS) == outcome(data, NEVER)


POINTERS = {
    "with a format": '<c r="{}{}" s="0" t="s"><v>{}</v></c>',
    "format last": '<c r="{}{}" t="s" s="0"><v>{}</v></c>',
    "a leading zero": '<c r="{}{}" t="s"><v>0{}</v></c>',
    "blanks around": '<c r="{}{}" t="s"><v> {} </v></c>',
    "a plus": '<c r="{}{}" t="s"><v>+{}</v></c>',
    "a fraction": '<c r="{}{}" t="s"><v>{}.0</v></c>',
    "behind the last": '<c r="{}{}" t="s"><v>{}999</v></c>',
    "far behind the last": '<c r="{}{}" t="s"><v>{}99999999999</v></c>',
    "a formula": '<c r="{}{}" t="s"><f>A1</f><v>{}</v></c>',
    "space after": '<c r="{}{}" t="s"><v>{}</v></c>\n ',
    "apostrophes": "<c r=\"{}{}\" t='s'><v>{}</v></c>",
    "no value": '<c r="{}{}" t="s"><v></v><!-- {} --></c>',
}


@pytest.mark.parametrize("cell", POINTERS.values(), ids=POINTERS)
@pytest.mark.parametrize("begins", [2, 700], ids=["from the first", "late"])
def test_cells_that_point_to_shared_texts_oddly_are_read_or_refused_alike(cell: str, begins: int) -> None:
    rows = [*pointing(1000)[: begins - 1], *pointing(1000, cell=cell)[begins - 1 :]]
    data = workbook(*rows, strings=shared(*PLAIN_ITEMS))
    assert outcome(data, ALWAYS) == outcome(data, NEVER)


@pytest.mark.parametrize(
    "cells",
    [
        "12",
        "-3",
        "0",
        "-0",
        "1E3",
        "0.1",
        "0.30000000000000004",
        "1234567890123456789",
        "9007199254740993",
        "1" * 40,
        "0042",
        "1e400",
        " 7 ",
        "",
        "NaN",
        "x",
    ],
)
@pytest.mark.parametrize(
    "style",
    [
        "",
        ' s="0"',
        ' s="1"',
        ' s="2"',
        ' s="3"',
        ' s="4"',
        ' s="5"',
        ' t="str"',
        ' t="n"',
        ' t="b"',
        ' t="e"',
        ' t="d"',
    ],
)
def test_numbers_truths_and_results_are_read_or_refused_alike(cells: str, style: str) -> None:
    rows = [row(1, "Case ref", "Team"), *(row(at, f"C{at}", "North") for at in range(2, 500))]
    rows += [row(at, f"C{at}", f'<c r="B{at}"{style}><v>{cells}</v></c>') for at in range(500, 503)]
    data = workbook(*rows, styles=FORMATS)
    assert outcome(data, ALWAYS) == outcome(data, NEVER)


@pytest.mark.parametrize(
    "reference",
    ['"C755', 'r="C755', '"C755x"', "\"C755'", '"5C5"', '"C 755"', '"C+755"', '"C755 "', '""', '"C"', '"755"',
     '"ABCD755"', '"C0755"', '"Ç755"', '"C7555"', '"C754"', '"B755"', '"c755"', '"[755"', '"@755"'],
)  # fmt: skip
def test_a_reference_that_is_none_is_read_or_refused_alike(reference: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "_PIECE", 20_000)  # so that references of one length fill some of the pieces
    rows = [row(1, "Case ref", "Team", "Band"), *(row(at, f"C{at}", "North", "Low") for at in range(2, 999))]
    rows[754] = rows[754].replace('r="C755"', f"r={reference}")
    data = workbook(*rows)
    assert outcome(data, ALWAYS) == outcome(data, NEVER)


def test_numbers_that_mean_what_is_written_are_read_alike() -> None:
    rng = random.Random(5)
    numbers = [f"{rng.randrange(10 ** rng.randrange(1, 17))}" for _ in range(600)]
    numbers += [repr(rng.randrange(1, 10 ** rng.randrange(1, 16)) / 10 ** rng.randrange(1, 15)) for _ in range(1500)]
    numbers += [f"-{number}" for number in numbers[::5]]
    rows = [row(1, "Case ref", "Sum", "More")]
    for at, number in enumerate(numbers, 2):
        style = ("", ' s="0"', ' s="4"', ' s="0" t="n"', ' s="3"')[at % 5]
        rows.append(row(at, f"C{at}", f'<c r="B{at}"{style}><v>{number}</v></c>'))
    assert both_ways(workbook(*rows, styles=FORMATS)) == 1


def test_a_number_is_taken_as_written_where_that_is_how_it_would_be_shown() -> None:
    written = ["0", "7", "-12", "999999999999999", "0.5", "-0.25", "1234567.1234567"]
    not_so = [
        "-0",
        "07",
        "1000000000000000",
        "0.05",
        "0.50",
        "1.",
        ".5",
        "-.5",
        "12345678.5",
        "1.12345678",
        "1.2.3",
        "-",
    ]
    contents = pl.Series("content", [f"><v>{number}</v></c>" for number in [*written, *not_so]])
    texts, places = plain_texts(contents, None, [])
    assert texts.to_list() == [*written, *[None] * len(not_so)]
    assert places.null_count() == len(contents)


STYLES = {
    "a day in the first style": ('<xf numFmtId="14"/><xf numFmtId="0"/>', "", {1}),
    "General made a day": ('<xf numFmtId="0"/><xf numFmtId="1"/>', '<numFmt numFmtId="0" formatCode="d/m/yyyy"/>', {1}),
    "made a day the other way round": (
        '<xf numFmtId="0"/><xf numFmtId="1"/>', '<numFmt formatCode="d/m/yyyy" numFmtId="1"/>', {0}
    ),
    "a style without a format": ('<xf/><xf numFmtId="14"/><xf numFmtId="0"/>', "", {2}),
    "more about a style": (
        '<xf numFmtId="0" applyAlignment="1"><alignment wrapText="1"/></xf><xf numFmtId="22"/><xf numFmtId="49"/>',
        "", {0, 2},
    ),
    "apostrophes": ("<xf numFmtId='0'/><xf numFmtId='14'/>", "", {0}),
    "a comment": ('<!-- <xf numFmtId="0"/> --><xf numFmtId="14"/>', "", set()),
}  # fmt: skip


@pytest.mark.parametrize(("formats", "own", "undated"), STYLES.values(), ids=STYLES)
def test_numbers_with_styles_are_read_alike(formats: str, own: str, undated: set[int]) -> None:
    styles = (
        f"<styleSheet {hostile.MAIN}><numFmts>{own}</numFmts>"
        f'<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs>{formats}</cellXfs></styleSheet>'
    )
    assert undated_styles(number_formats(styles.encode())) == undated
    rows = [row(1, "Case ref", *"PQRS")]
    for at in range(2, 500):
        cells = [f'<c r="{"BCDE"[style]}{at}" s="{style}"><v>{45000 + at}</v></c>' for style in range(3)]
        rows.append(row(at, f"C{at}", *cells, f'<c r="E{at}"><v>{46000 + at}</v></c>'))
    assert both_ways(workbook(*rows, styles=styles)) == 1


def outcome(data: bytes, long_sheet: float) -> object:
    """All that comes of reading the first sheet, or the words of the refusal."""
    try:
        book = Workbook(data, "x.xlsx", long_sheet)
        tabs, passed = book.survey()
        frame, aside, notes = book.read(tabs[0].name, tabs[0].layout.headings)
    except UnreadableExport as why:
        return str(why)
    return tabs, passed, frame.to_dict(as_series=False), aside, notes


def test_cells_too_far_apart_are_refused_however_long_the_sheet() -> None:
    far = workbook(
        *TABLE,
        *(row(at, "C", "N", "Low") for at in range(4, 20_000)),
        '<row r="900000"><c r="CV900000"><v>1</v></c></row>',
    )
    book = Workbook(far, "x.xlsx", ALWAYS)
    assert [tab.layout.headings for tab in book.survey()[0]] == [("Case ref", "Team", "Band")]
    with pytest.raises(UnreadableExport, match="far more than an export holds"):
        book.read("Cases", ["Team"])


def test_a_long_sheet_damaged_inside_is_read_or_refused() -> None:
    rng = random.Random(4)
    good = everything()
    for _ in range(25):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w") as new:
            for info in old.infolist():
                part = bytearray(old.read(info))
                if rng.random() < 0.4:
                    part[rng.randrange(len(part))] = rng.randrange(256)
                new.writestr(info.filename, bytes(part))
        with contextlib.suppress(UnreadableExport):
            both_ways(out.getvalue())
