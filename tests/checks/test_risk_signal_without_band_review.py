"""ACU07: signals of rising risk did not lead to a look at the acuity band."""

from caseaudit.testing import outcomes, run_check

TWO = "F1 | C1 | ed_attendance | 2026-10-05\nF2 | C1 | housing_loss | 2026-10-20"


def looked(
    flags: str = TWO, reviews: str = "", bands: str | None = "", case: str = "C1 | 2026-01-05 |"
) -> dict[str, str]:
    drawing = (
        f"cases case_id | opened_on | closed_on\n{case}\nrisk_flags flag_id | case_id | signal | raised_on\n{flags}\n"
    )
    drawing += f"reviews case_id | reviewed_on\n{reviews}\n"
    if bands is not None:
        drawing += f"bands case_id | band | set_on | confirmed_on\n{bands}"
    return outcomes(run_check("risk_signal_without_band_review", "2026-10-31", drawing))


def test_a_review_on_the_day_of_the_first_signal_or_later_is_met_one_before_it_is_not() -> None:
    assert looked(reviews="C1 | 2026-10-05") == {"C1": "met"}
    assert looked(reviews="C1 | 2026-10-04") == {"C1": "breach"}
    assert looked(reviews="C1 | 2026-11-01") == {"C1": "breach"}


def test_a_band_set_or_confirmed_since_is_met() -> None:
    assert looked(bands="C1 | high | 2026-10-05 |") == {"C1": "met"}
    assert looked(bands="C1 | high | 2026-09-01 | 2026-10-06") == {"C1": "met"}
    assert looked(bands="C1 | high | 2026-09-01 | 2026-09-02") == {"C1": "breach"}


def test_without_an_export_of_bands_silence_is_not_evidenced() -> None:
    assert looked(bands=None) == {"C1": "not evidenced"}
    assert looked(bands=None, reviews="C1 | 2026-10-21") == {"C1": "met"}


def test_two_signals_within_28_days_ask_for_it_and_fewer_or_older_do_not() -> None:
    assert looked(flags="F1 | C1 | ed_attendance | 2026-10-05") == {}
    assert looked(flags=TWO.replace("2026-10-05", "2026-10-03")) == {"C1": "breach"}
    assert looked(flags=TWO.replace("2026-10-05", "2026-10-02")) == {}
    assert looked(flags=TWO.replace("2026-10-20", "2026-11-01")) == {}


def test_a_flag_exported_twice_is_one_signal() -> None:
    assert looked(flags="F1 | C1 | ed_attendance | 2026-10-05\nF1 | C1 | ed_attendance | 2026-10-05") == {}


def test_closed_cases_are_not_looked_at() -> None:
    assert looked(case="C1 | 2026-01-05 | 2026-10-31") == {}
