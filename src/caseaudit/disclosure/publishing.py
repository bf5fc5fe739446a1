"""From an audit to what one audience may know of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from caseaudit import frameworks
from caseaudit.disclosure import naming, nested_parts, nested_tables, nesting
from caseaudit.disclosure.breakdowns import by_team, staff_by_team, team_tables, teams_together
from caseaudit.disclosure.caseloads import caseload_table
from caseaudit.disclosure.counts import is_about_people, is_about_staff, public_result
from caseaudit.disclosure.lateness import late_table, response_table
from caseaudit.disclosure.linked import kept_tables
from caseaudit.disclosure.matrix import competency_table
from caseaudit.disclosure.profiles import OPEN, SMALL_TEAM, Profile, profile
from caseaudit.disclosure.results import public_results
from caseaudit.disclosure.row_counts import beside_rows
from caseaudit.disclosure.sheets import worker_sheets
from caseaudit.disclosure.sources import near_known_rows, public_accounts
from caseaudit.disclosure.spreads import acuity_table, concentration_table
from caseaudit.disclosure.staffing import staffing_table, vacancy_table
from caseaudit.disclosure.statements import public_statements, statement_key
from caseaudit.disclosure.verdicts import Standing, standing_of, verdict
from caseaudit.errors import UsageProblem
from caseaudit.model import Audit, Result, Status
from caseaudit.publication import (
    Audience,
    Earlier,
    PublicAccount,
    Publication,
    PublicResult,
    PublicStatement,
    PublicTable,
    Question,
    Rejection,
    Verdict,
)

_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?![\w.]*\d)")
SHOWN_REASONS = 20
"""Reasons for rejected rows told apart per run; the ledger has them all."""


def publish(
    audit: Audit,
    audience: Audience,
    profile_name: str = "commissioner",
    key: bytes | None = None,
    *,
    earlier: Earlier | None = None,
    outward: bool = True,
    sheets: bool = True,
) -> Publication:
    """What an audience may know of an audit.

    Args:
        audit: as the run found it.
        audience: "internal" sees everything; "commissioner" sees aggregates, with small numbers protected.
        profile_name: how small numbers are protected: a name of caseaudit.disclosure.profiles. For "internal" it is how
            they are in the documents that leave the house whoever asks for them.
        key: of the pseudonyms of cases and workers; without it none is named at all.
        earlier: what an earlier pack told the same readers: nothing hidden in either can be worked out from both, and
            documents say what has changed since. None where there is none.
        outward: whether a document for those inside will leave the house, and needs what a commissioner may know.
        sheets: whether a document for those inside has a sheet per worker.

    Raises:
        UsageProblem: there is no such audience, profile or framework.
    """
    if audience not in {"internal", "commissioner"}:
        raise UsageProblem(f"There is no audience '{audience}'. There are: internal, commissioner.")
    how = OPEN if audience == "internal" else profile(profile_name)
    framework = frameworks.load(audit.framework or frameworks.DEFAULT)
    in_post = staff_by_team(audit.results)
    few_staff = 0 < sum(in_post.values()) < SMALL_TEAM
    stated = public_statements(audit.statements, audit.results, how)
    results = tuple(
        _with_statements(
            public_result(
                result, how, key, few_staff=few_staff, earlier=earlier.results.get(result.code) if earlier else None
            ),
            stated,
        )
        for result in audit.results
    )
    near = near_known_rows(audit.accounts, audit.results, how, earlier)
    results, tables = _beside_each_other(audit.results, results, in_post, how, key, earlier, near)
    accounts, rows, lost = public_accounts(audit.accounts, audit.results, results, how, earlier)
    results = beside_rows(audit.results, results, audit.accounts, lost, how, earlier)
    accounts = tuple(_quiet(account, how) for account in accounts)
    notes = [note for note in audit.notes if _tells_nothing_small(note, how)]
    if how.threshold:
        named = naming.numbered(account.source for account in accounts)
        accounts = tuple(replace(account, source=named[account.source.label]) for account in accounts)
        notes = list(naming.told(notes, named))
    publication = Publication(
        audience=audience,
        profile=how.name if how.threshold else None,
        threshold=how.threshold,
        as_at=audit.as_at,
        service=audit.service,
        lookback_days=audit.lookback_days,
        framework=framework.title,
        framework_source=framework.source,
        results=results,
        questions=_questions(audit, framework, stated),
        tables=tables,
        limits=tuple(audit.limits),
        accounts=accounts,
        rows=rows,
        rejections=() if how.threshold else _rejections(audit),
        notes=tuple(notes),
        versions=dict(audit.versions),
        earlier=earlier,
    )
    publication = replace(publication, fingerprint=_fingerprint(publication))
    if audience == "internal" and sheets:
        publication = replace(publication, sheets=worker_sheets(audit.results))
    if audience == "internal" and outward:
        outside = "commissioner" if profile_name == OPEN.name else profile_name
        publication = replace(
            publication, outward=publish(audit, "commissioner", outside, earlier=earlier and earlier.outward)
        )
    return publication


def verdicts_of(audit: Audit) -> dict[str, str]:
    """Question or clause in full → its verdict, which every audience may know."""
    framework = frameworks.load(audit.framework or frameworks.DEFAULT)
    stated = public_statements(audit.statements, audit.results, OPEN)
    return {question.text: str(question.verdict) for question in _questions(audit, framework, stated)}


def _beside_each_other(
    results: Sequence[Result],
    single: Sequence[PublicResult],
    in_post: dict[str, int],
    how: Profile,
    key: bytes | None,
    earlier: Earlier | None,
    near: Mapping[str, int],
) -> tuple[tuple[PublicResult, ...], Mapping[str, PublicTable]]:
    """The results, each protected by itself, and the tables that may stand beside each other and an earlier pack.

    Of the checks `near` no count is shown in any case: they lie a few below a number that is known.
    """
    within = nesting.members_within()
    if earlier is None or not how.threshold:
        public = nesting.apart(results, single, within, how)
        return public, _tables(results, public, in_post, how, key)
    people = {result.code for result in results if is_about_people(result) or is_about_staff(result)}
    held: dict[str, int | None] = dict(near)
    while True:
        public = nesting.apart(results, single, within, how, earlier, held)
        tables = kept_tables(_tables(results, public, in_post, how, key), public, people, earlier, how)
        gone, more = nested_parts.to_take_away(results, public, tables, earlier, within, how)
        if more <= {code for code, number in held.items() if number is None}:
            return public, {name: table for name, table in tables.items() if name not in gone}
        held |= dict.fromkeys(more)  # its tables and what hangs on them go with it


def _questions(
    audit: Audit, framework: frameworks.Framework, stated: Mapping[str, tuple[PublicStatement, ...]]
) -> tuple[Question, ...]:
    return tuple(
        _question(clause, audit.results, stated.get(statement_key(f"{framework.name}:{clause.number}"), ()))
        for clause in framework.clauses
    )


def _with_statements(result: PublicResult, stated: Mapping[str, tuple[PublicStatement, ...]]) -> PublicResult:
    """A statement stands in for what could not be tested; beside a figure it would seem to replace it."""
    found = stated.get(statement_key(result.code), ())
    return replace(result, statements=found) if result.status in {Status.NOT_ASSESSABLE, Status.ERROR} else result


def _question(clause: frameworks.Clause, results: Sequence[Result], stated: tuple[PublicStatement, ...]) -> Question:
    made = {result.code: result for result in results}
    codes = tuple(code for code in clause.checks if code in made)
    absent = tuple(code for code in clause.checks if code not in made)
    if not clause.checks:
        word = Verdict.STATED if stated else Verdict.OPEN
        why = "a person has stated it; it is not tested" if stated else "no check can answer this"
        return Question(clause.number, clause.title, clause.text, (), (), word, why, stated)
    word, why = verdict([*(standing_of(made[code]) for code in codes), *(Standing.UNTESTED for _ in absent)])
    return Question(clause.number, clause.title, clause.text, codes, absent, word, why)


def _tables(
    results: Sequence[Result], public: Sequence[PublicResult], in_post: dict[str, int], how: Profile, key: bytes | None
) -> Mapping[str, PublicTable]:
    tables: dict[str, PublicTable] = {}
    if how.rounded_to > 1:
        return tables
    counted = by_team(results, public, in_post)
    together = teams_together(counted, how)
    tables |= team_tables(counted, how)
    for raw, shown in zip(results, public, strict=True):
        if (late := late_table(raw, shown, how)) is not None:
            tables[f"late/{raw.code}"] = late
    if (caseload := caseload_table(results, how, key)) is not None:
        tables["caseload"] = caseload
    more = {
        "concentration": concentration_table(results, how),
        "acuity": acuity_table(results, together, how),
        "staffing": staffing_table(results, how),
        "vacancies": vacancy_table(results, how),
        "competence": competency_table(results, public, counted, how),
        "response": response_table(results, public, how),
    }
    tables |= {name: table for name, table in more.items() if table is not None}
    return nested_tables.apart(tables, results, public, together, lambda teams: acuity_table(results, teams, how), how)


def _quiet(account: PublicAccount, how: Profile) -> PublicAccount:
    """A source without those of its notes that count a few cells."""
    kept = tuple(note for note in account.source.notes if _tells_nothing_small(note, how))
    return replace(account, source=replace(account.source, notes=kept))


def _tells_nothing_small(note: str, how: Profile) -> bool:
    """Whether a note on how the exports were read may be told: one that counts a few cells may count a few people."""
    numbers = (int(found.replace(",", "")) for found in _NUMBER.findall(note))
    return not any(how.is_small(number) for number in numbers)


def _rejections(audit: Audit) -> tuple[Rejection, ...]:
    whole = Counter(
        (row.source, row.reason) for row in audit.rejected if row.whole and row.source < len(audit.accounts)
    )
    return tuple(
        Rejection(audit.accounts[source].source.label, reason, OPEN.count(rows))
        for (source, reason), rows in whole.most_common(SHOWN_REASONS)
    )


def _fingerprint(publication: Publication) -> str:
    """Digest of what is published alone: one over the raw figures could be tried against every small number."""
    data: dict[str, Any] = public_results(publication)
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()[:12]
