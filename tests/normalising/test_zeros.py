"""Identifiers that a spreadsheet has shortened are spoken of, within a column and between sources."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from caseaudit.normalising.zeros import lost_zeros
from caseaudit.tables import empty


def cases(*idents: str) -> pl.DataFrame:
    day = dt.date(2026, 5, 1)
    return empty("cases").clear(len(idents)).with_columns(case_id=pl.Series(idents), opened_on=pl.lit(day))


def contacts(*idents: str) -> pl.DataFrame:
    return empty("contacts").clear(len(idents)).with_columns(case_id=pl.Series(idents))


def test_shorter_identifiers_beside_padded_ones_are_said() -> None:
    (note,) = lost_zeros({"cases": cases("0012345", "0000678", "99999")})
    assert note.startswith("cases.case_id: some identifiers begin with zeros")


@pytest.mark.parametrize(
    "idents", [("0012345", "1012345"), ("C001", "C12"), ("12345", "678"), ("001", "0012", "12"), ("0012345", "A1")]
)
def test_identifiers_that_may_well_be_so_are_not_spoken_of(idents: tuple[str, ...]) -> None:
    assert not lost_zeros({"cases": cases(*idents)})


def test_a_source_whose_identifiers_lack_the_zeros_of_another_is_said() -> None:
    (note,) = lost_zeros({"cases": cases("001", "002", "003"), "contacts": contacts("1", "1", "2", "003", "9")})
    assert note.startswith("contacts.case_id: 2 identifiers differ by zeros alone from those of cases.")
    (note,) = lost_zeros({"cases": cases("1", "2"), "contacts": contacts("001", "2")})
    assert note.startswith("contacts.case_id: 1 identifier differs by zeros alone")


def test_orphans_alone_are_another_matter() -> None:
    assert not lost_zeros({"cases": cases("1", "2"), "contacts": contacts("3", "04")})
