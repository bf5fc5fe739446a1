"""Expressions for days and shares: on the limit, one past it, and blank."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseaudit.policy import load
from caseaudit.vocabulary import (
    days,
    days_taken,
    in_lookback,
    months_before,
    open_at,
    plus_days,
    plus_working_days,
    recorded,
    seen,
    share,
    total,
    touches_lookback,
    within,
    working_days,
)

D = dt.date(2026, 10, 31)  # a Saturday
POLICY = load(D)


def back(count: int) -> dt.date:
    return D - dt.timedelta(days=count)


def one(expression: pl.Expr, **values: Any) -> Any:
    """The expression over a single row; dates may be given as text, None is a blank day."""
    row = {name: dt.date.fromisoformat(value) if isinstance(value, str) else value for name, value in values.items()}
    dtypes = {name: pl.Date for name, value in row.items() if value is None}
    return (
        pl.DataFrame({name: [value] for name, value in row.items()}, schema_overrides=dtypes).select(expression).item()
    )


def test_days_count_calendar_days_and_are_negative_backwards() -> None:
    assert one(days("day", D), day=back(3)) == 3
    assert one(days("day", D), day=D) == 0
    assert one(days("day", D), day=back(-2)) == -2
    assert one(days("day", "other"), day="2026-03-28", other="2026-03-30") == 2  # the clocks change in between
    assert one(days("day", D), day=None) is None


def test_plus_days_takes_a_number_a_column_or_an_expression() -> None:
    assert one(plus_days("day", 28), day="2026-02-01") == dt.date(2026, 3, 1)
    assert one(plus_days("day", "count"), day="2028-02-01", count=29) == dt.date(2028, 3, 1)
    assert one(plus_days("day", pl.col("count") * 2), day="2026-02-01", count=14) == dt.date(2026, 3, 1)
    assert one(plus_days("day", 28), day=None) is None


def test_what_is_dated_after_the_day_is_not_seen() -> None:
    assert one(seen("day", D), day=D) is True
    assert one(seen("day", D), day=back(-1)) is False
    assert one(seen("day", D), day=None) is None


def test_the_look_back_leaves_its_first_day_out_and_takes_its_last_in() -> None:
    inside = {count: one(in_lookback("day", POLICY, D), day=back(count)) for count in (91, 90, 0, -1)}
    assert inside == {91: False, 90: True, 0: True, -1: False}
    assert one(in_lookback("day", POLICY, D), day=None) is None


def test_within_takes_both_ends_in() -> None:
    assert {count: one(within("day", 7, D), day=back(count)) for count in (8, 7, 0, -1)} == {
        8: False,
        7: True,
        0: True,
        -1: False,
    }


@pytest.mark.parametrize(
    ("began", "ended", "is_open"),
    [
        (back(0), None, True),
        (back(-1), None, False),
        (back(9), back(0), False),
        (back(9), back(-1), True),
        (None, None, True),
        (None, back(1), False),
    ],
)
def test_open_from_the_first_day_on_and_no_longer_on_the_last(began: Any, ended: Any, is_open: bool) -> None:
    assert one(open_at("began", "ended", D), began=began, ended=ended) is is_open


@pytest.mark.parametrize(
    ("began", "ended", "touches"),
    [
        (back(400), back(91), False),
        (back(400), back(90), True),
        (back(400), None, True),
        (back(0), None, True),
        (back(-1), None, False),
    ],
)
def test_a_span_touches_the_look_back_unless_it_ended_by_its_beginning(began: Any, ended: Any, touches: bool) -> None:
    assert one(touches_lookback("began", "ended", POLICY, D), began=began, ended=ended) is touches


def test_days_taken_are_blank_for_an_act_to_come_or_before_what_asked_for_it() -> None:
    taken = days_taken("start", "done", D)
    assert one(taken, start=back(9), done=back(9)) == 0
    assert one(taken, start=back(9), done=back(2)) == 7
    assert one(taken, start=back(9), done=back(10)) is None
    assert one(taken, start=back(9), done=back(-1)) is None
    assert one(taken, start=back(9), done=None) is None
    assert one(taken, start=None, done=back(2)) is None


def test_months_are_those_of_the_calendar() -> None:
    assert one(months_before(D, 3), day=D) == dt.date(2026, 7, 31)
    assert one(months_before(D, 8), day=D) == dt.date(2026, 2, 28)
    assert one(months_before(D, 12), day=D) == dt.date(2025, 10, 31)


# --- Working days ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-10-30", "2026-11-02", 1),  # Friday to Monday
        ("2026-10-30", "2026-10-31", 0),  # Friday to Saturday
        ("2026-10-31", "2026-11-02", 1),  # Saturday to Monday
        ("2026-11-02", "2026-11-02", 0),
        ("2026-11-02", "2026-11-06", 4),
        ("2026-08-28", "2026-08-31", 0),  # the Monday is a bank holiday in England
        ("2026-08-28", "2026-09-01", 1),
        ("2026-12-24", "2026-12-29", 1),  # Christmas, and Boxing Day kept on the Monday
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(start: str, end: str, count: int) -> None:
    assert one(working_days("start", "end", POLICY, D), start=start, end=end) == count


def test_working_days_to_an_earlier_day_are_never_more_than_none() -> None:
    assert one(working_days("a", "b", POLICY, D), a="2026-11-06", b="2026-11-02") < 0


def test_bank_holidays_are_those_of_the_policys_region() -> None:
    scotland = load(D, values={"holiday_region": "SCT"})
    # the summer bank holiday is the last Monday of August in England and the first in Scotland
    assert one(working_days("a", "b", POLICY, D), a="2026-08-28", b="2026-08-31") == 0
    assert one(working_days("a", "b", scotland, D), a="2026-08-28", b="2026-08-31") == 1
    assert one(working_days("a", "b", scotland, D), a="2026-07-31", b="2026-08-03") == 0


def test_a_blank_day_gives_no_count_of_working_days() -> None:
    assert one(working_days("start", D, POLICY, D), start=None) is None


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [("2026-10-30", 1, "2026-11-02"), ("2026-10-31", 1, "2026-11-02"), ("2026-11-02", 4, "2026-11-06")],
)
def test_the_last_day_of_a_limit_in_working_days(start: str, count: int, last: str) -> None:
    assert one(plus_working_days("start", count, POLICY, D), start=start) == dt.date.fromisoformat(last)


@given(st.dates(dt.date(2025, 1, 1), dt.date(2026, 10, 1)), st.integers(1, 15))
def test_the_last_day_of_a_limit_keeps_it_and_the_next_working_day_does_not(start: dt.date, count: int) -> None:
    last = one(plus_working_days("start", count, POLICY, D), start=start)
    assert one(working_days("start", last, POLICY, D), start=start) == count
    after = one(plus_working_days("last", 1, POLICY, D), last=last)
    assert one(working_days("start", after, POLICY, D), start=start) == count + 1


# --- Shares and records ---------------------------------------------------------------------------------------------


def test_a_share_of_nothing_is_nothing_and_something_of_nothing_is_over_every_limit() -> None:
    assert one(share("part", "whole"), part=0, whole=0) == 0
    assert one(share("part", "whole"), part=1, whole=0) == float("inf")
    assert one(share("part", "whole"), part=0, whole=5) == 0
    assert one(share("part", "whole"), part=None, whole=5) is None


@given(st.integers(0, 100), st.integers(1, 1000))
def test_a_share_that_equals_a_decimal_limit_is_that_number(percent: int, times: int) -> None:
    # 0.07 * 100 is 7.000000000000001 in binary; no such noise may decide
    assert one(share("part", "whole"), part=percent * times, whole=100 * times) == float(f"{percent / 100:.2f}")
    assert one(share("part", "whole"), part=percent / 100 * times, whole=float(times)) == float(f"{percent / 100:.2f}")


@given(st.permutations([0.1, 0.2, 0.3, 0.6, 0.7, 1.1, None]))
def test_a_sum_of_wte_does_not_tell_which_rows_were_added_first(wtes: list[float | None]) -> None:
    assert pl.DataFrame({"wte": wtes}).select(total("wte")).item() == 3.0


def test_a_blank_is_not_a_no() -> None:
    assert one(recorded("day"), day=D) is True
    assert one(recorded("day"), day=None) is None
