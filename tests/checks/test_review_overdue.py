"""REV01: a review is overdue."""

from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def reviews(drawing: str) -> dict[str, str]:
    return outcomes(run_check("review_overdue", DAY, drawing))


def test_due_on_the_day_is_in_time_and_one_day_past_is_not() -> None:
    assert reviews("""
        cases    case_id | opened_on  | acuity_band
                 C1      | 2025-03-03 | very_high
                 C2      | 2025-03-03 | very_high
        reviews  case_id | reviewed_on
                 C1      | 2026-10-03
                 C2      | 2026-10-02
    """) == {"C1": "met", "C2": "breach"}


def test_without_a_review_the_first_is_due_after_the_shorter_of_band_and_first_review_limit() -> None:
    assert reviews("""
        cases    case_id | opened_on  | acuity_band
                 C1      | 2026-09-05 | low
                 C2      | 2026-09-04 | low
                 C3      | 2026-10-03 | very_high
                 C4      | 2026-10-02 | very_high
        reviews  case_id | reviewed_on
    """) == {"C1": "met", "C2": "breach", "C3": "met", "C4": "breach"}


def test_an_earlier_day_named_by_the_review_or_the_case_counts_a_later_one_does_not() -> None:
    assert reviews("""
        cases    case_id | opened_on  | acuity_band | next_review_on
                 C1      | 2025-03-03 | low         | 2026-10-30
                 C2      | 2025-03-03 | low         |
                 C3      | 2025-03-03 | very_high   | 2027-10-30
        reviews  case_id | reviewed_on | next_review_on
                 C1      | 2026-09-01  |
                 C2      | 2026-09-01  | 2026-10-30
                 C3      | 2026-09-01  | 2027-10-30
    """) == {"C1": "breach", "C2": "breach", "C3": "breach"}


def test_a_day_named_that_the_last_review_has_kept_no_longer_counts() -> None:
    assert reviews("""
        cases    case_id | opened_on  | acuity_band | next_review_on
                 C1      | 2025-03-03 | low         | 2026-09-01
        reviews  case_id | reviewed_on
                 C1      | 2026-09-01
    """) == {"C1": "met"}


def test_no_band_or_an_unknown_one_is_not_evidenced() -> None:
    assert reviews("""
        cases    case_id | opened_on  | acuity_band
                 C1      | 2025-03-03 |
                 C2      | 2025-03-03 | amber
        reviews  case_id | reviewed_on
                 C1      | 2026-10-30
                 C2      | 2026-10-30
    """) == {"C1": "not evidenced", "C2": "not evidenced"}


def test_closed_future_and_held_cases_are_not_looked_at() -> None:
    assert reviews("""
        cases    case_id | opened_on  | closed_on  | on_hold_from | on_hold_until | acuity_band
                 CLOSED  | 2025-03-03 | 2026-10-31 |              |               | low
                 COMING  | 2026-11-01 |            |              |               | low
                 ONHOLD  | 2025-03-03 |            | 2026-10-31   |               | low
                 BACK    | 2025-03-03 |            | 2026-09-01   | 2026-10-31    | low
                 CLOSING | 2025-03-03 | 2026-11-01 |              |               | low
        reviews  case_id | reviewed_on
    """) == {"BACK": "breach", "CLOSING": "breach"}


def test_a_review_dated_after_the_day_is_not_seen() -> None:
    assert reviews("""
        cases    case_id | opened_on  | acuity_band
                 C1      | 2025-03-03 | very_high
        reviews  case_id | reviewed_on
                 C1      | 2026-11-01
    """) == {"C1": "breach"}


def test_the_finding_says_when_it_was_due_and_how_long_ago() -> None:
    result = run_check(
        "review_overdue",
        DAY,
        """
        cases    case_id | opened_on  | acuity_band | team
                 C1      | 2025-03-03 | very_high   | North
        reviews  case_id | reviewed_on
                 C1      | 2026-10-02
        """,
    )
    assert result.findings is not None
    finding = result.findings.collect().row(0, named=True)
    assert finding["detail"] == "Due 30 Oct 2026, 1 day ago; band very high."
    assert (finding["team"], finding["source_file"], finding["source_row"]) == ("North", "cases.csv", 2)
