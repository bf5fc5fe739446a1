"""No file of a commissioner's pack depends on a number that is hidden: two services that differ in such numbers alone
get the same pack, byte for byte."""

from dataclasses import replace

import pytest
from test_sources import CASES, CONTACTS, REVIEWS, source

from caseaudit import pipeline

HIDDEN = "not shown"


def pack_of(audit, key, formats):
    """Name of each file of a commissioner's pack → its bytes."""
    files, notes = pipeline.files_of(
        audit, audience="commissioner", formats=formats, kinds=("assurance", "appendix"), key_file=key
    )
    assert notes == []
    return {file.name: file.content for file in files}


def service(few, spread, lost, audit_of, result_of, members):
    """Checks of which some fall short in few cases, by team or not, and exports of which few rows were rejected.

    Args:
        few: who fell short of ESC08, of 100, and REV02 has no record of; from 1 to 4.
        spread: of 10 who fell short of REV01, how many are of the North; from 1 to 4, the others of the West.
        lost: rows about people that were rejected, by file.
    """
    teams = {"North": (40, spread), "West": (30, 10 - spread), "East": (41, 11), "South": (52, 13), "Harbour": (44, 12)}
    by_team = [
        (team, "breach" if place < short else "met", 3) for team, (n, short) in teams.items() for place in range(n)
    ]
    audit = audit_of(
        result_of(by_team, severity="medium", target=0.5),
        result_of(members(100 - few, few, 0), code="ESC08"),
        result_of(members(70 - few, 0, few), code="REV02", target=0.8),
        result_of(members(44 - few, few, 0), code="CAP06", subject="referral", columns=("worker_id",)),
    )
    accounts = (
        *(source(f"{place}.csv", tables, 500 - rows, rows) for place, (tables, rows) in enumerate(lost)),
        source("contacts.csv", CONTACTS, 9000, 30),
    )
    return replace(audit, accounts=accounts)


ONE = (1, 3, ((CASES, 3), (REVIEWS, 2)))
OTHER = (4, 2, ((CASES, 4), (REVIEWS, 1)))


@pytest.mark.parametrize("formats", [("json", "html", "xlsx", "docx"), ("pdf",)])
def test_services_that_differ_in_hidden_numbers_alone_get_the_same_pack(
    formats, tmp_path, audit_of, result_of, members
):
    first, second = (
        pack_of(service(*numbers, audit_of, result_of, members), tmp_path / "key", formats) for numbers in (ONE, OTHER)
    )
    assert first.keys() == second.keys()
    assert not [name for name in first if first[name] != second[name]]
    assert {"report.html", "findings.xlsx", "appendix.docx"} <= first.keys() or "report.pdf" in first


def test_what_these_services_differ_in_is_hidden_and_another_number_is_told(tmp_path, audit_of, result_of, members):
    """The comparison would prove nothing over packs in which all is hidden, or nothing."""
    pages = [
        pack_of(service(*numbers, audit_of, result_of, members), tmp_path / "key", ("json", "html"))
        for numbers in (ONE, (8, *ONE[1:]))
    ]
    assert HIDDEN in pages[0]["report.html"].decode()
    assert b"Looked at</th>" in pages[0]["report.html"]
    assert all(pages[0][name] != pages[1][name] for name in ("report.html", "results.json"))
