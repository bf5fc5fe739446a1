"""DQ02: what a row points to is among the exports."""

from caseaudit.testing import outcomes, run_check


def orphans(drawing: str) -> dict[str, str]:
    return outcomes(run_check("orphan_reference", "2026-10-31", drawing))


def test_a_number_that_is_in_no_table_is_an_orphan() -> None:
    assert orphans("""
        staff    worker_id | role  | supervisor_id
                 W1        | Nurse | W2
                 W2        | Nurse |
                 W3        | Nurse | W7
    """) == {"staff | supervisor_id | W2": "met", "staff | supervisor_id | W7": "breach"}


def test_capitals_and_zeros_are_part_of_a_number() -> None:
    drawing = "cases case_id | opened_on\n01 | 2026-01-05\nreviews case_id | reviewed_on\n1 | 2026-02-01"
    assert orphans(drawing) == {"reviews | case_id | 1": "breach"}


def test_without_the_table_it_points_to_a_reference_is_not_looked_at() -> None:
    result = run_check("orphan_reference", "2026-10-31", "reviews case_id | reviewed_on\nC1 | 2026-02-01")
    assert result.status == "not applicable"


def test_an_empty_table_makes_every_reference_to_it_an_orphan() -> None:
    drawing = "cases case_id | opened_on\nreviews case_id | reviewed_on\nC1 | 2026-02-01"
    assert orphans(drawing) == {"reviews | case_id | C1": "breach"}


def test_those_who_decided_together_are_no_reference() -> None:
    drawing = """
        risk_flags  case_id | signal        | raised_on  | raised_by | decided_by
                    C1      | ed_attendance | 2026-10-01 |           | W1;W9
        staff       worker_id | role
                    W1        | Nurse
    """
    assert orphans(drawing) == {}
