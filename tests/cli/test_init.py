"""`caseaudit init`: what it writes is read back without a mapping, filled in or empty."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest

from caseaudit import pipeline, starting
from caseaudit.mapping import questions
from caseaudit.tables import FieldSpec, spec

DAY = dt.date(2026, 3, 17)


def cell(field: FieldSpec, number: int) -> object:
    """What a person would write in a field; `number` sets rows and columns apart."""
    if field.codes:
        return field.codes[number % len(field.codes)].replace("_", " ").capitalize()
    written = {
        "day": dt.datetime.combine(DAY + dt.timedelta(days=number), dt.time()),
        "month": dt.datetime.combine(dt.date(2026, 3, 1), dt.time()),
        "yes_no": "Yes",
        "number": number + 1,
        "ident": f"ID-{number:04}",
        "code": "risk_formulation" if field.name == "competency" else "Something",
        "words": "W0001; W0002",
        "text": f"Words {number}",
    }
    return written[field.kind]


def expected(field: FieldSpec, number: int) -> object:
    wrote = cell(field, number)
    if field.codes:
        return field.codes[number % len(field.codes)]
    if isinstance(wrote, dt.datetime):
        return wrote.date()
    return {"yes_no": True, "code": str(wrote).lower(), "words": "W0001;W0002"}.get(field.kind, wrote)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    starting.write_project(tmp_path / "project")
    return tmp_path / "project"


def fill(workbook: Path, tables: tuple[str, ...]) -> None:
    book = openpyxl.load_workbook(workbook)
    for table in tables:
        sheet = book[starting.sheet_name(table)]
        for row in (2, 3):
            for place, field in enumerate(spec(table).fields.values(), start=1):
                sheet.cell(row, place, cell(field, row + place))
    book.save(workbook)


@pytest.mark.parametrize("table", starting.LOCAL_TABLES)
def test_a_filled_sheet_is_read_whole_without_a_mapping(project: Path, table: str) -> None:
    fill(project / "exports" / starting.WORKBOOK, (table,))
    seen = pipeline.understood([project / "exports"])
    fields = spec(table).fields
    assert not questions(seen.plans, {field.path for field in fields.values()})
    frame = seen.tables.frames[table]
    assert seen.tables.supplied[table] == set(fields)
    for row, got in zip((2, 3), frame.iter_rows(named=True), strict=True):
        wanted = {name: expected(field, row + place) for place, (name, field) in enumerate(fields.items(), start=1)}
        assert {name: got[name] for name in fields} == wanted
    assert not [one for one in seen.tables.rejected if not one.furniture]


def test_all_sheets_together_are_told_apart(project: Path) -> None:
    fill(project / "exports" / starting.WORKBOOK, starting.LOCAL_TABLES)
    seen = pipeline.understood([project / "exports"])
    fed = {one.source.sheet: one.tables for one in seen.tables.accounts if one.source.sheet != "Notes"}
    assert fed == {starting.sheet_name(table): (table,) for table in starting.LOCAL_TABLES}
    assert all(seen.tables.frames[table].height == 2 for table in starting.LOCAL_TABLES)


def test_every_word_of_a_drop_down_list_is_read_as_its_code(project: Path) -> None:
    workbook = project / "exports" / starting.WORKBOOK
    book = openpyxl.load_workbook(workbook)
    wanted: dict[str, list[str]] = {}
    offered = starting.offered_words()
    for table in starting.LOCAL_TABLES:
        sheet = book[starting.sheet_name(table)]
        lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
        fields = spec(table).fields.values()
        assert len(lists) == sum(bool(f.codes or f.path in offered) or f.kind == "yes_no" for f in fields)
        for place, field in enumerate(spec(table).fields.values(), start=1):
            words = [str(cell(field, 0))]
            for rule in lists:
                if f"{openpyxl.utils.get_column_letter(place)}2" in rule.sqref:
                    words = rule.formula1.strip('"').split(",")
                    wanted[field.path] = words
            for row in range(2, 12):
                sheet.cell(row, place, words[row % len(words)] if field.path in wanted else cell(field, row))
    book.save(workbook)
    seen = pipeline.understood([project / "exports"])
    for path, words in wanted.items():
        table, name = path.split(".")
        got = set(seen.tables.frames[table][name])
        codes = spec(table).fields[name].codes or offered.get(path)
        assert got == ({True, False} if not codes else set(codes)), (path, words)


def test_a_word_of_the_policy_is_offered_and_another_is_taken(project: Path) -> None:
    workbook = project / "exports" / starting.WORKBOOK
    book = openpyxl.load_workbook(workbook)
    rules = {str(rule.sqref): rule for rule in book["Bands"].data_validations.dataValidation}
    assert rules["B2:B2001"].formula1 == '"Very high,High,Moderate,Low"'
    assert rules["B2:B2001"].errorStyle == "information"
    for place, written in enumerate(("C1", "Turquoise", dt.datetime(2026, 3, 17)), start=1):  # noqa: DTZ001
        book["Bands"].cell(2, place, written)
    book.save(workbook)
    seen = pipeline.understood([project / "exports"])
    assert seen.tables.frames["bands"]["band"].to_list() == ["turquoise"]


def test_a_date_typed_as_text_is_read_as_the_notes_ask_for(project: Path) -> None:
    workbook = project / "exports" / starting.WORKBOOK
    book = openpyxl.load_workbook(workbook)
    for row, written in enumerate((dt.datetime(2026, 3, 17), "03/04/2026"), start=2):  # noqa: DTZ001
        book["Huddles"].cell(row, 2, "North")
        book["Huddles"].cell(row, 3, written)
    book.save(workbook)
    seen = pipeline.understood([project / "exports"])
    assert seen.tables.frames["huddles"]["held_on"].to_list() == [dt.date(2026, 3, 17), dt.date(2026, 4, 3)]
    assert not questions(seen.plans, {"huddles.held_on"})
    assert any("day first, as its sheet of notes says" in note for note in seen.tables.notes)


def test_empty_sheets_do_no_harm_and_supply_nothing(project: Path) -> None:
    (project / "exports" / "Caseload.csv").write_text(
        "Case ID,Date opened,Key worker ID,Acuity band,Team\nC1,13/01/2026,W1,high,North\n", encoding="utf-8"
    )
    seen = pipeline.understood([project / "exports"])
    assert set(seen.tables.frames) == {"cases"}
    assert any("no row" in note and "Supervision" in note for note in seen.tables.notes)
    found = pipeline.audit(pipeline.Request((project / "exports",), as_at=dt.date(2026, 3, 31)))
    by_code = {result.code: result for result in found.results}
    assert by_code["ESC01"].status == "not assessable"
    assert "No export holds risk flags" in (by_code["ESC01"].reason or "")


def test_an_empty_sheet_beside_a_filled_export_changes_nothing(project: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    for folder in (alone, project / "exports"):
        (folder / "Supervision.csv").write_text(
            "Staff ID,Supervision date,Supervisor\nW1,13/01/2026,W2\n", encoding="utf-8"
        )
    without, beside = (pipeline.understood([folder]).tables for folder in (alone, project / "exports"))
    assert beside.supplied == without.supplied
    assert beside.frames["supervision"].drop("origin").equals(without.frames["supervision"].drop("origin"))


def test_an_empty_sheet_asks_nothing(tmp_path: Path) -> None:
    (tmp_path / "Caseload.csv").write_text("Case ID,Date opened,Key worker ID\nC1,13/01/2026,W1\n", encoding="utf-8")
    (tmp_path / "Thing.csv").write_text("Case ref,Worker,Start,Kind\n", encoding="utf-8")
    plans, _ = pipeline.plan([tmp_path])
    assert not questions(plans, {"allocations.allocated_on", "risk_flags.raised_on", "cases.opened_on"})


def test_the_same_version_writes_the_same_bytes() -> None:
    assert starting.template_workbook() == starting.template_workbook()
    assert openpyxl.load_workbook(io.BytesIO(starting.template_workbook())).sheetnames[0] == "Notes"
