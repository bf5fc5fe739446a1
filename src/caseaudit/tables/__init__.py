"""The canonical tables every export is turned into (domain.md section 3), as Pandera models.

Every table is optional in an audit. Every frame of a table carries all its fields, blank where no export
supplies them, and `origin`, which leads each row back to its source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import polars as pl

from caseaudit.tables import caseload, oversight, workforce  # noqa: F401 - each registers its tables
from caseaudit.tables.fields import ORIGIN, SHAPES, Table

__all__ = ["DTYPES", "MODELS", "ORIGIN", "FieldSpec", "Table", "TableSpec", "empty", "schema", "spec"]

DTYPES: dict[str, pl.DataType] = {
    "ident": pl.String(),
    "text": pl.String(),
    "words": pl.String(),
    "code": pl.String(),
    "day": pl.Date(),
    "month": pl.Date(),
    "yes_no": pl.Boolean(),
    "number": pl.Float64(),
}
"""Column type per kind of field."""


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


MODELS: dict[str, type[Table]] = {_snake(model.__name__): model for model in SHAPES}
"""Canonical table name → its model."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a canonical table, as readers, mappers and reports need to know it."""

    table: str
    name: str
    title: str
    kind: str
    required: bool
    codes: tuple[str, ...] = ()
    refers_to: str | None = None
    event: bool = False
    personal: bool = False
    absent: str | None = None

    @property
    def dtype(self) -> pl.DataType:
        """Column type of the field."""
        return DTYPES[self.kind]

    @property
    def path(self) -> str:
        """`table.field`, the form in which checks and mappings name it."""
        return f"{self.table}.{self.name}"


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One canonical table: what a row is, its fields in order, its key and its spans of dates."""

    name: str
    one_row_per: str
    fields: dict[str, FieldSpec]
    key: str | None
    spans: tuple[tuple[str, str], ...]

    @property
    def required(self) -> tuple[str, ...]:
        """Fields without which a row is unusable."""
        return tuple(f.name for f in self.fields.values() if f.required)


@cache
def spec(table: str) -> TableSpec:
    """The specification of a canonical table, read from its model.

    Raises:
        KeyError: there is no canonical table of that name.
    """
    model = MODELS[table]
    fields = {
        name: FieldSpec(
            table=table,
            name=name,
            title=column.title or name,
            **{"kind": "text", **(column.metadata or {})},
        )
        for name, column in model.to_schema().columns.items()
        if name != ORIGIN
    }
    doc = (model.__doc__ or "").strip().splitlines()[0]
    return TableSpec(
        table, doc.removeprefix("One row per ").rstrip("."), fields, SHAPES[model].key, SHAPES[model].spans
    )


def schema(table: str) -> dict[str, pl.DataType]:
    """Column name → type of a canonical table's frame, `origin` last."""
    return {f.name: f.dtype for f in spec(table).fields.values()} | {ORIGIN: pl.UInt64()}


def empty(table: str) -> pl.DataFrame:
    """A frame of the table with no row."""
    return pl.DataFrame(schema=schema(table))
