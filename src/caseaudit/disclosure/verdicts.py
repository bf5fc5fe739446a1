"""What may be said of a question: a rule, never an average.

The documents print caseaudit.publication.VERDICT_RULE; `standing` and `verdict` are it in code. Where the rule leaves
room, a known failure goes before a doubt and a doubt before a pass, so that no risk hides behind a missing record.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from caseaudit.model import Result, Severity, Status, reaches
from caseaudit.publication import Verdict

TESTED_FROM = 20  # not evidenced at most one in twenty: 95 % could be tested
DOUBT_FROM = 5  # not evidenced more than one in five
REACHES = 0.8


class Standing(IntEnum):
    """What one check contributes to its question; the lowest decides."""

    FAILED = 0
    DOUBTFUL = 1
    UNTESTED = 2
    NEARLY = 3
    SOUND = 4
    NOBODY = 5


def standing(severity: Severity, target: float, population: int, met: int, breach: int) -> Standing:
    """What a check that could be made contributes, from its counts alone."""
    if not population:
        return Standing.NOBODY
    silent = population - met - breach
    doubtful = silent * DOUBT_FROM > population
    if reaches(met, population, target):
        tested = Standing.SOUND if silent * TESTED_FROM <= population else Standing.NEARLY
        return Standing.DOUBTFUL if doubtful else tested
    needed = target if severity is Severity.HIGH else REACHES
    if doubtful and reaches(population - breach, population, needed):
        return Standing.DOUBTFUL
    nearly = severity is not Severity.HIGH and reaches(met, population, needed)
    return Standing.NEARLY if nearly else Standing.FAILED


def standing_of(result: Result) -> Standing:
    """What a check of a run contributes to its question."""
    if result.status in {Status.NOT_ASSESSABLE, Status.ERROR}:
        return Standing.UNTESTED
    return standing(result.graded, result.target, result.population, result.met, result.breach)


def verdict(standings: Iterable[Standing]) -> tuple[Verdict, str]:
    """The verdict on a question and what decided it, from what its checks contribute."""
    found = sorted(standings)
    made = [one for one in found if one not in {Standing.UNTESTED, Standing.NOBODY}]
    untested = found.count(Standing.UNTESTED)
    if not made:
        why = "none of its checks could be made" if untested else "nobody is in the population of its checks"
        return Verdict.UNKNOWN, why if found else "none of its checks was part of this run"
    if made[0] is Standing.FAILED:
        return Verdict.NOT, "what is on record falls short"
    if made[0] is Standing.DOUBTFUL:
        return Verdict.UNKNOWN, "for more than a fifth of a population nothing is on record"
    if untested:
        return Verdict.PARTLY, "not every check could be made"
    if made[0] is Standing.SOUND:
        return Verdict.ASSURED, "every check is met and could be tested"
    return Verdict.PARTLY, "no check of high severity is unmet, and the rest reach 80 %"
