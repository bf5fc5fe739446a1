"""What a column may hold whose heading is not known: reasons to ask, never a match."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz

from caseaudit.mapping.aliases import Aliases, key
from caseaudit.mapping.columns import PERHAPS, Candidate, Column
from caseaudit.mapping.looks import FITS
from caseaudit.mapping.naming import suits
from caseaudit.tables import FieldSpec, spec

LIKE = 74.0
"""RapidFuzz score from which a heading that is not known is worth asking about."""


def likely(column: Column, wanted: Mapping[FieldSpec, frozenset[frozenset[str]]], known: Aliases) -> list[Candidate]:
    """Fields that an unknown heading resembles and its values could be; best first, for a question."""
    said = " ".join(sorted(column.folded.tokens - {"date", "id"}))
    if len(said) < 3:
        return []
    found = []
    for one, keys in wanted.items():
        best = max((_likeness(said, " ".join(sorted(tokens - {"date", "id"}))) for tokens in keys), default=0.0)
        if best >= LIKE and suits(column, one, known):
            found.append(Candidate(one, PERHAPS, sure=False, fits=True, likeness=best))
    return sorted(found, key=lambda c: -c.likeness)[:3]


def by_values(column: Column, free: Iterable[FieldSpec], known: Aliases) -> FieldSpec | None:
    """A field still without a column that an unknown heading's values speak of: its words, or all it may be.

    Never a match, only a reason to ask: the words of a list prove nothing about which list it is.
    """
    for one in free:
        words = known.values.get(one.path, {})
        if one.kind == "code" and column.look.different > 1 and column.look.known(words, one.codes) >= FITS:
            return one
    for one in free:
        telling = one.kind == "day" or (one.kind == "ident" and column.look.different == column.look.filled)
        if one.required and telling and column.look.filled and suits(column, one, known):
            return one
    return None


def may_hold(column: Column, one: FieldSpec, known: Aliases) -> bool:
    """Whether an unknown column could be a field the sheet lacks, going by its values alone."""
    seen = column.look
    if not seen.filled or not suits(column, one, known):
        return False
    if one.kind == "ident":
        return seen.length <= 20 and seen.different > 1
    return one.kind != "code" or not (seen.dates >= FITS or seen.numbers >= FITS or seen.yes_no >= FITS)


def _likeness(said: str, alias: str) -> float:
    """Of two headings, word order aside. One that holds all words of the other counts for less than an equal one."""
    if len(alias) < 3:
        return 0.0
    whole: float = fuzz.token_sort_ratio(said, alias)
    if " " not in said and " " in alias:
        return whole  # "Time" is no reason to ask about "worker at the time"
    return max(whole, 0.85 * fuzz.token_set_ratio(said, alias))


def perhaps(
    column: Column, table: str, known: Aliases, taken: Mapping[str, tuple[Column, Candidate]]
) -> tuple[Candidate, ...]:
    """Fields a heading may mean by the list of such headings; never sure."""
    found = []
    for path, keys in known.tables[table].perhaps.items():
        other, name = path.split(".")
        one = spec(other).fields[name]
        if other == table and name in taken:
            continue
        readings = (column.folded.tokens, *column.folded.readings)
        if any(key(tokens, one.kind) in keys for tokens in readings) and suits(column, one, known):
            found.append(Candidate(one, PERHAPS, sure=False, fits=True, likeness=100.0))
    return tuple(found)
