"""The competency matrix as a heat map: each cell carries its figure in words, the darker the fewer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

from caseaudit.reporting.charts.drawing import GREY, HAIRLINE, STEPS, svg
from caseaudit.reporting.charts.kinds import Rows, chart_of

ROW = 30

LIGHT_INK, DARK_INK = "#ffffff", "#111827"
"""Of words upon a shade; not the ink of a page, which a dark page turns light."""

FIRST_DARK = 3
"""The first shade upon which white is read better than black."""

BREAK = "|"

EDGES = (1.0, 0.9, 0.75, 0.5)
"""From which share on a cell has the first, second ... shade."""


class Mark(NamedTuple):
    """One cell.

    Attributes:
        team, competency: where it stands.
        share: from 0 to 1; None where it is hidden.
        text: the share as printed; detail: the two numbers behind it.
    """

    team: str
    competency: str
    share: float | None
    text: str
    detail: str = ""


def heat_map(marks: Sequence[Mark], alternative: str, width: int) -> str:
    """Teams down, competencies across.

    Args:
        marks: of a bounded number of teams and competencies, in their order; a pair that is missing is needed by
            nobody and reads so.
        alternative: what the chart shows, in words.
        width: in CSS pixels.
    """
    import altair as alt

    teams = list(dict.fromkeys(mark.team for mark in marks))
    names = list(dict.fromkeys(mark.competency for mark in marks))
    headings = [_two_lines(name) for name in names]
    there = {(mark.team, mark.competency): mark for mark in marks}
    data: Rows = [_cell(there.get(place, Mark(*place, None, "nobody needs it"))) for place in product(teams, names)]
    across = alt.Axis(
        orient="top", labelAngle=0, title=None, ticks=False, domain=False, labelLimit=0, labelPadding=17,
        labelExpr=f"split(datum.label, '{BREAK}')",
    )  # fmt: skip
    where = {
        "x": alt.X("competency:N", sort=None, scale=alt.Scale(domain=headings), axis=across),
        "y": alt.Y(
            "team:N", sort=None, scale=alt.Scale(domain=teams), axis=alt.Axis(title=None, ticks=False, domain=False)
        ),
    }
    base = chart_of(data).encode(**where)
    layers: list[Any] = [
        base.mark_rect(stroke=HAIRLINE, strokeWidth=1).encode(color=alt.Color("shade:N", scale=None)),
    ]
    for ink in (LIGHT_INK, DARK_INK, GREY):
        own = [row for row in data if row["ink"] == ink]
        if own:
            words = chart_of(own)
            dy = 0 if ink == GREY else -6
            layers.append(words.mark_text(color=ink, dy=dy, fontWeight="normal" if dy == 0 else 600).encode(
                **where, text="text:N"))  # fmt: skip
            layers.append(words.mark_text(color=ink, dy=7, fontSize=10).encode(**where, text="detail:N"))
    drawn = alt.layer(*layers).properties(width=width, height=ROW * len(teams))
    return svg(drawn, alternative)


def _cell(mark: Mark) -> dict[str, Any]:
    shade, ink = "transparent", GREY
    if mark.share is not None:
        share = mark.share
        step = next((place for place, edge in enumerate(EDGES) if share >= edge), len(EDGES))
        shade, ink = STEPS[step], DARK_INK if step < FIRST_DARK else LIGHT_INK
    return {"team": mark.team, "competency": _two_lines(mark.competency), "shade": shade, "ink": ink,
            "text": mark.text, "detail": mark.detail}  # fmt: skip


def _two_lines(name: str) -> str:
    """A heading as two lines of about one length, the first blank where it is one word: all end at one height."""
    said = f"{name[:1].upper()}{name[1:]}".replace(BREAK, " ").split(" ")
    at = min(range(len(said)), key=lambda place: abs(len(" ".join(said[:place])) - len(" ".join(said[place:]))))
    return f"{' '.join(said[:at])}{BREAK}{' '.join(said[at:])}"
