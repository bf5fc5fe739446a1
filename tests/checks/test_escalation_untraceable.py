"""ESC05: an escalation can be followed from who raised it to what came of it."""

import pytest

from caseaudit.testing import outcomes, run_check

FIELDS = ("trigger", "raised_by", "route", "responded_on", "authorised_by", "decision", "follow_up_on")
FULL = dict(zip(FIELDS, ("overdose", "W1", "duty", "2026-10-01", "W9", "ward", "2026-12-01"), strict=True))
HEAD = "escalations escalation_id | raised_on | " + " | ".join(FIELDS) + "\n"


def traced(raised_on: str = "2026-10-01", **changed: str) -> dict[str, str]:
    row = f"E1 | {raised_on} | " + " | ".join((FULL | changed).values())
    return outcomes(run_check("escalation_untraceable", "2026-10-31", HEAD + row))


def test_a_full_record_is_met_with_a_follow_up_that_lies_ahead() -> None:
    assert traced() == {"E1": "met"}


@pytest.mark.parametrize("field", FIELDS)
def test_each_blank_is_not_evidenced(field: str) -> None:
    assert traced(**{field: ""}) == {"E1": "not evidenced"}


def test_a_response_after_the_as_at_date_is_not_seen() -> None:
    assert traced(responded_on="2026-11-01") == {"E1": "not evidenced"}


def test_only_the_look_back_is_looked_at() -> None:
    assert traced("2026-08-01") == traced("2026-11-01") == {}
    assert traced("2026-08-02") == {"E1": "met"}


def test_an_escalation_exported_twice_counts_once() -> None:
    row = "E1 | 2026-10-01 | " + " | ".join(FULL.values()) + "\n"
    assert run_check("escalation_untraceable", "2026-10-31", HEAD + row * 2).population == 1


def test_without_one_of_the_columns_it_cannot_be_assessed() -> None:
    drawing = "escalations raised_on | trigger"
    assert run_check("escalation_untraceable", "2026-10-31", drawing).status == "not assessable"
