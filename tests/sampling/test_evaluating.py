"""What a filled sheet shows, and every way in which a sheet is not the sample that was drawn."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from caseaudit import pipeline
from caseaudit.errors import UsageProblem
from caseaudit.sampling import Aim, Evaluation, Order, draw, evaluate_file, load_questions, read_register
from caseaudit.testing import drawn_tables

HEADER, FIRST = 2, 3
OUT = "Not on the list because"
Q1, Q2 = "Q1 Band fits needs", "Q2 Review in time"
QUESTIONS = [question.heading for question in load_questions()]


class Sheet:
    """A drawn sample in a folder, whose audit sheet can be filled and spoilt."""

    def __init__(self, folder: Path, size: int, cases: int = 400, by: str | None = None) -> None:
        rows = "\n".join(f"{i:04} | {'NNNSW'[i % 5]} | 2026-01-05" for i in range(cases))
        tables = drawn_tables(f"cases  case_id | team | opened_on\n{rows}")
        order = Order(dt.date(2026, 10, 31), Aim(size=size), stratify_by=by)
        self.drawn = draw(pipeline.sampling_frame(tables, order.as_at), order)
        self.path = folder / "sample.xlsx"
        for file in pipeline.sample_files(self.drawn, load_questions(), tables):
            (folder / file.name).write_bytes(file.content)
        self.book = openpyxl.load_workbook(self.path)
        for row in range(FIRST, self.book["Audit"].max_row + 1):
            self.answer(row)

    def column(self, heading: str, sheet: str = "Audit") -> int:
        return next(cell.column for cell in self.book[sheet][HEADER] if cell.value == heading)

    def put(self, row: int, heading: str, value: Any, sheet: str = "Audit") -> None:
        self.book[sheet].cell(row, self.column(heading, sheet)).value = value

    def answer(self, row: int, value: str | None = "met", sheet: str = "Audit") -> None:
        for heading in QUESTIONS:
            self.put(row, heading, value, sheet)

    def leave_out(self, row: int, sheet: str = "Audit") -> None:
        self.answer(row, None, sheet)
        self.put(row, OUT, "closed by the date", sheet)

    def evaluate(self, **more: Any) -> Evaluation:
        self.book.save(self.path)
        return evaluate_file(self.path, read_register(self.path.with_name("sample_manifest.json")), **more)


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path, 60)


@pytest.fixture
def by_team(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path, 60, by="team")


def test_all_met_supports_the_claim(sheet: Sheet) -> None:
    found = sheet.evaluate()
    assert (found.overall.errors, found.overall.holds, found.overall.population) == (0, True, 400)
    assert any("fewer than 5 % of the 400 cases open on 31 October 2026" in said for said in found.may_say())


def test_one_case_in_error_however_many_answers_fall_short(sheet: Sheet) -> None:
    sheet.put(7, Q1, "not met")
    sheet.put(7, Q2, "not evidenced")
    found = sheet.evaluate()
    assert (found.overall.errors, found.overall.not_met, found.overall.not_evidenced) == (1, 1, 0)
    assert found.overall.places == (("Audit", 7),)
    assert (found.overall.most, found.overall.shown, found.overall.holds) == (28, "7.0 %", False)
    by_code = {question.code: one for question, one in found.questions}
    assert [by_code[code].errors for code in ("Q1", "Q2", "Q3")] == [1, 1, 0]
    assert by_code["Q2"].not_evidenced == 1


def test_fewer_than_the_limit_itself_may_not_be_said(sheet: Sheet) -> None:
    sheet.put(7, Q1, "not met")
    at, above = sheet.evaluate(tolerable="7%"), sheet.evaluate(tolerable="7.01%")
    assert not at.overall.holds
    assert any("is not below it" in said for said in at.may_not_say())
    assert above.overall.holds
    assert not any("is not below it" in said for said in above.may_not_say())


def test_a_confidence_given_moves_the_limit(sheet: Sheet) -> None:
    assert sheet.evaluate(confidence="99%").overall.most > sheet.evaluate(confidence="90%").overall.most


def test_a_blank_is_refused_with_its_row_and_never_met(sheet: Sheet) -> None:
    sheet.put(9, Q1, None)
    sheet.put(10, Q2, "  ")
    with pytest.raises(UsageProblem, match=r"2 answers in 2 cases left blank: Audit rows 9-10\."):
        sheet.evaluate()
    found = sheet.evaluate(allow_incomplete=True)
    assert (found.overall.errors, found.overall.blank) == (2, 2)
    assert "left blank" in found.may_say()[0]


def test_a_missing_case_is_refused_even_when_blanks_are_allowed(sheet: Sheet) -> None:
    sheet.book["Audit"].delete_rows(5)
    with pytest.raises(UsageProblem, match=r"1 case of the sample missing: No\. 3"):
        sheet.evaluate(allow_incomplete=True)


def test_a_case_that_was_not_drawn_is_refused(sheet: Sheet) -> None:
    sheet.put(63, "Case", "9999")
    sheet.answer(63)
    with pytest.raises(UsageProblem, match=r"not drawn: Audit row 63") as refused:
        sheet.evaluate()
    assert "9999" not in str(refused.value)


def test_a_case_that_stands_twice_is_refused(sheet: Sheet) -> None:
    sheet.put(63, "Case", sheet.book["Audit"].cell(FIRST, sheet.column("Case")).value)
    sheet.answer(63)
    with pytest.raises(UsageProblem, match=r"more than one row: Audit rows 3, 63"):
        sheet.evaluate()


@pytest.mark.parametrize("word", ["yes", "1", "n/a", "mostly met", 1, True])
def test_another_word_is_refused_and_not_quoted(sheet: Sheet, word: Any) -> None:
    sheet.put(8, Q2, word)
    with pytest.raises(UsageProblem, match=r"Q2 is none of met, not met, not evidenced: Audit row 8\.") as refused:
        sheet.evaluate(allow_incomplete=True)
    assert "mostly" not in str(refused.value)


def test_answers_without_a_case_are_refused(sheet: Sheet) -> None:
    sheet.put(64, Q1, "met")
    with pytest.raises(UsageProblem, match="answers without a case: Audit row 64"):
        sheet.evaluate()


@pytest.mark.parametrize("word", ["Met", " met ", "MET"])
def test_the_way_a_word_is_written_does_not_matter(sheet: Sheet, word: str) -> None:
    sheet.put(8, Q2, word)
    sheet.put(9, Q2, word.lower().replace("met", "Not-Met"))
    assert sheet.evaluate().overall.errors == 1


def rearranged(sheet: Sheet) -> None:
    """As a person may leave it: columns turned round, one added, two rows above, rows sorted, notes below."""
    old = sheet.book["Audit"]
    rows = [[cell.value for cell in row][::-1] for row in old.iter_rows(min_row=HEADER)]
    del sheet.book["Audit"]
    new = sheet.book.create_sheet("Sheet1")
    new.append(["Our audit"])
    new.append([])
    new.append(["Our own column", *rows[0]])
    for row in sorted(rows[1:], key=str):
        new.append(["words", *row])
    new.append(["signed by the manager"])


def without_sheets(sheet: Sheet) -> None:
    for name in ("Reserve", "Questions", "Notes"):
        del sheet.book[name]


def as_numbers(sheet: Sheet) -> None:
    """Digits turned into numbers, as a spreadsheet may when somebody retypes them; none begins with a zero here."""
    for row in sheet.book["Audit"].iter_rows(min_row=FIRST):
        cell = row[sheet.column("Case") - 1]
        if not str(cell.value).startswith("0"):
            cell.value = int(cell.value)


@pytest.mark.parametrize("change", [rearranged, without_sheets])
def test_a_sheet_may_be_rearranged(sheet: Sheet, change: Callable[[Sheet], None]) -> None:
    sheet.put(7, Q1, "not met")
    change(sheet)
    assert sheet.evaluate().overall.errors == 1


def test_identifiers_turned_into_numbers_are_recognised(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path, 30, cases=1500)
    as_numbers(sheet)
    kinds = {type(row[sheet.column("Case") - 1].value) for row in sheet.book["Audit"].iter_rows(min_row=FIRST)}
    assert kinds == {int, str}
    assert sheet.evaluate().sampled == 30


@pytest.mark.parametrize("heading", [Q1, "Case", OUT])
def test_a_lost_heading_is_refused(sheet: Sheet, heading: str) -> None:
    without_sheets(sheet)
    sheet.book["Audit"].cell(HEADER, sheet.column(heading)).value = "renamed"
    with pytest.raises(UsageProblem, match=heading):
        sheet.evaluate()


def test_a_heading_twice_is_refused(sheet: Sheet) -> None:
    sheet.put(HEADER, "Q3 comment", Q1)
    with pytest.raises(UsageProblem, match=f"more than once: {Q1}"):
        sheet.evaluate()


def test_a_case_left_out_is_replaced_by_the_next_reserve(sheet: Sheet) -> None:
    sheet.leave_out(5)
    sheet.answer(FIRST, sheet="Reserve")
    sheet.put(FIRST, Q1, "not met", sheet="Reserve")
    found = sheet.evaluate()
    assert (found.sampled, found.left_out, found.overall.population) == (60, 1, 399)
    assert found.overall.places == (("Reserve", FIRST),)


def test_a_case_left_out_and_its_reserve_not_audited_is_a_blank(sheet: Sheet) -> None:
    sheet.leave_out(5)
    with pytest.raises(UsageProblem, match=f"8 answers in 1 case left blank: Reserve row {FIRST}"):
        sheet.evaluate()


def test_a_reserve_that_does_not_belong_either_is_followed_by_the_next(sheet: Sheet) -> None:
    sheet.leave_out(5)
    sheet.leave_out(FIRST, "Reserve")
    sheet.answer(FIRST + 1, sheet="Reserve")
    found = sheet.evaluate()
    assert (found.sampled, found.left_out, found.overall.population) == (60, 2, 398)


def test_a_reserve_out_of_turn_is_refused(sheet: Sheet) -> None:
    sheet.answer(FIRST, sheet="Reserve")
    with pytest.raises(UsageProblem, match=rf"reserves filled in .* Reserve row {FIRST}"):
        sheet.evaluate()


def test_answers_and_a_reason_to_leave_out_are_refused(sheet: Sheet) -> None:
    sheet.put(5, OUT, "a test entry")
    with pytest.raises(UsageProblem, match="only one of them: Audit row 5"):
        sheet.evaluate()


def test_a_missing_record_is_no_reason_to_leave_out(sheet: Sheet) -> None:
    sheet.leave_out(5)
    sheet.put(5, OUT, "record not found")
    with pytest.raises(UsageProblem, match=f"'{OUT}' is none of"):
        sheet.evaluate()


def test_more_left_out_than_reserves_is_refused(sheet: Sheet) -> None:
    reserves = sheet.drawn.reserve.height
    for row in range(FIRST, FIRST + reserves + 1):
        sheet.leave_out(row)
    for row in range(FIRST, FIRST + reserves):
        sheet.answer(row, sheet="Reserve")
    with pytest.raises(UsageProblem, match="draw a longer sample"):
        sheet.evaluate()


def test_with_every_case_drawn_nobody_replaces_one_left_out(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path, 20, cases=20)
    sheet.leave_out(5)
    found = sheet.evaluate()
    assert (found.sampled, found.overall.population, found.overall.most) == (19, 19, 0)
    assert any(said.startswith("Every case was audited: 0 of the 19") for said in found.may_say())


def test_strata_are_counted_apart_and_the_whole_is_on_the_safe_side(by_team: Sheet, tmp_path: Path) -> None:
    by_team.put(FIRST, Q1, "not met")
    found = by_team.evaluate()
    assert [(s.name, s.cases, s.sampled, one.errors) for s, one in found.by_stratum if one] == [
        ("N", 240, 36, 1),
        ("S", 80, 12, 0),
        ("W", 80, 12, 0),
    ]
    assert found.overall.most >= 28  # the limit of a simple draw with one error in 60 of 400


def test_a_stratum_replaces_from_its_own_reserves(by_team: Sheet) -> None:
    reserve = by_team.book["Reserve"]
    teams = [reserve.cell(row, by_team.column("Stratum", "Reserve")).value for row in range(FIRST, reserve.max_row + 1)]
    by_team.leave_out(FIRST)  # of team N
    by_team.answer(FIRST + teams.index("S"), sheet="Reserve")
    with pytest.raises(UsageProblem, match="reserves filled in"):
        by_team.evaluate()
    by_team.answer(FIRST + teams.index("S"), None, sheet="Reserve")
    by_team.answer(FIRST + teams.index("N"), sheet="Reserve")
    assert by_team.evaluate().strata[0].cases == 239


def test_a_stratum_nobody_was_drawn_from_has_no_finding(tmp_path: Path) -> None:
    found = Sheet(tmp_path, 1, cases=10, by="team").evaluate()
    assert [one is None for _, one in found.by_stratum] == [False, True, True]
    assert found.overall.most >= 4  # all cases of the two other teams


def test_a_changed_manifest_is_refused(sheet: Sheet) -> None:
    manifest = sheet.path.with_name("sample_manifest.json")
    text = manifest.read_text("utf-8")
    case = sheet.drawn.sample["case_id"][0]
    manifest.write_text(text.replace(f'"case_id": "{case}"', '"case_id": "0000X"'), "utf-8")
    with pytest.raises(UsageProblem, match="has been changed"):
        read_register(manifest)
    manifest.write_text("{}")
    with pytest.raises(UsageProblem, match="is no manifest"):
        read_register(manifest)
    manifest.unlink()
    with pytest.raises(UsageProblem, match="--manifest"):
        read_register(manifest)


def locked_away() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def half_a_workbook() -> bytes:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()[:2000]


@pytest.mark.parametrize("content", [b"", b"case;Q1\n1;met\n", half_a_workbook(), locked_away()])
def test_what_is_no_workbook_is_refused(sheet: Sheet, content: bytes) -> None:
    sheet.path.write_bytes(content)
    with pytest.raises(UsageProblem, match=r"'sample\.xlsx' cannot be read as a workbook"):
        evaluate_file(sheet.path, read_register(sheet.path.with_name("sample_manifest.json")))
