"""ESC02: a signal is taken to a huddle, and decided there by a supervisor and a clinician."""

from caseaudit.testing import outcomes, run_check

DRAWING = """
    staff  worker_id | role  | layer      | supervisor_id
           N1        | Nurse | clinical   | S9
           N2        | Nurse | clinical   | S9
           C1        | CC    | support    | S9
           S9        | Lead  | support    |
           M1        | Head  | management |
           X1        | Bank  |            |
    risk_flags  flag_id | case_id | signal | raised_on | huddle_on | decision | decided_by
"""


def discussed(huddle_on: str, decision: str, who: str, raised_on: str = "2026-10-12") -> str | None:
    row = f"F1 | K1 | ed_attendance | {raised_on} | {huddle_on} | {decision} | {who}"
    return outcomes(run_check("risk_flag_not_discussed", "2026-10-31", DRAWING + row)).get("F1")


def test_the_fourth_day_is_in_time_and_the_fifth_is_not() -> None:
    assert discussed("2026-10-16", "visit", "N1;S9") == "met"
    assert discussed("2026-10-17", "visit", "N1;S9") == "breach"


def test_only_flags_older_than_that_are_looked_at() -> None:
    assert discussed("", "", "", raised_on="2026-10-27") is None
    assert discussed("", "", "", raised_on="2026-10-26") == "not evidenced"


def test_a_clinician_and_a_supervisor_decide_together() -> None:
    assert discussed("2026-10-13", "visit", "N1; M1") == "met"
    assert discussed("2026-10-13", "visit", "N1;N2") == "breach"
    assert discussed("2026-10-13", "visit", "S9;C1") == "breach"
    assert discussed("2026-10-13", "visit", "N1") == "breach"


def test_blanks_and_names_nobody_knows_are_not_evidenced() -> None:
    assert discussed("", "visit", "N1;S9") == "not evidenced"
    assert discussed("2026-10-13", "", "N1;S9") == "not evidenced"
    assert discussed("2026-10-13", "visit", "") == "not evidenced"
    assert discussed("2026-10-13", "visit", "X1;S9") == "not evidenced"
    assert discussed("2026-10-13", "visit", "N1;Z7") == "not evidenced"


def test_a_huddle_before_the_flag_or_after_the_as_at_date_shows_nothing() -> None:
    assert discussed("2026-10-11", "visit", "N1;S9") == "not evidenced"
    assert discussed("2026-11-01", "visit", "N1;S9", raised_on="2026-10-26") == "not evidenced"


def test_a_supervisor_of_a_huddle_is_a_supervisor() -> None:
    row = "F1 | K1 | ed_attendance | 2026-10-12 | 2026-10-13 | visit | N1;C1\n"
    huddle = "huddles team | held_on | supervisor_id\nNorth | 2026-10-13 | C1"
    result = run_check("risk_flag_not_discussed", "2026-10-31", DRAWING + row + huddle)
    assert outcomes(result) == {"F1": "met"}


def test_without_the_columns_it_cannot_be_assessed() -> None:
    drawing = "staff worker_id | role | layer\nrisk_flags case_id | signal | raised_on"
    assert run_check("risk_flag_not_discussed", "2026-10-31", drawing).status == "not assessable"
