"""Names of tables and fields as columns, and frames of many tables put below one another.

They are kept as numbered words (Enum, Categorical), not as text: the evidence of a large service has millions of rows.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from caseaudit.model import ORIGIN_SHIFT, Tables
from caseaudit.tables import MODELS, ORIGIN, spec

TABLE = pl.Enum(sorted(MODELS))
"""Type of a column that names a canonical table."""

FIELD = pl.Enum(sorted({field for table in MODELS for field in spec(table).fields}))
"""Type of a column that names a field."""

LABEL = pl.Categorical(pl.Categories("caseaudit labels"))
"""Type of a column with one of few phrases."""


def of_table(name: str) -> pl.Expr:
    """The name of a canonical table in every row."""
    return pl.lit(name, dtype=TABLE).alias("table")


def of_field(name: str) -> pl.Expr:
    """The name of a field in every row."""
    return pl.lit(name, dtype=FIELD).alias("field")


def stacked(parts: Iterable[pl.LazyFrame], **columns: pl.DataType | type[pl.DataType]) -> pl.LazyFrame:
    """Frames below one another, with `origin`; of none an empty one, so that a population may be empty.

    Args:
        parts: frames with these columns and `origin`, in this order.
        columns: name → type.
    """
    return pl.concat([pl.LazyFrame(schema={**columns, ORIGIN: pl.UInt64()}), *parts])


def first_row(tables: Tables, table: str) -> int | None:
    """Origin of a table's first row; of an empty table the header of the first source that feeds it."""
    if tables.frames[table].height:
        return int(tables.frames[table].select(pl.col(ORIGIN).min()).item())
    sources = enumerate(tables.accounts)
    headers = (i * ORIGIN_SHIFT + one.source.header_row for i, one in sources if table in one.tables)
    return next(headers, None)
