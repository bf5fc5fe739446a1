"""The board's two pages: main points, the verdicts, the measures that decide, and the decisions asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from caseaudit.publication import Publication, PublicResult
from caseaudit.reporting import deadlines
from caseaudit.reporting.documents import assurance, changes, due, sentences, trust
from caseaudit.reporting.documents.pieces import Depth, Grid, Point, grid, number
from caseaudit.reporting.documents.wording import begin, day, ended, lower_first, quoted, title_of

NAME = "board"
TEMPLATE = "board.html.j2"

KEY_MEASURES = ("REV01", "ACU04", "SUP01", "CMP01", "CAP01", "ESC08")
"""Measures a board follows: reviews, contacts, supervision, competence, caseload, follow-up after discharge."""

DECISIONS = 3


def view(publication: Publication, depth: Depth) -> Mapping[str, Any]:
    """Everything the template prints."""
    days = deadlines.act_by(publication.limits, publication.as_at)
    return {
        "title": "Report to the board",
        **assurance.cover(publication, "Board and commissioner"),
        "brief": depth.brief,
        "points": _points(publication),
        "questions": assurance.verdicts(publication, linked=False),
        "measures": _measures(publication),
        "decisions": [_decision(result, days) for result in sentences.ranked(publication.results)[:DECISIONS]],
        "when": due.when(publication) or "This audit's policy sets no days by which to act, so none is given.",
        "untold": trust.untold(publication, "the assurance report")[:3],
    }


def _points(publication: Publication) -> list[Point]:
    """What is unmet; where nothing is, how many were tested and how many were not, so that no more is claimed."""
    points = assurance.main_points(publication, 4)
    return [point for point in points if point.anchor not in {"overview", "untold"}] or points


def _measures(publication: Publication) -> Grid:
    found = [result for result in map(publication.result, KEY_MEASURES) if result is not None and result.tested]
    since = changes.heading(publication)
    rows = [
        (title_of(r.name), r.population, r.met, r.rate, begin(r.status.value))
        + ((begin(changes.of_result(publication, r)),) if since else ())
        for r in found
    ]
    return grid(
        "The measures a board follows",
        ("Measure", number("Looked at"), number("Met"), number("Share met"), "Result", *([since] if since else [])),
        rows,
        note="" if since else "No earlier audit is at hand, so none of these says whether it gets better or worse.",
        quiet=True,
    )


def _decision(result: PublicResult, days: Mapping[str, dt.date]) -> str:
    """What to decide, who answers for it, and the last day of the rule that every document counts by."""
    owner = f", the {lower_first(result.owner)} answering for it" if result.owner else ""
    last = days.get(result.graded.value)
    until = f" by {day(last)} ({result.graded.value} severity)" if last else ", on a day the board sets"
    what = ended(quoted(result.manual.action))
    return f"{title_of(result.name)} ({result.code}): have it put right{until}{owner}. {what}"
