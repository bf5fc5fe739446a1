"""CON05: nobody saw the person in time after an escalation."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("follow_up_after_escalation_missed", DAY, drawing, policy))


def test_seen_on_the_last_day_or_the_first_is_met_and_one_day_later_is_not() -> None:
    assert found("""
        escalations  escalation_id | case_id | raised_on  | decision
                     E1            | C1      | 2026-10-05 | admit
                     E2            | C2      | 2026-10-05 | admit
                     E3            | C3      | 2026-10-05 | admit
        contacts     contact_id | case_id | contact_on | outcome
                     K1         | C1      | 2026-10-08 | attended
                     K2         | C2      | 2026-10-05 | attended
                     K3         | C3      | 2026-10-09 | attended
    """) == {"E1": "met", "E2": "met", "E3": "breach"}


def test_contacts_before_missed_or_of_others_do_not_count() -> None:
    assert found("""
        escalations  escalation_id | case_id | raised_on  | decision
                     E1            | C1      | 2026-10-05 | admit
        contacts     contact_id | case_id | contact_on | outcome
                     K1         | C1      | 2026-10-04 | attended
                     K2         | C1      | 2026-10-06 | did_not_attend
                     K3         | C2      | 2026-10-06 | attended
    """) == {"E1": "breach"}


def test_while_there_is_time_left_nothing_is_shown_either_way() -> None:
    assert found("""
        escalations  escalation_id | case_id | raised_on  | decision
                     E1            | C1      | 2026-10-28 | admit
                     E2            | C2      | 2026-10-27 | admit
        contacts     contact_id | case_id | contact_on | outcome
                     K1         | C1      | 2026-11-01 | attended
    """) == {"E1": "not evidenced", "E2": "breach"}


def test_no_case_is_no_evidence_and_no_decision_or_a_later_day_is_not_looked_at() -> None:
    assert found("""
        escalations  escalation_id | case_id | raised_on  | decision
                     E1            |         | 2026-10-05 | admit
                     E2            | C1      | 2026-10-05 |
                     E3            | C1      | 2026-11-01 | admit
        contacts     contact_id | case_id | contact_on | outcome
    """) == {"E1": "not evidenced"}


def test_no_escalation_is_not_applicable_and_no_export_of_contacts_not_assessable() -> None:
    none = "escalations  escalation_id | case_id | raised_on | decision\ncontacts  case_id | contact_on | outcome"
    assert run_check("follow_up_after_escalation_missed", DAY, none).status == Status.NOT_APPLICABLE
    alone = "escalations  escalation_id | case_id | raised_on | decision"
    assert run_check("follow_up_after_escalation_missed", DAY, alone).status == Status.NOT_ASSESSABLE
