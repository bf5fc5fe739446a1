"""The clauses of CQC and HCBS: what the checks answer, and what only a person can state."""

from __future__ import annotations

import re

import pytest

from caseaudit import frameworks
from caseaudit.catalogue import load_catalogue

CHECKS = load_catalogue().checks
both = pytest.mark.parametrize("name", ["cqc", "hcbs"])


@both
def test_every_code_a_clause_maps_is_a_check_and_no_clause_maps_one_twice(name: str) -> None:
    for clause in frameworks.load(name, CHECKS).clauses:
        assert len(set(clause.checks)) == len(clause.checks), clause.number


@both
def test_clauses_no_export_can_answer_stay_listed(name: str) -> None:
    found = {clause.number: clause.checks for clause in frameworks.load(name).clauses}
    for number in {"cqc": ("18(2)(b)", "19(1)(a)"), "hcbs": ("1915(c) level of care", "CCBHC evaluation")}[name]:
        assert found[number] == ()


def test_every_regulation_and_quality_statement_that_may_be_cited_has_a_clause() -> None:
    clauses = frameworks.load("cqc").clauses
    assert {"12", "17", "18", "19"} <= {clause.number.split("(")[0] for clause in clauses}
    assert {clause.title for clause in clauses if clause.number.startswith("QS ")} == {
        "Safe and effective staffing",
        "Governance, management and sustainability",
        "Involving people to manage risks",
        "Safeguarding",
        "Safe systems, pathways and transitions",
    }


def test_no_number_is_laid_to_a_regulation_that_gives_none() -> None:
    for clause in frameworks.load("cqc").clauses:
        assert not re.search(r"\d", clause.text), clause.number


def test_supervision_answers_the_regulation_that_asks_for_it() -> None:
    found = {clause.number: clause.checks for clause in frameworks.load("cqc").clauses}
    assert "SUP01" in found["18(2)(a)"]
    assert "CMP05" in found["19(4)"]
