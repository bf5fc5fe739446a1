"""SUP07: a supervisor has too many people to supervise."""

from caseaudit.testing import outcomes, run_check


def supervisees(count: int, more: str = "") -> dict[str, str]:
    rows = "\n".join(f"W{n} | Nurse | L1 | |" for n in range(count))
    drawing = f"staff worker_id | role | supervisor_id | started_on | left_on\n{rows}\n{more}"
    return outcomes(run_check("supervisor_overstretched", "2026-10-31", drawing))


def test_ten_are_met_and_eleven_are_not() -> None:
    assert supervisees(10) == {"L1": "met"}
    assert supervisees(11) == {"L1": "breach"}


def test_leavers_starters_to_come_and_rows_exported_twice_do_not_count() -> None:
    assert supervisees(10, "A1 | Nurse | L1 | | 2026-10-31") == {"L1": "met"}
    assert supervisees(10, "A1 | Nurse | L1 | 2026-11-01 |") == {"L1": "met"}
    assert supervisees(10, "W1 | Nurse | L1 | |") == {"L1": "met"}
    assert supervisees(10, "A1 | Nurse | L1 | | 2026-11-01") == {"L1": "breach"}


def test_who_is_named_by_nobody_in_post_is_not_looked_at() -> None:
    assert supervisees(0, "L1 | Lead | | |\nW1 | Nurse | L1 | | 2026-01-01") == {}


def test_the_finding_leads_to_the_supervisors_own_row_and_team() -> None:
    rows = "".join(f"W{n} | Nurse | L1 | South\n" for n in range(2))
    drawing = f"staff worker_id | role | supervisor_id | team\n{rows}L1 | Lead | | North"
    result = run_check("supervisor_overstretched", "2026-10-31", drawing, {"max_supervisees": 1})
    assert result.findings is not None
    found = result.findings.collect()
    assert found.select("subject", "team", "source_row", "detail").rows() == [
        ("L1", "North", 4, "2 supervisees in post; at most 1 are meant.")
    ]
