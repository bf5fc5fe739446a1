"""CAP06: a case was left with a worker who has left."""

from caseaudit.testing import outcomes, run_check

DRAWING = """
    staff  worker_id | role  | left_on
           STAYS     | Nurse |
           TOMORROW  | Nurse | 2026-11-01
           TODAY     | Nurse | 2026-10-31
           BEFORE    | Nurse | 2026-10-30
    cases  case_id | worker_id | opened_on  | closed_on
           C1      | STAYS     | 2026-03-02 |
           C2      | TOMORROW  | 2026-03-02 |
           C3      | TODAY     | 2026-03-02 |
           C4      | BEFORE    | 2026-03-02 |
           C5      | STRANGER  | 2026-03-02 |
           NOBODYS |           | 2026-03-02 |
           CLOSED  | BEFORE    | 2026-03-02 | 2026-10-31
"""


def test_from_the_last_day_on_the_worker_has_left_and_a_stranger_is_not_evidenced() -> None:
    assert outcomes(run_check("case_left_with_leaver", "2026-10-31", DRAWING)) == {
        "C1": "met",
        "C2": "met",
        "C3": "breach",
        "C4": "breach",
        "C5": "not evidenced",
    }


def test_the_detail_says_since_when() -> None:
    result = run_check("case_left_with_leaver", "2026-10-31", DRAWING)
    assert result.findings is not None
    found = result.findings.collect()
    assert found.filter(found["subject"] == "C4")["detail"].to_list() == ["The worker left on 30 Oct 2026, 1 day ago."]
