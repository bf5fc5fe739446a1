"""Wide matrices made long: one column per competency or course becomes one row per filled cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

import polars as pl

from caseaudit.model import SOURCE_ROW, Unpivot
from caseaudit.normalising.booleans import YES

CODE = "matrix code"
"""Column of a matrix made long: what the column stood for."""

MARK_WITHOUT_DATE = "a mark without a date"


def problem_of(field: str) -> str:
    """Name of the column beside a field's that says why its cell could not be read."""
    return f"problem of {field}"


def lengthened(
    frame: pl.DataFrame,
    unpivots: Sequence[Unpivot],
    keep: Sequence[str],
    read: Callable[[str, str], tuple[pl.Series, pl.Series]],
) -> pl.DataFrame:
    """One row per filled cell of the matrix.

    A blank cell, a placeholder or a plain "no" makes no row: nothing was done. Dates of completion and of expiry, in
    columns of their own, meet in one row per worker and code.

    Args:
        frame: the export's rows.
        unpivots: how each group of columns becomes long; one per field that takes a cell.
        keep: columns that every long row carries along.
        read: takes a heading and the field its cells are read as; returns values and problems.

    Returns:
        SOURCE_ROW, `keep`, CODE, and for each unpivot its value field and the problem of it.
    """
    parts = [_long(frame, one, keep, read) for one in unpivots]
    on = [SOURCE_ROW, *keep, CODE]
    joined = reduce(lambda left, right: left.join(right, on=on, how="full", coalesce=True, nulls_equal=True), parts)
    return joined.sort(SOURCE_ROW, CODE, maintain_order=True)


def _long(
    frame: pl.DataFrame,
    unpivot: Unpivot,
    keep: Sequence[str],
    read: Callable[[str, str], tuple[pl.Series, pl.Series]],
) -> pl.DataFrame:
    name, problem = unpivot.value_field, problem_of(unpivot.value_field)
    pieces = []
    for heading, code in unpivot.headings.items():
        values, problems = read(heading, name)
        piece = frame.select(SOURCE_ROW, *keep).with_columns(
            pl.lit(code).alias(CODE), values.alias(name), problems.alias(problem)
        )
        marked = frame.get_column(heading).cast(pl.String).str.strip_chars().str.to_lowercase().is_in(list(YES))
        said = pl.when(marked & pl.col(name).is_null() & pl.col(problem).is_not_null())
        piece = piece.with_columns(said.then(pl.lit(MARK_WITHOUT_DATE)).otherwise(pl.col(problem)).alias(problem))
        pieces.append(piece.filter(pl.col(name).is_not_null() | pl.col(problem).is_not_null()))
    return pl.concat(pieces)
