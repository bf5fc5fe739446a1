"""PEER01: a peer worker's role is written down."""

import pytest

from caseaudit.testing import outcomes, run_check

FIELDS = ("role_scope", "escalation_triggers", "supervision_arrangements", "training_completed_on")
FULL = dict(zip(FIELDS, ("beside", "self-harm", "weekly", "2026-10-31"), strict=True))
STAFF = """
    staff  worker_id | role | layer   | left_on
           P1        | Peer | peer    |
           P2        | Peer | peer    | 2026-10-31
           C1        | CC   | support |
"""
HEAD = "peer_roles worker_id | " + " | ".join(FIELDS) + "\n"


def row(**changed: str) -> str:
    return "P1 | " + " | ".join((FULL | changed).values()) + "\n"


def roles(*rows: str) -> dict[str, str]:
    return outcomes(run_check("peer_role_undefined", "2026-10-31", STAFF + HEAD + "".join(rows)))


def test_a_full_record_is_met_and_only_peers_in_post_are_looked_at() -> None:
    assert roles(row()) == {"P1": "met"}


@pytest.mark.parametrize("field", FIELDS)
def test_each_blank_is_not_evidenced(field: str) -> None:
    assert roles(row(**{field: ""})) == {"P1": "not evidenced"}


def test_training_after_the_as_at_date_is_not_seen() -> None:
    assert roles(row(training_completed_on="2026-11-01")) == {"P1": "not evidenced"}


def test_a_peer_without_a_record_is_not_evidenced() -> None:
    assert roles() == {"P1": "not evidenced"}


def test_what_any_of_several_records_holds_counts_and_the_worker_counts_once() -> None:
    assert roles(row(role_scope=""), row(escalation_triggers="")) == {"P1": "met"}


def test_without_the_table_it_cannot_be_assessed() -> None:
    assert run_check("peer_role_undefined", "2026-10-31", STAFF).status == "not assessable"
