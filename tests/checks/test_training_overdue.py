"""CMP06: the courses the policy asks of a layer are done and in date."""

from caseaudit.testing import outcomes, run_check

STAFF = "staff worker_id | role | layer | left_on\nW1 | Nurse | clinical |\n"
HEAD = "training worker_id | course | completed_on | expires_on\n"
COURSES = {"required_training_of.clinical": ["first_aid"]}


def trained(*rows: str, staff: str = STAFF) -> dict[str, str]:
    return outcomes(run_check("training_overdue", "2026-10-31", staff + HEAD + "\n".join(rows), COURSES))


def outcome(*rows: str) -> str:
    return trained(*rows)["W1 | first_aid"]


def test_the_last_day_of_a_course_is_in_date() -> None:
    assert outcome("W1 | first_aid | 2024-10-31 | 2026-10-31") == "met"
    assert outcome("W1 | first_aid | 2024-10-30 | 2026-10-30") == "breach"


def test_the_best_of_several_completions_counts() -> None:
    old = "W1 | first_aid | 2022-10-30 | 2024-10-30"
    assert outcome(old, "W1 | first_aid | 2026-01-05 | 2028-01-05") == "met"
    assert outcome(old, "W1 | first_aid | | 2028-01-05") == "not evidenced"


def test_a_course_never_done_is_a_breach() -> None:
    assert outcome() == "breach"
    assert outcome("W1 | manual_handling | 2026-01-05 | 2028-01-05") == "breach"
    assert outcome("W2 | first_aid | 2026-01-05 | 2028-01-05") == "breach"


def test_a_completion_after_the_as_at_date_is_not_seen() -> None:
    assert outcome("W1 | first_aid | 2026-11-01 | 2028-11-01") == "breach"


def test_a_completion_without_its_day_or_its_end_is_not_evidenced() -> None:
    assert outcome("W1 | first_aid | |") == "not evidenced"
    assert outcome("W1 | first_aid | 2026-01-05 |") == "not evidenced"


def test_leavers_and_workers_without_a_layer_are_asked_for_nothing() -> None:
    staff = "staff worker_id | role | layer | left_on\nW1 | N | clinical | 2026-10-31\nW2 | N | |\n"
    assert trained(staff=staff) == {}


def test_without_a_training_export_it_cannot_be_assessed() -> None:
    assert run_check("training_overdue", "2026-10-31", STAFF).status == "not assessable"
