"""Bar charts. Bars begin at zero, are sorted as their table is, and carry their figure as a label."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from caseaudit.publication import PublicTable
from caseaudit.reporting.charts.drawing import BLUE, INK, VERMILION, WIDE, svg

Rows = list[dict[str, Any]]

_GAP, _LETTER = 6, 6.4
"""CSS pixels before a figure, and of one of its letters at most."""

_SYMBOL = 26
"""CSS pixels of a legend's square with the gaps around it."""

_LABEL = 26
"""CSS pixels that a figure of two or three digits takes beside its bar, with the gap before it."""

MOST_BARS = 20
"""Bars of a chart; what is left out is said with it."""


class Bar(NamedTuple):
    """One bar of shares.

    Attributes:
        label: what it is of; share: from 0 to 1; text: the figure as printed; good: whether it is met.
        span: between which shares chance alone would leave it; None for no such line.
    """

    label: str
    share: float
    text: str
    good: bool = True
    span: tuple[float, float] | None = None


def shares(bars: Sequence[Bar], words: tuple[str, str] | None, alternative: str, width: int) -> str:
    """Shares as bars from 0 to 100 %.

    Args:
        bars: at most MOST_BARS.
        words: what a good and another bar are called, such as ("Met", "Not met"); None where that is not told.
        alternative: what the chart shows, in words.
        width: in CSS pixels; in a narrow chart the labels stand above their bars.
    """
    import altair as alt

    good, bad = words or ("", "")
    data: Rows = [
        {"label": bar.label, "share": bar.share, "text": _told(bar, good),
         "state": good if bar.good else bad,
         "low": bar.span[0] if bar.span else None, "high": bar.span[1] if bar.span else None,
         "end": max(bar.share, bar.span[1]) if bar.span else bar.share}
        for bar in bars
    ]  # fmt: skip
    above = width < WIDE
    # Whatever stands at the end of a bar is whole: a span that reaches 100 %, with "100 %, met" after it.
    room = width if above else beside(data, width)
    ends = [float(row["end"]) / (1 - (_GAP + _LETTER * len(row["text"])) / room) for row in data]
    scale = alt.Scale(domain=[0, max([*ends, 1.14 if above else 1.08])], nice=False)
    base = chart_of(data).encode(y=labels_of(data, hidden=above))
    drop = 7 if above else 0
    axis = alt.Axis(format="%", values=[0, 0.5, 1], title=None)
    # Only what is there: a name in the legend without a bar is looked for.
    states = {good: BLUE, bad: VERMILION}
    there = {name: states[name] for name in states if any(row["state"] == name for row in data)}
    colour = _colour("state", there) if words else alt.value(BLUE)
    layers = [base.mark_bar(height=11, yOffset=drop).encode(x=alt.X("share:Q", scale=scale, axis=axis), color=colour)]
    if any(bar.span for bar in bars):
        span = {"x": alt.X("low:Q", scale=scale), "x2": "high:Q"}
        layers.append(base.mark_rule(color=INK, strokeWidth=0.8, yOffset=drop).encode(**span))
    at_end = {"x": alt.X("end:Q", scale=scale), "text": "text:N"}
    layers.append(base.mark_text(align="left", dx=4, dy=drop).encode(**at_end))
    if above:
        layers.append(base.mark_text(align="left", dy=-7, x=0).encode(text="label:N"))
    return svg(sized(alt.layer(*layers), width, len(data), 29 if above else 16), alternative)


def _told(bar: Bar, good: str) -> str:
    """The figure of a bar, with the word for what is good: not by colour alone."""
    return f"{bar.text}, {good.lower()}" if good and bar.good else bar.text


def caseload(table: PublicTable, alternative: str, width: int) -> str:
    """Points per WTE of each worker, with the limit as a line where all have the same."""
    import altair as alt

    data: Rows = [
        {"label": str(name), "value": load.value, "text": load.text, "state": str(state)}
        for name, load, state in table.rows
        if load.value is not None
    ]
    limit = table.facts.get("limit")
    most = max([float(row["value"]) for row in data] + [limit or 0]) * 1.12
    for row in data:
        row["end"] = past(float(row["value"]), limit, most * _LABEL / beside(data, width))
    scale = alt.Scale(domain=[0, most], nice=False)
    base = chart_of(data).encode(y=labels_of(data))
    bars = base.mark_bar(height=9).encode(
        x=alt.X("value:Q", scale=scale, axis=alt.Axis(title="Band points per WTE", tickCount=5)),
        color=_colour("state", {"within": BLUE, "over": VERMILION}),
    )
    layers = [bars, *limit_line(limit, "limit", scale), _label(base, "end", scale)]
    return svg(sized(alt.layer(*layers), width, len(data), 15), alternative)


def classes(table: PublicTable, alternative: str, width: int) -> str:
    """Counts by class, in the order of the classes."""
    import altair as alt

    data: Rows = [
        {"label": str(label), "value": number.value, "text": number.text}
        for label, number in table.rows
        if number.value is not None
    ]
    base = chart_of(data).encode(y=labels_of(data))
    scale = alt.Scale(domain=[0, max([float(row["value"]) for row in data] + [1]) * 1.12], nice=False)
    bars = base.mark_bar(height=12, color=BLUE).encode(x=alt.X("value:Q", scale=scale, axis=None))
    return svg(sized(bars + _label(base, "value", scale), width, len(data), 17), alternative)


def vacancies(rows: Sequence[tuple[str, float, str]], limit: float | None, alternative: str, width: int) -> str:
    """The vacant share of each team's posts, with the limit as a line.

    Args:
        rows: team, share (below zero where more are in post than are funded), share as text.
        limit: the largest share that is met; None where teams have different ones.
        alternative: what the chart shows, in words.
        width: in CSS pixels.
    """
    import altair as alt

    found = [share for _, share, _ in rows] + [limit or 0]
    least, most = min(0.0, *found), max(found) * 1.2 + 0.001
    data: Rows = [{"label": team, "share": share, "text": text} for team, share, text in rows]
    reach = (most - least) * 2 * _LABEL / beside(data, width)
    for row in data:
        row["end"] = past(max(float(row["share"]), 0), limit, reach)
    scale = alt.Scale(domain=[least, most], nice=False)
    base = chart_of(data).encode(y=labels_of(data))
    axis = alt.Axis(format=".0%", tickCount=4, title=None)
    bars = base.mark_bar(height=11, color=BLUE).encode(x=alt.X("share:Q", scale=scale, axis=axis))
    layers = [bars, *limit_line(limit, f"limit {100 * (limit or 0):g} %", scale), _label(base, "end", scale)]
    return svg(sized(alt.layer(*layers), width, len(data), 18), alternative)


def limit_line(limit: float | None, word: str, scale: Any) -> list[Any]:
    """A dashed line across bars with its name above them; nothing where there is no one limit."""
    import altair as alt

    if limit is None:
        return []
    line = chart_of([{"limit": limit, "name": word if " " in word else f"{word} {limit:g}"}])
    x = alt.X("limit:Q", scale=scale)
    return [
        line.mark_rule(color=INK, strokeDash=[4, 3]).encode(x=x),
        line.mark_text(align="left", dx=4, dy=-7, y=0, color=INK).encode(x=x, text="name:N"),
    ]


def past(end: float, limit: float | None, reach: float) -> float:
    """Where a bar's figure begins: at its end, or at the limit where the line would otherwise run through the figure.

    Args:
        end: of the bar, on the scale.
        limit: where the line stands; None for no line.
        reach: how far the figure reaches, on the scale.
    """
    return limit if limit is not None and end <= limit < end + reach else end


def beside(data: Rows, width: int) -> float:
    """CSS pixels left for the bars beside their names."""
    return max(width - 10 - _LETTER * max((len(row["label"]) for row in data), default=0), width / 3)


def chart_of(data: Rows) -> Any:
    """A chart with its data inside."""
    import altair as alt

    name = hashlib.sha256(json.dumps(data).encode()).hexdigest()[:16]
    return alt.Chart({"values": _Values(data), "name": name})


class _Values:
    """Rows as they are: Altair would check and copy each for every layer, which took longer than to draw them."""

    _schema: ClassVar[dict[str, Any]] = {"type": "object"}
    """By which Altair knows something that can turn itself into plain data."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def to_dict(self) -> Rows:
        """As Altair asks for it."""
        return self.rows


def labels_of(data: Rows, *, hidden: bool = False) -> Any:
    """An axis of names, in the order of the rows; hidden where the names stand elsewhere."""
    import altair as alt

    # Named as the scale's domain: to sort by a list makes Vega-Lite look for every row in it.
    order = alt.Scale(domain=list(dict.fromkeys(row["label"] for row in data)))
    axis = None if hidden else alt.Axis(title=None, ticks=False, domain=False)
    return alt.Y("label:N", sort=None, scale=order, axis=axis)


def sized(chart: Any, width: int, rows: int, row: int) -> Any:
    """A chart of so many rows, each so many CSS pixels high."""
    return chart.properties(width=width, height=max(rows, 1) * row)


def _label(base: Any, field: str, scale: Any) -> Any:
    import altair as alt

    return base.mark_text(align="left", dx=4).encode(x=alt.X(f"{field}:Q", scale=scale), text="text:N")


def legend_of(words: Sequence[str], room: float) -> Any:
    """What the colours stand for, above the bars; in rows where one would run off the chart.

    Args:
        words: what is named.
        room: CSS pixels from the left edge of the bars to that of the chart.
    """
    import altair as alt

    each = [_SYMBOL + _LETTER * len(word) for word in words]
    columns = max(1, int(room / max(each))) if sum(each) > room else alt.Undefined
    return alt.Legend(title=None, orient="top", direction="horizontal", columns=columns)


def _colour(field: str, colours: dict[str, str]) -> Any:
    import altair as alt

    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return alt.Color(f"{field}:N", scale=scale, legend=alt.Legend(title=None, orient="top", direction="horizontal"))
