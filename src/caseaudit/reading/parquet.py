"""Reads Parquet files as text, their records numbered from 1."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
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
        with _quiet():
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
            frame = scan.select(list(picked)).slice(0, 0 if too_big else most).collect()
        columns = [_as_text(frame[column]).alias(heading) for column, heading in picked.items()]
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


_one_at_a_time = threading.Lock()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the reader's own threads write when a damaged file makes them give up off the terminal.

    They write to the process's standard error itself, a stack of calls for each; our refusal says all a user needs.
    """
    with _one_at_a_time, Path(os.devnull).open("wb") as nowhere:
        try:
            kept = os.dup(2)
        except OSError:  # there is no standard error to keep clean
            yield
            return
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


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
