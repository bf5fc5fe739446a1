"""The pieces every document is made of, ready to print: templates decide where they stand, not what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from caseaudit.publication import Column, Figure, PublicTable


@dataclass(frozen=True, slots=True)
class Depth:
    """How much of the evidence a format prints.

    Attributes:
        findings: findings of one check at most.
        full: unmet checks of a question told in full; the others stand in one table.
        bars: bars of the compliance chart.
        brief: whether what is only looked up is left to report.html, visibly.
        rows: rows of a table of checks, limits or sources at most.
        budget: findings of all checks together at most.
        teams: teams of one check at most.
        colours: of charts: shipped colour → the service's own.
    """

    findings: int
    full: int
    bars: int
    brief: bool
    rows: int = 9_999
    budget: int = 600
    teams: int = 12
    colours: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """A table as printed.

    Attributes:
        caption: what it shows; read out before the table, and printed unless `quiet`.
        columns: headings; rows: cells as texts; links: row number → anchor its first cell leads to.
        note: a line below it.
        listed: whether it is a list of findings, which a reader on screen may sort and filter.
        facets: (team, severity) of each row of such a list; a blank where there is none.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    links: dict[int, str] = field(default_factory=dict)
    quiet: bool = False
    kind: str = ""
    listed: bool = False
    facets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Picture:
    """A chart: its title states the finding, its subtitle measure, unit and period; the table behind it follows.

    Attributes:
        title, subtitle: as printed.
        draw: makes the chart at a width in CSS pixels.
        table: the figures it is drawn from.
        wide: whether it needs the whole width of a page.
        number: by which the document names it; svg: as drawn. Both are given where the document is put together.
    """

    title: str
    subtitle: str
    draw: Callable[[int], str]
    table: Grid
    wide: bool = False
    number: int = 0
    svg: str = ""


@dataclass(frozen=True)
class Check:
    """One check inside a section: heading, sentence, what goes with it."""

    code: str
    title: str
    anchor: str
    severity: str
    sentence: str
    why: str
    action: str
    owner: str
    due: str = "to be agreed"
    worst: str = ""
    pictures: tuple[Picture, ...] = ()
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True)
class Section:
    """One question: the answer first, then the evidence."""

    number: str
    anchor: str
    title: str
    text: str
    verdict: str
    mark: str
    why: str
    answer: str
    grid: Grid | None
    checks: tuple[Check, ...]
    again: str
    pictures: tuple[Picture, ...]
    change: tuple[str, ...]
    stated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A main point: a few words that lead to its section, then the sentence."""

    lead: str
    text: str
    anchor: str


def grid(caption: str, columns: Sequence[str | Column], rows: Iterable[Sequence[str | Figure]], **more: object) -> Grid:
    """A table of texts and figures; a heading may be given as text."""
    headings = tuple(Column(name) if isinstance(name, str) else name for name in columns)
    return Grid(caption, headings, tuple(tuple(str(cell) for cell in row) for row in rows), **more)  # type: ignore[arg-type]


def grid_of(caption: str, table: PublicTable, **more: object) -> Grid:
    """A published table as printed."""
    return grid(caption, table.columns, table.rows, note=table.note, **more)


def number(heading: str) -> Column:
    """A column of numbers."""
    return Column(heading, numeric=True)
