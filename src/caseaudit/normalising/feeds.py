"""One source made rows of one canonical table, with a reason for every row that could not be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from caseaudit.at_once import at_once
from caseaudit.errors import UsageProblem
from caseaudit.model import SOURCE_ROW, Export, Feed, SheetPlan
from caseaudit.normalising.columns import Read, read_column
from caseaudit.normalising.dates import Order
from caseaudit.normalising.unpivot import CODE, lengthened, problem_of
from caseaudit.tables import FieldSpec, spec

REFUSED = {SOURCE_ROW: pl.UInt32(), "field": pl.String(), "reason": pl.String(), "whole": pl.Boolean()}
"""Columns of a frame of what could not be used; here `whole` says that the row makes no row of this table."""

_COUNTS, _CULPRIT, _WHY = "row counts", "field at fault", "why not used"


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


def feed(export: Export, plan: SheetPlan, feeds: Sequence[Feed], orders: Mapping[str, Order]) -> Fed:
    """Read an export's columns as the fields of one table.

    Args:
        export: the rows as text.
        plan: the plan of the source.
        feeds: how the source feeds the table; more than one only for a matrix with columns of completion and of expiry.
        orders: heading → order of day and month.

    Raises:
        UsageProblem: a constant of the plan is no value of its field.
    """
    one = feeds[0]
    fields = spec(one.table).fields
    source = export.frame
    if one.filled:
        source = source.filter(pl.all_horizontal(source.get_column(heading).is_not_null() for heading in one.filled))
    notes: list[str] = []
    blanks: dict[str, int] = {}

    def read(column: pl.Series, heading: str, name: str) -> Read:
        words = plan.values.get(fields[name].path, {})
        return read_column(column, fields[name], words, orders.get(heading, "dmy"))

    def said(found: Read, heading: str) -> tuple[pl.Series, pl.Series]:
        notes.extend(f"“{heading}”: {note}" for note in found.notes)
        if found.blanks and heading != CODE:
            blanks[heading] = found.blanks
        return found.values, found.problems

    values: dict[str, pl.Series] = {}
    problems: dict[str, pl.Series] = {}
    unpivots = [each.unpivot for each in feeds if each.unpivot is not None]
    if unpivots:
        keep = sorted(set(one.columns.values()))
        source = lengthened(source, unpivots, keep, lambda h, name: said(read(export.frame.get_column(h), h, name), h))
        values = {u.value_field: source.get_column(u.value_field) for u in unpivots}
        problems = {u.value_field: source.get_column(problem_of(u.value_field)) for u in unpivots}
    code = {unpivots[0].code_field: CODE} if unpivots else {}
    columns = {**one.columns, **code}
    found = at_once(lambda name: read(source.get_column(columns[name]), columns[name], name), columns)
    for name, each in zip(columns, found, strict=True):
        values[name], problems[name] = said(each, columns[name])
    for name, text in one.constants.items():
        values[name] = _constant(plan, fields[name], text, source.height)
    frame = pl.DataFrame({SOURCE_ROW: source.get_column(SOURCE_ROW), **values})
    counts = _counts(frame, one.only_if, problems)
    return Fed(one.table, *_judged(frame, counts, problems, one.table), blanks, tuple(notes))


def says_nothing(fed: Fed, source: pl.DataFrame) -> bool:
    """Whether a source does not count as an export of a table: no row at all, or none of those meant for it usable.

    An empty template sheet, or a list nobody filled in, must not turn "not assessable" into "not applicable". A
    caseload without any last review does supply reviews: its column was there to be filled.
    """
    return fed.frame.is_empty() and (source.is_empty() or fed.refused.height > 0)


def together(feeds: Sequence[Feed]) -> list[list[Feed]]:
    """The feeds of a source, those of one matrix of one table put together."""
    groups: dict[tuple[str, int], list[Feed]] = {}
    for number, one in enumerate(feeds):
        groups.setdefault((one.table, -1 if one.unpivot is not None else number), []).append(one)
    return list(groups.values())


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
    problems = {name: found for name, found in problems.items() if found.null_count() < found.len()}
    # Names no field can have: `reason` is a field of bands.
    marked = frame.with_columns(counts.alias(_COUNTS), *(p.alias(problem_of(name)) for name, p in problems.items()))
    if not counts.all():
        marked = marked.filter(_COUNTS)
    if all(name in frame.columns and not marked.get_column(name).null_count() for name in specs.required):
        unusable, usable = pl.DataFrame(schema=REFUSED), marked  # as nearly every long export: no row is taken out
    else:
        unusable, usable = _divided(marked, problems, table)
    blanked = [
        usable.filter(pl.col(problem_of(name)).is_not_null()).select(
            SOURCE_ROW,
            field=pl.lit(name),
            reason=pl.col(problem_of(name)) + "; the field is left blank",
            whole=pl.lit(value=False),
        )
        for name in problems
        if name not in specs.required
    ]
    refused = pl.concat([unusable, *blanked]).cast(REFUSED)  # type: ignore[arg-type]
    return usable.select(frame.columns), refused


def _divided(marked: pl.DataFrame, problems: Mapping[str, pl.Series], table: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that lack a field they cannot do without, each with the first such field and why; and the others."""
    specs = spec(table)
    reason = pl.lit(None, dtype=pl.String)
    culprit = pl.lit(None, dtype=pl.String)
    # The last written wins, so the fields go backwards: the first field of the table that fails is named.
    for name in reversed(specs.required):
        blank = pl.col(name).is_null() if name in marked.columns else pl.lit(value=True)
        why = pl.col(problem_of(name)) if name in problems else pl.lit(None, dtype=pl.String)
        said = pl.coalesce(why, pl.lit(f"blank, and a row of {table} cannot be used without it"))
        reason = pl.when(blank).then(said).otherwise(reason)
        culprit = pl.when(blank).then(pl.lit(name)).otherwise(culprit)
    judged = marked.with_columns(reason.alias(_WHY), culprit.alias(_CULPRIT))
    unusable = judged.filter(pl.col(_CULPRIT).is_not_null()).select(
        SOURCE_ROW, field=_CULPRIT, reason=_WHY, whole=pl.lit(value=True)
    )
    return unusable, judged.filter(pl.col(_CULPRIT).is_null())
