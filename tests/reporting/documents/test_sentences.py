import datetime as dt
from dataclasses import replace

import pytest

from caseaudit.model import Manual, Severity, Status
from caseaudit.publication import Example, Figure, PublicResult, count, share
from caseaudit.reporting.documents import sentences

D = dt.date(2026, 10, 31)
SMALL, HELD = Figure("<5", hidden=True), Figure("not shown", hidden=True)


def result(met=0, breach=0, silent=0, **more):
    whole = met + breach + silent
    made = PublicResult(
        code="REV01", name="review_overdue", family="REV", severity=Severity.HIGH, graded=Severity.HIGH,
        owner="named worker", basis="house", subject="case", manual=Manual("F", "W", "P", "F", "A", "S"),
        standards={"days_overdue": "the review was held by its due date"}, limits=(),
        status=Status.MET if met == whole else Status.NOT_MET, target=1.0, reason=None, population=count(whole),
        met=count(met), short=count(breach + silent), breach=count(breach), not_evidenced=count(silent),
        rate=share(met, whole),
    )  # fmt: skip
    return replace(made, **more)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (
            result(96, 14, 3, longest=73),
            (
                "On 31 October 2026, for 96 of 113 cases (85 %), the review was held by its due date. 14 fell "
                "short, the "
                "longest by 73 days; for 3 nothing is on record that would show it."
            ),
        ),
        (result(48), "On 31 October 2026, for all 48 cases, the review was held by its due date."),
        (result(1), "On 31 October 2026, for the one case looked at, the review was held by its due date."),
        (
            result(0, 48),
            (
                "On 31 October 2026, for none of the 48 cases is it on record that the review was held by its due "
                "date. "
                "48 fell short."
            ),
        ),
        (
            result(0, 0, 1),
            (
                "On 31 October 2026, it is not on record of the one case looked at that the review was held by its due "
                "date. For 1 nothing is on record that would show it."
            ),
        ),
        (
            result(47, 1, longest=1),
            (
                "On 31 October 2026, for 47 of 48 cases (98 %), the review was held by its due date. One fell "
                "short, the "
                "longest by 1 day."
            ),
        ),
        (
            replace(result(90, 8, 0), breach=HELD, not_evidenced=HELD),
            (
                "On 31 October 2026, for 90 of 98 cases (92 %), the review was held by its due date. Eight fell "
                "short, be "
                "it by what is on record or for want of a record; which of the two is not shown, since one of the "
                "numbers "
                "is small."
            ),
        ),
    ],
)
def test_what_is_shown_is_said_in_figures(found, text):
    assert sentences.result_sentence(found, D) == text


def test_what_is_suppressed_stays_so():
    hidden = replace(result(97, 3, 0), met=HELD, breach=SMALL, short=HELD, rate=HELD)
    text = sentences.result_sentence(hidden, D)
    assert text == (
        "Of the 100 cases looked at on 31 October 2026, fewer than 5 fell short; the rest is not shown, to protect "
        "small numbers. The standard is that the review was held by its due date."
    )
    assert "97" not in text


def test_of_a_hidden_population_nothing_is_said():
    hidden = replace(result(8, 2, 0), population=HELD, met=HELD, breach=HELD, short=HELD, rate=HELD)
    text = sentences.result_sentence(hidden, D)
    assert not any(figure in text for figure in (" 8", " 2 ", " 10"))


@pytest.mark.parametrize(
    ("status", "reason", "text"),
    [
        (Status.NOT_ASSESSABLE, "No export holds huddles.", "Could not be tested: no export holds huddles."),
        (Status.ERROR, "x.py, line 3: the check failed.",
         "The check itself failed, so nothing can be said. x.py, line 3: the check failed."),
        (Status.NOT_APPLICABLE, None,
         "There was nothing to look at: no case on 31 October 2026 is in its population."),
    ],
)  # fmt: skip
def test_what_could_not_be_tested_says_why(status, reason, text):
    assert sentences.result_sentence(result(status=status, reason=reason), D) == text


def test_the_worst_come_first():
    high, low = result(90, 10), result(10, 90, graded=Severity.LOW, code="A")
    worse, unknown = result(50, 50, code="B"), result(97, 3, rate=HELD, code="C")
    assert sentences.ranked([low, high, unknown, result(5), worse]) == [worse, high, unknown, low]


def test_the_worst_are_named_with_their_days():
    text = sentences.worst_of(result(worst=(Example("C-1", 73), Example("C-2", 1))))
    assert text == "C-1 (73 days) and C-2 (1 day)"
