"""PHY01: a physical health check is overdue."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("physical_check_overdue", DAY, drawing, policy))


def test_done_on_the_last_day_of_the_limit_is_met_and_one_day_earlier_is_not() -> None:
    drawing = """
        cases            case_id | opened_on
                         C1      | 2025-03-03
                         C2      | 2025-03-03
        physical_checks  case_id | check_type | done_on
                         C1      | bmi        | 2025-10-31
                         C2      | bmi        | 2025-10-30
    """
    assert found(drawing, physical_check_types=["bmi"]) == {"C1 | bmi": "met", "C2 | bmi": "breach"}


def test_every_open_case_owes_every_kind_of_check_of_the_policy_and_no_other() -> None:
    result = run_check(
        "physical_check_overdue",
        DAY,
        """
        cases            case_id | opened_on  | closed_on  | on_hold_from
                         OPEN    | 2025-03-03 |            |
                         ONHOLD  | 2025-03-03 |            | 2026-10-01
                         CLOSED  | 2025-03-03 | 2026-10-31 |
        physical_checks  case_id | check_type | done_on
                         OPEN    | eyesight   | 2026-10-01
        """,
    )
    assert result.population == 2 * 6
    assert set(outcomes(result).values()) == {"breach"}


def test_a_row_without_a_date_may_be_the_missing_check_unless_another_is_in_time() -> None:
    drawing = """
        cases            case_id | opened_on
                         C1      | 2025-03-03
                         C2      | 2025-03-03
        physical_checks  case_id | check_type | done_on
                         C1      | bmi        | 2025-01-01
                         C1      | bmi        |
                         C2      | bmi        | 2026-01-01
                         C2      | bmi        |
    """
    assert found(drawing, physical_check_types=["bmi"]) == {"C1 | bmi": "not evidenced", "C2 | bmi": "met"}


def test_the_latest_check_counts_and_one_after_the_day_is_not_seen() -> None:
    drawing = """
        cases            case_id | opened_on
                         C1      | 2025-03-03
                         C2      | 2025-03-03
        physical_checks  case_id | check_type | done_on
                         C1      | bmi        | 2026-09-01
                         C1      | bmi        | 2024-09-01
                         C2      | bmi        | 2026-11-01
    """
    assert found(drawing, physical_check_types=["bmi"]) == {"C1 | bmi": "met", "C2 | bmi": "breach"}


def test_the_target_is_reached_at_its_share_and_missed_below_it() -> None:
    drawing = """
        cases            case_id | opened_on
                         C1      | 2025-03-03
        physical_checks  case_id | check_type | done_on
                         C1      | a          | 2026-09-01
                         C1      | b          | 2026-09-01
                         C1      | c          | 2026-09-01
    """
    for kinds, status in (("abcde", Status.MET), ("abcdef", Status.NOT_MET)):
        result = run_check("physical_check_overdue", DAY, drawing, {"physical_check_types": list(kinds)})
        assert (result.met, result.status) == (3, status)


def test_without_open_cases_not_applicable_and_without_dates_not_assessable() -> None:
    nobody = "cases  case_id | opened_on\nphysical_checks  case_id | check_type | done_on"
    assert run_check("physical_check_overdue", DAY, nobody).status == Status.NOT_APPLICABLE
    dateless = "cases  case_id | opened_on\nphysical_checks  case_id | check_type"
    assert run_check("physical_check_overdue", DAY, dateless).status == Status.NOT_ASSESSABLE
