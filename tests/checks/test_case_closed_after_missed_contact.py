"""REV04: a case was closed because the person did not attend."""

import pytest

from caseaudit.testing import outcomes, run_check


def closed(on: str, reason: str, contacts: str = "") -> dict[str, str]:
    return outcomes(
        run_check(
            "case_closed_after_missed_contact",
            "2026-10-31",
            f"""
            cases     case_id | opened_on | closed_on | close_reason
                      C1 | 2026-01-05 | {on} | {reason}
            contacts  case_id | contact_on | outcome
                      {contacts}
            """,
        )
    )


def test_28_days_after_a_missed_contact_is_a_breach_29_is_not() -> None:
    assert closed("2026-10-12", "goals_met", "C1 | 2026-09-14 | did_not_attend") == {"C1": "breach"}
    assert closed("2026-10-12", "goals_met", "C1 | 2026-09-13 | did_not_attend") == {"C1": "met"}


def test_an_attended_contact_makes_up_for_it_if_it_is_later_and_before_the_closing() -> None:
    missed = "C1 | 2026-09-20 | did_not_attend\n"
    assert closed("2026-10-12", "goals_met", missed + "C1 | 2026-09-21 | attended") == {"C1": "met"}
    assert closed("2026-10-12", "goals_met", missed + "C1 | 2026-10-12 | attended") == {"C1": "met"}
    assert closed("2026-10-12", "goals_met", missed + "C1 | 2026-09-20 | attended") == {"C1": "breach"}
    assert closed("2026-10-12", "goals_met", missed + "C1 | 2026-10-13 | attended") == {"C1": "breach"}


def test_of_several_contacts_the_last_missed_and_the_last_attended_decide() -> None:
    first, came, again = (
        "C1 | 2026-09-20 | did_not_attend\n",
        "C1 | 2026-09-25 | attended\n",
        "C1 | 2026-09-30 | did_not_attend",
    )
    assert closed("2026-10-12", "goals_met", first + came + again) == {"C1": "breach"}
    assert closed("2026-10-12", "goals_met", "C1 | 2026-09-15 | attended\n" + first + came) == {"C1": "met"}


def test_a_contact_the_client_cancelled_is_no_missed_one() -> None:
    assert closed("2026-10-12", "goals_met", "C1 | 2026-10-01 | cancelled_by_client") == {"C1": "met"}


@pytest.mark.parametrize("reason", ["non_attendance", "did_not_attend", "disengaged"])
def test_closing_for_non_attendance_is_a_breach_whatever_came_before(reason: str) -> None:
    assert closed("2026-10-12", reason, "C1 | 2026-10-11 | attended") == {"C1": "breach"}


def test_no_reason_is_not_evidenced_unless_a_missed_contact_says_enough() -> None:
    assert closed("2026-10-12", "", "C1 | 2026-10-11 | attended") == {"C1": "not evidenced"}
    assert closed("2026-10-12", "", "C1 | 2026-10-11 | did_not_attend") == {"C1": "breach"}


def test_only_cases_closed_in_the_look_back_are_looked_at() -> None:
    assert closed("2026-08-01", "non_attendance") == {}
    assert closed("2026-08-02", "non_attendance") == {"C1": "breach"}
    assert closed("2026-10-31", "non_attendance") == {"C1": "breach"}
    assert closed("2026-11-01", "non_attendance") == {}
    assert closed("", "") == {}
