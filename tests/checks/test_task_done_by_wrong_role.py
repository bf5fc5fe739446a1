"""DEL01: tasks are done by a layer that may do them."""

from typing import Any

from caseaudit.testing import outcomes, run_check

DRAWING = """
    staff  worker_id | role  | layer
           N1        | Nurse | clinical
           S1        | CC    | support
           P1        | Peer  | peer
           X1        | Bank  |
    tasks  task_id | task_type | completed_on | completed_by
"""


def done(*rows: str, **policy: Any) -> dict[str, str]:
    return outcomes(run_check("task_done_by_wrong_role", "2026-10-31", DRAWING + "\n".join(rows), policy))


def test_the_matrix_says_which_layer_may_do_what() -> None:
    assert done(
        "T1 | risk_formulation | 2026-10-01 | N1",
        "T2 | risk_formulation | 2026-10-01 | S1",
        "T3 | care_plan_review | 2026-10-01 | S1",
        "T4 | care_plan_review | 2026-10-01 | P1",
        "T5 | engagement       | 2026-10-01 | P1",
    ) == {"T1": "met", "T2": "breach", "T3": "met", "T4": "breach", "T5": "met"}


def test_nobody_a_stranger_or_a_blank_layer_is_not_evidenced() -> None:
    rows = (f"T{who} | engagement | 2026-10-01 | {who}" for who in ("", "Z9", "X1"))
    assert set(done(*rows).values()) == {"not evidenced"}


def test_a_kind_the_matrix_does_not_name_is_not_looked_at_until_the_policy_names_it() -> None:
    row = "T1 | gardening | 2026-10-01 | P1"
    assert done(row) == {}
    assert done(row, **{"task_matrix.gardening": ["support"]}) == {"T1": "breach"}


def test_only_tasks_completed_in_the_look_back_count_and_each_once() -> None:
    days = {"T1": "2026-08-01", "T2": "2026-08-02", "T3": "2026-10-31", "T4": "2026-11-01", "T5": ""}
    assert set(done(*(f"{task} | engagement | {day} | P1" for task, day in days.items()))) == {"T2", "T3"}
    twice = DRAWING + "T1 | engagement | 2026-10-01 | P1\n" * 2
    assert run_check("task_done_by_wrong_role", "2026-10-31", twice).population == 1


def test_without_a_column_for_who_did_it_it_cannot_be_assessed() -> None:
    drawing = "staff worker_id | role | layer\ntasks task_type | completed_on"
    assert run_check("task_done_by_wrong_role", "2026-10-31", drawing).status == "not assessable"
