"""What each team owes every week and every working day, whether or not a row tells of it."""

import datetime as dt
from typing import Any

import polars as pl
import pytest

from caseaudit.policy import load
from caseaudit.running.desk import Desk
from caseaudit.testing import drawn_tables
from caseaudit.vocabulary import WORDS

STAFF = """
    staff  worker_id | role | team  | left_on
           W1        | N    | North |
           W2        | N    | North |
           W3        | N    | South | 2026-01-05
           W4        | N    |       |
"""
CASES = "cases case_id | opened_on | team\nC1 | 2026-01-05 | West\nC2 | 2026-01-05 | North\n"


def word(name: str, drawing: str = STAFF, as_at: str = "2026-10-31", **policy: Any) -> pl.DataFrame:
    day = dt.date.fromisoformat(as_at)
    made: pl.DataFrame = Desk(drawn_tables(drawing), load(day, values=policy), day).call(WORDS[name].make).collect()
    return made


def test_a_team_has_somebody_in_post_or_an_open_case() -> None:
    assert word("teams")["team"].to_list() == ["North"]
    assert word("teams", STAFF + CASES)["team"].to_list() == ["North", "West"]


def test_a_team_leads_back_to_its_first_row_of_the_staff_list() -> None:
    assert word("teams", STAFF + CASES)["origin"].to_list() == [2, 2**32 + 2]


@pytest.mark.parametrize(
    ("as_at", "lookback", "weeks"),
    [
        ("2026-10-25", 7, ["2026-10-19"]),  # Monday to Sunday, exactly
        ("2026-10-25", 6, []),
        ("2026-10-24", 13, ["2026-10-12"]),
        ("2026-10-26", 14, ["2026-10-19"]),
        ("2026-10-26", 15, ["2026-10-12", "2026-10-19"]),
    ],
)
def test_a_week_counts_only_when_it_lies_wholly_within_the_look_back(
    as_at: str, lookback: int, weeks: list[str]
) -> None:
    found = word("team_weeks", as_at=as_at, lookback_days=lookback)["week"].to_list()
    assert [day.isoformat() for day in found] == weeks


def test_working_days_leave_out_weekends_and_the_holidays_of_the_region() -> None:
    def days(region: str) -> list[str]:
        found = word("team_days", as_at="2026-12-02", lookback_days=5, holiday_region=region)["date"]
        return [day.isoformat()[5:] for day in found]

    # Saturday 28 November to Wednesday 2 December; Monday 30 November is St Andrew's Day
    assert days("ENG") == ["11-30", "12-01", "12-02"]
    assert days("SCT") == ["12-01", "12-02"]


def test_new_year_is_no_working_day_when_the_look_back_begins_in_the_year_before() -> None:
    found = word("team_days", as_at="2026-01-02", lookback_days=9).filter(team="North")["date"]
    assert [day.isoformat()[5:] for day in found] == ["12-29", "12-30", "12-31", "01-02"]


def test_without_a_look_back_nobody_owes_anything() -> None:
    assert word("team_days", lookback_days=0).is_empty()
    assert word("team_weeks", lookback_days=0).is_empty()
