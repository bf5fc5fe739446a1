"""Two packs of one service: nothing hidden in either may be worked out from both.

Most figures of two months hang together by nothing that is published: cases open now are those open then, less those
closed, plus those opened, and neither is told. But some populations only grow, such as all discharges on record, and
what came of a member once its time has run out stays. There, part by part, now = then + new, and the new are none or
more. Whoever holds both packs knows that, so a figure hidden in one may follow from a figure shown in the other.

Which populations grow is not asked of the checks: a reader can tell only from the figures, so every check whose figures
do not rule it out counts as one. The two ways in which it can be are in GROWTHS.

The parts (met, fell short, no record; or teams) are independent but for their sums then, new and now. For each part
the pairs (then, new) that are possible form a generalised polymatroid: bounds on then, on new and on their sum. Such
sets add up bound by bound, over whole numbers too (Frank & Tardos 1988), so the bounds below are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from math import inf

from caseaudit.publication import Figure


def is_fewer(now: Figure, then: Figure) -> bool:
    """Whether a number that both months show has become less."""
    return now.value is not None and then.value is not None and now.value < then.value


@dataclass(frozen=True, slots=True)
class Span:
    """From the least to the most a number can be; none where least > most."""

    least: float = -inf
    most: float = inf

    def __add__(self, other: Span) -> Span:
        return Span(self.least + other.least, self.most + other.most)

    def __and__(self, other: Span) -> Span:
        return Span(max(self.least, other.least), min(self.most, other.most))

    def __sub__(self, other: Span) -> Span:
        return Span(self.least - other.most, self.most - other.least)

    @property
    def values(self) -> float:
        """How many whole numbers it holds."""
        return max(0, self.most - self.least + 1)


COUNT = Span(0, inf)
ANY = Span()


@dataclass(frozen=True, slots=True)
class Pair:
    """What is known of one number then, of the new, and of the number now: now = then + new."""

    then: Span = COUNT
    new: Span = COUNT
    now: Span = COUNT

    def tight(self) -> Pair:
        """The same set with bounds that are all reached."""
        pair = self
        for _ in range(2):
            pair = Pair(
                pair.then & (pair.now - pair.new), pair.new & (pair.now - pair.then), pair.now & (pair.then + pair.new)
            )
        return pair

    def __add__(self, other: Pair) -> Pair:
        return Pair(self.then + other.then, self.new + other.new, self.now + other.now)

    def __sub__(self, other: Pair) -> Pair:
        return Pair(self.then - other.then, self.new - other.new, self.now - other.now)

    def __and__(self, other: Pair) -> Pair:
        return Pair(self.then & other.then, self.new & other.new, self.now & other.now)

    @property
    def possible(self) -> bool:
        """Whether any numbers fit."""
        return all(span.values >= 1 for span in (self.then, self.new, self.now))


def bounds(parts: Sequence[Pair], whole: Pair) -> tuple[list[Pair], Pair] | None:
    """The exact bounds of every part and of their sum, given what is known of each; None where nothing fits."""
    tight = [part.tight() for part in parts]
    whole = (whole & reduce(Pair.__add__, tight)).tight()
    if not all(part.possible for part in (*tight, whole)):
        return None
    found = []
    none = Pair(Span(0, 0), Span(0, 0), Span(0, 0))
    before = list(accumulate(tight, initial=none))
    after = list(accumulate(reversed(tight), initial=none))[::-1]
    for part, less, more in zip(tight, before, after[1:], strict=False):
        bound = (part & (whole - (less + more))).tight()
        if not bound.possible:
            return None
        found.append(bound)
    return found, whole


@dataclass(frozen=True, slots=True)
class Told:
    """What one pack tells of a number: its bounds, and whether it is hidden."""

    span: Span
    hidden: bool = False


def shown(number: float) -> Told:
    """A number as it is."""
    return Told(Span(number, number))


@dataclass(frozen=True, slots=True)
class Month:
    """What one pack tells of a whole and its parts."""

    whole: Told
    parts: tuple[Told, ...]

    @property
    def told(self) -> tuple[Told, ...]:
        """The parts, and the whole last."""
        return (*self.parts, self.whole)


@dataclass(frozen=True, slots=True)
class Growth:
    """How many new ones there can be of each part, and of the whole."""

    parts: tuple[Span, ...]
    whole: Span = COUNT


GROWTHS = (Growth((COUNT, COUNT, COUNT)), Growth((COUNT, ANY, ANY)))
"""Of met, fell short and no record. In the second, what fell short may have been put right since and a blank filled
in, but what was met stays met."""


def keeps(then: Month, now: Month, growths: Iterable[Growth], threshold: int) -> bool:
    """Whether every hidden number of two months keeps as many values as a small count has.

    One of then that had fewer by itself keeps what it had.
    """
    before = values_of(then, then, Growth((Span(0, 0),) * len(then.parts), Span(0, 0)))
    needed = [min(threshold - 1, pair.then.values) for pair in before] if before else [0] * len(then.told)
    for growth in growths:
        found = values_of(then, now, growth)
        if found is None:
            continue  # the figures rule it out
        for pair, least, old, new in zip(found, needed, then.told, now.told, strict=True):
            if (old.hidden and pair.then.values < least) or (new.hidden and pair.now.values < threshold - 1):
                return False
    return True


def values_of(then: Month, now: Month, growth: Growth) -> list[Pair] | None:
    """Bounds of the parts, and of the whole last; None where nothing fits."""
    parts = [Pair(a.span, new, b.span) for a, new, b in zip(then.parts, growth.parts, now.parts, strict=True)]
    found = bounds(parts, Pair(then.whole.span, growth.whole, now.whole.span))
    return None if found is None else [*found[0], found[1]]
