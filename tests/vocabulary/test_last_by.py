"""The last row of a group, without a sort of the table."""

from __future__ import annotations

import polars as pl
import pytest

from caseaudit.vocabulary import last_by

ROWS = [("C1", 3, 1), ("C1", 5, 2), ("C1", 5, 3), ("C1", None, 4), ("C2", None, 6), ("C2", None, 5)]
FRAME = pl.DataFrame(ROWS, schema={"case_id": pl.String, "day": pl.Int64, "origin": pl.UInt64}, orient="row")


@pytest.mark.parametrize("seed", range(6))
def test_the_latest_counts_then_the_one_exported_last_whatever_the_order_of_rows(seed: int) -> None:
    shuffled = FRAME.sample(fraction=1, shuffle=True, seed=seed).lazy()
    found = shuffled.group_by("case_id").agg(last_by("origin", "day", "origin")).sort("case_id").collect()
    assert found.rows() == [("C1", 3), ("C2", 6)]


def test_it_says_what_a_sort_and_the_last_of_each_group_say() -> None:
    many = pl.select(
        case_id=pl.int_range(5000) * 7919 % 611, day=pl.int_range(5000) * 31 % 17, origin=pl.int_range(5000)
    )
    blanks = many.with_columns(day=pl.when(pl.col("day") > 0).then("day"))
    ordered = (
        blanks.sort("case_id", "day", "origin").group_by("case_id", maintain_order=True).agg(pl.col("origin").last())
    )
    assert blanks.group_by("case_id").agg(last_by("origin", "day", "origin")).sort("case_id").equals(ordered)
