"""findings.xlsx for a commissioner: the published figures alone, and no row of any export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from caseaudit.model import Report
from caseaudit.publication import NOT_SHOWN
from caseaudit.reporting.workbook.internal import LIMITS, limit_rows
from caseaudit.reporting.workbook.looks import workbook
from caseaudit.reporting.workbook.notes import public_notes_table
from caseaudit.reporting.workbook.sheets import Cell, Column, Mark, Table

PUBLIC = "Small numbers are protected; names nobody"

SUMMARY = (
    Column("check", 8),
    Column("title", 46),
    Column("status", 14),
    Column("severity", 10),
    Column("population", 12, "count"),
    Column("met", 12, "count"),
    Column("breach", 12, "count"),
    Column("not evidenced", 12, "count"),
    Column("rate", 12, "share"),
    Column("target", 8, "share"),
    Column("why not tested", 50),
)
QUESTIONS = (
    Column("question", 10),
    Column("title", 36),
    Column("asked", 60),
    Column("verdict", 16),
    Column("why", 60),
    Column("checks", 44),
)


def public_workbook_file(public: Mapping[str, Any], as_at: dt.date) -> Report:
    """findings.xlsx of a pack for a commissioner.

    Args:
        public: what results.json of that pack holds.
        as_at: the day the audit speaks of.
    """
    checks: Sequence[Mapping[str, Any]] = public["checks"]
    asked: Sequence[Mapping[str, Any]] = public.get("questions", ())
    rows = {check["code"]: row for row, check in enumerate(checks)}
    links = {
        (row, 0): f"'Summary'!A{rows[question['checks'][0]] + 2}"
        for row, question in enumerate(asked)
        if question["checks"]
    }
    tables = [
        Table("Summary", SUMMARY, [_check(check) for check in checks]),
        Table("Questions", QUESTIONS, [_question(question) for question in asked], links),
        Table("Limits", LIMITS, limit_rows(list(public.get("limits", ())))),
    ]
    service = str(public.get("service", ""))
    notes = public_notes_table(service, as_at, PUBLIC, [table.name for table in tables])
    return Report("findings.xlsx", workbook([*tables, notes], Mark("Figures", service, as_at, PUBLIC)))


def _check(check: Mapping[str, Any]) -> list[Cell]:
    name = str(check.get("name") or "").replace("_", " ")
    counts = ("population", "met", "breach", "not_evidenced", "rate")
    return [
        check["code"],
        name[:1].upper() + name[1:],
        check["status"],
        check["severity"],
        *(_figure(check, count) for count in counts),
        check["target"],
        check.get("reason"),
    ]


def _figure(check: Mapping[str, Any], name: str) -> Cell:
    """A figure as results.json has it: a number, a text that stands for a small one, or a word for one held back."""
    value: Cell = check.get(name)
    return NOT_SHOWN if value is None and name in check.get("suppressed", ()) else value


def _question(question: Mapping[str, Any]) -> list[Cell]:
    checks = ", ".join(question["checks"])
    return [question["number"], question["title"], question["text"], question["verdict"], question["why"], checks]
