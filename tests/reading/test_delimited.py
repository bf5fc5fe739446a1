"""CSV and its relatives: what a good file says comes out as it stands, and a bad record is set aside with its line."""

from __future__ import annotations

import polars as pl
import pytest
from conftest import Reader

from caseaudit.errors import UnreadableExport
from caseaudit.model import SOURCE_ROW

PLAIN = "Case ref,Team,Band,Next review\nC001,North,High,01/04/2026\nC002,South,,02/04/2026\n"
ROWS = {2: ("C001", "North", "High", "01/04/2026"), 3: ("C002", "South", None, "02/04/2026")}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiter_encoding_and_line_end_do_not_matter(
    read: Reader, delimiter: str, encoding: str, line_end: str
) -> None:
    text = PLAIN.replace("North", "Côte").replace(",", delimiter).replace("\n", line_end)
    got = read(text.encode(encoding))
    assert got.sheet.headings == ("Case ref", "Team", "Band", "Next review")
    assert got.rows == {**ROWS, 2: ("C001", "Côte", "High", "01/04/2026")}
    assert got.sheet.source.delimiter == delimiter


def test_the_row_is_the_line_on_which_a_record_begins(read: Reader) -> None:
    got = read('id,note,by\n1,"two\nlines, one cell",W1\n\n2,plain,W2\n3,"with ""marks""",W3\n')
    assert got.rows == {2: ("1", "two\nlines, one cell", "W1"), 5: ("2", "plain", "W2"), 6: ("3", 'with "marks"', "W3")}


def test_only_the_columns_asked_for_enter_the_frame(read: Reader) -> None:
    got = read('id,NHS number,team\n1,9990000018,North\n2,"999,0",South\n', headings=["team"])
    assert got.export.frame.columns == ["team", SOURCE_ROW]
    assert got.export.frame["team"].to_list() == ["North", "South"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("C009,North,High", "3 cells where the header has 4"),
        ("C009,North,High,01/04/2026,more", "5 cells"),
        (",C009,North,High,", "5 cells"),
        ('C009,No"rth,High,01/04/2026', "quotation mark"),
        ('C009,"North,High,01/04/2026', "quotation mark"),
        ('C009,"North"x,High,01/04/2026', "quotation mark"),
        ("C009,No\0rth,High,01/04/2026", "NUL"),
    ],
)
def test_a_broken_record_is_set_aside_alone(read: Reader, line: str, why: str) -> None:
    more = "".join(f'C{at},"East, West",Low,03/04/2026\n' for at in range(100, 110))
    got = read(f"{PLAIN}{line}\n{more}")
    assert got.malformed == {4}
    assert why in got.export.set_aside[0].reason
    assert got.export.frame.height == 12
    assert got.rows[5] == ("C100", "East, West", "Low", "03/04/2026")


def test_lines_between_two_halves_of_a_broken_record_are_doubtful(read: Reader) -> None:
    got = read('id,note,by\n1,ok,W1\n2,"He said "no"" and\nthen, he, left\nfor good",W2\n3,ok,W3\n4,ok,W4\n5,ok,W5\n')
    assert set(got.rows) == {2, 6, 7, 8}
    assert got.malformed == {3, 4, 5}


def test_a_quoted_cell_that_swallows_whole_records_is_set_aside(read: Reader) -> None:
    got = read('id,team,band,note\n1,N,High,"open\n2,S,Low,x\n3,E,Low,shut",\n4,N,Low,y\n5,N,Low,y\n6,N,Low,y\n')
    assert 3 not in got.rows
    assert {5, 6, 7} <= set(got.rows)


def test_a_trailing_delimiter_on_every_row_is_no_cell(read: Reader) -> None:
    got = read("id,team\n1,N,\n2,S,\n3,E,\n4,W\n")
    assert got.rows == {2: ("1", "N"), 3: ("2", "S"), 4: ("3", "E"), 5: ("4", "W")}


def test_a_header_without_the_delimiter_that_ends_every_row_is_said(read: Reader) -> None:
    assert "columns are misnamed" in read("id,teamband\n1,N,\n2,S,\n3,E,\n").notes
    assert "columns are misnamed" not in read("id,team,\n1,N,\n2,S,\n3,E,\n").notes


def test_another_table_of_another_width_begins_without_a_blank_line(read: Reader) -> None:
    rows = "".join(f"C{at},N,0{at}/04/2026,\n" for at in range(1, 6))
    wider = "".join(f"C{at},N,0{at}/04/2026,,\n" for at in range(1, 4))
    got = read(f"Case,Team,Opened,Note\n{rows}Case,Team,Opened,Note,Owner\n{wider}")
    assert set(got.rows) == {2, 3, 4, 5, 6}
    assert got.malformed == set(range(7, 11))
    assert "Another table begins in row 7" in got.notes


def test_one_row_with_a_cell_too_many_begins_no_table(read: Reader) -> None:
    rows = "".join(f"C{at},N,0{at}/04/2026,\n" for at in range(1, 6))
    got = read(f"Case,Team,Opened,Note\n{rows}Case,Team,Opened,Note,Owner\n{rows}")
    assert got.malformed == {7}
    assert len(got.rows) == 10


def test_cells_between_apostrophes_are_said(read: Reader) -> None:
    got = read("id,note\n1,'a, b'\n2,'say \"\"hi\"\"'\n")
    assert got.rows[3] == ("2", 'say ""hi""')
    assert "quoted with apostrophes" in got.notes


def test_excels_way_of_keeping_zeros_and_blanks_of_every_width(read: Reader) -> None:
    got = read('id,team\n="007",\u00a0North\u00a0Team \n"=""008""",\u200b\n')
    assert got.rows == {2: ("007", "North Team"), 3: ("008", None)}


def test_backslash_and_single_quotes(read: Reader) -> None:
    assert read('id,note\n1,"say \\"hi\\", ok"\n2,x\n').rows[2] == ("1", 'say "hi", ok')
    assert read("id,note\n1,'a, b'\n2,'c'\n").rows == {2: ("1", "a, b"), 3: ("2", "c")}


def test_sep_line_of_excel(read: Reader) -> None:
    got = read("sep=;\nid;wte\n1;0,5\n2;1,0\n")
    assert got.rows == {3: ("1", "0,5"), 4: ("2", "1,0")}


def test_wrongly_decoded_and_mixed_encodings_are_put_right_and_said(read: Reader) -> None:
    twice = read("name,team\nJosé,\x93North\x94\n".encode())
    assert twice.rows[2] == ("José", "“North”")
    assert "decoded wrongly" in twice.notes
    mixed = read("name,team\nJosé,N\nAndré,N\n".encode() + "Renée,S\n".encode("cp1252"))
    assert mixed.rows[4] == ("Renée", "S")
    assert "mixes two encodings" in mixed.notes


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_few_lines_of_utf8_in_a_file_of_cp1252_are_read_right_and_said(read: Reader, end: str) -> None:
    old = end.join(["name,team", "Renée,N", "Zoë,N", ""]).encode("cp1252")
    got = read(old + f"José,S{end}".encode())
    assert list(got.rows.values()) == [("Renée", "N"), ("Zoë", "N"), ("José", "S")]
    assert got.sheet.source.encoding == "cp1252"
    assert "mixes two encodings" in got.notes


def test_furniture_is_set_aside_and_a_doubtful_row_stays(read: Reader) -> None:
    got = read(
        "Caseload report,,,\nRun on 01/04/2026,,,\n,,,\n"
        "Case ref,Team,Cases,Points\n"
        "C001,Total Care,3,4\nC002,North,3,4\n"
        "Case ref,Team,Cases,Points\n"
        "Total,,6,8\nNorth Total,,3,4\n"
        "Total Wellbeing,South,5,6\n"
        ",,,\nPage 1 of 2,,,\nReport run by A Smith, on 01/04/2026\n"
    )
    assert set(got.rows) == {5, 6, 10}
    assert got.furniture == {7, 8, 9, 12, 13}
    assert got.malformed == set()
    assert got.sheet.source.header_row == 4


def test_lone_words_are_notes_only_at_the_edge(read: Reader) -> None:
    rows = "C1,N,x\nC2,N,x\nC3,,\nC4,N,x\n"
    got = read(f"id,team,note\n{rows}\nAll figures are provisional\n")
    assert set(got.rows) == {2, 3, 4, 5}
    assert got.furniture == {7}


@pytest.mark.parametrize(
    "text",
    [
        "Case ref,Team\nC001,North,High\nC002,South,Low\n",  # a name short
        "Case ref,Team,Band,Owner\nC001,North,High\nC002,South,Low\n",  # a name too many
        "C001,North,01/04/2026\nC002,South,02/04/2026\nC003,South,03/04/2026\n",  # none
        "Case ref;Team;Band\nC001,North,High\nC002,South,Low\nC003,North,Low\n",  # another delimiter
        'Case ref,"Team,Band\nC001,North,High\nC002,South,Low\nC003,North,Low\n',
        "case_id    team\nC001       North\n",  # columns by blanks
        "North,High,Open\nNorth,Low,Open\nSouth,High,Closed\nNorth,High,Open\n",  # words, but values
    ],
)
def test_a_broken_header_stops_the_file(read: Reader, text: str) -> None:
    with pytest.raises(UnreadableExport, match=r"cases\.csv has"):
        read(text)


def test_two_row_headers_are_joined(read: Reader) -> None:
    got = read(",Risk,,Supervision,\nCase,Date,Level,Date,By\nC10,01/02/2026,High,02/02/2026,W1\n")
    assert got.sheet.headings == ("Case", "Risk – Date", "Risk – Level", "Supervision – Date", "Supervision – By")
    assert got.rows == {3: ("C10", "01/02/2026", "High", "02/02/2026", "W1")}
    below = read("Case,Risk,,Team\n,Date,Level,\nC10,01/02/2026,High,N\nC11,02/02/2026,Low,N\n")
    assert below.sheet.headings == ("Case", "Risk – Date", "Risk – Level", "Team")
    assert set(below.rows) == {3, 4}


def test_headings_are_unique_and_never_blank(read: Reader) -> None:
    got = read("Date,,Date,Date (2)\n01/02/2026,x,02/02/2026,y\n")
    assert got.sheet.headings == ("Date", "Column 2", "Date (3)", "Date (2)")


@pytest.mark.parametrize("headings", ["Team,Apr-26,May-26", "Team,2025,2026", "Team,1,2"])
def test_a_wide_matrix_may_have_months_and_years_for_headings(read: Reader, headings: str) -> None:
    got = read(f"{headings}\nNorth,4,5\nSouth,6,7\n")
    assert set(got.rows) == {2, 3}


@pytest.mark.parametrize(("above", "found"), [(49, True), (50, False)])
def test_the_header_is_one_of_the_first_fifty_rows(read: Reader, above: int, found: bool) -> None:
    text = "A note\n" * above + "Case,Team,When\nC1,N,01/02/2026\nC2,N,01/02/2026\n"
    if found:
        assert read(text).sheet.source.header_row == 50
    else:
        with pytest.raises(UnreadableExport):
            read(text)


def test_another_table_in_the_file_is_set_aside_and_said(read: Reader) -> None:
    got = read("id,name,when\n1,A,01/02/2026\n2,B,02/02/2026\n\nteam,lead,seen\nNorth,Ann,Yes\n\nSouth,Bob,No\n")
    assert set(got.rows) == {2, 3}
    assert got.malformed == {5, 6, 8}
    assert "Another table begins in row 5" in got.notes


def test_a_header_alone_is_an_export_of_no_rows(read: Reader) -> None:
    got = read("Case ref,Team,Band\n")
    assert got.export.source.rows_read == 0
    assert got.export.frame.schema == {
        "Case ref": pl.String,
        "Team": pl.String,
        "Band": pl.String,
        SOURCE_ROW: pl.UInt32,
    }


def test_a_file_that_may_be_cut_off_is_said(read: Reader) -> None:
    assert "cut off" in read(PLAIN.rstrip("\n")).notes
    assert "cut off" not in read(PLAIN).notes


def test_messages_and_reasons_never_quote_a_cell(read: Reader) -> None:
    person = "Jarek Eastgate"
    got = read(
        f'{PLAIN}C003,{person}\nC004,"{person},x,y\nTotal {person},,,1\nC5,N,High,01/04/2026\nC6,N,,01/04/2026\n'
    )
    said = got.notes + " ".join(one.reason for one in got.export.set_aside)
    assert got.malformed == {4, 5}
    assert person not in said


def long_text(first: str = "", last: str = "", end: str = "\r\n") -> str:
    """A file of some three megabytes, with the first and the last record as given."""
    records = [f"C{at:06},North,01/04/2026,a note of some length" for at in range(70_000)]
    return end.join(["Case ref,Team,Opened,Note", *filter(None, [first, *records, last]), ""])


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (long_text().encode(), "utf-8"),
        (long_text(last="C999999,Café,,").encode("cp1252"), "cp1252"),
        (long_text(first="C999999,Café,,", last="C999999,Zoë,,").encode("cp1252"), "cp1252"),
        (long_text(last="C999999,Café,,").encode("utf-8-sig"), "utf-8-sig"),
        (long_text(last="C999999,Café,,").encode("utf-16"), "utf-16-le"),
    ],
    ids=["ASCII", "cp1252 at its end", "cp1252", "UTF-8 with its mark", "UTF-16"],
)
def test_a_long_file_is_surveyed_by_its_beginning_and_read_whole(read: Reader, content: bytes, encoding: str) -> None:
    got = read(content)
    assert got.sheet.source.encoding == got.export.source.encoding == encoding
    assert got.sheet.headings == ("Case ref", "Team", "Opened", "Note")
    assert got.export.frame.height in {70_000, 70_001, 70_002}
    assert {row for row, cells in got.rows.items() if cells[0] == "C999999"} <= {2, 70_002, 70_003}
    assert not got.export.set_aside


def test_what_only_the_end_of_a_long_file_tells_is_told(read: Reader) -> None:
    two = long_text(first="é,,,\r\nü,,,").encode() + "C1,Zoë,,\r\n".encode("cp1252")
    assert "mixes two encodings" in read(two).notes
    assert "mixes kinds of line end" in read(long_text() + "C1,South,,\nC2,South,,\n").notes
    tabs = read(long_text(end="\n").replace(",", "\t") + '"C1"\t"a ""b"" \tc"\t\t\n')
    assert tabs.rows[70_002] == ("C1", 'a "b" \tc', None, None)
    torn = read(long_text(end="\r\r\n") + "C1,South,,\n")
    assert torn.export.frame.height == 70_001


def test_a_record_too_wide_after_a_blank_line_is_no_other_table(read: Reader) -> None:
    good = "C1,East & West,W031,,21/12/2026,safeguarding,,0.8\n"
    wide = ",C2,North CMHT,W328,High,10/06/2026,housing,said,0.6\n"
    got = read(f"Case ref,Team,Worker,Band,Next review,Needs,Comment,WTE\n{good}\n{wide}{good * 7}")
    assert len(got.rows) == 8
    assert got.malformed == {4}
