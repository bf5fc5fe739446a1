"""CAP07: a team with open cases has had no allocation review lately."""

from caseaudit.testing import outcomes, run_check


def reviewed(*acts: str, cases: str = "C1 | North | 2026-03-02 |") -> dict[str, str]:
    drawing = f"cases case_id | team | opened_on | closed_on\n{cases}\ngovernance activity | team | held_on\n"
    return outcomes(run_check("allocation_review_missed", "2026-10-31", drawing + "\n".join(acts)))


def test_seven_days_ago_is_in_time_and_eight_is_not() -> None:
    assert reviewed("allocation_review | North | 2026-10-24") == {"North": "met"}
    assert reviewed("allocation_review | North | 2026-10-23") == {"North": "breach"}


def test_other_acts_other_teams_and_days_to_come_do_not_count() -> None:
    assert reviewed("case_sampling | North | 2026-10-30") == {"North": "breach"}
    assert reviewed("allocation_review | South | 2026-10-30") == {"North": "breach"}
    assert reviewed("allocation_review | North | 2026-11-01") == {"North": "breach"}


def test_a_review_that_names_no_team_leaves_it_open() -> None:
    assert reviewed("allocation_review | | 2026-10-30") == {"North": "not evidenced"}
    assert reviewed("allocation_review | | 2026-10-23") == {"North": "breach"}
    assert reviewed("allocation_review | | 2026-10-30", "allocation_review | North | 2026-10-30") == {"North": "met"}


def test_teams_without_open_cases_are_not_looked_at() -> None:
    assert reviewed(cases="C1 | North | 2026-03-02 | 2026-10-31\nC2 | | 2026-03-02 |") == {}
