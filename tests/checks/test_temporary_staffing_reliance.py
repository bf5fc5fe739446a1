"""WFS02: a team relies on temporary staff."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("temporary_staffing_reliance", DAY, drawing, policy))


def posts(*rows: str) -> str:
    """Rows of the establishment: month, team, role, in post, agency, bank."""
    head = "establishment  month | team | role | in_post_wte | agency_wte | bank_wte | funded_wte"
    return "\n".join([head, *(f"{row} | 10" for row in rows)])


def test_a_share_equal_to_the_limit_is_met_and_more_is_not() -> None:
    assert found(
        posts(
            "2026-10-01 | A | Nurse | 8 | 0.9 | 0.3",
            "2026-10-01 | B | Nurse | 8 | 0.9 | 0.4",
        )
    ) == {"A | 2026-10-01": "met", "B | 2026-10-01": "breach"}


def test_the_roles_of_a_team_and_month_are_taken_together() -> None:
    assert found(
        posts(
            "2026-10-01 | A | Nurse  | 2 | 1 | 0",
            "2026-10-01 | A | Doctor | 8 | 0 | 0",
            "2026-09-01 | A | Nurse  | 2 | 1 | 0",
        )
    ) == {"A | 2026-10-01": "met", "A | 2026-09-01": "breach"}


def test_a_blank_is_no_evidence_unless_the_rest_exceeds_the_limit() -> None:
    assert found(
        posts(
            "2026-10-01 | A | Nurse  | 8 | 0   |",
            "2026-10-01 | A | Doctor | 8 | 0   | 0",
            "2026-10-01 | B | Nurse  | 8 | 2   |",
            "2026-10-01 | C | Nurse  | 0 | 0   | 0.1",
        )
    ) == {"A | 2026-10-01": "not evidenced", "B | 2026-10-01": "breach", "C | 2026-10-01": "breach"}


def test_every_month_up_to_the_day_is_looked_at_however_long_ago() -> None:
    rows = ("2024-01-01 | A | Nurse | 8 | 8 | 0", "2026-11-01 | A | Nurse | 8 | 8 | 0")
    assert found(posts(*rows)) == {"A | 2024-01-01": "breach"}


def test_no_row_is_not_applicable_and_no_bank_column_not_assessable() -> None:
    assert run_check("temporary_staffing_reliance", DAY, posts()).status == Status.NOT_APPLICABLE
    half = "establishment  month | team | funded_wte | in_post_wte | agency_wte"
    assert run_check("temporary_staffing_reliance", DAY, half).status == Status.NOT_ASSESSABLE
