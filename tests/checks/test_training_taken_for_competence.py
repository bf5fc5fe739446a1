"""CMP03: an accepted method stands behind every competency a case relies on."""

from caseaudit.testing import outcomes, run_check

CASES = "cases case_id | opened_on | acuity_band | worker_id\nC1 | 2026-01-05 | moderate | W1\n"
HEAD = "competencies worker_id | competency | signed_off_on | method | expires_on\n"


def taken(*rows: str) -> dict[str, str]:
    return outcomes(run_check("training_taken_for_competence", "2026-10-31", CASES + HEAD + "\n".join(rows)))


TRAINING = "W1 | safeguarding | 2026-03-02 | training_only |"


def test_training_alone_is_a_breach_and_not_beside_an_assessment() -> None:
    assert taken(TRAINING) == {"W1 | safeguarding": "breach"}
    assert taken(TRAINING, "W1 | safeguarding | 2026-03-02 | case_based |") == {"W1 | safeguarding": "met"}


def test_an_assessment_that_has_run_out_does_not_help() -> None:
    assert taken(TRAINING, "W1 | safeguarding | 2025-10-31 | case_based |") == {"W1 | safeguarding": "met"}
    assert taken(TRAINING, "W1 | safeguarding | 2025-10-30 | case_based |") == {"W1 | safeguarding": "breach"}


def test_without_a_method_or_a_sign_off_in_date_it_is_not_evidenced() -> None:
    assert taken(TRAINING, "W1 | safeguarding | 2026-03-02 | |") == {"W1 | safeguarding": "not evidenced"}
    assert taken() == {"W1 | safeguarding": "not evidenced"}
    assert taken("W1 | safeguarding | 2025-10-30 | training_only |") == {"W1 | safeguarding": "not evidenced"}


def test_a_competency_no_case_asks_for_is_not_looked_at() -> None:
    assert "W1 | risk_formulation" not in taken("W1 | risk_formulation | 2026-03-02 | training_only |")


def test_without_cases_that_ask_for_any_it_is_not_applicable() -> None:
    drawing = "cases case_id | opened_on | acuity_band | worker_id\n" + HEAD + TRAINING
    assert run_check("training_taken_for_competence", "2026-10-31", drawing).status == "not applicable"
