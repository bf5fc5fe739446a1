"""Words are made once, and let go of once nothing asks for them any more."""

import datetime as dt
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pytest

from caseaudit.policy import load
from caseaudit.running.desk import Desk
from caseaudit.testing import drawn_tables
from caseaudit.vocabulary import WORDS, Word, parameters

DAY = dt.date(2026, 10, 31)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the words `short` and `long` (made of `short`) each time one is worked out."""
    names: list[str] = []

    def short(cases: pl.LazyFrame) -> pl.LazyFrame:
        names.append("short")
        return cases.head(1)

    def long(short: pl.LazyFrame) -> pl.LazyFrame:
        names.append("long")
        return short

    for make in (short, long):
        monkeypatch.setitem(WORDS, make.__name__, Word(make.__name__, make, parameters(make)))
    return names


def asks_short(short: pl.LazyFrame) -> pl.LazyFrame:
    return short


def asks_long(long: pl.LazyFrame) -> pl.LazyFrame:
    return long


@pytest.mark.parametrize(
    ("still_to_come", "made_again"),
    [
        pytest.param([asks_short], [], id="one that is asked for is kept"),
        pytest.param([asks_long], [], id="so is one that goes into a word still to be made"),
        pytest.param([], ["short"], id="others are let go of, and made anew if they are asked for all the same"),
    ],
)
def test_a_word_is_kept_while_something_asks_for_it(
    made: list[str], still_to_come: list[Callable], made_again: list[str]
) -> None:
    desk = Desk(drawn_tables("cases case_id | opened_on\nC1 | 2026-01-05"), load(DAY), DAY)
    first = desk.call(asks_short).collect()
    made.clear()
    desk.keep_for(still_to_come)
    assert desk.call(asks_short).collect().equals(first)
    assert made == made_again


def test_a_part_is_let_go_of_when_the_whole_is_made(made: list[str]) -> None:
    desk = Desk(drawn_tables("cases case_id | opened_on\nC1 | 2026-01-05"), load(DAY), DAY)
    desk.call(asks_long)
    assert made == ["short", "long"]
    desk.keep_for([asks_long])
    desk.call(asks_long)
    assert len(made) == 2
    desk.call(asks_short)
    assert made[2:] == ["short"]


def test_a_word_several_threads_ask_for_at_once_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []

    def slow(cases: pl.LazyFrame) -> pl.LazyFrame:
        begun.append("slow")
        time.sleep(0.05)  # long enough for the others to ask
        return cases

    monkeypatch.setitem(WORDS, "slow", Word("slow", slow, parameters(slow)))
    desk = Desk(drawn_tables("cases case_id | opened_on\nC1 | 2026-01-05"), load(DAY), DAY)
    with ThreadPoolExecutor(4) as pool:
        frames = list(pool.map(lambda _: desk.call(lambda slow: slow).collect(), range(4)))
    assert begun == ["slow"]
    assert all(frame.equals(frames[0]) for frame in frames)
