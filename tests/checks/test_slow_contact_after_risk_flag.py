"""ESC01: a person is seen within the signal's limit."""

from typing import Any

from caseaudit.testing import outcomes, run_check


def seen(raised_on: str, *contacts: str, signal: str = "ed_attendance", **policy: Any) -> str | None:
    drawing = f"risk_flags flag_id | case_id | signal | raised_on\nF1 | C1 | {signal} | {raised_on}\n"
    drawing += "contacts case_id | contact_on | outcome\n" + "\n".join(contacts)
    return outcomes(run_check("slow_contact_after_risk_flag", "2026-10-31", drawing, policy)).get("F1")


def test_the_last_day_of_the_limit_is_in_time_and_the_next_is_not() -> None:
    assert seen("2026-10-12", "C1 | 2026-10-15 | attended") == "met"
    assert seen("2026-10-12", "C1 | 2026-10-16 | attended") == "breach"


def test_a_contact_on_the_day_of_the_flag_counts_and_one_before_it_does_not() -> None:
    assert seen("2026-10-12", "C1 | 2026-10-12 | attended") == "met"
    assert seen("2026-10-12", "C1 | 2026-10-11 | attended") == "breach"


def test_missed_contacts_and_those_of_other_cases_do_not_count() -> None:
    assert seen("2026-10-12", "C1 | 2026-10-13 | did_not_attend", "C2 | 2026-10-13 | attended") == "breach"
    assert seen("2026-10-12") == "breach"


def test_a_flag_whose_time_has_not_run_out_is_not_looked_at() -> None:
    assert seen("2026-10-28") is None
    assert seen("2026-10-27") == "breach"
    assert seen("2026-11-01") is None


def test_each_signal_has_its_own_limit_and_an_unknown_one_is_not_evidenced() -> None:
    contact = "C1 | 2026-10-14 | attended"
    assert seen("2026-10-12", contact, signal="medication_disruption") == "met"
    assert seen("2026-10-12", contact, signal="domestic_abuse") == "breach"
    assert seen("2026-10-12", contact, signal="rumour") == "not evidenced"
    assert seen("2026-10-12", contact, signal="rumour", **{"signal_contact_days.rumour": 2}) == "met"


def test_the_first_of_several_contacts_decides_and_no_row_is_multiplied() -> None:
    contacts = ["C1 | 2026-10-20 | attended", "C1 | 2026-10-13 | attended", "C1 | 2026-10-13 | attended"]
    assert seen("2026-10-12", *contacts) == "met"


def test_without_contacts_it_cannot_be_assessed() -> None:
    drawing = "risk_flags case_id | signal | raised_on"
    assert run_check("slow_contact_after_risk_flag", "2026-10-31", drawing).status == "not assessable"
