"""CMP02: sign-offs a case relies on last beyond the warning."""

from caseaudit.testing import outcomes, run_check

CASES = "cases case_id | opened_on | acuity_band | worker_id\nC1 | 2026-01-05 | moderate | W1\n"
HEAD = "competencies worker_id | competency | signed_off_on | method | expires_on\n"


def expiring(*rows: str, cases: str = CASES) -> dict[str, str]:
    return outcomes(run_check("competency_expiring", "2026-10-31", cases + HEAD + "\n".join(rows)))


def test_a_sign_off_must_last_longer_than_the_warning() -> None:
    assert expiring("W1 | safeguarding | 2026-03-02 | case_based | 2026-12-13") == {"W1 | safeguarding": "met"}
    assert expiring("W1 | safeguarding | 2026-03-02 | case_based | 2026-12-12") == {"W1 | safeguarding": "breach"}


def test_without_a_day_of_expiry_the_validity_of_the_policy_counts() -> None:
    assert expiring("W1 | safeguarding | 2025-12-13 | case_based |") == {"W1 | safeguarding": "met"}
    assert expiring("W1 | safeguarding | 2025-12-12 | case_based |") == {"W1 | safeguarding": "breach"}


def test_one_already_renewed_is_not_looked_at() -> None:
    old, new = "W1 | safeguarding | 2025-11-12 | case_based |", "W1 | safeguarding | 2026-10-01 | case_based |"
    assert expiring(old, new) == {"W1 | safeguarding": "met"}


def test_sign_offs_that_are_not_current_or_that_no_case_asks_for_are_out_of_scope() -> None:
    assert expiring("W1 | safeguarding | 2025-10-30 | case_based |") == {}
    assert expiring("W1 | safeguarding | 2026-03-02 | training_only |") == {}
    assert expiring("W1 | risk_formulation | 2025-11-12 | case_based |") == {}
    assert expiring("W2 | safeguarding | 2025-11-12 | case_based |") == {}


def test_a_sign_off_several_cases_rely_on_counts_once() -> None:
    cases = CASES + "C2 | 2026-01-05 | moderate | W1\n"
    drawing = cases + HEAD + "W1 | safeguarding | 2025-11-12 | case_based |"
    assert run_check("competency_expiring", "2026-10-31", drawing).population == 1


def test_without_methods_it_cannot_be_assessed() -> None:
    drawing = CASES + "competencies worker_id | competency | signed_off_on"
    assert run_check("competency_expiring", "2026-10-31", drawing).status == "not assessable"
