"""The cells of one column while they are looked at and mended: each different text once, where these are few."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseaudit.model import numbered

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Cells:
    """A column of text.

    Attributes:
        column: its cells; Categorical where they are kept by numbers.
        texts: the different texts at the places of their numbers, else the column itself.
        numbers: each cell's number, null where it is blank; None where the cells are kept as text.
    """

    column: pl.Series
    texts: pl.Series
    numbers: pl.Series | None

    @classmethod
    def of(cls, column: pl.Series) -> Cells:
        """The cells of a text column."""
        import polars as pl

        return cls(column, column, None) if column.dtype == pl.String else cls(column, *numbered(column))

    def count(self, test: Callable[[pl.Expr], pl.Expr]) -> int:
        """How many cells stand a test, which takes text and looks at each by itself."""
        passed = self._each(test)
        if self.numbers is None:
            return int(passed.sum())
        return int(passed.gather(self.numbers).sum()) if passed.any() else 0

    def mended(self, change: Callable[[pl.Expr], pl.Expr]) -> Cells:
        """The cells changed, each by itself, to another text or to null."""
        import polars as pl

        after = self._each(change)
        if self.numbers is None:
            return Cells(after, after, None)
        if after.equals(self.texts):
            return self
        return Cells(after.cast(pl.Categorical).gather(self.numbers), after, self.numbers)

    def _each(self, change: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
        import polars as pl

        return self.texts.to_frame().select(change(pl.col(self.texts.name))).to_series()
