"""A section of the assurance report: the answer to one question, its figures, and what would change its verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from caseaudit.model import Severity, Status
from caseaudit.publication import Publication, PublicResult, Question, Verdict
from caseaudit.reporting import deadlines
from caseaudit.reporting.documents import findings, pictures, sentences
from caseaudit.reporting.documents.pieces import Check, Depth, Grid, Section, grid, number
from caseaudit.reporting.documents.wording import (
    begin,
    capped,
    day,
    listed,
    met_phrase,
    plain,
    quoted,
    reason,
    title_of,
)

MARKS = {
    Verdict.ASSURED: "●",
    Verdict.PARTLY: "◐",
    Verdict.NOT: "○",
    Verdict.UNKNOWN: "–",
    Verdict.STATED: "◆",
    Verdict.OPEN: "◇",
}
"""A shape for each verdict, beside its word."""

MOST_CHANGES = 4


def sections(publication: Publication, depth: Depth) -> Iterator[Section]:
    """One section a question, in the order of the framework; a check is told in full where it first comes up."""
    cap = findings.per_check(publication, depth.findings, depth.budget)
    due = {severity: day(last) for severity, last in deadlines.act_by(publication.limits, publication.as_at).items()}
    told: set[str] = set()
    drawn: set[str] = set()
    for place, question in enumerate(publication.questions, start=1):
        section = _section(publication, question, f"question-{place}", cap, depth, told)
        told |= {check.code for check in section.checks}
        new = tuple(picture for picture in section.pictures if picture.title not in drawn)
        drawn |= {picture.title for picture in new}
        dated = tuple(replace(check, due=due.get(check.severity, check.due)) for check in section.checks)
        yield replace(section, pictures=new, checks=dated)


def met_of(result: PublicResult) -> str:
    """The figures that decide, in a few words."""
    if result.beside:
        return "figures not shown" if result.rate.hidden else f"{result.rate} met"
    if result.rate.hidden:
        return "figures too small to show"
    return f"{result.met} of {result.population} met ({result.rate})"


def _section(
    publication: Publication, question: Question, anchor: str, cap: int, depth: Depth, told: Collection[str]
) -> Section:
    results = [r for r in map(publication.result, question.codes) if r is not None]
    unmet = [result for result in sentences.ranked(results) if result.code not in told]
    return Section(
        number=question.number,
        anchor=anchor,
        title=question.title,
        text=question.text,
        verdict=str(question.verdict),
        mark=MARKS[question.verdict],
        why=_why(question, results),
        answer=_answer(question, results),
        grid=_checks_grid(results, depth),
        checks=tuple(_check(publication, result, cap, depth.teams) for result in unmet[: depth.full]),
        again=_again(results, told),
        pictures=pictures.of_question(publication, results, depth, {*told, *(r.code for r in unmet[: depth.full])}),
        change=_change(question, results, MOST_CHANGES if not depth.brief else MOST_CHANGES // 2),
        stated=tuple(
            [sentences.statement_sentence(one) for one in question.statements]
            + [
                f"{title_of(r.name)} ({r.code}): {sentences.statement_sentence(one)}"
                for r in results
                for one in r.statements
            ]
        ),
    )


def _why(question: Question, results: list[PublicResult]) -> str:
    """What decided the verdict; which checks those are stands in the answer and in what would change it."""
    high = sum(r.graded is Severity.HIGH for r in sentences.ranked(results))
    if question.verdict is Verdict.NOT and high:
        return f"{begin(plain(high, 'check'))} of high severity {'is' if high == 1 else 'are'} not met."
    return f"{begin(question.why)}."


def _answer(question: Question, results: list[PublicResult]) -> str:
    """The answer to a question in figures: how many checks are met, and the worst of those that are not."""
    if question.verdict is Verdict.STATED:
        return "No export shows this. A person has stated it, and this report repeats the statement without testing it."
    if question.verdict is Verdict.OPEN:
        return "No export shows this. It needs a person's statement, and none is valid on the day."
    tested = [r for r in results if r.tested]
    if not tested:
        return _nothing(question, results)
    made = f"{met_phrase(sum(r.status is Status.MET for r in tested), len(tested), 'check', 'made')}."
    worst = sentences.ranked(tested)[:2]
    told = "; ".join(f"{title_of(r.name).lower()}, {met_of(r)}" for r in worst)
    return f"{made} Furthest from it: {told}." if worst else made


def _nothing(question: Question, results: Sequence[PublicResult]) -> str:
    """Why a question has no figures at all: what its checks came to instead."""
    unmade = sum(result.status in {Status.NOT_ASSESSABLE, Status.ERROR} for result in results)
    idle = sum(result.status is Status.NOT_APPLICABLE for result in results)
    said = [
        f"{plain(unmade, 'check')} could not be made" if unmade else "",
        f"{plain(idle, 'check')} found nobody and nothing to look at" if idle else "",
        f"{plain(len(question.absent), 'check')} {'was' if len(question.absent) == 1 else 'were'} no part of this run"
        if question.absent
        else "",
    ]
    return f"There are no figures: {listed(filter(None, said))}." if any(said) else "There are no figures."


def _again(results: Sequence[PublicResult], told: Collection[str]) -> str:
    before = [result for result in results if result.code in told]
    return f"Told in full under an earlier question: {sentences.named(before, 6)}." if before else ""


def _checks_grid(results: list[PublicResult], depth: Depth) -> Grid | None:
    """The checks with their figures; where not all can be printed, those that are furthest from being met."""
    if not results or (depth.brief and not any(result.tested for result in results)):
        return None  # on paper the table of what could not be made says as much
    note = ""
    if len(results) > depth.rows:
        unmet = sentences.ranked(results)
        rest = sorted((result for result in results if result not in unmet), key=lambda result: not result.tested)
        which = f"the {depth.rows} furthest from being met" if len(unmet) >= depth.rows else f"{depth.rows}"
        note = f"Showing {which} of {len(results)}; report.html has all of them."
        results = [*unmet, *rest][: depth.rows]
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
        rows, note=note, quiet=depth.brief, kind="checks",
    )  # fmt: skip


def _check(publication: Publication, result: PublicResult, cap: int, teams: int) -> Check:
    return Check(
        code=result.code,
        title=title_of(result.name),
        anchor=f"check-{result.code}",
        severity=result.graded.value,
        sentence=sentences.result_sentence(result, publication.as_at),
        why=quoted(result.manual.why),
        action=quoted(result.manual.action),
        owner=begin(result.owner) if result.owner else "",
        worst=sentences.worst_of(result),
        pictures=pictures.of_check(publication, result),
        grids=tuple(g for g in (pictures.by_team(publication, result, teams), findings.listing(result, cap)) if g),
    )


def _change(question: Question, results: list[PublicResult], most: int) -> tuple[str, ...]:
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
        name = f"{title_of(result.name)} ({result.code})"
        if result.status is Status.NOT_ASSESSABLE:
            lines.append(f"{name} made possible. {reason(result.reason)}")
        elif result.status is Status.ERROR:
            lines.append(f"{name} mended. {result.reason}")
    if question.absent and question.verdict is not Verdict.ASSURED:
        lines.append(f"{capped(question.absent, 6)} made as well: not part of this run.")
    more = len(lines) - most
    return (*lines[:most], f"And {more:,} more, as the tables above say.") if more > 1 else tuple(lines)
