"""ESC10: a high-acuity case says whom to turn to."""

from caseaudit.testing import outcomes, run_check

HEAD = "cases case_id | opened_on | closed_on | acuity_band | escalation_route\n"


def routes(*rows: str) -> dict[str, str]:
    return outcomes(run_check("escalation_route_missing", "2026-10-31", HEAD + "\n".join(rows)))


def test_a_route_on_record_is_met_and_a_blank_is_not_evidenced() -> None:
    assert routes("C1 | 2026-01-05 | | high | duty desk", "C2 | 2026-01-05 | | very_high |") == {
        "C1": "met",
        "C2": "not evidenced",
    }


def test_other_bands_and_closed_cases_are_not_looked_at() -> None:
    assert (
        routes("C1 | 2026-01-05 | | moderate |", "C2 | 2026-01-05 | 2026-10-31 | high |", "C3 | 2026-01-05 | | |") == {}
    )


def test_without_a_column_of_routes_it_cannot_be_assessed() -> None:
    drawing = "cases case_id | opened_on | acuity_band"
    assert run_check("escalation_route_missing", "2026-10-31", drawing).status == "not assessable"
