"""The plan of one sheet: which tables it feeds, and what becomes of every column."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from caseaudit.mapping.aliases import Aliases, Secondary
from caseaudit.mapping.columns import Column, Matched, decided
from caseaudit.mapping.decisions import UNDECIDED, Decision
from caseaudit.mapping.drafting import SUICIDE_WARNING, Draft, doubt
from caseaudit.mapping.dropping import personal, unneeded
from caseaudit.mapping.fuller import parts, shorter
from caseaudit.mapping.guessing import by_values, likely
from caseaudit.mapping.looks import FITS, look
from caseaudit.mapping.matching import matched
from caseaudit.mapping.matrices import Matrix, matrix_of
from caseaudit.mapping.settling import settle
from caseaudit.mapping.tables_of import ENOUGH, NAMED, SOME, Guess, clear, guesses
from caseaudit.model import ColumnMatch, Feed, Sheet, SheetPlan
from caseaudit.tables import spec

UNKNOWN = "unknown heading: not read"
"""Why a column nobody knows is dropped. It may well be one that a check could use: only the user can tell."""


COULD_BE = "could be"
"""How the reason begins of a sheet left out because it may be one table or another."""

LOOKS_LIKE = "looks like"
UNRECOGNISED = "no table recognised by its headings"
"""How the reason begins of a sheet left out because it lacks a column its table cannot do without."""

LACKING = "known heading, but the sheet lacks a column it cannot do without"
"""Why the other columns of such a sheet are not sure."""


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
    if best.missing or not (clear(ordered) or decision.feeds):
        return _doubtful(sheet, columns, ordered, known, decision)
    return _table_plan(sheet, columns, best, known, decision)


def _may_be_field(column: Column) -> bool:
    """Names and statements are fields of some tables; whether of this one is decided once it is known."""
    return bool({"name", "comment", "narrative", "observation", "note"} & column.folded.tokens)


def _table_plan(sheet: Sheet, columns: Sequence[Column], best: Guess, known: Aliases, decision: Decision) -> SheetPlan:
    draft = Draft(known)
    fields = spec(best.table).fields
    feeding = {name: column for name, (column, _) in best.matched.fields.items()}
    # A column that feeds two fields is shown as the one no row can do without.
    for name, (column, how) in sorted(best.matched.fields.items(), key=lambda item: not fields[item[0]].required):
        draft.take(fields[name], column, how)
    feeds = [Feed(best.table, {n: c.heading for n, c in feeding.items()}, decision.constants_of(best.table))]
    rest = [c for c in columns if c.heading not in draft.matches and c.heading not in decision.columns]
    by_heading = {column.heading: column for column in columns}
    for other in _others(best.table, known, decision):
        fixed = {name: by_heading[h] for name, h in decision.of(other.table).items() if h in by_heading}
        if (feed := _also(draft, other, rest, feeding, fixed)) is not None:
            feeds.append(feed)
    for table in decision.tables[1:]:
        if table not in {feed.table for feed in feeds}:
            feeds += _as_told(draft, columns, table, known, decision)
    _leftovers(draft, columns, best.matched, best.table, decision)
    return draft.finished(sheet, columns, feeds, decision)


def _others(table: str, known: Aliases, decision: Decision) -> list[Secondary]:
    """The other tables a sheet may feed: those known of its table, and those the user names columns of."""
    found = list(known.tables[table].also)
    for other in decision.feeds:
        if other in {table, *(one.table for one in found), *decision.tables}:
            continue
        shared = tuple(n for n, f in spec(other).fields.items() if f.kind == "ident" and n in spec(table).fields)
        needs = tuple(n for n in decision.of(other) if n not in shared)
        found.append(Secondary(other, shared, needs, {}))
    return found


def _also(
    draft: Draft, other: Secondary, rest: Sequence[Column], feeding: Mapping[str, Column], fixed: Mapping[str, Column]
) -> Feed | None:
    """A second table the sheet feeds, if a column says that it does."""
    fields = spec(other.table).fields
    wanted = {fields[name]: keys for name, keys in other.fields.items() if name not in fixed}
    found = settle([column for column in rest if column.heading not in draft.matches], wanted, draft.known)
    own = {**found.fields, **{name: (column, decided(fields[name])) for name, column in fixed.items()}}
    if not any(name in own for name in other.only_if):
        for heading, options in found.asked.items():
            if options[0].field.name in other.only_if:
                draft.ask(options[0].field, heading, doubt(options))
        return None
    shared = {name: feeding[name] for name in other.share if name in feeding and name not in own}
    if not set(spec(other.table).required) <= {*shared, *own}:
        return None
    for name, column in shared.items():
        draft.take(fields[name], column, None)
    for name, (column, how) in own.items():
        draft.take(fields[name], column, how)
    columns = {name: column.heading for name, column in shared.items()}
    return Feed(other.table, columns | {n: c.heading for n, (c, _) in own.items()}, only_if=other.only_if)


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


def _leftovers(draft: Draft, columns: Sequence[Column], matched_: Matched, table: str, decision: Decision) -> None:
    """What becomes of the columns that feed nothing: dropped, or asked about."""
    known = draft.known
    fields = spec(table).fields
    free = {fields[name]: keys for name, keys in known.tables[table].fields.items() if name not in matched_.fields}
    for column in columns:
        heading = column.heading
        if heading in draft.matches or _suicide_risk(draft, column, matched_, table, decision):
            continue
        what = personal(column, table, known)
        if decision.columns.get(heading) == ():
            draft.drop(heading, "left out, as the mapping file says", is_personal=what is not None)
        elif what is not None:
            draft.drop(heading, f"{what}: dropped at read", is_personal=True)
        elif heading in matched_.asked:
            draft.ask(matched_.asked[heading][0].field, heading, doubt(matched_.asked[heading]))
        elif heading in matched_.beaten:
            better = f"“{matched_.beaten[heading]}” holds the same more plainly"
            draft.drop(heading, better, is_personal=column.look.names >= FITS)
        elif (why := unneeded(column, known)) is not None:
            draft.drop(heading, f"no check needs it ({why})")
        elif options := likely(column, free, known):
            draft.ask(options[0].field, heading, f"like “{options[0].field.title}” ({options[0].likeness:.0f} %)")
        elif (one := by_values(column, free, known)) is not None:
            draft.ask(one, heading, f"an unknown heading, but its values could be “{one.title}”")
        else:
            draft.drop(heading, UNKNOWN)


def _suicide_risk(draft: Draft, column: Column, matched_: Matched, table: str, decision: Decision) -> bool:
    """Warn of a column named as a suicide-risk level; whether it was one. It is never taken for acuity unasked."""
    fields = spec(table).fields
    band = fields.get("acuity_band") or fields.get("band") or fields.get("assessed_acuity")
    if not column.folded.tokens & draft.known.suicide or band is None or column.heading in decision.columns:
        return False
    if band.name in matched_.fields:
        draft.drop(column.heading, SUICIDE_WARNING)
    else:
        draft.ask(band, column.heading, SUICIDE_WARNING)
    return True


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


def _doubtful(
    sheet: Sheet, columns: Sequence[Column], ordered: Sequence[Guess], known: Aliases, decision: Decision
) -> SheetPlan:
    """A sheet that looks like a table but may be another, or lacks what its rows cannot do without."""
    best = ordered[0]
    fields = spec(best.table).fields
    draft = Draft(known)
    if best.missing:
        titles = ", ".join(f"“{fields[name].title}” ({best.table}.{name})" for name in best.missing)
        left_out = f"{LOOKS_LIKE} {best.table}, but no column is known to hold {titles}"
        why = LACKING
    else:
        left_out = f"{COULD_BE} {best.table} or {ordered[1].table}"
        why = f"the sheet {left_out}"
    for name, (column, _) in best.matched.fields.items():
        if column.heading not in draft.matches:
            draft.ask(fields[name], column.heading, why)
    if not best.missing:
        for name, (column, _) in ordered[1].matched.fields.items():
            if column.heading not in draft.matches:
                draft.ask(spec(ordered[1].table).fields[name], column.heading, why)
    for other in known.tables[best.table].also:
        wanted = {spec(other.table).fields[name]: keys for name, keys in other.fields.items()}
        for column, how in settle(
            [c for c in columns if c.heading not in draft.matches], wanted, known
        ).fields.values():
            draft.ask(how.field, column.heading, why)
    _leftovers(draft, columns, best.matched, best.table, decision)
    return draft.plan(sheet, left_out=left_out)
