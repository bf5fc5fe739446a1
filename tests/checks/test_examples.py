"""The worked example on each check's manual page is true."""

from __future__ import annotations

import pytest

from caseaudit.catalogue import Check, load_catalogue
from caseaudit.testing import example_of, outcomes, run_check

CATALOGUE = load_catalogue()

ONE_MEMBER = {"GOV04": "has one member, the service"}
"""Checks whose example can show only one outcome. Their own tests show the others."""

every_check = pytest.mark.parametrize("check", tuple(CATALOGUE), ids=lambda check: check.name)


@every_check
def test_the_example_comes_out_as_its_last_line_says(check: Check) -> None:
    example = example_of(check)
    result = run_check(check, example.as_at, example.drawing, example.values, beside=example.beside)
    assert outcomes(result) == example.expected, result.reason


@pytest.mark.parametrize("check", [c for c in CATALOGUE if c.code not in ONE_MEMBER], ids=lambda check: check.name)
def test_the_example_shows_one_that_passes_and_one_that_does_not(check: Check) -> None:
    shown = set(example_of(check).expected.values())
    assert "met" in shown
    assert shown & {"breach", "not evidenced"}


def test_no_bundled_check_file_is_broken() -> None:
    assert [broken.reason for broken in CATALOGUE.broken] == []
