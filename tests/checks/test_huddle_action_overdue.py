"""ESC04: what a huddle agreed is done, and has an owner and a deadline."""

from caseaudit.testing import outcomes, run_check

HEAD = "tasks task_id | task_type | source | due_on | completed_on | owner_id\n"


def agreed(*rows: str) -> dict[str, str]:
    return outcomes(run_check("huddle_action_overdue", "2026-10-31", HEAD + "\n".join(rows)))


def test_a_task_due_on_the_as_at_date_is_in_time_and_one_due_the_day_before_is_over() -> None:
    assert agreed("T1 | engagement | huddle | 2026-10-31 | | W1", "T2 | engagement | huddle | 2026-10-30 | | W1") == {
        "T2": "breach"
    }


def test_done_late_is_done_and_done_after_the_as_at_date_is_not_seen() -> None:
    assert agreed("T1 | engagement | huddle | 2026-09-01 | 2026-10-31 | W1") == {"T1": "met"}
    assert agreed("T1 | engagement | huddle | 2026-09-01 | 2026-11-01 | W1") == {"T1": "breach"}


def test_no_owner_or_no_deadline_is_not_evidenced() -> None:
    assert agreed("T1 | engagement | huddle | 2026-09-01 | 2026-09-01 |") == {"T1": "not evidenced"}
    assert agreed("T1 | engagement | huddle | | | W1") == {"T1": "not evidenced"}
    assert agreed("T1 | engagement | huddle | 2026-09-01 | |") == {"T1": "breach"}


def test_tasks_from_elsewhere_are_not_looked_at() -> None:
    assert agreed("T1 | engagement | review | 2026-09-01 | | W1", "T2 | engagement | | 2026-09-01 | | W1") == {}


def test_without_a_source_of_tasks_it_cannot_be_assessed() -> None:
    drawing = "tasks task_type | due_on | completed_on | owner_id"
    assert run_check("huddle_action_overdue", "2026-10-31", drawing).status == "not assessable"
