"""SUP08: a worker with cases has no supervisor in post."""

from caseaudit.testing import outcomes, run_check


def supervised(by: str, worker_left: str = "") -> dict[str, str]:
    return outcomes(
        run_check(
            "worker_without_supervisor",
            "2026-10-31",
            f"""
            staff  worker_id | role | supervisor_id | started_on | left_on
                   STAYS  | Lead  |      |            | 2026-11-01
                   GONE   | Lead  |      |            | 2026-10-31
                   TOCOME | Lead  |      | 2026-11-01 |
                   W1     | Nurse | {by} |            | {worker_left}
            cases  case_id | worker_id | opened_on
                   C1      | W1        | 2026-03-02
            """,
        )
    )


def test_a_supervisor_in_post_is_met_one_out_of_it_is_not() -> None:
    assert supervised("STAYS") == {"W1": "met"}
    assert supervised("GONE") == {"W1": "breach"}
    assert supervised("TOCOME") == {"W1": "breach"}


def test_nobody_or_a_stranger_is_not_evidenced() -> None:
    assert supervised("") == {"W1": "not evidenced"}
    assert supervised("STRANGER") == {"W1": "not evidenced"}


def test_nobody_supervises_themselves() -> None:
    assert supervised("W1") == {"W1": "breach"}


def test_leavers_and_staff_without_cases_are_not_looked_at() -> None:
    assert supervised("GONE", worker_left="2026-10-31") == {}
