"""Measures that blanks leave open."""

from __future__ import annotations

import polars as pl
import pytest

from caseaudit.vocabulary import settled, share_range


@pytest.mark.parametrize(
    ("worst", "best", "expected"),
    [(0.0, -1.0, 0.0), (2.0, 0.0, None), (2.0, 1.0, 1.0), (None, 1.0, 1.0), (None, -1.0, None), (-1.0, None, -1.0)],
)
def test_a_measure_is_settled_where_both_readings_fall_on_one_side(
    worst: float | None, best: float | None, expected: float | None
) -> None:
    frame = pl.DataFrame({"worst": [worst], "best": [best]}, schema={"worst": pl.Float64, "best": pl.Float64})
    assert frame.select(settled(pl.col("worst"), pl.col("best"))).item() == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(True, True), (False, True)], (0.5, 0.5)),
        ([(True, True), (False, True), (True, False), (False, False)], (0.5, 0.5)),
        ([(True, True), (False, None)], (0.5, 1.0)),
        ([(False, True), (True, None)], (0.0, 0.5)),
        ([(True, True), (True, None), (False, None)], (0.5, 1.0)),
        ([(True, None)], (0.0, 1.0)),
    ],
)
def test_the_range_of_a_share_counts_each_doubtful_row_both_ways(
    rows: list[tuple[bool, bool | None]], expected: tuple[float, float]
) -> None:
    frame = pl.DataFrame(rows, schema={"hit": pl.Boolean, "counted": pl.Boolean}, orient="row")
    lowest, highest = share_range(pl.col("hit"), pl.col("counted"))
    assert frame.select(lowest=lowest, highest=highest).row(0) == expected
