"""DQ06: an export reaches to the as-at date, or nearly."""

from caseaudit.testing import outcomes, run_check


def stale(drawing: str) -> dict[str, str]:
    return outcomes(run_check("stale_export", "2026-10-31", drawing))


def test_the_newest_event_may_be_as_old_as_the_limit_and_not_a_day_older() -> None:
    assert stale("reviews case_id | reviewed_on\nC1 | 2026-09-26\nC1 | 2026-01-05") == {"reviews": "met"}
    assert stale("reviews case_id | reviewed_on\nC1 | 2026-09-25\nC1 | 2026-01-05") == {"reviews": "breach"}


def test_events_after_the_as_at_date_do_not_freshen_an_export() -> None:
    assert stale("reviews case_id | reviewed_on\nC1 | 2026-09-25\nC1 | 2026-11-01") == {"reviews": "breach"}


def test_a_planned_day_that_has_come_tells_that_the_export_is_fresh() -> None:
    drawing = "contacts case_id | contact_on | outcome | recorded_on\nC1 | {} | attended |"
    assert stale(drawing.format("2026-10-30")) == {"contacts": "met"}
    assert stale(drawing.format("2026-11-30")) == {"contacts": "not evidenced"}


def test_a_month_reaches_to_its_last_day() -> None:
    drawing = "establishment month | team | funded_wte | in_post_wte\n{}-01 | North | 5 | 4"
    assert stale(drawing.format("2026-09")) == {"establishment": "met"}
    assert stale(drawing.format("2026-08")) == {"establishment": "breach"}


def test_a_table_without_a_row_or_a_filled_day_is_not_evidenced() -> None:
    assert stale("reviews case_id | reviewed_on") == {"reviews": "not evidenced"}
    assert stale("training worker_id | course\nW1 | safeguarding") == {"training": "not evidenced"}


def test_the_finding_leads_to_the_newest_row() -> None:
    drawing = "reviews case_id | reviewed_on\nC1 | 2026-01-05\nC1 | 2026-03-05\nC1 | 2026-02-05"
    result = run_check("stale_export", "2026-10-31", drawing)
    assert result.findings is not None
    assert result.findings.collect()["source_row"].to_list() == [3]


def test_a_table_that_tells_of_no_events_is_not_looked_at() -> None:
    result = run_check("stale_export", "2026-10-31", "staff worker_id | role\nW1 | Nurse")
    assert result.status == "not applicable"
