"""One sheet per worker for supervision: the cases they hold, and what is due. Only for those inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from caseaudit.disclosure.counts import evidence_of
from caseaudit.model import Result
from caseaudit.publication import WorkerSheet

HOLDERS = ("CAP05", "CMP01")
"""Checks whose evidence names the worker of each open case, the fuller one first."""


def worker_sheets(results: Sequence[Result]) -> tuple[WorkerSheet, ...]:
    """A sheet for each worker who holds an open case, by worker; none where no evidence says who holds which."""
    held = _held(results)
    if held is None:
        return ()
    due = _due(results, dict(held.select("case_id", "worker_id").iter_rows()))
    cases = _cases(held, results)
    facts = _facts(results)
    return tuple(
        WorkerSheet(
            worker=str(worker),
            team=rows["team"][0],
            about=facts.get(str(worker), {}),
            cases=tuple(rows.drop("worker_id", "team").iter_rows(named=True)),
            due=due.get(str(worker), ()),
        )
        for (worker,), rows in cases.group_by("worker_id", maintain_order=True)
    )


def _held(results: Sequence[Result]) -> pl.DataFrame | None:
    for code in HOLDERS:
        if (evidence := evidence_of(results, code, "case_id", "worker_id", "team", "acuity_band")) is not None:
            return evidence.filter(pl.col("worker_id").is_not_null()).unique("case_id", maintain_order=True)
    return None


def _cases(held: pl.DataFrame, results: Sequence[Result]) -> pl.DataFrame:
    """Cases with their review, longest overdue first within each worker."""
    wanted = ("reviewed_on", "due_on", "days_overdue")
    if (reviews := evidence_of(results, "REV01", "case_id", *wanted)) is not None:
        held = held.join(reviews, on="case_id", how="left", maintain_order="left")
    else:
        held = held.with_columns(
            pl.lit(None, pl.Date).alias("reviewed_on"),
            pl.lit(None, pl.Date).alias("due_on"),
            pl.lit(None, pl.Int64).alias("days_overdue"),
        )
    order = ("worker_id", "days_overdue", "case_id")
    return held.sort(order, descending=[False, True, False], nulls_last=True, maintain_order=True)


def _facts(results: Sequence[Result]) -> dict[str, dict[str, object]]:
    """Worker → figures of their caseload and supervision, as the evidence has them."""
    found: dict[str, dict[str, object]] = {}
    schemas = {result.code: result.evidence_schema for result in results}
    for code, columns in (
        ("CAP01", ("open_cases", "high_acuity_cases", "wte", "points_per_wte", "points_over")),
        ("SUP01", ("last_held_on", "gap_days", "interval_days")),
    ):
        there = [name for name in columns if name in schemas.get(code, ())]
        if (evidence := evidence_of(results, code, "worker_id", *there)) is None:
            continue
        for row in evidence.iter_rows(named=True):
            found.setdefault(str(row.pop("worker_id")), {}).update(row)
    return found


def _due(results: Sequence[Result], holder: Mapping[str, str]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Worker → (check, findings) of everything that fell short for them or for a case they hold."""
    counted: dict[str, dict[str, int]] = {}
    for result in results:
        columns = result.subject_columns
        if result.findings is None or not {"worker_id", "case_id"} & set(columns):
            continue
        by_worker = "worker_id" in columns
        place = columns.index("worker_id" if by_worker else "case_id")
        for subject in result.findings.select("subject").unique(maintain_order=True).collect()["subject"]:
            name = str(subject).split(" | ")[place]
            worker = name if by_worker else holder.get(name)
            if worker is not None:
                of_worker = counted.setdefault(worker, {})
                of_worker[result.code] = of_worker.get(result.code, 0) + 1
    return {worker: tuple(checks.items()) for worker, checks in counted.items()}
