"""Whether what a sheet is leaves no doubt: by how much of it the best table explains, and how little the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caseaudit.mapping.aliases import Aliases
from caseaudit.mapping.columns import WIDER, Column, Matched
from caseaudit.mapping.dropping import unneeded
from caseaudit.mapping.naming import MOSTLY, candidates
from caseaudit.tables import FieldSpec, spec

ENOUGH = 1.6
"""Least weight of evidence to take a sheet for a table: about two columns that few other tables have."""

SOME = 0.6
"""Weight from which a sheet that has all a table's rows need is worth asking about."""

MOST = 0.75
"""Least share of its columns that a table explains which the name of the sheet does not say: a list of complaints has
dates and clients too."""

PLENTY, STRONG, PLAIN = 5, 3.0, 2.0
"""Columns, weight, and times the weight of the next table, from which the rest of the columns does not matter."""

LEAST = 0.35
"""The same where the name of the sheet says it: a list of peers and volunteers may be a list of staff."""

NAMED_PLAINLY, SEVERAL, LOG = 0.15, 3, 2
"""The same where words say it that say nothing else, columns it has a place for, and words of a name from which fewer
will do ("incident log"): a rota has a column for every kind of duty, a log one for every question on the form."""

CLEAR = 1.15
"""By how much the best table must outweigh the next."""

COMPLETE, FULLER = 2, 1.5
"""More columns than a table has that the name says, and times its weight, from which a table that lacks nothing is what
the sheet is where the other lacks something: "Supervision actions" without a day of supervision are actions."""

WHOLE = 4
"""More columns than a table has that are but a part of the best table's: a list of open involvements with their reviews
and reasons for closing is a caseload, whatever it is called."""

FEWEST_WORDS = 3
"""Different words, MOSTLY known, from which a column tells its table whatever the sheet is called."""


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
        foreign: whether the name says that the sheet is a list no check is about.
        bare: the weight without what the name adds.
    """

    table: str
    matched: Matched
    weight: float
    missing: tuple[str, ...]
    named: bool
    columns: Sequence[Column] = ()
    told: int = 0
    foreign: bool = False
    bare: float = 0.0


def named_otherwise(ordered: Sequence[Guess], known: Aliases) -> Guess | None:
    """The table the name says and the columns do not, if the sheet has columns of it too."""
    best = ordered[0]
    if best.named:
        return None
    telling = {column.heading for column, how in best.matched.fields.values() if _is_telling(column, how.field, known)}
    return next(
        (
            guess
            for guess in ordered[1:]
            if guess.told and guess.weight >= SOME and not _outdone(guess, best) and telling <= _headings(guess)
        ),
        None,
    )


def _outdone(rival: Guess, best: Guess) -> bool:
    """Whether a table, perhaps the one that the name says, is plainly less of what the sheet is than the best.

    It lacks what its rows need, where the columns are another's that lacks nothing; or all it has a place for is but a
    part of what the other has.
    """
    if best.missing:
        return False
    more = len(best.matched.fields) - len(rival.matched.fields)
    if rival.missing:
        return more >= COMPLETE and best.weight >= FULLER * rival.weight
    return more >= WHOLE and _headings(rival) < _headings(best) and best.weight > rival.weight


def _is_telling(column: Column, one: FieldSpec, known: Aliases) -> bool:
    """Whether a column says by itself what its sheet is: three words at least of a closed list rows cannot lack."""
    if not (one.required and one.codes) or column.look.different < FEWEST_WORDS:
        return False
    return column.look.known(known.values.get(one.path, {}), one.codes) >= MOSTLY


def clear(ordered: Sequence[Guess], known: Aliases) -> bool:
    """Whether the best guess leaves no doubt about which table it is.

    A name that says another table, of which the sheet has columns too, is a doubt; so is one that says something else.
    """
    best = ordered[0]
    if best.foreign or named_otherwise(ordered, known) is not None or _explained_otherwise(ordered):
        return False
    if not (best.missing or _speaks_for_itself(ordered)) and _explained(best, known) < _least(ordered):
        return False
    rivals = [one for one in ordered[1:2] if not _outdone(one, best)]
    return best.weight >= ENOUGH and all(best.weight >= CLEAR * one.weight for one in rivals)


def _least(ordered: Sequence[Guess]) -> float:
    """Least share of its columns that the best table must explain."""
    best = ordered[0]
    ahead = all(best.weight >= PLAIN * one.weight for one in ordered[1:2])
    plain = best.told >= LOG or (best.told and ahead and _places(best) >= SEVERAL)
    return NAMED_PLAINLY if plain else LEAST if best.named else MOST


def _speaks_for_itself(ordered: Sequence[Guess]) -> bool:
    """Whether so many columns are a table's own that others beside them say nothing against it."""
    best, rivals = ordered[0], ordered[1:2]
    enough = len(best.matched.fields) >= PLENTY and best.weight >= STRONG
    return enough and all(best.weight >= PLAIN * rival.weight for rival in rivals)


def _explained(guess: Guess, known: Aliases) -> float:
    """Share of the columns of use to somebody that the table has a place for, or one of those it feeds as well."""
    about = known.tables[guess.table]
    spoken_of = _headings(guess) | set(guess.matched.asked)
    # A heading that tells only once the table is known says nothing for it, nor against.
    placed = spoken_of - {column.heading for column, how in guess.matched.fields.values() if how.rank == WIDER}
    rest = [column for column in guess.columns if column.heading not in spoken_of and unneeded(column, known) is None]
    for other in about.also:
        wanted = {spec(other.table).fields[name]: keys for name, keys in other.fields.items()}
        rest = [column for column in rest if not candidates(column, wanted, known)]
    return len(placed) / max(1, len(placed) + len(rest))


def _explained_otherwise(ordered: Sequence[Guess]) -> bool:
    """Whether another table has a place for more of the columns, two at least, and is no mere shadow of the best.

    Or it lacks nothing, has a place for two columns that the best has none for, and only the name says the best.
    """
    best = ordered[0]
    more = any(_places(one) >= _places(best) + 2 and one.weight >= 0.5 * best.weight for one in ordered[1:3])
    return more or any(
        not one.missing and one.bare > best.bare and len(_headings(one) - _headings(best)) >= 2 for one in ordered[1:3]
    )


def _places(guess: Guess) -> int:
    return len(_headings(guess) | set(guess.matched.asked))


def _headings(guess: Guess) -> set[str]:
    return {column.heading for column, _ in guess.matched.fields.values()}
