"""CON02: a person is seen by ever changing workers."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("continuity_broken", DAY, drawing, policy))


def contacts(*rows: str) -> str:
    """Contacts of one open case, each as its worker ("?" for a blank), a day and an outcome if not the usual ones."""
    lines = ["cases  case_id | opened_on", "C1 | 2026-03-02", "contacts  case_id | contact_on | worker_id | outcome"]
    for row in rows:
        given = row.split()
        worker, day, outcome = given + ["", "2026-10-05", "attended"][len(given) :]
        lines.append(f"C1 | {day} | {worker.strip('?')} | {outcome}")
    return "\n".join(lines)


def test_a_share_equal_to_the_limit_is_met_and_one_below_is_not() -> None:
    assert found(contacts("A", "A", "A", "B", "C")) == {"C1": "met"}
    assert found(contacts("A", "A", "B", "B", "C")) == {"C1": "breach"}


def test_too_few_contacts_are_not_looked_at() -> None:
    assert run_check("continuity_broken", DAY, contacts("A", "B", "C")).status == Status.NOT_APPLICABLE
    assert found(contacts("A", "B", "C", "D")) == {"C1": "breach"}


def test_the_window_begins_on_its_first_day_and_only_attended_contacts_count() -> None:
    apart = ["A", "B", "C"]
    assert found(contacts(*apart, "D 2026-08-01")) == {"C1": "breach"}
    for other in ("D 2026-07-31", "D 2026-11-01", "D 2026-10-05 did_not_attend"):
        assert found(contacts(*apart, other)) == {}


def test_contacts_without_a_worker_are_no_evidence_where_they_could_decide() -> None:
    assert found(contacts("A", "A", "B", "?")) == {"C1": "not evidenced"}
    assert found(contacts("A", "A", "A", "?")) == {"C1": "met"}
    assert found(contacts("A", "B", "C", "D", "?")) == {"C1": "breach"}
    assert found(contacts("?", "?", "?", "?")) == {"C1": "not evidenced"}


def test_without_a_column_of_workers_not_assessable() -> None:
    drawing = "cases  case_id | opened_on\ncontacts  case_id | contact_on | outcome"
    assert run_check("continuity_broken", DAY, drawing).status == Status.NOT_ASSESSABLE
