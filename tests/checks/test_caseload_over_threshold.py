"""CAP01: a worker's caseload is over the safe threshold."""

from caseaudit.testing import outcomes, run_check


def caseload(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("caseload_over_threshold", "2026-10-31", drawing, policy))


def test_points_equal_to_the_limit_are_met_and_one_more_is_not() -> None:
    drawing = """
        staff  worker_id | role  | wte
               W1        | Nurse | 1.0
               W2        | Nurse | 1.0
        cases  case_id | worker_id | opened_on  | acuity_band
               C1      | W1        | 2026-03-02 | very_high
               C2      | W1        | 2026-03-02 | high
               C3      | W2        | 2026-03-02 | very_high
               C4      | W2        | 2026-03-02 | high
               C5      | W2        | 2026-03-02 | low
    """
    assert caseload(drawing, max_points_per_wte=9) == {"W1": "met", "W2": "breach"}


def test_part_time_counts_in_proportion_without_binary_noise() -> None:
    drawing = """
        staff  worker_id | role  | wte
               W1        | Nurse | 0.1
               W2        | Nurse | 0.3
        cases  case_id | worker_id | opened_on  | acuity_band
               C1      | W1        | 2026-03-02 | high
               C2      | W2        | 2026-03-02 | very_high
               C3      | W2        | 2026-03-02 | high
    """
    # 3 / 0.1 and 9 / 0.3 are both 30
    assert caseload(drawing, max_points_per_wte=30) == {"W1": "met", "W2": "met"}
    assert caseload(drawing, max_points_per_wte=29) == {"W1": "breach", "W2": "breach"}


def test_a_case_without_a_band_adds_nothing_whatever_else_is_held() -> None:
    drawing = """
        staff  worker_id | role  | wte
               W1        | Nurse | 1.0
        cases  case_id | worker_id | opened_on  | acuity_band
               C1      | W1        | 2026-03-02 | very_high
               C2      | W1        | 2026-03-02 |
               C3      | W1        | 2026-03-02 | amber
    """
    assert caseload(drawing, max_points_per_wte=6) == {"W1": "met"}
    assert caseload(drawing, max_points_per_wte=5) == {"W1": "breach"}


def test_no_wte_or_no_row_in_the_staff_list_is_not_evidenced_and_a_wte_of_nothing_allows_no_case() -> None:
    drawing = """
        staff  worker_id | role  | wte
               BLANK     | Nurse |
               MINUS     | Nurse | -1
               ZERO      | Nurse | 0
        cases  case_id | worker_id | opened_on  | acuity_band
               C1      | BLANK     | 2026-03-02 | low
               C2      | MINUS     | 2026-03-02 | low
               C3      | ZERO      | 2026-03-02 | low
               C4      | UNKNOWN   | 2026-03-02 | low
    """
    assert caseload(drawing) == {
        "BLANK": "not evidenced",
        "MINUS": "not evidenced",
        "UNKNOWN": "not evidenced",
        "ZERO": "breach",
    }


def test_only_open_cases_count_and_who_holds_none_is_not_looked_at() -> None:
    drawing = """
        staff  worker_id | role  | wte
               W1        | Nurse | 1.0
               W2        | Nurse | 1.0
        cases  case_id | worker_id | opened_on  | closed_on  | acuity_band
               C1      | W1        | 2026-03-02 |            | low
               C2      | W1        | 2026-03-02 | 2026-10-31 | very_high
               C3      | W2        | 2026-03-02 | 2026-10-31 | low
    """
    assert caseload(drawing, max_points_per_wte=1) == {"W1": "met"}


def test_the_detail_says_what_is_held_and_what_would_be_allowed() -> None:
    drawing = """
        staff  worker_id | role  | wte
               W1        | Nurse | 0.5
        cases  case_id | worker_id | opened_on  | acuity_band
               C1      | W1        | 2026-03-02 | very_high
    """
    result = run_check("caseload_over_threshold", "2026-10-31", drawing, {"max_points_per_wte": 9})
    assert result.findings is not None
    found = result.findings.collect()
    assert found["detail"].to_list() == ["6 points held in 1 case at 0.5 WTE, where 4.5 are allowed."]
