"""What a reader of one audience may know of an audit: the only thing a document prints from.

A figure that is suppressed has no number here, so no template, chart or file can let one slip.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from caseaudit.model import Limit, Manual, Severity, Source, Status

if TYPE_CHECKING:
    import polars as pl

Audience = Literal["internal", "commissioner"]

RESULTS_SCHEMA = "1.3"
"""Version of results.schema.json, which describes the results.json of every audience."""

NOT_SHOWN = "not shown"
"""Stands for a figure that is held back because another, smaller one could be worked out from it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it may be read.

    Attributes:
        text: as printed: "1,204", "85 %", "<5", "not shown".
        value: the number; None where it is suppressed or there is none.
        hidden: whether it is suppressed.
    """

    text: str
    value: float | None = None
    hidden: bool = False

    def __str__(self) -> str:
        return self.text


TEAMS_TOGETHER = " teams together"
"""End of the name of teams that are put together: they are no team."""


def teams_name(number: int) -> str:
    """What stands for teams that are put together."""
    return f"{number}{TEAMS_TOGETHER}"


def count(number: int) -> Figure:
    """A count that may be shown as it is."""
    return Figure(f"{number:,}", number)


def share(part: int, whole: int) -> Figure:
    """A share as a whole percentage; never "100 %" unless all, never "0 %" unless none. Blank for nobody."""
    return Figure(percent(part, whole), part / whole) if whole else Figure("–")


def percent(part: int, whole: int) -> str:
    """A share in words and figures: "85 %", "more than 99 %", "less than 1 %"."""
    if part not in {0, whole}:
        if 200 * part >= 199 * whole:
            return "more than 99 %"
        if 200 * part < whole:
            return "less than 1 %"
    # Half a percent is rounded up, in whole numbers, so that it reads the same on every machine.
    return f"{(200 * part + whole) // (2 * whole)} %"


class Verdict(StrEnum):
    """What may be said of one question."""

    ASSURED = "Assured"
    PARTLY = "Partly assured"
    NOT = "Not assured"
    UNKNOWN = "Cannot be said"
    STATED = "Stated"
    OPEN = "Needs a person's statement"


VERDICT_RULE: Mapping[Verdict, str] = {
    Verdict.ASSURED: "Every check behind the question was made and is met, and at least 95 % of each population could "
    "be tested.",
    Verdict.PARTLY: "No check of high severity is unmet, and every other unmet check reaches 80 %; or all that was "
    "made is met, but not every check could be made.",
    Verdict.NOT: "Otherwise: a check of high severity is unmet, or another one is below 80 %.",
    Verdict.UNKNOWN: "None of the checks could be made, or for more than a fifth of a population nothing is on record, "
    "unless the breaches that are on record already decide.",
    Verdict.STATED: "No check can answer it; a person has, in a statement valid on the day. It is not tested.",
    Verdict.OPEN: "No check can answer it, and no statement is valid on the day.",
}
"""When each verdict is given. In code: caseaudit.disclosure.verdicts."""


@dataclass(frozen=True, slots=True)
class Example:
    """One of the worst members of a population: how it is called for this audience, and by how many days it is over."""

    name: str
    days: int


@dataclass(frozen=True, slots=True)
class PublicStatement:
    """A person's statement for what no export shows, as its reader may know it.

    Attributes:
        code: code of a check, or `framework:clause`.
        stated_on, valid_until: its days; both included.
        text: its words.
        scope: what part of the service it speaks of; blank for the whole.
        stated_by: who made it; blank for an audience that may not know.
    """

    code: str
    stated_on: dt.date
    valid_until: dt.date
    text: str
    scope: str = ""
    stated_by: str = ""


@dataclass(frozen=True)
class PublicResult:
    """One check as its reader may know it.

    Attributes:
        code to reason: as in caseaudit.model.Result.
        graded: the worst severity among its findings; its own when it has none.
        population, met, short, breach, not_evidenced: counts; short = breach + not evidenced.
        rate: met / population.
        longest: most days over the limit, among those in breach; None where that is not told.
        worst: up to three of the worst members.
        findings: every finding (columns FINDING_COLUMNS, worst first); None for an audience that may not see them.
        measures: figures of the whole that may be shown.
        statements: what persons stated of it; only where it could not be tested, never beside a figure.
        beside: where it is not 0, its counts are held back, since beside those of another check they would tell of
            fewer people than this.
    """

    code: str
    name: str
    family: str
    severity: Severity
    owner: str
    basis: str
    subject: str
    manual: Manual
    standards: Mapping[str, str]
    limits: tuple[str, ...]
    status: Status
    target: float
    reason: str | None
    population: Figure
    met: Figure
    short: Figure
    breach: Figure
    not_evidenced: Figure
    rate: Figure
    graded: Severity
    longest: int | None = None
    worst: tuple[Example, ...] = ()
    findings: pl.DataFrame | None = None
    measures: Mapping[str, Any] = field(default_factory=dict)
    statements: tuple[PublicStatement, ...] = ()
    beside: int = 0

    @property
    def tested(self) -> bool:
        """Whether it could be tested and somebody was in its population."""
        return self.status in {Status.MET, Status.NOT_MET}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, with the unit, and whether it holds numbers."""

    heading: str
    numeric: bool = False


@dataclass(frozen=True)
class PublicTable:
    """A table that may be shown, and the one thing its chart may be drawn from.

    Attributes:
        columns: headings.
        rows: one figure per column; a text is a figure without a value.
        note: what is left out or put together, in one sentence; blank when nothing is.
        facts: further numbers a chart or sentence needs, such as {"limit": 60}.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Figure, ...], ...]
    note: str = ""
    facts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One clause of the framework with its verdict.

    Attributes:
        number: its number in the framework.
        title: a few words; text: the question or clause in full.
        codes: checks mapped to it that were part of this run.
        absent: checks mapped to it that were not.
        verdict: by VERDICT_RULE.
        why: what decided the verdict, in one clause.
        statements: what persons stated of it; only for a clause that no check can answer.
    """

    number: str
    title: str
    text: str
    codes: tuple[str, ...]
    absent: tuple[str, ...]
    verdict: Verdict
    why: str
    statements: tuple[PublicStatement, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicAccount:
    """What became of the rows of one source, as its reader may know it: rows read = kept + rejected.

    Attributes:
        source: what was read; its notes are those that may be told.
        tables: which it feeds.
        rows_read, kept, rejected: rows; furniture: of the rejected, those that are no record (totals, headers, notes).
    """

    source: Source
    tables: tuple[str, ...]
    rows_read: Figure
    kept: Figure
    rejected: Figure
    furniture: Figure


@dataclass(frozen=True, slots=True)
class PublicRows:
    """The same of all sources together."""

    read: Figure
    kept: Figure
    rejected: Figure
    furniture: Figure


@dataclass(frozen=True, slots=True)
class Rejection:
    """Rows of one source that could not be used, by reason."""

    source: str
    reason: str
    rows: Figure


@dataclass(frozen=True)
class WorkerSheet:
    """What supervision needs of one worker. Exists for the internal audience alone.

    Attributes:
        about: figures of caseload and supervision by the names of the evidence columns.
        cases: open cases, longest overdue first: case_id, acuity_band, reviewed_on, due_on, days_overdue.
        due: (code of a check, findings) of what fell short for the worker or a case they hold.
    """

    worker: str
    team: str | None
    about: Mapping[str, Any]
    cases: tuple[Mapping[str, Any], ...]
    due: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class EarlierResult:
    """What an earlier pack told its readers of one check.

    Attributes:
        population to rate: as they were shown there.
        limits: name → value of the policy values it read then.
        before: where it hid a figure, what packs before it told of the check, back to one that hid none.
    """

    status: Status
    target: float
    population: Figure
    met: Figure
    breach: Figure
    not_evidenced: Figure
    rate: Figure
    limits: Mapping[str, Any]
    before: tuple[EarlierResult, ...] = ()


@dataclass(frozen=True)
class Earlier:
    """What an earlier pack told its readers, and all that is known of it here.

    Attributes:
        as_at: the day it speaks of; profile: how small numbers are protected in it, None when they are not.
        results: code → what it told of the check.
        verdicts: question or clause in full → its verdict.
        tables: those it showed, by name as in Publication.
        older: of those it did not show, what packs before it did; of those by team with the facts "population" and
            "met" of the check then.
        accounts, rows: what it told of each source, and of all; None where it does not say.
        outward: what the documents of an internal pack that leave the house told; None where this is it.
    """

    as_at: dt.date
    profile: str | None
    results: Mapping[str, EarlierResult]
    verdicts: Mapping[str, str]
    tables: Mapping[str, PublicTable]
    older: Mapping[str, PublicTable] = field(default_factory=dict)
    accounts: tuple[PublicAccount, ...] = ()
    rows: PublicRows | None = None
    outward: Earlier | None = None


@dataclass(frozen=True)
class Publication:
    """An audit as one audience may know it.

    Attributes:
        audience: who reads it; profile: how small numbers are protected, None when they are not.
        threshold: counts of people below it are protected; 0 when none are.
        framework, framework_source: title of the framework whose clauses are the questions, and where it is from.
        tables: by name: "caseload", "team/REV01", "late/REV01" ...; only those this audit's evidence allows.
        outward: the same audit as a commissioner may know it, for documents that leave the house whoever asks for
            them; None where this is it, or no such document was asked for.
        sheets: one per worker who holds cases; none for an audience that may not know who is who, or
            where they were not asked for.
        fingerprint: short digest of what is published, by which two prints of one publication are known.
        earlier: what the pack it is compared with told the same readers; None where there is none.
    """

    audience: Audience
    profile: str | None
    threshold: int
    as_at: dt.date
    service: str
    lookback_days: int
    framework: str
    framework_source: str
    results: tuple[PublicResult, ...]
    questions: tuple[Question, ...]
    tables: Mapping[str, PublicTable]
    limits: tuple[Limit, ...]
    accounts: tuple[PublicAccount, ...]
    rows: PublicRows
    rejections: tuple[Rejection, ...]
    notes: tuple[str, ...]
    versions: Mapping[str, str]
    fingerprint: str = ""
    outward: Publication | None = None
    sheets: tuple[WorkerSheet, ...] = ()
    earlier: Earlier | None = None

    def result(self, code: str) -> PublicResult | None:
        """The result of that code; None when it was not part of the run."""
        return next((result for result in self.results if result.code == code), None)
