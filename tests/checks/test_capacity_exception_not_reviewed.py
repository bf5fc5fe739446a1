"""CAP04: a capacity exception was not reviewed by the leadership in time."""

from caseaudit.testing import outcomes, run_check


def reviewed(opened: str, reviewed: str, by: str = "M1", decision: str = "keep") -> dict[str, str]:
    return outcomes(
        run_check(
            "capacity_exception_not_reviewed",
            "2026-10-31",
            f"""
            staff                worker_id | role    | layer
                                 M1        | Manager | management
                                 N1        | Nurse   | clinical
            capacity_exceptions  exception_id | team | opened_on | reviewed_on | reviewed_by | decision
                                 X1 | North | {opened} | {reviewed} | {by} | {decision}
            """,
        )
    )


def test_seven_days_are_in_time_and_eight_are_not() -> None:
    assert reviewed("2026-10-05", "2026-10-12") == {"X1": "met"}
    assert reviewed("2026-10-05", "2026-10-13") == {"X1": "breach"}


def test_an_exception_is_looked_at_once_its_time_has_run_out() -> None:
    assert reviewed("2026-10-24", "") == {"X1": "not evidenced"}
    assert reviewed("2026-10-25", "") == {}


def test_no_review_one_to_come_or_one_before_the_opening_shows_nothing() -> None:
    for day in ("", "2026-11-01", "2026-10-04"):
        assert reviewed("2026-10-05", day) == {"X1": "not evidenced"}


def test_the_leadership_is_the_management_layer() -> None:
    assert reviewed("2026-10-05", "2026-10-06", by="N1") == {"X1": "breach"}
    assert reviewed("2026-10-05", "2026-10-06", by="") == {"X1": "not evidenced"}
    assert reviewed("2026-10-05", "2026-10-06", by="STRANGER") == {"X1": "not evidenced"}


def test_no_decision_is_not_evidenced() -> None:
    assert reviewed("2026-10-05", "2026-10-06", decision="") == {"X1": "not evidenced"}
