"""results.json: an audit as data, and back again, so that every report can be made from a pack later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from caseaudit.errors import UsageProblem
from caseaudit.model import Audit, Report, Result
from caseaudit.publication import RESULTS_SCHEMA


def results_file(audit: Audit, verdicts: Mapping[str, str]) -> Report:
    """results.json of an internal pack: every figure as counted.

    Args:
        audit: as the run found it.
        verdicts: question or clause in full → its verdict.
    """
    return json_file("results.json", as_data(audit, verdicts))


def as_data(audit: Audit, verdicts: Mapping[str, str]) -> dict[str, Any]:
    """An audit as plain data, described by results.schema.json; frames are in the pack's CSV files."""
    return {
        "schema_version": RESULTS_SCHEMA,
        "as_at": audit.as_at.isoformat(),
        "service": audit.service,
        "audience": "internal",
        "lookback_days": audit.lookback_days,
        "framework": audit.framework,
        "questions": [{"text": text, "verdict": verdict} for text, verdict in verdicts.items()],
        "checks": [_check(result) for result in audit.results],
        "tables": [_table(account) for account in audit.accounts],
        "limits": [asdict(limit) for limit in audit.limits],
        "notes": list(audit.notes),
        "statements": [asdict(statement) for statement in audit.statements],
        "versions": dict(audit.versions),
        "settings": [asdict(file) for file in audit.settings],
    }


def _check(result: Result) -> dict[str, Any]:
    return {
        "code": result.code,
        "name": result.name,
        "family": result.family,
        "status": result.status.value,
        "severity": result.severity.value,
        "owner": result.owner,
        "basis": result.basis,
        "subject": result.subject,
        "subject_columns": list(result.subject_columns),
        "population": result.population,
        "met": result.met,
        "breach": result.breach,
        "not_evidenced": result.not_evidenced,
        "rate": result.rate,
        "target": result.target,
        "reason": result.reason,
        "measures": dict(result.measures),
        "standards": dict(result.standards),
        "limits": list(result.limits),
        "manual": asdict(result.manual),
        "evidence": None if result.evidence is None else {name: str(t) for name, t in result.evidence_schema.items()},
    }


def _table(account: Any) -> dict[str, Any]:
    source = account.source
    return {
        "file": source.file,
        "sheet": source.sheet,
        "sha256": source.sha256,
        "tables": list(account.tables),
        "encoding": source.encoding,
        "delimiter": source.delimiter,
        "header_row": source.header_row,
        "rows_read": account.rows_read,
        "rows_kept": account.kept,
        "rows_rejected": account.rejected,
        "furniture": account.furniture,
        "columns": [asdict(column) for column in account.columns],
        "notes": list(source.notes),
    }


def json_file(name: str, data: Mapping[str, Any]) -> Report:
    """Plain data as a JSON file: keys in the order given, a line end at the end, never NaN."""
    text = json.dumps(_finite(data), indent=1, ensure_ascii=False, allow_nan=False, default=str)
    return Report(name, f"{text}\n".encode())


def _finite(value: Any) -> Any:
    """NaN and infinities as null: JSON has neither."""
    if isinstance(value, float) and (value != value or value in {float("inf"), float("-inf")}):  # noqa: PLR0124
        return None
    if isinstance(value, Mapping):
        return {key: _finite(entry) for key, entry in value.items()}
    return [_finite(entry) for entry in value] if isinstance(value, list | tuple) else value


def read_results(path: Path, *, unreadable: str, other_version: str) -> dict[str, Any]:
    """Results of a pack as plain data.

    Args:
        path: results.json, or another file of its form.
        unreadable: what is said where there is none, or it is no JSON.
        other_version: what is said where a program of another major version of the schema wrote it.

    Raises:
        UsageProblem: with one of these.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UsageProblem(unreadable) from None
    major = RESULTS_SCHEMA.partition(".")[0]
    if not isinstance(data, dict) or str(data.get("schema_version", "")).partition(".")[0] != major:
        raise UsageProblem(other_version)
    return data
