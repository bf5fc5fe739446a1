"""WFS03: a team loses too many of its staff."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("turnover_high", DAY, drawing, policy))


def year(team: str, leavers: list[str], in_post: float = 10) -> list[str]:
    """Months of one role up to October 2026, one per figure of leavers, the last for October."""
    months = [(2025 + (9 - back) // 12, (9 - back) % 12 + 1) for back in reversed(range(len(leavers)))]
    return [
        f"{y + 1}-{m:02}-01 | {team} | 10 | {in_post} | {gone}" for (y, m), gone in zip(months, leavers, strict=True)
    ]


def posts(*rows: str) -> str:
    return "\n".join(["establishment  month | team | funded_wte | in_post_wte | leavers", *rows])


def test_a_share_equal_to_the_limit_is_met_and_more_is_not() -> None:
    assert found(posts(*year("A", ["0"] * 10 + ["1", "1"]), *year("B", ["0"] * 9 + ["1"] * 3))) == {
        "A": "met",
        "B": "breach",
    }


def test_leavers_before_the_window_or_after_the_day_do_not_count() -> None:
    before = year("A", ["9"] + ["0"] * 12)
    assert found(posts(*before, "2026-11-01 | A | 10 | 10 | 9")) == {"A": "met"}


def test_the_mean_is_over_the_months_and_all_roles_together() -> None:
    one, other = year("A", ["0"] * 11 + ["2"], 5), year("A", ["0"] * 11 + ["0"], 4.9)
    assert found(posts(*one, *other)) == {"A": "breach"}
    assert found(posts(*one, *year("A", ["0"] * 12, 5.1))) == {"A": "met"}


def test_blank_leavers_or_missing_months_are_no_evidence_unless_the_rest_exceeds_the_limit() -> None:
    rows = [*year("A", ["0"] * 11 + [""]), *year("B", ["0"] * 11), *year("C", ["1", "1", "1"]), *year("D", ["9", ""])]
    assert found(posts(*rows)) == {"A": "not evidenced", "B": "not evidenced", "C": "breach", "D": "breach"}


def test_a_team_the_establishment_does_not_name_is_not_evidenced() -> None:
    staff = "staff  worker_id | role | team\nW1 | Nurse | Z\n"
    assert found(staff + posts(*year("A", ["0"] * 12))) == {"A": "met", "Z": "not evidenced"}


def test_no_team_is_not_applicable_and_no_leavers_not_assessable() -> None:
    assert run_check("turnover_high", DAY, posts()).status == Status.NOT_APPLICABLE
    silent = "establishment  month | team | funded_wte | in_post_wte"
    assert run_check("turnover_high", DAY, silent).status == Status.NOT_ASSESSABLE
