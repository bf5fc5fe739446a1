"""DEL04: clinicians' contacts are not for the most part routine work."""

from typing import Any

from caseaudit.testing import outcomes, run_check

DRAWING = """
    staff  worker_id | role  | layer
           N1        | Nurse | clinical
           S1        | CC    | support
    contacts  case_id | worker_id | contact_on | outcome | purpose
"""


def contacts(number: int, purpose: str, worker: str = "N1", day: str = "2026-10-20", outcome: str = "attended") -> str:
    return f"C1 | {worker} | {day} | {outcome} | {purpose}\n" * number


def routine(*rows: str, **policy: Any) -> dict[str, str]:
    return outcomes(run_check("clinicians_on_routine_work", "2026-10-31", DRAWING + "".join(rows), policy))


def test_half_is_the_limit_and_one_more_is_over() -> None:
    assert routine(contacts(5, "transport"), contacts(5, "therapy")) == {"N1": "met"}
    assert routine(contacts(6, "engagement"), contacts(5, "therapy")) == {"N1": "breach"}


def test_blank_purposes_leave_it_open_only_where_they_could_tip_the_share() -> None:
    assert routine(contacts(5, "transport"), contacts(4, "therapy"), contacts(1, "")) == {"N1": "not evidenced"}
    assert routine(contacts(4, "transport"), contacts(5, "therapy"), contacts(1, "")) == {"N1": "met"}
    assert routine(contacts(6, "transport"), contacts(4, "")) == {"N1": "breach"}


def test_fewer_than_ten_attended_contacts_in_four_weeks_say_nothing() -> None:
    nine = contacts(9, "transport")
    assert routine(nine) == {}
    assert routine(nine, contacts(1, "transport", outcome="did_not_attend")) == {}
    assert routine(nine, contacts(1, "transport", day="2026-10-02")) == {}
    assert routine(nine, contacts(1, "transport", day="2026-10-03")) == {"N1": "breach"}


def test_other_layers_are_not_looked_at() -> None:
    assert routine(contacts(10, "transport", worker="S1")) == {}


def test_the_limit_may_be_set_by_the_policy() -> None:
    assert routine(contacts(6, "transport"), contacts(4, "therapy"), max_routine_share=0.6) == {"N1": "met"}


def test_without_purposes_it_cannot_be_assessed() -> None:
    drawing = "staff worker_id | role | layer\ncontacts case_id | worker_id | contact_on | outcome"
    assert run_check("clinicians_on_routine_work", "2026-10-31", drawing).status == "not assessable"
