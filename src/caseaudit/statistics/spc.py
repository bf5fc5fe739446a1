"""XmR charts (individuals and moving range) after NHS England's "Making Data Count".

Source: NHS England, *Making Data Count*: *Strengthening your decisions* and the XmR chart tool of that programme;
the constants 2.66 and 3.267 are those of the XmR chart (D. J. Wheeler, *Understanding Variation*).

Values, means and limits are counted in one unit small enough to make all of them whole numbers, and the rules are
decided on these: with a float mean that is one unit off in its last place, a point on the mean would fall to one side
and seven of them would make a false shift. Floats are only what the result shows. Limits are not cut off at 0 or 100 %.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal, get_args

from caseaudit.statistics._exact import Number, fraction, whole
from caseaudit.statistics._spc_rules import Lines, Rule, Side, Signal, signals

Direction = Literal["increase", "decrease", "neutral"]
PointType = Literal["common_cause", "special_cause_improvement", "special_cause_concern", "special_cause_neutral"]
Assurance = Literal["consistent_pass", "consistent_fail", "inconsistent"]

COMMON_CAUSE_COLOUR = "#a6a6a6"
IMPROVEMENT_COLOUR = "#00b0f0"
CONCERN_COLOUR = "#e46c0a"
NEUTRAL_COLOUR = "#490092"
TARGET_COLOUR = "#de1b1b"
COLOURS: dict[PointType, str] = {
    "common_cause": COMMON_CAUSE_COLOUR,
    "special_cause_improvement": IMPROVEMENT_COLOUR,
    "special_cause_concern": CONCERN_COLOUR,
    "special_cause_neutral": NEUTRAL_COLOUR,
}

FULL_LIMITS_POINTS = 13
"""Limits from fewer points are trial limits."""

# 2.66 and 3.267, as whole numbers of hundredths and of thousandths
_REACH = 266
_SCREEN = 3267


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the chart; the lines are those of its group, None where the group has no limits."""

    value: float
    mean: float
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    rule: Rule | None
    side: Side | None
    """Where the rule points: above or below the mean, or, of a trend, up or down."""
    point_type: PointType
    group: int
    """0 for the points before the first rebase, then 1, 2 ..."""
    label: Hashable = None


@dataclass(frozen=True, slots=True)
class Xmr:
    """An XmR chart as numbers."""

    points: tuple[Point, ...]
    variation: PointType
    """The point type of the last point: the variation icon."""
    assurance: Assurance | None
    """Whether the target is met by the process as it stands: the assurance icon."""
    notes: tuple[str, ...]
    """Sentences a reader of the chart must be told: trial limits, no limits."""


def xmr(
    values: Iterable[Number],
    direction: Direction = "increase",
    target: Number | None = None,
    screen_outliers: bool = True,
    rebase: Collection[Hashable] = (),
    fix_after: int | None = None,
    labels: Sequence[Hashable] | None = None,
) -> Xmr:
    """Work out an XmR chart.

    Args:
        values: the measure, in order of time; at least one, no blanks.
        direction: which way is better; "neutral" where neither is.
        target: what is aimed for, in the unit of the values.
        screen_outliers: leave moving ranges of at least 3.267 times their mean out of the limits, once. The mean
            keeps all points. If that would leave only ranges of 0, nothing is left out, and a note says so.
        rebase: first point of each new group, as a label if there are ``labels``, else as an index from 0. Each
            group has its own lines, and no rule looks across from one into the next.
        fix_after: take mean and limits from the first so many points of each group, at least 2, and carry them on.
        labels: one per value, no two alike, such as the first day of each month.

    Returns:
        The chart, with one point per value.

    Raises:
        ValueError: a value is blank or not a number, ``rebase`` names no point of the data, or another argument is
            out of range.
    """
    exact = [fraction(value, "A value of the chart") for value in values]
    if not exact:
        raise ValueError("A chart needs at least one value.")
    if direction not in get_args(Direction):
        raise ValueError("The direction must be increase, decrease or neutral.")
    aim = None if target is None else fraction(target, "The target")
    if fix_after is not None:
        whole(fix_after, "The number of points that fix the limits", least=2)
    names = _labels(labels, len(exact))
    starts = _starts(rebase, names, labelled=labels is not None)

    unit = math.lcm(*(value.denominator for value in exact))
    counted = [value.numerator * (unit // value.denominator) for value in exact]
    points: list[Point] = []
    notes: list[str] = []
    for group, (start, end) in enumerate(zip(starts, [*starts[1:], len(exact)], strict=True)):
        lines, finer, remarks = _lines(counted[start:end][:fix_after], screen_outliers=screen_outliers)
        where = f"From {names[start]} on: " if group else ""
        notes += [where + remark for remark in remarks]
        found = signals([value * finer for value in counted[start:end]], lines)
        shown = _shown(lines, unit * finer)
        for place, signal in enumerate(found, start):
            label = names[place] if labels is not None else None
            rule, side = signal or (None, None)
            points.append(Point(float(exact[place]), *shown, rule, side, _point_type(signal, direction), group, label))
    return Xmr(tuple(points), points[-1].point_type, _assurance(lines, unit * finer, aim, direction), tuple(notes))


def _labels(labels: Sequence[Hashable] | None, count: int) -> Sequence[Hashable]:
    if labels is None:
        return range(count)
    if len(labels) != count:
        raise ValueError("There must be one label per value.")
    if len(set(labels)) < count:
        raise ValueError("Two values have the same label.")
    return labels


def _starts(rebase: Collection[Hashable], names: Sequence[Hashable], labelled: bool) -> list[int]:
    """Index of the first point of each group, 0 first."""
    places = {name: place for place, name in enumerate(names)}
    starts = {0}
    for name in rebase:
        if name not in places or isinstance(name, bool):
            what = "label" if labelled else "index"
            raise ValueError(f"The limits cannot be rebased at a point that is not in the data: no such {what}.")
        starts.add(places[name])
    return sorted(starts)


def _lines(baseline: Sequence[int], screen_outliers: bool) -> tuple[Lines, int, list[str]]:
    """Mean and limits from the points of a group that set them, and what a reader must know about them.

    They are counted in a unit so many times finer than that of the points: the second number.
    """
    count, total = len(baseline), sum(baseline)
    ranges = [abs(after - before) for before, after in pairwise(baseline)]
    if not ranges:
        return Lines(total, None), count, ["no limits: they need at least two points."]
    if not any(ranges):
        remark = "constant series: no limits, since no point differs from the one before."
        return Lines(total, None), count, [remark]
    notes = []
    if count < FULL_LIMITS_POINTS:
        notes.append(f"trial limits: they rest on {count} points, fewer than {FULL_LIMITS_POINTS}.")
    if screen_outliers:
        bound = _SCREEN * sum(ranges)
        kept = [size for size in ranges if 1000 * size * len(ranges) < bound]
        # Mostly equal values with a rare jump: without the jumps the limits would close on the mean and every
        # point of the chart would lie outside them.
        if any(kept):
            ranges = kept
        else:
            notes.append("outliers not screened: without them no variation would be left to set limits by.")
    # mean = total / count and reach = 2.66 * sum(ranges) / len(ranges), both times the finer unit
    finer = 100 * count * len(ranges)
    return Lines(100 * total * len(ranges), _REACH * sum(ranges) * count), finer, notes


def _shown(lines: Lines, unit: int) -> tuple[float, float | None, float | None, float | None, float | None]:
    """Mean, lower and upper limit, near lower and upper limit, as floats of the values' own unit."""
    mean, reach = lines.mean, lines.reach
    if reach is None:
        return mean / unit, None, None, None, None
    near_lower, near_upper = ((3 * mean + twice) / (3 * unit) for twice in (-2 * reach, 2 * reach))
    return mean / unit, (mean - reach) / unit, (mean + reach) / unit, near_lower, near_upper


def _point_type(signal: Signal | None, direction: Direction) -> PointType:
    if signal is None:
        return "common_cause"
    if direction == "neutral":
        return "special_cause_neutral"
    better = (signal.side == "high") == (direction == "increase")
    return "special_cause_improvement" if better else "special_cause_concern"


def _assurance(lines: Lines, unit: int, target: Fraction | None, direction: Direction) -> Assurance | None:
    """Assurance from the limits of the last point; a target on a limit is within them."""
    if target is None or lines.reach is None or direction == "neutral":
        return None
    gap = target * unit - lines.mean
    if abs(gap) <= lines.reach:
        return "inconsistent"
    return "consistent_fail" if (gap > 0) == (direction == "increase") else "consistent_pass"
