"""Bare day numbers of a workbook that counts days from 1904 are read by that calendar, in columns of dates alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest
from made_exports import kept_as, make_pair

from caseaudit.model import Feed
from caseaudit.normalising import normalise

CASES = Feed("cases", {"case_id": "Ref", "opened_on": "Opened", "next_review_on": "Due"})
APRIL = dt.date(2026, 4, 1)


@pytest.mark.parametrize("kept", [pl.String(), pl.Categorical()], ids=["text", "numbers"])
@pytest.mark.parametrize(("from_1904", "shift"), [(True, 0), (False, -1462)])
def test_the_calendar_of_the_workbook_decides(kept: pl.DataType, from_1904: bool, shift: int) -> None:
    kept_as.append(kept)
    cells = {
        "Ref": ["44651", "44652", "3"],
        "Opened": ["44651", "44651.5", "2026-04-01"],
        "Due": ["44652", None, "soon"],
    }
    export, plan = make_pair(cells, CASES)
    kept_as.pop()
    tables = normalise([(replace(export, source=replace(export.source, from_1904=from_1904)), plan)])
    frame = tables.frames["cases"]
    assert frame.get_column("case_id").to_list() == ["44651", "44652", "3"]
    assert frame.get_column("opened_on").to_list() == [*[APRIL + dt.timedelta(shift)] * 2, APRIL]
    assert frame.get_column("next_review_on").to_list() == [APRIL + dt.timedelta(shift + 1), None, None]
    assert len(tables.rejected) == 1
