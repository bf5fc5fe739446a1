"""The competency matrix: of the workers whose cases ask for a competency, how many hold it in date, by team.

The shown cells of a team, its hidden ones and the two totals which the tables by team of CMP03 (asked for) and CMP02
(held) publish hang together: so with a small cell others of its team are hidden, until neither number can be told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import polars as pl

from caseaudit.disclosure.breakdowns import NO_TEAM, ByTeam, staff_teams_together
from caseaudit.disclosure.counts import evidence_of, is_decided
from caseaudit.disclosure.profiles import SMALL_TEAM, Profile
from caseaudit.disclosure.protecting import Cell, hidden_cells
from caseaudit.model import Result
from caseaudit.publication import Column, Figure, PublicResult, PublicTable, count, share, teams_name

ASKED, HELD = "CMP03", "CMP02"
"""Checks whose evidence has one row per worker and competency: asked for by a case, and of those held in date."""

Row = Mapping[str, tuple[int, int]]
"""Competency → workers whose cases ask for it, and those of them who hold it in date."""


def competency_table(
    results: Sequence[Result], public: Sequence[PublicResult], by_team: ByTeam, profile: Profile
) -> PublicTable | None:
    """Team and competency → workers who need it, those who hold it in date, and their share.

    `by_team` says which teams are put together in every table about staff.

    Returns:
        One row per team and competency somebody in the team needs, the team with the lowest share first, competencies
        in the order of how many need them. Teams of few staff are put together; a cell of few workers is hidden, and
        so is what would give it away. None where the checks were not made or nothing could be shown.
    """
    made = {raw.code: (raw, shown) for raw, shown in zip(results, public, strict=True)}
    if not {ASKED, HELD} <= set(made) or not _tellable(*made[ASKED]) or made[HELD][1].population.hidden:
        return None
    counted = _counted(results)
    if counted is None or not counted.height:
        return None
    together = staff_teams_together(by_team, profile) & set(counted["team"])
    # One team of them alone would, with tables in which they are together, tell of the other: it is told nothing of.
    alone = together if len(together) == 1 else frozenset()
    merged = pl.lit(teams_name(len(together)))
    named = pl.when(pl.col("team").is_in(list(together - alone))).then(merged).otherwise("team")
    by_cell = counted.with_columns(team=named).group_by("team", "competency")
    summed = by_cell.agg(pl.col("needed", "held").sum()).sort("team", "competency")
    teams = {
        str(team): {name: (needed, holding) for name, needed, holding in rows.drop("team").iter_rows()}
        for (team,), rows in summed.group_by("team", maintain_order=True)
    }
    hidden = {team: frozenset(row) if team in alone else _hidden(row, profile) for team, row in teams.items()}
    names = _in_order(teams, hidden)
    rows = [
        _cells(team, name, *teams[team][name], profile, hidden=name in hidden[team])
        for team in sorted(teams, key=lambda team: (_share_of(teams[team], hidden[team]), team))
        for name in names
        if name in teams[team]
    ]
    if not any(not needed.hidden for _, _, needed, *_ in rows):
        return None
    notes = (
        "Teams of few staff are put together." if together - alone else "",
        _WHY_HIDDEN if any(hidden.values()) else "",
    )
    return PublicTable(
        (Column("Team"), Column("Competency"), Column("Need it", True), Column("Hold it in date", True),
         Column("Share", True)),
        tuple(rows), " ".join(filter(None, notes)),
    )  # fmt: skip


_WHY_HIDDEN = "Cells of few workers, and those that would give them away, are not shown."


def _tellable(raw: Result, shown: PublicResult) -> bool:
    return is_decided(raw) and not (shown.met.hidden or shown.population.hidden)


def _counted(results: Sequence[Result]) -> pl.DataFrame | None:
    """Columns: team, competency, needed, held."""
    keys = ("worker_id", "competency")
    asked, held = evidence_of(results, ASKED, *keys, "team"), evidence_of(results, HELD, *keys)
    if asked is None or held is None:
        return None
    return (
        asked.with_columns(pl.col("team").fill_null(NO_TEAM))
        .join(held.with_columns(holds=True), on=keys, how="left")
        .group_by("team", "competency")
        .agg(needed=pl.len().cast(pl.Int64), held=pl.col("holds").count().cast(pl.Int64))
    )


def _share_of(row: Row, hidden: Collection[str]) -> float:
    """Of the cells that are shown, the share held; a team with none comes last."""
    shown = [cell for name, cell in row.items() if name not in hidden]
    return sum(held for _, held in shown) / sum(needed for needed, _ in shown) if shown else 1.0


def _in_order(teams: Mapping[str, Row], hidden: Mapping[str, Collection[str]]) -> list[str]:
    """Competencies, those most workers need first: as far as is shown, for the order must not tell what is hidden."""
    needed: dict[str, int] = {}
    for team, row in teams.items():
        for name, (number, _) in row.items():
            needed[name] = needed.get(name, 0) + (0 if name in hidden[team] else number)
    return sorted(needed, key=lambda name: (-needed[name], name))


def _hidden(row: Row, profile: Profile) -> frozenset[str]:
    """Competencies of one team whose cells are hidden: all of them where nothing less would do."""
    names, least = list(row), max(SMALL_TEAM, profile.threshold)
    hidden = frozenset(place for place, (needed, _) in enumerate(row.values()) if needed < least)
    if not profile.threshold or not hidden:
        return frozenset()
    most = max(needed for needed, _ in row.values())
    asked, held = zip(*row.values(), strict=True)
    # That nobody or everybody in the team holds what is asked for, the totals tell by themselves.
    columns = [(asked, 1)] if sum(held) in {0, sum(asked)} else [(asked, 1), (held, 0)]
    before = None
    while hidden != before:
        before = hidden
        for numbers, low in columns:
            # What is hidden to protect one of the two numbers is hidden for the other as well.
            cells = [Cell(number, low, most, place in hidden) for place, number in enumerate(numbers)]
            more = hidden_cells(cells, least)
            if more is None:
                return frozenset(names)
            hidden = more
    return frozenset(names[place] for place in hidden)


def _cells(team: str, name: str, needed: int, held: int, profile: Profile, *, hidden: bool) -> tuple[Figure, ...]:
    if hidden:
        return (Figure(team), Figure(name), profile.held(), profile.held(), profile.held())
    return (Figure(team), Figure(name), count(needed), count(held), share(held, needed))
