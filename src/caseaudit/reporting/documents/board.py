"""The board's two pages: main points, the verdicts, the measures that decide, and the decisions asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caseaudit.publication import Publication, PublicResult
from caseaudit.reporting.documents import annex, assurance, changes, sentences
from caseaudit.reporting.documents.pieces import Depth, Grid, grid, number
from caseaudit.reporting.documents.wording import begin, ended, lower_first, title_of

NAME = "board"
TEMPLATE = "board.html.j2"

KEY_MEASURES = ("REV01", "ACU04", "SUP01", "CMP01", "CAP01", "ESC08")
"""Measures a board follows: reviews, contacts, supervision, competence, caseload, follow-up after discharge."""

DECISIONS = 3


def view(publication: Publication, depth: Depth) -> Mapping[str, Any]:
    """Everything the template prints."""
    return {
        "title": "Report to the board",
        **assurance.cover(publication),
        "brief": depth.brief,
        "points": [p for p in assurance.main_points(publication, 4) if p.anchor not in {"overview", "untold"}],
        "questions": assurance.verdicts(publication, linked=False),
        "measures": _measures(publication),
        "decisions": [_decision(result) for result in sentences.ranked(publication.results)[:DECISIONS]],
        "untold": annex.untold(publication)[:3],
    }


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
    )


def _decision(result: PublicResult) -> str:
    owner = f", with the {lower_first(result.owner)} answering for it" if result.owner else ""
    return (
        f"{title_of(result.name)} ({result.code}): decide by when it is put right{owner}. {ended(result.manual.action)}"
    )
