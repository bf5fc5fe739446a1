"""findings.xlsx holds typed values, nothing a spreadsheet would run, and room for replies that come back."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import polars as pl
import pytest

from caseaudit.disclosure import public_results, publish
from caseaudit.errors import UsageProblem
from caseaudit.model import FINDING_COLUMNS, Audit, Limit, kept
from caseaudit.reporting import workbook
from caseaudit.reporting.workbook import Reply, read_replies, sheets

DAY = dt.date(2026, 11, 14)
TEXT = "Booked & <held>"


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def made(audit: Audit, replies: dict[str, Reply] | None = None) -> openpyxl.Workbook:
    return opened(workbook.workbook_file(audit, replies).content)


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows(sheet: Any) -> list[dict[str, Any]]:
    heads = [cell.value for cell in sheet[1]]
    return [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]


def finding(**given: Any) -> dict[str, Any]:
    usual = dict.fromkeys(FINDING_COLUMNS, "x") | {"check": "REV01", "severity": "high", "source_row": 7}
    return usual | given


def with_findings(audit: Audit, *found: dict[str, Any]) -> Audit:
    """The audit with other findings, and a result for each check they name."""
    (result,) = audit.results
    frame = pl.DataFrame(found, schema_overrides={"source_row": pl.Int64}, infer_schema_length=None)
    codes = sorted({row["check"] for row in found})
    results = [
        replace(result, code=code, findings=kept(frame.filter(check=code).select(FINDING_COLUMNS))) for code in codes
    ]
    return replace(audit, results=results)


@pytest.fixture
def filled(audit: Audit) -> Callable[[Callable[[Any], None]], bytes]:
    """findings.xlsx after an owner had it open: `change` is given the sheet Findings."""

    def change_and_save(change: Callable[[Any], None]) -> bytes:
        book = made(audit)
        change(book["Findings"])
        saved = io.BytesIO()
        book.save(saved)
        return saved.getvalue()

    return change_and_save


def column(sheet: Any, heading: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == heading)


# What a reader sees


def test_every_sheet_is_there_with_typed_figures(audit: Audit) -> None:
    book = made(audit)
    assert book.sheetnames == ["Summary", "Findings", "Rejected rows", "Limits", "Sources", "Notes"]
    (summary,) = rows(book["Summary"])
    assert (summary["population"], summary["met"], summary["breach"], summary["not evidenced"]) == (3, 1, 1, 1)
    assert (summary["status"], summary["findings"]) == ("not met", 3)
    rate = book["Summary"].cell(2, column(book["Summary"], "rate"))
    assert rate.value == pytest.approx(1 / 3)
    assert rate.number_format == "0%"
    assert rows(book["Rejected rows"])[0]["source row"] == 5
    source = rows(book["Sources"])[0]
    assert (source["rows read"], source["rows kept"], source["rows rejected"]) == (4, 3, 1)


def test_a_limit_stays_a_number_and_a_list_becomes_words(audit: Audit) -> None:
    limits = {row["limit"]: row for row in rows(made(audit)["Limits"])}
    assert limits["first_review_days"]["value"] == 56
    assert limits["first_review_days"]["changed"] == "no"
    assert all(not isinstance(row["value"], bool) for row in limits.values())


@pytest.mark.parametrize(
    ("rate", "form"),
    [(1.0, "0%"), (0.9999, '"> 99%"'), (0.995, '"> 99%"'), (0.9949, "0%"), (0.004, '"< 1%"'), (0.005, "0%"), (0, "0%")],
)
def test_a_share_reads_100_only_when_it_is_all_and_0_only_when_none(audit: Audit, rate: float, form: str) -> None:
    public = public_results(publish(audit, "commissioner"))
    public["checks"][0] |= {"rate": rate, "suppressed": []}
    sheet = opened(workbook.public_workbook_file(public, audit.as_at).content)["Summary"]
    cell = sheet.cell(2, column(sheet, "rate"))
    assert (cell.value, cell.number_format) == (rate, form)


def test_the_worst_harm_comes_first_then_the_check(audit: Audit) -> None:
    found = [("low", "ACU01"), ("high", "REV01"), ("medium", "ACU02"), ("high", "ACU03")]
    book = made(with_findings(audit, *(finding(severity=severity, check=check) for severity, check in found)))
    order = [(row["severity"], row["check"]) for row in rows(book["Findings"])]
    assert order == [("high", "ACU03"), ("high", "REV01"), ("medium", "ACU02"), ("low", "ACU01")]


def test_who_acts_is_told_and_the_due_date_is_left(audit: Audit) -> None:
    for row in rows(made(audit)["Findings"]):
        assert row["who acts"] == "named worker"
        assert row["due by"] is row["owner"] is row["reply"] is row["done on"] is None


def test_headers_stay_in_view_filter_and_print_on_every_page(audit: Audit) -> None:
    book = made(audit)
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert "Contains personal data" in sheet.oddFooter.center.text
        assert "31 October 2026" in sheet.oddFooter.left.text
        assert sheet.oddFooter.right.text == "Page &P of &N"
    assert book["Findings"].auto_filter.ref == "A1:S4"
    assert not book["Notes"].auto_filter.ref


def test_a_long_text_is_wrapped_in_a_row_high_enough(audit: Audit) -> None:
    sheet = made(with_findings(audit, finding(detail="word " * 60), finding(detail="short")))["Findings"]
    assert sheet.cell(2, column(sheet, "detail")).alignment.wrap_text
    assert sheet.row_dimensions[2].height > 5 * sheet.row_dimensions[3].height


def test_the_file_says_what_it_is_and_that_it_is_personal(audit: Audit) -> None:
    properties = made(audit).properties
    assert properties.title == "Findings: A service, as at 31 October 2026"
    assert properties.description == "Contains personal data"


def test_notes_explain_every_sheet_of_the_workbook(audit: Audit) -> None:
    book = made(audit, {"gone": Reply(reply="done")})
    told = {row["about"] for row in rows(book["Notes"])}
    assert {f"sheet {name}" for name in book.sheetnames if name != "Notes"} <= told


def test_an_audit_without_findings_has_the_sheet_all_the_same(audit: Audit) -> None:
    (result,) = audit.results
    assert result.findings is not None
    none = replace(audit, rejected=(), results=(replace(result, findings=result.findings.clear()),))
    book = made(none)
    assert book["Findings"].max_row == 1
    assert book["Summary"]["A2"].hyperlink is None


# Links


def test_a_check_leads_to_its_first_finding_and_back(audit: Audit) -> None:
    found = [finding(check="ACU03", severity="high")] * 3 + [finding(severity="medium", subject="first of REV01")] * 2
    book = made(with_findings(audit, *found))
    assert book["Summary"]["A2"].hyperlink.location == "'Findings'!A2"
    assert book["Summary"]["A3"].hyperlink.location == "'Findings'!A5"
    assert book["Findings"]["E5"].value == "first of REV01"
    assert book["Findings"]["C5"].hyperlink.location == "'Summary'!A3"
    assert book["Findings"]["C5"].value == "REV01"
    assert book["Findings"]["C6"].hyperlink is None


# Safety

NASTY = (
    '=HYPERLINK("http://evil.example")',
    "=1+1",
    "@SUM(1)",
    "+1",
    "-1",
    "\t=1",
    "http://evil.example",
    "{=1}",
    "＝1",
)


def test_no_cell_is_a_formula_and_no_link_leads_out(audit: Audit) -> None:
    nasty = [finding(subject=text, team=text, detail=text, source_file=text) for text in NASTY]
    hostile = replace(with_findings(audit, *nasty), service=NASTY[0])
    replies = {"x": Reply(*(NASTY[0], None, NASTY[1], None)), "gone": Reply(owner=NASTY[0], reply=NASTY[1])}
    content = workbook.workbook_file(hostile, replies).content
    for name, xml in parts(content).items():
        if "worksheets/" in name:
            assert not re.search(r"<f[ >/]", xml), name
            assert not re.search(r"<hyperlink [^>]*r:id", xml), name
        assert "TargetMode" not in xml, name
    subjects = [row["subject"] for row in rows(opened(content)["Findings"])]
    assert subjects == list(NASTY)
    (cell,) = {cell.data_type for cell in opened(content)["Findings"]["E"][1:]}
    assert cell == "s"


@pytest.mark.parametrize(
    ("exported", "shown"),
    [
        ("bell\x07null\x00", "bell␇null␀"),
        ("two\r\nlines\rthree", "two\nlines\nthree"),
        ("c1\x85 \ufffe", "c1\ufffd \ufffd"),
        ("_x0041_ & <b>", "_x0041_ & <b>"),
        ("  edges  ", "  edges  "),
        ("é😀", "é😀"),
    ],
)
def test_a_text_is_shown_whole_or_by_signs(audit: Audit, exported: str, shown: str) -> None:
    import python_calamine

    one = workbook.workbook_file(with_findings(audit, finding(subject=exported))).content
    many = workbook.workbook_file(with_findings(audit, *[finding(subject=exported)] * 4)).content
    for content in (one, many):  # once in the cell itself, once among the shared texts
        sheet = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name("Findings")
        assert sheet.to_python()[1][4] == shown


@pytest.mark.parametrize(
    ("text", "cut"),
    [("a" * 32_767, False), ("a" * 32_768, True), ("😀" * 16_383, False), ("😀" * 16_384, True), ("é" * 20_000, False)],
)
def test_a_text_longer_than_a_cell_is_cut_and_says_so(audit: Audit, text: str, cut: bool) -> None:
    value = rows(made(with_findings(audit, finding(detail=text)))["Findings"])[0]["detail"]
    assert len(value.encode("utf-16-le")) // 2 <= 32_767
    assert value.endswith(" … cut; whole text in findings.csv") is cut
    assert cut or value == text


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)  # fewer than any test could write; the true number stands below
    found = [finding(check="ACU01", subject=f"S{n}") for n in range(3)] + [finding(subject="S3")]
    book = made(with_findings(audit, *found))
    assert book.sheetnames[1:3] == ["Findings", "Findings (2)"]
    subjects = [row["subject"] for name in book.sheetnames[1:3] for row in rows(book[name])]
    assert subjects == ["S0", "S1", "S2", "S3"]
    assert book["Summary"]["A3"].hyperlink.location == "'Findings (2)'!A3"
    assert book["Findings (2)"]["C3"].hyperlink.location == "'Summary'!A3"
    assert sheets.place_of("Findings", 1) == "'Findings'!A3"


def test_a_sheet_holds_as_many_rows_as_the_format_allows() -> None:
    assert sheets.MOST_ROWS + 1 == 1_048_576


def test_rows_made_in_several_goes_are_as_if_made_in_one(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    many = with_findings(audit, *(finding(subject=f"S{n}", team=None if n % 3 else "North") for n in range(25)))
    whole = workbook.workbook_file(many).content
    monkeypatch.setattr("caseaudit.reporting.workbook.bulk.ROWS_AT_ONCE", 4)
    assert parts(workbook.workbook_file(many).content) == parts(whole)


def test_the_same_audit_gives_the_same_bytes(audit: Audit) -> None:
    replies = {"gone": Reply(reply="done"), "too": Reply(owner="A")}
    assert workbook.workbook_file(audit).content == workbook.workbook_file(audit).content
    turned = dict(reversed(replies.items()))
    assert workbook.workbook_file(audit, replies).content == workbook.workbook_file(audit, turned).content


# Replies


def write_reply(sheet: Any, row: int, **given: Any) -> None:
    for heading, value in given.items():
        sheet.cell(row, column(sheet, heading.replace("_", " "))).value = value


def test_a_reply_comes_back_and_is_written_beside_its_finding(audit: Audit, filled: Callable) -> None:
    content = filled(lambda s: write_reply(s, 3, owner="Ann", due_by=DAY, reply=TEXT, done_on="9/11/2026"))
    replies = read_replies(content)
    before = rows(made(audit)["Findings"])
    (key,) = replies
    assert key == before[1]["fingerprint"]
    assert replies[key].owner == "Ann"
    assert (replies[key].due_on, replies[key].reply, replies[key].done_on) == (DAY, TEXT, dt.date(2026, 11, 9))
    after = rows(made(audit, replies)["Findings"])
    assert [row["reply"] for row in after] == [None, TEXT, None]
    assert after[1]["due by"].date() == DAY
    assert read_replies(workbook.workbook_file(audit, replies).content) == replies


def test_sorting_filtering_and_added_columns_do_no_harm(audit: Audit, filled: Callable) -> None:
    def rearrange(sheet: Any) -> None:
        write_reply(sheet, 2, reply="first")
        write_reply(sheet, 4, reply="third")
        sheet.insert_cols(1, 2)
        sheet["A1"] = "my own mark"
        values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for row, cells in zip(sheet.iter_rows(min_row=2), reversed(values), strict=True):
            for cell, value in zip(row, cells, strict=True):
                cell.hyperlink, cell.value = None, value
        sheet.row_dimensions[2].hidden = True
        sheet.insert_rows(1, 3)
        sheet.title = "Team North"

    prints = [row["fingerprint"] for row in rows(made(audit)["Findings"])]
    replies = read_replies(filled(rearrange))
    assert {key: reply.reply for key, reply in replies.items()} == {prints[0]: "first", prints[2]: "third"}


@pytest.mark.parametrize(
    ("typed", "day", "words"),
    [
        ("14/11/2026", DAY, ""),
        ("2026-11-14", DAY, ""),
        ("14 Nov 2026", DAY, ""),
        (46_340, DAY, ""),
        ("next week", None, "(done on: next week)"),
        (3, None, "(done on: 3)"),
    ],
)
def test_a_day_is_understood_or_kept_as_text(filled: Callable, typed: Any, day: dt.date | None, words: str) -> None:
    def change(sheet: Any) -> None:
        write_reply(sheet, 2, done_on=typed)
        sheet.cell(2, column(sheet, "done on")).number_format = "General"

    (reply,) = read_replies(filled(change)).values()
    assert (reply.done_on, reply.reply) == (day, words)


def test_a_reply_whose_finding_is_gone_is_kept_from_month_to_month(audit: Audit) -> None:
    replies = {"0" * 16: Reply("Ann", DAY, "Moved house", DAY, "REV01", "North", "C9", "the review was held")}
    content = workbook.workbook_file(audit, replies).content
    (row,) = rows(opened(content)["Earlier replies"])
    assert (row["reply"], row["subject"], row["fingerprint"]) == ("Moved house", "C9", "0" * 16)
    assert read_replies(content) == replies
    assert workbook.workbook_file(audit, read_replies(content)).content == content


def test_an_answered_row_without_its_fingerprint_is_not_lost(audit: Audit, filled: Callable) -> None:
    replies = read_replies(filled(lambda sheet: write_reply(sheet, 2, reply="mine", fingerprint=None)))
    (row,) = rows(made(audit, replies)["Earlier replies"])
    assert row["reply"] == "mine"
    assert row["fingerprint"] == "no fingerprint: Findings, row 2"


def test_two_rows_of_one_finding_keep_both_replies(audit: Audit) -> None:
    twice = with_findings(audit, finding(fingerprint="f", source_row=1), finding(fingerprint="f", source_row=2))
    book = made(twice)
    write_reply(book["Findings"], 2, reply="one", done_on=DAY)
    write_reply(book["Findings"], 3, reply="two", owner="Ann")
    saved = io.BytesIO()
    book.save(saved)
    replies = read_replies(saved.getvalue())
    assert (replies["f"].reply, replies["f"].owner, replies["f"].done_on) == ("one\ntwo", "Ann", DAY)
    assert read_replies(workbook.workbook_file(twice, replies).content) == replies


def test_a_reply_to_what_is_there_goes_before_an_earlier_one(audit: Audit) -> None:
    key = rows(made(audit)["Findings"])[0]["fingerprint"]
    book = made(audit, {"gone": Reply(reply="old")})
    book["Earlier replies"].cell(2, column(book["Earlier replies"], "fingerprint")).value = key
    write_reply(book["Findings"], 2, reply="new")
    saved = io.BytesIO()
    book.save(saved)
    assert read_replies(saved.getvalue())[key].reply == "new"


def other_workbook() -> bytes:
    book, saved = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "Smith, Ann"
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04cut off", other_workbook()])
def test_what_is_no_findings_file_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(UsageProblem) as refused:
        read_replies(content)
    assert "findings.xlsx" in str(refused.value)
    assert str(refused.value).count(".") == 2  # of the file's name and the sentence
    assert "Smith" not in str(refused.value)


def test_a_column_that_stands_twice_is_refused(filled: Callable) -> None:
    with pytest.raises(UsageProblem, match="the column 'reply' more than once"):
        read_replies(filled(lambda sheet: sheet.cell(1, 25, "Reply")))


def test_the_reply_days_take_dates_only(audit: Audit) -> None:
    sheet = made(audit)["Findings"]
    checked = {str(one.sqref): one.type for one in sheet.data_validations.dataValidation}
    assert checked == {"L2:L4": "date", "N2:N4": "date"}
    assert (sheet["L1"].value, sheet["N1"].value) == ("due by", "done on")


# The commissioner's


def test_the_commissioner_gets_figures_and_no_row(audit: Audit) -> None:
    public = public_results(publish(audit, "commissioner", key=bytes(32)))
    content = workbook.public_workbook_file(public, audit.as_at).content
    book = opened(content)
    assert book.sheetnames == ["Summary", "Questions", "Limits", "Notes"]
    (check,) = rows(book["Summary"])
    assert (check["population"], check["status"], check["title"]) == ("<5", "not met", "Review overdue")
    questions = rows(book["Questions"])
    assert len(questions) == len(public["questions"])
    assert "Not assured" in {row["verdict"] for row in questions}
    whole = "".join(parts(content).values())
    assert "C3" not in re.sub(r'r="[A-Z]+\d+"|ref="[^"]*"', "", whole)
    assert "cases.csv" not in whole
    assert "Contains personal data" not in whole


def test_a_published_figure_is_a_number_and_a_held_one_a_word(audit: Audit) -> None:
    public = public_results(publish(audit, "commissioner"))
    public["checks"][0] |= {"population": 1204, "met": None, "suppressed": ["met"], "rate": None}
    sheet = opened(workbook.public_workbook_file(public, audit.as_at).content)["Summary"]
    (check,) = rows(sheet)
    assert (check["population"], check["met"], check["rate"]) == (1204, "not shown", None)


def test_the_commissioners_file_has_the_same_look_and_safety(audit: Audit) -> None:
    public = public_results(publish(replace(audit, service="=cmd()"), "commissioner"))
    content = workbook.public_workbook_file(public, audit.as_at).content
    sheets = "".join(xml for name, xml in parts(content).items() if "worksheets/" in name)
    assert not re.search(r"<f[ >/]|<hyperlink [^>]*r:id", sheets)
    assert opened(content)["Summary"].freeze_panes == "A2"
    assert content == workbook.public_workbook_file(public, audit.as_at).content


def test_each_finding_has_a_day_to_act_by_worst_harm_first(audit: Audit) -> None:
    graded = with_findings(
        audit, finding(check="ACU02", severity="low"), finding(check="REV01", severity="high"),
        finding(check="SUP01", severity="medium"),
    )  # fmt: skip
    limits = [
        Limit("holiday_country", "GB", "GB", "house", ""), Limit("holiday_region", "ENG", "ENG", "house", ""),
        *(
            Limit(f"action.{name}_working_days", days, days, "house", "")
            for name, days in (("high", 1), ("medium", 20), ("low", 40))
        ),
    ]  # fmt: skip
    # As at Saturday 31 October 2026; Christmas Day and Boxing Day (in lieu on Monday 28) lie within the 40.
    found = rows(made(replace(graded, limits=limits))["Findings"])
    assert [(row["check"], row["act by"].date()) for row in found] == [
        ("REV01", dt.date(2026, 11, 2)), ("SUP01", dt.date(2026, 11, 27)), ("ACU02", dt.date(2026, 12, 29)),
    ]  # fmt: skip
    assert {row["act by"] for row in rows(made(replace(graded, limits=()))["Findings"])} == {
        None
    }  # a pack of before there were such days
