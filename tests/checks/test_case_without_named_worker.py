"""CAP05: an open case has no named worker in post."""

from caseaudit.testing import outcomes, run_check


def test_a_worker_in_post_is_met_one_out_of_it_a_breach_nobody_or_a_stranger_not_evidenced() -> None:
    assert outcomes(
        run_check(
            "case_without_named_worker",
            "2026-10-31",
            """
        staff  worker_id | role  | started_on | left_on
               STAYS     | Nurse |            | 2026-11-01
               GONE      | Nurse | 2020-01-01 | 2026-10-31
               TOCOME    | Nurse | 2026-11-01 |
               STARTS    | Nurse | 2026-10-31 |
        cases  case_id | worker_id | opened_on  | closed_on
               C1      | STAYS     | 2026-03-02 |
               C2      | GONE      | 2026-03-02 |
               C3      | TOCOME    | 2026-03-02 |
               C4      | STARTS    | 2026-03-02 |
               C5      |           | 2026-03-02 |
               C6      | STRANGER  | 2026-03-02 |
               CLOSED  |           | 2026-03-02 | 2026-10-31
    """,
        )
    ) == {
        "C1": "met",
        "C2": "breach",
        "C3": "breach",
        "C4": "met",
        "C5": "not evidenced",
        "C6": "not evidenced",
    }
