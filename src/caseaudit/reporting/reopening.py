"""An audit back from the pack that a run wrote, so that further reports say exactly what the first one said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from caseaudit.errors import UsageProblem
from caseaudit.model import (
    FINDING_COLUMNS,
    Audit,
    ColumnMatch,
    Limit,
    Manual,
    Outcome,
    Rejected,
    Result,
    Severity,
    Source,
    SourceAccount,
    Statement,
    Status,
    kept,
)
from caseaudit.reporting.guarding import unguarded
from caseaudit.reporting.results import read_results
from caseaudit.tables.tracing import with_origin

_TYPES: dict[str, pl.DataType] = {
    str(dtype): dtype
    for dtype in (pl.String(), pl.Int64(), pl.Float64(), pl.Boolean(), pl.Date(), pl.UInt64(), pl.UInt32(), pl.Int32())
}


def read_pack(folder: Path) -> Audit:
    """The audit in an internal pack.

    Raises:
        UsageProblem: the folder is no pack, is one for a commissioner, or lacks a file.
    """
    data = read_results(
        folder / "results.json",
        unreadable=f"'{folder.name}' is no pack: it has no results.json that can be read.",
        other_version=f"'{folder.name}' was written by another version of caseaudit; its results cannot be read.",
    )
    if data.get("audience") != "internal":
        raise UsageProblem(
            f"The pack '{folder.name}' was made for a commissioner and holds no evidence to make reports from. "
            "Give the internal pack of the same run."
        )
    accounts = tuple(_account(entry) for entry in data["tables"])
    sources = tuple(account.source for account in accounts)
    findings = _csv(folder, "findings.csv", dict.fromkeys(FINDING_COLUMNS, pl.String) | {"source_row": pl.Int64})
    return Audit(
        as_at=dt.date.fromisoformat(data["as_at"]),
        service=data["service"],
        results=tuple(_result(folder, entry, findings, sources) for entry in data["checks"]),
        limits=tuple(Limit(**entry) for entry in data["limits"]),
        accounts=accounts,
        rejected=_rejected(folder, sources),
        notes=tuple(data["notes"]),
        framework=data["framework"],
        versions=data["versions"],
        lookback_days=data["lookback_days"],
        statements=tuple(_statement(entry) for entry in data["statements"]),
    )


def _statement(entry: Mapping[str, Any]) -> Statement:
    days = {name: dt.date.fromisoformat(entry[name]) for name in ("stated_on", "valid_until")}
    return Statement(**{**entry, **days})


def _account(entry: Mapping[str, Any]) -> SourceAccount:
    source = Source(
        entry["file"],
        entry["sheet"],
        entry["sha256"],
        entry["encoding"],
        entry["delimiter"],
        entry["header_row"],
        entry["rows_read"],
        tuple(entry["notes"]),
    )
    columns = tuple(ColumnMatch(**column) for column in entry["columns"])
    return SourceAccount(
        source,
        tuple(entry["tables"]),
        entry["rows_read"],
        entry["rows_kept"],
        entry["rows_rejected"],
        entry["furniture"],
        columns,
    )


def _result(folder: Path, entry: Mapping[str, Any], findings: pl.DataFrame, sources: tuple[Source, ...]) -> Result:
    evidence = None if entry["evidence"] is None else _evidence(folder, entry["code"], entry["evidence"], sources)
    return Result(
        code=entry["code"],
        name=entry["name"],
        family=entry["family"],
        severity=Severity(entry["severity"]),
        owner=entry["owner"],
        basis=entry["basis"],
        subject=entry["subject"],
        subject_columns=tuple(entry["subject_columns"]),
        manual=Manual(**entry["manual"]),
        status=Status(entry["status"]),
        population=entry["population"],
        met=entry["met"],
        breach=entry["breach"],
        not_evidenced=entry["not_evidenced"],
        target=entry["target"],
        reason=entry["reason"],
        measures=entry["measures"],
        standards=entry["standards"],
        limits=tuple(entry["limits"]),
        evidence=None if evidence is None else kept(evidence),
        findings=None if evidence is None else kept(findings.filter(pl.col("check") == entry["code"])),
    )


def _evidence(folder: Path, code: str, schema: Mapping[str, str], sources: tuple[Source, ...]) -> pl.DataFrame:
    read = {
        name: pl.String if kind.startswith(("List", "Enum", "Categorical")) else _TYPES[kind]
        for name, kind in schema.items()
    }
    place = {"source_file": pl.String, "source_sheet": pl.String, "source_row": pl.Int64}
    frame = _csv(folder, f"evidence/{code}.csv", {k: v for k, v in read.items() if k != "origin"} | place)
    lists = [name for name, kind in schema.items() if kind.startswith("List")]
    outcome = pl.col("outcome").cast(pl.Enum([outcome.value for outcome in Outcome]))
    with_lists = frame.with_columns(pl.col(lists).str.split(";"), outcome=outcome)
    return with_origin(with_lists, sources).select(list(schema))


def _rejected(folder: Path, sources: tuple[Source, ...]) -> tuple[Rejected, ...]:
    places = {(source.file, source.sheet): place for place, source in enumerate(sources)}
    names = ("source_file", "source_sheet", "source_row", "table", "field", "reason")
    frame = _csv(folder, "rejected.csv", {name: pl.Int64 if name == "source_row" else pl.String for name in names})
    return tuple(
        Rejected(places[file, sheet], row, table, field, reason)
        for file, sheet, row, table, field, reason in frame.select(names).iter_rows()
    )


def _csv(folder: Path, name: str, schema: Mapping[str, Any]) -> pl.DataFrame:
    """A CSV of a pack; the apostrophe that keeps a spreadsheet from evaluating a text is taken off again."""
    try:
        content = (folder / name).read_bytes()
    except OSError:
        raise UsageProblem(f"The pack '{folder.name}' has no {name}; run it again with --format csv.") from None
    return unguarded(pl.read_csv(content, schema_overrides=dict(schema), infer_schema=False))
