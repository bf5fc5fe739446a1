"""Tables by team of nested checks: in no team does the difference of two totals tell of a few people.

As with the checks themselves (nesting), but team by team. 19 people on hold in a service may be 2 in one of its teams,
and then the tables of open cases and of those not on hold would tell of these 2 together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from caseaudit.disclosure.breakdowns import NO_TEAM
from caseaudit.disclosure.counts import is_about_people
from caseaudit.disclosure.nesting import members_by
from caseaudit.disclosure.profiles import Profile
from caseaudit.model import Result
from caseaudit.publication import PublicResult, PublicTable

ACUITY = "acuity"
OPEN_CASES = "CAP05"
"""The check whose members the table of acuity by team counts."""


HIGH = "high_acuity"
"""The column of its evidence for which that table has a column of its own."""


@dataclass(frozen=True)
class Counted:
    """Members by team, as a table tells them.

    Attributes:
        result: whose evidence names the members.
        only: a column of it that must be true of a member; blank for all.
        together: teams that are put together, under a blank name.
        teams: team → members.
    """

    result: Result
    only: str
    together: frozenset[str]
    teams: Mapping[str, int]


def apart(
    tables: Mapping[str, PublicTable],
    results: Sequence[Result],
    public: Sequence[PublicResult],
    together: frozenset[str],
    acuity: Callable[[frozenset[str]], PublicTable | None],
    profile: Profile,
) -> dict[str, PublicTable]:
    """The tables that may stand beside each other.

    Of two that may not, the one in which fewer fell short goes, or else the one of the smaller population: both
    numbers are published. In the table of acuity more teams are put together; where that would not do it goes before
    any table of a check, since checks are what is answered with.

    Args:
        tables: by name.
        results: of the run.
        public: the same, as they are shown.
        together: teams which every table about people puts together.
        acuity: the table of acuity with these teams put together.
        profile: how small numbers are protected.
    """
    if not profile.threshold or profile.rounded_to > 1:
        return dict(tables)
    raw = {result.code: result for result in results}
    shown = {one.code for one in public if not one.population.hidden}
    found = dict(tables)
    codes = [name.removeprefix("team/") for name in tables if name.startswith("team/")]
    codes = [code for code in codes if is_about_people(raw[code])]
    counts, kept = _Counts(), list[Result]()
    for code in sorted(codes, key=lambda code: (raw[code].met - raw[code].population, -raw[code].population, code)):
        counted = counts.of(raw[code], "", together)
        if any(_telling(counted, counts.of(other, "", together), profile) for other in kept):
            del found[f"team/{code}"]
        else:
            kept.append(raw[code])
    if ACUITY in found:
        del found[ACUITY]
        # Its rows add up to that check's population.
        safe = _acuity(raw[OPEN_CASES], kept, counts, together, acuity, profile) if OPEN_CASES in shown else None
        if safe is not None:
            found[ACUITY] = safe
    return found


def _acuity(
    cases: Result,
    kept: Sequence[Result],
    counts: _Counts,
    together: frozenset[str],
    acuity: Callable[[frozenset[str]], PublicTable | None],
    profile: Profile,
) -> PublicTable | None:
    """The table with as few more teams put together as will do, the smallest where any would."""
    every = counts.of(cases, "", frozenset()).teams
    while True:
        telling = {
            team
            for only in ("", HIGH)
            for other in kept
            for team in _telling(counts.of(cases, only, together), counts.of(other, "", together), profile)
        }
        if not telling:
            return acuity(together)
        together |= telling
        rest = sorted((team for team in every if team not in together), key=lambda team: (every[team], team))
        if telling == {""} or len(together - {""}) == 1:
            together |= set(rest[:1])
        together -= {""}
        if len(rest) < 2:
            return None


class _Counts:
    """Members by team of checks; the evidence of each is counted once, however the teams are then put together."""

    def __init__(self) -> None:
        self._by_team: dict[tuple[str, str], dict[str, int]] = {}

    def of(self, result: Result, only: str, together: frozenset[str]) -> Counted:
        key = result.code, only
        if key not in self._by_team:
            counted = _rows(result, only, frozenset()).group_by("team").len().collect()
            self._by_team[key] = dict(counted.iter_rows())
        teams: dict[str, int] = {}
        for team, number in self._by_team[key].items():
            name = "" if team in together else team
            teams[name] = teams.get(name, 0) + number
        return Counted(result, only, together, teams)


def _rows(result: Result, only: str, together: frozenset[str]) -> pl.LazyFrame:
    assert result.evidence is not None  # noqa: S101 - it has a table
    rows = result.evidence.filter(pl.col(only)) if only else result.evidence
    team = pl.col("team").fill_null(NO_TEAM)
    return rows.with_columns(team=pl.when(team.is_in(sorted(together))).then(pl.lit("")).otherwise(team))


def _telling(one: Counted, other: Counted, profile: Profile) -> set[str]:
    """Teams in which the members of one lie within those of the other, but for a few."""
    found: set[str] = set()
    for inner, outer in ((one, other), (other, one)):
        near = {team for team, number in inner.teams.items() if profile.is_small(outer.teams.get(team, 0) - number)}
        if near:
            found |= _within(inner, outer, near)
    return found


def _within(inner: Counted, outer: Counted, teams: set[str]) -> set[str]:
    """Those of the teams in which every member of the one is a member of the other."""
    columns = members_by(inner.result, outer.result)
    if not columns:
        return set()
    ours, theirs = (
        _rows(one.result, one.only, one.together)
        .filter(pl.col("team").is_in(sorted(teams)))
        .select("team", *columns)
        .collect()
        for one in (inner, outer)
    )
    if ours.schema != theirs.schema or ours.is_duplicated().any() or theirs.is_duplicated().any():
        return set()
    beyond = ours.join(theirs, on=["team", *columns], how="anti", nulls_equal=True)["team"]
    return teams - set(beyond)
