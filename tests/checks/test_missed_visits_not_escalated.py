"""ESC07: several missed visits in a row are raised."""

from typing import Any

from caseaudit.testing import outcomes, run_check

MISSED, ATTENDED, CANCELLED = "did_not_attend", "attended", "cancelled_by_client"


def raised(*contacts: tuple[str, str], flag: str = "", escalation: str = "", **policy: Any) -> str | None:
    drawing = "contacts case_id | contact_on | outcome\n"
    drawing += "".join(f"C1 | 2026-{day} | {outcome}\n" for day, outcome in contacts)
    drawing += "risk_flags case_id | signal | raised_on\n" + (f"C1 | missed_visits | 2026-{flag}\n" if flag else "")
    drawing += "escalations case_id | raised_on\n" + (f"C1 | 2026-{escalation}\n" if escalation else "")
    return outcomes(run_check("missed_visits_not_escalated", "2026-10-31", drawing, policy)).get("C1")


TWO = (("10-01", MISSED), ("10-08", MISSED))


def test_two_days_after_the_last_is_in_time_and_three_are_not() -> None:
    assert raised(*TWO, flag="10-10") == "met"
    assert raised(*TWO, flag="10-11") == "breach"
    assert raised(*TWO, escalation="10-08") == "met"
    assert raised(*TWO) == "breach"


def test_a_flag_before_the_last_missed_visit_does_not_answer_it() -> None:
    assert raised(*TWO, flag="10-07") == "breach"


def test_one_missed_visit_or_two_with_an_attended_one_between_are_no_row() -> None:
    assert raised(("10-01", MISSED)) is None
    assert raised(("10-01", MISSED), ("10-05", ATTENDED), ("10-08", MISSED)) is None


def test_a_cancelled_visit_neither_ends_a_row_nor_counts() -> None:
    assert raised(("10-01", MISSED), ("10-05", CANCELLED), ("10-08", MISSED)) == "breach"
    assert raised(("10-01", MISSED), ("10-05", CANCELLED)) is None


def test_an_unanswered_row_is_looked_at_once_its_time_has_run_out() -> None:
    assert raised(("10-22", MISSED), ("10-29", MISSED)) is None
    assert raised(("10-22", MISSED), ("10-28", MISSED)) == "breach"
    assert raised(("10-22", MISSED), ("10-29", MISSED), flag="10-30") == "met"


def test_the_worst_of_several_rows_counts() -> None:
    later = (("10-12", ATTENDED), ("10-15", MISSED), ("10-20", MISSED))
    assert raised(*TWO, *later, flag="10-21") == "breach"


def test_rows_that_ended_before_the_look_back_are_not_looked_at() -> None:
    assert raised(("07-20", MISSED), ("08-01", MISSED)) is None
    assert raised(("07-20", MISSED), ("08-02", MISSED)) == "breach"


def test_the_policy_says_how_many() -> None:
    assert raised(*TWO, missed_visits=3) is None


def test_without_flags_or_escalations_it_cannot_be_assessed() -> None:
    drawing = "contacts case_id | contact_on | outcome\nrisk_flags case_id | signal | raised_on"
    assert run_check("missed_visits_not_escalated", "2026-10-31", drawing).status == "not assessable"
