"""The figures of results.json for an audience: what is suppressed is a word there, never a number."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from caseaudit.publication import (
    NOT_SHOWN,
    RESULTS_SCHEMA,
    EarlierResult,
    Figure,
    PublicAccount,
    Publication,
    PublicResult,
    PublicRows,
    PublicStatement,
    PublicTable,
)

BY_THEMSELVES = ("acuity", "vacancies")
"""Tables that are compared with those of an earlier pack apart from any check."""

MOST_BEFORE = 24
"""Packs before this one whose figures it passes on: two years of months."""


def public_results(publication: Publication) -> dict[str, Any]:
    """What results.json holds for an audience that may not see raw figures, by results.schema.json.

    A suppressed count is the text that stands for it ("<5"), or null where it is held back to protect another one;
    `suppressed` names the suppressed figures of a check.
    """
    return {
        "schema_version": RESULTS_SCHEMA,
        "as_at": publication.as_at.isoformat(),
        "service": publication.service,
        "audience": publication.audience,
        "profile": publication.profile,
        "lookback_days": publication.lookback_days,
        "framework": publication.framework,
        "checks": [_check(result) for result in publication.results],
        "questions": [_question(publication, place) for place in range(len(publication.questions))],
        "breakdowns": {name: _breakdown(table) for name, table in publication.tables.items()},
        "breakdowns_before": {
            name: _breakdown(table) | {"facts": dict(table.facts)}
            for name, table in _tables_before(publication).items()
        },
        "compared_with": publication.earlier.as_at.isoformat() if publication.earlier else None,
        "told_before": _told_before(publication),
        "statements": [_statement(one) for one in _statements(publication)],
        "tables": [_table(account) for account in publication.accounts],
        "rows": _rows(publication.rows),
        "limits": [asdict(limit) for limit in publication.limits],
        "notes": list(publication.notes),
        "versions": dict(publication.versions),
    }


def _told_before(publication: Publication) -> dict[str, list[dict[str, Any]]]:
    """Code of each check that hides a figure → what packs before this one told of it, the latest first.

    The next pack must know of them: what this one hides for their sake lies between theirs and the next one's.
    """
    earlier = publication.earlier.results if publication.earlier else {}
    return {
        result.code: [_told(one) for one in (earlier[result.code], *earlier[result.code].before)][:MOST_BEFORE]
        for result in publication.results
        if publication.threshold and result.code in earlier and (result.population.hidden or result.met.hidden)
    }


def _tables_before(publication: Publication) -> dict[str, PublicTable]:
    """Tables that this pack does not show, as the last pack did that showed them; of those by team with their whole."""
    earlier = publication.earlier
    if earlier is None or not publication.threshold:
        return {}
    before = dict(earlier.older)
    for name, table in earlier.tables.items():
        kind, _, code = name.partition("/")
        if name in BY_THEMSELVES:
            before[name] = table
        elif kind == "team" and (then := earlier.results.get(code)) is not None:
            whole = {"population": then.population.value, "met": then.met.value}
            before[name] = replace(table, facts={word: number for word, number in whole.items() if number is not None})
    return {name: table for name, table in before.items() if name not in publication.tables}


def _told(result: EarlierResult) -> dict[str, Any]:
    figures = {name: getattr(result, name) for name in ("population", "met", "breach", "not_evidenced", "rate")}
    return {
        "status": result.status.value,
        **{name: _plain(figure) for name, figure in figures.items()},
        "suppressed": [name for name, figure in figures.items() if figure.hidden],
        "target": result.target,
        "limits": [],
    }


def _statements(publication: Publication) -> list[PublicStatement]:
    of_clauses = [statement for question in publication.questions for statement in question.statements]
    return of_clauses + [statement for result in publication.results for statement in result.statements]


def _statement(statement: PublicStatement) -> dict[str, Any]:
    return {
        "code": statement.code,
        "scope": statement.scope or None,
        "stated_on": statement.stated_on.isoformat(),
        "valid_until": statement.valid_until.isoformat(),
        "statement": statement.text,
    }


def _check(result: PublicResult) -> dict[str, Any]:
    figures = {
        "population": result.population,
        "met": result.met,
        "breach": result.breach,
        "not_evidenced": result.not_evidenced,
        "rate": result.rate,
    }
    return {
        "code": result.code,
        "name": result.name,
        "family": result.family,
        "status": result.status.value,
        "severity": result.severity.value,
        "owner": result.owner,
        "basis": result.basis,
        "subject": result.subject,
        **{name: _plain(figure) for name, figure in figures.items()},
        "suppressed": [name for name, figure in figures.items() if figure.hidden],
        "target": result.target,
        "reason": result.reason,
        "measures": dict(result.measures),
        "standards": dict(result.standards),
        "limits": list(result.limits),
    }


def _breakdown(table: PublicTable) -> dict[str, Any]:
    """A table behind a chart, its figures as they are printed; a suppressed one is a word, or null."""
    return {
        "columns": [column.heading for column in table.columns],
        "rows": [
            [figure.text if figure.value is None and not figure.hidden else _plain(figure) for figure in row]
            for row in table.rows
        ],
        "note": table.note,
    }


def _plain(figure: Figure) -> int | float | str | None:
    if figure.hidden:
        return None if figure.text == NOT_SHOWN else figure.text
    return figure.value


def _question(publication: Publication, place: int) -> dict[str, Any]:
    question = publication.questions[place]
    return {
        "number": question.number,
        "title": question.title,
        "text": question.text,
        "checks": list(question.codes),
        "verdict": question.verdict.value,
        "why": question.why,
    }


def _rows(rows: PublicRows) -> dict[str, Any]:
    return {
        "rows_read": _plain(rows.read),
        "rows_kept": _plain(rows.kept),
        "rows_rejected": _plain(rows.rejected),
        "furniture": _plain(rows.furniture),
    }


def _table(account: PublicAccount) -> dict[str, Any]:
    source = account.source
    return {
        "file": source.file,
        "sheet": source.sheet,
        "sha256": source.sha256,
        "tables": list(account.tables),
        "header_row": source.header_row,
        "rows_read": _plain(account.rows_read),
        "rows_kept": _plain(account.kept),
        "rows_rejected": _plain(account.rejected),
        "furniture": _plain(account.furniture),
    }
