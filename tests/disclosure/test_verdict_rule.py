import pytest

from caseaudit.disclosure.verdicts import Standing, standing, verdict
from caseaudit.model import Severity
from caseaudit.publication import Verdict

HIGH, LOW = Severity.HIGH, Severity.LOW


@pytest.mark.parametrize(
    ("severity", "target", "counts", "expected"),
    [
        (HIGH, 1.0, (100, 100, 0), Standing.SOUND),
        (HIGH, 1.0, (100, 99, 1), Standing.FAILED),  # a check of high severity is unmet
        (HIGH, 1.0, (100, 99, 0), Standing.FAILED),  # unmet for want of a record is unmet
        (HIGH, 1.0, (100, 79, 0), Standing.DOUBTFUL),  # more than a fifth has no record, and no breach is known
        (HIGH, 1.0, (100, 70, 1), Standing.FAILED),  # a known breach goes before the doubt
        (HIGH, 0.8, (100, 80, 15), Standing.SOUND),  # 95 % could be tested
        (HIGH, 0.8, (100, 80, 14), Standing.NEARLY),
        (LOW, 0.6, (100, 65, 10), Standing.DOUBTFUL),  # met, but for a quarter nothing is on record
        (LOW, 1.0, (100, 80, 20), Standing.NEARLY),  # 80 % reached
        (LOW, 1.0, (100, 79, 21), Standing.FAILED),
        (LOW, 1.0, (100, 79, 20), Standing.FAILED),
        (LOW, 1.0, (100, 79, 0), Standing.DOUBTFUL),
        (LOW, 0.6, (100, 60, 40), Standing.SOUND),  # its own target is lower than 80 %
        (HIGH, 1.0, (0, 0, 0), Standing.NOBODY),
    ],
)
def test_what_a_check_contributes(severity, target, counts, expected):
    assert standing(severity, target, *counts) is expected


@pytest.mark.parametrize(
    ("standings", "expected"),
    [
        ([Standing.SOUND, Standing.SOUND], Verdict.ASSURED),
        ([Standing.SOUND, Standing.NOBODY], Verdict.ASSURED),
        ([Standing.SOUND, Standing.NEARLY], Verdict.PARTLY),
        ([Standing.SOUND, Standing.UNTESTED], Verdict.PARTLY),  # what was not tested is never assured
        ([Standing.SOUND, Standing.FAILED], Verdict.NOT),
        ([Standing.DOUBTFUL, Standing.FAILED], Verdict.NOT),
        ([Standing.SOUND, Standing.DOUBTFUL], Verdict.UNKNOWN),
        ([Standing.UNTESTED, Standing.UNTESTED], Verdict.UNKNOWN),
        ([Standing.NOBODY], Verdict.UNKNOWN),
        ([], Verdict.UNKNOWN),
    ],
)
def test_the_verdict_is_that_of_the_worst(standings, expected):
    assert verdict(standings)[0] is expected
