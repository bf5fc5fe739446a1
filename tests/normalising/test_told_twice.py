"""A row exported twice is spoken of where no key can tell it."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseaudit import pipeline

ONCE = "C1,13/05/2026,W1,Attended\nC2,14/05/2026,W1,Attended\n"


def notes(folder: Path, heading: str, rows: str) -> str:
    (folder / "Contacts.csv").write_text(heading + rows, encoding="utf-8")
    return " ".join(pipeline.understood([folder]).tables.notes)


def test_a_contact_without_a_number_told_twice_is_said(tmp_path: Path) -> None:
    head = "Case ID,Contact date,Worker,Outcome\n"
    assert "exported twice" not in notes(tmp_path, head, ONCE)
    assert "Contacts.csv: 1 row says the same of contacts as another" in notes(tmp_path, head, ONCE + ONCE[:26])
    assert "2 rows say the same" in notes(tmp_path, head, ONCE * 2)


@pytest.mark.parametrize("number", ["K1", "K2"])
def test_where_contacts_have_numbers_dq01_finds_them(number: str, tmp_path: Path) -> None:
    head = "Contact ID,Case ID,Contact date,Worker,Outcome\n"
    rows = f"K1,C1,13/05/2026,W1,Attended\n{number},C1,13/05/2026,W1,Attended\n"
    assert "exported twice" not in notes(tmp_path, head, rows)
