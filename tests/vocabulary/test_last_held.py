"""A team's last governance act, and the team of a case."""

from __future__ import annotations

import datetime as dt

import polars as pl

from caseaudit.vocabulary import last_held, with_team

AS_AT = dt.date(2026, 10, 31)
TEAMS = pl.LazyFrame({"team": ["North", "South"], "origin": [1, 2]})


def acts(*rows: tuple[str | None, int]) -> pl.LazyFrame:
    """Acts as team and days before the as-at date."""
    dated = [(team, AS_AT - dt.timedelta(days=back)) for team, back in rows]
    return pl.LazyFrame(dated, schema={"team": pl.String, "held_on": pl.Date}, orient="row")


def held(frame: pl.LazyFrame) -> list[bool | None]:
    return last_held(TEAMS, frame, pl.lit(7), AS_AT).collect().sort("team")["held"].to_list()


def test_the_last_act_counts_on_the_first_day_of_the_limit_and_not_before() -> None:
    assert held(acts(("North", 7), ("North", 90), ("South", 8))) == [True, False]


def test_no_act_and_one_still_to_come_are_none() -> None:
    assert held(acts(("North", -1))) == [False, False]


def test_an_act_of_no_team_leaves_those_open_that_have_none_of_their_own() -> None:
    assert held(acts(("North", 1), (None, 7))) == [True, None]
    assert held(acts((None, 8))) == [False, False]


def test_the_team_of_a_case_is_added_and_no_row_is_multiplied() -> None:
    frame = pl.LazyFrame({"case_id": ["C1", "C2", None]})
    cases = pl.LazyFrame({"case_id": ["C1", "C3"], "team": ["North", "South"]})
    assert with_team(frame, cases).collect()["team"].to_list() == ["North", None, None]
    assert with_team(frame, None).collect()["team"].to_list() == [None, None, None]
