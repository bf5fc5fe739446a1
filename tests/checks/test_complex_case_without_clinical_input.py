"""DEL03: a clinician is in high-acuity cases of support and peer staff."""

from caseaudit.testing import outcomes, run_check

DRAWING = """
    staff  worker_id | role  | layer
           N1        | Nurse | clinical
           S1        | CC    | support
           P1        | Peer  | peer
           X1        | Bank  |
    cases  case_id | opened_on  | acuity_band | worker_id
           C1      | 2026-01-05 | high        | {}
    contacts  case_id | contact_on | worker_id | outcome
"""


def seen(*contacts: str, holder: str = "S1", more: str = "") -> str | None:
    drawing = DRAWING.format(holder) + "\n".join(contacts) + more
    return outcomes(run_check("complex_case_without_clinical_input", "2026-10-31", drawing)).get("C1")


def test_a_clinician_twenty_eight_days_ago_is_in_time_and_a_day_earlier_is_not() -> None:
    assert seen("C1 | 2026-10-03 | N1 | attended") == "met"
    assert seen("C1 | 2026-10-02 | N1 | attended") == "breach"
    assert seen("C1 | 2026-11-01 | N1 | attended") == "breach"


def test_a_missed_contact_or_one_of_another_layer_is_no_clinical_input() -> None:
    assert seen("C1 | 2026-10-20 | N1 | did_not_attend") == "breach"
    assert seen("C1 | 2026-10-20 | P1 | attended") == "breach"
    assert seen() == "breach"


def test_somebody_who_may_have_been_a_clinician_is_not_evidenced() -> None:
    for who in ("", "X1", "Z9"):
        assert seen(f"C1 | 2026-10-20 | {who} | attended") == "not evidenced"


def test_a_review_its_signature_or_a_signed_task_counts() -> None:
    assert seen(more="\nreviews case_id | reviewed_on | reviewer_id\nC1 | 2026-10-03 | N1") == "met"
    assert (
        seen(more="\nreviews case_id | reviewed_on | reviewer_id | signed_off_by\nC1 | 2026-10-03 | S1 | N1") == "met"
    )
    tasks = "\ntasks task_type | case_id | signed_off_by | signed_off_on\ncare_plan_review | C1 | N1 | {}"
    assert seen(more=tasks.format("2026-10-03")) == "met"
    assert seen(more=tasks.format("2026-10-02")) == "breach"


def test_a_review_nobody_signed_says_no_more_than_who_held_it() -> None:
    assert (
        seen(more="\nreviews case_id | reviewed_on | reviewer_id | signed_off_by\nC1 | 2026-10-03 | S1 |") == "breach"
    )


def test_cases_of_clinicians_and_of_nobody_are_not_looked_at() -> None:
    for holder in ("N1", "X1", ""):
        assert seen(holder=holder) is None


def test_peers_are_looked_at_too() -> None:
    assert seen(holder="P1") == "breach"


def test_without_contacts_it_cannot_be_assessed() -> None:
    drawing = DRAWING.format("S1").split("contacts")[0]
    assert run_check("complex_case_without_clinical_input", "2026-10-31", drawing).status == "not assessable"
