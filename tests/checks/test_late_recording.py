"""CON03: a contact was recorded late."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("late_recording", DAY, drawing, policy))


def test_recorded_on_the_last_day_is_met_one_day_later_not_and_a_blank_is_no_evidence() -> None:
    assert found("""
        contacts  contact_id | case_id | contact_on | outcome  | recorded_on
                  K1         | C1      | 2026-10-05 | attended | 2026-10-07
                  K2         | C1      | 2026-10-05 | attended | 2026-10-08
                  K3         | C1      | 2026-10-05 | attended |
    """) == {"C1 | K1": "met", "C1 | K2": "breach", "C1 | K3": "not evidenced"}


def test_a_record_before_the_contact_tells_only_of_a_cancellation() -> None:
    assert found("""
        contacts  contact_id | case_id | contact_on | outcome              | recorded_on
                  K1         | C1      | 2026-10-05 | attended             | 2026-10-04
                  K2         | C1      | 2026-10-05 | did_not_attend       | 2026-10-04
                  K3         | C1      | 2026-10-05 | cancelled_by_client  | 2026-10-04
                  K4         | C1      | 2026-10-05 | cancelled_by_service | 2026-10-08
    """) == {"C1 | K1": "not evidenced", "C1 | K2": "not evidenced", "C1 | K3": "met", "C1 | K4": "breach"}


def test_a_record_made_after_the_day_is_not_seen() -> None:
    assert found("""
        contacts  contact_id | case_id | contact_on | outcome  | recorded_on
                  K1         | C1      | 2026-10-30 | attended | 2026-11-01
    """) == {"C1 | K1": "not evidenced"}


def test_only_contacts_of_the_look_back_are_looked_at_each_once() -> None:
    assert found("""
        contacts  contact_id | case_id | contact_on | outcome  | recorded_on
                  EARLIER    | C1      | 2026-08-01 | attended |
                  FIRST      | C1      | 2026-08-02 | attended | 2026-08-02
                  FIRST      | C1      | 2026-08-02 | attended | 2026-08-09
                  COMING     | C1      | 2026-11-01 | attended |
    """) == {"C1 | FIRST": "met"}


def test_no_contact_is_not_applicable_and_no_day_of_recording_not_assessable() -> None:
    none = "contacts  contact_id | case_id | contact_on | outcome | recorded_on"
    assert run_check("late_recording", DAY, none).status == Status.NOT_APPLICABLE
    dateless = "contacts  contact_id | case_id | contact_on | outcome"
    assert run_check("late_recording", DAY, dateless).status == Status.NOT_ASSESSABLE
