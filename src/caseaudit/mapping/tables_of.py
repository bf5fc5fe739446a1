"""Which canonical table a sheet is: by its headings, its name, and the look of its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caseaudit.mapping.aliases import Aliases
from caseaudit.mapping.clearness import Guess, named_otherwise
from caseaudit.mapping.columns import BY_WORDS, DECIDED, NUMBERED, STAND_IN, WIDER, Column, Matched
from caseaudit.mapping.decisions import UNDECIDED, Decision
from caseaudit.mapping.folding import words_of
from caseaudit.mapping.matching import matched
from caseaudit.mapping.naming import suits
from caseaudit.mapping.titles import FIRST, Title, title
from caseaudit.model import Source
from caseaudit.tables import FieldSpec, spec

NAMED = 1.0
"""Weight enough for a sheet named like a table that no other source gives: what it lacks is asked for."""

ONLY_NAMED = 0.6
"""Part of its weight that a list of sign-offs keeps where name or cells say courses, and no column how or by whom."""

SOME_COURSES = 0.3
"""Share of the different texts that name courses everybody takes, from which they are all courses."""

_SIGNS = frozenset(("method", "signed_off_by"))

_TRUST = {WIDER: 0.4, STAND_IN: 0.5, BY_WORDS: 0.5, NUMBERED: 0.3, DECIDED: 2.0}

FEWEST_ROWS, REPEATED = 8, 0.45
"""Rows from which on it tells that people come again, and the part of its weight that a list of staff then keeps."""


def guesses(
    columns: Sequence[Column],
    source: Source,
    known: Aliases,
    decision: Decision = UNDECIDED,
    fixed: Mapping[str, Column] | None = None,
) -> list[Guess]:
    """Every table the sheet may be, the best first; only the one the user names, if they name one.

    A table that only the name of the sheet says comes second, whatever its weight.

    Args:
        columns: those the user has not decided about.
        source: for its name.
        known: the data file.
        decision: the user's.
        fixed: heading → column of those the user has decided about.
    """
    tables = decision.tables[:1] or tuple(known.tables)
    named = title(source)
    fixed = fixed or {}
    found = {
        table: matched(columns, table, known, {name: fixed[h] for name, h in decision.of(table).items() if h in fixed})
        for table in tables
    }
    tables_with: dict[str, int] = {}
    for one in found.values():
        for heading in {column.heading for column, how in one.fields.values() if how.rank != WIDER}:
            tables_with[heading] = tables_with.get(heading, 0) + 1
    result = []
    for table, one in found.items():
        required = spec(table).required
        given = {*one.fields, *decision.constants_of(table)}
        missing = tuple(name for name in required if name not in given)
        weight = sum(
            (1.5 if name in required else 1.0) * _TRUST.get(how.rank, 1.0) / tables_with.get(column.heading, 1) ** 0.5
            for name, (column, how) in one.fields.items()
        )
        weight += sum(_by_words(column, how.field, known) for column, how in one.fields.values())
        asked = {c.field.name for options in one.asked.values() for c in options} | _spare(
            columns, one, missing, table, known
        )
        weight *= 0.55 ** sum(0.5 if name in asked else 1.0 for name in missing)
        weight *= _doubted(one, table, named, known)
        bonus = named.worth.get(table, 0.0)
        # However much the name says, it stands for no column that is not there.
        bonus = min(bonus, FIRST) if set(missing) - asked else bonus
        told = named.words.get(table, 0)
        full = weight + bonus * min(1.0, weight)
        result.append(Guess(table, one, full, missing, bonus > 0, columns, told, foreign=named.foreign, bare=weight))
    ordered = sorted(result, key=lambda guess: -guess.weight)
    if (rival := named_otherwise(ordered, known)) is not None:
        ordered = [ordered[0], rival, *(guess for guess in ordered[1:] if guess is not rival)]
    return ordered


def _spare(columns: Sequence[Column], found: Matched, missing: Sequence[str], table: str, known: Aliases) -> set[str]:
    """The numbers the sheet lacks for which a column is left that is headed as a number of some kind."""
    placed = {column.heading for column, _ in found.fields.values()} | found.beaten.keys()
    left = [one for one in columns if one.heading not in placed and "id" in one.folded.tokens]
    fields = spec(table).fields
    return {
        name
        for name in missing
        if fields[name].kind == "ident" and any(suits(one, fields[name], known) and one.look.filled for one in left)
    }


def _by_words(column: Column, one: FieldSpec, known: Aliases) -> float:
    """What the words in a column add, where they are those of a field no row can do without.

    Names of competencies add nothing: they are taught in courses too, and a course must never pass for a sign-off.
    """
    if one.kind != "code" or not one.required or one.table == "competencies":
        return 0.0
    return column.look.known(known.values.get(one.path, {}), one.codes)


def _doubted(found: Matched, table: str, named: Title, known: Aliases) -> float:
    """Part of its weight that a table keeps.

    Courses are listed by the names of competencies too, sign-offs seldom without who signed or how it was seen. A list
    of staff names each once; where they come again and again it is a list of what they did.
    """
    if table == "staff" and "worker_id" in found.fields:
        look = found.fields["worker_id"][0].look
        return REPEATED if look.filled >= FEWEST_ROWS and look.different <= look.filled / 2 else 1.0
    if table != "competencies" or table in named.words or _SIGNS & found.fields.keys():
        return 1.0
    column = found.fields["competency"][0] if "competency" in found.fields else None
    courses = "training" in named.words or (column is not None and _names_courses(column, known))
    return ONLY_NAMED if courses else 1.0


def _names_courses(column: Column, known: Aliases) -> bool:
    """Whether some of the texts are plainly names of courses everybody takes."""
    texts = column.look.texts
    said = sum(bool(known.courses & set(words_of(text))) for text in texts)
    return said >= max(1, SOME_COURSES * len(texts))
