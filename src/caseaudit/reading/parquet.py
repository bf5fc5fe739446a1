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
from caseaudit.reading.probe import probe_parquet
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
        most: at most that many rows, for a first look; a child process opens the file before.

    Raises:
        UnreadableExport: it is damaged or too big.
    """
    import polars as pl

    if most is not None:
        probe_parquet(data, name, limits.PARQUET_CELLS)
    try:
        scan = pl.scan_parquet(io.BytesIO(data))
        schema = scan.collect_schema()
        headings, notes = name_columns(schema.names())
        height = scan.select(pl.len()).collect().item()
        too_big = height * max(len(headings), 1) > limits.PARQUET_CELLS
        nested = [heading for heading, kind in zip(headings, schema.dtypes(), strict=True) if kind.is_nested()]
        picked = {
            column: heading
            for column, heading in zip(schema.names(), headings, strict=True)
            if wanted is None or heading in wanted
        }
        # By their places: Polars takes a name such as "*" or "^a.*$" for a pattern.
        places = [place for place, column in enumerate(schema.names()) if column in picked]
        frame = scan.select(pl.nth(places)).slice(0, 0 if too_big else most).collect()
        columns = [_as_text(frame[column].alias("")).alias(heading) for column, heading in picked.items()]
    except BaseException as problem:
        if isinstance(problem, Exception) or type(problem).__name__ == "PanicException":
            raise UnreadableExport(
                f"{name} cannot be read as Parquet: it is damaged or cut off; write it again."
            ) from None
        raise
    if too_big:
        raise UnreadableExport(f"{name} holds far more rows than an export should; export a shorter period.")
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

    kind = column.dtype
    if kind == pl.String or isinstance(kind, (pl.Categorical, pl.Enum)) or kind.is_integer():
        texts = column.cast(pl.String)
    elif kind.is_nested():
        texts = pl.Series([as_text(value) for value in column.to_list()], dtype=pl.String)
    else:  # one conversion for each different value; few columns of an export have many
        different = column.unique()
        words = pl.Series("text", [as_text(value) for value in different.to_list()], dtype=pl.String)
        table = pl.DataFrame([different.alias("value"), words])
        values = column.alias("value").to_frame()
        texts = values.join(table, on="value", how="left", nulls_equal=True, maintain_order="left")["text"]
    texts = texts.str.strip_chars(BLANKS)
    return texts.set(texts == "", None)
