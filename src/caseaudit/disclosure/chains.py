"""Three packs of one service: what the middle one hides lies between what the first and the last tell.

As with two packs (see `months`), but what is possible is written down number by number: the sums of three months hang
together in more ways than bounds of pairs can say. Only where few numbers are left is there anything to find.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import inf

from caseaudit.disclosure.months import COUNT, Growth, Month, Span, values_of

MOST_GUESSES = 5000
"""Guesses beyond which so much is possible that nothing small is told."""

Guess = tuple[int, ...]
"""Of met, fell short and no record."""

NOTHING_NEW = Growth((Span(0, 0),) * 3, Span(0, 0))


def chain_keeps(first: Month, middle: Month, last: Month, threshold: int) -> bool:
    """Whether every number hidden in the last two of three months keeps as many values as a small count has.

    One of the middle month that had fewer beside the first month keeps what it had. Populations may only grow, and so
    may each of the parts, or of these only those that met the standard.
    """
    tight = [_tight(one) for one in (first, middle, last)]
    if any(one is None for one in tight):
        return True
    before, between, after = (one for one in tight if one is not None)
    for parts in (range(3), range(1)):
        lows = [before[place].least if place in parts else 0 for place in range(3)]
        highs = [after[place].most if place in parts else inf for place in range(3)]
        from_first = _guesses(between, lows, [inf] * 3, before[3].least, inf)
        from_both = _guesses(between, lows, highs, before[3].least, after[3].most)
        of_last = _guesses(after, lows, [inf] * 3, between[3].least, inf)
        if from_both is None or of_last is None:
            continue
        fitting = [one for one in from_both if _reaches(one, after, parts)]
        if not fitting:
            continue  # the figures rule it out
        reached = [one for one in of_last if _follows(one, between, lows, parts)]
        for place, told in enumerate(middle.told):
            enough = threshold - 1 if from_first is None else min(threshold - 1, _values(from_first, place))
            if told.hidden and _values(fitting, place) < enough:
                return False
        if any(told.hidden and _values(reached, place) < threshold - 1 for place, told in enumerate(last.told)):
            return False
    return True


def _tight(month: Month) -> list[Span] | None:
    """Bounds of the parts, and of the whole last; None where nothing fits."""
    found = values_of(month, month, NOTHING_NEW)
    return None if found is None else [pair.then & COUNT for pair in found]


def _guesses(spans: list[Span], lows: list[float], highs: list[float], least: float, most: float) -> list[Guess] | None:
    """Numbers of the parts within bounds, their sum within others; None where there are too many."""
    whole = spans[3] & Span(least, most)
    boxes = [span & Span(low, min(high, whole.most)) for span, low, high in zip(spans[:3], lows, highs, strict=True)]
    if not whole.values or not all(box.values for box in boxes):
        return []
    if whole.values > 1:
        return None if _size(boxes) > MOST_GUESSES else [one for one in _every(boxes) if _in(sum(one), whole)]
    last = max(range(3), key=lambda place: boxes[place].values)
    others = [place for place in range(3) if place != last]
    if _size([boxes[place] for place in others]) > MOST_GUESSES:
        return None
    found: list[Guess] = []
    for numbers in _every([boxes[place] for place in others]):
        rest = int(whole.least) - sum(numbers)
        if _in(rest, boxes[last]):
            guess = dict(zip(others, numbers, strict=True)) | {last: rest}
            found.append((guess[0], guess[1], guess[2]))
    return found


def _size(boxes: list[Span]) -> float:
    size = 1.0
    for box in boxes:
        size *= box.values
    return size


def _every(boxes: list[Span]) -> Iterator[Guess]:
    return product(*(range(int(box.least), int(box.most) + 1) for box in boxes))


def _in(number: float, span: Span) -> bool:
    return span.least <= number <= span.most


def _reaches(guess: Guess, after: list[Span], parts: range) -> bool:
    """Whether some numbers of the last month are none fewer than a guess of the middle one."""
    lows = [max(span.least, guess[place]) if place in parts else span.least for place, span in enumerate(after[:3])]
    highs = [span.most for span in after[:3]]
    if any(low > high for low, high in zip(lows, highs, strict=True)):
        return False
    return sum(lows) <= after[3].most and sum(highs) >= max(after[3].least, sum(guess))


def _follows(guess: Guess, between: list[Span], lows: list[float], parts: range) -> bool:
    """Whether some numbers of the middle month are none more than a guess of the last one."""
    least = [max(span.least, low) for span, low in zip(between[:3], lows, strict=True)]
    most = [min(span.most, guess[place]) if place in parts else span.most for place, span in enumerate(between[:3])]
    if any(low > high for low, high in zip(least, most, strict=True)):
        return False
    return sum(least) <= min(between[3].most, sum(guess)) and sum(most) >= between[3].least


def _values(guesses: list[Guess], place: int) -> int:
    """How many numbers a part, or the whole, may be."""
    return len({sum(guess) if place == 3 else guess[place] for guess in guesses})
