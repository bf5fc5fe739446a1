"""The program finds in the sample exports what was planted there.

truth.json is worked out by plain Python over the provider's own records (sample_data/provider), which shares no code
with the program and never sees the exports. Where the two differ, one of them is wrong.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from typing import Any

import pytest

from caseaudit.catalogue import load_catalogue
from caseaudit.folders import SAMPLE
from caseaudit.model import Audit, Outcome, Result
from caseaudit.pipeline.tables import canonical_tables
from caseaudit.policy import load
from caseaudit.running.findings import subject_text

TRUTH: dict[str, Any] = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))
AS_AT = dt.date.fromisoformat(TRUTH["as_at"])
FILLED = ("table", "field", "filled", "rows")
COUNTS = ("population", "met", "breach", "not_evidenced")
CODES = [check.code for check in load_catalogue()]
COUNTED = [code for code in CODES if TRUTH["checks"].get(code, {}).get("population") is not None]


def result_of(audit: Audit, code: str) -> Result:
    return next(result for result in audit.results if result.code == code)


@pytest.mark.parametrize("code", [code for code in COUNTED if code != "DQ03"])
def test_every_check_finds_what_the_truth_says(audit: Audit, code: str) -> None:
    truth, result = TRUTH["checks"][code], result_of(audit, code)
    assert {name: getattr(result, name) for name in COUNTS} == {name: truth[name] for name in COUNTS}


@pytest.mark.parametrize("code", [code for code in COUNTED if not code.startswith("DQ")])
def test_the_findings_are_about_the_very_subjects(audit: Audit, code: str) -> None:
    truth = TRUTH["checks"][code]
    for outcome, key in ((Outcome.BREACH, "breaches"), (Outcome.NOT_EVIDENCED, "not_evidenced_subjects")):
        assert subjects(audit, code, outcome) == sorted(truth[key])


def subjects(audit: Audit, code: str, outcome: Outcome) -> list[str]:
    result = result_of(audit, code)
    assert result.evidence is not None
    named = result.evidence.select(subject=subject_text(result.subject_columns), outcome="outcome").collect()
    return sorted(named.filter(outcome=outcome.value)["subject"].to_list())


def test_the_truth_speaks_of_every_check() -> None:
    assert sorted(TRUTH["checks"]) == sorted(CODES)


def test_every_planted_fault_is_where_it_was_planted(audit: Audit) -> None:
    missed = []
    for fault in TRUTH["planted"]:
        result = result_of(audit, fault["check"])
        if result.family == "DQ":
            continue
        assert result.evidence is not None
        named = dict(result.evidence.select(subject_text(result.subject_columns), "outcome").collect().iter_rows())
        if named.get(fault["subject"], "outside") != fault["outcome"].replace("_", " "):
            missed.append((fault, named.get(fault["subject"], "outside")))
    assert missed == []


# The data-quality checks speak of rows of the exports; the truth speaks of records, and names them by their keys.


def test_doubled_keys_are_those_planted(audit: Audit) -> None:
    assert subjects(audit, "DQ01", Outcome.BREACH) == TRUTH["checks"]["DQ01"]["breaches"]


def test_orphans_are_those_planted_and_the_review_of_the_case_that_was_refused(audit: Audit) -> None:
    fields = TRUTH["checks"]["DQ02"]["by_field"]
    planted = Counter({name: count["breach"] for name, count in fields.items() if count["breach"]})
    found = Counter(".".join(text.split(" | ")[:2]) for text in subjects(audit, "DQ02", Outcome.BREACH))
    assert found - planted == Counter({"reviews.case_id": 1})
    assert not planted - found


def test_impossible_dates_are_those_planted(audit: Audit) -> None:
    planted = Counter(text.split(" | ")[0] for text in TRUTH["checks"]["DQ03"]["breaches"])
    assert Counter(text.split(" | ")[0] for text in subjects(audit, "DQ03", Outcome.BREACH)) == planted


def test_unknown_codes_are_those_planted_and_the_words_no_policy_lists(audit: Audit) -> None:
    fields = TRUTH["checks"]["DQ04"]["by_field"]
    planted = {name for name, count in fields.items() if count["breach"]}
    found = {".".join(text.split(" | ")[:2]) for text in subjects(audit, "DQ04", Outcome.BREACH)}
    assert found == planted | {"cases.needs", "tasks.task_type"}


def test_incomplete_fields_are_those_of_the_truth(audit: Audit) -> None:
    truth = TRUTH["checks"]["DQ05"]
    assert subjects(audit, "DQ05", Outcome.BREACH) == truth["breaches"]
    assert subjects(audit, "DQ05", Outcome.NOT_EVIDENCED) == truth["not_evidenced_subjects"]


def test_the_fields_counted_are_those_the_standard_needs_and_as_full_as_the_records_are() -> None:
    # An audit keeps of DQ05 only the fields that fall short; the check itself says of each how often it is filled.
    checks = {check.code: check for check in load_catalogue()}
    needed = {field for check in checks.values() for field in check.fields}
    tables = canonical_tables((SAMPLE / "exports",), None, needed)
    counted = checks["DQ05"].evidence(tables, needed, load(AS_AT)).collect()
    found = {f"{table}.{name}": (count, rows) for table, name, count, rows in counted.select(FILLED).iter_rows()}
    truth = {path: (count["filled"], count["rows"]) for path, count in TRUTH["checks"]["DQ05"]["by_field"].items()}
    assert sorted(found) == sorted(truth)
    # The caseload tells the last review of each case again. Those of its doubled row, of its row without an opening
    # date and of its row without a case reference (blank in the reviews as well) have no row to be joined with.
    for path, (filled, rows) in {"reviews.case_id": (2, 3), "reviews.reviewed_on": (2, 2)}.items():
        truth[path] = (truth[path][0] + filled, truth[path][1] + rows)
    assert {path: count for path, count in found.items() if count != truth[path]} == {}


def test_stale_exports_are_those_planted(audit: Audit) -> None:
    assert subjects(audit, "DQ06", Outcome.BREACH) == TRUTH["checks"]["DQ06"]["breaches"]


def test_the_rejected_rows_are_the_ones_planted(audit: Audit) -> None:
    planted = {(fault["file"], fault["row"]) for fault in TRUTH["rejected"]}
    sources = [account.source for account in audit.accounts]
    found = {(sources[r.source].file, r.row) for r in audit.rejected if not r.furniture}
    assert planted <= found


def test_a_row_with_a_cell_that_cannot_be_read_is_used_and_the_cell_said(audit: Audit) -> None:
    sources = [account.source for account in audit.accounts]
    found = {(sources[r.source].file, r.row) for r in audit.rejected if not r.whole and not r.furniture}
    assert {(fault["file"], fault["row"]) for fault in TRUTH["unreadable_cells"]} <= found


def test_no_row_is_lost(audit: Audit) -> None:
    for account in audit.accounts:
        assert account.rows_read == account.kept + account.rejected, account.source.label
