"""A word over drawn tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from caseaudit.policy import load
from caseaudit.running.desk import Desk
from caseaudit.testing import drawn_tables
from caseaudit.vocabulary import WORDS

AS_AT = dt.date(2026, 10, 31)

Spoken = Callable[..., pl.DataFrame]


@pytest.fixture
def spoken() -> Spoken:
    """`spoken("open_cases", drawing, lookback_days=7)`: the word's frame as at 31 October 2026."""

    def of(word: str, drawing: str, **values: Any) -> pl.DataFrame:
        desk = Desk(drawn_tables(drawing), load(AS_AT, values=values), AS_AT)
        frame: pl.DataFrame = desk.call(WORDS[word].make).collect()
        return frame

    return of
