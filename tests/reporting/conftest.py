"""A small audit with a met, a breach and a blank, to write packs from."""

from __future__ import annotations

import datetime as dt

import pytest

from caseaudit.catalogue import Catalogue
from caseaudit.catalogue.loading import load_check
from caseaudit.folders import CHECKS
from caseaudit.model import Audit, Rejected, SourceAccount
from caseaudit.policy import load
from caseaudit.running import run
from caseaudit.testing import drawn_tables

AS_AT = dt.date(2026, 10, 31)

DRAWING = """
    cases    case_id   | opened_on  | acuity_band | team  | worker_id
             C1        | 2025-03-03 | high        | North | W1
             =cmd()|C2 | 2025-03-03 | high        | North | W1
             C3        | 2025-03-03 |             | North | W1
    reviews  case_id   | reviewed_on
             C1        | 2026-08-08
""".replace("=cmd()|C2", "=cmd()C2 ")


@pytest.fixture
def audit() -> Audit:
    tables = drawn_tables(DRAWING)
    policy = load(AS_AT)
    catalogue = Catalogue((load_check(CHECKS / "review_overdue.py"),))
    accounts = [
        SourceAccount(source, (source.file.removesuffix(".csv"),), source.rows_read, source.rows_read, 0, 0)
        for source in tables.sources
    ]
    accounts[0] = SourceAccount(tables.sources[0], ("cases",), 4, 3, 1, 0)
    rejected = (Rejected(0, 5, "cases", "opened_on", "There is no date in 'Opened on'."),)
    results = run(catalogue, tables, policy, AS_AT)
    return Audit(AS_AT, "A service", results, policy.in_force(), tuple(accounts), rejected, versions={"caseaudit": "0"})
