"""The four rules of an XmR chart, on whole numbers: which points are not explained by chance, and to which side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

Rule = Literal["outside", "trend", "two_in_three", "shift"]
Side = Literal["high", "low"]

RUN = 7  # points that make a trend or a shift


class Lines(NamedTuple):
    """Mean and limits of one group, in the unit its values are counted in.

    ``reach`` is the distance from mean to limit, None where there are none; two thirds of it reach the near limit.
    """

    mean: int
    reach: int | None


class Signal(NamedTuple):
    """The rule a point falls under and the side it points to; a trend's side is its direction."""

    rule: Rule
    side: Side


def signals(values: Sequence[int], lines: Lines) -> list[Signal | None]:
    """The signal of each point of one group, by the first rule in the order outside, trend, 2-in-3, shift."""
    found: list[Signal | None] = [None] * len(values)
    gaps = [value - lines.mean for value in values]
    signs = [_sign(gap) for gap in gaps]
    # From the weakest rule to the strongest, so that the strongest is what stays.
    _mark_runs(found, signs, RUN, "shift")
    outside = [False] * len(gaps) if lines.reach is None else [abs(gap) > lines.reach for gap in gaps]
    if lines.reach is not None:
        twice = 2 * lines.reach
        near = [3 * abs(gap) > twice and not out for gap, out in zip(gaps, outside, strict=True)]
        _mark_two_in_three(found, signs, near)
    _mark_trends(found, values)
    for place, out in enumerate(outside):
        if out:
            found[place] = Signal("outside", _side(signs[place]))
    return found


def _mark_runs(found: list[Signal | None], signs: Sequence[int], length: int, rule: Rule) -> None:
    """Mark runs of at least ``length`` equal signs; a sign of 0 (a point on the mean) belongs to no run."""
    for start, end in _runs(signs):
        if end - start >= length:
            found[start:end] = [Signal(rule, _side(signs[start]))] * (end - start)


def _mark_trends(found: list[Signal | None], values: Sequence[int]) -> None:
    steps = [_sign(after - before) for before, after in pairwise(values)]
    # Six steps join seven points. A turning point ends one trend and may begin the next: it keeps the side of the
    # one it ended, as it was first reported, so the later trend is written first.
    for start, end in reversed(_runs(steps)):
        if end - start >= RUN - 1:
            found[start : end + 1] = [Signal("trend", _side(steps[start]))] * (end + 1 - start)


def _mark_two_in_three(found: list[Signal | None], signs: Sequence[int], near: Sequence[bool]) -> None:
    """Mark the points between near limit and limit where two of three on one side of the mean are such."""
    for start in range(len(signs) - 2):
        window = range(start, start + 3)
        if signs[start] == signs[start + 1] == signs[start + 2] and sum(near[place] for place in window) >= 2:
            for place in window:
                if near[place]:
                    found[place] = Signal("two_in_three", _side(signs[place]))


def _runs(signs: Sequence[int]) -> list[tuple[int, int]]:
    """Longest stretches of one sign other than 0, as (start, end) with the end excluded."""
    runs, start = [], 0
    for place in range(1, len(signs) + 1):
        if place == len(signs) or signs[place] != signs[start]:
            if signs[start]:
                runs.append((start, place))
            start = place
    return runs


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _side(sign: int) -> Side:
    return "high" if sign > 0 else "low"
