"""DEM02: a full team takes on more than it closes."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("demand_outruns_capacity", DAY, drawing, policy))


def team(accepted: list[str], closed: list[str], *, points: int = 2, wte: str = "1", pending: int = 0) -> str:
    """A team with one worker who holds so many low-band cases, the days of acceptance, and those of closing."""
    lines = ["staff  worker_id | role | team | wte", f"W1 | Nurse | North | {wte}"]
    lines.append("cases  case_id | worker_id | team | opened_on | closed_on | acuity_band")
    lines += [f"O{number} | W1 | North | 2026-01-05 | | low" for number in range(points)]
    lines += [f"X{number} | W1 | North | 2026-01-05 | {day} | low" for number, day in enumerate(closed)]
    lines.append("referrals  referral_id | team | received_on | accepted_on | closed_on")
    lines += [f"R{number} | North | 2026-01-05 | {day} |" for number, day in enumerate(accepted)]
    lines += [f"P{number} | North | 2026-10-20 | |" for number in range(pending)]
    return "\n".join(lines)


SEP = "2026-09-15"
LIMIT = {"max_team_points_per_wte": 1}


def test_growth_over_the_limit_is_a_breach_and_either_alone_is_not() -> None:
    assert found(team([SEP, SEP], [SEP]), **LIMIT) == {"North": "breach"}
    assert found(team([SEP], [SEP]), **LIMIT) == {"North": "met"}
    assert found(team([SEP, SEP], [SEP]), max_team_points_per_wte=2) == {"North": "met"}


def test_the_window_is_months_of_the_calendar() -> None:
    assert found(team(["2026-08-01"], []), **LIMIT) == {"North": "breach"}
    assert found(team(["2026-07-31"], []), **LIMIT) == {"North": "met"}
    assert found(team(["2026-11-01"], []), **LIMIT) == {"North": "met"}
    assert found(team([SEP], ["2026-07-31"]), **LIMIT) == {"North": "breach"}
    assert found(team([SEP], ["2026-11-01"]), **LIMIT) == {"North": "breach"}


def test_referrals_not_known_to_be_accepted_are_no_evidence_where_they_decide() -> None:
    assert found(team([], [], pending=1), **LIMIT) == {"North": "not evidenced"}
    assert found(team([], [SEP], pending=1), **LIMIT) == {"North": "met"}
    assert found(team([], [], pending=1), max_team_points_per_wte=2) == {"North": "met"}


def test_an_accepted_referral_of_no_known_team_may_be_anybodys_and_one_of_a_known_case_is_its_teams() -> None:
    assert found(team([], []) + f"\nN1 | | 2026-01-05 | {SEP} |", **LIMIT) == {"North": "not evidenced"}
    of_case = team([], []).replace("referral_id | team", "referral_id | case_id | team")
    assert found(of_case + f"\nN1 | O1 | | 2026-01-05 | {SEP} |", **LIMIT) == {"North": "breach"}


def test_without_any_wte_the_load_is_over_every_limit() -> None:
    assert found(team([SEP], [], wte="")) == {"North": "breach"}


def test_a_team_without_an_open_case_has_no_load_to_tell_by() -> None:
    assert found(team([SEP], [], points=0)) == {"North": "not evidenced"}
    assert found(team([], [], points=0)) == {"North": "met"}


def test_no_team_is_not_applicable_and_no_referrals_not_assessable() -> None:
    nobody = team([], [], points=0).replace("W1 | Nurse | North | 1", "")
    assert run_check("demand_outruns_capacity", DAY, nobody).status == Status.NOT_APPLICABLE
    alone = team([], []).partition("referrals")[0]
    assert run_check("demand_outruns_capacity", DAY, alone).status == Status.NOT_ASSESSABLE
