"""Which canonical table a sheet is: by its headings, its name, and the look of its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caseaudit.mapping.aliases import Aliases
from caseaudit.mapping.columns import BY_WORDS, DECIDED, NUMBERED, STAND_IN, Column, Matched
from caseaudit.mapping.decisions import UNDECIDED, Decision
from caseaudit.mapping.dropping import unneeded
from caseaudit.mapping.matching import matched
from caseaudit.mapping.naming import candidates, suits
from caseaudit.mapping.titles import FIRST, title
from caseaudit.model import Source
from caseaudit.tables import FieldSpec, spec

ENOUGH = 1.6
"""Least weight of evidence to take a sheet for a table: about two columns that few other tables have."""

NAMED = 1.0
"""The same where the file or sheet is named like a table that no other source gives: what it lacks is asked for."""

SOME = 0.6
"""Weight from which a sheet that has all a table's rows need is worth asking about."""

MOST = 2 / 3
"""Least share of its columns that a table explains which the name of the sheet does not say: a list of complaints has
dates and clients too."""

PLENTY, STRONG, PLAIN = 5, 3.0, 2.0
"""Columns, weight, and times the weight of the next table, from which the rest of the columns does not matter."""

LEAST = 0.35
"""The same where the name of the sheet says it: a list of peers and volunteers may be a list of staff."""

CLEAR = 1.15
"""By how much the best table must outweigh the next."""


FEWEST_WORDS, MOSTLY = 3, 0.75
"""Different words, and share of them known, from which a column tells its table whatever the sheet is called."""

_TRUST = {STAND_IN: 0.5, BY_WORDS: 0.5, NUMBERED: 0.3, DECIDED: 2.0}


@dataclass(frozen=True)
class Guess:
    """How well a sheet suits a table.

    Attributes:
        table: the table.
        matched: what its columns would be.
        weight: of the evidence; a heading many tables know counts for little.
        missing: required fields for which there is no sure column.
        named: whether the name of the file or sheet says so.
        columns: of the sheet, whatever became of them.
        told: how many words of the name say so; none where only words of every day do.
    """

    table: str
    matched: Matched
    weight: float
    missing: tuple[str, ...]
    named: bool
    columns: Sequence[Column] = ()
    told: int = 0


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
        for heading in {column.heading for column, _ in one.fields.values()}:
            tables_with[heading] = tables_with.get(heading, 0) + 1
    result = []
    for table, one in found.items():
        required = spec(table).required
        given = {*one.fields, *decision.constants_of(table)}
        missing = tuple(name for name in required if name not in given)
        weight = sum(
            (1.5 if name in required else 1.0) * _TRUST.get(how.rank, 1.0) / tables_with[column.heading] ** 0.5
            for name, (column, how) in one.fields.items()
        )
        weight += sum(_by_words(column, how.field, known) for column, how in one.fields.values())
        asked = {c.field.name for options in one.asked.values() for c in options} | _spare(columns, one, missing, table, known)
        weight *= 0.55 ** sum(0.5 if name in asked else 1.0 for name in missing)
        bonus = named.worth.get(table, 0.0)
        # However much the name says, it stands for no column that is not there.
        bonus = min(bonus, FIRST) if set(missing) - asked else bonus
        told = named.words.get(table, 0)
        result.append(Guess(table, one, weight + bonus * min(1.0, weight), missing, bonus > 0, columns, told))
    ordered = sorted(result, key=lambda guess: -guess.weight)
    if (rival := _named_otherwise(ordered, known)) is not None:
        ordered = [ordered[0], rival, *(guess for guess in ordered[1:] if guess is not rival)]
    return ordered


def _named_otherwise(ordered: Sequence[Guess], known: Aliases) -> Guess | None:
    """The table the name says and the columns do not, if the sheet has columns of it too."""
    best = ordered[0]
    if best.named:
        return None
    telling = {column.heading for column, how in best.matched.fields.values() if _is_telling(column, how.field, known)}
    return next(
        (
            guess
            for guess in ordered[1:]
            if guess.told
            and guess.weight >= SOME
            and telling <= {column.heading for column, _ in guess.matched.fields.values()}
        ),
        None,
    )


def _is_telling(column: Column, one: FieldSpec, known: Aliases) -> bool:
    """Whether a column says by itself what its sheet is: three words at least of a closed list rows cannot lack."""
    if not (one.required and one.codes) or column.look.different < FEWEST_WORDS:
        return False
    return column.look.known(known.values.get(one.path, {}), one.codes) >= MOSTLY


def _spare(
    columns: Sequence[Column], found: Matched, missing: Sequence[str], table: str, known: Aliases
) -> set[str]:
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


def clear(ordered: Sequence[Guess], known: Aliases) -> bool:
    """Whether the best guess leaves no doubt about which table it is.

    A name that says another table, of which the sheet has columns too, is a doubt.
    """
    best = ordered[0]
    if _named_otherwise(ordered, known) is not None or _explained_otherwise(ordered):
        return False
    least = LEAST if best.named else MOST
    if not (best.missing or _speaks_for_itself(ordered)) and _explained(best, known) < least:
        return False
    return best.weight >= ENOUGH and (len(ordered) < 2 or best.weight >= CLEAR * ordered[1].weight)


def _speaks_for_itself(ordered: Sequence[Guess]) -> bool:
    """Whether so many columns are a table's own that others beside them say nothing against it."""
    best, rivals = ordered[0], ordered[1:2]
    enough = len(best.matched.fields) >= PLENTY and best.weight >= STRONG
    return enough and all(best.weight >= PLAIN * rival.weight for rival in rivals)


def _explained(guess: Guess, known: Aliases) -> float:
    """Share of the columns of use to somebody that the table has a place for, or one of those it feeds as well."""
    about = known.tables[guess.table]
    placed = {column.heading for column, _ in guess.matched.fields.values()} | set(guess.matched.asked)
    rest = [column for column in guess.columns if column.heading not in placed and unneeded(column, known) is None]
    for other in about.also:
        wanted = {spec(other.table).fields[name]: keys for name, keys in other.fields.items()}
        rest = [column for column in rest if not candidates(column, wanted, known)]
    return len(placed) / max(1, len(placed) + len(rest))


def _explained_otherwise(ordered: Sequence[Guess]) -> bool:
    """Whether another table has a place for more of the columns, two at least, and is no mere shadow of the best."""
    best = ordered[0]
    return any(
        len(one.matched.fields) >= len(best.matched.fields) + 2 and one.weight >= 0.5 * best.weight
        for one in ordered[1:3]
    )
