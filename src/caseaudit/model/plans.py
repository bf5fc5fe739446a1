"""What a run will do with each source: which tables it feeds, and which column is which field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from caseaudit.model.exports import Sheet


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """What one column of an export was taken for.

    Attributes:
        heading: as in the file.
        table, field: the canonical field it feeds; None for a column that is dropped at read.
        sure: whether a run may rely on it; an unsure one is a question for the user.
        why: one plain phrase, such as "known heading" or "like 'Next review due' (91 %)".
        personal: True for a column dropped because it identifies people and no check needs it.
    """

    heading: str
    table: str | None
    field: str | None
    sure: bool
    why: str
    personal: bool = False


@dataclass(frozen=True)
class Unpivot:
    """How a wide matrix becomes long: one column per competency or course, a date or a mark in the cell.

    Attributes:
        headings: heading of a column → the code it stands for.
        code_field: field that takes the code, such as "competency".
        value_field: field that takes the cell, such as "signed_off_on".
    """

    headings: Mapping[str, str]
    code_field: str
    value_field: str


@dataclass(frozen=True)
class Feed:
    """One canonical table that a source feeds, and by which columns.

    Attributes:
        table: canonical table.
        columns: field → heading.
        constants: field → text every row gets (a file per team without a team column).
        unpivot: for a wide matrix.
        only_if: fields of which at least one must be filled for a row to count as a row of this table at all
            (a caseload row without a last review is no review). Empty: every row counts.
        filled: headings that must all be filled for a row to count as a row of this table (an open referral
            without a contact is no case of the caseload). One that no source supplies is passed over.
    """

    table: str
    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    unpivot: Unpivot | None = None
    only_if: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Join:
    """Columns a source takes from another source of the same published format before it feeds its tables.

    Attributes:
        source: part of the format that is looked up, such as "MHS206StaffActivity".
        on: heading here → heading there; all must be filled and equal.
        take: new heading → heading there.
        which: the row that counts where several match; "all" makes as many rows of one.
        by: heading there of the dates by which the first or last is meant; None for the order of the file.
    """

    source: str
    on: Mapping[str, str]
    take: Mapping[str, str]
    which: str = "first"
    by: str | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """Rows of a published format that are no record to be counted.

    Attributes:
        heading: the column that tells.
        words: what stands in it in such rows; none where any filled cell tells.
        reason: why they are not counted, a phrase.
        unless: whether the rows that do not hold one of the words are set aside instead.
    """

    heading: str
    words: tuple[str, ...]
    reason: str
    unless: bool = False


@dataclass(frozen=True, slots=True)
class Derived:
    """A column made of other columns of the same row.

    Attributes:
        into: its heading.
        first_of: headings of which the first filled one counts.
        words: cell → what it means; none to take cells as they stand.
        keep: whether a cell that is not among the words is kept as it stands, else it is blank.
        when, unless: heading that must be filled, or must be blank; blank where it is not so.
        begins, months: headings of a day and of a number of months: where `first_of` gives a blank, the day before
            so many months after that day.
    """

    into: str
    first_of: tuple[str, ...]
    words: Mapping[str, str] = field(default_factory=dict)
    keep: bool = True
    when: str | None = None
    unless: str | None = None
    begins: str | None = None
    months: str | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """The part of a published export format that a source was recognised as.

    Attributes:
        name: of the format, such as "MHSDS v6".
        part: of the format, such as "MHS101Referral".
        set_aside: rows that are not counted.
        derived: columns made before joins.
        links: headings loaded because this or another part needs them.
        serves: the parts that look rows of this one up.
        notes: what the format cannot tell, one sentence each.
    """

    name: str
    part: str
    set_aside: tuple[SetAside, ...] = ()
    derived: tuple[Derived, ...] = ()
    links: frozenset[str] = frozenset()
    serves: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetPlan:
    """What a run will do with one source.

    Attributes:
        sheet: the source.
        feeds: the tables it feeds; none when it is left out.
        matches: every column and what it was taken for.
        values: "table.field" → {exported word, lower case: canonical word}.
        date_order: heading → "dmy" | "mdy" | "ymd" where somebody has decided it.
        left_out: why the source feeds nothing, in one sentence; None when it feeds something.
        on_purpose: whether it feeds nothing because nobody means it to, so that its rows are no lost records.
        joins: what it takes from other sources first, in this order.
        format: the part of a published format it was recognised as.
        ordered_by: who decided date_order, where no format did.
    """

    sheet: Sheet
    feeds: tuple[Feed, ...]
    matches: tuple[ColumnMatch, ...]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date_order: Mapping[str, str] = field(default_factory=dict)
    left_out: str | None = None
    on_purpose: bool = False
    joins: tuple[Join, ...] = ()
    format: Format | None = None
    ordered_by: str = "the mapping file"
