"""DQ03: dates that cannot be."""

from caseaudit.testing import outcomes, run_check


def dates(drawing: str) -> dict[str, str]:
    return outcomes(run_check("impossible_date", "2026-10-31", drawing))


def test_a_period_may_end_on_the_day_it_began_but_not_the_day_before() -> None:
    assert dates("""
        cases  case_id | opened_on  | closed_on
               C1      | 2026-03-02 | 2026-03-02
               C2      | 2026-03-02 | 2026-03-01
               C3      | 2026-03-02 |
    """) == {"cases | C1": "met", "cases | C2": "breach", "cases | C3": "met"}


def test_an_event_may_fall_on_the_as_at_date_but_not_the_day_after() -> None:
    assert dates("""
        reviews  case_id | reviewed_on
                 C1      | 2026-10-31
                 C2      | 2026-11-01
    """) == {"reviews | C1 | 2026-10-31": "met", "reviews | C2 | 2026-11-01": "breach"}


def test_days_that_may_lie_ahead_are_no_events() -> None:
    assert dates("""
        reviews   case_id | reviewed_on | next_review_on
                  C1      | 2026-10-01  | 2027-10-01
        contacts  contact_id | case_id | contact_on | outcome  | recorded_on
                  K1         | C1      | 2026-11-20 | attended |
                  K2         | C1      | 2026-11-20 | attended | 2026-11-20
    """) == {"reviews | C1 | 2026-10-01": "met", "contacts | K1": "met", "contacts | K2": "breach"}


def test_a_row_without_a_date_is_not_looked_at() -> None:
    drawing = "staff worker_id | role | started_on\nW1 | Nurse |"
    assert run_check("impossible_date", "2026-10-31", drawing).status == "not applicable"


def test_a_row_with_both_faults_is_one_breach_with_two_findings_that_name_the_fields() -> None:
    result = run_check(
        "impossible_date", "2026-10-31", "cases case_id | opened_on | closed_on\nC1 | 2026-11-02 | 2026-11-01"
    )
    assert result.breach == 1
    assert result.findings is not None
    assert result.findings.collect()["detail"].to_list() == [
        "Closed on is before Opened on.",
        "Opened on is dated after the as-at date.",
    ]
