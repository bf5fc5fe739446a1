"""The second table a sheet feeds: the last review in a caseload, the last supervision in a list of staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caseaudit.mapping.aliases import Aliases, Secondary
from caseaudit.mapping.columns import Column, decided
from caseaudit.mapping.decisions import Decision
from caseaudit.mapping.drafting import Draft, doubt
from caseaudit.mapping.settling import settle
from caseaudit.model import Feed
from caseaudit.tables import spec


def other_tables(table: str, known: Aliases, decision: Decision) -> list[Secondary]:
    """The other tables a sheet may feed: those known of its table, and those the user names columns of."""
    found = list(known.tables[table].also)
    for other in decision.feeds:
        if other in {table, *(one.table for one in found), *decision.tables}:
            continue
        shared = tuple(n for n, f in spec(other).fields.items() if f.kind == "ident" and n in spec(table).fields)
        needs = tuple(n for n in decision.of(other) if n not in shared)
        found.append(Secondary(other, shared, needs, {}))
    return found


def also_feeds(
    draft: Draft, other: Secondary, rest: Sequence[Column], feeding: Mapping[str, Column], fixed: Mapping[str, Column]
) -> Feed | None:
    """A second table the sheet feeds, if a column says that it does."""
    fields = spec(other.table).fields
    wanted = {fields[name]: keys for name, keys in other.fields.items() if name not in fixed}
    found = settle([column for column in rest if column.heading not in draft.matches], wanted, draft.known)
    own = {**found.fields, **{name: (column, decided(fields[name])) for name, column in fixed.items()}}
    if not any(name in own for name in other.only_if):
        for heading, options in found.asked.items():
            if options[0].field.name in other.only_if:
                draft.ask(options[0].field, heading, doubt(options))
        return None
    shared = {name: feeding[name] for name in other.share if name in feeding and name not in own}
    if not set(spec(other.table).required) <= {*shared, *own}:
        return None
    for name, column in shared.items():
        draft.take(fields[name], column, None)
    for name, (column, how) in own.items():
        draft.take(fields[name], column, how)
    columns = {name: column.heading for name, column in shared.items()}
    return Feed(other.table, columns | {n: c.heading for n, (c, _) in own.items()}, only_if=other.only_if)
