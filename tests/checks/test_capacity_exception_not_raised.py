"""CAP02: a worker or team is over a safe threshold and no capacity exception is open."""

from caseaudit.testing import outcomes, run_check

STAFF = """
    staff  worker_id | role  | team  | wte
           W1        | Nurse | North | 1.0
           W2        | Nurse | North | 1.0
    cases  case_id | team  | worker_id | opened_on  | acuity_band
           C1      | North | W1        | 2026-03-02 | very_high
           C2      | North | W2        | 2026-03-02 | low
    capacity_exceptions  team | worker_id | opened_on | closed_on
"""
WORKERS = {"max_points_per_wte": 5, "max_team_points_per_wte": 99}
TEAMS = {"max_points_per_wte": 99, "max_team_points_per_wte": 3}


def covered(exceptions: str, policy: dict[str, int]) -> dict[str, str]:
    return outcomes(run_check("capacity_exception_not_raised", "2026-10-31", STAFF + exceptions, policy))


def test_only_those_over_a_threshold_are_looked_at() -> None:
    assert covered("", WORKERS) == {"North | W1": "breach"}
    assert covered("", {**WORKERS, "max_points_per_wte": 6}) == {}
    assert covered("", {"max_high_acuity_per_wte": 0}) == {"North | W1": "breach"}


def test_a_worker_is_covered_by_their_own_exception_or_the_whole_teams() -> None:
    assert covered("North | W1 | 2026-10-31 |", WORKERS) == {"North | W1": "met"}
    assert covered("North | | 2026-10-31 |", WORKERS) == {"North | W1": "met"}
    assert covered("North | W2 | 2026-10-31 |", WORKERS) == {"North | W1": "breach"}
    assert covered("South | | 2026-10-31 |", WORKERS) == {"North | W1": "breach"}


def test_an_exception_closed_by_the_day_or_opened_after_it_covers_nobody() -> None:
    assert covered("North | W1 | 2026-10-01 | 2026-10-31", WORKERS) == {"North | W1": "breach"}
    assert covered("North | W1 | 2026-10-01 | 2026-11-01", WORKERS) == {"North | W1": "met"}
    assert covered("North | W1 | 2026-11-01 |", WORKERS) == {"North | W1": "breach"}


def test_a_team_over_its_limit_needs_an_exception_for_the_whole_team() -> None:
    assert covered("", TEAMS) == {"North | blank": "breach"}  # 7 points at 2.0 WTE
    assert covered("North | W1 | 2026-10-01 |", TEAMS) == {"North | blank": "breach"}
    assert covered("North | | 2026-10-01 |", TEAMS) == {"North | blank": "met"}
    assert covered("", {**TEAMS, "max_team_points_per_wte": 4}) == {}


def test_cases_nobody_holds_weigh_on_the_team() -> None:
    unheld = STAFF.replace("C2      | North | W2 ", "C2      | North |    ")
    values = {"max_points_per_wte": 99, "max_team_points_per_wte": 6}
    assert outcomes(run_check("capacity_exception_not_raised", "2026-10-31", STAFF, values)) == {}
    found = run_check("capacity_exception_not_raised", "2026-10-31", unheld, values)
    assert outcomes(found) == {"North | blank": "breach"}  # 7 points at the 1.0 WTE of those who hold cases
    values = {"max_points_per_wte": 99, "max_team_points_per_wte": 7}
    assert outcomes(run_check("capacity_exception_not_raised", "2026-10-31", unheld, values)) == {}
