"""Looking up a layer, and the first event on or after a day, without multiplying rows."""

import datetime as dt

import polars as pl

from caseaudit.vocabulary import first_on_or_after, with_layer

DAY = dt.date(2026, 10, 12)


def flags(*rows: tuple[str | None, dt.date | None]) -> pl.LazyFrame:
    schema = {"case_id": pl.String, "since": pl.Date}
    return pl.LazyFrame(list(rows), schema=schema, orient="row").with_row_index("origin")


def next_seen(frame: pl.LazyFrame, *events: tuple[str | None, int]) -> list[dt.date | None]:
    days = [(case, DAY + dt.timedelta(days=after)) for case, after in events]
    told = pl.LazyFrame(days, schema={"case_id": pl.String, "seen_on": pl.Date}, orient="row")
    found = first_on_or_after(frame, told, since="since", event="seen_on", into="next_on").collect()
    return found["next_on"].to_list()


def test_the_first_event_on_or_after_the_day_is_found() -> None:
    assert next_seen(flags(("C1", DAY)), ("C1", -1), ("C1", 0), ("C1", 3)) == [DAY]
    assert next_seen(flags(("C1", DAY)), ("C1", 5), ("C1", 3)) == [DAY + dt.timedelta(days=3)]


def test_events_before_it_of_another_case_or_of_none_are_not() -> None:
    assert next_seen(flags(("C1", DAY)), ("C1", -1), ("C2", 1), (None, 1)) == [None]
    assert next_seen(flags((None, DAY)), (None, 1)) == [None]


def test_rows_keep_their_order_and_number_and_those_without_a_day_stay_blank() -> None:
    frame = flags(("C2", DAY + dt.timedelta(days=9)), ("C1", None), ("C1", DAY), ("C1", DAY))
    assert next_seen(frame, ("C1", 0), ("C1", 0)) == [None, None, DAY, DAY]


def test_a_layer_is_blank_for_nobody_for_a_stranger_and_without_one() -> None:
    workers = pl.LazyFrame({"worker_id": ["W1", "W2"], "layer": ["clinical", None]})
    frame = pl.LazyFrame({"done_by": ["W1", "W2", "W9", None]})
    layers = with_layer(frame, workers, "done_by").collect()["layer"].to_list()
    assert layers == ["clinical", None, None, None]
