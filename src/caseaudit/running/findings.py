"""From what fell short to findings a person can act on: who, what, the values, what to do, and where in the file."""

from __future__ import annotations

import hashlib
from string import Formatter

import polars as pl

from caseaudit.catalogue import Check
from caseaudit.model import FINDING_COLUMNS, Outcome, Source
from caseaudit.running.judging import Judged
from caseaudit.tables import ORIGIN
from caseaudit.tables.tracing import traced

NOTHING_RECORDED = "The record that would show it is blank or missing, or leaves it open."


def findings(judged: Judged, check: Check, sources: tuple[Source, ...]) -> pl.DataFrame:
    """One row per thing that fell short, breaches first, in the order of the evidence; columns FINDING_COLUMNS."""
    columns = check.standard.to_schema().columns
    parts = [
        _of_column(
            judged.shortfalls.filter(pl.col("column") == name),
            judged.evidence,
            check,
            str(column.title),
            column.description,
        )
        for name, column in columns.items()
    ]
    found = pl.concat(parts).sort(pl.col("status") != Outcome.BREACH.value, "member", maintain_order=True)
    return _fingerprinted(traced(found, sources)).select(FINDING_COLUMNS)


def subject_text(columns: tuple[str, ...]) -> pl.Expr:
    """The member's name: the values of its subject columns joined by " | "; a blank one reads "blank"."""
    shown = [pl.col(name).cast(pl.String).fill_null("blank") for name in columns]
    return pl.concat_str(shown, separator=" | ")


def _of_column(
    short: pl.DataFrame, evidence: pl.DataFrame, check: Check, title: str, description: str | None
) -> pl.DataFrame:
    rows = evidence[short["member"]].with_columns(short.get_column("member"), short.get_column("breach"))
    schema = rows.schema
    detail = detail_text(description, schema) if description else pl.lit(f"Not so: {title}.")
    severity = pl.col("severity") if "severity" in schema else pl.lit(check.declaration.severity.value)
    return rows.select(
        "member",
        ORIGIN,
        pl.lit(check.code).alias("check"),
        pl.when("breach")
        .then(pl.lit(Outcome.BREACH.value))
        .otherwise(pl.lit(Outcome.NOT_EVIDENCED.value))
        .alias("status"),
        severity.cast(pl.String).alias("severity"),
        pl.lit(check.declaration.subject).alias("subject_type"),
        subject_text(check.declaration.columns).alias("subject"),
        (pl.col("team") if "team" in schema else pl.lit(None, dtype=pl.String)).alias("team"),
        pl.lit(title).alias("measure"),
        pl.when("breach").then(detail).otherwise(pl.lit(NOTHING_RECORDED)).alias("detail"),
        pl.lit(check.manual.action).alias("action"),
    )


def detail_text(template: str, schema: pl.Schema) -> pl.Expr:
    """A finding's detail from the description of its standard: `{column}` is a value, `{column:day}` counts days."""
    pieces: list[pl.Expr] = []
    for words, name, unit, _ in Formatter().parse(template):
        if words:
            pieces.append(pl.lit(words))
        if name:
            pieces.append(shown(name, schema[name], unit or ""))
    return pl.concat_str(pieces)


def shown(name: str, dtype: pl.DataType, unit: str = "") -> pl.Expr:
    """A column's values as a reader sees them: 31 Oct 2026, 0.75, "3 days"; a blank reads "not on record"."""
    value = pl.col(name)
    if dtype == pl.Date:
        text = value.dt.strftime("%-d %b %Y")
    elif dtype.is_float():
        text = value.round(2).cast(pl.String).str.strip_suffix(".0")
    elif isinstance(dtype, pl.List):
        text = value.cast(pl.List(pl.String)).list.join(", ")
    else:
        text = value.cast(pl.String)
    if unit:
        text = pl.concat_str(text, pl.when(value == 1).then(pl.lit(f" {unit}")).otherwise(pl.lit(f" {unit}s")))
    return (
        text.str.replace_all("_", " ").fill_null("not on record")
        if dtype == pl.String
        else text.fill_null("not on record")
    )


def _fingerprinted(found: pl.DataFrame) -> pl.DataFrame:
    """Findings with a fingerprint that stays the same from month to month."""
    named = found.select(pl.concat_str("check", "subject_type", "subject", "measure", separator="\x1f").cast(pl.Binary))
    prints = [hashlib.sha256(name).hexdigest()[:16] for name in named.to_series().to_list()]
    return found.with_columns(fingerprint=pl.Series(prints, dtype=pl.String))
