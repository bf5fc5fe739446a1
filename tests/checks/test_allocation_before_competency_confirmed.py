"""ALC02: the worker's competency was confirmed before the case was given."""

from caseaudit.model import Result
from caseaudit.testing import outcomes, run_check

HEAD = "allocations  case_id | worker_id | allocated_on | competency_confirmed_on\n"


def confirmed(*rows: str) -> Result:
    return run_check("allocation_before_competency_confirmed", "2026-10-31", HEAD + "\n".join(rows))


def test_confirmed_on_the_day_is_in_time_and_a_day_later_is_not() -> None:
    result = confirmed("C1 | W1 | 2026-09-01 | 2026-09-01", "C2 | W1 | 2026-09-01 | 2026-09-02")
    assert list(outcomes(result).values()) == ["met", "breach"]


def test_a_blank_or_a_day_that_has_not_come_shows_nothing() -> None:
    result = confirmed("C1 | W1 | 2026-09-01 |", "C2 | W1 | 2026-10-31 | 2026-11-01")
    assert set(outcomes(result).values()) == {"not evidenced"}


def test_the_look_back_begins_after_its_first_day_and_ends_on_the_as_at_date() -> None:
    days = ("2026-08-01", "2026-08-02", "2026-10-31", "2026-11-01")
    result = confirmed(*(f"C1 | W1 | {day} | {day}" for day in days))
    assert list(outcomes(result)) == ["C1 | W1 | 2026-08-02", "C1 | W1 | 2026-10-31"]


def test_a_row_exported_twice_counts_once() -> None:
    assert confirmed(*["C1 | W1 | 2026-09-01 |"] * 2).population == 1


def test_no_allocations_no_column_no_table() -> None:
    assert confirmed().status == "not applicable"
    for drawing in ("allocations case_id | worker_id | allocated_on", "cases case_id | opened_on"):
        assert run_check("allocation_before_competency_confirmed", "2026-10-31", drawing).status == "not assessable"
