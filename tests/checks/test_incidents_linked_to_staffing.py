"""INC01: incidents linked to staffing or escalation are on the rise."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("incidents_linked_to_staffing", DAY, drawing, policy))


def incidents(*rows: str, staff: str = "North") -> str:
    """Incidents: team, day, factor; one of nobody's concern in October 2024 begins the export."""
    lines = [
        "staff  worker_id | role | team",
        f"W1 | Nurse | {staff}",
        "incidents  incident_id | team | occurred_on | factor",
    ]
    return "\n".join([*lines, *(f"I{number} | {row}" for number, row in enumerate(rows))])


START = "Elsewhere | 2024-10-20 | equipment"
EVERY_OTHER_MONTH = [
    f"North | {year}-{month:02}-10 | staffing_gap" for year in (2025, 2026) for month in range(1, 11, 2)
]


def in_october(count: int, factor: str = "staffing_gap", team: str = "North") -> list[str]:
    return [f"{team} | 2026-10-{day:02} | {factor}" for day in range(1, count + 1)]


def test_a_rise_in_the_last_month_is_a_breach_and_an_even_run_is_not() -> None:
    assert found(incidents(START, *EVERY_OTHER_MONTH)) == {"North": "met"}
    assert found(incidents(START, *EVERY_OTHER_MONTH, *in_october(6))) == {"North": "breach"}


def test_a_team_without_such_an_incident_is_met() -> None:
    assert found(incidents(START)) == {"North": "met"}


def test_only_factors_of_staffing_count_one_of_several_words_is_enough() -> None:
    assert found(incidents(START, *in_october(6, "equipment"))) == {"North": "met"}
    assert found(incidents(START, *in_october(6, "equipment; missed_escalation"))) == {"North": "breach"}


def test_a_rise_that_rests_on_blanks_is_no_evidence() -> None:
    assert found(incidents(START, *in_october(6, ""))) == {"North": "not evidenced"}
    assert found(incidents(START, *in_october(6, team=""))) == {"North": "not evidenced"}


def test_an_incident_without_a_team_is_of_the_team_of_its_case() -> None:
    drawing = incidents(START, *in_october(6, team="")).replace("incident_id |", "incident_id | case_id |")
    placed = drawing.replace(" |  | 2026", " | C1 |  | 2026").replace("I0 |", "I0 | |")
    cases = "cases  case_id | team | opened_on\nC1 | North | 2026-03-02\n"
    assert found(cases + placed) == {"North": "breach"}


def test_few_months_show_a_rise_but_not_that_there_is_none() -> None:
    begun = "Elsewhere | 2025-11-20 | equipment"  # eleven months before the last
    assert found(incidents(begun)) == {"North": "not evidenced"}
    assert found(incidents(begun.replace("2025-11", "2025-10"))) == {"North": "met"}
    assert found(incidents(begun, *in_october(9))) == {"North": "breach"}


def test_a_month_still_running_is_left_out() -> None:
    result = run_check("incidents_linked_to_staffing", "2026-10-30", incidents(START, *in_october(6)))
    assert outcomes(result) == {"North": "met"}
    assert result.evidence is not None
    assert result.evidence.collect()["months"][0] == 24


def test_one_exported_twice_counts_once() -> None:
    drawing = incidents(*in_october(1), START, *EVERY_OTHER_MONTH)
    again = "\nI0 | North | 2026-10-01 | staffing_gap" * 8
    assert found(drawing) == found(drawing + again) == {"North": "met"}


def test_no_incident_at_all_is_no_evidence_nobody_not_applicable_and_no_factor_not_assessable() -> None:
    assert found(incidents()) == {"North": "not evidenced"}
    assert run_check("incidents_linked_to_staffing", DAY, incidents(staff="")).status == Status.NOT_APPLICABLE
    bare = "staff  worker_id | role | team\nincidents  incident_id | team | occurred_on"
    assert run_check("incidents_linked_to_staffing", DAY, bare).status == Status.NOT_ASSESSABLE
