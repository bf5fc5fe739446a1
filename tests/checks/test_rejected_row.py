"""DQ07: every row read is counted; one that could not be used is a finding."""

import datetime as dt
from dataclasses import replace

from caseaudit.catalogue import Catalogue
from caseaudit.catalogue.loading import load_check
from caseaudit.folders import CHECKS
from caseaudit.model import ORIGIN_SHIFT, Rejected, Result, SourceAccount, Tables
from caseaudit.policy import load
from caseaudit.running import run
from caseaudit.testing import drawn_tables, outcomes

AS_AT = dt.date(2026, 10, 31)
DRAWING = """
    cases  case_id | opened_on
           C1      | 2026-01-05
           C2      | 2026-01-05
"""


def rejected_rows(tables: Tables) -> Result:
    return run(Catalogue((load_check(CHECKS / "rejected_row.py"),)), tables, load(AS_AT), AS_AT)[0]


def test_a_used_row_is_met_and_a_refused_one_a_breach_that_says_why() -> None:
    refused = Rejected(0, 4, "cases", "case_id", "is blank")
    result = rejected_rows(replace(drawn_tables(DRAWING), rejected=(refused,)))
    assert outcomes(result) == {"cases.csv | 2": "met", "cases.csv | 3": "met", "cases.csv | 4": "breach"}
    assert result.findings is not None
    assert result.findings.select("detail", "source_file", "source_row").collect().rows() == [
        ("Case: is blank.", "cases.csv", 4)
    ]


def test_totals_and_notes_are_no_records() -> None:
    note = Rejected(0, 4, None, None, "a row of totals", furniture=True)
    assert rejected_rows(replace(drawn_tables(DRAWING), rejected=(note,))).population == 2


def test_a_row_that_lost_one_of_its_records_is_a_breach() -> None:
    lost = Rejected(0, 2, "cases", "opened_on", "the date cannot be read", whole=False)
    result = rejected_rows(replace(drawn_tables(DRAWING), rejected=(lost,)))
    assert outcomes(result) == {"cases.csv | 2": "breach", "cases.csv | 3": "met"}


def test_a_row_of_which_a_cell_was_lost_is_not_evidenced_and_counts_once() -> None:
    part = Rejected(0, 2, "reviews", "next_review_on", "the date cannot be read", whole=False)
    result = rejected_rows(replace(drawn_tables(DRAWING), rejected=(part, replace(part, field="outcome"))))
    assert outcomes(result) == {"cases.csv | 2": "not evidenced", "cases.csv | 3": "met"}
    assert result.population == 2


def test_a_row_refused_for_two_uses_counts_once() -> None:
    twice = (Rejected(0, 4, "cases", "case_id", "blank"), Rejected(0, 4, "reviews", "case_id", "blank"))
    assert (rejected_rows(replace(drawn_tables(DRAWING), rejected=twice))).breach == 1


def test_a_row_that_feeds_two_tables_counts_once() -> None:
    tables = drawn_tables(DRAWING)
    both = replace(tables, frames={**tables.frames, "reviews": tables.frames["cases"].select("case_id", "origin")})
    assert rejected_rows(both).population == 2


def test_rows_joined_with_another_telling_of_the_event_still_count_as_read() -> None:
    tables = drawn_tables(DRAWING)
    account = SourceAccount(tables.sources[0], ("cases",), rows_read=6, kept=4, rejected=1, furniture=1)
    refused = (Rejected(0, 4, "cases", "case_id", "blank"), Rejected(0, 9, None, None, "note", furniture=True))
    result = rejected_rows(replace(tables, accounts=(account,), rejected=refused))
    assert (result.population, result.met, result.breach) == (5, 4, 1)


def test_without_a_row_it_is_not_applicable() -> None:
    assert rejected_rows(Tables({}, {}, ())).status == "not applicable"


def test_rows_lead_back_to_their_own_source() -> None:
    tables = drawn_tables(DRAWING + "\n    staff  worker_id | role\n           W1 | Nurse\n")
    assert tables.frames["staff"]["origin"].to_list() == [ORIGIN_SHIFT + 2]
    assert "staff.csv | 2" in outcomes(rejected_rows(tables))
