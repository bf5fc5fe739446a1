"""PHY02: an abnormal physical health result was not followed up in time."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("abnormal_result_without_follow_up", DAY, drawing, policy))


def test_followed_up_on_the_last_day_is_met_one_day_later_not_and_a_blank_is_no_evidence() -> None:
    assert found("""
        physical_checks  case_id | check_type | done_on    | result   | follow_up_on
                         C1      | bmi        | 2026-09-01 | abnormal | 2026-09-15
                         C2      | bmi        | 2026-09-01 | abnormal | 2026-09-16
                         C3      | bmi        | 2026-09-01 | abnormal |
                         C4      | bmi        |            | abnormal | 2026-09-15
                         C5      | bmi        | 2026-10-30 | abnormal |
    """) == {
        "C1 | bmi": "met",
        "C2 | bmi": "breach",
        "C3 | bmi": "not evidenced",
        "C4 | bmi": "not evidenced",
        "C5 | bmi": "not evidenced",
    }


def test_a_follow_up_before_the_check_or_after_the_day_shows_nothing() -> None:
    assert set(
        found("""
        physical_checks  case_id | check_type | done_on    | result   | follow_up_on
                         C1      | bmi        | 2026-09-10 | abnormal | 2026-09-09
                         C2      | bmi        | 2026-10-30 | abnormal | 2026-11-01
    """).values()
    ) == {"not evidenced"}


def test_normal_blank_and_future_results_are_not_looked_at_and_a_row_exported_twice_counts_once() -> None:
    result = run_check(
        "abnormal_result_without_follow_up",
        DAY,
        """
        physical_checks  case_id | check_type | done_on    | result   | follow_up_on
                         C1      | bmi        | 2026-09-01 | normal   |
                         C2      | bmi        | 2026-09-01 |          |
                         C3      | bmi        | 2026-11-01 | abnormal |
                         C4      | bmi        | 2026-09-01 | abnormal | 2026-09-02
                         C4      | bmi        | 2026-09-01 | abnormal | 2026-09-02
                         C4      | bmi        | 2026-03-01 | abnormal | 2026-06-02
        """,
    )
    assert (result.population, result.met, result.breach) == (2, 1, 1)


def test_no_abnormal_result_is_not_applicable_and_no_table_not_assessable() -> None:
    normal = """
        physical_checks  case_id | check_type | done_on    | result   | follow_up_on
                         C1      | bmi        | 2026-09-01 | normal   |
    """
    assert run_check("abnormal_result_without_follow_up", DAY, normal).status == Status.NOT_APPLICABLE
    other = "cases  case_id | opened_on"
    assert run_check("abnormal_result_without_follow_up", DAY, other).status == Status.NOT_ASSESSABLE
