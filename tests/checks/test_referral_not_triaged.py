"""DEM03: a referral was not triaged in time."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("referral_not_triaged", DAY, drawing, policy))


def test_triaged_on_the_last_day_is_met_one_day_later_not_and_a_blank_is_no_evidence() -> None:
    assert found("""
        referrals  referral_id | received_on | triaged_on
                   R1          | 2026-10-05  | 2026-10-08
                   R2          | 2026-10-05  | 2026-10-09
                   R3          | 2026-10-05  |
                   R4          | 2026-10-30  |
                   R5          | 2026-10-05  | 2026-10-04
                   R6          | 2026-10-30  | 2026-11-01
    """) == {
        "R1": "met",
        "R2": "breach",
        "R3": "not evidenced",
        "R4": "not evidenced",
        "R5": "not evidenced",
        "R6": "not evidenced",
    }


def test_every_referral_up_to_the_day_is_looked_at_once() -> None:
    assert found("""
        referrals  referral_id | received_on | triaged_on
                   OLD         | 2020-01-05  | 2020-02-05
                   OLD         | 2020-01-05  | 2020-02-05
                   COMING      | 2026-11-01  |
    """) == {"OLD": "breach"}


def test_no_referral_is_not_applicable_and_no_day_of_triage_not_assessable() -> None:
    none = "referrals  referral_id | received_on | triaged_on"
    assert run_check("referral_not_triaged", DAY, none).status == Status.NOT_APPLICABLE
    assert run_check("referral_not_triaged", DAY, "referrals  received_on").status == Status.NOT_ASSESSABLE
