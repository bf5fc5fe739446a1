"""ACU08: a case in the lowest band has no step-down criteria."""

from caseaudit.testing import outcomes, run_check

DRAWING = """
    cases  case_id | opened_on  | closed_on  | acuity_band | step_down_criteria
           C1      | 2026-03-02 |            | low         | no crisis for 3 months
           C2      | 2026-03-02 |            | low         |
           C3      | 2026-03-02 |            | moderate    |
           C4      | 2026-03-02 |            |             |
           C5      | 2026-03-02 | 2026-10-31 | low         |
"""


def test_recorded_is_met_blank_not_evidenced_and_only_the_lowest_band_is_looked_at() -> None:
    assert outcomes(run_check("step_down_criteria_missing", "2026-10-31", DRAWING)) == {
        "C1": "met",
        "C2": "not evidenced",
    }


def test_the_lowest_band_is_that_of_the_providers_own_scale() -> None:
    values = {"bands.low.rank": 2, "bands.moderate.rank": 1}
    assert outcomes(run_check("step_down_criteria_missing", "2026-10-31", DRAWING, values)) == {"C3": "not evidenced"}
