"""ESC03: every team holds its huddles every week, with a clinician in each."""

from typing import Any

from caseaudit.testing import outcomes, run_check

# 31 October 2026 is a Saturday: the last whole week is that from Monday 19 October.
STAFF = """
    staff  worker_id | role  | layer    | team
           N1        | Nurse | clinical | North
           C1        | CC    | support  | North
           X1        | Bank  |          | North
"""
HEAD = "huddles team | held_on | clinician_id | huddle_id\n"


def huddles(*rows: str, staff: str = STAFF, **policy: Any) -> dict[str, str]:
    return outcomes(run_check("huddle_missed", "2026-10-31", staff + HEAD + "\n".join(rows), policy))


def week(*rows: str) -> str:
    return huddles(*rows)["North | 2026-10-19"]


def test_as_many_huddles_as_asked_for_are_enough_and_one_fewer_is_not() -> None:
    assert week("North | 2026-10-19 | N1 | 1", "North | 2026-10-25 | N1 | 2") == "met"
    assert week("North | 2026-10-19 | N1 | 1", "North | 2026-10-26 | N1 | 2") == "breach"
    assert week("North | 2026-10-19 | N1 | 1", "South | 2026-10-20 | N1 | 2") == "breach"


def test_a_huddle_without_a_clinician_is_a_breach_and_a_blank_is_not_evidenced() -> None:
    first = "North | 2026-10-19 | N1 | 1"
    assert week(first, "North | 2026-10-22 | C1 | 2") == "breach"
    assert week(first, "North | 2026-10-22 | | 2") == "not evidenced"
    assert week(first, "North | 2026-10-22 | X1 | 2") == "not evidenced"
    assert week(first, "North | 2026-10-22 | | 2", "North | 2026-10-23 | C1 | 3") == "breach"


def test_a_huddle_exported_twice_counts_once() -> None:
    assert week(*["North | 2026-10-19 | N1 | 1"] * 2) == "breach"
    assert week(*["North | 2026-10-19 | N1 |"] * 2) == "breach"


def test_only_whole_weeks_of_the_look_back_count() -> None:
    weeks = sorted(subject.split(" | ")[1] for subject in huddles())
    assert (weeks[0], weeks[-1], len(weeks)) == ("2026-08-03", "2026-10-19", 12)
    assert huddles(lookback_days=6) == {}


def test_a_team_without_a_single_row_of_huddles_shows_every_week() -> None:
    cases = "cases case_id | opened_on | team\nC1 | 2026-01-05 | South\n"
    found = huddles(staff=STAFF + cases)
    assert {subject.split(" | ")[0] for subject in found} == {"North", "South"}
    assert set(found.values()) == {"breach"}


def test_teams_nobody_is_left_in_are_not_looked_at() -> None:
    staff = "staff worker_id | role | layer | team | left_on\nN1 | Nurse | clinical | North | 2026-10-31\n"
    assert huddles("North | 2026-10-19 | N1 | 1", staff=staff) == {}


def test_without_huddles_it_cannot_be_assessed() -> None:
    assert run_check("huddle_missed", "2026-10-31", STAFF).status == "not assessable"
