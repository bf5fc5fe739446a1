"""ACU04: a person is seen less often than their acuity band asks for."""

from caseaudit.testing import outcomes, run_check


def contact(case: str, contacts: str = "") -> dict[str, str]:
    drawing = f"""
        cases     case_id | opened_on | acuity_band
                  {case}
        contacts  case_id | contact_on | outcome
                  {contacts}
    """
    return outcomes(run_check("contact_below_band_minimum", "2026-10-31", drawing))


def test_the_first_day_of_the_interval_is_in_time_and_the_day_before_is_not() -> None:
    assert contact("C1 | 2026-03-02 | very_high", "C1 | 2026-10-24 | attended") == {"C1": "met"}
    assert contact("C1 | 2026-03-02 | very_high", "C1 | 2026-10-23 | attended") == {"C1": "breach"}


def test_a_case_is_looked_at_once_it_has_been_open_for_an_interval() -> None:
    assert contact("C1 | 2026-10-25 | very_high") == {}
    assert contact("C1 | 2026-10-24 | very_high") == {"C1": "breach"}


def test_missed_cancelled_and_coming_contacts_do_not_count() -> None:
    for seen in ("2026-10-30 | did_not_attend", "2026-10-30 | cancelled_by_service", "2026-11-01 | attended"):
        assert contact("C1 | 2026-03-02 | very_high", f"C1 | {seen}") == {"C1": "breach"}


def test_a_contact_of_another_case_does_not_count() -> None:
    assert contact("C1 | 2026-03-02 | very_high", "C2 | 2026-10-30 | attended") == {"C1": "breach"}


def test_without_a_band_even_a_new_case_seen_today_is_not_evidenced() -> None:
    assert contact("C1 | 2026-10-31 |", "C1 | 2026-10-31 | attended") == {"C1": "not evidenced"}
    assert contact("C1 | 2026-10-31 | amber", "C1 | 2026-10-31 | attended") == {"C1": "not evidenced"}
