"""The assurance report: the answer, how far the data can be trusted, a section a question, what it does not tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from caseaudit.model import Status
from caseaudit.publication import Publication, PublicResult, Question, Verdict
from caseaudit.reporting.documents import annex, changes, pictures, sentences, trust
from caseaudit.reporting.documents.figures import laid_out
from caseaudit.reporting.documents.pieces import Depth, Grid, Point, grid
from caseaudit.reporting.documents.sections import MARKS, met_of, sections
from caseaudit.reporting.documents.wording import begin, day, met_phrase, plain, title_of

MOST_POINTS = 6
NAME = "report"
TEMPLATE = "assurance.html.j2"


def view(publication: Publication, depth: Depth) -> Mapping[str, Any]:
    """Everything the template prints.

    Args:
        publication: what this audience may know.
        depth: how much of the evidence.
    """
    overview, told, behind = laid_out(
        pictures.compliance(publication, depth.bars, brief=depth.brief), sections(publication, depth), depth
    )
    anchors = {check.code: check.anchor for section in told for check in section.checks}
    return {
        "title": "Assurance report",
        **cover(publication),
        "brief": depth.brief,
        "listed": publication.audience == "internal",
        "points": main_points(publication, anchors=anchors),
        "questions": verdicts(publication),
        "overview": overview,
        "trust": trust.trust(publication, depth.rows if depth.brief else None),
        "sections": told,
        "untold": trust.untold(publication),
        "annex": annex.annex(publication, depth.rows if depth.brief else None),
        "behind": behind,
    }


def cover(publication: Publication, readers: str = "Commissioner") -> dict[str, Any]:
    """What stands on every document's cover block and in its running heads.

    Args:
        publication: what this audience may know.
        readers: who reads it outside.
    """
    begins = publication.as_at - dt.timedelta(days=publication.lookback_days - 1)
    internal = publication.audience == "internal"
    return {
        "service": publication.service or "Service not named",
        "as_at": day(publication.as_at),
        "as_at_iso": publication.as_at.isoformat(),
        "period": f"{day(begins)} to {day(publication.as_at)}",
        "personal": internal,
        "audience": "Internal: contains personal data" if internal else f"{readers}: no identifiable person",
        "protection": _protection(publication),
        "fingerprint": publication.fingerprint,
    }


def _protection(publication: Publication) -> str:
    if not publication.threshold:
        return ""
    if publication.profile == "publication":
        return (
            f"Counts below {publication.threshold} are shown as *, others to the nearest 5. "
            "Cases and workers appear as pseudonyms only."
        )
    return (
        f"Counts of people served from 1 to {publication.threshold - 1} are shown as <{publication.threshold}; figures "
        "from which one could be worked out are not shown. Cases and workers appear as pseudonyms only."
    )


def main_points(
    publication: Publication, most: int = MOST_POINTS, anchors: Mapping[str, str] | None = None
) -> list[Point]:
    """Worst first: the unmet checks, no more than two a question, then what could not be tested.

    Args:
        publication: what this audience may know.
        most: unmet checks at most.
        anchors: where a check is told in full; the point leads to the question of any other.
    """
    asked = {
        code: (q, f"question-{n}") for n, q in reversed([*enumerate(publication.questions, 1)]) for code in q.codes
    }
    points: list[Point] = []
    seen: dict[str, int] = {}
    for result in sentences.ranked(publication.results):
        question, anchor = asked.get(result.code, (None, "questions"))
        place = question.number if question else ""
        if len(points) < most and seen.get(place, 0) < 2:
            seen[place] = seen.get(place, 0) + 1
            sentence = sentences.without_day(sentences.result_sentence(result, publication.as_at), publication.as_at)
            points.append(Point(f"{title_of(result.name)}.", sentence, (anchors or {}).get(result.code, anchor)))
    tested = [result for result in publication.results if result.tested]
    met = sum(result.status is Status.MET for result in tested)
    if tested:
        points.append(Point("Met.", f"{met_phrase(met, len(tested), 'standard', 'tested')}.", "overview"))
    if missing := trust.not_made(publication):
        names = sentences.named(missing, 4)
        points.append(
            Point("Not tested.", f"{begin(plain(len(missing), 'check'))} could not be made: {names}.", "untold")
        )
    return points


def verdicts(publication: Publication, *, linked: bool = True) -> Grid:
    """The questions with their verdicts, the figures that decide, and what has changed since an earlier pack."""
    rows: list[tuple[str, ...]] = []
    links: dict[int, str] = {}
    since = changes.heading(publication) if linked else ""  # two pages have no room for it: a line below says it
    for place, question in enumerate(publication.questions):
        results = [r for r in map(publication.result, question.codes) if r is not None]
        if linked:
            links[place] = f"question-{place + 1}"
        rows.append(
            (
                f"{question.number}. {question.text}",
                f"{MARKS[question.verdict]} {question.verdict}",
                _stated(question) or _behind(results) or ("No figure: see the section" if linked else "No figure"),
                *((changes.of_question(publication, question, _deciding(results)),) if since else ()),
            )
        )
    return grid(
        f"{publication.framework}: verdicts",
        ("Question", "Verdict", "The figures behind it", *([since] if since else [])),
        rows, links=links, quiet=True, kind="questions", note="" if linked else changes.of_verdicts(publication),
    )  # fmt: skip


def _stated(question: Question) -> str:
    if question.verdict is Verdict.STATED:
        latest = question.statements[0]
        return f"Stated on {day(latest.stated_on)}, valid until {day(latest.valid_until)}; not tested"
    return "No statement is valid on the day" if question.verdict is Verdict.OPEN else ""


def _deciding(results: list[PublicResult]) -> list[PublicResult]:
    """The two checks that decide: the worst unmet ones, or the first that are met."""
    return sentences.ranked(results)[:2] or [r for r in results if r.status is Status.MET][:2]


def _behind(results: list[PublicResult]) -> str:
    worst = _deciding(results)
    return begin("; ".join(f"{title_of(r.name).lower()}: {met_of(r)}" for r in worst))
