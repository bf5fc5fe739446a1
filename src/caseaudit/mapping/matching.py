"""Headings of one sheet matched to the fields of one table: by name, then by the look of the values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from caseaudit.mapping.aliases import Aliases, key
from caseaudit.mapping.columns import NUMBERED, PERHAPS, STAND_IN, Candidate, Column, Matched, decided
from caseaudit.mapping.guessing import perhaps
from caseaudit.mapping.naming import suits
from caseaudit.mapping.remaining import by_words, numbered, numbers_rows
from caseaudit.mapping.settling import settle
from caseaudit.tables import FieldSpec, spec


def matched(
    columns: Sequence[Column], table: str, known: Aliases, fixed: Mapping[str, Column] | None = None
) -> Matched:
    """Which column feeds which field of a table; what is not sure is listed to be asked about.

    Args:
        columns: those to be matched.
        table: canonical table.
        known: the data file.
        fixed: field → column the user has decided, not among `columns`.
    """
    about = known.tables[table]
    fields = spec(table).fields
    fixed = fixed or {}
    wanted = {fields[name]: keys for name, keys in about.fields.items() if name not in fixed}
    found = settle(columns, wanted, known)
    told = {name: (column, decided(fields[name])) for name, column in fixed.items()}
    taken = {**told, **found.fields}
    asked = dict(found.asked)
    used = [column for column, _ in taken.values()]
    for name, keys in about.stand_in.items():
        if name in taken or any(name in {c.field.name for c in options} for options in asked.values()):
            continue
        # A person may stand for the case as well as for themselves; a group of staff is a layer or a role, not both.
        spare = columns if fields[name].kind == "ident" else [one for one in columns if one not in used]
        best = _stand_in(spare, fields[name], keys, known)
        spoken_of = {column.heading for column, _ in taken.values()} | set(asked) | {one.heading for one in best}
        free = [one for one in columns if one.heading not in spoken_of and suits(one, fields[name], known)]
        own = [one for one in free if _bare_number(one) or numbers_rows(one, known)]
        if best and own and frozenset({"id"}) in keys:
            # "Ref No" or "Placement No" beside "Client ID" numbers the rows' own subject, or only the rows.
            either = Candidate(fields[name], PERHAPS, sure=False, fits=True, likeness=100.0)
            asked |= {one.heading: (either,) for one in (*best, *own)}
        elif len(best) == 1:
            taken[name] = (best[0], Candidate(fields[name], STAND_IN, sure=True, fits=True, likeness=100.0))
    taken |= _remaining(columns, table, known, taken, asked)
    placed = {column.heading for column, _ in taken.values()}
    for column in columns:
        maybe = perhaps(column, table, known, taken)
        if column.heading in placed or column.heading in asked or not maybe:
            continue
        if len(maybe) == 1 and _numbered_person(column, maybe[0].field):
            # The family has no numbers: "Carer ID" of a visit is a worker, where "Carer" may be anybody.
            taken[maybe[0].field.name] = (column, replace(maybe[0], rank=NUMBERED, sure=True))
        else:
            asked[column.heading] = maybe
    return Matched(taken, asked, found.beaten)


def _remaining(
    columns: Sequence[Column],
    table: str,
    known: Aliases,
    taken: Mapping[str, tuple[Column, Candidate]],
    asked: Mapping[str, tuple[Candidate, ...]],
) -> dict[str, tuple[Column, Candidate]]:
    """Columns for the fields no row can do without that no heading says and no question is about."""
    fields = spec(table).fields
    open_ = {one.field.name for options in asked.values() for one in options}
    placed = {column.heading for column, _ in taken.values()} | set(asked)
    rest = [column for column in columns if column.heading not in placed]
    found = {}
    for name in spec(table).required:
        if name in taken or name in open_:
            continue
        one = numbered(rest, fields[name], known) if name == "case_id" else by_words(rest, fields[name], known)
        if one is not None:
            found[name] = one
    return found


def _numbered_person(column: Column, one: FieldSpec) -> bool:
    """Whether a column is headed as the number of a carer, and holds numbers."""
    tokens = column.folded.tokens
    return one.name == "worker_id" and "carer" in tokens and bool(tokens & {"id", "code"}) and column.look.digits


def _bare_number(column: Column) -> bool:
    """Whether a column is headed "ID" or "Ref No" and nothing else, and does not merely count the rows."""
    return column.folded.tokens == {"id"} and column.look.length >= 4


def _stand_in(
    columns: Sequence[Column], one: FieldSpec, keys: Sequence[frozenset[str]], known: Aliases
) -> list[Column]:
    for wanted in keys:
        best = [c for c in columns if key(c.folded.tokens, one.kind) == wanted and suits(c, one, known)]
        if best:
            return best
    return []
