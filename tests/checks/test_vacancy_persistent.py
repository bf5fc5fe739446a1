"""WFS01: posts are vacant, too many or for too long."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("vacancy_persistent", DAY, drawing, policy))


def posts(*rows: str) -> str:
    """Rows of the establishment: month, team, role, funded, in post, vacant since."""
    return "\n".join(["establishment  month | team | role | funded_wte | in_post_wte | vacant_since", *rows])


def test_a_rate_and_a_time_equal_to_their_limits_are_met_and_more_is_not() -> None:
    assert found(
        posts(
            "2026-10-01 | A | Nurse | 10 | 9   | 2026-08-01",
            "2026-10-01 | B | Nurse | 10 | 8.9 | 2026-08-01",
            "2026-10-01 | C | Nurse | 10 | 9   | 2026-07-31",
            "2026-10-01 | D | Nurse | 1  | 0.9 | 2026-08-01",
        )
    ) == {"A | Nurse": "met", "B | Nurse": "breach", "C | Nurse": "breach", "D | Nurse": "met"}


def test_a_vacancy_that_does_not_say_since_when_is_no_evidence_unless_the_rate_decides() -> None:
    assert found(
        posts(
            "2026-10-01 | A | Nurse | 10 | 9  |",
            "2026-10-01 | B | Nurse | 10 | 5  |",
            "2026-10-01 | C | Nurse | 10 | 10 |",
            "2026-10-01 | D | Nurse | 10 | 9  | 2026-11-01",
        )
    ) == {"A | Nurse": "not evidenced", "B | Nurse": "breach", "C | Nurse": "met", "D | Nurse": "not evidenced"}


def test_a_post_said_to_be_vacant_counts_even_if_the_role_is_full() -> None:
    assert found(posts("2026-10-01 | A | Nurse | 10 | 10 | 2026-01-01")) == {"A | Nurse": "breach"}


def test_the_latest_month_up_to_the_day_counts_and_its_rows_are_added_up() -> None:
    assert found(
        posts(
            "2026-09-01 | A | Nurse | 10 | 2  | 2026-08-01",
            "2026-10-01 | A | Nurse | 5  | 4  | 2026-08-01",
            "2026-10-01 | A | Nurse | 5  | 5  |",
            "2026-11-01 | A | Nurse | 10 | 2  | 2026-08-01",
        )
    ) == {"A | Nurse": "met"}


def test_a_row_exported_twice_counts_once() -> None:
    thin = "2026-10-01 | A | Nurse | 5 | 5 |"
    wide = "2026-10-01 | A | Nurse | 2 | 1 | 2026-10-01"
    assert found(posts(thin, thin, thin, thin, thin, wide)) == {"A | Nurse": "breach"}


def test_a_role_without_funded_posts_is_left_out_and_no_roles_are_not_assessable() -> None:
    none = posts("2026-10-01 | A | Nurse | 0 | 0 | 2020-01-01")
    assert run_check("vacancy_persistent", DAY, none).status == Status.NOT_APPLICABLE
    roleless = "establishment  month | team | funded_wte | in_post_wte"
    assert run_check("vacancy_persistent", DAY, roleless).status == Status.NOT_ASSESSABLE
