"""What became of every row of a source: rows read = kept + rejected, or the program itself is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from caseaudit.model import SOURCE_ROW, Export, Rejected, SheetPlan, SourceAccount
from caseaudit.normalising.feeds import Fed


class RowsLostError(AssertionError):
    """A row was neither kept nor rejected. This is a fault of the program, never of the export."""


def account(
    number: int, export: Export, plan: SheetPlan, feds: Sequence[Fed], used: pl.Series
) -> tuple[SourceAccount, list[Rejected]]:
    """Account for every row of a source.

    Args:
        number: the source's place in Tables.sources.
        export: its rows as read.
        plan: what they were meant for.
        feds: what they came to, per table.
        used: rows that another source of the same published format took something from.

    Raises:
        RowsLostError: rows read are not rows kept plus rows rejected.
    """
    rows = export.frame.get_column(SOURCE_ROW)
    served = [fed.frame.get_column(SOURCE_ROW) for fed in feds] + [used]
    rejected = [replace(one, source=number) for one in export.set_aside]
    if not export.frame.is_empty() and any(_every(rows, one) for one in served):
        kept, idle = rows, rows.head(0)
    else:
        kept = pl.concat([rows.head(0), *(one.cast(rows.dtype) for one in served)]).unique()
        refused = pl.concat([rows.head(0), *(fed.refused.get_column(SOURCE_ROW).cast(rows.dtype) for fed in feds)])
        made = pl.concat([kept, refused]).unique().to_frame()
        idle = rows.to_frame().join(made, on=SOURCE_ROW, how="anti", maintain_order="left").to_series()
    for fed in feds:
        rejected += _refused(number, fed, kept)
    reason = plan.left_out or "nothing is filled that would make it a row of a table"
    tables = tuple(dict.fromkeys(one.table for one in plan.feeds))
    only = tables[0] if len(tables) == 1 else None
    rejected += [Rejected(number, row, only, None, reason, furniture=plan.on_purpose) for row in idle.to_list()]
    rejected.sort(key=lambda one: (one.row, one.table or "", one.field or ""))
    result = SourceAccount(
        source=export.source,
        tables=tables,
        rows_read=export.source.rows_read,
        kept=kept.len(),
        rejected=len({one.row for one in rejected if one.whole}),
        furniture=len({one.row for one in rejected if one.furniture}),
        columns=plan.matches,
    )
    _assert_whole(result, export)
    return result, rejected


def _every(rows: pl.Series, served: pl.Series) -> bool:
    """Whether a feed kept each row, and each once, as it does of nearly every long export: a look, where joins cost."""
    return served.equals(rows) and bool((rows.head(-1) < rows.slice(1)).all())


def _refused(number: int, fed: Fed, kept: pl.Series) -> list[Rejected]:
    """The ledger of one feed; `whole` becomes whether the row feeds nothing at all."""
    if fed.refused.is_empty():
        return []
    lost = ~fed.refused.get_column(SOURCE_ROW).cast(kept.dtype).is_in(kept.implode())
    return [
        Rejected(number, row, fed.table, name, reason, whole=whole)
        for row, name, reason, whole in fed.refused.select(
            SOURCE_ROW, "field", "reason", lost.alias("whole")
        ).iter_rows()
    ]


def _assert_whole(result: SourceAccount, export: Export) -> None:
    given = export.frame.height + len(export.set_aside)
    if result.rows_read != given or result.rows_read != result.kept + result.rejected:
        raise RowsLostError(
            f"{result.source.label}: {result.rows_read} rows read, {given} handed on, {result.kept} kept, "
            f"{result.rejected} rejected"
        )
