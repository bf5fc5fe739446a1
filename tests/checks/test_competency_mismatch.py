"""CMP01: the worker is signed off for what the case asks."""

from typing import Any

from caseaudit.model import Result
from caseaudit.testing import outcomes, run_check

MODERATE = """
    cases  case_id | opened_on  | acuity_band | worker_id | needs
           C1      | 2026-01-05 | moderate    | W1        |
    staff  worker_id | role
           W1        | Nurse
"""
SIGN_OFFS = """
    competencies  worker_id | competency | signed_off_on | method | expires_on
"""


def mismatch(drawing: str, **policy: Any) -> Result:
    return run_check("competency_mismatch", "2026-10-31", drawing, policy)


def of_sign_off(*rows: str, more: str = "") -> str:
    return outcomes(mismatch(MODERATE + SIGN_OFFS + "\n".join(rows) + more))["C1 | W1"]


def test_a_sign_off_lasts_a_year_to_the_day() -> None:
    assert of_sign_off("W1 | safeguarding | 2025-10-31 | case_based |") == "met"
    assert of_sign_off("W1 | safeguarding | 2025-10-30 | case_based |") == "breach"


def test_an_expiry_before_that_counts_and_its_own_day_is_in_time() -> None:
    assert of_sign_off("W1 | safeguarding | 2026-03-02 | case_based | 2026-10-31") == "met"
    assert of_sign_off("W1 | safeguarding | 2026-03-02 | case_based | 2026-10-30") == "breach"


def test_a_sign_off_after_the_as_at_date_is_not_seen() -> None:
    assert of_sign_off("W1 | safeguarding | 2026-11-01 | case_based |") == "breach"


def test_training_alone_is_no_sign_off_and_a_blank_method_is_not_evidenced() -> None:
    assert of_sign_off("W1 | safeguarding | 2026-03-02 | training_only |") == "breach"
    assert of_sign_off("W1 | safeguarding | 2026-03-02 | |") == "not evidenced"


def test_the_best_of_several_sign_offs_counts() -> None:
    blank, expired = "W1 | safeguarding | 2026-03-02 | |", "W1 | safeguarding | 2024-03-02 | case_based |"
    good = "W1 | safeguarding | 2026-02-02 | observed_practice |"
    assert of_sign_off(blank, good, expired) == "met"
    assert of_sign_off(blank, expired) == "not evidenced"


def test_an_incident_that_names_worker_and_competency_ends_the_sign_off() -> None:
    good, head = "W1 | safeguarding | 2026-03-02 | case_based |", "\nincidents worker_id | competency | occurred_on\n"
    assert of_sign_off(good, more=head + "W1 | safeguarding | 2026-03-03") == "breach"
    assert of_sign_off(good, more=head + "W1 | safeguarding | 2026-03-01") == "met"
    assert of_sign_off(good, more=head + "W2 | safeguarding | 2026-03-03") == "met"


def test_needs_ask_for_more_than_the_band_and_an_unknown_need_for_nothing() -> None:
    sign_off = SIGN_OFFS + "W1 | safeguarding | 2026-03-02 | case_based |"
    asked = MODERATE.replace("W1        |\n", "W1        | medication; housing\n")
    result = mismatch(asked + sign_off)
    assert outcomes(result) == {"C1 | W1": "breach"}
    assert result.findings is not None
    assert result.findings.collect()["detail"].to_list() == [
        "No current sign-off for medicines awareness; band moderate."
    ]
    assert outcomes(mismatch(asked.replace("medication; ", "") + sign_off)) == {"C1 | W1": "met"}


def test_a_missing_competency_outranks_one_that_is_only_unclear() -> None:
    blank = SIGN_OFFS + "W1 | safeguarding | 2026-03-02 | |"
    assert outcomes(mismatch(MODERATE.replace("moderate", "high    ") + blank)) == {"C1 | W1": "breach"}


def test_no_band_an_unknown_band_and_an_unlisted_worker_are_not_evidenced() -> None:
    for drawing in (
        MODERATE.replace("moderate", "        "),
        MODERATE.replace("moderate", "purple  "),
        MODERATE.replace("W1        | Nurse", "W2        | Nurse"),
    ):
        assert outcomes(mismatch(drawing + SIGN_OFFS)) == {"C1 | W1": "not evidenced"}


def test_without_a_band_a_competency_lacking_for_a_need_is_still_a_breach() -> None:
    drawing = MODERATE.replace("moderate", "        ").replace("W1        |\n", "W1        | medication\n")
    assert outcomes(mismatch(drawing + SIGN_OFFS)) == {"C1 | W1": "breach"}


def test_allocations_say_who_holds_the_case_where_they_are_exported() -> None:
    drawing = """
        allocations  case_id | worker_id | allocated_on | ended_on
                     C1      | W2        | 2026-01-05   |
                     C1      | W2        | 2026-02-05   |
                     C1      | W3        | 2026-01-05   | 2026-10-31
    """
    result = mismatch(MODERATE + SIGN_OFFS + drawing)
    assert outcomes(result) == {"C1 | W2": "not evidenced"}
    assert result.population == 1


def test_a_policy_that_asks_for_nothing_is_met_by_everybody() -> None:
    assert outcomes(mismatch(MODERATE + SIGN_OFFS, **{"bands.moderate.competencies": []})) == {"C1 | W1": "met"}


def test_closed_cases_are_not_looked_at() -> None:
    closed = MODERATE.replace("opened_on ", "closed_on | opened_on ").replace("C1      |", "C1 | 2026-10-31 |")
    assert mismatch(closed + SIGN_OFFS).status == "not applicable"


def test_without_sign_offs_or_a_column_of_bands_it_cannot_be_assessed() -> None:
    assert mismatch(MODERATE).status == "not assessable"
    assert mismatch(MODERATE.replace("acuity_band", "close_reason") + SIGN_OFFS).status == "not assessable"
