"""ESC08: a person is seen within three days of leaving inpatient care."""

from caseaudit.testing import outcomes, run_check


def seen(left_on: str, *days: str) -> str | None:
    drawing = f"cases case_id | opened_on | discharged_from_inpatient_on\nC1 | 2026-01-05 | {left_on}\n"
    drawing += "contacts case_id | contact_on | outcome\n" + "\n".join(f"C1 | {day} | attended" for day in days)
    return outcomes(run_check("discharge_follow_up_late", "2026-10-31", drawing)).get("C1")


def test_the_first_to_the_third_day_after_count_and_neither_the_day_itself_nor_the_fourth() -> None:
    assert seen("2026-10-12", "2026-10-12") == "breach"
    assert seen("2026-10-12", "2026-10-12", "2026-10-13") == "met"
    assert seen("2026-10-12", "2026-10-15") == "met"
    assert seen("2026-10-12", "2026-10-16") == "breach"
    assert seen("2026-10-12") == "breach"


def test_a_discharge_counts_once_its_third_day_is_over() -> None:
    assert seen("2026-10-28") is None
    assert seen("2026-10-27") == "breach"
    assert seen("") is None


def test_four_of_five_reach_the_target() -> None:
    rows = "".join(f"C{n} | 2026-01-05 | 2026-10-12\n" for n in range(5))
    drawing = "cases case_id | opened_on | discharged_from_inpatient_on\n" + rows
    contacts = "contacts case_id | contact_on | outcome\n" + "".join(
        f"C{n} | 2026-10-13 | attended\n" for n in range(4)
    )
    assert run_check("discharge_follow_up_late", "2026-10-31", drawing + contacts).status == "met"
    fewer = contacts.replace("C3 | 2026-10-13 | attended\n", "")
    assert run_check("discharge_follow_up_late", "2026-10-31", drawing + fewer).status == "not met"


def test_without_a_column_of_discharges_it_cannot_be_assessed() -> None:
    drawing = "cases case_id | opened_on\ncontacts case_id | contact_on | outcome"
    assert run_check("discharge_follow_up_late", "2026-10-31", drawing).status == "not assessable"
