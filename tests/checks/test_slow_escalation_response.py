"""ESC06: an escalation is answered in time."""

from typing import Any

from caseaudit.testing import outcomes, run_check

HEAD = "escalations escalation_id | raised_on | responded_on\n"


def answered(raised_on: str, responded_on: str, **policy: Any) -> str | None:
    row = f"E1 | {raised_on} | {responded_on}"
    return outcomes(run_check("slow_escalation_response", "2026-10-31", HEAD + row, policy)).get("E1")


def test_the_next_day_is_in_time_and_the_one_after_is_not() -> None:
    assert answered("2026-10-01", "2026-10-01") == "met"
    assert answered("2026-10-01", "2026-10-02") == "met"
    assert answered("2026-10-01", "2026-10-03") == "breach"
    assert answered("2026-10-01", "2026-10-03", escalation_response_days=2) == "met"


def test_no_answer_or_an_impossible_one_is_not_evidenced() -> None:
    assert answered("2026-10-01", "") == "not evidenced"
    assert answered("2026-10-01", "2026-09-30") == "not evidenced"
    assert answered("2026-10-31", "2026-11-01") == "not evidenced"


def test_escalations_before_the_look_back_count_and_those_to_come_do_not() -> None:
    assert answered("2025-01-01", "2025-02-01") == "breach"
    assert answered("2026-11-01", "") is None


def test_without_a_column_for_the_response_it_cannot_be_assessed() -> None:
    drawing = "escalations raised_on"
    assert run_check("slow_escalation_response", "2026-10-31", drawing).status == "not assessable"
