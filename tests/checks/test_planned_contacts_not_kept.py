"""CON01: a team's planned contacts too often do not take place."""

import datetime as dt
from pathlib import Path

from caseaudit.model import Status
from caseaudit.policy import load
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("planned_contacts_not_kept", DAY, drawing, policy))


def contacts(*rows: str) -> str:
    """A team's contacts, each as "planned outcome" or "planned outcome date"."""
    lines = ["cases  case_id | team | opened_on | closed_on", "C1 | North | 2026-03-02 | 2026-10-20"]
    lines.append("contacts  contact_id | case_id | contact_on | planned | outcome")
    for number, row in enumerate(rows):
        planned, outcome, *day = row.split()
        lines.append(f"K{number} | C1 | {day[0] if day else '2026-10-05'} | {planned.strip('?')} | {outcome}")
    return "\n".join(lines)


KEPT, MISSED = "yes attended", "yes did_not_attend"


def test_a_share_equal_to_the_target_is_met_and_one_contact_less_is_not() -> None:
    assert found(contacts(*[KEPT] * 17, *[MISSED] * 3)) == {"North": "met"}
    assert found(contacts(*[KEPT] * 16, *[MISSED] * 4)) == {"North": "breach"}


def test_every_outcome_but_attended_counts_as_not_kept() -> None:
    for outcome in ("cancelled_by_client", "cancelled_by_service", "some_other_word"):
        assert found(contacts(KEPT, f"yes {outcome}")) == {"North": "breach"}


def test_unplanned_contacts_and_those_outside_the_look_back_do_not_count() -> None:
    others = ["no attended"] * 9 + ["yes attended 2026-08-01", "yes attended 2026-11-01"]
    assert found(contacts(MISSED, *others)) == {"North": "breach"}
    assert found(contacts(KEPT, "yes did_not_attend 2026-08-01", "yes did_not_attend 2026-11-01")) == {"North": "met"}
    assert found(contacts(MISSED, "yes attended 2026-08-02"), planned_contact_target=0.5) == {"North": "met"}


def test_contacts_that_do_not_say_whether_planned_are_no_evidence_where_they_decide() -> None:
    assert found(contacts(KEPT, "? did_not_attend")) == {"North": "not evidenced"}
    assert found(contacts(MISSED, *["? attended"] * 9)) == {"North": "not evidenced"}
    assert found(contacts(*["? attended"] * 2)) == {"North": "not evidenced"}
    assert found(contacts(MISSED, "? attended")) == {"North": "breach"}
    assert found(contacts(*[KEPT] * 19, "? did_not_attend")) == {"North": "met"}


def test_one_exported_twice_counts_once() -> None:
    twice = contacts(KEPT, MISSED) + "\n" + "K0 | C1 | 2026-10-05 | yes | attended"
    assert found(twice, planned_contact_target=0.6) == {"North": "breach"}


def test_a_team_may_have_a_target_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "policy.toml"
    own.write_text('[[override]]\nteam = "North"\nplanned_contact_target = 0.5\n')
    policy = load(dt.date(2026, 10, 31), own)
    assert outcomes(run_check("planned_contacts_not_kept", DAY, contacts(KEPT, MISSED), policy)) == {"North": "met"}


def test_no_planned_contact_is_not_applicable_and_no_column_that_says_so_not_assessable() -> None:
    assert run_check("planned_contacts_not_kept", DAY, contacts("no attended")).status == Status.NOT_APPLICABLE
    silent = "cases  case_id | opened_on | team\ncontacts  case_id | contact_on | outcome"
    assert run_check("planned_contacts_not_kept", DAY, silent).status == Status.NOT_ASSESSABLE
