"""WFS04: a team has too few clinicians for the acuity it carries."""

from caseaudit.model import Status
from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def found(drawing: str, **policy: object) -> dict[str, str]:
    return outcomes(run_check("skill_mix_not_matched_to_acuity", DAY, drawing, policy))


def team(staff: list[str], bands: list[str]) -> str:
    """One team: its staff as "layer wte" ("?" for a blank) and its open cases as their bands."""
    lines = ["staff  worker_id | role | team | layer | wte | left_on"]
    for number, one in enumerate(staff):
        layer, wte, *left = one.replace("?", "").split(" ")
        lines.append(f"W{number} | Nurse | North | {layer} | {wte} | {left[0] if left else ''}")
    lines.append("cases  case_id | team | opened_on | acuity_band")
    return "\n".join([*lines, *(f"C{number} | North | 2026-03-02 | {band}" for number, band in enumerate(bands))])


TEN = ["high"] * 5 + ["very_high"] * 5


def test_wte_equal_to_the_limit_is_met_and_less_is_not() -> None:
    assert found(team(["clinical 0.5", "clinical 0.3"], TEN)) == {"North": "met"}
    assert found(team(["clinical 0.5", "clinical 0.2"], TEN)) == {"North": "breach"}


def test_only_clinical_staff_in_post_and_high_acuity_cases_count() -> None:
    assert found(team(["clinical 0.8", "support 1"], [*TEN, "moderate", "low"])) == {"North": "met"}
    assert found(team(["clinical 0.7", "support 1", "clinical 1 2026-10-31"], TEN)) == {"North": "breach"}
    assert found(team([], ["high"])) == {"North": "breach"}


def test_a_blank_is_no_evidence_where_it_could_decide() -> None:
    assert found(team(["clinical 0.7", "clinical ?"], TEN)) == {"North": "not evidenced"}
    assert found(team(["clinical 0.8", "clinical ?"], TEN)) == {"North": "met"}
    assert found(team(["clinical 0.7", "? 0.1"], TEN)) == {"North": "not evidenced"}
    assert found(team(["clinical 0.6", "? 0.1"], TEN)) == {"North": "breach"}


def test_a_team_without_high_acuity_is_left_out_but_not_one_without_any_band() -> None:
    assert found(team(["clinical 1"], ["low", ""])) == {}
    assert found(team(["clinical 9"], ["", ""])) == {"North": "not evidenced"}


def test_no_open_case_is_not_applicable_and_no_staff_list_not_assessable() -> None:
    assert run_check("skill_mix_not_matched_to_acuity", DAY, team(["clinical 1"], [])).status == Status.NOT_APPLICABLE
    alone = "cases  case_id | team | opened_on | acuity_band"
    assert run_check("skill_mix_not_matched_to_acuity", DAY, alone).status == Status.NOT_ASSESSABLE
