"""The action pack: by team, then by who acts, worst harm first; what to do, for whom, and where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl

from caseaudit.model import SEVERITIES, Severity
from caseaudit.publication import Publication, PublicResult
from caseaudit.reporting import deadlines
from caseaudit.reporting.documents import findings
from caseaudit.reporting.documents.assurance import cover
from caseaudit.reporting.documents.pieces import Depth, Grid, grid
from caseaudit.reporting.documents.wording import BASIS, begin, day, listed, plain, sentences, short_day, title_of

NAME = "action"
TEMPLATE = "action.html.j2"

NO_TEAM = "No team recorded"

MOST_NAMED = 5
"""Findings of one check named in a row, twice as many on screen; findings.xlsx has them all."""


@dataclass(frozen=True)
class Owner:
    """Who acts, and on what: one row a check, the gravest first."""

    name: str
    grid: Grid


@dataclass(frozen=True)
class Team:
    """A team and everybody who has something to do in it."""

    name: str
    summary: str
    owners: tuple[Owner, ...]


def view(publication: Publication, depth: Depth) -> Mapping[str, Any]:
    """Everything the template prints."""
    cap = MOST_NAMED if depth.brief else 2 * MOST_NAMED
    due = deadlines.act_by(publication.limits, publication.as_at)
    groups = _groups(publication, due)
    teams = [_team(name, list(theirs), due, cap) for name, theirs in groupby(groups, lambda group: group[0])]
    return {
        "title": "Action pack",
        **cover(publication),
        "brief": depth.brief,
        "listed": True,
        "teams": teams,
        "when": _when(publication),
    }


def _when(publication: Publication) -> str:
    """How the days by which to act were set, in one sentence; blank where no policy value sets them."""
    given = deadlines.working_days_for(publication.limits)
    if not given:
        return ""
    bases = listed(dict.fromkeys(BASIS.get(limit.basis, limit.basis) for limit in given.values()))
    told = listed(f"{plain(int(limit.value), 'working day')} for {name}" for name, limit in given.items())
    return f"By when is counted from {day(publication.as_at)} by severity: {told} ({bases})."


Group = tuple[str, str, PublicResult, pl.DataFrame]


def _graded(rows: pl.DataFrame) -> Severity:
    """The worst severity among findings."""
    there = set(rows["severity"].unique())
    return next(severity for severity in SEVERITIES if severity.value in there)


def _groups(publication: Publication, due: Mapping[str, dt.date]) -> Iterator[Group]:
    """Team, owner, check and its findings there; teams and owners by name, checks by harm, then by when."""
    harm = {severity: place for place, severity in enumerate(SEVERITIES)}
    found: list[Group] = []
    for result in publication.results:
        if result.findings is None or not result.findings.height:
            continue
        named = result.findings.with_columns(pl.col("team").fill_null(NO_TEAM))
        found += [
            (str(team), result.owner or "whoever keeps the record", result, rows)
            for (team,), rows in named.group_by("team", maintain_order=True)
        ]

    def order(group: Group) -> tuple[Any, ...]:
        team, owner, result, rows = group
        graded = _graded(rows)
        by_harm = (harm[graded], due.get(graded.value, dt.date.max), -rows.height, result.code)
        return (team == NO_TEAM, team, _worst(group, found, harm), owner, *by_harm)

    yield from sorted(found, key=order)


def _worst(group: Group, found: list[Group], harm: Mapping[Any, int]) -> int:
    """The worst harm on an owner's list, so that who has the gravest things to do stands first."""
    return min(harm[_graded(other[3])] for other in found if other[:2] == group[:2])


def _team(name: str, groups: list[Group], due: Mapping[str, dt.date], cap: int) -> Team:
    total = sum(rows.height for *_, rows in groups)
    grave = sum(rows.filter(pl.col("severity") == SEVERITIES[0].value).height for *_, rows in groups)
    owners = [
        Owner(begin(owner), _list(owner, name, [(result, rows) for _, _, result, rows in theirs], due, cap))
        for owner, theirs in groupby(groups, lambda group: group[1])
    ]
    return Team(name, f"{plain(total, 'finding')}, {grave:,} of high severity.", tuple(owners))


def _list(
    owner: str, team: str, tasks: list[tuple[PublicResult, pl.DataFrame]], due: Mapping[str, dt.date], cap: int
) -> Grid:
    return grid(
        f"For the {owner}",
        ("Check", "What to do", "Why it matters", "For whom, and where it stands", "By when"),
        [
            (
                f"{title_of(result.name)} ({result.code}, {_graded(rows).value} severity)",
                result.manual.action,
                sentences(result.manual.why)[0],
                _named(rows, cap),
                short_day(due[_graded(rows).value]) if due else "",
            )
            for result, rows in tasks
        ],
        note="Every finding is in findings.xlsx.",
        quiet=True,
        kind="action",
        facets=tuple((team, _graded(rows).value) for _, rows in tasks),
    )


def _named(rows: pl.DataFrame, cap: int) -> str:
    """The first findings by name and place, and how many more there are."""
    cut = rows.unique("subject", maintain_order=True)
    told = []
    for file, shown in groupby(cut.head(cap).iter_rows(named=True), key=findings.file_of):
        names = "; ".join(
            f"{row['subject']} (row {row['source_row']})" if row["source_row"] else str(row["subject"]) for row in shown
        )
        told.append(f"{names}: {file}" if file else names)
    more = cut.height - min(cap, cut.height)
    return f"{'; '.join(told)}{f'; and {more:,} more' if more else ''}."
