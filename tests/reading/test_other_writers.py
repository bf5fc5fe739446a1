"""Workbooks that another program wrote: how they were made is in workbooks/make.js."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Reader

MADE = Path(__file__).with_name("workbooks")
CHECKED = {6: "4", 7: "text"}


@pytest.mark.parametrize(("name", "digits", "day"), [("cases.xlsb", 8, ""), ("cases.ods", 0, "T00:00:00.000Z")])
def test_every_cell_of_it_is_read(read: Reader, name: str, digits: int, day: str) -> None:
    got = read((MADE / name).read_bytes(), name)
    assert got.sheet.headings == ("Case ref", "Team", "Opened", "Number", "On hold", "Weight", "Checked", "Remark")
    assert got.rows == {
        at + 1: (
            f"C{at}",
            "North" if at % 2 or at == 2 else None,
            f"2026-04-{at:02}{day}",
            str(at * 111).zfill(digits),
            "FALSE" if at % 3 else "TRUE",
            f"{at * 1.25:g}",
            CHECKED.get(at + 1),
            f"first\nsecond {at}",
        )
        for at in range(1, 13)
    }
    assert "1 cell filled from a cell merged over several rows." in got.notes


def test_what_it_hides_and_its_errors_are_said(read: Reader) -> None:
    got = read((MADE / "cases.xlsb").read_bytes(), "cases.xlsb")
    assert "1 hidden row read like the others." in got.notes
    assert "1 hidden column read like the others: F." in got.notes
    assert "2 cells with an error such as #N/A or #REF! read as blank: G3, G5." in got.notes
