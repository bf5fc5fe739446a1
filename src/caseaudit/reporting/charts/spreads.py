"""Charts of how work and acuity are spread: a Lorenz curve, a mix by team, a funnel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from caseaudit.publication import PublicTable
from caseaudit.reporting.charts.drawing import BLUE, GREY, INK, STEPS, VERMILION, WIDE, svg
from caseaudit.reporting.charts.kinds import MOST_BARS, Rows, beside, chart_of, labels_of, legend_of, sized

MOST_POINTS = 200
"""Points of a curve, beyond which more would not be seen."""

SQUARE = 190
"""Height of a chart of points, in CSS pixels."""


def lorenz(table: PublicTable, alternative: str, width: int) -> str:
    """Share of cases against share of workers, fewest first, beside the line of equal shares."""
    import altair as alt

    # A curve of some hundred points looks the same as one of thousands; the last one is always there.
    step = max(1, len(table.rows) // MOST_POINTS)
    points: Rows = [{"workers": 0.0, "cases": 0.0}] + [
        {"workers": workers.value, "cases": cases.value} for *_, workers, cases in table.rows[::-step][::-1]
    ]
    x = alt.X("workers:Q", scale=_unit(), axis=alt.Axis(format="%", values=_FIFTHS, title="Share of workers"))
    y = alt.Y("cases:Q", scale=_unit(), axis=alt.Axis(format="%", values=_FIFTHS, title="Share of high-acuity cases"))
    even = chart_of([{"workers": 0, "cases": 0}, {"workers": 1, "cases": 1}])
    word = chart_of([{"workers": 0.48, "cases": 0.56, "text": "if all held the same"}])
    curve = chart_of(points)
    layers = alt.layer(
        even.mark_line(color=GREY, strokeDash=[4, 3]).encode(x=x, y=y),
        curve.mark_area(color=BLUE, opacity=0.12).encode(x=x, y=y),
        curve.mark_line(color=BLUE, strokeWidth=2, point=len(points) < _FEW).encode(x=x, y=y),
        word.mark_text(align="right", color=INK).encode(x=x, y=y, text="text:N"),
    )
    return svg(layers.properties(width=width, height=SQUARE), alternative)


def mix(table: PublicTable, alternative: str, width: int) -> str:
    """Bands of each team as shares of its cases, low to high from left to right, with the share of high acuity."""
    import altair as alt

    words = [column.heading for column in table.columns[1:-1]]
    data: Rows = []
    rows = table.rows[:MOST_BARS]
    for name, *cells, high in rows:
        whole = sum(cell.value or 0 for cell in cells)
        data += [
            {"label": str(name), "band": word, "place": place, "share": (cell.value or 0) / whole, "text": high.text}
            for place, (word, cell) in enumerate(zip(words, cells, strict=True))
        ]
    base = chart_of(data).encode(y=labels_of(data))
    known = [word for word in words if word != "Not recorded"]
    shades = dict(zip(known, _shades(len(known)), strict=True)) | {"Not recorded": GREY}
    scale = alt.Scale(domain=words, range=[shades[word] for word in words])
    legend = legend_of(words, beside(data, width))
    bars = base.mark_bar(height=15, stroke="white", strokeWidth=1).encode(
        x=alt.X("share:Q", stack="zero", scale=alt.Scale(domain=[0, 1.15 if width >= WIDE else 1.3]),
                axis=alt.Axis(format="%", values=[0, 0.5, 1], title="Share of open cases")),
        color=alt.Color("band:N", scale=scale, legend=legend),
        order=alt.Order("place:Q"),
    )  # fmt: skip
    ends = chart_of([{"label": str(row[0]), "end": 1.0, "text": f"{row[-1]} high"} for row in rows])
    told = ends.mark_text(align="left", dx=5).encode(y=labels_of(data), x="end:Q", text="text:N")
    return svg(sized(bars + told, width, len(rows), 20), alternative)


def funnel(
    points: Sequence[tuple[str, int, float, bool]], lines: Rows, centre: float, alternative: str, width: int
) -> str:
    """Share met against the number looked at, with the limits of chance.

    Args:
        points: label, number looked at, share met, and whether it lies outside the outer limits.
        lines: {"n", "inner_low", "inner_high", "outer_low", "outer_high"} along the number looked at.
        centre: the share of the whole.
        alternative: what the chart shows, in words.
        width: in CSS pixels.
    """
    import altair as alt

    data: Rows = [{"label": label, "n": n, "share": share, "state": _state(out)} for label, n, share, out in points]
    low = min([float(row["share"]) for row in data] + [float(row["outer_low"]) for row in lines])
    scale = alt.Scale(domain=[max(0.0, low - 0.05), 1], nice=False)
    across = alt.Scale(domain=[0, max(float(row["n"]) for row in data) * 1.2], nice=False)
    x = alt.X("n:Q", scale=across, axis=alt.Axis(title="Number looked at", tickCount=5))
    layers: list[Any] = [
        chart_of(lines).mark_line(color=GREY, strokeDash=dash).encode(
            x=x, y=alt.Y(f"{side}:Q", scale=scale, axis=alt.Axis(format="%", tickCount=4, title="Share met"))
        )
        for side, dash in _LINES
    ]  # fmt: skip
    layers.append(chart_of([{"centre": centre}]).mark_rule(color=INK).encode(y=alt.Y("centre:Q", scale=scale)))
    dots = chart_of(_told_apart(data, across.domain[1], scale.domain)).encode(x=x, y=alt.Y("share:Q", scale=scale))
    colours = alt.Scale(domain=[_state(out=False), _state(out=True)], range=[BLUE, VERMILION])
    shapes = alt.Scale(domain=[_state(out=False), _state(out=True)], range=["circle", "diamond"])
    legend = alt.Legend(title=None, orient="top", direction="horizontal")
    layers.append(
        dots.mark_point(filled=True, size=70 if len(data) <= MOST_BARS else 22, opacity=1).encode(
            color=alt.Color("state:N", scale=colours, legend=legend),
            shape=alt.Shape("state:N", scale=shapes, legend=legend),
        )
    )
    named = data if len(data) <= MOST_BARS else _apart(data, scale.domain[1] - scale.domain[0])
    middle = across.domain[1] / 2
    for align, dx, rows in (
        ("left", 8, [row for row in named if row["n"] <= middle]),
        ("right", -8, [row for row in named if row["n"] > middle]),  # where there is no room on the other side
    ):
        if rows:
            words = chart_of(rows).mark_text(align=align, dx=dx)
            layers.append(words.encode(x=x, y=alt.Y("share:Q", scale=scale), text="label:N"))
    return svg(alt.layer(*layers).properties(width=width, height=SQUARE), alternative)


def _told_apart(data: Rows, most: float, along: Sequence[float]) -> Rows:
    """Points no two of which would be drawn in one place: hundreds of teams lie over one another."""
    low, high = along
    places = {
        (round(row["n"] / most * GRAIN), round((row["share"] - low) / (high - low) * GRAIN), row["state"]): row
        for row in data
    }
    return list(places.values())


def _apart(data: Rows, height: float) -> Rows:
    """Of many points the few lowest outside the limits, so far apart that their names do not lie over one another."""
    outside = sorted((row for row in data if row["state"] == _state(out=True)), key=lambda row: float(row["share"]))
    named: Rows = []
    for row in outside:
        if len(named) < MOST_NAMED and all(abs(row["share"] - other["share"]) > height / 12 for other in named):
            named.append(row)
    return named


GRAIN = 150
"""Places along each side of a chart that a reader can tell apart."""

MOST_NAMED = 5
"""Points named where there are more than MOST_BARS."""

_FEW = 12
_FIFTHS = [0, 0.2, 0.4, 0.6, 0.8, 1]
_LINES = (("inner_low", [2, 3]), ("inner_high", [2, 3]), ("outer_low", [6, 3]), ("outer_high", [6, 3]))


def _state(out: bool) -> str:
    return "Outside the 99.8 % limits" if out else "Within"


def _unit() -> Any:
    import altair as alt

    return alt.Scale(domain=[0, 1], nice=False)


def _shades(number: int) -> list[str]:
    """So many steps from light to dark, as far apart as there are."""
    last = len(STEPS) - 1
    return [STEPS[round(place * last / max(number - 1, 1)) if place < len(STEPS) else last] for place in range(number)]
