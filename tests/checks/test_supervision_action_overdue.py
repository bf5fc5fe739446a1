"""SUP04: what was agreed in supervision is past its day."""

from caseaudit.testing import outcomes, run_check


def follow_up(due: str, done: str, held_on: str = "2026-10-05") -> list[str]:
    drawing = f"supervision worker_id | held_on | follow_up_on | follow_up_done_on\nW1 | {held_on} | {due} | {done}"
    return list(outcomes(run_check("supervision_action_overdue", "2026-10-31", drawing)).values())


def test_done_is_met_even_late_and_a_blank_or_a_day_to_come_shows_nothing() -> None:
    assert follow_up("2026-10-20", "2026-10-19") == ["met"]
    assert follow_up("2026-10-20", "2026-10-31") == ["met"]
    assert follow_up("2026-10-20", "2026-11-01") == ["not evidenced"]
    assert follow_up("2026-10-20", "") == ["not evidenced"]


def test_due_on_the_day_is_not_yet_past() -> None:
    assert follow_up("2026-10-31", "") == []
    assert follow_up("2026-10-30", "") == ["not evidenced"]
    assert follow_up("", "") == []


def test_an_old_follow_up_is_not_forgotten() -> None:
    assert follow_up("2025-02-01", "", held_on="2025-01-05") == ["not evidenced"]
