"""What a check found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl


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
        evidence: one row per member: subject columns, measures, `origin`, and `outcome` (an Outcome's value). Packed
            (`kept`), as are the findings: ask for the columns you need, then collect.
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
    evidence: pl.LazyFrame | None = None
    findings: pl.LazyFrame | None = None

    @property
    def rate(self) -> float | None:
        """Share of the population that met the standard; None when nobody is in it or it was not tested."""
        return self.met / self.population if self.population else None

    @property
    def evidence_schema(self) -> Mapping[str, pl.DataType]:
        """Columns of the evidence and their types; empty where the check could not be made."""
        return {} if self.evidence is None else self.evidence.collect_schema()

    @cached_property
    def graded(self) -> Severity:
        """The worst severity among its findings, which a check may grade row by row; its own when it has none."""
        if self.findings is None:
            return self.severity
        present = set(self.findings.select("severity").unique().collect()["severity"])
        return next((severity for severity in SEVERITIES if severity.value in present), self.severity)

    def evidence_columns(self, *names: str) -> pl.DataFrame | None:
        """Columns of the evidence; None where the check was not made or its evidence has others."""
        if self.evidence is None or not set(names) <= set(self.evidence_schema):
            return None
        return self.evidence.select(names).collect()


def reaches(part: int, whole: int, target: float) -> bool:
    """Whether a share reaches a target: in exact numbers, so that 80 of 100 reach 0.8 on every machine."""
    top, bottom = _exact(target)
    return top * whole <= part * bottom


@cache
def _exact(target: float) -> tuple[int, int]:
    """A decimal fraction as it is written, as a ratio of whole numbers."""
    from fractions import Fraction

    return Fraction(str(target)).as_integer_ratio()


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
