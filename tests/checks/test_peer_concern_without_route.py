"""PEER04: a peer worker's concern is answered in time."""

from caseaudit.testing import outcomes, run_check

STAFF = "staff worker_id | role | layer\nP1 | Peer | peer\nC1 | CC | support\n"


def answered(
    raised_on: str = "2026-10-12", huddle_on: str = "", decision: str = "", escalation: str = "", by: str = "P1"
) -> str | None:
    flags = "risk_flags flag_id | case_id | signal | raised_on | raised_by | huddle_on | decision\n"
    flags += f"F1 | K1 | housing_loss | {raised_on} | {by} | {huddle_on} | {decision}\n"
    escalations = "escalations case_id | raised_on\n" + (f"K1 | {escalation}\nK2 | {raised_on}" if escalation else "")
    return outcomes(run_check("peer_concern_without_route", "2026-10-31", STAFF + flags + escalations)).get("F1")


def test_the_second_day_is_in_time_and_the_third_is_not() -> None:
    assert answered(huddle_on="2026-10-14", decision="visit") == "met"
    assert answered(huddle_on="2026-10-15", decision="visit") == "breach"
    assert answered(escalation="2026-10-14") == "met"
    assert answered(escalation="2026-10-15") == "breach"


def test_what_came_before_the_flag_does_not_answer_it() -> None:
    assert answered(huddle_on="2026-10-11", decision="visit") == "breach"
    assert answered(escalation="2026-10-11") == "breach"


def test_a_huddle_without_a_decision_is_not_evidenced_unless_it_was_escalated() -> None:
    assert answered(huddle_on="2026-10-14") == "not evidenced"
    assert answered(huddle_on="2026-10-14", escalation="2026-10-13") == "met"


def test_an_unanswered_flag_is_looked_at_once_its_time_has_run_out() -> None:
    assert answered("2026-10-29") is None
    assert answered("2026-10-28") == "breach"
    assert answered("2026-10-29", escalation="2026-10-30") == "met"


def test_flags_of_other_layers_are_not_looked_at() -> None:
    assert answered(by="C1") is answered(by="") is None


def test_without_escalations_it_cannot_be_assessed() -> None:
    flags = "risk_flags case_id | signal | raised_on | raised_by | huddle_on | decision"
    assert run_check("peer_concern_without_route", "2026-10-31", STAFF + flags).status == "not assessable"
