"""ACU02: an open case has no acuity band of the scale."""

from caseaudit.testing import outcomes, run_check


def test_a_band_of_the_scale_is_met_another_word_a_breach_a_blank_not_evidenced() -> None:
    result = run_check(
        "band_missing",
        "2026-10-31",
        """
        cases  case_id | opened_on  | closed_on  | acuity_band
               C1      | 2026-10-31 |            | low
               C2      | 2026-10-01 |            | amber
               C3      | 2026-10-01 |            |
               CLOSED  | 2026-10-01 | 2026-10-31 |
               COMING  | 2026-11-01 |            |
        """,
    )
    assert outcomes(result) == {"C1": "met", "C2": "breach", "C3": "not evidenced"}


def test_a_band_the_provider_added_to_its_scale_is_one_of_it() -> None:
    band = {"rank": 5, "review_days": 7, "contact_days": 1, "risk_check_days": 1, "points": 9, "high_acuity": True}
    values = {f"bands.crisis.{key}": value for key, value in {**band, "competencies": ["safeguarding"]}.items()}
    drawing = "cases case_id | opened_on | acuity_band\nC1 | 2026-10-01 | crisis"
    assert outcomes(run_check("band_missing", "2026-10-31", drawing)) == {"C1": "breach"}
    assert outcomes(run_check("band_missing", "2026-10-31", drawing, values)) == {"C1": "met"}


def test_a_case_exported_twice_counts_once() -> None:
    drawing = "cases case_id | opened_on | acuity_band\nC1 | 2026-10-01 | low\nC1 | 2026-10-01 | low"
    assert run_check("band_missing", "2026-10-31", drawing).population == 1
