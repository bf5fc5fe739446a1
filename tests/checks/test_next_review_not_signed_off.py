"""REV03: the last review is not signed off by a clinician."""

from caseaudit.testing import outcomes, run_check

STAFF = """
    staff    worker_id | role   | layer
             N1        | Nurse  | clinical
             S1        | Worker | support
             X1        | Worker |
"""


def signed(cases: str, reviews: str) -> dict[str, str]:
    drawing = STAFF + "cases case_id | opened_on | closed_on | next_review_signed_by\n" + cases
    drawing += "\nreviews case_id | reviewed_on | signed_off_by\n" + reviews
    return outcomes(run_check("next_review_not_signed_off", "2026-10-31", drawing))


def test_a_clinicians_signature_is_met_anothers_is_not() -> None:
    assert signed("C1 | 2025-03-03 | |", "C1 | 2026-09-01 | N1") == {"C1": "met"}
    assert signed("C1 | 2025-03-03 | |", "C1 | 2026-09-01 | S1") == {"C1": "breach"}


def test_nobody_a_stranger_or_somebody_without_a_layer_is_not_evidenced() -> None:
    for signer in ("", "STRANGER", "X1"):
        assert signed("C1 | 2025-03-03 | |", f"C1 | 2026-09-01 | {signer}") == {"C1": "not evidenced"}


def test_who_signed_the_next_review_counts_where_the_last_is_unsigned() -> None:
    assert signed("C1 | 2025-03-03 | | N1", "C1 | 2026-09-01 |") == {"C1": "met"}
    assert signed("C1 | 2025-03-03 | | N1", "C1 | 2026-09-01 | S1") == {"C1": "breach"}


def test_an_older_signed_review_does_not_stand_for_the_last() -> None:
    assert signed("C1 | 2025-03-03 | |", "C1 | 2026-08-01 | N1\nC1 | 2026-09-01 |") == {"C1": "not evidenced"}


def test_closed_cases_and_cases_without_a_review_are_not_looked_at() -> None:
    assert signed("C1 | 2025-03-03 | 2026-10-31 |\nC2 | 2025-03-03 | |", "C1 | 2026-09-01 | S1") == {}
