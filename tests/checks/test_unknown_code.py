"""DQ04: coded values are words of their lists."""

from typing import Any

from caseaudit.testing import outcomes, run_check


def codes(drawing: str, **policy: Any) -> dict[str, str]:
    return outcomes(run_check("unknown_code", "2026-10-31", drawing, policy))


def test_a_closed_list_knows_its_words_and_no_other() -> None:
    assert codes("staff worker_id | role | layer\nW1 | Nurse | clinical\nW2 | Nurse | Clinician\nW3 | Nurse |") == {
        "staff | layer | clinical": "met",
        "staff | layer | Clinician": "breach",
    }


def test_the_policy_names_the_bands_the_signals_and_the_kinds_of_task() -> None:
    drawing = """
        bands       case_id | band   | set_on
                    C1      | purple | 2026-01-05
        tasks       task_type
                    engagement
                    gardening
        risk_flags  case_id | signal        | raised_on
                    C1      | ed_attendance | 2026-01-05
                    C1      | rumour        | 2026-01-05
    """
    assert codes(drawing) == {
        "bands | band | purple": "breach",
        "tasks | task_type | engagement": "met",
        "tasks | task_type | gardening": "breach",
        "risk_flags | signal | ed_attendance": "met",
        "risk_flags | signal | rumour": "breach",
    }


def test_a_need_the_policy_adds_is_known_and_none_is_an_answer() -> None:
    drawing = "cases case_id | opened_on | needs\nC1 | 2026-01-05 | housing; medication ;none"
    assert codes(drawing)["cases | needs | housing"] == "breach"
    assert set(codes(drawing, **{"needs.housing": "housing_law"}).values()) == {"met"}


def test_competencies_are_those_bands_and_needs_ask_for() -> None:
    drawing = """
        competencies  worker_id | competency          | signed_off_on
                      W1        | risk_formulation    | 2026-01-05
                      W1        | medicines_awareness | 2026-01-05
                      W1        | juggling            | 2026-01-05
    """
    assert list(codes(drawing).values()) == ["met", "met", "breach"]


def test_a_word_is_one_finding_that_says_in_how_many_rows_it_stands_and_leads_to_the_first() -> None:
    rows = "W1 | N | nurses\nW2 | N | clinical\nW3 | N | nurses"
    result = run_check("unknown_code", "2026-10-31", "staff worker_id | role | layer\n" + rows)
    assert (result.population, result.breach) == (2, 1)
    assert result.findings is not None
    assert result.findings.select("detail", "source_row").collect().rows() == [
        ("nurses stands in 2 rows and is not on the list.", 2)
    ]


def test_free_text_is_not_looked_at() -> None:
    assert run_check("unknown_code", "2026-10-31", "staff worker_id | role\nW1 | Nurse").status == "not applicable"
