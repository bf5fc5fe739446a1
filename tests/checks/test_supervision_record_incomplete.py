"""SUP02: a supervision session is not fully on record."""

import pytest

from caseaudit.testing import outcomes, run_check

HEAD = "supervision worker_id | held_on | status | cases_reviewed | risks_identified | actions_agreed | follow_up_on\n"
FULL = ["C1", "none new", "weekly calls", "2026-11-20"]


def record(held_on: str, parts: list[str], status: str = "held") -> dict[str, str]:
    row = " | ".join(["W1", held_on, status, *parts])
    return outcomes(run_check("supervision_record_incomplete", "2026-10-31", HEAD + row))


def test_a_full_record_is_met() -> None:
    assert record("2026-10-05", FULL) == {"W1 | 2026-10-05": "met"}


@pytest.mark.parametrize("part", range(4))
def test_each_part_left_blank_is_not_evidenced(part: int) -> None:
    assert record("2026-10-05", [*FULL[:part], "", *FULL[part + 1 :]]) == {"W1 | 2026-10-05": "not evidenced"}


def test_the_look_back_begins_after_its_length_and_ends_on_the_day() -> None:
    assert record("2026-08-01", FULL) == {}  # 91 days
    assert record("2026-08-02", FULL) == {"W1 | 2026-08-02": "met"}
    assert record("2026-10-31", FULL) == {"W1 | 2026-10-31": "met"}
    assert record("2026-11-01", FULL) == {}


@pytest.mark.parametrize("status", ["cancelled", ""])
def test_only_sessions_held_are_looked_at(status: str) -> None:
    assert record("2026-10-05", FULL, status) == {}


def test_the_finding_names_the_supervisees_team_where_the_staff_list_says_it() -> None:
    drawing = (
        HEAD + "W1 | 2026-10-05 | held | C1 | | calls | 2026-11-20\nstaff worker_id | role | team\nW1 | Nurse | North"
    )
    result = run_check("supervision_record_incomplete", "2026-10-31", drawing)
    assert result.findings is not None
    found = result.findings.collect()
    assert found.select("team", "measure").rows() == [("North", "the risks identified are recorded")]
