"""SUP06: pressure came up again and again in supervision and nothing was done."""

import pytest

from caseaudit.testing import outcomes, run_check

THREE = ["2026-08-10 | night calls", "2026-09-10 | night calls", "2026-10-10 | still"]
TABLES = {
    "escalations": "escalations raised_on | raised_by\n",
    "capacity_exceptions": "capacity_exceptions team | worker_id | opened_on\n",
    "allocations": "allocations case_id | worker_id | allocated_on | ended_on\n",
}


def relieved(sessions: list[str] = THREE, left_on: str = "", without: str = "", **rows: str) -> dict[str, str]:
    drawing = f"staff worker_id | role | team | left_on\nW1 | Nurse | North | {left_on}\nW2 | Nurse | North |\n"
    drawing += (
        "supervision worker_id | held_on | pressure_point\n" + "\n".join(f"W1 | {row}" for row in sessions) + "\n"
    )
    drawing += "\n".join(head + rows.get(name, "") for name, head in TABLES.items() if name != without)
    return outcomes(run_check("repeated_pressure_not_escalated", "2026-10-31", drawing))


def test_three_of_the_last_six_sessions_ask_for_it() -> None:
    assert relieved() == {"W1": "breach"}
    assert relieved([*THREE[1:], "2026-10-20 |"]) == {}
    quiet = [f"2026-10-1{n} |" for n in range(1, 5)]
    assert relieved(THREE + quiet[:3]) == {"W1": "breach"}  # the first mention is the sixth session back
    assert relieved(THREE + quiet) == {}


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("escalations", "2026-08-{} | W1"),
        ("capacity_exceptions", "North | W1 | 2026-08-{}"),
        ("capacity_exceptions", "North | | 2026-08-{}"),
        ("allocations", "C1 | W1 | 2026-01-05 | 2026-08-{}\nC1 | W2 | 2026-09-01 |"),
    ],
)
def test_something_done_on_the_day_of_the_first_mention_or_later_is_met(table: str, row: str) -> None:
    assert relieved(**{table: row.format("10")}) == {"W1": "met"}
    assert relieved(**{table: row.format("09")}) == {"W1": "breach"}


def test_what_was_done_for_others_does_not_count() -> None:
    assert relieved(escalations="2026-09-01 | W2") == {"W1": "breach"}
    assert relieved(capacity_exceptions="North | W2 | 2026-09-01") == {"W1": "breach"}
    assert relieved(capacity_exceptions="South | | 2026-09-01") == {"W1": "breach"}


def test_a_case_that_closed_was_not_passed_on() -> None:
    assert relieved(allocations="C1 | W1 | 2026-01-05 | 2026-09-01") == {"W1": "breach"}
    ended_for_both = "C1 | W1 | 2026-01-05 | 2026-09-01\nC1 | W2 | 2026-01-05 | 2026-09-01"
    assert relieved(allocations=ended_for_both) == {"W1": "breach"}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_an_export_that_is_missing_might_show_it(table: str) -> None:
    assert relieved(without=table) == {"W1": "not evidenced"}


def test_what_is_on_record_counts_even_where_another_export_is_missing() -> None:
    assert relieved(without="allocations", escalations="2026-09-01 | W1") == {"W1": "met"}


def test_those_who_have_left_are_not_looked_at() -> None:
    assert relieved(left_on="2026-10-31") == {}
    assert relieved(left_on="2026-11-01") == {"W1": "breach"}
