"""A sheet's plan in the making: what each heading was taken for, and in which words that is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from caseaudit.mapping.aliases import Aliases
from caseaudit.mapping.columns import (
    BY_NAME,
    BY_WORDS,
    DECIDED,
    FULLER,
    NUMBERED,
    PERHAPS,
    STAND_IN,
    WIDER,
    Candidate,
    Column,
    Matched,
)
from caseaudit.mapping.decisions import Decision
from caseaudit.mapping.orders import undecided
from caseaudit.model import ColumnMatch, Feed, Sheet, SheetPlan
from caseaudit.tables import FieldSpec, spec

SUICIDE_WARNING = (
    "named as a suicide-risk level: people must not be stratified to predict suicide (NHS England 2025, NICE NG225); "
    "map it to the acuity band only if it records intensity of support"
)

DECIDED_WHY = "the mapping file says so"

_LOOKS = {
    "day": "dates",
    "month": "months",
    "number": "numbers",
    "yes_no": "a yes or no",
    "ident": "identifiers",
    "code": "one of its words",
    "words": "words",
    "text": "text",
}


@dataclass
class Draft:
    """What each heading of a sheet was taken for, so far."""

    known: Aliases
    matches: dict[str, ColumnMatch] = field(default_factory=dict)

    def take(self, one: FieldSpec, column: Column, how: Candidate | None) -> None:
        """Note a sure match; a heading that feeds several fields keeps the first. `how` is None where it is shared."""
        heading = column.heading
        before = self.matches.get(heading)
        if before is not None and before.sure and before.field is not None:
            why = f"{before.why}; also {one.path}"
            self.matches[heading] = ColumnMatch(heading, before.table, before.field, sure=True, why=why)
            return
        why = "known heading" if how is None else _why(how)
        if column.folded.tokens & self.known.suicide:
            why = f"{why}; {SUICIDE_WARNING}"
        self.matches[heading] = ColumnMatch(heading, one.table, one.name, sure=True, why=why)

    def take_all(self, table: str, found: Matched) -> dict[str, Column]:
        """Note what the columns of a table were matched to; field → column."""
        fields = spec(table).fields
        # A column that feeds two fields is shown as the one no row can do without.
        for name, (column, how) in sorted(found.fields.items(), key=lambda item: not fields[item[0]].required):
            self.take(fields[name], column, how)
        return {name: column for name, (column, _) in found.fields.items()}

    def ask(self, one: FieldSpec, heading: str, why: str) -> None:
        """Note an open question."""
        self.matches[heading] = ColumnMatch(heading, one.table, one.name, sure=False, why=why)

    def drop(self, heading: str, why: str, *, is_personal: bool = False) -> None:
        """Note a column that is not read."""
        self.matches[heading] = ColumnMatch(heading, None, None, sure=True, why=why, personal=is_personal)

    def plan(self, sheet: Sheet, *, left_out: str, on_purpose: bool = False) -> SheetPlan:
        """The plan of a sheet that feeds nothing."""
        return SheetPlan(sheet, (), self._in_order(sheet), left_out=left_out, on_purpose=on_purpose)

    def finished(self, sheet: Sheet, columns: Sequence[Column], feeds: Sequence[Feed], decision: Decision) -> SheetPlan:
        """The plan of a sheet that feeds tables; what its values leave open is asked and taken out again."""
        values: dict[str, Mapping[str, str]] = {}
        for feed in feeds:
            for one in _fields(feed):
                words = {**self.known.values.get(one.path, {}), **decision.values.get(one.path, {})}
                values |= {one.path: words} if words else {}
        doubts = undecided(columns, feeds, self.known, decision)
        for heading, why in doubts.items():
            match = self.matches[heading]
            self.matches[heading] = ColumnMatch(heading, match.table, match.field, sure=False, why=why)
        kept = tuple(pruned for feed in feeds if (pruned := _without(feed, set(doubts))) is not None)
        left_out = None if kept else "a column without which no row can be used is not decided"
        used = {h: order for h, order in decision.date_order.items() if h in sheet.headings}
        return SheetPlan(sheet, kept, self._in_order(sheet), values, used, left_out)

    def _in_order(self, sheet: Sheet) -> tuple[ColumnMatch, ...]:
        return tuple(self.matches[heading] for heading in sheet.headings)


def _fields(feed: Feed) -> list[FieldSpec]:
    fields = spec(feed.table).fields
    names = [*feed.columns, *feed.constants]
    if feed.unpivot is not None:
        names += [feed.unpivot.code_field, feed.unpivot.value_field]
    return [fields[name] for name in names]


def _without(feed: Feed, headings: set[str]) -> Feed | None:
    """The feed without some columns; None where a required one is among them."""
    columns = {name: heading for name, heading in feed.columns.items() if heading not in headings}
    lost = set(feed.columns) - set(columns)
    if lost & {*spec(feed.table).required, *feed.only_if}:
        return None
    if feed.unpivot is not None and headings & set(feed.unpivot.headings):
        return None
    return replace(feed, columns=columns)


_WHY = {
    DECIDED: DECIDED_WHY,
    STAND_IN: "for want of a plainer heading for “{}”",
    BY_WORDS: "the only column with words of “{}” in it",
    NUMBERED: "the only number in the sheet that could be “{}”",
    BY_NAME: "known heading; people by name",
    FULLER: "read as “{}”",
    WIDER: "in this sheet read as “{}”",
}
"""Why a heading was taken for a field of this title, where it is not one we know word for word."""


def _why(how: Candidate) -> str:
    if how.rank in _WHY:
        return _WHY[how.rank].format(how.field.title)
    return "known heading" if how.likeness == 100 else f"read as “{how.field.title}” ({how.likeness:.0f} %)"


def doubt(options: Sequence[Candidate]) -> str:
    """Why a heading with these candidates is not sure."""
    best = options[0]
    if not best.fits:
        return f"heading of “{best.field.title}”, but its values do not look like {_LOOKS[best.field.kind]}"
    if len(options) > 1:
        return "could be " + " or ".join(one.field.path for one in options[:3])
    if best.rank == PERHAPS or not best.sure:
        return f"may be “{best.field.title}”"
    return f"another column also reads as “{best.field.title}”"
