"""The canonical tables of an audit, and what became of every row that was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseaudit.model.exports import Rejected, Source
from caseaudit.model.plans import ColumnMatch

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class SourceAccount:
    """What became of the rows of one source. rows_read = kept + rejected, always."""

    source: Source
    tables: tuple[str, ...]
    rows_read: int
    kept: int
    rejected: int
    furniture: int
    columns: tuple[ColumnMatch, ...] = ()

    @property
    def lost(self) -> int:
        """Records that could not be used: of the rejected, what is no totals row, repeated header or note."""
        return self.rejected - self.furniture


@dataclass(frozen=True)
class Tables:
    """The canonical tables of an audit.

    Attributes:
        frames: table name → frame with every field of the table and `origin`; only tables some source feeds.
        supplied: table name → fields some source has a column for.
        sources: every source, in the order its number in `origin` counts.
        accounts: what became of each source's rows, in the same order.
        rejected: every row, or use of a row, that could not be used.
        notes: what was decided about values, one sentence each (date order, words mapped, placeholders).
    """

    frames: Mapping[str, pl.DataFrame]
    supplied: Mapping[str, frozenset[str]]
    sources: tuple[Source, ...]
    accounts: tuple[SourceAccount, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    notes: tuple[str, ...] = ()
