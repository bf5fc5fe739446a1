"""The kinds of charts. Bars begin at zero, are sorted as their table is, and carry their figure as a label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from caseaudit.publication import PublicTable
from caseaudit.reporting.charts.drawing import BLUE, INK, VERMILION, WIDTH, svg

_ROW = 17

Rows = list[dict[str, Any]]


def compliance(rows: Sequence[tuple[str, float, str, bool]], alternative: str) -> str:
    """Share met by check or question.

    Args:
        rows: label, share from 0 to 1, the share as text, and whether the check is met.
        alternative: what the chart shows, in words.
    """
    import altair as alt

    data: Rows = [
        {"label": label, "share": share, "text": text, "state": "Met" if met else "Not met"}
        for label, share, text, met in rows
    ]
    base = chart_of(data).encode(y=labels_of(data))
    scale = alt.Scale(domain=[0, 1])
    bars = base.mark_bar(height=12).encode(
        x=alt.X("share:Q", scale=scale, axis=alt.Axis(format="%", values=[0, 0.5, 1], title=None)),
        color=_colour("state", {"Met": BLUE, "Not met": VERMILION}),
    )
    return svg(_sized(bars + _label(base, "share", scale), len(rows)), alternative)


def caseload(table: PublicTable, alternative: str) -> str:
    """Points per WTE of each worker, with the limit as a line where all have the same."""
    import altair as alt

    data: Rows = [
        {"label": str(name), "value": load.value, "text": load.text, "state": str(state)}
        for name, load, state in table.rows
        if load.value is not None
    ]
    most = max([float(row["value"]) for row in data] + [table.facts.get("limit", 0)]) * 1.08
    scale = alt.Scale(domain=[0, most], nice=False)
    base = chart_of(data).encode(y=labels_of(data))
    bars = base.mark_bar(height=10).encode(
        x=alt.X("value:Q", scale=scale, axis=alt.Axis(title="Band points per WTE", tickCount=5)),
        color=_colour("state", {"within": BLUE, "over": VERMILION}),
    )
    layers = [bars, _label(base, "value", scale)]
    if (limit := table.facts.get("limit")) is not None:
        line = chart_of([{"limit": limit, "name": f"limit {limit:g}"}])
        x = alt.X("limit:Q", scale=scale)
        layers.append(line.mark_rule(color=INK, strokeDash=[4, 3]).encode(x=x))
        layers.append(line.mark_text(align="left", dx=4, dy=-6, y=0, color=INK).encode(x=x, text="name:N"))
    return svg(_sized(alt.layer(*layers), len(data), 16), alternative)


def classes(table: PublicTable, alternative: str) -> str:
    """Counts by class, in the order of the classes."""
    import altair as alt

    data: Rows = [
        {"label": str(label), "value": number.value, "text": number.text}
        for label, number in table.rows
        if number.value is not None
    ]
    base = chart_of(data).encode(y=labels_of(data))
    scale = alt.Scale(domain=[0, max([float(row["value"]) for row in data] + [1]) * 1.08], nice=False)
    bars = base.mark_bar(height=14, color=BLUE).encode(x=alt.X("value:Q", scale=scale, axis=None))
    return svg(_sized(bars + _label(base, "value", scale), len(data), 22), alternative)


def chart_of(data: Rows) -> Any:
    """A chart with its data inside."""
    import altair as alt

    return alt.Chart(alt.Data(values=data))  # type: ignore[no-untyped-call] # Altair's own class has no types


def labels_of(data: Rows) -> Any:
    """An axis of names, in the order of the rows."""
    import altair as alt

    order = list(dict.fromkeys(row["label"] for row in data))
    return alt.Y("label:N", sort=order, axis=alt.Axis(title=None, ticks=False, domain=False))


def _label(base: Any, field: str, scale: Any) -> Any:
    import altair as alt

    return base.mark_text(align="left", dx=4).encode(x=alt.X(f"{field}:Q", scale=scale), text="text:N")


def _colour(field: str, colours: dict[str, str]) -> Any:
    import altair as alt

    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return alt.Color(f"{field}:N", scale=scale, legend=alt.Legend(title=None, orient="top", direction="horizontal"))


def _sized(chart: Any, rows: int, row: int = _ROW) -> Any:
    return chart.properties(width=WIDTH, height=max(rows, 1) * row)
