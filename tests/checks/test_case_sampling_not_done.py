"""GOV02: a team's cases have not been sampled lately."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("case_sampling_not_done", DAY, drawing, policy))


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


def test_sampled_on_the_first_day_of_the_limit_is_met_and_one_day_earlier_is_not() -> None:
    rows = ("case_sampling | North | 2026-08-01 | fine", "case_sampling | South | 2026-07-31 | fine")
    assert found(log(*rows)) == {"North": "met", "South": "breach"}


def test_a_team_without_a_row_is_a_breach_and_never_absent() -> None:
    assert found(log()) == {"North": "breach", "South": "breach"}


def test_sampling_without_an_outcome_is_no_evidence_unless_another_has_one() -> None:
    rows = (
        "case_sampling | North | 2026-10-20 |",
        "case_sampling | North | 2026-09-20 | two plans to be rewritten",
        "case_sampling | South | 2026-10-20 |",
        "case_sampling | South | 2026-01-20 | fine",
    )
    assert found(log(*rows)) == {"North": "met", "South": "not evidenced"}


def test_sampling_that_names_no_team_is_no_evidence() -> None:
    assert found(log("case_sampling | | 2026-10-20 | fine")) == {"North": "not evidenced", "South": "not evidenced"}


def test_no_team_is_not_applicable_and_no_outcomes_not_assessable() -> None:
    nobody = "staff  worker_id | role | team\ngovernance  activity | team | held_on | outcome"
    assert run_check("case_sampling_not_done", DAY, nobody).status == Status.NOT_APPLICABLE
    bare = "staff  worker_id | role | team\ngovernance  activity | team | held_on"
    assert run_check("case_sampling_not_done", DAY, bare).status == Status.NOT_ASSESSABLE
