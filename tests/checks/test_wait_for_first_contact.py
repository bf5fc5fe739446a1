"""DEM01: somebody waited too long for the first contact."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("wait_for_first_contact", DAY, drawing, policy))


def referrals(*rows: str) -> str:
    """Referrals: received on, priority, first contact on."""
    head = "referrals  referral_id | received_on | priority | first_contact_on"
    return "\n".join([head, *(f"R{number} | {row}" for number, row in enumerate(rows, 1))])


def test_routine_is_met_on_the_last_day_and_not_one_day_later() -> None:
    drawing = referrals("2026-09-01 | routine | 2026-09-29", "2026-09-01 | routine | 2026-09-30")
    assert found(drawing) == {"R1": "met", "R2": "breach"}


def test_urgent_is_met_on_the_next_working_day_and_not_the_day_after() -> None:
    # 9 October 2026 is a Friday, 28 August the one before a bank holiday weekend
    assert found(
        referrals(
            "2026-10-09 | urgent | 2026-10-12",
            "2026-10-09 | urgent | 2026-10-13",
            "2026-10-10 | urgent | 2026-10-12",
            "2026-10-08 | urgent | 2026-10-10",
            "2026-08-28 | urgent | 2026-09-01",
            "2026-08-28 | urgent | 2026-09-02",
        )
    ) == {"R1": "met", "R2": "breach", "R3": "met", "R4": "breach", "R5": "met", "R6": "breach"}


def test_only_referrals_whose_time_has_run_out_are_looked_at() -> None:
    assert found(
        referrals(
            "2026-10-03 | routine | 2026-10-04",
            "2026-10-02 | routine | 2026-10-04",
            "2026-10-30 | urgent  |",
            "2026-11-02 | urgent  |",
        )
    ) == {"R2": "met"}


def test_no_contact_and_no_known_priority_are_no_evidence() -> None:
    assert found(
        referrals(
            "2026-09-01 | routine |",
            "2026-09-01 |         | 2026-09-02",
            "2026-10-30 | soon    | 2026-10-31",
            "2026-09-01 | routine | 2026-08-31",
            "2026-10-02 | routine | 2026-11-02",
        )
    ) == dict.fromkeys(["R1", "R2", "R3", "R4", "R5"], "not evidenced")


def test_limits_are_the_policys() -> None:
    drawing = referrals("2026-10-05 | routine | 2026-10-20", "2026-10-09 | urgent | 2026-10-13")
    longer = {"first_contact.routine.working_days": 10, "first_contact.urgent.working_days": 2}
    assert outcomes(run_check("wait_for_first_contact", DAY, drawing, longer)) == {"R1": "breach", "R2": "met"}


def test_no_referral_is_not_applicable_and_no_priority_not_assessable() -> None:
    assert run_check("wait_for_first_contact", DAY, referrals()).status == Status.NOT_APPLICABLE
    bare = "referrals  referral_id | received_on | first_contact_on"
    assert run_check("wait_for_first_contact", DAY, bare).status == Status.NOT_ASSESSABLE
