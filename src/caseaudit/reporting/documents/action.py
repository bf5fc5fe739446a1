"""The action pack: by team, then by who acts, worst harm first; what to do, for whom, and where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Any

import polars as pl

from caseaudit.model import SEVERITIES, Severity
from caseaudit.publication import Publication, PublicResult
from caseaudit.reporting import deadlines
from caseaudit.reporting.documents import due, findings
from caseaudit.reporting.documents.assurance import cover
from caseaudit.reporting.documents.pieces import Depth, Grid, grid, number
from caseaudit.reporting.documents.wording import (
    begin,
    ended,
    member,
    plain,
    quoted,
    sentences,
    short_day,
    showing,
    title_of,
)

NAME = "action"
TEMPLATE = "action.html.j2"

NO_TEAM = "No team recorded"
FULL = "findings.xlsx"

MOST_NAMED = 5
"""Findings of one check named in a row, twice as many on screen; findings.xlsx has them all."""

MOST_ROWS = 300
"""Rows of the pack, five times as many on screen: some 30 pages. Teams beyond that stand in one table."""

MOST_TEAMS = 40
"""Rows of that table."""


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
    days = deadlines.act_by(publication.limits, publication.as_at)
    burdens = _burdens(publication)
    shown = _chosen(burdens, MOST_ROWS if depth.brief else 5 * MOST_ROWS)
    groups = _groups(publication, days, shown)
    teams = [
        _team(name, list(theirs), days, cap, brief=depth.brief) for name, theirs in groupby(groups, lambda one: one[0])
    ]
    left = [burden for burden in burdens if burden.team not in shown]
    return {
        "title": "Action pack",
        **cover(publication),
        "brief": depth.brief,
        "listed": True,
        "teams": teams,
        "when": due.when(publication),
        "cut": _cut(len(shown), len(burdens)),
        "left": _left(left) if left else None,
    }


def _cut(shown: int, of: int) -> str:
    if shown >= of:
        return f"Every finding is in {FULL}."
    return f"Showing {shown:,} of {of:,} teams, those with most findings of high severity; all in {FULL}."


@dataclass(frozen=True)
class Burden:
    """What a team has to do: checks with findings there, findings, and those of high severity."""

    team: str
    checks: int
    findings: int
    high: int


def _burdens(publication: Publication) -> list[Burden]:
    """Every team with findings, most of high severity first."""
    counted = [
        result.findings.group_by(pl.col("team").fill_null(NO_TEAM)).agg(
            findings=pl.len(), high=(pl.col("severity") == Severity.HIGH.value).sum()
        )
        for result in publication.results
        if result.findings is not None and result.findings.height
    ]
    if not counted:
        return []
    together = pl.concat(counted).group_by("team").agg(pl.len().alias("checks"), pl.sum("findings", "high"))
    ordered = together.sort("high", "findings", "team", descending=[True, True, False])
    return [Burden(*row) for row in ordered.select("team", "checks", "findings", "high").iter_rows()]


def _chosen(burdens: list[Burden], most: int) -> set[str]:
    """The teams told in full: from the top, as many as there are rows for, and one at least."""
    rows = list(accumulate(burden.checks for burden in burdens))
    return {burden.team for place, burden in enumerate(burdens) if not place or rows[place] <= most}


def _left(burdens: list[Burden]) -> Grid:
    shown = burdens[:MOST_TEAMS]
    return grid(
        "Teams not told in full",
        ("Team", number("Checks with findings"), number("Findings"), number("Of high severity")),
        [(burden.team, f"{burden.checks:,}", f"{burden.findings:,}", f"{burden.high:,}") for burden in shown],
        note=showing(len(shown), len(burdens), FULL),
        quiet=True,
    )


Group = tuple[str, str, PublicResult, pl.DataFrame]


def _graded(rows: pl.DataFrame) -> Severity:
    """The worst severity among findings."""
    there = set(rows["severity"].unique())
    return next(severity for severity in SEVERITIES if severity.value in there)


def _groups(publication: Publication, days: Mapping[str, dt.date], shown: Collection[str]) -> Iterator[Group]:
    """Team, owner, check and its findings there; teams and owners by name, checks by harm, then by when."""
    harm = {severity: place for place, severity in enumerate(SEVERITIES)}
    found: list[Group] = []
    for result in publication.results:
        if result.findings is None or not result.findings.height:
            continue
        named = result.findings.with_columns(pl.col("team").fill_null(NO_TEAM)).filter(pl.col("team").is_in(shown))
        found += [
            (str(team), result.owner or "whoever keeps the record", result, rows)
            for (team,), rows in named.group_by("team", maintain_order=True)
        ]

    # Who has the gravest things to do stands first.
    worst: dict[tuple[str, str], int] = {}
    for team, owner, _, rows in found:
        worst[team, owner] = min(worst.get((team, owner), len(harm)), harm[_graded(rows)])

    def order(group: Group) -> tuple[Any, ...]:
        team, owner, result, rows = group
        graded = _graded(rows)
        by_harm = (harm[graded], days.get(graded.value, dt.date.max), -rows.height, result.code)
        return (team == NO_TEAM, team, worst[team, owner], owner, *by_harm)

    yield from sorted(found, key=order)


def _team(name: str, groups: list[Group], days: Mapping[str, dt.date], cap: int, *, brief: bool) -> Team:
    total = sum(rows.height for *_, rows in groups)
    grave = sum(rows.filter(pl.col("severity") == SEVERITIES[0].value).height for *_, rows in groups)
    owners = [
        Owner(
            begin(owner), _list(owner, name, [(result, rows) for _, _, result, rows in theirs], days, cap, brief=brief)
        )
        for owner, theirs in groupby(groups, lambda group: group[1])
    ]
    return Team(name, f"{plain(total, 'finding')}, {grave:,} of high severity.", tuple(owners))


def _list(
    owner: str,
    team: str,
    tasks: list[tuple[PublicResult, pl.DataFrame]],
    days: Mapping[str, dt.date],
    cap: int,
    *,
    brief: bool,
) -> Grid:
    """An owner's tasks; on paper what to do and why stand in one column, which takes a quarter fewer pages."""
    why = ("What to do, and why",) if brief else ("What to do", "Why it matters")
    return grid(
        f"For the {owner}",
        ("Check", *why, "For whom, and where it stands", "By when"),
        [
            (
                f"{title_of(result.name)} ({result.code}, {_graded(rows).value} severity)",
                *_to_do(result, brief=brief),
                _named(rows, cap),
                short_day(days[_graded(rows).value]) if days else "",
            )
            for result, rows in tasks
        ],
        quiet=True,
        kind="action brief" if brief else "action",
        facets=tuple((team, _graded(rows).value) for _, rows in tasks),
    )


def _to_do(result: PublicResult, *, brief: bool) -> tuple[str, ...]:
    action, why = ended(quoted(result.manual.action)), quoted(sentences(result.manual.why)[0])
    return (f"{action} {why}",) if brief else (action, why)


def _named(rows: pl.DataFrame, cap: int) -> str:
    """The first findings by name and place, and how many more there are."""
    cut = rows.unique("subject", maintain_order=True)
    told = []
    for file, shown in groupby(cut.head(cap).iter_rows(named=True), key=findings.file_of):
        names = "; ".join(
            member(str(row["subject"])) + (f" (row {row['source_row']})" if row["source_row"] else "") for row in shown
        )
        told.append(f"{names}: {file}" if file else names)
    more = cut.height - min(cap, cut.height)
    return f"{'; '.join(told)}{f'; and {more:,} more' if more else ''}."
