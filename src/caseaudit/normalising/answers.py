"""Each different text of a column read once: an export repeats few texts often, so reading may be careful and quick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from caseaudit.model import numbered

_FEW = 100_000
"""Different texts of a column up to which each is given a number."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the different texts of a column came to.

    Attributes:
        texts: one row per different text, each column something it came to.
        places: for each row of the column, the row of `texts` that holds its text; null where it is blank.
    """

    texts: pl.DataFrame
    places: pl.Series

    def of_rows(self, name: str) -> pl.Series:
        """What each row's text came to."""
        answers = self.texts.get_column(name)
        if answers.null_count() == len(answers):  # nothing to look up
            return pl.Series(name, [None], dtype=answers.dtype).new_from_index(0, len(self.places))
        return answers.gather(self.places)

    def count(self, test: pl.Expr) -> int:
        """In how many rows stands a text that passes a test of what it came to."""
        passed = self.texts.select(test.alias("passed")).to_series()
        return int(passed.gather(self.places).sum()) if passed.any() else 0


def by_value(column: pl.Series, read: Callable[[pl.Series], pl.DataFrame]) -> Answers:
    """Read each different text of a column.

    Args:
        column: text, kept by numbers or not; null where blank.
        read: takes the different texts, returns a frame of as many rows with `value`, `problem` (a reason in
            words, null where the text could be read) and any more.
    """
    column = with_numbers(column)
    if column.dtype == pl.String:
        texts = column.unique(maintain_order=True).drop_nulls().alias("text")
        on, rows = column.alias("text").to_frame(), texts.to_frame().with_row_index("place")
        places = on.join(rows, on="text", how="left", maintain_order="left").get_column("place")
        return Answers(read(texts), places)
    texts, numbers = numbered(column)
    known = texts.is_not_null()
    # A number that no row has stands between the others without an answer.
    spread = pl.select(pl.when(known).then(known.cum_sum() - 1)).to_series()
    return Answers(read(texts.drop_nulls()).select(pl.all().gather(spread)), numbers)


def with_numbers(column: pl.Series) -> pl.Series:
    """The column kept by numbers of its different texts, where these are few."""
    if column.dtype != pl.String:
        return column
    texts = column.unique(maintain_order=True).drop_nulls()
    return column.cast(pl.Enum(texts)) if 0 < len(texts) <= _FEW else column
