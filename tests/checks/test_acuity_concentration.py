"""ACU01: high-acuity work is piled on one worker."""

from datetime import date
from pathlib import Path

import pytest

from caseaudit.model import Result
from caseaudit.policy import load
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def held(*workers: tuple[str, str, str, int], low: int = 0, **policy: object) -> Result:
    """Workers as (id, team, WTE, high-acuity cases), each with `low` cases of low acuity besides."""
    staff = "\n".join(f"{worker} | Nurse | {team} | {wte}" for worker, team, wte, _ in workers)
    cases = "\n".join(
        f"C-{worker}-{number} | {worker} | 2026-03-02 | {'high' if number < high else 'low'}"
        for worker, _, _, high in workers
        for number in range(high + low)
    )
    drawing = (
        f"staff worker_id | role | team | wte\n{staff}\ncases case_id | worker_id | opened_on | acuity_band\n{cases}"
    )
    return run_check("acuity_concentration", DAY, drawing, policy)


def test_the_limit_per_wte_is_met_and_one_case_more_is_not() -> None:
    result = held(("W1", "North", "1.0", 12), ("W2", "North", "0.5", 6), ("W3", "North", "1.0", 13))
    assert outcomes(result) == {"W1": "met", "W2": "met", "W3": "breach"}


def test_a_share_of_exactly_the_ratio_is_met_and_above_it_is_not() -> None:
    # W1 holds 10 of 15 at 1 of 3 WTE: exactly 2.0 times its share, where two rounded thirds would make it more
    at = held(("W1", "North", "1.0", 10), ("W2", "North", "1.0", 3), ("W3", "North", "1.0", 2))
    assert outcomes(at)["W1"] == "met"
    above = held(("W1", "North", "1.0", 10), ("W2", "North", "1.0", 3), ("W3", "North", "1.0", 1), low=1)
    assert outcomes(above) == {"W1": "breach", "W2": "met", "W3": "met"}


def test_below_the_least_number_of_cases_a_share_says_nothing() -> None:
    assert outcomes(held(("W1", "North", "1.0", 4), ("W2", "North", "2.0", 0), low=1))["W1"] == "met"
    assert outcomes(held(("W1", "North", "1.0", 5), ("W2", "North", "2.0", 0), low=1))["W1"] == "breach"


def test_only_those_of_the_team_who_hold_cases_count() -> None:
    drawing = """
        staff  worker_id | role    | team  | wte
               W1        | Nurse   | North | 1.0
               W2        | Nurse   | North | 1.0
               BOSS      | Manager | North | 9.0
               SOUTH     | Nurse   | South | 9.0
        cases  case_id | worker_id | opened_on  | acuity_band
    """ + "".join(f"C{n} | W{1 + (n > 5)} | 2026-03-02 | high\n" for n in range(8))
    assert outcomes(run_check("acuity_concentration", DAY, drawing)) == {"W1": "met", "W2": "met"}


def test_a_colleagues_blank_wte_counts_as_nothing_and_ones_own_is_not_evidenced() -> None:
    # with a WTE for W2 the ratio of W1 would be 5/6 over 1/3
    result = held(("W1", "North", "1.0", 5), ("W2", "North", "", 1), low=1)
    assert outcomes(result) == {"W1": "met", "W2": "not evidenced"}
    assert outcomes(held(("W1", "North", "1.0", 5), ("W2", "North", "2.0", 1), low=1))["W1"] == "breach"


def test_a_worker_without_a_team_or_not_in_the_staff_list_is_not_evidenced() -> None:
    drawing = """
        staff  worker_id | role  | team | wte
               W1        | Nurse |      | 1.0
        cases  case_id | worker_id | opened_on  | acuity_band
               C0      | UNKNOWN   | 2026-03-02 | high
    """ + "".join(f"C{n} | W1 | 2026-03-02 | high\n" for n in range(1, 6))
    assert outcomes(run_check("acuity_concentration", DAY, drawing)) == {
        "UNKNOWN": "not evidenced",
        "W1": "not evidenced",
    }


def test_too_many_cases_per_wte_is_a_breach_even_where_the_share_is_not_evidenced() -> None:
    assert outcomes(held(("W1", "", "1.0", 13))) == {"W1": "breach"}


def test_a_wte_of_nothing_allows_no_high_acuity_case() -> None:
    assert outcomes(held(("W1", "North", "0", 1), ("W2", "North", "1.0", 1))) == {"W1": "breach", "W2": "met"}


def test_a_team_may_have_a_limit_of_its_own(tmp_path: Path) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text(
        'max_high_acuity_per_wte = 2\n[[override]]\nteam = "South"\nmax_high_acuity_per_wte = 1\n', encoding="utf-8"
    )
    stricter = load(date(2026, 10, 31), ours)
    drawing = """
        staff  worker_id | role  | team  | wte
               W1        | Nurse | North | 1.0
               W2        | Nurse | South | 1.0
        cases  case_id | worker_id | opened_on  | acuity_band
               C1      | W1        | 2026-03-02 | high
               C2      | W1        | 2026-03-02 | high
               C3      | W2        | 2026-03-02 | high
               C4      | W2        | 2026-03-02 | high
    """
    assert outcomes(run_check("acuity_concentration", DAY, drawing, stricter)) == {"W1": "met", "W2": "breach"}


def test_gini_and_hhi_per_team_include_those_who_hold_none() -> None:
    measures = held(("W1", "North", "1.0", 4), ("W2", "North", "1.0", 0), ("W3", "South", "1.0", 0), low=1).measures
    assert measures["gini"] == {"North": 0.5, "South": None}
    assert measures["hhi"] == {"North": 1.0, "South": None}


def test_a_third_of_the_cases_each_is_no_concentration() -> None:
    measures = held(*((f"W{n}", "North", "1.0", 2) for n in range(3))).measures
    assert measures["gini"] == {"North": 0.0}
    assert measures["hhi"]["North"] == pytest.approx(1 / 3)
