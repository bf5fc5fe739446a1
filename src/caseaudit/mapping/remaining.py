"""Fields found by what is left: the only column with a field's words in it, the only number of a name not known.

For fields no row can do without, where no heading says them. What a heading says goes before: a word in it that is
known to mean something else, or something like it of another time, and the column is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from caseaudit.mapping.aliases import Aliases
from caseaudit.mapping.columns import BY_WORDS, NUMBERED, Candidate, Column
from caseaudit.mapping.naming import MOSTLY, suits
from caseaudit.tables import FieldSpec

_CAPITALS = re.compile(r"\b[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*\b|\b[A-Z][a-z]+[A-Z]\w*\b")


def by_words(columns: Sequence[Column], one: FieldSpec, known: Aliases) -> tuple[Column, Candidate] | None:
    """The only column in which a field's own words stand; None where there is none, or more than one.

    Args:
        columns: those that no field has taken, nor any question.
        one: a field of words from a list.
        known: the data file.
    """
    if one.kind != "code":
        return None
    words = {w: to for w, to in known.values.get(one.path, {}).items() if len(w) > 2 and w not in _BARE}
    found = [
        column for column in columns if column.look.different > 1 and column.look.known(words, one.codes) >= MOSTLY
    ]
    if len(found) != 1 or found[0].folded.tokens & known.changing or _is_dropped(found[0], known):
        return None
    return found[0], Candidate(one, BY_WORDS, sure=True, fits=True, likeness=100.0)


_BARE = frozenset(("yes", "no", "true", "false", "done", "normal", "none", "other"))
"""Words that stand in columns of many kinds."""


def numbered(columns: Sequence[Column], one: FieldSpec, known: Aliases) -> tuple[Column, Candidate] | None:
    """The only column that is headed as the number of a system or service we do not know ("EIP Ref"); else None.

    Args:
        columns: those that no field has taken, nor any question.
        one: the field of the case.
        known: the data file.
    """
    found = [column for column in columns if _is_number(column, one, known)]
    others = [column for column in columns if column not in found and _may_count(column)]
    if len(found) != 1 or others:
        return None
    return found[0], Candidate(one, NUMBERED, sure=True, fits=True, likeness=100.0)


def _is_number(column: Column, one: FieldSpec, known: Aliases) -> bool:
    tokens = column.folded.tokens
    strange = {word for word in tokens if not known.folder.knows(word)}
    if "id" not in tokens or len(strange) != 1 or tokens - strange - {"id", "client", "code", "date"}:
        return False
    if not _CAPITALS.search(column.heading) or _is_dropped(column, known) or tokens & known.no_case:
        return False
    every = column.look.different == column.look.filled
    return column.look.length >= 4 and suits(column, one, known) and (every or one.table != "cases")


def numbers_rows(column: Column, known: Aliases) -> bool:
    """Whether a column is headed as a number of something, and no two rows have the same: it may be the rows' own."""
    tokens, seen = column.folded.tokens, column.look
    every = seen.filled > 1 and seen.different == seen.filled
    return tokens > {"id"} and every and not tokens & known.no_case and not _is_dropped(column, known)


def _may_count(column: Column) -> bool:
    """Whether a column is headed as a number of some kind."""
    return bool(column.folded.tokens & {"id"}) and column.look.filled > 0


def _is_dropped(column: Column, known: Aliases) -> bool:
    readings: Iterable[frozenset[str]] = (column.folded.tokens, *column.folded.readings)
    return any(
        tokens in known.unneeded or tokens in known.personal or tokens & known.personal_words for tokens in readings
    )
