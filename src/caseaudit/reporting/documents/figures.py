"""Charts of a document numbered in the order they are printed, drawn to the width they get, with their tables apart."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count

from markupsafe import Markup

from caseaudit.reporting import charts
from caseaudit.reporting.documents.pieces import Depth, Grid, Picture, Section
from caseaudit.reporting.documents.wording import showing

MOST_ROWS = 12
"""Rows of a table behind a chart in a brief document."""

HALF = 62
"""Letters of seven points, gaps between columns among them, that stand side by side in half the width of a page."""

_GAP = 1.5


@dataclass(frozen=True)
class Behind:
    """The tables behind the charts of a brief document: broad ones, and narrow ones two by two, side by side."""

    broad: tuple[Grid, ...]
    pairs: tuple[tuple[Grid, ...], ...]


def _placed(svg: str, alternative: str, *, brief: bool) -> str:
    """A chart as it stands in the page; all of it is our own or escaped, and its type tells templates so.

    On screen its shapes are part of the page, so that its words can be searched and a dark page recolours it. On paper
    it is a picture: its thousands of shapes are no elements to be matched with every rule of the style sheet.
    """
    if not brief:
        return Markup(svg)  # noqa: S704 - see above
    address = f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
    return Markup('<img class="chart" alt="{}" src="{}">').format(alternative, address)


def laid_out(
    overview: Picture | None, sections: Iterable[Section], depth: Depth
) -> tuple[Picture | None, list[Section], Behind | None]:
    """Pictures with number and drawing, and the tables behind them.

    On screen a chart is narrow, so that it can be read on a telephone, and its table opens below it. On paper one that
    stands alone has the whole width, two or more stand side by side, and the tables follow in the annex, cut visibly.
    """
    numbers = count(1)
    drawn: list[Picture] = []

    def made(pictures: tuple[Picture, ...]) -> tuple[Picture, ...]:
        beside = sum(not picture.wide for picture in pictures) > 1
        done = tuple(
            replace(picture, number=next(numbers), svg=_drawn(picture, depth, beside=beside)) for picture in pictures
        )
        drawn.extend(done)
        return done

    first = made((overview,)) if overview is not None else ()
    told = [
        replace(
            section,
            pictures=made(section.pictures),
            checks=tuple(replace(check, pictures=made(check.pictures)) for check in section.checks),
        )
        for section in sections
    ]
    return (first[0] if first else None), told, _behind(drawn) if depth.brief and drawn else None


def _drawn(picture: Picture, depth: Depth, *, beside: bool) -> str:
    svg = charts.recoloured(picture.draw(_width(picture, depth, beside=beside)), depth.colours)
    return _placed(svg, charts.alternative_of(svg), brief=depth.brief)


def _width(picture: Picture, depth: Depth, *, beside: bool) -> int:
    return charts.WIDE if picture.wide or (depth.brief and not beside) else charts.NARROW


def _behind(drawn: Sequence[Picture]) -> Behind:
    tables = [_table(picture) for picture in drawn]
    broad = [table for table in tables if _is_broad(table)]
    # Those of about one length stand beside one another, so that little paper is left blank.
    narrow = sorted((table for table in tables if not _is_broad(table)), key=lambda table: len(table.rows))
    return Behind(tuple(broad), tuple(tuple(narrow[place : place + 2]) for place in range(0, len(narrow), 2)))


def _is_broad(table: Grid) -> bool:
    """Whether a table needs more than half a page: its cells do not wrap, and of its headings no word does."""
    cells = [max((len(row[place]) for row in table.rows), default=0) for place in range(len(table.columns))]
    words = [max(map(len, column.heading.split())) for column in table.columns]
    return sum(max(pair) + _GAP for pair in zip(cells, words, strict=True)) > HALF


def _table(picture: Picture) -> Grid:
    table = picture.table
    cut = showing(min(len(table.rows), MOST_ROWS), len(table.rows), "report.html")
    return replace(
        table,
        caption=f"Chart {picture.number}. {table.caption}",
        rows=table.rows[:MOST_ROWS],
        note=" ".join(filter(None, (cut, table.note))),
    )
