"""GOV01: a team's review of its tasks and risks is overdue."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("task_and_risk_review_overdue", DAY, drawing, policy))


def log(*rows: str) -> str:
    """Two teams, North with staff and South with an open case; governance acts as activity, team, day, outcome."""
    return "\n".join(
        [
            "staff  worker_id | role | team",
            "W1 | Nurse | North",
            "cases  case_id | team | opened_on",
            "C1 | South | 2026-03-02",
            "governance  activity | team | held_on | outcome",
            *rows,
        ]
    )


REVIEW = "task_and_risk_review"


def test_held_on_the_first_day_of_the_limit_is_met_and_one_day_earlier_is_not() -> None:
    rows = (f"{REVIEW} | North | 2026-08-01 |", f"{REVIEW} | South | 2026-07-31 |")
    assert found(log(*rows)) == {"North": "met", "South": "breach"}


def test_a_team_without_a_row_is_a_breach_and_never_absent() -> None:
    assert found(log()) == {"North": "breach", "South": "breach"}


def test_the_last_one_counts_other_acts_and_later_days_do_not() -> None:
    rows = (
        f"{REVIEW} | North | 2026-10-01 |",
        f"{REVIEW} | North | 2025-10-01 |",
        "case_sampling | South | 2026-10-01 |",
        f"{REVIEW} | South | 2026-11-01 |",
    )
    assert found(log(*rows)) == {"North": "met", "South": "breach"}


def test_one_that_names_no_team_may_have_been_anybodys() -> None:
    assert found(log(f"{REVIEW} | | 2026-10-01 |", f"{REVIEW} | North | 2026-10-01 |")) == {
        "North": "met",
        "South": "not evidenced",
    }
    assert found(log(f"{REVIEW} | | 2026-07-31 |")) == {"North": "breach", "South": "breach"}


def test_no_team_is_not_applicable_and_no_log_not_assessable() -> None:
    nobody = "staff  worker_id | role | team\ngovernance  activity | team | held_on"
    assert run_check("task_and_risk_review_overdue", DAY, nobody).status == Status.NOT_APPLICABLE
    assert run_check("task_and_risk_review_overdue", DAY, log().partition("gov")[0]).status == Status.NOT_ASSESSABLE
