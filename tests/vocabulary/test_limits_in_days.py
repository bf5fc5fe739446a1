"""The last day of a limit, months back, and days from an event to its answer."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from caseaudit.policy import load
from caseaudit.vocabulary import days_taken, months_before, plus_working_days

AS_AT = dt.date(2026, 10, 31)


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        ("2026-10-08", 1, "2026-10-09"),  # Thursday to Friday
        ("2026-10-09", 1, "2026-10-12"),  # Friday to Monday
        ("2026-10-10", 1, "2026-10-12"),  # Saturday to Monday
        ("2026-10-11", 1, "2026-10-12"),  # Sunday to Monday
        ("2026-08-28", 1, "2026-09-01"),  # the Friday before a bank holiday
        ("2026-10-09", 10, "2026-10-23"),
        ("2026-10-09", 0, "2026-10-09"),
    ],
)
def test_a_limit_in_working_days_ends_on_a_working_day(day: str, count: int, last: str) -> None:
    found = plus_working_days(pl.lit(dt.date.fromisoformat(day)), count, load(AS_AT), AS_AT)
    assert pl.select(found).item() == dt.date.fromisoformat(last)


def test_public_holidays_are_those_of_the_policys_country() -> None:
    thanksgiving_eve = pl.lit(dt.date(2026, 11, 25))
    at_home, abroad = load(AS_AT), load(AS_AT, values={"holiday_country": "US", "holiday_region": ""})
    assert pl.select(plus_working_days(thanksgiving_eve, 1, at_home, AS_AT)).item() == dt.date(2026, 11, 26)
    assert pl.select(plus_working_days(thanksgiving_eve, 1, abroad, AS_AT)).item() == dt.date(2026, 11, 27)


def test_a_blank_day_or_count_has_no_last_day() -> None:
    day = pl.lit(None, dtype=pl.Date)
    assert pl.select(plus_working_days(day, 1, load(AS_AT), AS_AT)).item() is None
    count = pl.lit(None, dtype=pl.Int64)
    assert pl.select(plus_working_days(pl.lit(AS_AT), count, load(AS_AT), AS_AT)).item() is None


@pytest.mark.parametrize(
    ("count", "day"), [(1, "2026-09-30"), (3, "2026-07-31"), (8, "2026-02-28"), (12, "2025-10-31")]
)
def test_months_back_end_on_the_last_day_of_a_shorter_month(count: int, day: str) -> None:
    assert pl.select(months_before(AS_AT, count)).item() == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("done", "expected"),
    [("2026-10-01", 0), ("2026-10-31", 30), ("2026-09-30", None), ("2026-11-01", None), (None, None)],
)
def test_an_answer_before_its_question_or_after_the_day_is_none(done: str | None, expected: int | None) -> None:
    answer = pl.lit(done and dt.date.fromisoformat(done), dtype=pl.Date)
    assert pl.select(days_taken(pl.lit(dt.date(2026, 10, 1)), answer, AS_AT)).item() == expected
