"""findings.xlsx: the same findings for a spreadsheet: typed, filtered, linked, and nothing a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from caseaudit.model import Audit, Report
from caseaudit.reporting.tabular import findings_frame, rejected_frame

if TYPE_CHECKING:
    import datetime as dt

MOST_ROWS = 1_048_575
"""Rows a sheet can hold below its header."""

WIDTHS = {"detail": 60, "action": 60, "measure": 45, "reason": 60, "subject": 24, "source_file": 30, "fingerprint": 18}


def workbook_file(audit: Audit) -> Report:
    """findings.xlsx of an internal pack: Summary, Findings, Rejected rows, Limits."""
    findings = findings_frame(audit)
    reply = [pl.lit(None, dtype=pl.String).alias(name) for name in ("owner", "reply", "done on")]
    sheets = {
        "Summary": summary_frame(audit),
        "Findings": findings.with_columns(*reply),
        "Rejected rows": rejected_frame(audit),
        "Limits": limits_frame(audit),
    }
    return Report("findings.xlsx", workbook(sheets, audit.as_at))


def summary_frame(audit: Audit) -> pl.DataFrame:
    """One row per check with what it came to."""
    rows = [
        {
            "check": r.code,
            "fault": r.manual.fault,
            "status": r.status.value,
            "severity": r.severity.value,
            "population": r.population if r.evidence is not None else None,
            "met": r.met if r.evidence is not None else None,
            "breach": r.breach if r.evidence is not None else None,
            "not evidenced": r.not_evidenced if r.evidence is not None else None,
            "rate": r.rate,
            "target": r.target,
            "why not tested": r.reason,
        }
        for r in audit.results
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def limits_frame(audit: Audit) -> pl.DataFrame:
    """One row per policy value in force."""
    rows = [
        (limit.name, _plain(limit.value), _plain(limit.default), limit.basis, limit.source, limit.changed, limit.laxer)
        for limit in audit.limits
    ]
    names = ["limit", "value", "shipped value", "basis", "source", "changed", "laxer than cited standard"]
    return pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)


def _plain(value: Any) -> str | None:
    return None if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def workbook(sheets: dict[str, pl.DataFrame], as_at: dt.date) -> bytes:
    """An XLSX file with a sheet per frame.

    Args:
        sheets: name → frame; one of more than 1,048,575 rows goes on in "name (2)".
        as_at: written as the creation date, so that the same audit gives the same bytes.
    """
    import datetime as dt

    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
        "in_memory": False,
        "default_date_format": "dd mmm yyyy",
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": "caseaudit findings", "created": dt.datetime.combine(as_at, dt.time())})
        for name, frame in sheets.items():
            for number, part in enumerate(_parts(frame), start=1):
                _write(book, name if number == 1 else f"{name} ({number})", part)
    return buffer.getvalue()


def _parts(frame: pl.DataFrame) -> Iterable[pl.DataFrame]:
    return frame.iter_slices(MOST_ROWS) if frame.height else [frame]


def _write(book: Any, name: str, frame: pl.DataFrame) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    percent = book.add_format({"num_format": "0%"})
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(frame.height, 1), frame.width - 1)
    for place, column in enumerate(frame.columns):
        style = percent if column in {"rate", "target"} else None
        sheet.set_column(place, place, WIDTHS.get(column, max(12, len(column) + 2)), style)
        sheet.write_string(0, place, column.replace("_", " "), bold)
    writers = [_writer(sheet, dtype) for dtype in frame.dtypes]
    for row, values in enumerate(frame.iter_rows(), start=1):
        for place, value in enumerate(values):
            if value is not None:
                writers[place](row, place, value)


def _writer(sheet: Any, dtype: pl.DataType) -> Any:
    """The sheet's method for a type, named outright: the general `write` would guess formulas and links."""
    if dtype.is_numeric():
        return sheet.write_number
    if dtype == pl.Boolean:
        return lambda row, place, value: sheet.write_string(row, place, "yes" if value else "no")
    if dtype.is_temporal():
        return sheet.write_datetime
    return lambda row, place, value: sheet.write_string(row, place, str(value)[:32_767])


def public_workbook_file(public: Mapping[str, Any], as_at: dt.date) -> Report:
    """findings.xlsx of a pack for a commissioner: the published figures alone, no row of any export.

    Args:
        public: what results.json of that pack holds.
        as_at: the day the audit speaks of.
    """
    shown = ("code", "status", "severity", "population", "met", "breach", "not_evidenced", "rate", "target", "reason")
    rows = [{name: _plain(check.get(name)) for name in shown} for check in public["checks"]]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(shown, pl.String))
    return Report("findings.xlsx", workbook({"Summary": frame}, as_at))
