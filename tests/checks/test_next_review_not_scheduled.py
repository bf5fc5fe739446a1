"""REV02: no timely next review is scheduled."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def scheduled(drawing: str) -> dict[str, str]:
    return outcomes(run_check("next_review_not_scheduled", DAY, drawing))


def test_the_last_day_of_the_interval_is_soon_enough_and_the_day_after_is_not() -> None:
    assert scheduled("""
        cases    case_id | opened_on  | acuity_band
                 C1      | 2025-03-03 | very_high
                 C2      | 2025-03-03 | very_high
        reviews  case_id | reviewed_on | next_review_on
                 C1      | 2026-10-10  | 2026-11-07
                 C2      | 2026-10-10  | 2026-11-08
    """) == {"C1": "met", "C2": "breach"}


def test_the_next_review_lies_after_the_last() -> None:
    assert scheduled("""
        cases    case_id | opened_on  | acuity_band
                 C1      | 2025-03-03 | low
                 C2      | 2025-03-03 | low
        reviews  case_id | reviewed_on | next_review_on
                 C1      | 2026-10-10  | 2026-10-11
                 C2      | 2026-10-10  | 2026-10-10
    """) == {"C1": "met", "C2": "breach"}


def test_the_case_may_name_the_day_where_the_review_does_not_or_no_longer_does() -> None:
    assert scheduled("""
        cases    case_id | opened_on  | acuity_band | next_review_on
                 C1      | 2025-03-03 | high        | 2026-11-20
                 C2      | 2025-03-03 | high        | 2026-10-10
                 C3      | 2025-03-03 | high        | 2026-09-01
        reviews  case_id | reviewed_on | next_review_on
                 C1      | 2026-10-10  |
                 C2      | 2026-10-10  | 2026-11-20
                 C3      | 2026-10-10  |
    """) == {"C1": "met", "C2": "met", "C3": "breach"}


def test_of_two_days_named_the_earlier_one_after_the_last_review_is_the_next() -> None:
    assert scheduled("""
        cases    case_id | opened_on  | acuity_band | next_review_on
                 C1      | 2025-03-03 | high        | 2027-11-20
                 C2      | 2025-03-03 | high        | 2026-11-20
        reviews  case_id | reviewed_on | next_review_on
                 C1      | 2026-10-10  | 2026-11-20
                 C2      | 2026-10-10  | 2027-11-20
    """) == {"C1": "met", "C2": "met"}


def test_of_two_days_that_are_not_after_the_last_review_the_later_is_shown() -> None:
    result = run_check(
        "next_review_not_scheduled",
        DAY,
        """
        cases    case_id | opened_on  | acuity_band | next_review_on
                 C1      | 2025-03-03 | high        | 2026-09-01
        reviews  case_id | reviewed_on | next_review_on
                 C1      | 2026-10-10  | 2026-10-09
        """,
    )
    assert result.findings is not None
    assert result.findings.collect()["detail"].to_list() == [
        "The day named, 9 Oct 2026, is not after the last review on 10 Oct 2026."
    ]


def test_no_day_named_is_not_evidenced_and_said_once() -> None:
    result = run_check(
        "next_review_not_scheduled",
        DAY,
        """
        cases    case_id | opened_on  | acuity_band
                 C1      | 2025-03-03 | high
        reviews  case_id | reviewed_on | next_review_on
                 C1      | 2026-10-10  |
        """,
    )
    assert outcomes(result) == {"C1": "not evidenced"}
    assert result.findings is not None
    assert result.findings.collect().height == 1


def test_exports_without_a_column_for_the_day_are_not_assessable() -> None:
    result = run_check(
        "next_review_not_scheduled",
        DAY,
        """
        cases    case_id | opened_on
                 C1      | 2025-03-03
        reviews  case_id | reviewed_on
                 C1      | 2026-10-10
        """,
    )
    assert result.status == Status.NOT_ASSESSABLE
    assert "(reviews.next_review_on) or" in str(result.reason)


def test_without_a_band_the_interval_is_not_evidenced_but_an_impossible_day_is_still_a_breach() -> None:
    assert scheduled("""
        cases    case_id | opened_on  | acuity_band
                 C1      | 2025-03-03 |
                 C2      | 2025-03-03 |
        reviews  case_id | reviewed_on | next_review_on
                 C1      | 2026-10-10  | 2026-10-20
                 C2      | 2026-10-10  | 2026-10-09
    """) == {"C1": "not evidenced", "C2": "breach"}


def test_only_open_cases_with_a_review_are_looked_at_and_only_the_last_review_counts() -> None:
    assert scheduled("""
        cases    case_id | opened_on  | closed_on  | acuity_band
                 C1      | 2025-03-03 |            | high
                 NONE    | 2025-03-03 |            | high
                 CLOSED  | 2025-03-03 | 2026-10-31 | high
                 AHEAD   | 2025-03-03 |            | high
        reviews  case_id | reviewed_on | next_review_on
                 C1      | 2026-09-10  | 2027-10-10
                 C1      | 2026-10-10  | 2026-11-10
                 CLOSED  | 2026-10-10  |
                 AHEAD   | 2026-11-01  |
    """) == {"C1": "met"}
