"""PHY03: a team has no physical health link worker."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("physical_health_link_missing", DAY, drawing, policy))


def test_the_role_counts_however_it_is_written_and_only_in_post() -> None:
    assert found("""
        staff  worker_id | role                          | team  | started_on | left_on
               W1        | Physical-Health LINK worker   | North | 2026-10-31 |
               W2        | Nurse (physical health link)  | South |            | 2026-11-01
               W3        | Physical health link          | East  |            | 2026-10-31
               W4        | Nurse                         | East  |            |
               W5        | Physical health link          | West  | 2026-11-01 |
               W6        | Health care assistant         | West  |            |
    """) == {"North": "met", "South": "met", "East": "breach", "West": "breach"}


def test_one_of_no_known_team_may_be_the_teams() -> None:
    assert found("""
        staff  worker_id | role                 | team
               W1        | Physical health link | North
               W2        | Physical health link |
               W3        | Nurse                | South
    """) == {"North": "met", "South": "not evidenced"}


def test_a_team_with_open_cases_and_nobody_in_post_is_looked_at() -> None:
    assert found("""
        staff  worker_id | role                 | team
               W1        | Physical health link | North
        cases  case_id | opened_on  | team
               C1      | 2026-03-02 | South
    """) == {"North": "met", "South": "breach"}


def test_the_words_for_the_role_are_the_policys() -> None:
    drawing = """
        staff  worker_id | role           | team
               W1        | Wellbeing nurse | North
    """
    assert found(drawing, physical_health_link_role="Well-being nurse") == {"North": "breach"}
    assert found(drawing, physical_health_link_role="WELLBEING Nurse") == {"North": "met"}


def test_no_team_is_not_applicable_and_no_column_of_teams_not_assessable() -> None:
    left = "staff  worker_id | role | team | left_on\nW1 | Nurse | North | 2026-01-01"
    assert run_check("physical_health_link_missing", DAY, left).status == Status.NOT_APPLICABLE
    teamless = "staff  worker_id | role\nW1 | Nurse"
    assert run_check("physical_health_link_missing", DAY, teamless).status == Status.NOT_ASSESSABLE
