"""What holds of every word: what it may ask for, and that no rows and rows mostly blank do not stop it."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import polars as pl
import pytest

from caseaudit.model import Tables
from caseaudit.policy import load
from caseaudit.running.desk import Desk
from caseaudit.tables import MODELS, ORIGIN, empty, spec
from caseaudit.vocabulary import GIVEN, WORDS

AS_AT = dt.date(2026, 10, 31)
every_word = pytest.mark.parametrize("word", sorted(WORDS))


def made(word: str, frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    supplied = {name: frozenset(spec(name).fields) for name in frames}
    found: pl.DataFrame = Desk(Tables(frames, supplied, ()), load(AS_AT), AS_AT).call(WORDS[word].make).collect()
    return found


def hollow(table: str, name: str = "X", row: int = 2) -> pl.DataFrame:
    """One row with nothing but what no row can lack."""
    sample = {"day": AS_AT, "month": AS_AT.replace(day=1), "number": 1.0, "yes_no": True}
    cells = {f.name: sample.get(f.kind, name) if f.required else None for f in spec(table).fields.values()}
    return pl.DataFrame([cells | {ORIGIN: row}], schema=empty(table).schema)


@every_word
def test_it_says_what_it_is_and_asks_only_for_tables_words_and_what_is_given(word: str) -> None:
    assert (WORDS[word].make.__doc__ or "").strip()
    assert word not in MODELS
    for parameter in WORDS[word].parameters:
        assert parameter.name in MODELS or parameter.name in WORDS or parameter.name in GIVEN


@every_word
def test_over_empty_tables_it_speaks_of_nobody(word: str) -> None:
    about_policy = {parameter.name for parameter in WORDS[word].parameters} <= {"policy"}
    frame = made(word, {name: empty(name) for name in MODELS})
    assert about_policy or frame.height == 0


@every_word
def test_over_rows_that_are_mostly_blank_it_speaks_with_the_same_columns(word: str) -> None:
    full, nobody = (
        made(word, {name: hollow(name) for name in MODELS}),
        made(word, {name: empty(name) for name in MODELS}),
    )
    assert full.schema == nobody.schema


@every_word
def test_the_order_of_rows_does_not_change_what_it_says(word: str) -> None:
    frames = {name: pl.concat([hollow(name), hollow(name, "Y", 3)]) for name in MODELS}
    turned = {name: frame.reverse() for name, frame in frames.items()}
    assert Counter(map(repr, made(word, frames).rows())) == Counter(map(repr, made(word, turned).rows()))
