"""SUP05: a worker with cases has not talked an escalation decision through lately."""

from caseaudit.testing import outcomes, run_check


def discussed(*sessions: str, left_on: str = "") -> dict[str, str]:
    return outcomes(
        run_check(
            "escalation_not_discussed_monthly",
            "2026-10-31",
            f"""
            staff        worker_id | role | left_on
                         W1 | Nurse | {left_on}
                         W2 | Nurse |
            cases        case_id | worker_id | opened_on
                         C1 | W1 | 2026-03-02
            supervision  session_id | worker_id | held_on | status | escalation_discussed
            """
            + "\n".join(f"S{n} | W1 | {session}" for n, session in enumerate(sessions)),
        )
    )


def test_31_days_ago_is_in_time_and_32_is_not() -> None:
    assert discussed("2026-09-30 | held | yes") == {"W1": "met"}
    assert discussed("2026-09-29 | held | yes") == {"W1": "breach"}


def test_a_yes_outweighs_a_blank_and_a_blank_outweighs_a_no() -> None:
    yes, no, blank = "2026-10-10 | held | yes", "2026-10-20 | held | no", "2026-10-30 | held |"
    assert discussed(yes, no, blank) == {"W1": "met"}
    assert discussed(no, blank) == {"W1": "not evidenced"}
    assert discussed(no) == {"W1": "breach"}
    assert discussed() == {"W1": "breach"}


def test_a_cancelled_session_does_not_count_and_leavers_and_workers_without_cases_are_not_looked_at() -> None:
    assert discussed("2026-10-10 | cancelled | yes") == {"W1": "breach"}
    assert discussed(left_on="2026-10-31") == {}
