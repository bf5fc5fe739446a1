"""DEL02: a clinician signs off what support staff may only do with a signature."""

from caseaudit.testing import outcomes, run_check

DRAWING = """
    staff  worker_id | role  | layer
           N1        | Nurse | clinical
           S1        | CC    | support
    tasks  task_id | task_type | completed_on | signed_off_by | signed_off_on
"""


def signed(*rows: str) -> dict[str, str]:
    return outcomes(run_check("clinical_sign_off_missing", "2026-10-31", DRAWING + "\n".join(rows)))


def test_the_seventh_day_is_in_time_and_the_eighth_is_not() -> None:
    assert signed(
        "T1 | care_plan_review | 2026-10-01 | N1 | 2026-10-08", "T2 | care_plan_review | 2026-10-01 | N1 | 2026-10-09"
    ) == {"T1": "met", "T2": "breach"}


def test_a_signature_of_another_layer_does_not_count() -> None:
    assert signed("T1 | care_plan_review | 2026-10-01 | S1 | 2026-10-02") == {"T1": "breach"}


def test_no_signature_no_day_or_an_impossible_day_is_not_evidenced() -> None:
    ends = (" | ", "N1 | ", " | 2026-10-02", "Z9 | 2026-10-02", "N1 | 2026-09-30", "N1 | 2026-11-01")
    rows = (f"T{n} | risk_assessment_update | 2026-10-01 | {end}" for n, end in enumerate(ends))
    assert list(signed(*rows).values()) == ["not evidenced"] * len(ends)


def test_open_tasks_and_kinds_that_need_no_signature_are_not_looked_at() -> None:
    assert signed("T1 | care_plan_review | | |", "T2 | care_plan_review | 2026-11-01 | |") == {}
    assert signed("T1 | engagement | 2026-10-01 | |", "T2 | risk_formulation | 2026-10-01 | |") == {}


def test_tasks_completed_before_the_look_back_count_too() -> None:
    assert signed("T1 | care_plan_review | 2025-01-01 | N1 | 2025-02-01") == {"T1": "breach"}


def test_without_the_columns_it_cannot_be_assessed() -> None:
    drawing = "staff worker_id | role | layer\ntasks task_type | completed_on"
    assert run_check("clinical_sign_off_missing", "2026-10-31", drawing).status == "not assessable"
