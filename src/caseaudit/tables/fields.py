"""The kinds of field a canonical table has, and what is known of each beside its type.

A table is a Pandera model; what Pandera has no word for (may the row be used without it, which words it allows,
which table it points to) stands in the field's metadata and is read back by `caseaudit.tables.spec`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandera.polars as pa
import polars as pl

ORIGIN = "origin"
"""Name of the column that leads every canonical row back to its source: source number * 2**32 + physical row."""


class Table(pa.DataFrameModel):
    """Base of the canonical tables: typed, nullable where the specification allows a blank."""

    origin: pl.UInt64 = pa.Field(nullable=False)

    class Config:
        """Extra columns are an error: a column nobody asked for is a column nobody protects."""

        strict = True


@dataclass(frozen=True, slots=True)
class Shape:
    """What holds of a table as a whole: its key, and its pairs (began, ended) of which the first may not be later."""

    key: str | None = None
    spans: tuple[tuple[str, str], ...] = ()


SHAPES: dict[type[Table], Shape] = {}
"""Pandera takes class attributes for fields, so what holds of a whole table is kept beside its model."""


def canonical(
    *, key: str | None = None, spans: tuple[tuple[str, str], ...] = ()
) -> Callable[[type[Table]], type[Table]]:
    """Register a model as a canonical table, with the key that must be unique and its pairs of dates."""

    def register(model: type[Table]) -> type[Table]:
        SHAPES[model] = Shape(key, spans)
        return model

    return register


def _field(kind: str, title: str, *, required: bool = False, **about: Any) -> Any:
    return pa.Field(
        nullable=not required,
        title=title,
        metadata={"kind": kind, "required": required, **{k: v for k, v in about.items() if v is not None}},
    )


def ident(title: str, *, required: bool = False, refers_to: str | None = None) -> Any:
    """An identifier, kept as text exactly as exported; `refers_to` names the table it must be found in."""
    return _field("ident", title, required=required, refers_to=refers_to)


def text(title: str, *, required: bool = False, personal: bool = False) -> Any:
    """Words of any kind; `personal` marks what identifies someone and is kept out of every report but internal."""
    return _field("text", title, required=required, personal=personal or None)


def words(title: str) -> Any:
    """Several words of a list, kept as one text separated by `;`."""
    return _field("words", title)


def code(title: str, *allowed: str, required: bool = False, absent: str | None = None) -> Any:
    """One word of a list. `allowed` is the list where the specification closes it.

    Args:
        title: what people call it.
        allowed: the words that are known; any other is kept and reported by DQ04.
        required: whether the row is unusable without it.
        absent: the word that every row gets where the export has no such column at all.
    """
    return _field("code", title, required=required, codes=allowed or None, absent=absent)


def day(title: str, *, required: bool = False, event: bool = True) -> Any:
    """A calendar day. `event` is false for a day that may rightly lie ahead (due, expiry, next, planned)."""
    return _field("day", title, required=required, event=event)


def yes_no(title: str) -> Any:
    """A yes or a no; a blank is neither."""
    return _field("yes_no", title)


def number(title: str, *, required: bool = False) -> Any:
    """A decimal number in the unit the title names."""
    return _field("number", title, required=required)


def month(title: str, *, required: bool = False) -> Any:
    """A month, kept as its first day."""
    return _field("month", title, required=required, event=False)
