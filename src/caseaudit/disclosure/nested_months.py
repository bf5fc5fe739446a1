"""Two checks of which one's population lies within the other's, in two packs: what is held back in either stays so.

Of such a pair one pack may hold the smaller check back and the other show it. Where members, once in the smaller
population, stay in it, its number then is no more than its number now, and a difference that one pack hides may follow
from both. As with single checks (see `months`), whatever the figures do not rule out is taken to be so.

What is possible of the smaller check is written down number by number: it lies fewer people below a total than a small
count has values, so there are only a few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import NamedTuple

from caseaudit.model import Status, reaches
from caseaudit.publication import EarlierResult, percent

MOST_BY_SHARE = 5000
"""Of populations above this a share is not looked at number by number."""


class Guess(NamedTuple):
    """What the figures of a check may be; met is None where nothing is known of it."""

    population: int
    met: int | None = None


def beside_then(inner: EarlierResult, outer: EarlierResult | None, threshold: int) -> list[Guess]:
    """What the smaller check of a pair may have been by the earlier pack; none where that tells nothing of it."""
    decided = {Status.MET, Status.NOT_MET}
    if inner.status not in decided:
        return []
    if inner.population.value is not None:
        return [Guess(int(inner.population.value), None if inner.met.value is None else int(inner.met.value))]
    if outer is None or outer.status not in decided or outer.population.value is None:
        return []
    total = int(outer.population.value)
    populations = range(max(1, total - threshold + 1), total)
    # In whole per cent a share of thousands fits a hundred numbers, and parts a few people from no others.
    if inner.rate.hidden or inner.rate.value is None or total > MOST_BY_SHARE:
        return [Guess(population) for population in populations]
    text = inner.rate.text
    return [
        Guess(population, met)
        for population in populations
        for met in _near(inner.rate.value, population)
        if percent(met, population) == text and reaches(met, population, inner.target) == (inner.status is Status.MET)
    ]


def _near(share: float, population: int) -> range:
    """Numbers that may be such a share in whole per cent."""
    return range(max(0, int((share - 0.01) * population)), min(population, int((share + 0.01) * population) + 1) + 1)


Tie = Callable[[Guess, Guess], bool]


def _grows(then: Guess, now: Guess) -> bool:
    """Members stay, and what became of each stays."""
    if then.met is None or now.met is None:
        return then.population <= now.population
    return then.met <= now.met and then.population - then.met <= now.population - now.met


def _stays_met(then: Guess, now: Guess) -> bool:
    """Members stay, and what was met stays met."""
    return then.population <= now.population and (then.met is None or now.met is None or then.met <= now.met)


def keep(then: Sequence[Guess], now: Sequence[Guess], threshold: int) -> bool:
    """Whether what is hidden in either month keeps as many values as a small count has, or as it had by itself.

    How many met a standard, and how many fell short, keeps as many as a small count in any case: what was then put
    down as a breach, and what as not on record, parts those who fall short now.
    """
    enough = threshold - 1
    ties: tuple[Tie, ...] = (_grows, _stays_met)
    for tie in ties:
        fitting = [(a, b) for a, b in product(then, now) if tie(a, b)]
        if not fitting:
            continue  # the figures rule it out
        for place, alone in enumerate((then, now)):
            left = {pair[place] for pair in fitting}
            if _values(left, _population) < min(enough, _values(alone, _population)):
                return False
            for of in (_met, _short):
                least = min(enough, _values(alone, of)) if place == 0 or len(alone) == 1 else enough
                if alone[0].met is not None and _values(left, of) < least:
                    return False
    return True


def _values(guesses: Iterable[Guess], of: Callable[[Guess], int | None]) -> int:
    return len(set(map(of, guesses)))


def _population(guess: Guess) -> int:
    return guess.population


def _met(guess: Guess) -> int | None:
    return guess.met


def _short(guess: Guess) -> int | None:
    return None if guess.met is None else guess.population - guess.met
