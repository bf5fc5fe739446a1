"""No text of an export reaches a spreadsheet as a formula."""

from __future__ import annotations

import polars as pl
import pytest

from caseaudit.reporting.guarding import guarded, guarded_text


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+A1", "-A1", "@SUM(A1)", " =1+1", "\t=1", "\r=1", "\u00a0=1", "\u200b=1", "\ufeff=1", "＝1+1", "\x00=1"],
)
def test_what_a_spreadsheet_would_evaluate_gets_an_apostrophe(text: str) -> None:
    assert guarded(pl.DataFrame({"a": [text]}))["a"][0] == f"'{text}"
    assert guarded_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12", "+44", "-0.5", "plain", "a=b", "", "2026-10-31"])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert guarded(pl.DataFrame({"a": [text]}))["a"][0] == text


def test_headings_are_guarded_too() -> None:
    assert guarded(pl.DataFrame({"=x": ["a"]})).columns == ["'=x"]
