"""ACU09: risk was not checked within the interval of the acuity band."""

from caseaudit.testing import outcomes, run_check


def checked(contacts: str, band: str = "high", opened: str = "2026-03-02") -> dict[str, str]:
    drawing = f"""
        cases     case_id | opened_on | acuity_band
                  C1 | {opened} | {band}
        contacts  contact_id | case_id | contact_on | outcome | risk_check
                  {contacts}
    """
    return outcomes(run_check("risk_check_in_missed", "2026-10-31", drawing))


def test_the_first_day_of_the_interval_is_in_time_and_the_day_before_is_not() -> None:
    assert checked("K1 | C1 | 2026-10-17 | attended | yes") == {"C1": "met"}
    assert checked("K1 | C1 | 2026-10-16 | attended | yes") == {"C1": "breach"}
    assert checked("K1 | C1 | 2026-10-24 | attended | yes", "very_high") == {"C1": "met"}
    assert checked("K1 | C1 | 2026-10-23 | attended | yes", "very_high") == {"C1": "breach"}


def test_a_yes_outweighs_a_blank_and_a_blank_outweighs_a_no() -> None:
    yes, no, blank = (f"K{n} | C1 | 2026-10-2{n} | attended | {says}\n" for n, says in enumerate(("yes", "no", "")))
    assert checked(yes + no + blank) == {"C1": "met"}
    assert checked(no + blank) == {"C1": "not evidenced"}
    assert checked(no) == {"C1": "breach"}


def test_a_check_at_a_contact_nobody_attended_is_no_check() -> None:
    assert checked("K1 | C1 | 2026-10-30 | did_not_attend | yes") == {"C1": "breach"}
    assert checked("") == {"C1": "breach"}


def test_bands_without_an_interval_and_cases_without_a_band_are_not_looked_at() -> None:
    assert checked("", "moderate") == {}
    assert checked("", "") == {}


def test_a_case_opened_today_is_looked_at() -> None:
    assert checked("", opened="2026-10-31") == {"C1": "breach"}
