"""The plan of one sheet: which tables it feeds, and what became of every column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from caseaudit.mapping.aliases import Aliases, Secondary
from caseaudit.mapping.dropping import personal, unneeded
from caseaudit.mapping.looks import look
from caseaudit.mapping.matching import (
    BY_NAME,
    PERHAPS,
    STAND_IN,
    Candidate,
    Column,
    Matched,
    likely,
    settle,
)
from caseaudit.mapping.matrices import Matrix, matrix_of
from caseaudit.mapping.orders import undecided
from caseaudit.mapping.tables_of import ENOUGH, Guess, clear, guesses
from caseaudit.model import ColumnMatch, Feed, Sheet, SheetPlan
from caseaudit.tables import FieldSpec, spec

SUICIDE_WARNING = (
    "named as a suicide-risk level: people must not be stratified to predict suicide (NHS England 2025, NICE NG225); "
    "map it to the acuity band only if it records intensity of support"
)


@dataclass
class Draft:
    """A plan in the making: what each heading was taken for."""

    matches: dict[str, ColumnMatch] = field(default_factory=dict)
    feeds: list[Feed] = field(default_factory=list)

    def take(self, one: FieldSpec, heading: str, why: str) -> None:
        """Note a sure match; a heading that feeds several fields keeps the first."""
        known = self.matches.get(heading)
        if known is not None and known.sure and known.field is not None:
            self.matches[heading] = ColumnMatch(
                heading, known.table, known.field, True, f"{known.why}; also {one.path}"
            )
        else:
            self.matches[heading] = ColumnMatch(heading, one.table, one.name, True, why)

    def ask(self, one: FieldSpec, heading: str, why: str) -> None:
        """Note an open question."""
        self.matches[heading] = ColumnMatch(heading, one.table, one.name, False, why)

    def drop(self, heading: str, why: str, *, is_personal: bool = False) -> None:
        """Note a column that is not read."""
        self.matches[heading] = ColumnMatch(heading, None, None, True, why, personal=is_personal)


def columns_of(sheet: Sheet, known: Aliases) -> list[Column]:
    """The columns of a sheet, folded and looked at."""
    return [
        Column(heading, known.folder.fold(heading), look(sheet.sample.get_column(heading).to_list()))
        for heading in sheet.headings
    ]


def plan_sheet(sheet: Sheet, known: Aliases) -> SheetPlan:
    """Decide what one sheet is and what its columns mean, without a mapping file."""
    columns = columns_of(sheet, known)
    # What is personal whatever the table is takes no part in finding out the table.
    open_columns = [column for column in columns if personal(column, None, known) is None or _may_be_field(column)]
    ordered = guesses(open_columns, sheet.source, known)
    matrix = matrix_of(columns, sheet.source, known)
    if matrix is not None and (matrix.weight > ordered[0].weight or ordered[0].missing):
        return _matrix_plan(sheet, columns, matrix, known)
    best = ordered[0]
    if best.weight < ENOUGH:
        return _unrecognised(sheet, columns, known)
    if not clear(ordered) or best.missing:
        return _doubtful(sheet, columns, ordered, known)
    return _table_plan(sheet, columns, best, known)


def _may_be_field(column: Column) -> bool:
    """Names and statements are fields of some tables; whether of this one is decided once it is known."""
    return bool({"name", "comment", "narrative", "observation", "note"} & column.folded.tokens)


def _table_plan(sheet: Sheet, columns: Sequence[Column], best: Guess, known: Aliases) -> SheetPlan:
    draft = Draft()
    table = best.table
    fields = spec(table).fields
    feeding = {name: column for name, (column, _) in best.matched.fields.items()}
    for name, (column, how) in best.matched.fields.items():
        draft.take(fields[name], column.heading, _why(how))
    rest = [column for column in columns if column.heading not in draft.matches]
    found = [_also(draft, other, rest, feeding, known) for other in known.tables[table].also]
    extra = [feed for feed in found if feed is not None]
    _leftovers(draft, [c for c in columns if c.heading not in draft.matches], best.matched, table, known)
    return finished(sheet, columns, draft, [(table, feeding, ()), *((f.table, None, f) for f in extra)], known)


def _also(
    draft: Draft, other: Secondary, rest: Sequence[Column], feeding: Mapping[str, Column], known: Aliases
) -> Feed | None:
    """A second table the sheet feeds, if a column says that it does."""
    fields = spec(other.table).fields
    found = settle(rest, {fields[name]: keys for name, keys in other.fields.items()}, known)
    if not any(name in found.fields for name in other.only_if):
        for heading, options in found.asked.items():
            if options[0].field.name in other.only_if and heading not in draft.matches:
                draft.ask(options[0].field, heading, _doubt(options))
        return None
    shared = {name: feeding[name].heading for name in other.share if name in feeding}
    if not set(spec(other.table).required) <= set(shared) | set(found.fields):
        return None
    for name, heading in shared.items():
        draft.take(fields[name], heading, "")
    for name, (column, how) in found.fields.items():
        draft.take(fields[name], column.heading, _why(how))
    columns = shared | {name: column.heading for name, (column, _) in found.fields.items()}
    return Feed(other.table, columns, only_if=other.only_if)


def _leftovers(draft: Draft, rest: Sequence[Column], matched: Matched, table: str, known: Aliases) -> None:
    """What becomes of the columns that feed nothing: dropped, or asked about."""
    fields = spec(table).fields
    band = fields.get("acuity_band") or fields.get("band") or fields.get("assessed_acuity")
    free = {fields[name]: keys for name, keys in known.tables[table].fields.items() if name not in matched.fields}
    for column in rest:
        heading = column.heading
        if column.folded.tokens & known.suicide and band is not None:
            if band.name in matched.fields:
                draft.drop(heading, SUICIDE_WARNING)
            else:
                draft.ask(band, heading, SUICIDE_WARNING)
        elif (what := personal(column, table, known)) is not None:
            draft.drop(heading, f"{what}: dropped at read", is_personal=True)
        elif heading in matched.asked:
            options = matched.asked[heading]
            draft.ask(options[0].field, heading, _doubt(options))
        elif heading in matched.beaten:
            draft.drop(heading, f"“{matched.beaten[heading]}” holds the same more plainly")
        elif (why := unneeded(column, known)) is not None:
            draft.drop(heading, f"no check needs it ({why})")
        elif options := tuple(likely(column, free, known)):
            draft.ask(options[0].field, heading, f"like “{options[0].field.title}” ({options[0].likeness:.0f} %)")
        else:
            draft.drop(heading, "no check needs it")


def _why(how: Candidate) -> str:
    if how.rank == STAND_IN:
        return f"for want of a plainer heading for {how.field.title.lower()}"
    if how.rank == BY_NAME:
        return "known heading; people by name"
    if how.likeness < 100:
        return f"read as “{how.field.title}” ({how.likeness:.0f} %)"
    return "known heading"


def _doubt(options: Sequence[Candidate]) -> str:
    best = options[0]
    if not best.fits:
        return f"heading of “{best.field.title}”, but its values do not look like {_LOOKS[best.field.kind]}"
    if len(options) > 1:
        return "could be " + " or ".join(one.field.path for one in options[:3])
    if best.rank == PERHAPS or not best.sure:
        return f"may be “{best.field.title}”"
    return f"another column also reads as “{best.field.title}”"


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


def finished(
    sheet: Sheet,
    columns: Sequence[Column],
    draft: Draft,
    parts: Sequence[tuple[str, Mapping[str, Column] | None, Feed | tuple[()]]],
    known: Aliases,
) -> SheetPlan:
    """The plan with what its values leave open asked about and taken out of the feeds again."""
    feeds = []
    for table, feeding, feed in parts:
        if isinstance(feed, Feed):
            feeds.append(feed)
        elif feeding is not None:
            feeds.append(Feed(table, {name: column.heading for name, column in feeding.items()}))
    values = {
        one.path: dict(known.values[one.path]) for feed in feeds for one in _fields(feed) if one.path in known.values
    }
    doubts = undecided(columns, feeds, known)
    for heading, why in doubts.items():
        match = draft.matches[heading]
        draft.matches[heading] = ColumnMatch(heading, match.table, match.field, False, why)
    kept = [pruned for feed in feeds if (pruned := _without(feed, set(doubts))) is not None]
    left_out = None if kept else "a column without which no row can be used is not decided"
    return SheetPlan(sheet, tuple(kept), _in_order(sheet, draft), values, left_out=left_out)


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
    return Feed(feed.table, columns, feed.constants, feed.unpivot, feed.only_if)


def _in_order(sheet: Sheet, draft: Draft) -> tuple[ColumnMatch, ...]:
    return tuple(draft.matches[heading] for heading in sheet.headings)


def _matrix_plan(sheet: Sheet, columns: Sequence[Column], matrix: Matrix, known: Aliases) -> SheetPlan:
    draft = Draft()
    fields = spec(matrix.table).fields
    for name, column in matrix.people.items():
        draft.take(fields[name], column.heading, "known heading")
    value = fields[matrix.unpivots[0].value_field]
    for unpivot in matrix.unpivots:
        for heading, code in unpivot.headings.items():
            draft.take(fields[unpivot.value_field], heading, f"column of a matrix: {code}")
    for heading, why in matrix.asked.items():
        draft.ask(value, heading, why)
    for column in columns:
        if column.heading not in draft.matches:
            what = personal(column, None, known)
            draft.drop(
                column.heading, f"{what}: dropped at read" if what else "no check needs it", is_personal=bool(what)
            )
    people = {name: column.heading for name, column in matrix.people.items()}
    feeds = [Feed(matrix.table, people, unpivot=unpivot) for unpivot in matrix.unpivots]
    return finished(sheet, columns, draft, [(matrix.table, None, feed) for feed in feeds], known)


def _unrecognised(sheet: Sheet, columns: Sequence[Column], known: Aliases) -> SheetPlan:
    draft = Draft()
    for column in columns:
        what = personal(column, None, known)
        draft.drop(
            column.heading, f"{what}: dropped at read" if what else "the sheet is not used", is_personal=bool(what)
        )
    return SheetPlan(sheet, (), _in_order(sheet, draft), left_out="no table recognised by its headings")


def _doubtful(sheet: Sheet, columns: Sequence[Column], ordered: Sequence[Guess], known: Aliases) -> SheetPlan:
    """A sheet that looks like a table but may be another, or lacks what its rows cannot do without."""
    best = ordered[0]
    fields = spec(best.table).fields
    draft = Draft()
    if best.missing:
        titles = ", ".join(f"“{fields[name].title}” ({best.table}.{name})" for name in best.missing)
        left_out = f"looks like {best.table}, but no column is known to hold {titles}"
    else:
        left_out = f"could be {best.table} or {ordered[1].table}"
    for name, (column, _) in best.matched.fields.items():
        if column.heading not in draft.matches:
            draft.ask(fields[name], column.heading, f"the sheet {left_out}")
    _leftovers(draft, [c for c in columns if c.heading not in draft.matches], best.matched, best.table, known)
    return SheetPlan(sheet, (), _in_order(sheet, draft), left_out=left_out)
