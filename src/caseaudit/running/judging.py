"""Holding evidence against its standard: an outcome for each member, and a row for each thing that fell short."""

from __future__ import annotations

from dataclasses import dataclass

import pandera.polars as pa
import polars as pl

from caseaudit.catalogue import Check, Evidence
from caseaudit.errors import CheckProblem
from caseaudit.model import Outcome
from caseaudit.tables import ORIGIN

OUTCOMES = pl.Enum([outcome.value for outcome in Outcome])
"""Type of the column `outcome`: a byte a member, however many there are."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Evidence with an `outcome` per member, and what fell short: columns member, column, breach (bool)."""

    evidence: pl.DataFrame
    shortfalls: pl.DataFrame


def judge(evidence: pl.DataFrame, check: Check) -> Judged:
    """Validate the evidence of a check.

    Pandera says which member failed which column: a blank (`not_nullable`) is not evidenced, a failed test a breach.
    A member with one measure in breach is a breach even if another is not evidenced.

    Raises:
        CheckProblem: the evidence lacks a column of the standard, of its subject or `origin`, or has one of another
            type; or the standard tests the frame as a whole, which cannot be laid to a member.
    """
    frame = _plain_numbers(evidence)
    _columns_there(frame, check)
    shortfalls = _shortfalls(frame, check)
    worst = shortfalls.group_by("member").agg(pl.col("breach").any())
    outcome = (
        pl.when(pl.col("breach").is_null())
        .then(pl.lit(Outcome.MET.value))
        .when(pl.col("breach"))
        .then(pl.lit(Outcome.BREACH.value))
        .otherwise(pl.lit(Outcome.NOT_EVIDENCED.value))
        .cast(OUTCOMES)
    )
    judged = (
        frame.with_row_index("member")
        .join(worst, on="member", how="left", maintain_order="left")
        .with_columns(outcome=outcome)
        .drop("member", "breach")
    )
    return Judged(judged, shortfalls)


def _plain_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """All whole numbers as Int64 and all others as Float64, so that an author need not think of widths."""
    from polars import selectors as cs

    return frame.with_columns(
        (cs.integer() - cs.by_name(ORIGIN, require_all=False)).cast(pl.Int64), cs.float().cast(pl.Float64)
    )


def _columns_there(frame: pl.DataFrame, check: Check) -> None:
    wanted = (*check.declaration.columns, *check.standard.to_schema().columns, ORIGIN)
    if missing := [name for name in wanted if name not in frame.columns]:
        raise CheckProblem(f"{check.path.name}: the evidence lacks the column '{missing[0]}'.")


def _shortfalls(frame: pl.DataFrame, check: Check) -> pl.DataFrame:
    none = pl.DataFrame(schema={"member": pl.UInt32, "column": pl.String, "breach": pl.Boolean})
    try:
        validate(frame, check.standard)
    except pa.errors.SchemaErrors as failed:
        cases = failed.failure_cases
    else:
        return none
    assert isinstance(cases, pl.DataFrame)  # noqa: S101 - Pandera's own promise for Polars, said for mypy
    if (whole := cases.filter(pl.col("index").is_null())).height:
        raise CheckProblem(
            f"{check.path.name}: the evidence does not fit the Standard in column '{whole['column'][0]}' "
            f"({whole['check'][0]})."
        )
    # The failing values themselves are in `failure_case`; they are not read, since they may be personal.
    return (
        cases.select(member=pl.col("index").cast(pl.UInt32), column="column", breach=pl.col("check") != "not_nullable")
        .group_by("member", "column")
        .agg(pl.col("breach").any())
        .sort("member", "column")
    )


def validate(frame: pl.DataFrame, standard: type[Evidence]) -> None:
    """Pandera's own validation, eager, reporting every failure at once."""
    standard.validate(frame, lazy=True)
