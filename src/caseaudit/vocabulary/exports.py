"""Words for the exports as a whole, for the checks that ask how far the tables can be trusted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

import polars as pl

from caseaudit.model import Tables
from caseaudit.tables import ORIGIN, FieldSpec, spec
from caseaudit.vocabulary.columns import FIELD, LABEL, TABLE, first_row, of_field, of_table, stacked
from caseaudit.vocabulary.ledger import filled, ledger, rows_read

__all__ = [
    "FIELD",
    "LABEL",
    "TABLE",
    "Tables",
    "codes",
    "dates_of",
    "event_ahead",
    "filled",
    "ledger",
    "newest_event",
    "of_field",
    "of_table",
    "references",
    "reversed_span",
    "row_name",
    "rows_read",
    "spec",
    "stacked",
]


def row_name(table: str) -> pl.Expr:
    """What a reader knows a row by (String): the table's key, or else the fields no row can lack."""
    known = spec(table)
    if known.key:
        return pl.col(known.key)
    return pl.concat_str([pl.col(name).cast(pl.String) for name in known.required], separator=" | ", ignore_nulls=True)


def dates_of(table: str) -> tuple[str, ...]:
    """Fields of a table that hold a day or a month."""
    return tuple(f.name for f in spec(table).fields.values() if f.kind in {"day", "month"})


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
    return _first({f.title: pl.col(f.name) > as_at for f in spec(table).fields.values() if f.event})


def _first(conditions: dict[str, pl.Expr]) -> pl.Expr:
    words = [pl.when(holds).then(pl.lit(label, dtype=LABEL)) for label, holds in conditions.items()]
    return pl.coalesce(*words, pl.lit(None, dtype=LABEL))


def codes(tables: Tables, lists: Mapping[str, Collection[str]]) -> pl.LazyFrame:
    """Every different word on record in fields that have a list, and whether it is one of those known.

    Args:
        tables: the canonical tables.
        lists: "table.field" → the words known there; they go before the list the specification closes.

    Returns:
        Columns: table, field, code, known, rows (in how many it stands), origin of the first. Of a field with several
        words each counts; its "none" is an answer, and known.
    """
    fields = (field for table in tables.frames for field in spec(table).fields.values())
    listed = ((field, lists.get(field.path, field.codes)) for field in fields)
    parts = (_words(tables.frames[field.table].lazy(), field, allowed) for field, allowed in listed if allowed)
    return stacked(parts, table=TABLE, field=FIELD, code=pl.String(), known=pl.Boolean(), rows=pl.UInt32())


def _words(frame: pl.LazyFrame, field: FieldSpec, allowed: Collection[str]) -> pl.LazyFrame:
    word = pl.col(field.name)
    if field.kind == "words":
        frame = frame.select(word.str.split(";"), ORIGIN).explode(field.name).with_columns(word.str.strip_chars())
        allowed = (*allowed, "none")
    counted = frame.group_by(code=word).agg(pl.len().alias("rows"), pl.col(ORIGIN).min())
    return (
        counted.filter(pl.col("code").fill_null("") != "")
        .sort(ORIGIN, "code")
        .select(
            of_table(field.table),
            of_field(field.name),
            "code",
            pl.col("code").is_in(allowed).alias("known"),
            "rows",
            ORIGIN,
        )
    )


def newest_event(tables: Tables, as_at: dt.date) -> pl.LazyFrame:
    """The latest day on or before D on which anything in a table happened, for every supplied table with such days.

    Beside the days of events, the day no row can lack speaks too (of a contact planned for a day that has come). A
    month speaks for its last day, but never for one beyond D.

    Returns:
        Columns: table, newest_on (blank where no day on or before D is filled), origin of the row it is from, or else
        of the table's first row.
    """
    parts = []
    for name, frame in tables.frames.items():
        days = [_seen(field, as_at) for field in spec(name).fields.values() if _happens(field)]
        if days:
            found = frame.lazy().select(ORIGIN, newest_on=pl.max_horizontal(days))
            first = pl.lit(first_row(tables, name), dtype=pl.UInt64)
            place = pl.col(ORIGIN).get(pl.col("newest_on").arg_max(), null_on_oob=True)
            parts.append(found.select(of_table(name), pl.col("newest_on").max(), pl.coalesce(place, first)))
    return stacked(parts, table=TABLE, newest_on=pl.Date())


def _happens(field: FieldSpec) -> bool:
    return field.kind == "month" or (field.kind == "day" and (field.event or field.required))


def _seen(field: FieldSpec, as_at: dt.date) -> pl.Expr:
    day = pl.col(field.name)
    last = pl.min_horizontal(day.dt.month_end(), pl.lit(as_at)) if field.kind == "month" else day
    return pl.when(day <= as_at).then(last)
