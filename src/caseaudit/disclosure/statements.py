"""Persons' statements for what no export shows, as an audience may know them.

A commissioner reads the words and the days of a statement, never who made it. The words are the service's own and
written to be read, so they are shown as they stand, unless they hold an identifier of the records.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from caseaudit.disclosure.profiles import Profile
from caseaudit.model import Result, Statement
from caseaudit.publication import PublicStatement

WITHHELD = "Its words hold an identifier of the records and are not shown."
WHOLE_SERVICE = frozenset({"", "service", "the service", "whole service", "all"})
"""Scopes that mean everything a check or clause is about."""

PART = "part of the service"
_IDENTIFIERS = ("case_id", "person_id", "worker_id")
_WORD = re.compile(r"\w+(?:[-/.]\w+)*")


def statement_key(code: str) -> str:
    """A code as it is compared: without spaces, whatever its case."""
    return "".join(code.split()).casefold()


def public_statements(
    statements: Sequence[Statement], results: Sequence[Result], profile: Profile
) -> dict[str, tuple[PublicStatement, ...]]:
    """Key of a code (`statement_key`) → its statements, the latest first.

    Args:
        statements: those valid on the as-at date.
        results: whose evidence tells which words are identifiers.
        profile: one with the threshold 0 shows everything.
    """
    words = {word.lower() for statement in statements for word in _WORD.findall(statement.statement)}
    known = _identifiers(results, words) if words and profile.threshold else frozenset()
    found: dict[str, list[PublicStatement]] = {}
    for statement in sorted(statements, key=lambda one: one.stated_on, reverse=True):
        found.setdefault(statement_key(statement.code), []).append(_public(statement, known, profile))
    return {key: tuple(made) for key, made in found.items()}


def _public(statement: Statement, known: frozenset[str], profile: Profile) -> PublicStatement:
    scope = (statement.scope or "").strip()
    whole = scope.casefold() in WHOLE_SERVICE
    text, days = statement.statement.strip(), (statement.stated_on, statement.valid_until)
    if not profile.threshold:
        return PublicStatement(statement.code, *days, text, "" if whole else scope, statement.stated_by)
    if any(word.lower() in known for word in _WORD.findall(text)):
        text = WITHHELD
    # A scope may be a team of one or a worker: a commissioner learns that it is a part, not which.
    return PublicStatement(statement.code, *days, text, "" if whole else PART)


def _identifiers(results: Iterable[Result], words: Collection[str]) -> frozenset[str]:
    """Which of the words, in small letters, are identifiers of somebody in the evidence."""
    import polars as pl

    wanted = pl.Series(sorted(words), dtype=pl.String).implode()
    columns = (
        result.evidence.select(pl.col(name).cast(pl.String).str.to_lowercase())
        for result in results
        if result.evidence is not None
        for name in _IDENTIFIERS
        if name in result.evidence_schema
    )
    known = (column.filter(pl.first().is_in(wanted)).unique().collect().to_series() for column in columns)
    return frozenset(word for column in known for word in column)
