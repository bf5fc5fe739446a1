"""ESC09: every team has a duty clinician on every working day."""

from typing import Any

from caseaudit.testing import outcomes, run_check

STAFF = """
    staff  worker_id | role  | layer    | team
           N1        | Nurse | clinical | North
           C1        | CC    | support  | North
           X1        | Bank  |          | North
"""


def cover(*rows: str, staff: str = STAFF, as_at: str = "2026-10-31", **policy: Any) -> dict[str, str]:
    rota = "duty_rota date | team | duty_clinician_id\n" + "\n".join(rows)
    return outcomes(run_check("duty_cover_gap", as_at, staff + rota, policy))


def friday(*names: str) -> str:
    return cover(*(f"2026-10-30 | North | {name}" for name in names))["North | 2026-10-30"]


def test_a_clinician_named_is_cover_and_a_worker_of_another_layer_is_not() -> None:
    assert friday("N1") == "met"
    assert friday("C1") == "breach"
    assert friday("C1", "N1") == "met"


def test_a_row_that_names_nobody_or_somebody_unknown_is_not_evidenced_and_no_row_is_a_breach() -> None:
    assert friday("") == friday("X1") == friday("Z9") == "not evidenced"
    assert friday() == "breach"


def test_weekends_and_public_holidays_are_no_working_days() -> None:
    days = {subject.split(" | ")[1] for subject in cover(as_at="2026-09-02", lookback_days=7)}
    # Thursday 27 August to Wednesday 2 September, without the weekend and the Summer Bank Holiday on the 31st
    assert days == {"2026-08-27", "2026-08-28", "2026-09-01", "2026-09-02"}


def test_the_look_back_begins_after_its_first_day() -> None:
    days = sorted(subject.split(" | ")[1] for subject in cover(lookback_days=8))
    assert days == ["2026-10-26", "2026-10-27", "2026-10-28", "2026-10-29", "2026-10-30"]


def test_a_team_without_a_single_row_of_the_rota_shows_every_day() -> None:
    cases = "cases case_id | opened_on | team\nC1 | 2026-01-05 | South\n"
    found = cover("2026-10-30 | North | N1", staff=STAFF + cases, lookback_days=2)
    assert found == {"North | 2026-10-30": "met", "South | 2026-10-30": "breach"}


def test_the_cover_of_one_team_is_not_that_of_another() -> None:
    assert cover("2026-10-30 | South | N1", lookback_days=2) == {"North | 2026-10-30": "breach"}


def test_without_a_rota_it_cannot_be_assessed() -> None:
    assert run_check("duty_cover_gap", "2026-10-31", STAFF).status == "not assessable"
