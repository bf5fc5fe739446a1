"""Words for the load a worker or a team carries."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import polars as pl
import pytest

from caseaudit.statistics import funnel

DRAWING = """
    staff  worker_id | role  | team  | wte | left_on
           W1        | Nurse | North | 1.0 |
           W2        | Nurse | North | 0.5 |
           W3        | Nurse | North |     |
           W4        | Nurse | South | 1.0 | 2026-10-31
    cases  case_id | team  | worker_id | opened_on  | acuity_band
           C1      | North | W1        | 2026-01-05 | very_high
           C2      | North | W1        | 2026-01-05 | high
           C3      | North | W2        | 2026-01-05 | high
           C4      | North | W3        | 2026-01-05 | low
           C5      | North |           | 2026-01-05 | moderate
           C6      | South | W4        | 2026-01-05 | low
           C7      |       | W4        | 2026-01-05 | low
"""


def by_worker(frame: pl.DataFrame, *columns: str) -> dict[str, tuple]:
    return {row[0]: row[1:] for row in frame.select("worker_id", *columns).iter_rows()}


def test_points_held_against_those_allowed_at_the_workers_wte(spoken) -> None:
    frame = spoken("points_held", DRAWING, max_points_per_wte=6)
    assert by_worker(frame, "points_per_wte", "points_allowed", "points_over") == {
        "W1": (9.0, 6.0, 3.0),
        "W2": (6.0, 3.0, 0.0),
        "W3": (None, None, None),
        "W4": (2.0, 6.0, -4.0),
    }


def test_high_acuity_cases_per_wte_and_against_the_part_of_the_team(spoken) -> None:
    frame = spoken("acuity_held", DRAWING, max_high_acuity_per_wte=2, concentration_min_cases=1)
    # North holds 3 high-acuity cases at 1.5 WTE, W3's blank counting as nothing
    assert by_worker(frame, "high_acuity_over", "concentration_ratio", "concentration_over") == {
        "W1": (0.0, 1.0, -1.0),
        "W2": (0.0, 1.0, -1.0),
        "W3": (None, None, None),
        "W4": (-2.0, 0.0, 0.0),
    }


def test_with_too_few_cases_concentration_keeps_its_limit_whatever_the_ratio(spoken) -> None:
    drawing = DRAWING.replace("C3      | North | W2        | 2026-01-05 | high", "C3 | North | W2 | 2026-01-05 | low ")
    frame = spoken("acuity_held", drawing, max_concentration_ratio=1.0, concentration_min_cases=2)
    assert by_worker(frame, "concentration_over")["W1"] == (0.5,)  # all of the team's at two thirds of its WTE
    frame = spoken("acuity_held", drawing, max_concentration_ratio=1.0, concentration_min_cases=3)
    assert by_worker(frame, "concentration_over")["W1"] == (0.0,)


def test_a_teams_load_is_that_of_its_cases_held_or_not_at_the_wte_of_its_holders_in_post(spoken) -> None:
    frame = spoken("team_loads", DRAWING, max_team_points_per_wte=10)
    assert frame.select("team", "open_cases", "points", "wte", "points_allowed", "points_over").rows() == [
        ("North", 5, 15.0, 1.5, 15.0, 0.0),
        ("South", 1, 1.0, 0.0, 0.0, float("inf")),
    ]
    assert (frame["origin"] % 2**32).to_list() == [2, 7]


def test_the_rating_funnel_is_that_of_the_service_at_the_workers_number_of_banded_cases(spoken) -> None:
    frame = spoken("rating_funnel", DRAWING)
    bounds = funnel.limits([2], Fraction(3, 7), "0.998")[0]
    assert by_worker(frame, "high_share", "service_share", "lower", "upper")["W1"] == (
        1.0,
        pytest.approx(3 / 7),
        bounds.lower,
        bounds.upper,
    )


def test_who_rated_nothing_has_no_share_and_no_limits(spoken) -> None:
    drawing = "staff worker_id | role\nW1 | Nurse\ncases case_id | worker_id | opened_on\nC1 | W1 | 2026-01-05"
    assert by_worker(spoken("rating_funnel", drawing), "high_share", "lower", "upper") == {"W1": (None, None, None)}


RELIEF = "staff worker_id | role | team\nW1 | Nurse | North\nW2 | Nurse | North\nW3 | Nurse |\n"


def relief(spoken, more: str) -> dict[str, tuple]:
    return by_worker(spoken("relief", RELIEF + more), "relieved_on", "all_known")


def test_relief_is_the_last_thing_done_for_each_worker_by_the_day(spoken) -> None:
    day = dt.date(2026, 9, 1)
    assert relief(spoken, "") == {"W1": (None, False), "W2": (None, False), "W3": (None, False)}
    found = relief(
        spoken, "escalations raised_on | raised_by\n2026-09-01 | W1\n2026-08-01 | W1\n2026-11-01 | W1\n2026-09-01 |"
    )
    assert found == {"W1": (day, False), "W2": (None, False), "W3": (None, False)}
    found = relief(
        spoken, "capacity_exceptions team | worker_id | opened_on\nNorth | | 2026-09-01\nSouth | W3 | 2026-09-01"
    )
    assert found == {"W1": (day, False), "W2": (day, False), "W3": (day, False)}


def test_a_case_is_passed_on_where_another_worker_goes_on_with_it(spoken) -> None:
    found = relief(
        spoken,
        """
        allocations  case_id | worker_id | allocated_on | ended_on
                     C1      | W1        | 2026-01-05   | 2026-09-01
                     C1      | W2        | 2026-09-01   |
                     C2      | W3        | 2026-01-05   | 2026-09-01
                     C3      | W2        | 2026-01-05   | 2026-09-01
                     C3      | W3        | 2026-01-05   | 2026-09-01
        """,
    )
    assert found == {"W1": (dt.date(2026, 9, 1), False), "W2": (None, False), "W3": (None, False)}


def test_all_is_known_with_all_three_exports(spoken) -> None:
    every = (
        "escalations raised_on\ncapacity_exceptions team | opened_on\nallocations case_id | worker_id | allocated_on\n"
    )
    assert relief(spoken, every)["W1"] == (None, True)
