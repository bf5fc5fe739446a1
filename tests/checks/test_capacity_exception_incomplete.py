"""CAP03: a capacity exception does not say what is being done about it."""

import pytest

from caseaudit.testing import outcomes, run_check

FULL = ["points 66/60", "no new cases", "locum from December"]


def exception(opened: str, closed: str, parts: list[str]) -> dict[str, str]:
    head = "capacity_exceptions exception_id | team | opened_on | closed_on | threshold | mitigations | recovery_plan\n"
    row = " | ".join(["X1", "North", opened, closed, *parts])
    return outcomes(run_check("capacity_exception_incomplete", "2026-10-31", f"{head}{row}\n{row}"))


def test_a_full_one_is_met_and_one_exported_twice_counts_once() -> None:
    assert exception("2026-10-05", "", FULL) == {"X1": "met"}


@pytest.mark.parametrize("part", range(3))
def test_each_part_left_blank_is_not_evidenced(part: int) -> None:
    assert exception("2026-10-05", "", [*FULL[:part], "", *FULL[part + 1 :]]) == {"X1": "not evidenced"}


def test_it_is_looked_at_if_it_was_open_at_any_time_in_the_look_back() -> None:
    assert exception("2025-01-05", "2026-08-01", FULL) == {}
    assert exception("2025-01-05", "2026-08-02", FULL) == {"X1": "met"}
    assert exception("2025-01-05", "", FULL) == {"X1": "met"}
    assert exception("2026-10-31", "", FULL) == {"X1": "met"}
    assert exception("2026-11-01", "", FULL) == {}
