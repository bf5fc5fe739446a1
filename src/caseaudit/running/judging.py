"""Holding evidence against its standard: an outcome for each member, and a row for each thing that fell short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandera.polars as pa
import polars as pl
from pandera.config import ValidationDepth, config_context

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
    _columns_there(evidence, check)
    frame = _plain_numbers(evidence, evidence.columns)
    shortfalls = _shortfalls(frame, check)
    return Judged(frame.with_columns(outcome=_outcomes(frame.height, _worst(shortfalls))), shortfalls)


def sift(evidence: pl.DataFrame, check: Check) -> tuple[tuple[int, int, int], pl.DataFrame]:
    """How many members met, are in breach, are not evidenced; and the evidence of the last two, as it was given.

    For a population of millions, nearly all of which meet: nothing is put beside those that do.

    Raises:
        CheckProblem: as `judge`.
    """
    _columns_there(evidence, check)
    short = _worst(_shortfalls(_plain_numbers(evidence, check.standard.to_schema().columns), check))
    breach = int(short["breach"].sum())
    return (evidence.height - short.height, breach, short.height - breach), evidence[short["member"]]


def _worst(shortfalls: pl.DataFrame) -> pl.DataFrame:
    """Each member that fell short of anything, once, and whether it is in breach of anything; members in order."""
    return shortfalls.group_by("member").agg(pl.col("breach").any()).sort("member")


def _outcomes(population: int, worst: pl.DataFrame) -> pl.Series:
    """An outcome per member: met, but for those that fell short."""
    number = {outcome: pl.lit(place, dtype=pl.UInt8) for place, outcome in enumerate(Outcome)}
    fell = pl.when("breach").then(number[Outcome.BREACH]).otherwise(number[Outcome.NOT_EVIDENCED])
    every = pl.select(pl.repeat(number[Outcome.MET], population)).to_series()
    return every.scatter(worst["member"], worst.select(fell).to_series()).cat.to(OUTCOMES)


def _plain_numbers(frame: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
    """Whole numbers as Int64 and all others as Float64, so that an author need not think of widths."""
    types = {name: frame.schema[name] for name in columns if name != ORIGIN}
    whole = [name for name, dtype in types.items() if dtype.is_integer()]
    others = [name for name, dtype in types.items() if dtype.is_float()]
    return frame.with_columns(pl.col(whole).cast(pl.Int64), pl.col(others).cast(pl.Float64))


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
    parts = cases.select(
        "column", member=pl.col("index").cast(pl.UInt32), breach=pl.col("check") != "not_nullable"
    ).partition_by("column", maintain_order=True, as_dict=True)
    return pl.concat(
        _worst(part).select("member", pl.lit(name).alias("column"), "breach") for (name,), part in parts.items()
    )


def validate(frame: pl.DataFrame, standard: type[Evidence]) -> None:
    """Pandera's own validation, eager, reporting every failure at once.

    Pandera reads settings from the environment. One that turns validation off, or leaves the values out of it, would
    make every member meet every standard.
    """
    with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
        standard.validate(frame, lazy=True)
