"""Two packs of one service: nothing hidden in either may be worked out from both.

Most figures of two months hang together by nothing that is published: cases open now are those open then, less those
closed, plus those opened, and neither is told. But some populations only grow, such as all discharges on record, and
what came of a member once its time has run out stays. There, part by part, now = then + new, and the new are none or
more. Whoever holds both packs knows that, so a figure hidden in one may follow from a figure shown in the other.

Which populations grow is not asked of the checks: a reader can tell only from the figures, so every check whose figures
do not rule it out counts as one. The two ways in which it can be are in RELATIONS.

The parts (met, fell short, no record; or teams) are independent but for their sums then, new and now. For each part
the pairs (then, new) that are possible form a generalised polymatroid: bounds on then, on new and on their sum. Such
sets add up bound by bound, over whole numbers too (Frank & Tardos 1988), so the bounds below are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from math import ceil, inf

RELATIONS = ("every part grows", "those that met the standard grow")
"""Second: what fell short may have been put right since, and a blank filled in; what was met stays met."""


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


def bounds(parts: Sequence[Pair], whole: Pair) -> list[Pair] | None:
    """The exact bounds of every part, given those of all parts and of their sum; None where nothing fits."""
    tight = [part.tight() for part in parts]
    whole = whole.tight()
    if not all(part.possible for part in (*tight, whole)):
        return None
    found = []
    for place, part in enumerate(tight):
        others = [other for at, other in enumerate(tight) if at != place]
        rest = reduce(Pair.__add__, others) if others else Pair(*[Span(0, 0)] * 3)
        bound = (part & (whole - rest)).tight()
        if not bound.possible:
            return None
        found.append(bound)
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """What one pack tells of a number: its bounds, and whether it is hidden."""

    span: Span
    hidden: bool = False

    @classmethod
    def shown(cls, number: float) -> Told:
        """A number that is shown."""
        return cls(Span(number, number))


@dataclass(frozen=True, slots=True)
class Month:
    """What one pack tells of a whole and its parts. The first part is the one that met the standard."""

    whole: Told
    parts: tuple[Told, ...]


def with_target(month: Month, target: float, *, reached: bool) -> Month:
    """A month whose status is known: whether the first part came to the target's share of the whole."""
    if month.whole.hidden:
        return month
    number = month.whole.span.least
    least = ceil(round(target * number, 6))
    met = month.parts[0]
    span = met.span & (Span(least, number) if reached else Span(0, least - 1))
    return replace(month, parts=(replace(met, span=span), *month.parts[1:]))


def keeps(then: Month, now: Month, threshold: int) -> bool:
    """Whether every hidden number of two months keeps as many values as a small count has, or as it had alone."""
    alone = (_alone(then), _alone(now))
    return all(_enough(then, now, new, alone, threshold) for new in _relations(then, now))


def _relations(then: Month, now: Month) -> Iterable[list[Pair] | None]:
    grows = [COUNT] * len(then.parts)
    for new in (grows, [COUNT, *[ANY] * (len(grows) - 1)]):
        pairs = [Pair(a.span, flow, b.span) for a, flow, b in zip(then.parts, new, now.parts, strict=True)]
        yield bounds(pairs, Pair(then.whole.span, COUNT, now.whole.span))


Alone = tuple[Sequence[Span], Span]


def _alone(month: Month) -> Alone:
    """What a month tells of its parts and their whole by itself."""
    pairs = [Pair(part.span, Span(0, 0), part.span) for part in month.parts]
    found = bounds(pairs, Pair(month.whole.span, Span(0, 0), month.whole.span))
    if found is None:  # figures that do not fit together protect nobody, and are no reason to hide others
        return [part.span for part in month.parts], month.whole.span
    whole = reduce(Span.__add__, [pair.then for pair in found]) & month.whole.span
    return [pair.then for pair in found], whole


def _enough(then: Month, now: Month, found: list[Pair] | None, alone: tuple[Alone, Alone], threshold: int) -> bool:
    if found is None:
        return True  # the figures rule it out
    whole = (reduce(Pair.__add__, found) & Pair(then.whole.span, COUNT, now.whole.span)).tight()
    sides = ((then, alone[0], [pair.then for pair in found], whole.then),
             (now, alone[1], [pair.now for pair in found], whole.now))  # fmt: skip
    return all(
        span.values >= min(threshold - 1, before.values)
        for month, (parts, total), spans, sum_ in sides
        for told, before, span in (
            *zip(month.parts, parts, spans, strict=True), (month.whole, total, sum_),
        )
        if told.hidden
    )  # fmt: skip
