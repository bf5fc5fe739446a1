"""The assurance report: the answer, how far the data can be trusted, a section a question, what it does not tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from caseaudit.model import Severity, Status
from caseaudit.publication import Publication, PublicResult, Question, Verdict, count
from caseaudit.reporting.documents import annex, findings, pictures, sentences
from caseaudit.reporting.documents.pieces import Check, Depth, Grid, Point, Section, grid, number
from caseaudit.reporting.documents.wording import amount, begin, capped, day, listed, plain, showing, title_of

MARKS = {Verdict.ASSURED: "●", Verdict.PARTLY: "◐", Verdict.NOT: "○", Verdict.UNKNOWN: "–"} | {
    Verdict.STATED: "◆",
    Verdict.OPEN: "◇",
}
"""A shape for each verdict, beside its word."""

MOST_POINTS = 6
MOST_OTHERS = 5
MOST_CHANGES = 4
NAME = "report"
TEMPLATE = "assurance.html.j2"


def view(publication: Publication, depth: Depth) -> Mapping[str, Any]:
    """Everything the template prints.

    Args:
        publication: what this audience may know.
        depth: how much of the evidence.
    """
    cap = findings.per_check(publication, depth.findings)
    return {
        "title": "Assurance report",
        **cover(publication),
        "brief": depth.brief,
        "points": main_points(publication),
        "questions": verdicts(publication),
        "overview": pictures.compliance(publication, depth.bars),
        "trust": annex.trust(publication),
        "sections": [
            _section(publication, question, f"question-{place}", cap, depth)
            for place, question in enumerate(publication.questions, start=1)
        ],
        "untold": annex.untold(publication),
        "annex": annex.annex(publication),
    }


def cover(publication: Publication) -> dict[str, Any]:
    """What stands on every document's cover block and in its running heads."""
    begins = publication.as_at - dt.timedelta(days=publication.lookback_days - 1)
    internal = publication.audience == "internal"
    return {
        "service": publication.service or "Service not named",
        "as_at": day(publication.as_at),
        "as_at_iso": publication.as_at.isoformat(),
        "period": f"{day(begins)} to {day(publication.as_at)}",
        "personal": internal,
        "audience": "Internal: contains personal data" if internal else "Commissioner: no identifiable person",
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


def main_points(publication: Publication, most: int = MOST_POINTS) -> list[Point]:
    """Worst first: the unmet checks, no more than two a question, then what could not be tested."""
    anchors = {code: q for q in publication.questions for code in q.codes}
    points: list[Point] = []
    seen: dict[str, int] = {}
    for result in sentences.ranked(publication.results):
        question = anchors.get(result.code)
        place = question.number if question else ""
        if len(points) < most and seen.get(place, 0) < 2:
            seen[place] = seen.get(place, 0) + 1
            sentence = sentences.without_day(sentences.result_sentence(result, publication.as_at), publication.as_at)
            points.append(Point(f"{title_of(result.name)}.", sentence, f"check-{result.code}"))
    tested = [result for result in publication.results if result.tested]
    met = sum(result.status is Status.MET for result in tested)
    if tested:
        share = "All" if met == len(tested) else f"{begin(amount(count(met)))} of"
        are = "is" if met == 1 else "are"
        points.append(Point("Met.", f"{share} {plain(len(tested), 'standard')} tested {are} met.", "overview"))
    if missing := annex.not_made(publication):
        names = capped([result.code for result in missing], 8)
        points.append(
            Point("Not tested.", f"{begin(plain(len(missing), 'check'))} could not be made: {names}.", "untold")
        )
    return points


def verdicts(publication: Publication, *, linked: bool = True) -> Grid:
    """The questions with their verdicts and the figures that decide."""
    rows: list[tuple[str, ...]] = []
    links: dict[int, str] = {}
    for place, question in enumerate(publication.questions):
        results = [r for r in map(publication.result, question.codes) if r is not None]
        if linked:
            links[place] = f"question-{place + 1}"
        rows.append(
            (
                f"{question.number}. {question.text}",
                f"{MARKS[question.verdict]} {question.verdict}",
                _stated(question) or _behind(results),
            )
        )
    return grid(
        f"{publication.framework}: verdicts", ("Question", "Verdict", "The figures behind it"), rows,
        links=links, quiet=True, kind="questions",
    )  # fmt: skip


def _stated(question: Question) -> str:
    if question.verdict is Verdict.STATED:
        latest = question.statements[0]
        return f"stated on {day(latest.stated_on)}, valid until {day(latest.valid_until)}; not tested"
    return "no statement is valid on the day" if question.verdict is Verdict.OPEN else ""


def _behind(results: list[PublicResult]) -> str:
    """The two figures that decide: the worst unmet checks, or the first that are met."""
    worst = sentences.ranked(results)[:2] or [r for r in results if r.status is Status.MET][:2]
    if not worst:
        return "no figure: see the section"
    return "; ".join(f"{title_of(r.name).lower()}: {_met_of(r)}" for r in worst)


def _met_of(result: PublicResult) -> str:
    if result.rate.hidden:
        return "figures too small to show"
    return f"{result.met} of {result.population} met ({result.rate})"


def _section(publication: Publication, question: Question, anchor: str, cap: int, depth: Depth) -> Section:
    results = [r for r in map(publication.result, question.codes) if r is not None]
    unmet = sentences.ranked(results)
    return Section(
        number=question.number,
        anchor=anchor,
        title=question.title,
        text=question.text,
        verdict=str(question.verdict),
        mark=MARKS[question.verdict],
        why=_why(question, results),
        answer=_answer(question, results),
        grid=_checks_grid(results),
        checks=tuple(_check(publication, result, cap) for result in unmet[: depth.full]),
        others=_others(unmet[depth.full :], publication),
        pictures=pictures.of_question(publication, results, depth.bars),
        change=_change(question, results),
        stated=tuple(
            [sentences.statement_sentence(one) for one in question.statements]
            + [f"{r.code}: {sentences.statement_sentence(one)}" for r in results for one in r.statements]
        ),
    )


def _why(question: Question, results: list[PublicResult]) -> str:
    """What decided the verdict, by name where a check of high severity did."""
    high = [r.code for r in sentences.ranked(results) if r.graded is Severity.HIGH]
    if question.verdict is Verdict.NOT and high:
        return f"{capped(high, 4)}, of high severity, {'is' if len(high) == 1 else 'are'} not met."
    return f"{begin(question.why)}."


def _answer(question: Question, results: list[PublicResult]) -> str:
    """The answer to a question in figures: how many checks are met, and the worst of those that are not."""
    if question.verdict is Verdict.STATED:
        return "No export shows this. A person has stated it, and this report repeats the statement without testing it."
    if question.verdict is Verdict.OPEN:
        return "No export shows this. It needs a person's statement, and none is valid on the day."
    tested = [r for r in results if r.tested]
    if not tested:
        return "None of its checks could be made, or nobody is in the population of those that could."
    met = sum(r.status is Status.MET for r in tested)
    said = "All" if met == len(tested) else f"{begin(amount(count(met)))} of"
    made = f"{said} {plain(len(tested), 'check')} made {'is' if met == 1 else 'are'} met."
    worst = sentences.ranked(tested)[:2]
    told = listed(f"{title_of(r.name).lower()} ({_met_of(r)})" for r in worst)
    return f"{made} Furthest from it: {told}." if worst else made


def _others(unmet: list[PublicResult], publication: Publication) -> Grid | None:
    if not unmet:
        return None
    rows = [
        (f"{title_of(r.name)} ({r.code})", begin(_met_of(r)), r.manual.action, begin(r.owner) if r.owner else "–")
        for r in unmet[:MOST_OTHERS]
    ]
    rest = showing(len(rows), len(unmet), "report.html")
    if publication.audience == "internal":
        rest = f"{rest} Their findings are in findings.xlsx.".strip()
    return grid("Also not met", ("Check", "Measured", "What to do", "Who"), rows, note=rest)


def _checks_grid(results: list[PublicResult]) -> Grid | None:
    if not results:
        return None
    rows = [
        (
            f"{title_of(r.name)} ({r.code})", r.population, r.met, r.breach, r.not_evidenced, r.rate,
            begin(r.status.value),
        ) if r.tested else (f"{title_of(r.name)} ({r.code})", "–", "–", "–", "–", "–", begin(r.status.value))
        for r in results
    ]  # fmt: skip
    return grid(
        "The checks behind this question",
        ("Check", number("Looked at"), number("Met"), number("Fell short"), number("No record"), number("Share met"),
         "Result"),
        rows,
    )  # fmt: skip


def _check(publication: Publication, result: PublicResult, cap: int) -> Check:
    return Check(
        code=result.code,
        title=title_of(result.name),
        anchor=f"check-{result.code}",
        severity=result.graded.value,
        sentence=sentences.result_sentence(result, publication.as_at),
        why=result.manual.why,
        action=result.manual.action,
        owner=begin(result.owner) if result.owner else "",
        worst=sentences.worst_of(result),
        pictures=pictures.of_check(publication, result),
        grids=tuple(g for g in (pictures.by_team(publication, result), findings.listing(result, cap)) if g),
    )


def _change(question: Question, results: list[PublicResult]) -> tuple[str, ...]:
    """What would change the verdict: what to put right, and what to supply."""
    lines = []
    if question.verdict is Verdict.OPEN:
        lines.append("A statement of the person who answers for it, in the attestations of the next run.")
    unmet = sentences.ranked(results)
    decisive = [r for r in unmet if r.graded.value == "high" or (r.rate.value is not None and r.rate.value < 0.8)]
    for result in decisive or unmet:
        short = "" if result.short.hidden else f": {result.short} of {result.population} to put right"
        lines.append(f"{title_of(result.name)} ({result.code}) met{short}.")
    for result in results:
        if result.status is Status.NOT_ASSESSABLE:
            lines.append(f"{result.code} made possible. {result.reason}")
        elif result.status is Status.ERROR:
            lines.append(f"{result.code} mended. {result.reason}")
    if question.absent and question.verdict is not Verdict.ASSURED:
        lines.append(f"{capped(question.absent, 6)} made as well: not part of this run.")
    more = len(lines) - MOST_CHANGES
    return (*lines[:MOST_CHANGES], f"And {more:,} more, as the tables above say.") if more > 1 else tuple(lines)
