"""What cases ask of their workers, and what these are signed off for."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import polars as pl

CASES = "cases case_id | opened_on | acuity_band | needs | worker_id\n"
SIGN_OFFS = "competencies worker_id | competency | signed_off_on | method\n"

Spoken = Callable[..., pl.DataFrame]


def required(spoken: Spoken, band: str, needs: str, **policy: Any) -> list[str]:
    drawing = CASES + f"C1 | 2026-01-05 | {band} | {needs} | W1"
    return spoken("required_competencies", drawing, **policy)["competency"].to_list()


def test_a_case_asks_for_what_its_band_and_its_needs_ask_for_each_once(spoken: Spoken) -> None:
    assert required(spoken, "moderate", "") == ["safeguarding"]
    assert required(spoken, "moderate", "medication; safeguarding") == ["medicines_awareness", "safeguarding"]
    assert required(spoken, "", "medication") == ["medicines_awareness"]


def test_unknown_needs_and_bands_ask_for_nothing(spoken: Spoken) -> None:
    assert required(spoken, "purple", "housing;none") == []
    # a need named like a competency that other needs ask for is still an unknown need
    assert required(spoken, "moderate", "dual_diagnosis") == ["safeguarding"]


def test_a_need_the_policy_adds_asks_for_its_competency(spoken: Spoken) -> None:
    assert required(spoken, "", "housing", **{"needs.housing": "housing_law"}) == ["housing_law"]


def test_the_best_sign_off_stands_for_several(spoken: Spoken) -> None:
    rows = ("W1 | a | 2026-03-02 | case_based", "W1 | a | 2026-05-02 | case_based", "W1 | a | 2026-06-02 |")
    held = spoken("held_competencies", SIGN_OFFS + "\n".join(rows))
    assert held.select("current", "valid_until", "origin").rows() == [(True, dt.date(2027, 5, 2), 3)]


def test_a_sign_off_without_a_method_leaves_it_open_unless_it_has_run_out(spoken: Spoken) -> None:
    held = spoken("held_competencies", SIGN_OFFS + "W1 | a | 2026-03-02 |\nW2 | a | 2025-03-02 |")
    assert dict(held.select("worker_id", "current").iter_rows()) == {"W1": None, "W2": False}


def test_an_allocation_that_asks_for_nothing_lacks_nothing(spoken: Spoken) -> None:
    gaps = spoken("competency_gaps", CASES + "C1 | 2026-01-05 | | | W1\n" + SIGN_OFFS)
    assert gaps.select("lacking", "unclear").rows() == [(0, 0)]


def test_everybody_allocated_or_overseeing_has_a_hand_in_a_case_once(spoken: Spoken) -> None:
    drawing = CASES + "C1 | 2026-01-05 | high | | W1\n"
    assert spoken("case_workers", drawing).rows() == [("C1", "W1")]
    drawing += "allocations case_id | worker_id | allocated_on | oversight_worker_id\n"
    drawing += "C1 | W2 | 2026-01-05 | W3\nC1 | W3 | 2026-01-05 |"
    assert sorted(spoken("case_workers", drawing).rows()) == [("C1", "W2"), ("C1", "W3")]
