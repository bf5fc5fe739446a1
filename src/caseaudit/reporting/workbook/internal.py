"""findings.xlsx for those who work on the findings: what fell short, for whom, who acts, and room for the reply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from caseaudit.model import SEVERITIES, Audit, Report, Result
from caseaudit.reporting.deadlines import act_by
from caseaudit.reporting.tabular import findings_frame, rejected_frame
from caseaudit.reporting.workbook.looks import workbook
from caseaudit.reporting.workbook.notes import notes_table
from caseaudit.reporting.workbook.replies import DONE, DUE, EARLIER, FINGERPRINT, OWNER, REPLY, Reply
from caseaudit.reporting.workbook.sheets import PERSONAL, Cell, Column, Mark, Table, place_of

FINDINGS = (
    Column("severity", 9),
    Column("status", 14),
    Column("check", 8),
    Column("team", 14),
    Column("subject", 20),
    Column("measure", 28),
    Column("detail", 36),
    Column("action", 42),
    Column("who acts", 14),
    Column("act by", 12, "day"),
    Column(OWNER, 16, yours=True),
    Column(DUE, 12, "day", yours=True),
    Column(REPLY, 32, yours=True),
    Column(DONE, 12, "day", yours=True),
    Column("source file", 28),
    Column("source sheet", 14),
    Column("source row", 8, "place"),
    Column("subject type", 14),
    Column(FINGERPRINT, 18, "small"),
)
PRINTED = 14
"""Columns of the findings that go on paper; the last of them is the day it was done."""

SUMMARY = (
    Column("check", 8),
    Column("fault", 46),
    Column("status", 14),
    Column("severity", 10),
    Column("who acts", 16),
    Column("population", 11, "count"),
    Column("met", 9, "count"),
    Column("breach", 9, "count"),
    Column("not evidenced", 11, "count"),
    Column("rate", 8, "share"),
    Column("target", 8, "share"),
    Column("findings", 10, "count"),
    Column("why not tested", 46),
)
REJECTED = (
    Column("source file", 34),
    Column("source sheet", 18),
    Column("source row", 10, "place"),
    Column("table", 20),
    Column("field", 22),
    Column("reason", 70),
)
EARLIER_REPLIES = (
    Column("check", 8),
    Column("team", 14),
    Column("subject", 20),
    Column("measure", 36),
    Column(OWNER, 18),
    Column(DUE, 12, "day"),
    Column(REPLY, 50),
    Column(DONE, 12, "day"),
    Column(FINGERPRINT, 18, "small"),
)
LIMITS = (
    Column("limit", 44),
    Column("value", 22),
    Column("shipped value", 22),
    Column("basis", 12),
    Column("source", 50),
    Column("changed", 10),
    Column("laxer than cited standard", 14),
)
SOURCES = (
    Column("source file", 34),
    Column("source sheet", 18),
    Column("tables", 28),
    Column("rows read", 11, "count"),
    Column("rows kept", 11, "count"),
    Column("rows rejected", 11, "count"),
    Column("no record", 11, "count"),
    Column("header row", 10, "place"),
    Column("encoding", 12),
    Column("what was noticed", 60),
    Column("sha256", 24, "small"),
)


def workbook_file(audit: Audit, replies: Mapping[str, Reply] | None = None) -> Report:
    """findings.xlsx of an internal pack.

    Args:
        audit: as the run found it.
        replies: fingerprint → what owners wrote into an earlier one; written beside the same findings. Those whose
            finding is gone stand on a sheet of their own.
    """
    found = ordered_findings(audit, replies or {})
    earlier = _earlier(found, replies or {})
    tables = [
        Table("Summary", SUMMARY, list(_summary(audit, found)), _to_findings(audit, found)),
        Table("Findings", FINDINGS, found, _to_summary(audit, found), printed=PRINTED),
        *([Table(EARLIER, EARLIER_REPLIES, earlier, whole_in="the file it came from")] if earlier.height else []),
        Table("Rejected rows", REJECTED, rejected_frame(audit), whole_in="rejected.csv"),
        Table("Limits", LIMITS, limit_rows([_limit(one) for one in audit.limits])),
        Table("Sources", SOURCES, list(_sources(audit)), printed=len(SOURCES) - 1),
    ]
    notes = notes_table(audit.service, audit.as_at, PERSONAL, [table.name for table in tables])
    mark = Mark("Findings", audit.service, audit.as_at, PERSONAL)
    return Report("findings.xlsx", workbook([*tables, notes], mark))


def ordered_findings(audit: Audit, replies: Mapping[str, Reply]) -> pl.DataFrame:
    """Every finding with who acts, by when, and what was replied; columns FINDINGS.

    Worst harm first, then by the day, then by check.
    """
    due = act_by(audit.limits, audit.as_at)
    owners = {result.code: result.owner for result in audit.results}
    harm = [severity.value for severity in SEVERITIES]
    given = pl.DataFrame(
        [(key, r.owner or None, r.due_on, r.reply or None, r.done_on) for key, r in replies.items()],
        schema={FINGERPRINT: pl.String, OWNER: pl.String, DUE: pl.Date, REPLY: pl.String, DONE: pl.Date},
        orient="row",
    )
    frame = findings_frame(audit).with_columns(
        pl.col("check").replace_strict(owners, default=None, return_dtype=pl.String).alias("who acts"),
        pl.col("severity").replace_strict(due, default=None, return_dtype=pl.Date).alias("act by"),
        pl.col("source_row").cast(pl.Int64),
        harm=pl.col("severity").replace_strict(harm, range(len(harm)), default=len(harm), return_dtype=pl.Int8),
    )
    return (
        frame.join(given, on=FINGERPRINT, how="left", maintain_order="left")
        .sort("harm", "act by", "check", maintain_order=True)
        .drop("harm")
        .rename(lambda name: name.replace("_", " "))
        .select(column.heading for column in FINDINGS)
    )


def _earlier(found: pl.DataFrame, replies: Mapping[str, Reply]) -> pl.DataFrame:
    """The replies to findings that are no longer there; columns EARLIER_REPLIES."""
    there = set(found.filter(pl.col(FINGERPRINT).is_in(list(replies)))[FINGERPRINT])
    rows = [
        (r.check, r.team, r.subject, r.measure, r.owner, r.due_on, r.reply, r.done_on, key)
        for key, r in replies.items()
        if key not in there
    ]
    schema = {column.heading: pl.Date if column.kind == "day" else pl.String for column in EARLIER_REPLIES}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.with_columns(pl.col(pl.String).replace("", None)).sort("check", FINGERPRINT)


def _firsts(found: pl.DataFrame) -> dict[str, int]:
    """Each check's first row among the findings."""
    return dict(found.with_row_index("row").group_by("check").agg(pl.col("row").min()).iter_rows())


def _to_findings(audit: Audit, found: pl.DataFrame) -> dict[tuple[int, int], str]:
    firsts = _firsts(found)
    return {
        (row, 0): place_of("Findings", firsts[result.code])
        for row, result in enumerate(audit.results)
        if result.code in firsts
    }


def _to_summary(audit: Audit, found: pl.DataFrame) -> dict[tuple[int, int], str]:
    rows = {result.code: row for row, result in enumerate(audit.results)}
    check = found.columns.index("check")
    return {(first, check): place_of("Summary", rows[code]) for code, first in _firsts(found).items()}


def _summary(audit: Audit, found: pl.DataFrame) -> Iterator[list[Cell]]:
    findings = dict(found.group_by("check").len().iter_rows())
    for result in audit.results:
        yield [
            result.code,
            result.manual.fault,
            result.status.value,
            result.severity.value,
            result.owner,
            *_counts(result),
            result.target,
            findings.get(result.code, 0) if result.evidence is not None else None,
            result.reason,
        ]


def _counts(result: Result) -> tuple[Cell, ...]:
    if result.evidence is None:
        return (None,) * 5
    return (result.population, result.met, result.breach, result.not_evidenced, result.rate)


def _limit(limit: Any) -> dict[str, Any]:
    names = ("name", "value", "default", "basis", "source", "changed", "laxer")
    return {name: getattr(limit, name) for name in names}


def limit_rows(limits: list[dict[str, Any]]) -> list[list[Cell]]:
    """The policy in force, one row per value, from Limit's fields by name."""
    return [
        [
            one["name"],
            _plain(one["value"]),
            _plain(one["default"]),
            one["basis"],
            one["source"],
            one["changed"],
            one["laxer"],
        ]
        for one in limits
    ]


def _plain(value: Any) -> Cell:
    """A policy value as one cell: a number stays one."""
    if value is None or isinstance(value, bool | int | float | str | dt.date):
        return value
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _sources(audit: Audit) -> Iterator[list[Cell]]:
    for account in audit.accounts:
        source = account.source
        yield [
            source.file,
            source.sheet,
            ", ".join(account.tables) or None,
            account.rows_read,
            account.kept,
            account.rejected,
            account.furniture,
            source.header_row,
            source.encoding,
            " ".join(source.notes) or None,
            source.sha256,
        ]
