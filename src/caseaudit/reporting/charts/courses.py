"""Charts of a course of time: shares of one scale month by month, each with its limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from caseaudit.reporting.charts.drawing import BLUE, ORANGE, svg
from caseaudit.reporting.charts.kinds import Rows, chart_of

HEIGHT = 150
"""Of the chart, in CSS pixels."""

LOOKS = ((BLUE, [1, 0], "circle"), (ORANGE, [6, 3], "square"))
"""Colour, dashes and point of the first and second line: told apart without colour too."""

LETTER = 13
"""Height of a line of words, in CSS pixels."""


class Line(NamedTuple):
    """One line of a course.

    Attributes:
        name: what it is of; values, texts: share and printed share of each month; None for a month without one.
        limit: the largest share that is met; None where there is not one limit.
    """

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    limit: float | None = None


def course(months: Sequence[str], lines: Sequence[Line], alternative: str, width: int) -> str:
    """Shares month by month from zero, each line named at its end with its last figure, each limit at its height.

    Args:
        months: as printed, at most 24.
        lines: one or two, on one scale.
        alternative: what the chart shows, in words.
        width: in CSS pixels.
    """
    import altair as alt

    found = [value for line in lines for value in line.values if value is not None]
    limits = [line.limit for line in lines if line.limit is not None]
    low, high = min(0.0, *found), max([*found, *limits, 0.01]) * 1.12
    scale = alt.Scale(domain=[low, high], nice=False)
    y_axis = alt.Axis(format=".0%", tickCount=4, title=None)
    x_axis = alt.Axis(title=None, labelAngle=0, labelOverlap="parity", labelSeparation=10)
    x = alt.X("month:N", sort=None, scale=alt.Scale(type="point", domain=list(months), padding=0.4), axis=x_axis)
    layers, words = [], []
    for line, (colour, dash, shape) in zip(lines, LOOKS, strict=False):
        data: Rows = [
            {"month": month, "share": value}
            for month, value in zip(months, line.values, strict=True)
            if value is not None
        ]
        drawn = chart_of(data).encode(x=x, y=alt.Y("share:Q", scale=scale, axis=y_axis))
        layers.append(drawn.mark_line(color=colour, strokeWidth=2, strokeDash=dash))
        layers.append(drawn.mark_point(color=colour, filled=True, shape=shape, size=26, opacity=1))
        words.append((data[-1]["share"], f"{line.name} {line.texts[-1]}"))
        if line.limit is not None:
            rule = chart_of([{"limit": line.limit}]).mark_rule(color=colour, strokeDash=[2, 3])
            layers.append(rule.encode(y=alt.Y("limit:Q", scale=scale)))
            words.append((line.limit, f"limit, {line.name.lower()}: {100 * line.limit:g} %"))
    told: Rows = [{"at": at, "text": text} for at, text in _apart(words, LETTER / HEIGHT * (high - low))]
    names = chart_of(told).mark_text(align="left", x="width", dx=6)
    layers.append(names.encode(y=alt.Y("at:Q", scale=scale), text="text:N"))
    return svg(alt.layer(*layers).properties(width=width, height=HEIGHT), alternative)


def _apart(words: Sequence[tuple[float, str]], gap: float) -> list[tuple[float, str]]:
    """Words moved up from the lowest until none lies over another."""
    placed: list[tuple[float, str]] = []
    for at, text in sorted(words):
        placed.append((max(at, placed[-1][0] + gap) if placed else at, text))
    return placed
