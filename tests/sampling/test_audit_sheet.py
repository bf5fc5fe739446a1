"""The audit sheet: what stands in it, and that a spreadsheet takes nothing in it for a formula or a link."""

import datetime as dt
import hashlib
import io
import json
import zipfile

import openpyxl
import polars as pl
import pytest

from caseaudit import pipeline
from caseaudit.errors import UsageProblem
from caseaudit.sampling import Aim, Draw, Order, draw, load_questions, workbook
from caseaudit.testing import drawn_tables

TABLES = """
    cases  case_id                   | team             | worker_id | opened_on
           =1+1                      | @SUM(A1)         | +44x      | 2026-01-05
           http://example.org        | North            | -2+3      | 2026-02-05
           mailto:a@example.org      | internal:Notes!A1|           | 2026-03-05
           007                       | North            | W1        | 2026-04-05
"""


def drawn() -> Draw:
    order = Order(dt.date(2026, 10, 31), Aim(size=3), stratify_by="team")
    return draw(pipeline.sampling_frame(drawn_tables(TABLES), order.as_at), order)


def test_nothing_is_a_formula_or_a_link() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(drawn(), load_questions()))) as packed:
        sheets = [packed.read(name) for name in packed.namelist() if "worksheets/" in name]
    assert len(sheets) == 4
    for sheet in sheets:
        assert b"<f>" not in sheet
        assert b"<hyperlink" not in sheet
        assert b"personal data" in sheet  # in the header of every printed page


def test_every_drawn_case_has_a_row_that_leads_to_its_source_and_lists_to_choose_from() -> None:
    one = drawn()
    book = openpyxl.load_workbook(io.BytesIO(workbook(one, load_questions())))
    assert book.sheetnames == ["Audit", "Reserve", "Questions", "Notes"]
    audit = book["Audit"]
    head = [cell.value for cell in audit[2]]
    rows = [dict(zip(head, (cell.value for cell in row), strict=True)) for row in audit.iter_rows(min_row=3)]
    assert [row["Case"] for row in rows] == one.sample["case_id"].to_list()
    assert [row["Source row"] for row in rows] == one.sample["source_row"].to_list()
    assert {row["Source file"] for row in rows} == {"cases.csv"}
    assert {"Q1 Band fits needs", "Q1 comment", "Auditor", "Audited on"} <= set(head)
    lists = [rule.formula1 for rule in audit.data_validations.dataValidation]
    assert lists.count('"met,not met,not evidenced"') == len(load_questions())
    assert [row[2].value for row in book["Reserve"].iter_rows(min_row=3)] == one.reserve["case_id"].to_list()


def test_the_notes_say_how_it_was_drawn() -> None:
    one = drawn()
    book = openpyxl.load_workbook(io.BytesIO(workbook(one, load_questions())))
    text = "\n".join(str(row[0].value) for row in book["Notes"].iter_rows() if row[0].value)
    for words in (
        one.frame_hash,
        "Seed: 2026-10-31 (the as-at date)",
        "3 of the 4 cases",
        "North: 1 of 2",
        "sha256sum",
    ):
        assert words in text


def test_the_same_draw_gives_the_same_bytes() -> None:
    tables = drawn_tables(TABLES)
    first, second = (pipeline.sample_files(drawn(), load_questions(), tables) for _ in range(2))
    assert first == second
    assert [file.name for file in first] == ["sample.xlsx", "sample.csv", "frame.txt", "sample_manifest.json"]


def test_no_text_of_the_csv_begins_a_formula_and_the_manifest_vouches_for_every_file() -> None:
    files = {file.name: file.content for file in pipeline.sample_files(drawn(), load_questions(), drawn_tables(TABLES))}
    table = pl.read_csv(files["sample.csv"], infer_schema=False)
    cells = [str(cell) for row in table.iter_rows() for cell in row if cell]
    assert not [cell for cell in cells if cell[0] in "=+-@"]
    manifest = json.loads(files["sample_manifest.json"])
    assert {row["file"]: row["sha256"] for row in manifest["outputs"]} == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "sample_manifest.json"
    }


@pytest.mark.parametrize(
    "text",
    [
        "not toml [",
        "",
        "[[question]]\ncode = 'Q1'\n",
        "[[question]]\ncode = 'Q 1'\ntitle = 'a'\ntext = 'b'\nbasis = 'c'\n",
        "[[question]]\ncode = 'Q1'\ntitle = 'a'\ntext = 'b'\nbasis = 'c'\n" * 2,
        "[[question]]\ncode = 'Q1'\ntitle = 'a'\ntext = 'b'\nbasis = 'c'\nweight = 2\n",
    ],
)
def test_a_faulty_file_of_questions_is_refused(tmp_path, text: str) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(text)
    with pytest.raises(UsageProblem, match=r"ours\.toml"):
        load_questions(file)
