"""DQ05: how complete the fields are that the checks of a run need."""

import datetime as dt
from dataclasses import replace
from typing import Any

from caseaudit.catalogue import Catalogue
from caseaudit.catalogue.loading import load_check
from caseaudit.folders import CHECKS
from caseaudit.model import Rejected, Result, Tables
from caseaudit.policy import load
from caseaudit.running import run
from caseaudit.testing import drawn_tables, outcomes

AS_AT = dt.date(2026, 10, 31)


def incomplete_fields(tables: Tables, **policy: Any) -> Result:
    """Run DQ05 beside REV01, which needs case, opening day, review day and acuity band, and beside ESC08."""
    names = ("incomplete_field", "review_overdue", "discharge_follow_up_late")
    checks = tuple(load_check(CHECKS / f"{name}.py") for name in names)
    return run(Catalogue(checks), tables, load(AS_AT, values=policy), AS_AT)[0]


def cases(filled: int, blank: int) -> str:
    rows = [f"C{i} | 2026-01-05 | {'high' if i < filled else ''}" for i in range(filled + blank)]
    return "\n".join(["cases  case_id | opened_on | acuity_band", *rows])


def test_a_share_on_the_limit_is_enough_and_one_blank_more_is_not() -> None:
    on = incomplete_fields(drawn_tables(cases(19, 1)))
    past = incomplete_fields(drawn_tables(cases(18, 2)))
    assert outcomes(on)["cases | acuity_band"] == "met"
    assert outcomes(past)["cases | acuity_band"] == "breach"
    assert past.findings is not None
    assert past.findings.collect()["detail"][0] == "Filled in 18 of 20 rows; a share of 0.9, and 0.95 is asked for."


def test_only_needed_fields_of_supplied_tables_are_looked_at() -> None:
    result = outcomes(incomplete_fields(drawn_tables(cases(2, 0))))
    assert [field for field, outcome in result.items() if outcome == "met"] == [
        "cases | acuity_band",
        "cases | case_id",
        "cases | opened_on",
    ]


def test_a_day_that_few_rows_have_is_looked_at_only_when_its_column_is_missing() -> None:
    drawing = "cases  case_id | opened_on | acuity_band | discharged_from_inpatient_on\nC1 | 2026-01-05 | high |"
    field = "cases | discharged_from_inpatient_on"
    assert field not in outcomes(incomplete_fields(drawn_tables(drawing)))
    assert outcomes(incomplete_fields(drawn_tables(cases(2, 0))))[field] == "not evidenced"


def test_a_field_without_a_column_is_not_evidenced() -> None:
    result = incomplete_fields(drawn_tables("cases  case_id | opened_on\nC1 | 2026-01-05"))
    assert outcomes(result)["cases | acuity_band"] == "not evidenced"


def test_a_table_without_rows_is_not_evidenced() -> None:
    result = incomplete_fields(drawn_tables("cases  case_id | opened_on | acuity_band"))
    assert set(outcomes(result).values()) == {"not evidenced"}


def test_a_row_rejected_for_the_field_counts_as_not_filled() -> None:
    refused = Rejected(0, 9, "cases", "opened_on", "the date cannot be read")
    result = incomplete_fields(replace(drawn_tables(cases(9, 0)), rejected=(refused,)), min_completeness=0.91)
    assert outcomes(result)["cases | opened_on"] == "breach"
    assert outcomes(result)["cases | case_id"] == "met"


def test_a_row_kept_without_the_cell_that_could_not_be_read_counts_once() -> None:
    unread = Rejected(0, 3, "cases", "acuity_band", "cannot be read; the field is left blank", whole=False)
    result = incomplete_fields(replace(drawn_tables(cases(1, 1)), rejected=(unread,)), min_completeness=0.5)
    assert outcomes(result)["cases | acuity_band"] == "met"


def test_a_row_that_still_feeds_another_table_counts_as_not_filled_in_its_own() -> None:
    refused = Rejected(0, 9, "cases", "opened_on", "not a date", whole=False)
    result = incomplete_fields(replace(drawn_tables(cases(1, 0)), rejected=(refused,)))
    assert outcomes(result)["cases | opened_on"] == "breach"


def test_without_a_table_that_a_check_needs_it_is_not_applicable() -> None:
    assert incomplete_fields(drawn_tables("staff  worker_id | role\nW1 | Nurse")).status == "not applicable"
