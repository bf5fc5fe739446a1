"""CMP05: every clinician in post is registered."""

from caseaudit.testing import outcomes, run_check

HEAD = "staff worker_id | role | layer | left_on | registration_number | registration_expires_on\n"


def registered(*rows: str) -> dict[str, str]:
    return outcomes(run_check("registration_lapsed", "2026-10-31", HEAD + "\n".join(rows)))


def test_the_last_day_of_a_registration_is_in_force() -> None:
    assert registered("W1 | N | clinical | | 1A | 2026-10-31", "W2 | N | clinical | | 2B | 2026-10-30") == {
        "W1": "met",
        "W2": "breach",
    }


def test_a_blank_number_or_day_is_not_evidenced_but_a_lapse_is_a_breach_either_way() -> None:
    assert registered(
        "W1 | N | clinical | | | 2027-03-31", "W2 | N | clinical | | 2B |", "W3 | N | clinical | | | 2026-10-30"
    ) == {"W1": "not evidenced", "W2": "not evidenced", "W3": "breach"}


def test_other_layers_and_leavers_are_not_looked_at() -> None:
    assert registered("W1 | CC | support | | |", "W2 | N | clinical | 2026-10-31 | |", "W3 | N | | | |") == {}


def test_without_the_columns_it_cannot_be_assessed() -> None:
    drawing = "staff worker_id | role | layer | registration_number"
    assert run_check("registration_lapsed", "2026-10-31", drawing).status == "not assessable"
