"""Reads Parquet files as text, their records numbered from 1."""

from __future__ import annotations

import io
from collections.abc import Collection
from typing import TYPE_CHECKING

from caseaudit.errors import UnreadableExport
from caseaudit.model import SOURCE_ROW
from caseaudit.reading import limits
from caseaudit.reading.cells import BLANKS
from caseaudit.reading.header import name_columns
from caseaudit.reading.values import as_text

if TYPE_CHECKING:
    import polars as pl


def read_parquet(
    data: bytes, name: str, wanted: Collection[str] | None, most: int | None = None
) -> tuple[tuple[str, ...], pl.DataFrame, list[str]]:
    """Headings, rows as text with SOURCE_ROW, and notes.

    Args:
        data: the file.
        name: file as messages name it.
        wanted: headings to read; None for all.
        most: at most that many rows.

    Raises:
        UnreadableExport: it is damaged or too big.
    """
    import polars as pl

    try:
        scan = pl.scan_parquet(io.BytesIO(data))
        schema = scan.collect_schema()
        headings, notes = name_columns(schema.names())
        height = scan.select(pl.len()).collect().item()
        if height * max(len(headings), 1) > limits.PARQUET_CELLS:
            raise UnreadableExport(f"{name} holds far more rows than an export should; export a shorter period.")
        nested = [heading for heading, kind in zip(headings, schema.dtypes(), strict=True) if kind.is_nested()]
        picked = {
            column: heading
            for column, heading in zip(schema.names(), headings, strict=True)
            if wanted is None or heading in wanted
        }
        frame = scan.select(list(picked)).slice(0, most).collect()
        columns = [_as_text(frame[column]).alias(heading) for column, heading in picked.items()]
    except UnreadableExport:
        raise
    except BaseException as problem:
        if isinstance(problem, Exception) or type(problem).__name__ == "PanicException":
            raise UnreadableExport(
                f"{name} cannot be read as Parquet: it is damaged or cut off; write it again."
            ) from None
        raise
    if nested:
        notes.append(f"Columns that hold lists or structures were read as text: {', '.join(nested)}.")
    count = height if most is None else min(height, most)
    return (
        headings,
        pl.DataFrame([*columns, pl.int_range(1, count + 1, dtype=pl.UInt32, eager=True).alias(SOURCE_ROW)]),
        notes,
    )


def _as_text(column: pl.Series) -> pl.Series:
    import polars as pl

    if column.dtype in {pl.String, pl.Categorical} or isinstance(column.dtype, pl.Enum):
        texts = column.cast(pl.String)
    elif column.dtype.is_integer():
        texts = column.cast(pl.String)
    else:
        # One conversion for each different value; few columns of an export have many.
        unique = column.unique()
        words = pl.Series([None if v is None else as_text(v) for v in unique.to_list()], dtype=pl.String)
        pairs = pl.DataFrame([unique.alias("value"), words.alias("text")])
        texts = (
            column.alias("value")
            .to_frame()
            .join(pairs, on="value", how="left", nulls_equal=True, maintain_order="left")["text"]
            if not column.dtype.is_nested()
            else pl.Series([as_text(v) for v in column.to_list()], dtype=pl.String)
        )
    texts = texts.str.strip_chars(BLANKS)
    return texts.set(texts == "", None)
