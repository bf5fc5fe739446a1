"""The plan of one sheet: which tables it feeds, and what becomes of every column."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from caseaudit.mapping.aliases import Aliases
from caseaudit.mapping.also import also_feeds, other_tables
from caseaudit.mapping.clearness import ENOUGH, SOME, Guess, clear
from caseaudit.mapping.columns import Column
from caseaudit.mapping.decisions import UNDECIDED, Decision
from caseaudit.mapping.doubting import doubtful
from caseaudit.mapping.drafting import Draft
from caseaudit.mapping.dropping import personal
from caseaudit.mapping.fuller import parts, shorter
from caseaudit.mapping.leftovers import leftovers
from caseaudit.mapping.looks import look
from caseaudit.mapping.matching import matched
from caseaudit.mapping.matrices import Matrix, matrix_of
from caseaudit.mapping.tables_of import NAMED, guesses
from caseaudit.model import ColumnMatch, Feed, Sheet, SheetPlan
from caseaudit.tables import spec

UNRECOGNISED = "no table recognised by its headings"
"""How the reason begins of a sheet left out because too few of its columns are known."""


def columns_of(sheet: Sheet, known: Aliases) -> list[Column]:
    """The columns of a sheet, folded and looked at."""
    return [
        Column(
            heading,
            known.folder.fold(heading),
            look(sheet.sample.get_column(heading).to_list()),
            shorter(heading, known.folder),
            parts(heading, known.folder),
        )
        for heading in sheet.headings
    ]


def plan_sheet(
    sheet: Sheet, known: Aliases, decision: Decision = UNDECIDED, lacking: Collection[str] = ()
) -> SheetPlan:
    """Decide what one sheet is and what its columns mean; what the user has decided stands.

    Args:
        sheet: the source.
        known: the data file.
        decision: the user's.
        lacking: tables that no source gives, so that one named like it is asked about on less evidence.
    """
    columns = columns_of(sheet, known)
    if decision.leave_out:
        return _nothing(sheet, columns, known, "left out, as the mapping file says", on_purpose=True)
    fixed = {column.heading: column for column in columns if column.heading in decision.columns}
    free = [column for column in columns if column.heading not in fixed]
    matrix = matrix_of(free, sheet.source, known, decision, fixed)
    # What is personal whatever the table is takes no part in finding out the table.
    candidates = [column for column in free if personal(column, None, known) is None or _may_be_field(column)]
    ordered = guesses(candidates, sheet.source, known, decision, fixed)
    best = ordered[0]
    if matrix is not None and (decision.matrix or matrix.weight > best.weight or best.missing):
        return _matrix_plan(sheet, columns, matrix, known, decision)
    least = (NAMED if best.named and best.table in lacking else ENOUGH) if best.missing else SOME
    if best.weight < least and not decision.feeds:
        return _nothing(sheet, columns, known, UNRECOGNISED)
    if best.missing or not (clear(ordered, known) or decision.feeds):
        return doubtful(sheet, columns, ordered, known, decision)
    return _table_plan(sheet, columns, best, known, decision)


def _may_be_field(column: Column) -> bool:
    """Names and statements are fields of some tables; whether of this one is decided once it is known."""
    return bool({"name", "carer", "comment", "narrative", "observation", "note", "description"} & column.folded.tokens)


def _table_plan(sheet: Sheet, columns: Sequence[Column], best: Guess, known: Aliases, decision: Decision) -> SheetPlan:
    draft = Draft(known)
    feeding = draft.take_all(best.table, best.matched)
    feeds = [Feed(best.table, {n: c.heading for n, c in feeding.items()}, decision.constants_of(best.table))]
    rest = [c for c in columns if c.heading not in draft.matches and c.heading not in decision.columns]
    by_heading = {column.heading: column for column in columns}
    for other in other_tables(best.table, known, decision):
        fixed = {name: by_heading[h] for name, h in decision.of(other.table).items() if h in by_heading}
        if (feed := also_feeds(draft, other, rest, feeding, fixed)) is not None:
            feeds.append(feed)
    for table in decision.tables[1:]:
        if table not in {feed.table for feed in feeds}:
            feeds += _as_told(draft, columns, table, known, decision)
    leftovers(draft, columns, best.matched, best.table, decision)
    return draft.finished(sheet, columns, feeds, decision)


def _as_told(draft: Draft, columns: Sequence[Column], table: str, known: Aliases, decision: Decision) -> list[Feed]:
    """A further table the mapping file names for the sheet, matched by itself."""
    fields = spec(table).fields
    by_heading = {column.heading: column for column in columns}
    fixed = {name: by_heading[h] for name, h in decision.of(table).items() if h in by_heading}
    free = [column for column in columns if column.heading not in decision.columns]
    found = matched(free, table, known, fixed)
    if not set(spec(table).required) <= {*found.fields, *decision.constants_of(table)}:
        return []
    for name, (column, how) in found.fields.items():
        draft.take(fields[name], column, how)
    own = {name: column.heading for name, (column, _) in found.fields.items()}
    return [Feed(table, own, decision.constants_of(table))]


def _matrix_plan(
    sheet: Sheet, columns: Sequence[Column], matrix: Matrix, known: Aliases, decision: Decision
) -> SheetPlan:
    draft = Draft(known)
    fields = spec(matrix.table).fields
    for name, column in matrix.people.items():
        draft.take(fields[name], column, None)
    for unpivot in matrix.unpivots:
        for heading, code in unpivot.headings.items():
            draft.matches[heading] = ColumnMatch(
                heading, matrix.table, unpivot.value_field, sure=True, why=f"column of a matrix: {code}"
            )
    for column in columns:
        if column.heading not in draft.matches:
            what = personal(column, None, known)
            why = f"{what}: dropped at read" if what else "no check needs it"
            draft.drop(column.heading, why, is_personal=bool(what))
    people = {name: column.heading for name, column in matrix.people.items()}
    feeds = [Feed(matrix.table, people, unpivot=unpivot) for unpivot in matrix.unpivots]
    return draft.finished(sheet, columns, feeds, decision)


def _nothing(
    sheet: Sheet, columns: Sequence[Column], known: Aliases, why: str, *, on_purpose: bool = False
) -> SheetPlan:
    draft = Draft(known)
    for column in columns:
        what = personal(column, None, known)
        draft.drop(
            column.heading, f"{what}: dropped at read" if what else "the sheet is not used", is_personal=bool(what)
        )
    return draft.plan(sheet, left_out=why, on_purpose=on_purpose)
