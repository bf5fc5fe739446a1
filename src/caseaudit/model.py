"""The values that flow through a run, in the order they come about. All are frozen; none knows how it is made.

    Path -> Sheet -> Export -> Tables -> Evidence -> Result -> Audit -> Report

Polars is imported for its types alone, so that a command that audits nothing starts at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

SOURCE_ROW = "source_row"
"""Column of an export's frame with the row a person sees in the file (first line or row = 1)."""

ORIGIN_SHIFT = 2**32
"""An origin is `source number * ORIGIN_SHIFT + source row`, the source number being its place in Tables.sources."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows came from: one CSV file, or one sheet of a workbook, and how it was understood.

    Attributes:
        file: path relative to the folder of exports, with `/`.
        sheet: name of the sheet; None for a file without sheets.
        sha256: digest of the whole file's bytes.
        encoding, delimiter: as found; None where the kind of file has none.
        header_row: physical row of the header (the last of them where there are several).
        rows_read: records found below the header, blank lines not counted.
        notes: what was noticed and mended or left, one sentence each, quoting no cell.
    """

    file: str
    sheet: str | None
    sha256: str
    encoding: str | None
    delimiter: str | None
    header_row: int
    rows_read: int
    notes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """File and sheet as reports and messages name them."""
        return f"{self.file} › {self.sheet}" if self.sheet else self.file


@dataclass(frozen=True)
class Sheet:
    """A source before its rows are read: enough to decide what its columns mean.

    Attributes:
        path: the file to read.
        source: what was found out so far; rows_read is 0 until the rows are read.
        headings: one per physical column, made unique ("Date", "Date (2)") and never blank.
        sample: up to 200 rows as exported (text; blanks are null) under those headings, plus SOURCE_ROW.
        member: name inside a ZIP; None for a file of its own.
    """

    path: Path
    source: Source
    headings: tuple[str, ...]
    sample: pl.DataFrame
    member: str | None = None


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
        date_order: heading → "dmy" | "mdy" | "ymd" where the user has decided it.
        left_out: why the source feeds nothing, in one sentence; None when it feeds something.
        on_purpose: whether it feeds nothing because nobody means it to, so that its rows are no lost records.
        joins: what it takes from other sources first, in this order.
        format: the part of a published format it was recognised as.
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


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row, or one use of a row, that could not be used. Nothing is dropped without one of these.

    Attributes:
        source: place of the source in Tables.sources.
        row: physical row.
        table: canonical table the row should have fed; None for a row that is no record at all.
        field: canonical field that made it unusable; None where it is the row as a whole.
        reason: one sentence, quoting no cell.
        furniture: True for what is no record: a totals row, a repeated header, a note or footer.
        whole: True when the row feeds nothing at all; False when another table could still use it.
    """

    source: int
    row: int
    table: str | None
    field: str | None
    reason: str
    furniture: bool = False
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Export:
    """The rows of one source as exported: every cell text, a blank is null, with the physical row.

    Attributes:
        source: where it came from.
        frame: text columns named by their headings, plus SOURCE_ROW (UInt32). Holds only mapped columns.
        set_aside: rows read that are not in the frame (malformed records, totals, repeated headers ...);
            `source` in them is 0 and is set when the exports are joined.
    """

    source: Source
    frame: pl.DataFrame
    set_aside: tuple[Rejected, ...] = ()


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


@dataclass(frozen=True, slots=True)
class SourceAccount:
    """What became of the rows of one source. rows_read = kept + rejected, always."""

    source: Source
    tables: tuple[str, ...]
    rows_read: int
    kept: int
    rejected: int
    furniture: int
    columns: tuple[ColumnMatch, ...] = ()


@dataclass(frozen=True)
class Tables:
    """The canonical tables of an audit.

    Attributes:
        frames: table name → frame with every field of the table and `origin`; only tables some source feeds.
        supplied: table name → fields some source has a column for.
        sources: every source, in the order its number in `origin` counts.
        accounts: what became of each source's rows, in the same order.
        rejected: every row, or use of a row, that could not be used.
        notes: what was decided about values, one sentence each (date order, words mapped, placeholders).
    """

    frames: Mapping[str, pl.DataFrame]
    supplied: Mapping[str, frozenset[str]]
    sources: tuple[Source, ...]
    accounts: tuple[SourceAccount, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    notes: tuple[str, ...] = ()


class Outcome(StrEnum):
    """What one member of a population came to."""

    MET = "met"
    BREACH = "breach"
    NOT_EVIDENCED = "not evidenced"


class Status(StrEnum):
    """What a whole check came to."""

    MET = "met"
    NOT_MET = "not met"
    NOT_APPLICABLE = "not applicable"
    NOT_ASSESSABLE = "not assessable"
    ERROR = "error"


class Severity(StrEnum):
    """How much harm a breach may stand for. Ordered by SEVERITIES."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


SEVERITIES: tuple[Severity, ...] = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)
"""Worst first."""


@dataclass(frozen=True)
class Manual:
    """A check's own words, from the docstring of its file."""

    fault: str
    why: str
    population: str
    finding: str
    action: str
    sources: str
    example: str = ""


@dataclass(frozen=True)
class Result:
    """What one check found.

    Attributes:
        code, name, family, severity, owner, basis, subject: as the check declares them.
        subject_columns: evidence columns that name one member.
        manual: the check's own words.
        status: decided by the runner alone.
        population, met, breach, not_evidenced: counts of members.
        target: the rate (0-1) from which the check counts as met.
        reason: why it could not be tested, or failed; None otherwise.
        measures: figures of the whole beside the counts, e.g. {"gini": {"North": 0.31}}.
        standards: evidence column → title of what must hold.
        limits: names of the policy values the check reads.
        evidence: one row per member: subject columns, measures, `origin`, and `outcome` (an Outcome's value).
        findings: one row per thing that fell short; columns FINDING_COLUMNS.
    """

    code: str
    name: str
    family: str
    severity: Severity
    owner: str
    basis: str
    subject: str
    subject_columns: tuple[str, ...]
    manual: Manual
    status: Status
    population: int = 0
    met: int = 0
    breach: int = 0
    not_evidenced: int = 0
    target: float = 1.0
    reason: str | None = None
    measures: Mapping[str, Any] = field(default_factory=dict)
    standards: Mapping[str, str] = field(default_factory=dict)
    limits: tuple[str, ...] = ()
    evidence: pl.DataFrame | None = None
    findings: pl.DataFrame | None = None

    @property
    def rate(self) -> float | None:
        """Share of the population that met the standard; None when nobody is in it or it was not tested."""
        return self.met / self.population if self.population else None


FINDING_COLUMNS = (
    "check",
    "status",
    "severity",
    "subject_type",
    "subject",
    "team",
    "measure",
    "detail",
    "action",
    "source_file",
    "source_sheet",
    "source_row",
    "fingerprint",
)
"""Columns of a findings frame. `status` is "breach" or "not evidenced"; `team` may be blank."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One policy value in force, as the report prints it.

    Attributes:
        name: dotted key of the policy, e.g. "bands.high.review_days".
        value: the value in force.
        default: the shipped value.
        basis: law | regulator | contract | nice | guidance | policy | house.
        source: who says so.
        changed: whether the user's policy file sets it.
        laxer: True when it is laxer than the cited standard.
        lax: "more" or "less", the direction in which a value would be laxer; None where neither is.
    """

    name: str
    value: Any
    default: Any
    basis: str
    source: str
    changed: bool = False
    laxer: bool = False
    lax: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A person's statement for what no export shows, valid on the as-at date.

    Attributes:
        code: code of a check, or `framework:clause`, such as "cqc:18(2)(b)".
        scope: whom or what it speaks of; None for the whole service.
        stated_by: who made it; never shown but internally.
        stated_on, valid_until: its days; both included.
        statement: its words.
    """

    code: str
    scope: str | None
    stated_by: str
    stated_on: dt.date
    valid_until: dt.date
    statement: str


@dataclass(frozen=True)
class Audit:
    """Everything one run found out, enough to make every report from it again.

    Attributes:
        as_at: the day the audit speaks of.
        service: name of the service, blank when the settings give none.
        results: one per check, in the order of their codes.
        limits: the policy in force.
        accounts, rejected, notes: what became of the exports' rows.
        framework: name of the framework asked for, if any.
        versions: program and library versions.
        lookback_days: length of the period the audit looks back over.
        statements: persons' statements valid on the as-at date.
    """

    as_at: dt.date
    service: str
    results: Sequence[Result]
    limits: Sequence[Limit]
    accounts: Sequence[SourceAccount]
    rejected: Sequence[Rejected]
    notes: Sequence[str] = ()
    framework: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    lookback_days: int = 91
    statements: Sequence[Statement] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One file of a pack: its name and bytes, for one audience."""

    name: str
    content: bytes
