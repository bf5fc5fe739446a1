"""An audit back from the pack that a run wrote, so that further reports say exactly what the first one said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
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
    Rejected,
    Result,
    SettingsFile,
    Severity,
    Source,
    SourceAccount,
    Statement,
    Status,
)
from caseaudit.reporting.pack import altered_files
from caseaudit.reporting.rereading import Evidence, read_csv
from caseaudit.reporting.results import read_results

_LEDGER = ("source_file", "source_sheet", "source_row", "table", "field", "reason")


def read_pack(folder: Path) -> Audit:
    """The audit in an internal pack, each file as it was written: a report of changed figures would vouch for them.

    Raises:
        UsageProblem: the folder is no pack, is one for a commissioner, lacks a file, or holds one that was changed.
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
    if faults := altered_files(folder, _is_read):
        more = f" (and {len(faults) - 1} more of its files)" if len(faults) > 1 else ""
        raise UsageProblem(
            f"In the pack '{folder.name}' {faults[0].rstrip('.')}{more} since it was written. Take another copy of the "
            "pack, or run the audit again with --format csv."
        )
    accounts = tuple(_account(entry) for entry in data["tables"])
    sources = tuple(account.source for account in accounts)
    none, findings = _findings(folder)
    return Audit(
        as_at=dt.date.fromisoformat(data["as_at"]),
        service=data["service"],
        results=tuple(_result(folder, entry, findings.get(entry["code"], none), sources) for entry in data["checks"]),
        limits=tuple(Limit(**entry) for entry in data["limits"]),
        accounts=accounts,
        rejected=_rejected(folder, sources),
        notes=tuple(data["notes"]),
        framework=data["framework"],
        versions=data["versions"],
        lookback_days=data["lookback_days"],
        statements=tuple(_statement(entry) for entry in data["statements"]),
        settings=tuple(SettingsFile(**entry) for entry in data.get("settings", ())),  # since schema 1.2
    )


def _is_read(name: str) -> bool:
    return name in {"results.json", "findings.csv", "rejected.csv"} or name.startswith("evidence/")


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
    code, written = entry["code"], entry["evidence"]
    return Result(
        code=code,
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
        evidence=None if written is None else Evidence(folder, code, written, sources).frame(),
        findings=None if written is None else findings.lazy(),
    )


def _findings(folder: Path) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """No finding, for a check without one, and code → the findings of each other check, in the order they stand in."""
    found = read_csv(folder, "findings.csv", _texts(FINDING_COLUMNS))
    by_check = found.partition_by("check", maintain_order=True, as_dict=True)
    return found.clear(), {str(code): frame for (code,), frame in by_check.items()}


def _texts(names: Iterable[str]) -> dict[str, pl.DataType]:
    """Columns of text, but for the row of a source."""
    return {name: pl.Int64() if name == "source_row" else pl.String() for name in names}


def _rejected(folder: Path, sources: tuple[Source, ...]) -> tuple[Rejected, ...]:
    places = {(source.file, source.sheet): place for place, source in enumerate(sources)}
    frame = read_csv(folder, "rejected.csv", _texts(_LEDGER))
    return tuple(
        Rejected(places[file, sheet], row, table, field, reason)
        for file, sheet, row, table, field, reason in frame.select(_LEDGER).iter_rows()
    )
