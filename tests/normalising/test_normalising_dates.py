"""Days and months are read by rule; what cannot be read is a problem, never a guess."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from caseaudit.normalising.dates import EITHER_WAY, NOT_A_DATE, Order, day_part, evidence, read_days, read_months

APRIL = dt.date(2026, 4, 1)


def day(text: str, order: Order = "dmy") -> dt.date | None:
    return read_days(pl.Series([text]), order).get_column("value").item()


@pytest.mark.parametrize(
    "text",
    [
        "01/04/2026", "1/4/2026", "01-04-2026", "01.04.2026", "1 4 2026", "01/04/26", "2026-04-01", "2026/4/1",
        "20260401", "01-Apr-26", "1 April 2026", "1st April 2026", "01Apr2026", "1 Apr '26", "April 1, 2026",
        "Apr-01-2026", "Wed 01 Apr 2026", "Wednesday, 1 April 2026", "2026-04-01T09:30:00Z", "2026-04-01 00:00:00.000",
        "01/04/2026 09:30", "1/4/2026 9:30 AM", "2026-04-01T23:59:59+01:00", "46113", "46113.0", "46113.75",
    ],
)  # fmt: skip
def test_first_of_april_however_it_is_written(text: str) -> None:
    assert day(text) == APRIL


@pytest.mark.parametrize("text", ["01-Sept-26", "1 Sep 2026", "1 September 2026", "01/09/2026"])
def test_september_in_four_letters_is_september(text: str) -> None:
    assert day(text) == dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    "text",
    ["31/02/2026", "29/02/2023", "00/04/2026", "32/01/2026", "01/13/2026", "01/04/0026", "yesterday", "01/04",
     "2026-13-01", "1/4/202", "٠١/٠٤/٢٠٢٦", "19999", "80001", "01/04/2026x", "=1/4/2026", "3 of 4"],
)  # fmt: skip
def test_what_is_no_day_is_a_problem(text: str) -> None:
    answer = read_days(pl.Series([text]), "dmy")
    assert answer.get_column("value").item() is None
    assert answer.get_column("problem").item() == NOT_A_DATE


def test_two_digit_years_turn_at_fifty() -> None:
    assert day("01/04/49") == dt.date(2049, 4, 1)
    assert day("01/04/50") == dt.date(1950, 4, 1)


def test_serials_count_from_the_end_of_1899() -> None:
    assert day("20000") == dt.date(1954, 10, 3)
    assert day("73050") == dt.date(2099, 12, 31)
    assert day("80000") is None  # in 2119: taken for a mistake


@pytest.mark.parametrize("text", ["31/12/9999", "9999-12-31", "01/01/1900"])
def test_a_day_that_stands_for_none_is_blank_without_a_problem(text: str) -> None:
    answer = read_days(pl.Series([text]), "dmy").row(0, named=True)
    assert (answer["value"], answer["problem"], answer["how"]) == (None, None, "open")


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["13/04/2026", "01/02/2026"], "dmy"),
        (["04/13/2026", "01/02/2026"], "mdy"),
        (["13/04/2026", "04/13/2026"], "mixed"),
        (["12/12/2026", "01/02/2026"], None),
        (["2026-04-13"], None),
        ([f"{d}/04/2026" for d in range(13, 32)] + ["13/05/2026", "04/13/2026"], "dmy"),  # one slip among twenty
    ],
)
def test_the_order_is_what_the_values_prove(texts: list[str], order: str | None) -> None:
    assert evidence(pl.Series(texts)).order == order


def test_equal_day_and_month_leave_nothing_open() -> None:
    assert evidence(pl.Series(["05/05/2026"])).either == 0


def test_in_a_column_of_both_orders_only_what_tells_is_read() -> None:
    answer = read_days(pl.Series(["13/04/2026", "04/13/2026", "01/02/2026", "03/03/2026"]), "mixed")
    assert answer.get_column("value").to_list() == [
        dt.date(2026, 4, 13),
        dt.date(2026, 4, 13),
        None,
        dt.date(2026, 3, 3),
    ]
    assert answer.get_column("problem").to_list() == [None, None, EITHER_WAY, None]


def test_year_first_in_two_digits_only_where_the_user_says_so() -> None:
    assert day("26/04/01", "ymd") == dt.date(2026, 4, 1)
    assert day("26/04/01", "dmy") == dt.date(2001, 4, 26)


@pytest.mark.parametrize(
    "text",
    ["Oct 2026", "October 2026", "Oct-26", "2026-10", "2026 Oct", "10/2026", "202610", "01/10/2026", "31/10/2026"],
)
def test_october_however_a_month_is_written(text: str) -> None:
    assert read_months(pl.Series([text]), "dmy").get_column("value").item() == dt.date(2026, 10, 1)


def test_what_is_no_month_is_a_problem() -> None:
    assert read_months(pl.Series(["Q3", "13/2026"]), "dmy").get_column("problem").to_list() == ["not a month"] * 2


def test_the_day_of_a_date_time_is_cut_out_and_a_long_date_left_whole() -> None:
    column = pl.Series("d", ["2026-04-01T09:30:00", "01/04/2026 09:30", "01 January 2026", None])
    assert day_part(column).to_list() == ["2026-04-01", "01/04/2026", "01 January 2026", None]
