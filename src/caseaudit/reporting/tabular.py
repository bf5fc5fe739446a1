"""The CSV files of a pack: findings, rejected rows, and the evidence of each check."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from caseaudit.model import FINDING_COLUMNS, Audit, Report, Result, Source
from caseaudit.reporting.guarding import guarded

REJECTED_COLUMNS = ("source_file", "source_sheet", "source_row", "table", "field", "reason")


def findings_frame(audit: Audit) -> pl.DataFrame:
    """Every finding of an audit, in the order of the checks; columns FINDING_COLUMNS."""
    kept = (r.findings.collect() for r in audit.results if r.findings is not None)
    found = [frame for frame in kept if frame.height]
    return (
        pl.concat(found, how="vertical_relaxed")
        if found
        else pl.DataFrame(schema=dict.fromkeys(FINDING_COLUMNS, pl.String))
    )


def rejected_frame(audit: Audit) -> pl.DataFrame:
    """Every row, or use of a row, that could not be used; columns REJECTED_COLUMNS."""
    sources = [account.source for account in audit.accounts]
    rows = [
        (sources[r.source].file, sources[r.source].sheet, r.row, r.table, r.field, r.reason) for r in audit.rejected
    ]
    schema = {name: pl.Int64 if name == "source_row" else pl.String for name in REJECTED_COLUMNS}
    return pl.DataFrame(rows, schema=schema, orient="row")


def evidence_frame(result: Result, sources: Sequence[Source]) -> pl.DataFrame:
    """The evidence of a check with file, sheet and row in place of `origin`, lists joined by `;`."""
    from caseaudit.tables.tracing import traced  # loads what models tables, which most reports need not

    assert result.evidence is not None  # noqa: S101 - the caller asks only for checks that have evidence
    lists = [name for name, dtype in result.evidence_schema.items() if isinstance(dtype, pl.List)]
    joined = result.evidence.with_columns(pl.col(lists).cast(pl.List(pl.String)).list.join(";"))
    return traced(joined.collect(), sources)


def csv_files(audit: Audit) -> Iterator[Report]:
    """findings.csv, rejected.csv, and evidence/CODE.csv for each check that was made."""
    sources = [account.source for account in audit.accounts]
    findings = (r.findings.collect() for r in audit.results if r.findings is not None)
    yield _csv("findings.csv", findings, columns=FINDING_COLUMNS)
    yield _csv("rejected.csv", [rejected_frame(audit)], columns=REJECTED_COLUMNS)
    for result in audit.results:
        if result.evidence is not None:
            frame = evidence_frame(result, sources)
            yield _csv(f"evidence/{result.code}.csv", [frame], columns=frame.columns)


def _csv(name: str, frames: Iterable[pl.DataFrame], columns: Sequence[str]) -> Report:
    """Frames of the same columns below each other."""
    text = io.BytesIO()
    # The byte-order mark lets a spreadsheet read the file as UTF-8 on a double click.
    guarded(pl.DataFrame(schema=dict.fromkeys(columns, pl.String))).write_csv(text, include_bom=True)
    for frame in frames:
        guarded(frame).write_csv(text, include_header=False)
    return Report(name, text.getvalue())
