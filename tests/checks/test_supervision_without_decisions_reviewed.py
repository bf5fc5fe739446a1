"""SUP03: a supervision session does not show that risk decisions were reviewed."""

from caseaudit.testing import outcomes, run_check


def session(held_on: str, reviewed: str, status: str = "held") -> list[str]:
    drawing = f"supervision worker_id | held_on | status | decisions_reviewed\nW1 | {held_on} | {status} | {reviewed}"
    return list(outcomes(run_check("supervision_without_decisions_reviewed", "2026-10-31", drawing)).values())


def test_yes_is_met_no_a_breach_blank_not_evidenced() -> None:
    assert session("2026-10-05", "yes") == ["met"]
    assert session("2026-10-05", "no") == ["breach"]
    assert session("2026-10-05", "") == ["not evidenced"]


def test_only_sessions_held_in_the_look_back_are_looked_at() -> None:
    assert session("2026-08-02", "no") == ["breach"]
    assert session("2026-08-01", "no") == []
    assert session("2026-11-01", "no") == []
    assert session("2026-10-05", "no", "cancelled") == []
