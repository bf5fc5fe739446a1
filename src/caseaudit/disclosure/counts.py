"""The figures of one check, as an audience may know them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from caseaudit.disclosure.linked import is_kept
from caseaudit.disclosure.profiles import Profile
from caseaudit.disclosure.protecting import PLAIN, Mark, Parts, Showing, Tells, any_way, showing
from caseaudit.disclosure.pseudonyms import pseudonym
from caseaudit.disclosure.verdicts import standing
from caseaudit.model import Outcome, Result, Status, reaches
from caseaudit.publication import EarlierResult, Example, Figure, PublicResult

PEOPLE_SERVED = frozenset(
    {
        "case", "case and worker", "case and physical check", "allocation", "band change", "contact", "risk flag",
        "escalation", "referral", "incident",
    }
)  # fmt: skip
"""Subjects whose counts are counts of people served, or of what happened to them."""

ROWS = frozenset({"row", "source row", "reference"})
"""Subjects whose counts are counts of rows of the exports, each of which may be about a person."""

_NAMES_A_PERSON = frozenset({"case_id", "person_id"})
_WORST = 3


def is_about_people(result: Result) -> bool:
    """Whether a check's counts are counts of people served, or of rows that may be about them.

    By its subject, or because its evidence names cases.
    """
    return result.subject in PEOPLE_SERVED | ROWS or not _NAMES_A_PERSON.isdisjoint(result.evidence_schema)


def is_about_staff(result: Result) -> bool:
    """Whether a check's counts are counts of workers, or of what is recorded of them."""
    return not is_about_people(result) and "worker_id" in {*result.subject_columns, *result.evidence_schema}


def evidence_of(results: Sequence[Result], code: str, *columns: str) -> pl.DataFrame | None:
    """Columns of a check's evidence; None where the check was not made or has others."""
    result = next((result for result in results if result.code == code), None)
    return result.evidence_columns(*columns) if result else None


def public_result(
    result: Result,
    profile: Profile,
    key: bytes | None,
    *,
    few_staff: bool,
    earlier: EarlierResult | None = None,
    known: int = 0,
    allowed: Callable[[Showing], bool] = any_way,
) -> PublicResult:
    """A check's figures with small numbers protected.

    Args:
        result: as found.
        profile: how; one with the threshold 0 protects nothing, and keeps the findings.
        key: of the pseudonyms; None for none.
        few_staff: whether the service as a whole is a team of few staff.
        earlier: what an earlier pack told the same readers of the check; None where there is none.
        known: how many are in breach at the least, by what is published elsewhere.
        allowed: whether a way of showing it may stand beside what is published elsewhere.
    """
    way = _way(result, profile, earlier, known, allowed, few_staff=few_staff)
    figures = _figures(Parts(result.met, result.breach, result.not_evidenced), way, profile)
    column = days_column(result)
    # Three examples, or how long the longest is, would tell that there are so many; only a shown count allows them.
    told = column is not None and way.breach is Mark.SHOWN and result.breach >= max(profile.threshold, 1)
    worst = _worst(result, column, key, raw=not profile.threshold) if told and column else ()
    return PublicResult(
        code=result.code,
        name=result.name,
        family=result.family,
        severity=result.severity,
        owner=result.owner,
        basis=result.basis,
        subject=result.subject,
        manual=result.manual,
        standards=result.standards,
        limits=result.limits,
        status=result.status,
        target=result.target,
        reason=result.reason,
        **figures,
        graded=result.graded,
        longest=worst[0].days if worst else None,
        worst=tuple(example for example in worst if example.name),
        findings=None if profile.threshold else _worst_first(result, column),
        measures=result.measures if not profile.threshold else {},
        statements=(),
        beside=0,
    )


def days_column(result: Result) -> str | None:
    """The evidence column that says by how many days a member is over its limit; None when no such is tested."""
    tested = [name for name in result.standards if name.startswith("days_") and name in result.evidence_schema]
    return tested[0] if tested else None


def tells_of(result: Result, known: int = 0) -> Tells:
    """What the status of a check, its part in a verdict, and a number of breaches known elsewhere tell of its parts."""

    def tells(parts: Parts) -> object:
        contributes = standing(result.graded, result.target, parts.population, parts.met, parts.breach)
        return reaches(parts.met, parts.population, result.target), contributes, parts.breach >= known

    return tells


def _way(
    result: Result,
    profile: Profile,
    earlier: EarlierResult | None,
    known: int,
    allowed: Callable[[Showing], bool],
    *,
    few_staff: bool,
) -> Showing:
    protected = is_about_people(result) or (few_staff and is_about_staff(result)) or profile.rounded_to > 1
    if not profile.threshold or not protected:
        return PLAIN
    threshold = profile.threshold
    parts = Parts(result.met, result.breach, result.not_evidenced)
    if not parts.population:
        return PLAIN
    way = showing(
        parts,
        threshold,
        tells_of(result, known),
        lambda way: allowed(way) and is_kept(way, parts, earlier, result.target, profile),
    )
    if profile.rounded_to > 1 and min(parts.breach, parts.silent) < threshold:
        # Zero is a small number here too, and a whole percentage beside rounded counts would narrow it.
        way = replace(way, breach=Mark.BLURRED, silent=Mark.BLURRED)
    return way


def _figures(parts: Parts, way: Showing, profile: Profile) -> dict[str, Figure]:
    whole = way.population is Mark.SHOWN and way.met is Mark.SHOWN
    return {
        "population": _figure(parts.population, way.population, profile),
        "met": _figure(parts.met, way.met, profile),
        "breach": _figure(parts.breach, way.breach, profile),
        "not_evidenced": _figure(parts.silent, way.silent, profile),
        "short": profile.count(parts.short) if whole else profile.held(),
        "rate": profile.share(parts.met, parts.population) if whole else profile.held(),
    }


def _figure(number: int, mark: Mark, profile: Profile) -> Figure:
    if mark is Mark.SHOWN:
        return profile.count(number)
    return profile.small() if mark is Mark.SMALL else profile.held()


def _worst(result: Result, column: str, key: bytes | None, *, raw: bool) -> list[Example]:
    assert result.evidence is not None  # noqa: S101 - a column of it was found
    asked = result.evidence.select(*dict.fromkeys(("outcome", column, *result.subject_columns)))
    over = asked.filter(pl.col("outcome") == Outcome.BREACH.value, pl.col(column) > 0)
    # Ties in the order of the names, so that the same data always give the same examples.
    rows = over.sort(column, *result.subject_columns, descending=[True, *[False] * len(result.subject_columns)])
    return [
        Example(_name(row, result.subject_columns, key, raw=raw), int(row[column]))
        for row in rows.head(_WORST).collect().iter_rows(named=True)
    ]


def _name(row: dict[str, Any], columns: tuple[str, ...], key: bytes | None, *, raw: bool) -> str:
    if raw:
        return " | ".join("blank" if row[name] is None else str(row[name]) for name in columns)
    # Dates and other words that name a member may tell who it is: only identifiers, and only as pseudonyms.
    if key is None:
        return ""
    return " · ".join(
        pseudonym(name, str(row[name]), key) for name in columns if name.endswith("_id") and row[name] is not None
    )


def _worst_first(result: Result, column: str | None) -> pl.DataFrame | None:
    """Findings with those longest over their limit first; in the order of the evidence where no days are tested."""
    if result.findings is None:
        return None
    if result.evidence is None or column is None:
        return result.findings.collect()
    shown = [pl.col(name).cast(pl.String).fill_null("blank") for name in result.subject_columns]
    days = result.evidence.select(subject=pl.concat_str(shown, separator=" | "), days=column).group_by("subject").max()
    return (
        result.findings.join(days, on="subject", how="left", maintain_order="left")
        .sort(pl.col("status") != Outcome.BREACH.value, -pl.col("days"), nulls_last=True, maintain_order=True)
        .drop("days")
        .collect()
    )


def is_decided(result: Result) -> bool:
    """Whether a check could be made and somebody was in its population."""
    return result.status in {Status.MET, Status.NOT_MET}
