"""Tables of a check by team, or by another word of its evidence, that give no small count away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

import polars as pl

from caseaudit.disclosure.counts import is_about_people, is_about_staff, is_decided
from caseaudit.disclosure.profiles import SMALL_TEAM, Profile
from caseaudit.disclosure.protecting import Cell, hidden_cells
from caseaudit.model import Outcome, Result
from caseaudit.publication import Column, Figure, PublicResult, PublicTable, teams_name

NO_TEAM = "No team recorded"

Counts = dict[str, tuple[int, int]]
"""Part of a check's population → members, and those of them that fell short."""


def staff_by_team(results: Iterable[Result]) -> dict[str, int]:
    """Team → how many workers the evidence names in it. An empty answer where no evidence names workers and teams."""
    frames = [
        r.evidence.select("team", "worker_id")
        for r in results
        if r.evidence is not None and r.subject == "worker" and "team" in r.evidence_schema
    ]
    if not frames:
        return {}
    people = pl.concat(frames).drop_nulls().unique()
    return dict(people.group_by("team").len().collect().iter_rows())


# --- By team ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ByTeam:
    """Checks whose own figures are shown and whose evidence names teams, with their counts by team.

    Attributes:
        people: those about people served; staff: those about staff.
        in_post: team → how many workers the evidence names in it.
    """

    people: tuple[tuple[Result, Counts], ...]
    staff: tuple[tuple[Result, Counts], ...]
    in_post: dict[str, int]


def by_team(results: Sequence[Result], public: Sequence[PublicResult], in_post: dict[str, int]) -> ByTeam:
    """What every table by team is made from: counted once, since all of them put the same teams together."""
    people, staff = (tuple(_shown(results, public, about)) for about in (is_about_people, is_about_staff))
    return ByTeam(people, staff, in_post)


def team_tables(counted: ByTeam, profile: Profile) -> dict[str, PublicTable]:
    """A table by team of every check whose own figures are shown: "team/CODE" → members, met, fell short, share.

    All tables about people put the same small teams together, and so do all those about staff: two tables that parted
    them differently could be taken from each other.
    """
    together_people, together_staff = teams_together(counted, profile), staff_teams_together(counted, profile)
    tables = {}
    for raw, counts in counted.people + counted.staff:
        about_people = is_about_people(raw)
        together = together_people if about_people else together_staff
        if (table := _team_table(counts, together, profile, protect=about_people)) is not None:
            tables[f"team/{raw.code}"] = table
    return tables


def teams_together(counted: ByTeam, profile: Profile) -> frozenset[str]:
    """Teams which every table about people served puts together."""
    return parts_together([counts for _, counts in counted.people], profile.threshold)


def staff_teams_together(counted: ByTeam, profile: Profile) -> frozenset[str]:
    """Teams of so few staff that every table about staff puts them together."""
    if not profile.threshold:
        return frozenset()
    return smallest_together(
        {team: counted.in_post.get(team, 0) for _, counts in counted.staff for team in counts}, SMALL_TEAM
    )


def _shown(
    results: Sequence[Result], public: Sequence[PublicResult], about: Callable[[Result], bool]
) -> list[tuple[Result, Counts]]:
    return [
        (raw, counts_by(raw, "team", NO_TEAM))
        for raw, result in zip(results, public, strict=True)
        if is_decided(raw) and _has_teams(raw) and not (result.met.hidden or result.population.hidden) and about(raw)
    ]


def _has_teams(result: Result) -> bool:
    return "team" in result.evidence_schema and "team" not in result.subject_columns


def counts_by(result: Result, column: str, blank: str) -> Counts:
    """Members and shortfalls by a column of the evidence, in the order of its words; `blank` stands for none."""
    assert result.evidence is not None  # noqa: S101 - whoever asks has looked
    counted = result.evidence.group_by(pl.col(column).fill_null(blank)).agg(
        members=pl.len(), short=(pl.col("outcome") != Outcome.MET.value).sum()
    )
    return {part: (members, short) for part, members, short in counted.sort(column).collect().iter_rows()}


def parts_together(tables: Sequence[Counts], threshold: int) -> frozenset[str]:
    """Parts with so few people in any table that they are put together in all of them."""
    sizes: dict[str, list[int]] = {}
    for table in tables:
        for team in {team for other in tables for team in other}:
            sizes.setdefault(team, []).append(table.get(team, (0, 0))[0])
    small = {team for team, found in sizes.items() if any(0 < size < threshold for size in found)}
    rest = sorted((team for team in sizes if team not in small), key=lambda team: (min(sizes[team]), team))
    while small and rest and (len(small) == 1 or any(0 < n < threshold for n in _summed(small, tables))):
        small.add(rest.pop(0))
    return frozenset(small)


def _summed(teams: set[str], tables: Sequence[Counts]) -> list[int]:
    return [sum(table.get(team, (0, 0))[0] for team in teams) for table in tables]


def smallest_together(sizes: Mapping[str, float], least: float) -> frozenset[str]:
    """Teams below a size, with the next larger ones until they are two at the least and reach it together."""
    small = {team for team, size in sizes.items() if size < least}
    rest = sorted(sizes.keys() - small, key=lambda team: (sizes[team], team))
    while small and rest and (len(small) == 1 or fsum(sizes[team] for team in small) < least):
        small.add(rest.pop(0))
    return frozenset(small)


def _team_table(counts: Counts, together: frozenset[str], profile: Profile, *, protect: bool) -> PublicTable | None:
    rows = [(team, *found) for team, found in counts.items() if team not in together]
    merged = {team: found for team, found in counts.items() if team in together}
    if len(merged) == 1 and not protect:
        return None  # a team of few staff would stand alone
    if merged:
        name = teams_name(len(merged)) if len(merged) > 1 else next(iter(merged))
        rows.append((name, sum(n for n, _ in merged.values()), sum(short for _, short in merged.values())))
    note = "Teams with small numbers are put together." if len(merged) > 1 else ""
    return parts_table("Team", rows, profile, note, protect=protect)


def parts_table(
    heading: str, rows: Sequence[tuple[str, int, int]], profile: Profile, note: str = "", *, protect: bool
) -> PublicTable | None:
    """A check by its parts, lowest share first: members, met, fell short, share.

    Args:
        heading: of the parts.
        rows: name of a part, members (never a small number where `protect`), those of them that fell short. The parts
            add up to the check, whose own figures are known.
        profile: how small numbers are protected.
        note: what has been put together.
        protect: whether what is counted are people served.

    Returns:
        None where there are not two parts, or more of them would be hidden than shown.
    """
    if len(rows) < 2:
        return None
    hidden = hidden_cells([_cell(n, short, profile) for _, n, short in rows], profile.threshold) if protect else ()
    if hidden is None or 2 * len(hidden) > len(rows):
        return None
    if hidden:
        note += " Figures from which a small number could be worked out are not shown."
    # Hidden rows by name: their order by share would tell which of two hidden numbers is the larger.
    ordered = sorted(
        enumerate(rows),
        key=lambda row: (row[0] in hidden, 0 if row[0] in hidden else -row[1][2] / row[1][1], row[1][0]),
    )
    return PublicTable(
        (Column(heading), Column("Looked at", True), Column("Met", True), Column("Fell short", True),
         Column("Share met", True)),
        tuple(_part_row(*row, profile, hidden=place in hidden) for place, row in ordered),
        note.strip(),
    )  # fmt: skip


def _cell(members: int, short: int, profile: Profile) -> Cell:
    """What a row's "fell short" tells once it is hidden: only that it is between none and all."""
    return Cell(short, 0, members, profile.is_small(short) or profile.is_small(members - short))


def _part_row(part: str, members: int, short: int, profile: Profile, *, hidden: bool) -> tuple[Figure, ...]:
    if hidden:
        return (Figure(part), profile.count(members), profile.held(), profile.held(), profile.held())
    met = members - short
    return (
        Figure(part), profile.count(members), profile.count(met), profile.count(short), profile.share(met, members)
    )  # fmt: skip
