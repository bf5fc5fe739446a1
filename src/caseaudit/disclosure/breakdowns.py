"""Tables behind the charts: a check by team, how late what is late is, and the caseload of each worker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from caseaudit.disclosure.counts import days_column, is_about_people, is_about_staff, is_decided
from caseaudit.disclosure.profiles import SMALL_TEAM, Profile
from caseaudit.disclosure.protecting import Cell, hidden_cells
from caseaudit.disclosure.pseudonyms import pseudonym
from caseaudit.model import Outcome, Result
from caseaudit.publication import Column, Figure, PublicResult, PublicTable, count

NO_TEAM = "No team recorded"
LATE = ((1, 7, "1 to 7"), (8, 28, "8 to 28"), (29, 56, "29 to 56"), (57, 91, "57 to 91"), (92, None, "92 or more"))
"""Classes of lateness in days: a week, four weeks, eight weeks, a quarter, more."""

MOST_BARS = 60
"""Workers drawn one by one; more would be a chart nobody can read."""


def staff_by_team(results: Iterable[Result]) -> dict[str, int]:
    """Team → how many workers the evidence names in it. An empty answer where no evidence names workers and teams."""
    frames = [
        r.evidence.select("team", "worker_id")
        for r in results
        if r.evidence is not None and r.subject == "worker" and "team" in r.evidence.columns
    ]
    if not frames:
        return {}
    people = pl.concat(frames).drop_nulls().unique()
    return dict(people.group_by("team").len().iter_rows())


# --- By team ----------------------------------------------------------------------------------------------------


def team_tables(results: Sequence[Result], public: Sequence[PublicResult], profile: Profile) -> dict[str, PublicTable]:
    """A table by team of every check whose own figures are shown: "team/CODE" → members, met, fell short, share.

    All tables about people put the same small teams together, and so do all those about staff: two tables that parted
    them differently could be taken from each other.
    """
    shown = _shown(results, public)
    people = [(raw, counts) for raw, counts in shown if is_about_people(raw)]
    staff = [(raw, counts) for raw, counts in shown if is_about_staff(raw)]
    in_post = staff_by_team(results)
    together_people = teams_together(results, public, profile)
    together_staff = _staff_together({t for _, c in staff for t in c}, in_post) if profile.threshold else frozenset()
    tables = {}
    for raw, counts in people + staff:
        about_people = is_about_people(raw)
        together = together_people if about_people else together_staff
        if (table := _team_table(counts, together, profile, protect=about_people)) is not None:
            tables[f"team/{raw.code}"] = table
    return tables


def teams_together(results: Sequence[Result], public: Sequence[PublicResult], profile: Profile) -> frozenset[str]:
    """Teams which every table about people served puts together."""
    counts = [counts for raw, counts in _shown(results, public) if is_about_people(raw)]
    return _people_together(counts, profile.threshold)


def _shown(
    results: Sequence[Result], public: Sequence[PublicResult]
) -> list[tuple[Result, dict[str, tuple[int, int]]]]:
    """Checks whose own figures are shown and whose evidence names teams, with their counts by team."""
    return [
        (raw, _by_team(raw))
        for raw, result in zip(results, public, strict=True)
        if is_decided(raw) and _has_teams(raw) and not (result.met.hidden or result.population.hidden)
    ]


def _has_teams(result: Result) -> bool:
    return result.evidence is not None and "team" in result.evidence.columns and "team" not in result.subject_columns


def _by_team(result: Result) -> dict[str, tuple[int, int]]:
    """Team → members, and those of them that fell short."""
    assert result.evidence is not None  # noqa: S101 - _has_teams
    counted = result.evidence.group_by(pl.col("team").fill_null(NO_TEAM)).agg(
        members=pl.len(), short=(pl.col("outcome") != Outcome.MET.value).sum()
    )
    return {team: (members, short) for team, members, short in counted.sort("team").iter_rows()}


def _people_together(tables: Sequence[dict[str, tuple[int, int]]], threshold: int) -> frozenset[str]:
    """Teams with so few people in any table that they are put together in all of them."""
    sizes: dict[str, list[int]] = {}
    for table in tables:
        for team in {team for other in tables for team in other}:
            sizes.setdefault(team, []).append(table.get(team, (0, 0))[0])
    small = {team for team, found in sizes.items() if any(0 < size < threshold for size in found)}
    rest = sorted((team for team in sizes if team not in small), key=lambda team: (min(sizes[team]), team))
    while small and rest and (len(small) == 1 or any(0 < n < threshold for n in _summed(small, tables))):
        small.add(rest.pop(0))
    return frozenset(small)


def _summed(teams: set[str], tables: Sequence[dict[str, tuple[int, int]]]) -> list[int]:
    return [sum(table.get(team, (0, 0))[0] for team in teams) for table in tables]


def _staff_together(teams: set[str], in_post: dict[str, int]) -> frozenset[str]:
    """Teams of so few staff that what is counted of them is put together."""
    small = {team for team in teams if in_post.get(team, 0) < SMALL_TEAM}
    rest = sorted(teams - small, key=lambda team: (in_post[team], team))
    while small and rest and (len(small) == 1 or sum(in_post.get(team, 0) for team in small) < SMALL_TEAM):
        small.add(rest.pop(0))
    return frozenset(small)


def _team_table(
    counts: dict[str, tuple[int, int]], together: frozenset[str], profile: Profile, *, protect: bool
) -> PublicTable | None:
    rows = [(team, *found) for team, found in counts.items() if team not in together]
    merged = {team: found for team, found in counts.items() if team in together}
    if len(merged) == 1 and not protect:
        return None  # a team of few staff would stand alone
    if merged:
        name = f"{len(merged)} teams together" if len(merged) > 1 else next(iter(merged))
        rows.append((name, sum(n for n, _ in merged.values()), sum(short for _, short in merged.values())))
    if len(rows) < 2:
        return None
    hidden = hidden_cells([_cell(n, short, profile) for _, n, short in rows], profile.threshold) if protect else ()
    if hidden is None or 2 * len(hidden) > len(rows):
        return None  # nothing, or too little, would be left to see
    note = "Teams with small numbers are put together." if len(merged) > 1 else ""
    if hidden:
        note += " Figures from which a small number could be worked out are not shown."
    ordered = sorted(enumerate(rows), key=lambda row: (row[0] in hidden, -row[1][2] / row[1][1], row[1][0]))
    return PublicTable(
        (Column("Team"), Column("Looked at", True), Column("Met", True), Column("Fell short", True),
         Column("Share met", True)),
        tuple(_team_row(*row, profile, hidden=place in hidden) for place, row in ordered),
        note.strip(),
    )  # fmt: skip


def _cell(members: int, short: int, profile: Profile) -> Cell:
    """What a row's "fell short" tells once it is hidden: only that it is between none and all."""
    return Cell(short, 0, members, profile.is_small(short) or profile.is_small(members - short))


def _team_row(team: str, members: int, short: int, profile: Profile, *, hidden: bool) -> tuple[Figure, ...]:
    if hidden:
        return (Figure(team), profile.count(members), profile.held(), profile.held(), profile.held())
    met = members - short
    return (
        Figure(team), profile.count(members), profile.count(met), profile.count(short), profile.share(met, members)
    )  # fmt: skip


# --- How late ---------------------------------------------------------------------------------------------------


def late_table(result: Result, public: PublicResult, profile: Profile) -> PublicTable | None:
    """How many of those in breach are over their limit by how many days; None where that is not told.

    Neighbouring classes are put together until none holds a small number.
    """
    column = days_column(result)
    if column is None or public.breach.hidden or result.breach < 2 or result.evidence is None:
        return None
    days = result.evidence.filter(pl.col("outcome") == Outcome.BREACH.value, pl.col(column) > 0)[column]
    classes = [
        (low, high, label, int(((days >= low) & (days <= high if high else True)).sum())) for low, high, label in LATE
    ]
    if sum(number for *_, number in classes) != result.breach:
        return None  # another measure than the days is in breach too: the classes would not add up
    if is_about_people(result):
        classes = _without_small(classes, profile)
    if sum(number > 0 for *_, number in classes) < 2:
        return None  # a sentence says as much
    return PublicTable(
        (Column("Days over the limit"), Column("Number", True)),
        tuple((Figure(label), profile.count(number)) for *_, label, number in classes),
    )


Class = tuple[int, int | None, str, int]


def _without_small(classes: list[Class], profile: Profile) -> list[Class]:
    """Classes, each small one put together with the next, and a small last one with the one before."""
    found: list[Class] = []
    for one in classes:
        if found and profile.is_small(found[-1][3]):
            found.append(_joined(found.pop(), one))
        else:
            found.append(one)
    while len(found) > 1 and profile.is_small(found[-1][3]):
        last = found.pop()
        found.append(_joined(found.pop(), last))
    return found


def _joined(one: Class, other: Class) -> Class:
    low, high = one[0], other[1]
    return low, high, f"{low} to {high}" if high else f"{low} or more", one[3] + other[3]


# --- Caseload ---------------------------------------------------------------------------------------------------


def caseload_table(results: Sequence[Result], profile: Profile, key: bytes | None) -> PublicTable | None:
    """Band points per WTE of each worker, most first, against the limit; None without the evidence for it.

    For an audience that may not know who is who, workers with a small number of cases are left out, and the points are
    whole numbers.
    """
    result = next((r for r in results if r.code == "CAP01"), None)
    wanted = {"worker_id", "open_cases", "points_per_wte", "points_over"}
    if result is None or result.evidence is None or not wanted <= set(result.evidence.columns):
        return None
    held = result.evidence.filter(pl.col("points_per_wte").is_not_null())
    drawn = held.filter(pl.col("open_cases") >= max(profile.threshold, 1))
    if not drawn.height:
        return None
    rows = drawn.sort("points_per_wte", "worker_id", descending=[True, False]).head(MOST_BARS)
    limits = (drawn["points_per_wte"] - drawn["points_over"]).round(6).unique()
    left_out = held.height - rows.height
    return PublicTable(
        (Column("Worker"), Column("Points per WTE", True), Column("Against the limit")),
        tuple(
            (
                Figure(_worker(place, row["worker_id"], profile, key)),
                Figure(f"{row['points_per_wte']:.0f}", round(row["points_per_wte"], 0 if profile.threshold else 2)),
                Figure("over" if row["points_over"] > 0 else "within"),
            )
            for place, row in enumerate(rows.iter_rows(named=True), start=1)
        ),
        _left_out(left_out, profile),
        {"over": drawn.filter(pl.col("points_over") > 0).height, "workers": drawn.height}
        | ({"limit": float(limits[0])} if len(limits) == 1 else {}),
    )


def _worker(place: int, worker_id: str, profile: Profile, key: bytes | None) -> str:
    if not profile.threshold:
        return worker_id
    return pseudonym("worker_id", worker_id, key) if key else f"Worker {place}"


def _left_out(number: int, profile: Profile) -> str:
    if not number:
        return ""
    who = "1 worker is" if number == 1 else f"{count(number)} workers are"
    why = "with fewer cases than may be shown, or lower loads," if profile.threshold else "with lower loads"
    return f"{who} not drawn: {why.rstrip(',')}."
