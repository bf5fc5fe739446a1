"""The program finds in the sample exports what was planted there.

truth.json is worked out by plain Python over the provider's own records (sample_data/provider), which shares no code
with the program and never sees the exports. Where the two differ, one of them is wrong.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from caseaudit.catalogue import load_catalogue
from caseaudit.folders import SAMPLE
from caseaudit.model import Audit, Outcome, Result
from caseaudit.running.findings import subject_text

TRUTH: dict[str, Any] = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))
COUNTS = ("population", "met", "breach", "not_evidenced")
CODES = [check.code for check in load_catalogue()]
COUNTED = [code for code in CODES if TRUTH["checks"].get(code, {}).get("population") is not None]


def result_of(audit: Audit, code: str) -> Result:
    return next(result for result in audit.results if result.code == code)


@pytest.mark.parametrize("code", [code for code in CODES if code in TRUTH["checks"]])
def test_every_check_finds_what_the_truth_says(audit: Audit, code: str) -> None:
    truth, result = TRUTH["checks"][code], result_of(audit, code)
    said = {name: getattr(result, name) for name in COUNTS if truth[name] is not None}
    assert said == {name: truth[name] for name in COUNTS if truth[name] is not None}


@pytest.mark.parametrize("code", COUNTED)
def test_the_findings_are_about_the_very_subjects(audit: Audit, code: str) -> None:
    truth, result = TRUTH["checks"][code], result_of(audit, code)
    assert result.evidence is not None
    named = result.evidence.select(subject=subject_text(result.subject_columns), outcome="outcome")
    for outcome, key in ((Outcome.BREACH, "breaches"), (Outcome.NOT_EVIDENCED, "not_evidenced_subjects")):
        found = named.filter(outcome=outcome.value)["subject"].to_list()
        assert sorted(found) == sorted(truth[key])


def test_the_truth_speaks_of_every_check() -> None:
    assert sorted(TRUTH["checks"]) == sorted(CODES)


def test_every_planted_fault_is_where_it_was_planted(audit: Audit) -> None:
    missed = []
    for fault in TRUTH["planted"]:
        result = result_of(audit, fault["check"])
        assert result.evidence is not None
        named = dict(result.evidence.select(subject_text(result.subject_columns), "outcome").iter_rows())
        if named.get(fault["subject"], "absent") != fault["outcome"].replace("_", " "):
            missed.append((fault, named.get(fault["subject"], "absent")))
    assert missed == []


def test_the_rejected_rows_are_the_ones_planted(audit: Audit) -> None:
    planted = {(fault["file"], fault["row"]) for fault in TRUTH["rejected"]}
    sources = [account.source for account in audit.accounts]
    found = {(sources[r.source].file, r.row) for r in audit.rejected if not r.furniture}
    assert planted <= found


def test_no_row_is_lost(audit: Audit) -> None:
    for account in audit.accounts:
        assert account.rows_read == account.kept + account.rejected, account.source.label
