"""ALC01: the terms of a current allocation are on record."""

from caseaudit.model import Result
from caseaudit.testing import outcomes, run_check

HEAD = (
    "allocations  case_id | worker_id | allocated_on | ended_on"
    " | assessed_acuity | role_type | supervision_requirement | escalation_route\n"
)


def allocations(*rows: str) -> Result:
    return run_check("allocation_record_incomplete", "2026-10-31", HEAD + "\n".join(rows))


def test_every_one_of_the_four_terms_must_be_on_record() -> None:
    result = allocations(
        "C1 | W1 | 2026-01-05 | | high | lead | weekly | duty desk",
        "C2 | W1 | 2026-01-05 | |      | lead | weekly | duty desk",
        "C3 | W1 | 2026-01-05 | | high |      | weekly | duty desk",
        "C4 | W1 | 2026-01-05 | | high | lead |        | duty desk",
        "C5 | W1 | 2026-01-05 | | high | lead | weekly |          ",
    )
    assert (result.met, result.breach, result.not_evidenced) == (1, 0, 4)
    assert result.findings is not None
    assert result.findings.collect()["measure"].n_unique() == 4


def test_an_allocation_is_current_from_its_first_day_until_the_day_it_ends() -> None:
    result = allocations(
        "C1 | W1 | 2026-10-31 |            | high | lead | weekly | duty desk",
        "C2 | W1 | 2026-11-01 |            | high | lead | weekly | duty desk",
        "C3 | W1 | 2026-01-05 | 2026-10-31 | high | lead | weekly | duty desk",
        "C4 | W1 | 2026-01-05 | 2026-11-01 | high | lead | weekly | duty desk",
    )
    assert set(outcomes(result)) == {"C1 | W1 | 2026-10-31", "C4 | W1 | 2026-01-05"}


def test_a_row_exported_twice_counts_once_and_two_records_of_one_day_count_both() -> None:
    same = "C1 | W1 | 2026-01-05 | | high | lead | weekly | duty desk"
    assert allocations(same, same).population == 1
    assert allocations(same, same.replace("lead", "    ")).not_evidenced == 1


def test_the_team_of_the_case_goes_with_a_finding_where_cases_are_exported() -> None:
    drawing = HEAD + "C1 | W1 | 2026-01-05 | | high | lead | weekly |\ncases case_id | opened_on | team\n"
    result = run_check("allocation_record_incomplete", "2026-10-31", drawing + "C1 | 2026-01-05 | North")
    assert result.findings is not None
    assert result.findings.collect()["team"].to_list() == ["North"]


def test_without_a_current_allocation_it_is_not_applicable() -> None:
    assert allocations().status == "not applicable"


def test_without_the_table_or_one_of_the_four_columns_it_cannot_be_assessed() -> None:
    drawings = "cases case_id | opened_on", "allocations case_id | worker_id | allocated_on | role_type"
    for drawing in drawings:
        assert run_check("allocation_record_incomplete", "2026-10-31", drawing).status == "not assessable"
