"""How a value stands in a cell: dates in the file's own style, words, blanks and what people put for a blank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from random import Random
from typing import Any

from .columns import Column, worded

_STYLES = {"iso": "%Y-%m-%d", "dmy": "%d/%m/%Y", "named": "%d-%b-%Y"}
_PLACEHOLDERS = ("N/A", "-", "TBC", " ")
_NEVER_PLACEHOLDERS = frozenset({"cases.closed_on", "staff.left_on", "allocations.ended_on", "tasks.completed_on"})

Cell = str | float | date | None


class Words:
    """The words used for codes, collected while writing: field → {word: code}."""

    def __init__(self) -> None:
        self.used: dict[str, dict[str, str]] = defaultdict(dict)

    def of(self, field: str | None, code: str) -> str:
        word = worded(code)
        if field:
            self.used[field][word] = code
        return word


class Renderer:
    """Renders the rows of one file. style: iso, dmy or named (01-Apr-2026) for text, excel for real dates."""

    def __init__(self, columns: list[Column], style: str, words: Words, seed: str) -> None:
        self.columns = columns
        self.style = style
        self.words = words
        self.rng = Random(seed)
        self.days: dict[date, str] = {}

    def row(self, record: Any) -> list[Cell]:
        return [self.cell(column, column.get(record)) for column in self.columns]

    def cell(self, column: Column, value: Any) -> Cell:
        if value is None or value in ("", ()):
            return self._blank(column)
        if isinstance(value, str):
            if column.code:
                return self.words.of(column.field, value)
            # Now and then a non-breaking space, as text copied from a web page has it.
            return value.replace(" ", "\u00a0", 1) if " " in value and self.rng.random() < 0.004 else value
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, date):
            return self._day(value)
        if isinstance(value, tuple):
            return "; ".join(self.words.of(column.field, v) if column.code else v for v in value)
        return float(value) if self.style == "excel" else f"{value:g}"

    def _blank(self, column: Column) -> Cell:
        if column.field is None or column.field in _NEVER_PLACEHOLDERS or self.rng.random() > 0.02:
            return None
        return self.rng.choice(_PLACEHOLDERS)

    def _day(self, value: date) -> Cell:
        if self.style == "excel":
            return value
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%d %H:%M")
        if value not in self.days:
            self.days[value] = value.strftime(_STYLES[self.style])
        return self.days[value]


PART = "one cell: "
"""How the reason begins where one cell of a record cannot be read and the rest of it can."""


def with_spoilt(
    records: list[Any],
    spoilt: list[tuple[dict[str, str | None], str]],
    unreadable: list[tuple[Any, str, str, str]],
    renderer: Renderer,
) -> Iterator[tuple[list[Cell], str | None]]:
    """Rendered rows; a spoilt one (copied from a record, some cells overwritten) comes with its reason.

    An unreadable cell stands in a record's own row; what it holds is blank in the record.
    """
    places = {len(records) * (n + 1) // (len(spoilt) + 1): entry for n, entry in enumerate(spoilt)}
    headings = [c.heading for c in renderer.columns]
    for place, record in enumerate(records):
        if place in places:
            overrides, reason = places[place]
            row = renderer.row(record)
            for heading, raw in overrides.items():
                row[headings.index(heading)] = raw
            yield row, reason
        row = renderer.row(record)
        fault: str | None = None
        for other, heading, raw, why in unreadable:
            if other is record:
                row[headings.index(heading)], fault = raw, PART + why
        yield row, fault
