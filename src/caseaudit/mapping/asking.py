"""What a user has to decide before a run may rely on it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from caseaudit.mapping.aliases import aliases
from caseaudit.mapping.columns import Column
from caseaudit.mapping.doubting import COULD_BE, LACKING, LOOKS_LIKE
from caseaudit.mapping.guessing import likely
from caseaudit.mapping.naming import candidates
from caseaudit.mapping.orders import DATE_ORDER, suggested_words
from caseaudit.mapping.planning import columns_of
from caseaudit.model import ColumnMatch, SheetPlan
from caseaudit.tables import spec

Place = tuple[str, str | None, str | None]
"""File, sheet and heading; a heading of None stands for the sheet as a whole."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a user said to an open question.

    Attributes:
        column: field as "table.field" that the column holds; LEAVE_OUT for none; None where it is not about a column.
        order: "dmy" or "mdy" for a column of dates.
        words: whether the suggested meanings of its words are right.
        table: the table a sheet is; LEAVE_OUT where it is to feed none.
    """

    column: str | None = None
    order: str | None = None
    words: bool = False
    table: str | None = None


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """What has to be decided about a sheet before its columns can be asked about one by one.

    Attributes:
        file, sheet: the source.
        tables: the tables it may be, the likeliest first; one where only a column is missing.
        missing: fields as "table.field" without which no row can be used and for which no column is known.
        headings: columns that may hold one of them.
        why: what is wrong, a phrase.
    """

    file: str
    sheet: str | None
    tables: tuple[str, ...]
    missing: tuple[str, ...]
    headings: tuple[str, ...]
    why: str

    @property
    def place(self) -> Place:
        """Where the sheet stands, as answers name it."""
        return self.file, self.sheet, None


@dataclass(frozen=True, slots=True)
class Question:
    """One open question about a column.

    Attributes:
        file, sheet: the source; sheet is None for a file without sheets.
        heading: the column.
        candidates: fields it may feed as "table.field", the likeliest first.
        why: why it is not sure, a phrase.
        lines: what to write in a mapping file to decide it, for the likeliest candidate.
        further: the same beside the column itself: (table of the [[source]], lines in it).
        words: words to be confirmed → what they are suggested to mean, for the likeliest candidate.
    """

    file: str
    sheet: str | None
    heading: str
    candidates: tuple[str, ...]
    why: str
    lines: tuple[str, ...]
    further: tuple[tuple[str, tuple[str, ...]], ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Where the column stands, as answers name it."""
        return self.file, self.sheet, self.heading

    @property
    def about_order(self) -> bool:
        """Whether the field is known and only the order of day and month is asked."""
        return self.why == DATE_ORDER

    def __str__(self) -> str:
        """One sentence that names the column and what to write."""
        where = f"{self.file} › {self.sheet}" if self.sheet else self.file
        could = " or ".join(self.candidates)
        return f"{where}, column “{self.heading}” ({could}?): {self.why}. In the mapping file: {'  '.join(self.lines)}"


def open_questions(plans: Sequence[SheetPlan], needed: Collection[str]) -> tuple[Question, ...]:
    """Questions about columns that may feed a needed field, in the order of the sheets and columns."""
    tables = {path.split(".")[0] for path in needed}
    found = []
    for plan in plans:
        unsure = [match for match in plan.matches if not match.sure and match.field is not None]
        # A sheet without a row leaves nothing in doubt: there is nothing to misread.
        if not unsure or plan.sheet.sample.is_empty():
            continue
        columns = columns_of(plan.sheet, aliases())
        by_heading = {column.heading: column for column in columns}
        torn = (plan.left_out or "").startswith(COULD_BE)
        may_be = set(_may_be(plan.left_out or "")) if torn else set()
        for match in unsure:
            paths = _candidates(match, by_heading[match.heading])
            if may_be & tables or any(path in needed or _carries(path, tables) for path in paths):
                found.append(_question(plan, match, by_heading[match.heading], paths))
    return tuple(found)


def sheet_question(plan: SheetPlan) -> SheetQuestion | None:
    """What has to be decided about a sheet as a whole; None where its columns can be asked about by themselves."""
    why = plan.left_out or ""
    if not why.startswith((COULD_BE, LOOKS_LIKE)) or plan.sheet.sample.is_empty():
        return None
    source = plan.sheet.source
    if why.startswith(COULD_BE):
        return SheetQuestion(source.file, source.sheet, _may_be(why), (), (), why)
    # The table may be the user's own choice, which the guesses do not know of.
    table = why.removeprefix(LOOKS_LIKE).partition(",")[0].strip()
    held = {f"{m.table}.{m.field}" for m in plan.matches if m.field and (m.sure or m.why == LACKING)}
    missing = tuple(f"{table}.{name}" for name in spec(table).required if f"{table}.{name}" not in held)
    headings = tuple(match.heading for match in plan.matches if not match.personal)
    return SheetQuestion(source.file, source.sheet, (table,), missing, headings, why)


def _may_be(why: str) -> tuple[str, ...]:
    """The tables that a sheet may be, as the reason says why it feeds none."""
    return tuple(table.strip() for table in why.removeprefix(COULD_BE).split(" or "))


def _carries(path: str, tables: set[str]) -> bool:
    """Whether a needed table has no rows without the field."""
    table, name = path.split(".")
    return table in tables and name in spec(table).required


def _candidates(match: ColumnMatch, column: Column) -> tuple[str, ...]:
    assert match.table is not None  # noqa: S101 - an unsure match always names its likeliest field
    known = aliases()
    fields = spec(match.table).fields
    wanted = {fields[name]: keys for name, keys in known.tables[match.table].fields.items()}
    options = candidates(column, wanted, known) or likely(column, wanted, known)
    maybe = [
        path
        for path, keys in known.tables[match.table].perhaps.items()
        if {column.folded.tokens, column.folded.tokens - {"date"}} & keys
    ]
    return tuple(dict.fromkeys([f"{match.table}.{match.field}", *maybe, *(one.field.path for one in options)]))


def _question(plan: SheetPlan, match: ColumnMatch, column: Column, paths: tuple[str, ...]) -> Question:
    table, name = paths[0].split(".")
    lines = [f"[source.columns] {quoted(match.heading)} = {quoted(paths[0])}"]
    further: list[tuple[str, tuple[str, ...]]] = []
    if match.why == DATE_ORDER:
        lines = [f'[source.date_order] {quoted(match.heading)} = "dmy"']
        further.append(("date_order", (f'{quoted(match.heading)} = "dmy"',)))
    words = suggested_words(column, spec(table).fields[name], aliases(), plan.values.get(paths[0]))
    if words:
        lines.append(f"[source.values] {quoted(paths[0])} = {inline(words)}")
        pairs = tuple(f"{quoted(word)} = {quoted(meaning)}" for word, meaning in words.items())
        further.append((f"values.{quoted(paths[0])}", pairs))
    source = plan.sheet.source
    return Question(source.file, source.sheet, match.heading, paths, match.why, tuple(lines), tuple(further), words)


def inline(words: Mapping[str, str]) -> str:
    """Words and their meanings as a TOML inline table."""
    return "{ " + ", ".join(f"{quoted(word)} = {quoted(meaning)}" for word, meaning in words.items()) + " }"


def quoted(text: str) -> str:
    """The text as a TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'
