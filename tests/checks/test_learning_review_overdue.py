"""INC02: an incident has not been learned from."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("learning_review_overdue", DAY, drawing, policy))


def incident(row: str, *sign_offs: str) -> str:
    """One incident of 1 September 2026 as "worker | competency | learning review on", and sign-offs of W1."""
    worker, competency, reviewed_on = (cell.strip() for cell in row.split("|"))
    lines = [
        "incidents  incident_id | occurred_on | worker_id | competency | learning_review_on",
        f"I1 | 2026-09-01 | {worker} | {competency} | {reviewed_on}",
        "competencies  worker_id | competency | signed_off_on | method",
    ]
    return "\n".join([*lines, *(f"W1 | {sign_off}" for sign_off in sign_offs)])


AGAIN = "safeguarding | 2026-09-20 | observed_practice"


def test_reviewed_on_the_last_day_is_met_one_day_later_not_and_a_blank_is_no_evidence() -> None:
    assert found(incident("W1 | | 2026-09-29")) == {"I1": "met"}
    assert found(incident("W1 | | 2026-09-30")) == {"I1": "breach"}
    assert found(incident("W1 | |")) == {"I1": "not evidenced"}
    assert found(incident("W1 | | 2026-08-31")) == {"I1": "not evidenced"}


def test_a_named_competency_asks_for_a_sign_off_after_the_incident_and_not_before_the_review() -> None:
    assert found(incident("W1 | safeguarding | 2026-09-20", AGAIN)) == {"I1": "met"}
    assert found(incident("W1 | safeguarding | 2026-09-21", AGAIN)) == {"I1": "breach"}
    assert found(incident("W1 | safeguarding | 2026-09-01", AGAIN.replace("09-20", "09-01"))) == {"I1": "breach"}
    assert found(incident("W1 | safeguarding | 2026-09-20")) == {"I1": "breach"}
    assert found(incident("W1 | medicines | 2026-09-20", AGAIN)) == {"I1": "breach"}


def test_attending_a_course_is_no_new_sign_off_and_a_blank_method_no_evidence() -> None:
    trained, blank = AGAIN.replace("observed_practice", "training_only"), AGAIN.replace("observed_practice", "")
    assert found(incident("W1 | safeguarding | 2026-09-20", trained)) == {"I1": "breach"}
    assert found(incident("W1 | safeguarding | 2026-09-20", blank)) == {"I1": "not evidenced"}


def test_no_worker_named_or_no_export_of_sign_offs_is_no_evidence() -> None:
    assert found(incident(" | safeguarding | 2026-09-20", AGAIN)) == {"I1": "not evidenced"}
    alone = incident("W1 | safeguarding | 2026-09-20").partition("competencies")[0]
    assert found(alone) == {"I1": "not evidenced"}
    assert found(alone.replace("safeguarding", "")) == {"I1": "met"}


def test_while_there_is_time_a_missing_sign_off_is_no_breach() -> None:
    drawing = incident("W1 | safeguarding | 2026-09-20")
    for day, outcome in (("2026-09-29", "not evidenced"), ("2026-09-30", "breach")):
        assert outcomes(run_check("learning_review_overdue", day, drawing)) == {"I1": outcome}


def test_what_comes_after_the_day_is_not_seen() -> None:
    drawing = incident("W1 | | 2026-09-10")
    assert run_check("learning_review_overdue", "2026-08-31", drawing).status == Status.NOT_APPLICABLE
    assert outcomes(run_check("learning_review_overdue", "2026-09-09", drawing)) == {"I1": "not evidenced"}


def test_no_day_of_review_in_the_export_is_not_assessable() -> None:
    bare = "incidents  incident_id | occurred_on\nI1 | 2026-09-01"
    assert run_check("learning_review_overdue", DAY, bare).status == Status.NOT_ASSESSABLE


def test_how_grave_the_incident_was_is_not_the_severity_of_the_finding() -> None:
    drawing = """
        incidents  incident_id | occurred_on | severity      | learning_review_on
                   I1          | 2026-09-01  | moderate_harm | 2026-10-20
    """
    result = run_check("learning_review_overdue", DAY, drawing)
    assert result.findings is not None
    assert result.findings.collect()["severity"].to_list() == ["medium"]
