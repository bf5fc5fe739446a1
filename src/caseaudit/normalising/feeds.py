"""One source made rows of one canonical table, with a reason for every row that could not be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from caseaudit.errors import UsageProblem
from caseaudit.model import SOURCE_ROW, Export, Feed, SheetPlan
from caseaudit.normalising.columns import read_column
from caseaudit.normalising.dates import Order
from caseaudit.normalising.unpivot import CELL, CODE, MARK_WITHOUT_DATE, is_mark, lengthened
from caseaudit.tables import FieldSpec, spec

REFUSED = {SOURCE_ROW: pl.UInt32(), "field": pl.String(), "reason": pl.String(), "whole": pl.Boolean()}
"""Columns of a frame of what could not be used; here `whole` says that the row makes no row of this table."""


@dataclass(frozen=True)
class Fed:
    """What a source came to for one table.

    Attributes:
        table: the canonical table.
        frame: SOURCE_ROW and the fields some column or constant supplies.
        refused: REFUSED, one row per use of a row, or single cell, that could not be used.
        blanks: heading → cells with a placeholder word, read as blank.
        notes: phrases about columns.
    """

    table: str
    frame: pl.DataFrame
    refused: pl.DataFrame
    blanks: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = field(default=())


def feed(export: Export, plan: SheetPlan, one: Feed, orders: Mapping[str, Order]) -> Fed:
    """Read an export's columns as the fields of one table.

    Raises:
        UsageProblem: a constant of the plan is no value of its field.
    """
    fields = spec(one.table).fields
    source = export.frame
    if one.unpivot is not None:
        source = lengthened(source, one.unpivot, sorted(set(one.columns.values())))
    values: dict[str, pl.Series] = {}
    problems: dict[str, pl.Series] = {}
    notes: list[str] = []
    blanks: dict[str, int] = {}
    for name, heading in _columns(one).items():
        column = source.get_column(heading)
        order = _matrix_order(one, orders) if heading == CELL else orders.get(heading, "dmy")
        read = read_column(column, fields[name], plan.values.get(fields[name].path, {}), order)
        values[name], problems[name] = read.values, read.problems
        # A matrix has dropped its blank cells already, and a heading of ours would tell nobody anything.
        if heading not in {CODE, CELL}:
            notes += [f"“{heading}”: {note}" for note in read.notes]
            blanks |= {heading: read.blanks} if read.blanks else {}
        if heading == CELL:
            marks = source.select(is_mark()).to_series()
            problems[name] = _overruled(problems[name], marks, MARK_WITHOUT_DATE)
    for name, text in one.constants.items():
        values[name] = _constant(plan, fields[name], text, source.height)
    frame = pl.DataFrame({SOURCE_ROW: source.get_column(SOURCE_ROW), **values})
    counts = _counts(frame, one.only_if, problems)
    return Fed(one.table, *_judged(frame, counts, problems, one.table), blanks, tuple(notes))


def _columns(one: Feed) -> dict[str, str]:
    """Field → column, those of a matrix's codes and cells included."""
    made = {} if one.unpivot is None else {one.unpivot.code_field: CODE, one.unpivot.value_field: CELL}
    return dict(one.columns) | made


def _matrix_order(one: Feed, orders: Mapping[str, Order]) -> Order:
    """One order for the cells of a matrix: that of its first column which proves one, else the first's."""
    found = [orders[h] for h in (one.unpivot.headings if one.unpivot else ()) if h in orders]
    return next((order for order in found if order != "dmy"), "dmy")


def _overruled(problems: pl.Series, where: pl.Series, reason: str) -> pl.Series:
    return (
        pl.DataFrame({"p": problems, "w": where})
        .select(pl.when(pl.col("w")).then(pl.lit(reason)).otherwise(pl.col("p")))
        .to_series()
    )


def _constant(plan: SheetPlan, field_spec: FieldSpec, text: str, height: int) -> pl.Series:
    read = read_column(pl.Series("constant", [text]), field_spec, plan.values.get(field_spec.path, {}), "dmy")
    if read.problems.item() is not None:
        raise UsageProblem(
            f"{plan.sheet.source.label}: the mapping file sets {field_spec.path} for every row, but to what is "
            f"{read.problems.item()}. Write a value of that kind."
        )
    return read.values.new_from_index(0, height).alias(field_spec.name)


def _counts(frame: pl.DataFrame, only_if: tuple[str, ...], problems: Mapping[str, pl.Series]) -> pl.Series:
    """Whether a row is meant for the table at all: one of the `only_if` fields says something, readable or not."""
    if not only_if:
        return pl.Series("counts", [True]).new_from_index(0, frame.height)
    said = [frame.get_column(name).is_not_null() for name in only_if if name in frame.columns]
    said += [problems[name].is_not_null() for name in only_if if name in problems]
    return pl.DataFrame({str(i): s for i, s in enumerate(said)}).select(pl.any_horizontal(pl.all())).to_series()


def _judged(
    frame: pl.DataFrame, counts: pl.Series, problems: Mapping[str, pl.Series], table: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that can be used, and why the others, or single cells, cannot."""
    specs = spec(table)
    reason = pl.lit(None, dtype=pl.String)
    culprit = pl.lit(None, dtype=pl.String)
    # The last written wins, so the fields go backwards: the first field of the table that fails is named.
    for name in reversed(specs.required):
        blank = pl.col(name).is_null() if name in frame.columns else pl.lit(value=True)
        why = pl.col(f"problem of {name}") if name in problems else pl.lit(None, dtype=pl.String)
        said = pl.coalesce(why, pl.lit(f"blank, and a row of {table} cannot be used without it"))
        reason = pl.when(blank).then(said).otherwise(reason)
        culprit = pl.when(blank).then(pl.lit(name)).otherwise(culprit)
    marked = frame.with_columns(
        counts.alias("counts"), *(p.alias(f"problem of {name}") for name, p in problems.items())
    ).filter("counts")
    judged = marked.with_columns(reason.alias("reason"), culprit.alias("culprit"))
    unusable = judged.filter(pl.col("culprit").is_not_null()).select(
        SOURCE_ROW, field="culprit", reason="reason", whole=pl.lit(value=True)
    )
    usable = judged.filter(pl.col("culprit").is_null())
    blanked = [
        usable.filter(pl.col(f"problem of {name}").is_not_null()).select(
            SOURCE_ROW,
            field=pl.lit(name),
            reason=pl.col(f"problem of {name}") + "; the field is left blank",
            whole=pl.lit(value=False),
        )
        for name in problems
        if name not in specs.required and problems[name].null_count() < problems[name].len()
    ]
    refused = pl.concat([unusable, *blanked]).cast(REFUSED)  # type: ignore[arg-type]
    return usable.select(frame.columns), refused
