"""ALC03: a clinician is in every case of the highest acuity."""

from typing import Any

from caseaudit.testing import outcomes, run_check

STAFF = """
    staff  worker_id | role  | layer
           W1        | Nurse | clinical
           W2        | CC    | support
           W3        | Bank  |
"""


def held(cases: str, allocations: str = "", **policy: Any) -> dict[str, str]:
    head = "cases case_id | opened_on | acuity_band | needs | worker_id\n"
    return outcomes(
        run_check("high_acuity_held_single_handed", "2026-10-31", head + cases + STAFF + allocations, policy)
    )


def test_the_highest_band_and_the_high_band_with_both_needs_are_looked_at() -> None:
    cases = """
        C1 | 2026-01-05 | very_high |                           | W2
        C2 | 2026-01-05 | high      | safeguarding; medication  | W2
        C3 | 2026-01-05 | high      | medication                | W2
        C4 | 2026-01-05 | moderate  | safeguarding;medication   | W2
        C5 | 2026-01-05 |           | safeguarding;medication   | W2
    """
    assert held(cases) == {"C1": "breach", "C2": "breach"}


def test_a_clinician_allocated_or_overseeing_is_enough() -> None:
    case = "C1 | 2026-01-05 | very_high | | W1\nC2 | 2026-01-05 | very_high | | W2\n"
    allocations = """
        allocations  case_id | worker_id | allocated_on | ended_on   | oversight_worker_id
                     C1      | W2        | 2026-01-05   |            |
                     C1      | W1        | 2026-01-05   | 2026-11-01 |
                     C2      | W2        | 2026-01-05   |            | W1
    """
    assert held(case, allocations) == {"C1": "met", "C2": "met"}


def test_a_clinician_whose_allocation_ended_by_the_as_at_date_does_not_count() -> None:
    allocations = """
        allocations  case_id | worker_id | allocated_on | ended_on
                     C1      | W2        | 2026-01-05   |
                     C1      | W1        | 2026-01-05   | 2026-10-31
    """
    assert held("C1 | 2026-01-05 | very_high | | W1\n", allocations) == {"C1": "breach"}


def test_nobody_on_record_or_somebody_of_unknown_layer_is_not_evidenced() -> None:
    cases = "C1 | 2026-01-05 | very_high | |\nC2 | 2026-01-05 | very_high | | W3\nC3 | 2026-01-05 | very_high | | W9"
    assert set(held(cases).values()) == {"not evidenced"}


def test_the_policy_names_the_needs() -> None:
    cases = "C1 | 2026-01-05 | high | substance_misuse | W2"
    assert held(cases) == {}
    assert held(cases, high_risk_needs=["substance_misuse"]) == {"C1": "breach"}


def test_without_layers_it_cannot_be_assessed() -> None:
    drawing = "cases case_id | opened_on | acuity_band\nstaff worker_id | role"
    assert run_check("high_acuity_held_single_handed", "2026-10-31", drawing).status == "not assessable"
