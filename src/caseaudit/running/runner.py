"""Making the checks of a run, two at a time, and deciding what each came to."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from threading import Lock

import polars as pl

from caseaudit.catalogue import BrokenCheck, Catalogue, Check
from caseaudit.catalogue.check import family_of
from caseaudit.errors import CheckProblem
from caseaudit.model import Manual, Outcome, Result, Severity, Status, Tables, kept, reaches
from caseaudit.policy import Policy
from caseaudit.running.desk import Desk
from caseaudit.running.findings import findings
from caseaudit.running.judging import judge, sift
from caseaudit.tables import ORIGIN, spec

AT_ONCE = 2
"""Checks made at a time. Polars works beside Python: of two checks one works out frames while the other is judged."""

SOON = 6
"""Checks for which large words are kept; more than are made at a time."""


def run(
    catalogue: Catalogue,
    tables: Tables,
    policy: Policy,
    as_at: dt.date,
    progress: Callable[[str], None] = lambda _: None,
    lean: Collection[str] = (),
) -> list[Result]:
    """Make every check of a catalogue.

    Args:
        catalogue: the checks chosen.
        tables: what the exports hold.
        policy: the limits in force.
        as_at: the day the audit speaks of.
        progress: called with a check's code, in their order, before its result is waited for.
        lean: families whose members that meet the standard are counted and not kept, since they are rows of the
            exports, millions perhaps, and a list of them would say nothing the exports do not.

    Returns:
        One result per check in the order of the catalogue, then one in error per broken check file.
    """
    needed = {field for check in catalogue for field in check.fields}
    desk = Desk(tables, policy, as_at, needed)
    large = Lock()

    def make(check: Check) -> Result:
        # A lean check looks at every row of every table, so no two of them are in memory at once.
        with large if check.family in lean else nullcontext():
            return _run_one(check, tables, policy, desk, keep_met=check.family not in lean)

    results = []
    checks = list(catalogue)
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        waiting = [pool.submit(make, check) for check in checks]
        for place, check in enumerate(checks):
            desk.keep_for([later.evidence for later in checks[place:]], SOON)
            progress(check.code)
            results.append(waiting[place].result())
    finally:
        pool.shutdown(cancel_futures=True)
    return results + [_broken(broken) for broken in catalogue.broken]


def _run_one(check: Check, tables: Tables, policy: Policy, desk: Desk, *, keep_met: bool) -> Result:
    blank = _blank_result(check, policy)
    if reason := what_is_missing(check, tables):
        return replace(blank, status=Status.NOT_ASSESSABLE, reason=reason)
    try:
        evidence: pl.DataFrame = desk.call(check.evidence).collect()
        counts = None
        if not keep_met:
            counts, evidence = sift(evidence, check)
        judged = judge(_in_order(evidence, check), check)
        found = findings(judged, check, tables.sources)
        measures = check.measures(judged.evidence) if check.measures else {}
    except CheckProblem as problem:
        return replace(blank, status=Status.ERROR, reason=str(problem))
    except Exception as fault:  # noqa: BLE001 - one check that fails must not stop the others; it is never a pass
        return replace(blank, status=Status.ERROR, reason=_where(check, fault))
    decided = _decided(blank, counts or _tally(judged.evidence))
    return replace(decided, measures=dict(measures), evidence=kept(judged.evidence), findings=kept(found))


def _in_order(evidence: pl.DataFrame, check: Check) -> pl.DataFrame:
    """The evidence in the order of the exports' rows. Joins and groups give no order of their own, a pack must."""
    keys = [name for name in (ORIGIN, *check.declaration.columns) if name in evidence.columns]
    rows = evidence.to_series(evidence.get_column_index(ORIGIN)) if ORIGIN in keys else None
    if rows is not None and not rows.has_nulls() and (rows[1:] > rows[:-1]).all():
        return evidence  # as most are: the exports' rows, one after the other
    return evidence.sort(keys, nulls_last=True, maintain_order=True)


def what_is_missing(check: Check, tables: Tables) -> str | None:
    """Why a check cannot be made of these exports, in one sentence; None when it can."""
    if absent := [table for table in check.tables if table not in tables.frames]:
        names = " or ".join(f"{table.replace('_', ' ')} (one row per {spec(table).one_row_per})" for table in absent)
        return f"No export holds {names}."
    for field in check.fields:
        table, _, name = field.partition(".")
        if table in tables.frames and name not in tables.supplied[table]:
            title = spec(table).fields[name].title
            return f"No export of {table.replace('_', ' ')} has a column for '{title}' ({field})."
    for fields in check.either:
        named = [field.partition(".") for field in fields]
        if not any(name in tables.supplied.get(table, ()) for table, _, name in named):
            titles = (f"'{spec(table).fields[name].title}' ({table}.{name})" for table, _, name in named)
            return f"No export has a column for {' or '.join(titles)}."
    return None


def _blank_result(check: Check, policy: Policy) -> Result:
    declared = check.declaration
    target = 1.0 if declared.target is None else float(getattr(policy, declared.target))
    return Result(
        code=check.code,
        name=check.name,
        family=check.family,
        severity=declared.severity,
        owner=declared.owner,
        basis=declared.basis,
        subject=declared.subject,
        subject_columns=declared.columns,
        manual=check.manual,
        status=Status.ERROR,
        target=target,
        standards={name: str(column.title) for name, column in check.standard.to_schema().columns.items()},
        limits=check.limits,
    )


def _tally(evidence: pl.DataFrame) -> tuple[int, int, int]:
    """How many members met, are in breach, are not evidenced."""
    counts = dict(evidence.group_by("outcome").len().iter_rows())
    met, breach, silent = (counts.get(outcome.value, 0) for outcome in Outcome)
    return met, breach, silent


def _decided(blank: Result, counts: tuple[int, int, int]) -> Result:
    met, breach, silent = counts
    population = met + breach + silent
    if population == 0:
        status = Status.NOT_APPLICABLE
    else:
        status = Status.MET if reaches(met, population, blank.target) else Status.NOT_MET
    return replace(blank, status=status, population=population, met=met, breach=breach, not_evidenced=silent)


def _where(check: Check, fault: BaseException) -> str:
    """What failed and where, without the fault's own message: it may quote a cell."""
    lines = [frame.lineno for frame in traceback.extract_tb(fault.__traceback__) if frame.filename == str(check.path)]
    line = next((line for line in reversed(lines) if line), None)
    where = f"{check.path.name}, line {line}" if line else check.path.name
    return f"{where}: the check failed ({type(fault).__name__})."


def _broken(broken: BrokenCheck) -> Result:
    nothing = "The check file could not be read."
    return Result(
        code=broken.name,
        name=broken.name,
        family=family_of(broken.name),
        severity=Severity.HIGH,
        owner="",
        basis="house",
        subject="",
        subject_columns=(),
        manual=Manual(nothing, nothing, nothing, nothing, nothing, nothing),
        status=Status.ERROR,
        reason=broken.reason,
    )
