"""Persons' statements: they answer what no check can, until they expire, and never stand beside a figure."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import caseaudit.reporting
from caseaudit.catalogue import load_catalogue
from caseaudit.disclosure import public_results, publish
from caseaudit.model import Audit
from caseaudit.pipeline.audits import _statements
from caseaudit.policy import load
from caseaudit.publication import Verdict
from caseaudit.reporting import documents
from caseaudit.running import run
from caseaudit.testing import drawn_tables

D = dt.date(2026, 10, 31)
RECORDS = """
cases  case_id | opened_on | acuity_band
 C1 | 2026-10-01 | high
"""
STATED = """
attestations  check_code | scope | stated_by | stated_on | valid_until | statement
 cqc:12(2)(d) | Service | Estates lead | 2026-01-05 | 2026-10-31 | Premises were surveyed.
 CQC: 12(2)(e) | North | Nurse lead | 2026-01-05 | 2026-10-30 | Equipment is tested yearly.
 cqc:12(2)(g) | North | Chief pharmacist | 2026-01-05 | 2027-01-04 | Medicines are audited.
 CMP01 | Service | Head of learning | 2026-02-01 | 2027-01-31 | Sign-offs are kept on paper.
 ACU02 | Service | Service director | 2026-02-01 | 2027-01-31 | Every case has a band.
"""


def audit_on(day, drawing=RECORDS + STATED, codes=("ACU02", "CMP01")):
    tables, policy = drawn_tables(drawing), load(day)
    results = run(load_catalogue().choose(codes), tables, policy, day)
    stated = _statements(tables, day)
    return Audit(day, "", results, policy.in_force(), (), (), framework="cqc", statements=stated)


def clause(publication, number):
    return next(question for question in publication.questions if question.number == number)


def page_of(publication):
    return documents.render(publication, "assurance", ("html",))[0].content.decode().replace("\xa0", " ")


def test_a_clause_without_checks_is_answered_by_a_statement_valid_on_the_day():
    publication = publish(audit_on(D), "internal")
    answered = clause(publication, "12(2)(d)")
    assert answered.verdict is Verdict.STATED
    text = page_of(publication)
    assert "Premises were surveyed. (Stated by Estates lead on 5 January 2026, valid until 31 October 2026.)" in text


@pytest.mark.parametrize(
    ("day", "number", "verdict"),
    [
        (D, "12(2)(d)", Verdict.STATED),  # its last day
        (D + dt.timedelta(days=1), "12(2)(d)", Verdict.OPEN),
        (D - dt.timedelta(days=1), "12(2)(e)", Verdict.STATED),  # however the code is spaced and cased
        (D, "12(2)(e)", Verdict.OPEN),
        (dt.date(2026, 1, 4), "12(2)(g)", Verdict.OPEN),  # not yet stated
        (D, "12(2)(h)", Verdict.OPEN),  # never stated
    ],
)
def test_it_is_open_again_once_the_statement_has_expired(day, number, verdict):
    publication = publish(audit_on(day), "internal")
    assert clause(publication, number).verdict is verdict
    if verdict is Verdict.OPEN:
        assert not clause(publication, number).statements
        assert "Needs a person&#39;s statement" in page_of(publication)


def test_a_commissioner_reads_words_and_days_but_not_who_nor_which_part():
    publication = publish(audit_on(D), "commissioner")
    printed = page_of(publication) + json.dumps(public_results(publication))
    assert "Premises were surveyed. (Stated on 5 January 2026, valid until 31 October 2026.)" in printed
    assert "Medicines are audited. (Stated on 5 January 2026, for part of the service," in printed
    assert not any(word in printed for word in ("Estates lead", "Chief pharmacist", "Head of learning", "North"))


def test_the_data_file_with_statements_keeps_to_the_schema():
    schema = json.loads((Path(caseaudit.reporting.__file__).parent / "results.schema.json").read_text("utf-8"))
    data = public_results(publish(audit_on(D), "commissioner"))
    jsonschema.validate(json.loads(json.dumps(data)), schema)
    assert [entry["code"] for entry in data["statements"]] == ["cqc:12(2)(d)", "cqc:12(2)(g)", "CMP01"]


def test_words_that_hold_an_identifier_are_not_shown_outside():
    audit = audit_on(D)
    audit = replace(audit, statements=[replace(audit.statements[0], statement="Ramp mended for c1, see file.")])
    inside, outside = (clause(publish(audit, who), "12(2)(d)") for who in ("internal", "commissioner"))
    assert "c1" in inside.statements[0].text
    assert "c1" not in outside.statements[0].text
    assert outside.verdict is Verdict.STATED


def test_a_statement_stands_with_a_check_that_could_not_be_made_and_with_no_other():
    publication = publish(audit_on(D), "internal")
    assert [s.text for s in publication.result("CMP01").statements] == ["Sign-offs are kept on paper."]
    assert publication.result("ACU02").tested
    assert not publication.result("ACU02").statements
    text = page_of(publication)
    assert "Sign-offs are kept on paper." in text
    assert "Every case has a band." not in text


def test_a_statement_decides_no_verdict_on_checks():
    with_, without = (publish(audit_on(D, drawing), "internal") for drawing in (RECORDS + STATED, RECORDS))
    apart = {"12(2)(d)", "12(2)(g)"}
    assert {q.number: q.verdict for q in with_.questions if q.number not in apart} == {
        q.number: q.verdict for q in without.questions if q.number not in apart
    }


def test_the_rule_of_statements_is_printed_where_a_clause_needs_one():
    audit = audit_on(D)
    assert "It is not tested" in page_of(publish(audit, "commissioner"))
    assert "It is not tested" not in page_of(publish(replace(audit, framework=None), "commissioner"))
