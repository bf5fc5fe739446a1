"""Wide matrices made long: one column per competency or course becomes one row per filled cell."""

from __future__ import annotations

import polars as pl

from caseaudit.model import SOURCE_ROW, Unpivot
from caseaudit.normalising.booleans import YES
from caseaudit.normalising.words import blanked, trimmed

CODE, CELL = "matrix code", "matrix cell"
"""Columns of a matrix made long: what the column stood for, and what stood in the cell."""

MARK_WITHOUT_DATE = "a mark without a date"


def lengthened(frame: pl.DataFrame, unpivot: Unpivot, keep: list[str]) -> pl.DataFrame:
    """One row per filled cell of the matrix, with the columns in `keep`, SOURCE_ROW, CODE and CELL.

    A blank cell, a placeholder or a plain "no" makes no row: nothing was signed off.
    """
    headings = list(unpivot.headings)
    cells = frame.select(
        SOURCE_ROW,
        *keep,
        *(blanked(trimmed(frame.get_column(h)), "day", "")[0].alias(h) for h in headings if h not in keep),
    )
    long = cells.unpivot(headings, index=[SOURCE_ROW, *keep], variable_name=CODE, value_name=CELL)
    return (
        long.filter(pl.col(CELL).is_not_null())
        .with_columns(pl.col(CODE).replace_strict(dict(unpivot.headings), return_dtype=pl.String))
        .sort(SOURCE_ROW, maintain_order=True)
    )


def is_mark() -> pl.Expr:
    """Whether a cell holds a tick, a "yes" or the like, and so says that something was done but not when."""
    return pl.col(CELL).str.to_lowercase().is_in(list(YES))
