"""The evidence appendix of a bid: our workforce model with measured figures, definitions, dates and sources.

It names nobody, not even by pseudonym, and its wording can be pasted as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from caseaudit import frameworks
from caseaudit.model import Limit, Status
from caseaudit.publication import Publication, PublicResult
from caseaudit.reporting.documents import annex, trust
from caseaudit.reporting.documents.assurance import cover
from caseaudit.reporting.documents.pieces import Depth, Grid, grid, number
from caseaudit.reporting.documents.sentences import named, result_sentence, standard_phrase, without_day
from caseaudit.reporting.documents.wording import (
    day,
    ended,
    limit_phrase,
    listed,
    lower_first,
    met_phrase,
    plain,
    quoted,
    title_of,
)

NAME = "appendix"
TEMPLATE = "appendix.html.j2"


@dataclass(frozen=True)
class Measure:
    """One measure: what it is, what it came to, and what is done when it is not met."""

    title: str
    definition: str
    result: str
    action: str


@dataclass(frozen=True)
class Theme:
    """A head of the workforce model with its measures."""

    title: str
    statement: str
    summary: str
    grid: Grid
    measures: tuple[Measure, ...]
    untested: str


def view(publication: Publication, depth: Depth) -> Mapping[str, Any]:
    """Everything the template prints."""
    framework = frameworks.load("bid")
    found = [_theme(publication, clause) for clause in framework.clauses]
    themes = [theme for theme in found if theme.grid.rows]
    return {
        "title": "Evidence appendix: workforce and caseload model",
        **cover(publication, "Evaluator and commissioner"),
        "brief": depth.brief,
        "themes": themes,
        "without": listed(theme.title.lower() for theme in found if not theme.grid.rows),
        "method": _method(publication),
        "untold": trust.untold(publication),
        "annex": annex.annex(publication),
    }


def _theme(publication: Publication, clause: frameworks.Clause) -> Theme:
    results = [r for r in map(publication.result, clause.checks) if r is not None]
    tested = [r for r in results if r.tested]
    untested = [r for r in results if r.status in {Status.NOT_ASSESSABLE, Status.ERROR}]
    met = sum(r.status is Status.MET for r in tested)
    rows = [
        (title_of(r.name), r.population, r.met, r.rate, _target(r), "Met" if r.status is Status.MET else "Not met")
        for r in tested
    ]
    table = grid(
        f"{clause.title}: measured figures",
        ("Measure", number("Looked at"), number("Met"), number("Share met"), number("Target"), "Result"),
        rows,
    )
    return Theme(
        clause.title,
        # What the model aims at is not yet so: whether it is, the figures say.
        f"The aim: {lower_first(clause.text)}",
        f"{met_phrase(met, len(tested), 'measure', 'taken', ('was', 'were'))} on {day(publication.as_at)}."
        if tested
        else "",
        table,
        tuple(_measure(publication, result) for result in tested),
        f"Not measured for want of records: {named(untested, 6)}." if untested else "",
    )


def _target(result: PublicResult) -> str:
    return f"{100 * result.target:g} %"


def _measure(publication: Publication, result: PublicResult) -> Measure:
    limits = [limit for limit in publication.limits if limit.name in result.limits]
    return Measure(
        f"{title_of(result.name)} ({result.code})",
        f"{ended(result.manual.population)} Standard: {ended(standard_phrase(result))}{_bound(limits)}",
        without_day(result_sentence(result, publication.as_at), publication.as_at),
        quoted(result.manual.action),
    )


def _bound(limits: list[Limit]) -> str:
    shown = [limit_phrase(limit) for limit in limits[:3]]
    return f" Limit: {'; '.join(shown)}." if shown else ""


def _method(publication: Publication) -> list[str]:
    rows, read = publication.rows.read, plain(len(publication.accounts), "source")
    if rows.value is not None:
        read = f"{plain(int(rows.value), 'row')} of {read}"
    tested = sum(result.tested for result in publication.results)
    made = (
        f"Every figure is counted from the exports of the service's own record systems as at {day(publication.as_at)}: "
        f"{read}, each row either used or listed as "
        "rejected with its reason. No figure is estimated, and none is a sample unless it says so."
    )
    tests = (
        f"{plain(tested, 'standard')} could be tested. Each looks at a whole population, named with the figure. A "
        "blank record counts as not met: the absence of a record is never taken for good practice."
    )
    limits = (
        "A limit that no law, regulator, contract or guidance sets is the service's own and is marked as a house "
        "default; the annex gives the source of each."
    )
    return [made, tests, limits]
