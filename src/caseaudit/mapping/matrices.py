"""Wide matrices: one column per competency or course, one row per worker."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from caseaudit.mapping.aliases import Aliases
from caseaudit.mapping.dropping import personal, unneeded
from caseaudit.mapping.matching import Column, settle
from caseaudit.mapping.tables_of import name_bonus
from caseaudit.model import Source, Unpivot
from caseaudit.tables import spec

_CODE_FIELD = {"competencies": "competency", "training": "course"}
_VALUE_FIELD = {"competencies": "signed_off_on", "training": "completed_on"}
_SAYS_DATE = frozenset(("date", "completed", "signed", "achieved"))
_SAYS_EXPIRY = frozenset(("expiry", "due"))

FEWEST = 2
"""A sheet with fewer such columns is no matrix."""


@dataclass(frozen=True)
class Matrix:
    """A sheet understood as a matrix.

    Attributes:
        table: "competencies" or "training".
        people: field of the worker → column.
        unpivots: one for the dates of completion, and one for dates of expiry where there are such columns.
        asked: headings that may be columns of the matrix → why that is not sure.
        weight: of the evidence, comparable with a Guess's.
    """

    table: str
    people: Mapping[str, Column]
    unpivots: tuple[Unpivot, ...]
    weight: float
    asked: Mapping[str, str] = field(default_factory=dict)


def matrix_of(columns: Sequence[Column], source: Source, known: Aliases) -> Matrix | None:
    """The sheet as a matrix; None where it is none."""
    found = [one for table in _CODE_FIELD if (one := _as(table, columns, source, known)) is not None]
    return max(found, key=lambda one: one.weight, default=None)


def _as(table: str, columns: Sequence[Column], source: Source, known: Aliases) -> Matrix | None:
    worker = spec(table).fields["worker_id"]
    people = settle(columns, {worker: known.tables[table].fields["worker_id"]}, known).fields
    if "worker_id" not in people:
        return None
    who = people["worker_id"][0]
    bonus = name_bonus(source, known.tables[table].sheet, known)
    done: dict[str, str] = {}
    expires: dict[str, str] = {}
    asked: dict[str, str] = {}
    count = 0
    for column in columns:
        tokens = column.folded.tokens
        codes = known.matrix[table]
        known_code = codes.get(tokens - _SAYS_DATE - _SAYS_EXPIRY) or codes.get(tokens)
        if column is who or (column.look.filled and not _looks_filled_in(column)):
            continue
        if known_code is None and not (bonus and column.look.filled and _may_be_course(column, known)):
            continue
        code = known_code or _snake(column.heading)
        (expires if tokens & _SAYS_EXPIRY else done)[column.heading] = code
        count += known_code is not None
    if len(done) < FEWEST:
        return None
    fields = _CODE_FIELD[table], _VALUE_FIELD[table]
    unpivots = [Unpivot(done, *fields)]
    if expires:
        unpivots.append(Unpivot(expires, fields[0], "expires_on"))
    # A column that is only known to look like one counts less than one whose heading is a known course.
    weight = 0.5 + bonus + count + 0.4 * (len(done) + len(expires) - count)
    return Matrix(table, {"worker_id": who}, tuple(unpivots), weight, asked)


def _may_be_course(column: Column, known: Aliases) -> bool:
    """Whether a column whose heading is no known course can be one: it says nothing else about the worker."""
    return not (column.folded.tokens in known.beside or personal(column, None, known) or unneeded(column, known))


def _looks_filled_in(column: Column) -> bool:
    seen = column.look
    return seen.dates + seen.serials + seen.yes_no >= 0.5


def _snake(heading: str) -> str:
    return re.sub(r"[\W_]+", "_", heading.lower()).strip("_")
