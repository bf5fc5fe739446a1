"""One column for each field: the one that names it best; where two do so equally well, a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from caseaudit.mapping.aliases import Aliases, key
from caseaudit.mapping.columns import KNOWN, Candidate, Column, Matched
from caseaudit.mapping.naming import candidates, told_apart
from caseaudit.tables import FieldSpec


def settle(columns: Iterable[Column], wanted: Mapping[FieldSpec, frozenset[frozenset[str]]], known: Aliases) -> Matched:
    """Give each field the column that names it best; where two do so equally well, ask.

    Works in rounds, the plainest headings first. A column whose field is gone falls back on its next best.
    """
    options = {column: listed for column in columns if (listed := candidates(column, wanted, known))}
    taken: dict[str, tuple[Column, Candidate]] = {}
    asked: dict[str, tuple[Candidate, ...]] = {}
    beaten: dict[str, str] = {}
    while options:
        best = min(listed[0].order for listed in options.values())
        turn = {column: options.pop(column) for column, listed in list(options.items()) if listed[0].order == best}
        _take_turn(turn, best, taken, asked, beaten, known)
        gone = set(taken) | {c[0].field.name for c in asked.values() if c[0].sure and c[0].fits}
        for column, listed in list(options.items()):
            options[column] = [one for one in listed if one.field.name not in gone]
            if not options[column]:
                del options[column]
                _beaten(column, listed[0], taken, asked, beaten)
    # What was asked about a field that has since found its column is no question any more.
    for heading, options_left in list(asked.items()):
        still = tuple(one for one in options_left if one.field.name not in taken)
        if still:
            asked[heading] = still
        else:
            beaten[heading] = taken[options_left[0].field.name][0].heading
            del asked[heading]
    return Matched(taken, asked, beaten)


def _beaten(
    column: Column,
    wanted: Candidate,
    taken: dict[str, tuple[Column, Candidate]],
    asked: dict[str, tuple[Candidate, ...]],
    beaten: dict[str, str],
) -> None:
    """A column whose field is gone: to the same heading said more plainly, or to another that says no less."""
    winner = taken.get(wanted.field.name)
    if winner is None:
        beaten[column.heading] = wanted.field.title
        return
    kind = wanted.field.kind
    same = key(column.folded.tokens, kind) == key(winner[0].folded.tokens, kind)
    if same or not (wanted.sure and wanted.fits) or wanted.rank > KNOWN:
        beaten[column.heading] = winner[0].heading
        return
    # "Next review due" is no worse a heading than "Next review date": only the user knows which of them counts.
    del taken[wanted.field.name]
    asked[winner[0].heading] = (winner[1],)
    asked[column.heading] = (wanted,)


def _take_turn(
    turn: Mapping[Column, list[Candidate]],
    best: tuple[bool, bool, int],
    taken: dict[str, tuple[Column, Candidate]],
    asked: dict[str, tuple[Candidate, ...]],
    beaten: dict[str, str],
    known: Aliases,
) -> None:
    """Give the columns of one round their fields where each wants one and no other column wants it."""
    claims: dict[str, list[Column]] = {}
    first: dict[Column, Candidate] = {}
    for column, listed in turn.items():
        tied = told_apart(column, [one for one in listed if one.order == best], known)
        if len(tied) > 1 or not (tied[0].fits and tied[0].sure):
            asked[column.heading] = tuple(listed)
        else:
            claims.setdefault(tied[0].field.name, []).append(column)
            first[column] = tied[0]
    for name, claimants in claims.items():
        # "Course title" says what the course is, "Course code" beside it only by which letters.
        named = [column for column in claimants if "code" not in column.folded.tokens]
        if len(named) == 1 and first[named[0]].field.kind == "code":
            beaten.update({column.heading: named[0].heading for column in claimants if column is not named[0]})
            taken[name] = (named[0], first[named[0]])
        elif len(claimants) == 1:
            taken[name] = (claimants[0], first[claimants[0]])
        else:
            asked.update({column.heading: (first[column],) for column in claimants})
