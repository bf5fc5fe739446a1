"""Sheets that look like a table but may be another, or lack what its rows cannot do without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from caseaudit.mapping.aliases import Aliases, Secondary, key
from caseaudit.mapping.clearness import PLAIN, Guess, clear
from caseaudit.mapping.columns import Column, Matched
from caseaudit.mapping.decisions import Decision
from caseaudit.mapping.drafting import Draft
from caseaudit.mapping.guessing import may_hold
from caseaudit.mapping.leftovers import UNKNOWN, leftovers
from caseaudit.mapping.orders import undecided
from caseaudit.mapping.settling import settle
from caseaudit.model import ColumnMatch, Feed, Sheet, SheetPlan
from caseaudit.tables import FieldSpec, spec

COULD_BE = "could be"
"""How the reason begins of a sheet left out because it may be one table or another."""

LOOKS_LIKE = "looks like"

LACKING = "known heading, but the sheet lacks a column it cannot do without"
"""Why the other columns of such a sheet are not sure."""


def doubtful(
    sheet: Sheet, columns: Sequence[Column], ordered: Sequence[Guess], known: Aliases, decision: Decision
) -> SheetPlan:
    """The plan of such a sheet: it feeds nothing until the user has said what is asked of it."""
    best = ordered[0]
    draft = Draft(known)
    if best.missing:
        titles = ", ".join(f"“{spec(best.table).fields[n].title}” ({best.table}.{n})" for n in best.missing)
        left_out = f"{LOOKS_LIKE} {best.table}, but no column is known to hold {titles}"
        if (waiting := _waiting(columns, ordered, known, decision)) is not None:
            return waiting.plan(sheet, left_out=left_out)
        why = LACKING
    else:
        left_out = f"{COULD_BE} {best.table} or {ordered[1].table}"
        why = f"the sheet {left_out}"
    for guess in ordered[: 1 if best.missing else 2]:
        for name, (column, _) in guess.matched.fields.items():
            if column.heading not in draft.matches:
                draft.ask(spec(guess.table).fields[name], column.heading, why)
    for other in known.tables[best.table].also:
        for column, how in _also_known(draft, columns, other, known).fields.values():
            draft.ask(how.field, column.heading, why)
    leftovers(draft, columns, best.matched, best.table, decision)
    for heading, match in draft.matches.items():
        if match.why == UNKNOWN:
            # Unknown to this table; it may be known to the one that the user says it is.
            draft.matches[heading] = replace(match, sure=False)
    return draft.plan(sheet, left_out=left_out)


def _also_known(draft: Draft, columns: Sequence[Column], other: Secondary, known: Aliases) -> Matched:
    """The columns of a second table among those not yet spoken of."""
    wanted = {spec(other.table).fields[name]: keys for name, keys in other.fields.items()}
    return settle([c for c in columns if c.heading not in draft.matches], wanted, known)


def _waiting(columns: Sequence[Column], ordered: Sequence[Guess], known: Aliases, decision: Decision) -> Draft | None:
    """A sheet that is plainly one table and has columns that may be what it lacks: only these are asked about.

    None where it may be another table, or no column is there that could hold what is missing.
    """
    best = ordered[0]
    plain = clear(ordered, known) and (best.named or best.weight >= PLAIN * ordered[1].weight)
    if not (plain or decision.tables or _only_asks(best, ordered[1])):
        return None
    draft = Draft(known)
    feeding = draft.take_all(best.table, best.matched)
    for other in known.tables[best.table].also:
        found = _also_known(draft, columns, other, known)
        if any(name in found.fields for name in other.only_if):
            for column, how in found.fields.values():
                draft.take(how.field, column, how)
    leftovers(draft, columns, best.matched, best.table, decision)
    _ask_for(draft, columns, best, known)
    asked = {match.field for match in draft.matches.values() if not match.sure and match.table == best.table}
    if not set(best.missing) <= asked:
        return None
    feed = Feed(best.table, {name: column.heading for name, column in feeding.items()})
    for heading, why in undecided(columns, [feed], known, decision).items():
        match = draft.matches[heading]
        draft.ask(spec(match.table or best.table).fields[match.field or ""], heading, why)
    return draft


def _only_asks(best: Guess, rival: Guess) -> bool:
    """Whether the name says the table and no other, and columns are there to ask about that may be what is lacking."""
    may_be = {option.field.name for options in best.matched.asked.values() for option in options}
    return best.told > 0 and not best.foreign and not rival.named and set(best.missing) <= may_be


def _ask_for(draft: Draft, columns: Sequence[Column], best: Guess, known: Aliases) -> None:
    """Ask about the columns of an unknown heading that could be what the sheet lacks, the likeliest of them only.

    Where a heading resembles the field, or is that of some number and a number is lacking, the others say less.
    """
    for name in best.missing:
        one = spec(best.table).fields[name]
        could = [
            column
            for column in columns
            if _is_spare(draft.matches[column.heading], column, best)
            and may_hold(column, one, known)
            and not _says_another(column, one, known)
        ]
        numbers = [column for column in could if one.kind == "ident" and "id" in column.folded.tokens]
        resembling = any(
            not match.sure and (match.table, match.field) == (best.table, name) for match in draft.matches.values()
        )
        for column in numbers or ([] if resembling else could):
            draft.ask(one, column.heading, f"an unknown heading, but its values could be “{one.title}”")


def _is_spare(left: ColumnMatch, column: Column, best: Guess) -> bool:
    beaten = column.heading in best.matched.beaten and left.field is None
    return (left.why == UNKNOWN or beaten) and not left.personal


def _says_another(column: Column, one: FieldSpec, known: Aliases) -> bool:
    """Whether every table that knows the heading knows it as something of another name."""
    names = {
        name
        for table, about in known.tables.items()
        for name, keys in about.fields.items()
        if key(column.folded.tokens, spec(table).fields[name].kind) in keys
    }
    return bool(names) and one.name not in names
