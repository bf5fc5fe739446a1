"""GOV04: leaders have not reviewed the dashboard lately."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("dashboard_not_reviewed", DAY, drawing, policy))


def log(*rows: str) -> str:
    return "\n".join(["governance  activity | team | held_on", *rows])


def test_held_on_the_first_day_of_the_limit_is_met_and_one_day_earlier_is_not() -> None:
    assert found(log("dashboard_review | | 2026-09-30")) == {"service": "met"}
    assert found(log("dashboard_review | | 2026-09-29")) == {"service": "breach"}


def test_a_log_without_a_review_or_without_a_row_is_a_breach() -> None:
    assert found(log("case_sampling | North | 2026-10-20")) == {"service": "breach"}
    assert found(log("dashboard_review | | 2026-11-01")) == {"service": "breach"}
    assert found(log()) == {"service": "breach"}


def test_the_finding_says_when_the_last_one_was_and_leads_to_it() -> None:
    drawing = log("case_sampling | | 2026-10-20", "dashboard_review | | 2026-05-04", "case_sampling | | 2026-10-21")
    result = run_check("dashboard_not_reviewed", DAY, drawing)
    assert result.findings is not None
    finding = result.findings.collect().row(0, named=True)
    assert finding["detail"] == "Last dashboard review on record: 4 May 2026."
    assert (finding["subject"], finding["source_row"]) == ("service", 3)


def test_no_log_is_not_assessable() -> None:
    assert run_check("dashboard_not_reviewed", DAY, "cases  case_id | opened_on").status == Status.NOT_ASSESSABLE
