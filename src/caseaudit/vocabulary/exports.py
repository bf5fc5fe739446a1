"""Words for the exports as a whole, for the checks that ask how far the tables can be trusted.

They go over every table at once, so names of tables and fields are kept as numbered words (Enum), not as text: the
evidence of a large service has millions of rows.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

import polars as pl

from caseaudit.model import ORIGIN_SHIFT, Tables
from caseaudit.tables import MODELS, ORIGIN, spec

__all__ = [
    "FIELD",
    "LABEL",
    "TABLE",
    "Tables",
    "dates_of",
    "event_ahead",
    "filled",
    "last_event",
    "ledger",
    "of_field",
    "of_table",
    "references",
    "reversed_span",
    "row_name",
    "rows_read",
    "spec",
    "stacked",
]

TABLE = pl.Enum(sorted(MODELS))
"""Type of a column that names a canonical table."""

FIELD = pl.Enum(sorted({field for table in MODELS for field in spec(table).fields}))
"""Type of a column that names a field."""

LABEL = pl.Categorical(pl.Categories("caseaudit labels"))
"""Type of a column with one of few phrases."""


def of_table(name: str) -> pl.Expr:
    """The name of a canonical table in every row."""
    return pl.lit(name, dtype=TABLE)


def of_field(name: str) -> pl.Expr:
    """The name of a field in every row."""
    return pl.lit(name, dtype=FIELD)


def stacked(parts: Iterable[pl.LazyFrame], **columns: pl.DataType | type[pl.DataType]) -> pl.LazyFrame:
    """Frames below one another, with `origin`; of none an empty one, so that a population may be empty.

    Args:
        parts: frames with these columns and `origin`, in this order.
        columns: name → type.
    """
    return pl.concat([pl.LazyFrame(schema={**columns, ORIGIN: pl.UInt64()}), *parts])


def row_name(table: str) -> pl.Expr:
    """What a reader knows a row by (String): the table's key, or else the fields no row can lack."""
    known = spec(table)
    if known.key:
        return pl.col(known.key)
    return pl.concat_str([pl.col(name).cast(pl.String) for name in known.required], separator=" | ", ignore_nulls=True)


def dates_of(table: str, *, event: bool) -> tuple[str, ...]:
    """Fields of a table that hold a calendar day: all of them, or only days of things that have happened."""
    return tuple(f.name for f in spec(table).fields.values() if f.kind == "day" and (f.event or not event))


def references(tables: Tables, table: str) -> list[tuple[str, pl.Series]]:
    """Fields of a table that point to a supplied table, each with the keys found there.

    A field that may name several people or things is no reference.
    """
    pointing = {f.name: f.refers_to for f in spec(table).fields.values() if f.refers_to in tables.frames}
    return [(name, _keys(tables, target)) for name, target in pointing.items() if target]


def _keys(tables: Tables, table: str) -> pl.Series:
    return tables.frames[table].get_column(spec(table).key or "").drop_nulls().unique()


def reversed_span(table: str) -> pl.Expr:
    """The first period of a row that ends before it begins, in words; blank where none does."""
    title = {f.name: f.title for f in spec(table).fields.values()}
    found = {f"{title[end]} is before {title[start]}": pl.col(end) < pl.col(start) for start, end in spec(table).spans}
    return _first(found)


def event_ahead(table: str, as_at: dt.date) -> pl.Expr:
    """The first event of a row dated after D, in words; blank where none is."""
    fields = spec(table).fields
    return _first({fields[name].title: pl.col(name) > as_at for name in dates_of(table, event=True)})


def _first(conditions: dict[str, pl.Expr]) -> pl.Expr:
    words = [pl.when(holds).then(pl.lit(label, dtype=LABEL)) for label, holds in conditions.items()]
    return pl.coalesce(*words, pl.lit(None, dtype=LABEL))


def _first_row(tables: Tables, table: str) -> int | None:
    """Origin of a table's first row; of an empty table the header of the first source that feeds it."""
    if tables.frames[table].height:
        return int(tables.frames[table].select(pl.col(ORIGIN).min()).item())
    sources = enumerate(tables.accounts)
    headers = (i * ORIGIN_SHIFT + one.source.header_row for i, one in sources if table in one.tables)
    return next(headers, None)


def ledger(tables: Tables) -> pl.LazyFrame:
    """The rows, or uses of a row, that were records and could not be used. A totals row or a note is no record.

    Columns: origin, table (blank: none), field (blank: the row as a whole), reason, whole (the row feeds nothing).
    """
    records = [one for one in tables.rejected if not one.furniture]
    return pl.LazyFrame(
        {
            ORIGIN: [one.source * ORIGIN_SHIFT + one.row for one in records],
            "table": [one.table for one in records],
            "field": [one.field for one in records],
            "reason": [one.reason for one in records],
            "whole": [one.whole for one in records],
        },
        schema={ORIGIN: pl.UInt64, "table": TABLE, "field": FIELD, "reason": LABEL, "whole": pl.Boolean},
    )


def filled(tables: Tables, paths: Iterable[str]) -> pl.LazyFrame:
    """How often fields of the supplied tables are filled.

    Rows rejected for want of the field count among the rows, not among the filled.

    Args:
        tables: the canonical tables.
        paths: fields as "table.field"; those of tables that are not supplied are passed over.

    Returns:
        Columns: table, field, filled (blank: no export has a column for it), rows, origin of the table's first row.
    """
    refused = Counter((one.table, one.field) for one in tables.rejected if not one.furniture)
    rows = []
    for path in paths:
        table, _, field = path.partition(".")
        if table not in tables.frames:
            continue
        frame = tables.frames[table]
        count = frame.height - frame.get_column(field).null_count() if field in tables.supplied[table] else None
        rows.append((table, field, count, frame.height + refused[table, field], _first_row(tables, table)))
    columns = {"table": TABLE, "field": FIELD, "filled": pl.Int64(), "rows": pl.Int64(), ORIGIN: pl.UInt64()}
    return pl.LazyFrame(rows, schema=columns, orient="row")


def rows_read(tables: Tables) -> pl.LazyFrame:
    """Every row of the exports that is a record, and whether it could be used.

    A row joined with another that tells of the same event is no more in any table, so that its number is not known;
    there is one row for it without a number, and as many rows for each source as the source's account says.

    Columns: source_label, row (physical), lost (it feeds no table), in_part (some use of it was refused), reason,
    origin.
    """
    kept = stacked(frame.lazy().select(ORIGIN) for frame in tables.frames.values()).unique()
    refused = ledger(tables).group_by(ORIGIN).agg(lost=pl.col("whole").any(), reason=pl.col("reason").first())
    known = (
        pl.concat([kept, refused.select(ORIGIN)])
        .unique()
        .sort(ORIGIN)
        .join(refused, on=ORIGIN, how="left", maintain_order="left")
        .with_columns(in_part=~pl.col("lost"), row=(pl.col(ORIGIN) % ORIGIN_SHIFT).cast(pl.UInt32))
        .with_columns(pl.col("lost", "in_part").fill_null(value=False))
    )
    labels = pl.LazyFrame(
        {"place": range(len(tables.sources)), "source_label": [source.label for source in tables.sources]},
        schema={"place": pl.UInt64, "source_label": LABEL},
    )
    place = (pl.col(ORIGIN) // ORIGIN_SHIFT).alias("place")
    rows = pl.concat([known, _joined_rows(tables, known.filter(~pl.col("lost")))], how="diagonal_relaxed")
    return rows.with_columns(place).join(labels, on="place", how="left", maintain_order="left").drop("place")


def _joined_rows(tables: Tables, used: pl.LazyFrame) -> pl.LazyFrame:
    """As many rows per source as its account has kept and no table shows, at the place of the source's header."""
    kept = pl.LazyFrame(
        {
            ORIGIN: [i * ORIGIN_SHIFT + account.source.header_row for i, account in enumerate(tables.accounts)],
            "place": range(len(tables.accounts)),
            "kept": [account.kept for account in tables.accounts],
        },
        schema={ORIGIN: pl.UInt64, "place": pl.UInt64, "kept": pl.Int64},
    )
    shown = used.group_by(place=pl.col(ORIGIN) // ORIGIN_SHIFT).agg(shown=pl.len().cast(pl.Int64))
    missing = kept.join(shown, on="place", how="left", maintain_order="left").with_columns(
        more=(pl.col("kept") - pl.col("shown").fill_null(0)).clip(0)
    )
    return missing.filter(pl.col("more") > 0).select(
        pl.col(ORIGIN).repeat_by("more").explode(), lost=False, in_part=False
    )


def last_event(table: str, as_at: dt.date) -> pl.Expr:
    """The latest day on or before D on which anything of a table happened; blank when it has no such day.

    Besides the days of events, the day no row can lack speaks too (a contact planned for today and kept). A month
    counts to its last day, but never beyond D.
    """
    known = spec(table).fields.values()
    happened = [pl.col(f.name) for f in known if f.kind == "day" and (f.event or f.required)]
    months = [pl.min_horizontal(pl.col(f.name).dt.month_end(), pl.lit(as_at)) for f in known if f.kind == "month"]
    began = [pl.col(f.name) for f in known if f.kind == "month"]
    seen = [pl.when(day <= as_at).then(day).max() for day in happened]
    seen += [pl.when(start <= as_at).then(end).max() for start, end in zip(began, months, strict=True)]
    return pl.max_horizontal(seen)
