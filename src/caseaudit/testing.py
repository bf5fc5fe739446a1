"""For authors of checks: tables drawn as text, and one check run over them.

    result = run_check("review_overdue", "2026-10-31", '''
        cases    case_id | opened_on  | acuity_band
                 C1      | 2026-01-05 | high
        reviews  case_id | reviewed_on
                 C1      | 2026-09-01
    ''')
    assert outcomes(result) == {"C1": "met"}

The same drawings stand as worked examples in the checks' docstrings, and are tested there.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from caseaudit.catalogue import Catalogue, Check, load_catalogue
from caseaudit.catalogue.loading import load_check
from caseaudit.folders import CHECKS
from caseaudit.model import ORIGIN_SHIFT, Outcome, Rejected, Result, Source, Tables
from caseaudit.policy import Policy, load
from caseaudit.running import run
from caseaudit.running.findings import subject_text
from caseaudit.tables import MODELS, ORIGIN, schema, spec

_HEAD = re.compile(r"^\s*([a-z_]+)\s+(\S.*)$")
_EXAMPLE = re.compile(r"^as at (\d{4}-\d\d-\d\d)(?: beside ([A-Z0-9 ]+))?(?:, (.+))?$")
_VALUES = {"yes": True, "no": False}


def drawn_tables(drawing: str) -> Tables:
    """Canonical tables from a drawing: a line `table  field | field`, then a line of cells per row.

    A blank cell is a blank; `?` is a cell that could not be read, and in a required field makes a rejected row. Fields
    that are not drawn are blank, and count as not supplied by any export. The file of each row is named after the table
    and its row counts from 2, as in a CSV with a header.

    Raises:
        ValueError: a field is no field of its table, or a row has another number of cells than its header.
    """
    drawn: dict[str, tuple[list[str], list[list[str]]]] = {}
    current = ""
    for line in drawing.splitlines():
        if not line.strip():
            continue
        head = _HEAD.match(line)
        if head and head.group(1) in MODELS:
            current = head.group(1)
            drawn[current] = (_cells(head.group(2)), [])
        elif current:
            drawn[current][1].append(_cells(line))
        else:
            raise ValueError(f"the drawing begins with no table: {line.strip()!r}")
    sources = tuple(Source(f"{table}.csv", None, "", None, None, 1, len(rows)) for table, (_, rows) in drawn.items())
    frames, rejected = {}, []
    for place, (table, (fields, rows)) in enumerate(drawn.items()):
        unread = _unread(table, place, fields, rows)
        lost = {one.row for one in unread if one.whole}
        frame = _frame(table, place, fields, [["" if cell == "?" else cell for cell in row] for row in rows])
        frames[table] = frame.filter(~(pl.col(ORIGIN) - place * ORIGIN_SHIFT).is_in(list(lost)))
        rejected += unread
    supplied = {table: frozenset(fields) for table, (fields, _) in drawn.items()}
    return Tables(frames, supplied, sources, rejected=tuple(rejected))


def _unread(table: str, place: int, fields: list[str], rows: list[list[str]]) -> list[Rejected]:
    required = {name for name, field in spec(table).fields.items() if field.required}
    return [
        Rejected(place, row, table, name, "the cell cannot be read", whole=name in required)
        for row, cells in enumerate(rows, start=2)
        for name, cell in zip(fields, cells, strict=False)
        if cell == "?"
    ]


def run_check(
    check: str | Path | Check,
    as_at: str,
    drawing: str,
    policy: Policy | Mapping[str, Any] | None = None,
    *,
    beside: Sequence[str] = (),
) -> Result:
    """Run one check over drawn tables.

    Args:
        check: name of a bundled check, path of a check file, or a check.
        as_at: the day, as 2026-10-31.
        drawing: see drawn_tables.
        policy: a policy, or values by dotted key that differ from the shipped ones.
        beside: codes of bundled checks that the run makes too, for a check that looks at what the others need.
    """
    if isinstance(check, str):
        check = load_check(CHECKS / f"{check}.py")
    elif isinstance(check, Path):
        check = load_check(check)
    day = dt.date.fromisoformat(as_at)
    limits = policy if isinstance(policy, Policy) else load(day, values=policy or {})
    others = load_catalogue().choose(tuple(beside)) if beside else ()
    return run(Catalogue((check, *others)), drawn_tables(drawing), limits, day)[0]


@dataclass(frozen=True, slots=True)
class Example:
    """The worked example of a check's manual page.

    Attributes:
        as_at: its day, as 2026-10-31.
        beside: codes of the checks that the run makes too.
        values: policy values by dotted key that differ from the shipped ones.
        drawing: its tables, see drawn_tables.
        expected: subject → outcome.
    """

    as_at: str
    beside: tuple[str, ...]
    values: Mapping[str, Any]
    drawing: str
    expected: Mapping[str, str]


def example_of(check: Check) -> Example:
    """The worked example in a check's docstring: `as at 2026-10-31`, policy values, tables, what comes out.

    The first line may go on with checks made too and with policy values, each of these after a comma:
    `as at 2026-10-31 beside ACU02`, `as at 2026-10-31, max_points_per_wte = 9`. The last line says what the check must
    find: `met A, B; breach C; not evidenced D`.

    Raises:
        ValueError: the example is missing, or its first or last line is not of that form.
    """
    lines = check.manual.example.splitlines()
    head = _EXAMPLE.match(lines[0]) if lines else None
    if not head:
        raise ValueError(f"{check.name}: the example must begin with 'as at', a date and, if need be, policy values")
    values = tomllib.loads(re.sub(r", (?=[\w.]+ = )", "\n", head.group(3) or ""))
    expected: dict[str, str] = {}
    for part in lines[-1].split("; "):
        outcome = next((o.value for o in Outcome if part.startswith(f"{o.value} ")), None)
        if outcome is None:
            raise ValueError(f"{check.name}: the example must end with 'met A, B; breach C; not evidenced D'")
        expected.update(dict.fromkeys(part.removeprefix(f"{outcome} ").split(", "), outcome))
    beside = tuple((head.group(2) or "").split())
    return Example(head.group(1), beside, dict(_dotted(values)), "\n".join(lines[1:-1]), expected)


def _dotted(values: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _dotted(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def outcomes(result: Result) -> dict[str, str]:
    """Subject → outcome of every member of a result's population; an empty population gives an empty answer."""
    if result.evidence is None:
        return {}
    named = result.evidence.select(subject_text(result.subject_columns), "outcome")
    return dict(named.collect().iter_rows())


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _frame(table: str, place: int, fields: list[str], rows: list[list[str]]) -> pl.DataFrame:
    known = spec(table).fields
    if strange := [name for name in fields if name not in known]:
        raise ValueError(f"{strange[0]!r} is no field of {table}")
    if any(len(row) != len(fields) for row in rows):
        raise ValueError(f"a row of {table} has not {len(fields)} cells")
    values = [[_value(known[name].kind, cell) for name, cell in zip(fields, row, strict=True)] for row in rows]
    supplied = pl.DataFrame(values, schema={name: known[name].dtype for name in fields}, orient="row")
    missing = [
        pl.lit(field.absent, dtype=field.dtype).alias(name) for name, field in known.items() if name not in fields
    ]
    origin = (pl.int_range(2, len(rows) + 2, dtype=pl.UInt64) + place * ORIGIN_SHIFT).alias(ORIGIN)
    return supplied.with_columns(*missing, origin).select(list(schema(table)))


def _value(kind: str, cell: str) -> Any:
    if not cell:
        return None
    if kind in {"day", "month"}:
        return dt.date.fromisoformat(cell)
    if kind == "number":
        return float(cell)
    return _VALUES[cell.lower()] if kind == "yes_no" else cell
