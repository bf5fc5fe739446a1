"""Several tables on one sheet or in one file: the header again belongs to this table, another one is told apart."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from conftest import Reader

CASES = [["Case ref", "Team", "Opened"], ["C1", "North", "13/02/2026"], ["C2", "South", "14/02/2026"]]
MORE = [["C3", "North", "15/02/2026"], ["C4", "South", "16/02/2026"]]
SESSIONS = [["Worker ID", "Supervisor", "Held on"], ["W1", "W9", "17/02/2026"], ["W2", "W9", "18/02/2026"]]


def as_csv(rows: list[list[str]]) -> tuple[str, str]:
    return "".join(",".join(cells) + "\n" for cells in rows), "cases.csv"


def as_xlsx(rows: list[list[str]]) -> tuple[bytes, str]:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Cases")
        for at, cells in enumerate(rows):
            sheet.write_row(at, 0, cells)
    return out.getvalue(), "cases.xlsx"


both = pytest.mark.parametrize("made", [as_csv, as_xlsx])


@both
@pytest.mark.parametrize("title", [[], [["Caseload, page 2"]]], ids=["alone", "below a title"])
def test_the_header_again_after_a_blank_row_is_no_other_table(read: Reader, made, title: list[list[str]]) -> None:
    got = read(*made([*CASES, [], *title, CASES[0], *MORE]))
    assert [cells[0] for row, cells in got.rows.items() if cells[1]] == ["C1", "C2", "C3", "C4"]
    assert "Another table" not in got.notes


@both
@pytest.mark.parametrize("between", [[], [["Supervision log"]], [["Supervision log"], []]])
def test_another_table_is_told_apart_with_the_title_it_may_have(read: Reader, made, between: list[list[str]]) -> None:
    got = read(*made([*CASES, [], *between, *SESSIONS]))
    assert set(got.rows) == {2, 3}
    assert "Another table begins in row 5; its rows were set aside." in got.notes


@both
def test_the_name_of_a_group_after_a_blank_row_begins_no_other_table(read: Reader, made) -> None:
    got = read(*made([*CASES, [], ["Team South"], *MORE]))
    assert [cells[0] for cells in got.rows.values() if cells[1]] == ["C1", "C2", "C3", "C4"]
    assert "Another table" not in got.notes


BESIDE = "hold another table, set apart by a blank column; they were left out. Put it in a sheet of its own."
SUMMARY = [["Team", "Cases"], ["North", "2"], ["South", "1"]]
THREE = [*CASES, ["C3", "North", "15/02/2026"]]


def beside(left: list[list[str]], right: list[list[str]]) -> list[list[str]]:
    height, width = max(len(left), len(right)), len(left[0])
    left = [*left, *[[""] * width] * (height - len(left))]
    right = [*right, *[[""] * len(right[0])] * (height - len(right))]
    return [[*one, "", *other] for one, other in zip(left, right, strict=True)]


def test_a_shorter_table_beside_is_left_out(read: Reader) -> None:
    got = read(*as_xlsx(beside(THREE, SUMMARY)))
    assert got.sheet.headings == ("Case ref", "Team", "Opened")
    assert len(got.rows) == 3
    assert f"Columns E to F {BESIDE}" in got.sheet.source.notes


def test_the_table_beside_is_read_where_it_is_the_larger_one(read: Reader) -> None:
    got = read(*as_xlsx([["Caseload"], [], *beside(SUMMARY, THREE)]))
    assert got.sheet.headings == ("Case ref", "Team", "Opened")
    assert got.rows == {at: tuple(cells) for at, cells in enumerate(THREE[1:], 4)}
    assert f"Columns A to B {BESIDE}" in got.sheet.source.notes


OPTIONAL = [["Closed on", "Reason"], ["", ""], ["15/03/2026", "Moved"], ["", ""]]
FULL = [["Closed on", "Reason"], *[["15/03/2026", "Moved"]] * 3]
REMARKS = [["Remark"], ["x"], ["y"], [""]]
ONE = {"a column filled here and there": OPTIONAL, "one that ends with the others": FULL, "a lone column": REMARKS}


@pytest.mark.parametrize("right", ONE.values(), ids=ONE)
def test_columns_behind_a_blank_one_that_belong_to_the_table_stay(read: Reader, right: list[list[str]]) -> None:
    got = read(*as_xlsx(beside(THREE, right)))
    assert got.sheet.headings == ("Case ref", "Team", "Opened", "Column 4", *right[0])
    assert "another table" not in got.notes
