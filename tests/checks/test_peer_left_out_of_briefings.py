"""PEER03: a peer worker has been briefed lately."""

from caseaudit.testing import outcomes, run_check

STAFF = "staff worker_id | role | layer\nP1 | Peer | peer\nC1 | CC | support\n"


def briefed(*days: str) -> dict[str, str]:
    roles = "peer_roles worker_id | last_briefing_on\n" + "\n".join(f"P1 | {day}" for day in days)
    return outcomes(run_check("peer_left_out_of_briefings", "2026-10-31", STAFF + roles))


def test_fourteen_days_ago_is_recent_enough_and_fifteen_are_not() -> None:
    assert briefed("2026-10-17") == {"P1": "met"}
    assert briefed("2026-10-16") == {"P1": "breach"}


def test_no_day_no_record_or_a_day_to_come_is_not_evidenced() -> None:
    assert briefed("") == briefed() == briefed("2026-11-01") == {"P1": "not evidenced"}


def test_the_latest_of_several_records_counts() -> None:
    assert briefed("2026-10-01", "2026-10-20", "2026-11-05") == {"P1": "met"}


def test_without_the_column_it_cannot_be_assessed() -> None:
    drawing = STAFF + "peer_roles worker_id | role_scope"
    assert run_check("peer_left_out_of_briefings", "2026-10-31", drawing).status == "not assessable"
