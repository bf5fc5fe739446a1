"""ACU03: a change of acuity band is not confirmed by a clinician in time."""

from caseaudit.testing import outcomes, run_check

HEAD = """
    staff  worker_id | role   | layer
           N1        | Nurse  | clinical
           S1        | Worker | support
    bands  case_id | band | set_on | confirmed_by | confirmed_on
"""


def change(*rows: str, more: str = "") -> list[str]:
    return list(outcomes(run_check("band_change_unconfirmed", "2026-10-31", HEAD + "\n".join(rows) + more)).values())


def test_three_days_are_in_time_and_four_are_not() -> None:
    assert change("C1 | high | 2026-10-12 | N1 | 2026-10-15") == ["met"]
    assert change("C1 | high | 2026-10-12 | N1 | 2026-10-16") == ["breach"]


def test_only_a_clinician_confirms() -> None:
    assert change("C1 | high | 2026-10-12 | S1 | 2026-10-12") == ["breach"]
    assert change("C1 | high | 2026-10-12 | STRANGER | 2026-10-12") == ["not evidenced"]
    assert change("C1 | high | 2026-10-12 | | 2026-10-12") == ["not evidenced"]


def test_no_day_a_day_to_come_or_a_day_before_the_change_shows_nothing() -> None:
    assert change("C1 | high | 2026-10-12 | N1 |") == ["not evidenced"]
    assert change("C1 | high | 2026-10-30 | N1 | 2026-11-01") == ["not evidenced"]
    assert change("C1 | high | 2026-10-12 | N1 | 2026-10-11") == ["not evidenced"]


def test_the_look_back_bounds_the_day_it_was_set() -> None:
    assert change("C1 | high | 2026-08-01 | S1 | 2026-08-01") == []
    assert change("C1 | high | 2026-08-02 | S1 | 2026-08-02") == ["breach"]
    assert change("C1 | high | 2026-11-01 | S1 | 2026-11-01") == []


def test_a_change_exported_twice_counts_once() -> None:
    assert change(*["C1 | high | 2026-10-12 | N1 | 2026-10-15"] * 2) == ["met"]
    twice = ["C1 | high | 2026-10-12 | N1 | 2026-10-15", "C1 | low | 2026-10-12 | N1 | 2026-10-15"]
    assert run_check("band_change_unconfirmed", "2026-10-31", HEAD + "\n".join(twice)).population == 2


def test_the_team_is_that_of_the_case_where_an_export_says_it() -> None:
    drawing = (
        HEAD + "C1 | high | 2026-10-12 | S1 | 2026-10-12\ncases case_id | opened_on | team\nC1 | 2026-01-05 | North"
    )
    result = run_check("band_change_unconfirmed", "2026-10-31", drawing)
    assert result.findings is not None
    found = result.findings.collect()
    assert found.select("team", "source_file").rows() == [("North", "bands.csv")]
