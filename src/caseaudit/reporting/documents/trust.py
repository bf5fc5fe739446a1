"""How far the data can be trusted, and what a report does not tell: what bounds every figure in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caseaudit.model import Status
from caseaudit.publication import Publication, PublicResult, Verdict
from caseaudit.reporting.documents.annex import limits_read
from caseaudit.reporting.documents.pieces import Grid, grid, number
from caseaudit.reporting.documents.sentences import named, statement_sentence
from caseaudit.reporting.documents.wording import begin, capped, listed, lower_first, plain, reason, showing, title_of

MOST_CODES = 6
"""Checks that are no part of a run have no name here; of more than these the codes would tell nobody anything."""

FEW_ROWS = "so few rows are about people that the number could point to them"
ROWS_NOT_SHOWN = f"how many were kept and how many rejected is not shown, since in some of them {FEW_ROWS}."


def _rows_read(publication: Publication) -> str:
    """What became of all rows, as far as it may be told."""
    rows, sources = publication.rows, plain(len(publication.accounts), "source")
    if rows.read.value is None:
        return f"{begin(sources)} {'was' if sources.startswith('1 ') else 'were'} read; {ROWS_NOT_SHOWN}"
    read = f"{rows.read} {'row was' if rows.read.value == 1 else 'rows were'} read from {sources}"
    if rows.kept.hidden or rows.rejected.hidden:
        return f"{read}; {ROWS_NOT_SHOWN}"
    aside = f", {rows.furniture} of them totals, repeated headers or notes" if rows.furniture.value else ""
    hidden = any(account.kept.hidden for account in publication.accounts)
    more = f" Where it does not show how many, {FEW_ROWS}, or to others." if hidden else ""
    return f"{read}; {rows.kept} kept and {rows.rejected} rejected{aside}. Annex D has them by source.{more}"


def _rows_lost(publication: Publication) -> str:
    """Records that could not be used, as far as that may be told; blank for none."""
    what = "of the exports that could not be used"
    rejected, furniture = publication.rows.rejected.value, publication.rows.furniture.value
    if rejected is None or furniture is None:
        return f"the rows {what}, if there are any: how many is not shown"
    return f"{plain(int(rejected - furniture), 'row')} {what}" if rejected > furniture else ""


def not_made(publication: Publication) -> list[PublicResult]:
    """Checks that could not be made or failed."""
    return [r for r in publication.results if r.status in {Status.NOT_ASSESSABLE, Status.ERROR}]


def trust(publication: Publication, most: int | None = None) -> Mapping[str, Any]:
    """How far the data can be trusted: sources, rows, what could not be tested and why.

    Args:
        publication: what this audience may know.
        most: reasons for rejected rows at most, those of most rows first; None for all that are told apart.
    """
    accounts = publication.accounts
    missing = not_made(publication)
    lines = []
    if accounts:
        lines.append(_rows_read(publication))
    if missing:
        lines.append(f"{begin(plain(len(missing), 'check'))} of {len(publication.results)} could not be made.")
    rejections = publication.rejections
    note = showing(min(most or len(rejections), len(rejections)), len(rejections), "rejected.csv")
    rows = [(r.source, begin(r.reason).rstrip("."), r.rows) for r in rejections[:most]]
    columns = ("Source", "Reason", number("Rows"))
    reasons = grid("Why rows were rejected", columns, rows, note=note or "Every row is in rejected.csv.")
    untested = _untested(missing, brief=most is not None)
    return {
        "lines": lines,
        "grids": [g for g in (reasons, untested) if g.rows],
        "notes": list(dict.fromkeys([*publication.notes, *(n for a in accounts for n in a.source.notes)])),
    }


def _untested(missing: list[PublicResult], *, brief: bool) -> Grid:
    """Checks that could not be made, with what persons stated instead where they did.

    In a brief document they stand by what they lack, and what most of them lack first: an export that is missing bears
    on many.
    """
    rows = [(f"{title_of(r.name)} ({r.code})", reason(r.reason)) for r in missing]
    if not any(r.statements for r in missing):
        if not brief:
            return grid("Checks that could not be made", ("Check", "Why"), rows)
        lacking: dict[str, list[str]] = {}
        for check, why in rows:
            lacking.setdefault(why, []).append(check)
        by_most = sorted(lacking.items(), key=lambda pair: -len(pair[1]))
        return grid(
            "Checks that could not be made, by what they lack",
            ("Why", "Checks"),
            [(why, begin(", ".join(map(lower_first, checks)))) for why, checks in by_most],
        )
    told = [" ".join(map(statement_sentence, r.statements)) or "–" for r in missing]
    return grid(
        "Checks that could not be made, and what a person stated",
        ("Check", "Why", "A person's statement, not tested"),
        [(*row, text) for row, text in zip(rows, told, strict=True)],
    )


def untold(publication: Publication, where: str = "the annex") -> list[str]:
    """What the report does not tell, one sentence each.

    Args:
        publication: what this audience may know.
        where: the limits in force are printed.
    """
    results, lines = publication.results, []
    missing = [r for r in results if r.status is Status.NOT_ASSESSABLE]
    if missing:
        it = "it" if len(missing) == 1 else "each of them"
        lines.append(f"Nothing on {named(missing, 6)}: the exports lack what {it} needs.")
    if failed := [r for r in results if r.status is Status.ERROR]:
        lines.append(f"Nothing on {named(failed, 6)}: the check itself failed.")
    if absent := sorted({code for q in publication.questions for code in q.absent}):
        what = listed(absent) if len(absent) <= MOST_CODES else f"{len(absent)} more checks that bear on the questions"
        lines.append(f"Nothing on {what}: not part of this run.")
    tested = [r for r in results if r.tested]
    if silent := [r.not_evidenced for r in tested if r.not_evidenced.hidden or r.not_evidenced.value]:
        # A number that is not shown may be nought.
        most = "up to " if any(number.hidden for number in silent) else ""
        lines.append(
            f"Whether a standard was kept where nothing is on record, as in {most}{len(silent)} of the "
            f"{plain(len(tested), 'check')} made: that is counted as not met, never as a pass."
        )
    if lost := _rows_lost(publication):
        lines.append(f"Anything about {lost}.")
    house = sum(limit.basis == "house" for limit in limits_read(publication))
    if house:
        lines.append(
            f"What a national standard would say where there is none: {plain(house, 'limit')} in force "
            f"{'is a house default' if house == 1 else 'are house defaults'}, marked so in {where}."
        )
    if any(result.population.hidden or result.met.hidden or result.breach.hidden for result in results):
        lines.append("Figures that are small, or from which a small one could be worked out: they are not shown.")
    if open_ := [q.number for q in publication.questions if q.verdict is Verdict.OPEN]:
        needs = "it needs" if len(open_) == 1 else "they need"
        lines.append(f"Anything on {capped(open_, 10)}: {needs} a person's statement, and none is valid on the day.")
    if any(q.statements for q in publication.questions) or any(r.statements for r in results):
        lines.append("Whether what persons stated is so: their statements are repeated, not tested.")
    lines.append("The quality of a review, contact or session: it tells what is recorded, not how well it was done.")
    lines.append("Anyone's risk of suicide: acuity is intensity of support, and no prediction.")
    return lines
