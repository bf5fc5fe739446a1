"""DQ01: a key stands in one row only."""

import polars as pl

from caseaudit.testing import outcomes, run_check


def test_each_row_of_a_key_that_occurs_twice_is_a_finding_with_its_own_place() -> None:
    result = run_check("duplicate_key", "2026-10-31", "cases case_id | opened_on\nC1 | 2026-01-05\nC1 | 2026-01-05")
    assert (result.population, result.breach) == (2, 2)
    assert result.findings is not None
    assert result.findings.select("subject", "source_row").collect().rows() == [("cases | C1", 2), ("cases | C1", 3)]


def test_the_same_key_in_two_tables_is_no_duplicate() -> None:
    drawing = "cases case_id | opened_on\n1 | 2026-01-05\nstaff worker_id | role\n1 | Nurse"
    assert outcomes(run_check("duplicate_key", "2026-10-31", drawing)) == {"cases | 1": "met", "staff | 1": "met"}


def test_blank_keys_and_tables_without_a_key_are_not_looked_at() -> None:
    drawing = """
        tasks    task_id | task_type
                         | engagement
                         | engagement
        reviews  case_id | reviewed_on
                 C1      | 2026-01-05
                 C1      | 2026-01-05
    """
    assert run_check("duplicate_key", "2026-10-31", drawing).status == "not applicable"


def test_names_of_tables_are_kept_as_numbered_words() -> None:
    result = run_check("duplicate_key", "2026-10-31", "cases case_id | opened_on\nC1 | 2026-01-05")
    assert result.evidence is not None
    assert isinstance(result.evidence_schema["table"], pl.Enum)
