"""The action pack: by team, then by who acts, worst harm first; what to do, for whom, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl

from caseaudit.model import SEVERITIES
from caseaudit.publication import Publication, PublicResult
from caseaudit.reporting.documents import findings
from caseaudit.reporting.documents.assurance import cover
from caseaudit.reporting.documents.pieces import Depth, Grid, grid
from caseaudit.reporting.documents.wording import begin, plain, sentences, title_of

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
    teams = [_team(name, list(groups), cap) for name, groups in groupby(_groups(publication), lambda group: group[0])]
    return {"title": "Action pack", **cover(publication), "brief": depth.brief, "teams": teams}


Group = tuple[str, str, PublicResult, pl.DataFrame]


def _groups(publication: Publication) -> Iterator[Group]:
    """Team, owner, check and its findings there; teams and owners by name, checks by harm."""
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
        by_harm = (harm[result.graded], -rows.height, result.code)
        return (team == NO_TEAM, team, _worst(group, found, harm), owner, *by_harm)

    yield from sorted(found, key=order)


def _worst(group: Group, found: list[Group], harm: Mapping[Any, int]) -> int:
    """The worst harm on an owner's list, so that who has the gravest things to do stands first."""
    return min(harm[other[2].graded] for other in found if other[:2] == group[:2])


def _team(name: str, groups: list[Group], cap: int) -> Team:
    total = sum(rows.height for *_, rows in groups)
    grave = sum(rows.filter(pl.col("severity") == SEVERITIES[0].value).height for *_, rows in groups)
    owners = [
        Owner(begin(owner), _list(owner, [(result, rows) for _, _, result, rows in theirs], cap))
        for owner, theirs in groupby(groups, lambda group: group[1])
    ]
    return Team(name, f"{plain(total, 'finding')}, {grave:,} of high severity.", tuple(owners))


def _list(owner: str, tasks: list[tuple[PublicResult, pl.DataFrame]], cap: int) -> Grid:
    return grid(
        f"For the {owner}",
        ("Check", "What to do", "Why it matters", "For whom, and where it stands", "By when"),
        [
            (
                f"{title_of(result.name)} ({result.code}, {result.graded.value} severity)",
                result.manual.action,
                sentences(result.manual.why)[0],
                _named(rows, cap),
                "",
            )
            for result, rows in tasks
        ],
        note="By when is for the meeting that agrees it. Every finding is in findings.xlsx.",
        quiet=True,
        kind="action",
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
