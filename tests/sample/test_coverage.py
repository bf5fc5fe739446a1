"""The sample shows every outcome of every check, save those that the check's own definition rules out.

A new check whose outcomes nobody planted fails here: plant a member for it in sample_data/provider, or say below why
there can be none.
"""

from __future__ import annotations

import pytest

from caseaudit.catalogue import Check, load_catalogue
from caseaudit.model import Audit, Outcome

CHECKS = load_catalogue().checks

ROWS = "of a row that stands in an export it is always known"
TEAMS = "an act without a team may have been any team's, so with one there would be no team in breach beside it"
COUNT = "it counts events that cannot lack their day, and nobody to count is a count of none"

NEVER_NOT_EVIDENCED = {
    "ACU05": f"{COUNT}: contacts per case",
    "ACU07": "only exports that hold no changes of band leave it open, and the sample holds them",
    "CAP02": "an exception stands open or it does not",
    "CAP07": TEAMS,
    "CMP02": "a sign-off that is current has its day, so its last day is known",
    "DQ01": f"{ROWS} whether its key stands twice",
    "DQ02": f"{ROWS} whether its number is among the keys",
    "DQ03": "a blank date is no fault of this kind",
    "DQ04": "a blank is no word",
    "DQ05": "a field no export has a column for would take its checks out of the sample",
    "DQ06": "an export without a single day would take its checks out of the sample",
    "ESC07": f"{COUNT}: flags and escalations",
    "ESC08": f"{COUNT}: attended contacts",
    "GOV01": TEAMS,
    "GOV04": "an export of governance acts without a review is a finding, not a gap",
    "PHY03": "a link worker of no team may be any team's, so with one there would be no team in breach beside it",
    "SUP06": "only a missing export of what may relieve a worker leaves it open, and the sample has all three",
    "SUP07": f"{COUNT}: supervisees",
}
RECORDS_ALONE = (
    "it asks for nothing but that something is recorded: a blank is not evidenced, and what stands there is met"
)
NEVER_BREACH = {
    **dict.fromkeys(("ACU08", "ALC01", "CAP03", "ESC05", "ESC10", "PEER01", "SUP02", "SUP04"), RECORDS_ALONE),
    "GOV04": "its one member is the service, and that of the sample is met",
}
NEVER_MET: dict[str, str] = {}

EXCEPTIONS = {
    Outcome.MET: NEVER_MET,
    Outcome.BREACH: NEVER_BREACH,
    Outcome.NOT_EVIDENCED: NEVER_NOT_EVIDENCED,
}


def shown(audit: Audit, code: str) -> set[Outcome]:
    result = next(result for result in audit.results if result.code == code)
    counts = {Outcome.MET: result.met, Outcome.BREACH: result.breach, Outcome.NOT_EVIDENCED: result.not_evidenced}
    return {outcome for outcome, count in counts.items() if count}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_the_sample_shows_each_outcome_the_check_can_come_to(audit: Audit, check: Check) -> None:
    excused = {outcome for outcome, codes in EXCEPTIONS.items() if check.code in codes}
    assert shown(audit, check.code) == set(Outcome) - excused


def test_a_standard_no_value_can_fail_is_among_those_that_ask_for_records_alone() -> None:
    no_test = {c.code for c in CHECKS if not any(col.checks for col in c.standard.to_schema().columns.values())}
    assert no_test <= {code for code, why in NEVER_BREACH.items() if why == RECORDS_ALONE}


def test_no_exception_outlives_its_check() -> None:
    assert set().union(*EXCEPTIONS.values()) <= {check.code for check in CHECKS}
