"""Wide matrices: one column per competency or course, one row per worker."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caseaudit.mapping.aliases import Aliases, key
from caseaudit.mapping.columns import KNOWN, Column
from caseaudit.mapping.decisions import UNDECIDED, Decision
from caseaudit.mapping.dropping import personal, unneeded
from caseaudit.mapping.settling import settle
from caseaudit.mapping.titles import title
from caseaudit.model import Source, Unpivot
from caseaudit.tables import FieldSpec, spec

_CODE_FIELD = {"competencies": "competency", "training": "course"}
_VALUE_FIELD = {"competencies": "signed_off_on", "training": "completed_on"}
_SAYS_DATE = frozenset(("date", "completed", "signed", "achieved"))
_SAYS_EXPIRY = frozenset(("expiry", "due"))

_WHICH_DATE = re.compile(r"\b(expiry|expires|exp|due|renewal|date|completed|achieved|signed off)\b")

FEWEST, FEWEST_UNKNOWN = 2, 4
"""A sheet with fewer such columns is no matrix; nor one with fewer than the second, of which none is a known course."""


@dataclass(frozen=True)
class Matrix:
    """A sheet understood as a matrix.

    Attributes:
        table: "competencies" or "training".
        people: field of the worker → column.
        unpivots: one for the dates of completion, and one for dates of expiry where there are such columns.
        weight: of the evidence, comparable with a Guess's.
    """

    table: str
    people: Mapping[str, Column]
    unpivots: tuple[Unpivot, ...]
    weight: float


def matrix_of(
    columns: Sequence[Column],
    source: Source,
    known: Aliases,
    decision: Decision = UNDECIDED,
    fixed: Mapping[str, Column] | None = None,
) -> Matrix | None:
    """The sheet as a matrix; None where it is none.

    Args:
        columns: those the user has not decided about.
        source: for its name.
        known: the data file.
        decision: the user's.
        fixed: heading → column of those the user has decided about.
    """
    tables = [table for table in decision.tables if table in _CODE_FIELD] or list(_CODE_FIELD)
    found = [one for table in tables if (one := _as(table, columns, source, known, decision, fixed or {})) is not None]
    return max(found, key=lambda one: one.weight, default=None)


def _as(
    table: str,
    columns: Sequence[Column],
    source: Source,
    known: Aliases,
    decision: Decision,
    fixed: Mapping[str, Column],
) -> Matrix | None:
    worker = spec(table).fields["worker_id"]
    told = {**decision.matrix, **decision.matrix_expiry}
    others = [column for column in columns if column.heading not in told]
    people = settle(others, {worker: known.tables[table].fields["worker_id"]}, known).fields
    told_who = decision.of(table).get("worker_id")
    who = fixed.get(told_who or "") or (people["worker_id"][0] if "worker_id" in people else None)
    if who is None or (not (told or decision.tables) and _lists_codes(table, others, known)):
        return None
    bonus = title(source).worth.get(table, 0.0)
    found = {} if told else _cells(table, [c for c in others if c is not who], known, named=bonus > 0)
    done = {**decision.matrix, **{c.heading: code for c, code in found.items() if not _expiry(c)}}
    expires = {**decision.matrix_expiry, **{c.heading: code for c, code in found.items() if _expiry(c)}}
    if len(done) < FEWEST and not told:
        return None
    unpivots = [
        Unpivot(cells, _CODE_FIELD[table], value)
        for cells, value in ((done, _VALUE_FIELD[table]), (expires, "expires_on"))
        if cells
    ]
    if not told and len(found) < FEWEST_UNKNOWN and not any(_code(column, table, known) for column in found):
        return None
    # A column that is only known to look like one counts less than one whose heading is a known course.
    count = sum(_code(column, table, known) is not None for column in found)
    weight = 0.5 + bonus + count + 0.4 * (len(found) - count)
    return Matrix(table, {"worker_id": who}, tuple(unpivots), weight)


def _lists_codes(table: str, columns: Sequence[Column], known: Aliases) -> bool:
    """Whether a column says of each row which course it is about: then no other column's heading is a course."""
    one = spec(table).fields[_CODE_FIELD[table]]
    found = settle(columns, {one: known.tables[table].fields[one.name]}, known).fields.get(one.name)
    return found is not None and found[1].rank <= KNOWN and found[0].look.filled > 0 and not _looks_filled_in(found[0])


def _cells(table: str, columns: Sequence[Column], known: Aliases, *, named: bool) -> dict[Column, str]:
    """The columns of the matrix → their codes. An unknown heading counts only in a sheet named as a matrix."""
    found = {}
    for column in columns:
        if column.look.filled and not _looks_filled_in(column):
            continue
        code = _code(column, table, known)
        if code is None and named and column.look.filled and _may_be_course(column, table, known):
            code = _snake(column.heading)
        if code is not None:
            found[column] = code
    return found


def _code(column: Column, table: str, known: Aliases) -> str | None:
    tokens = column.folded.tokens
    return known.matrix[table].get(tokens - _SAYS_DATE - _SAYS_EXPIRY) or known.matrix[table].get(tokens)


def _expiry(column: Column) -> bool:
    return bool(column.folded.tokens & _SAYS_EXPIRY)


def _may_be_course(column: Column, table: str, known: Aliases) -> bool:
    """Whether a column whose heading is no known course can be one: it says nothing else about the worker."""
    tokens = column.folded.tokens
    if tokens & known.changing or any(key(tokens, one.kind) in keys for one, keys in _fields_of(table, known)):
        return False
    return not (tokens in known.beside or personal(column, None, known) or unneeded(column, known))


def _fields_of(table: str, known: Aliases) -> list[tuple[FieldSpec, frozenset[frozenset[str]]]]:
    return [(spec(table).fields[name], keys) for name, keys in known.tables[table].fields.items()]


def _looks_filled_in(column: Column) -> bool:
    seen = column.look
    return seen.dates + seen.serials + seen.yes_no >= 0.5


def _snake(heading: str) -> str:
    """An unknown course as a code; what only says which date it is belongs to the cell, not to the course."""
    bare = _WHICH_DATE.sub(" ", heading.lower())
    return re.sub(r"[\W_]+", "_", bare).strip("_") or re.sub(r"[\W_]+", "_", heading.lower()).strip("_")
