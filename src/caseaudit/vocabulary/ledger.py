"""What became of the rows and fields of the exports: which rows were used, which fields are filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import polars as pl

from caseaudit.model import ORIGIN_SHIFT, Rejected, Tables
from caseaudit.tables import ORIGIN, spec
from caseaudit.vocabulary.columns import FIELD, LABEL, TABLE, first_row, stacked

RIGHTLY_BLANK = frozenset(
    (
        "cases.closed_on", "cases.close_reason", "cases.discharged_from_inpatient_on", "cases.step_down_criteria",
        "allocations.ended_on", "allocations.oversight_worker_id", "staff.left_on", "staff.registration_number",
        "staff.registration_expires_on", "tasks.completed_on", "tasks.completed_by", "tasks.signed_off_by",
        "tasks.signed_off_on", "supervision.follow_up_done_on", "supervision.pressure_point", "governance.team",
        "physical_checks.follow_up_on", "referrals.accepted_on", "referrals.first_contact_on", "referrals.closed_on",
        "capacity_exceptions.closed_on", "risk_register.closed_on", "establishment.vacant_since",
    )
)  # fmt: skip
"""Fields whose blank may say that something has not happened, or does not concern the row: how often they are filled
says nothing of the export. Checks that need one to be filled for some rows say so themselves."""


def ledger(tables: Tables) -> pl.LazyFrame:
    """The rows, or uses of a row, that were records and could not be used. A totals row or a note is no record.

    Columns: origin, reason (led by the title of the field at fault), whole (the row feeds nothing), lost (the row, or a
    record it should have given; not so where one cell was left blank).
    """
    records = [one for one in tables.rejected if not one.furniture]
    return pl.LazyFrame(
        {
            ORIGIN: [one.source * ORIGIN_SHIFT + one.row for one in records],
            "reason": [_reason(one) for one in records],
            "whole": [one.whole for one in records],
            "lost": [one.whole or _unusable(one) for one in records],
        },
        schema={ORIGIN: pl.UInt64, "reason": LABEL, "whole": pl.Boolean, "lost": pl.Boolean},
    )


def _unusable(rejected: Rejected) -> bool:
    """Whether what was refused is a field without which there is no record."""
    return rejected.table is not None and rejected.field in spec(rejected.table).required


def _reason(rejected: Rejected) -> str:
    field = spec(rejected.table).fields.get(rejected.field or "") if rejected.table else None
    reason = rejected.reason.rstrip(".")
    return f"{field.title}: {reason}" if field else reason


def filled(tables: Tables, paths: Iterable[str]) -> pl.LazyFrame:
    """How often fields of the supplied tables are filled.

    Rows rejected for want of the field count among the rows, not among the filled.

    Args:
        tables: the canonical tables.
        paths: fields as "table.field"; those of tables that are not supplied are passed over, and those a blank in
            which says nothing of the export.

    Returns:
        Columns: table, field, filled (blank: no export has a column for it), rows, origin of the table's first row.
    """
    # a row of which one cell was left blank stands in the table, and is counted there
    lost = (one for one in tables.rejected if not one.furniture and (one.whole or _unusable(one)))
    refused = Counter((one.table, one.field) for one in lost)
    rows = []
    for path in paths:
        table, _, field = path.partition(".")
        if table not in tables.frames:
            continue
        frame, supplied = tables.frames[table], field in tables.supplied[table]
        if supplied and path in RIGHTLY_BLANK:
            continue
        count = frame.height - frame.get_column(field).null_count() if supplied else None
        rows.append((table, field, count, frame.height + refused[table, field], first_row(tables, table)))
    columns = {"table": TABLE, "field": FIELD, "filled": pl.Int64(), "rows": pl.Int64(), ORIGIN: pl.UInt64()}
    return pl.LazyFrame(rows, schema=columns, orient="row")


def rows_read(tables: Tables) -> pl.LazyFrame:
    """Every row of the exports that is a record, and whether it could be used.

    A row joined with another that tells of the same event is no more in any table, so that its number is not known;
    there is one row for it without a number, and as many rows for each source as the source's account says.

    Columns: source_label, row (physical), lost (it, or a record it should have given), in_part (a cell of it was
    refused), reason, origin.
    """
    kept = (frame.lazy().select(ORIGIN) for frame in tables.frames.values())
    refused = ledger(tables).group_by(ORIGIN).agg(pl.col("whole", "lost").any(), pl.col("reason").first())
    known = (
        stacked([*kept, refused.select(ORIGIN)])
        .sort(ORIGIN)
        .filter(pl.col(ORIGIN).ne_missing(pl.col(ORIGIN).shift()))  # each once: four times as fast as unique()
        .join(refused, on=ORIGIN, how="left", maintain_order="left")
        .with_columns(in_part=~pl.col("lost"), row=(pl.col(ORIGIN) % ORIGIN_SHIFT).cast(pl.UInt32))
        .with_columns(pl.col("whole", "lost", "in_part").fill_null(value=False))
    )
    labels = pl.LazyFrame(
        {"place": range(len(tables.sources)), "source_label": [source.label for source in tables.sources]},
        schema={"place": pl.UInt64, "source_label": LABEL},
    )
    place = (pl.col(ORIGIN) // ORIGIN_SHIFT).alias("place")
    rows = pl.concat([known, _joined_rows(tables, known.filter(~pl.col("whole")))], how="diagonal_relaxed")
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
