"""CON04: a team cancels too many of its planned contacts itself."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("cancelled_by_service", DAY, drawing, policy))


def contacts(*rows: str) -> str:
    """A team's contacts, each as "planned outcome" or "planned outcome date"."""
    lines = ["cases  case_id | team | opened_on | closed_on", "C1 | North | 2026-03-02 | 2026-10-20"]
    lines.append("contacts  contact_id | case_id | contact_on | planned | outcome")
    for number, row in enumerate(rows):
        planned, outcome, *day = row.split()
        lines.append(f"K{number} | C1 | {day[0] if day else '2026-10-05'} | {planned.strip('?')} | {outcome}")
    return "\n".join(lines)


KEPT, CALLED_OFF = "yes attended", "yes cancelled_by_service"


def test_a_share_equal_to_the_limit_is_met_and_one_more_is_not() -> None:
    assert found(contacts(*[KEPT] * 19, CALLED_OFF)) == {"North": "met"}
    assert found(contacts(*[KEPT] * 18, *[CALLED_OFF] * 2)) == {"North": "breach"}


def test_what_the_client_cancels_or_misses_is_not_the_services() -> None:
    assert found(contacts("yes cancelled_by_client", "yes did_not_attend")) == {"North": "met"}


def test_contacts_that_do_not_say_whether_planned_are_no_evidence_where_they_decide() -> None:
    assert found(contacts(KEPT, "? cancelled_by_service")) == {"North": "not evidenced"}
    assert found(contacts(CALLED_OFF, *["? attended"] * 19)) == {"North": "not evidenced"}
    assert found(contacts(CALLED_OFF, "? attended")) == {"North": "breach"}


def test_unplanned_ones_and_those_still_to_come_do_not_count() -> None:
    assert found(contacts(KEPT, "no cancelled_by_service", "yes cancelled_by_service 2026-11-02")) == {"North": "met"}


def test_no_contact_is_not_applicable_and_no_table_not_assessable() -> None:
    assert run_check("cancelled_by_service", DAY, contacts()).status == Status.NOT_APPLICABLE
    assert run_check("cancelled_by_service", DAY, "cases  case_id | opened_on | team").status == Status.NOT_ASSESSABLE
