"""GOV03: a workforce risk is open and nobody manages it."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("workforce_risk_unmanaged", DAY, drawing, policy))


def risks(*rows: str) -> str:
    """Risks: raised on, closed on, owner, mitigation, review due on."""
    head = "risk_register  risk_id | raised_on | closed_on | owner | mitigation | review_due_on"
    return "\n".join([head, *(f"R{number} | {row}" for number, row in enumerate(rows, 1))])


def test_a_review_due_on_the_day_is_in_time_and_one_day_past_is_not() -> None:
    assert found(risks("2026-05-01 | | lead | plan | 2026-10-31", "2026-05-01 | | lead | plan | 2026-10-30")) == {
        "R1": "met",
        "R2": "breach",
    }


def test_a_blank_is_no_evidence_and_an_overdue_review_a_breach_all_the_same() -> None:
    assert found(
        risks(
            "2026-05-01 | |      | plan | 2026-12-01",
            "2026-05-01 | | lead |      | 2026-12-01",
            "2026-05-01 | | lead | plan |",
            "2026-05-01 | |      |      | 2026-10-01",
        )
    ) == {"R1": "not evidenced", "R2": "not evidenced", "R3": "not evidenced", "R4": "breach"}


def test_closed_and_coming_risks_are_not_looked_at_one_without_a_day_is() -> None:
    assert found(
        risks(
            "2026-05-01 | 2026-10-31 | lead | plan | 2026-10-01",
            "2026-11-01 |            | lead | plan | 2026-12-01",
            "           |            | lead | plan | 2026-12-01",
            "2026-05-01 | 2026-11-01 | lead | plan | 2026-12-01",
        )
    ) == {"R3": "met", "R4": "met"}


def test_of_two_rows_the_one_still_open_stands() -> None:
    closed, still_open = (
        "R1 | 2026-05-01 | 2026-06-01 | lead | plan | 2026-12-01",
        "R1 | 2026-05-01 | | | plan | 2026-12-01",
    )
    assert found(f"{risks()}\n{closed}\n{still_open}") == {"R1": "not evidenced"}


def test_no_open_risk_is_not_applicable_and_no_register_not_assessable() -> None:
    assert run_check("workforce_risk_unmanaged", DAY, risks()).status == Status.NOT_APPLICABLE
    assert run_check("workforce_risk_unmanaged", DAY, "cases  case_id | opened_on").status == Status.NOT_ASSESSABLE
