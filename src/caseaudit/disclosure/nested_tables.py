"""Tables by team of nested checks: in no team does the difference of two totals tell of a few people.

As with the checks themselves (nesting), but team by team. 19 people on hold in a service may be 2 in one of its teams,
and then the tables of open cases and of those not on hold would tell of these 2 together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from caseaudit.disclosure.breakdowns import NO_TEAM
from caseaudit.disclosure.counts import is_about_people
from caseaudit.disclosure.nesting import members_by
from caseaudit.disclosure.profiles import Profile
from caseaudit.model import Result
from caseaudit.publication import PublicResult, PublicTable

ACUITY, CURVE = "acuity", "concentration"
OPEN_CASES = "CAP05"
"""The check whose members the table of acuity by team counts."""


@dataclass(frozen=True)
class Counted:
    """Members by team, as a table tells them.

    Attributes:
        table: its name.
        result: whose evidence names the members.
        only: a column of it that must be true of a member; blank for all.
        teams: team, or "" for those put together → members.
    """

    table: str
    result: Result
    only: str
    teams: Mapping[str, int]


def apart(
    tables: Mapping[str, PublicTable], results: Sequence[Result], public: Sequence[PublicResult],
    together: Collection[str], profile: Profile,
) -> dict[str, PublicTable]:  # fmt: skip
    """The tables that may stand beside each other.

    Of two that may not, the one in which fewer fell short goes, or else the one of the smaller population: both
    numbers are published. The table of acuity goes before any table of a check, since checks are what is answered with.

    Args:
        tables: by name.
        results: of the run.
        public: the same, as they are shown.
        together: teams which every table about people puts together.
        profile: how small numbers are protected.
    """
    if not profile.threshold or profile.rounded_to > 1:
        return dict(tables)
    raw = {result.code: result for result in results}
    shown = {one.code for one in public if not one.population.hidden}
    gone = {ACUITY} if OPEN_CASES not in shown else set[str]()  # its rows add up to that check's population
    kept: list[Counted] = []
    for one in _counted({name for name in tables if name not in gone}, raw, together):
        if one.table not in gone and any(_tells(one, other, together, profile) for other in kept):
            gone.add(one.table)
        elif one.table not in gone:
            kept.append(one)
    if CURVE in tables and _curve_tells(tables, raw, shown, gone, profile):
        gone.add(CURVE)
    return {name: table for name, table in tables.items() if name not in gone}


def _counted(names: Collection[str], raw: Mapping[str, Result], together: Collection[str]) -> list[Counted]:
    """In the order in which tables are kept."""
    codes = [name.removeprefix("team/") for name in names if name.startswith("team/")]
    codes = [code for code in codes if is_about_people(raw[code])]
    codes.sort(key=lambda code: (raw[code].met - raw[code].population, -raw[code].population, code))
    found = [Counted(f"team/{code}", raw[code], "", _by_team(raw[code], "", together)) for code in codes]
    if ACUITY in names:
        cases = raw[OPEN_CASES]
        found += [Counted(ACUITY, cases, only, _by_team(cases, only, together)) for only in ("", "high_acuity")]
    return found


def _rows(result: Result, only: str, together: Collection[str]) -> pl.LazyFrame:
    assert result.evidence is not None  # noqa: S101 - it has a table
    rows = result.evidence.filter(pl.col(only)) if only else result.evidence
    team = pl.col("team").fill_null(NO_TEAM)
    return rows.with_columns(team=pl.when(team.is_in(list(together))).then(pl.lit("")).otherwise(team))


def _by_team(result: Result, only: str, together: Collection[str]) -> dict[str, int]:
    return dict(_rows(result, only, together).group_by("team").len().collect().iter_rows())


def _tells(one: Counted, other: Counted, together: Collection[str], profile: Profile) -> bool:
    """Whether in some team the members of one lie within those of the other, but for a few."""
    for inner, outer in ((one, other), (other, one)):
        near = [team for team, number in inner.teams.items() if profile.is_small(outer.teams.get(team, 0) - number)]
        if near and _within(inner, outer, near, together):
            return True
    return False


def _within(inner: Counted, outer: Counted, teams: Collection[str], together: Collection[str]) -> bool:
    """Whether in one of the teams every member of the one is a member of the other."""
    columns = members_by(inner.result, outer.result)
    if not columns:
        return False
    ours, theirs = (
        _rows(one.result, one.only, together)
        .filter(pl.col("team").is_in(list(teams)))
        .select("team", *columns)
        .collect()
        for one in (inner, outer)
    )
    if ours.schema != theirs.schema or ours.is_duplicated().any() or theirs.is_duplicated().any():
        return False
    beyond = ours.join(theirs, on=["team", *columns], how="anti", nulls_equal=True)["team"]
    return not set(teams) <= set(beyond)


def _curve_tells(
    tables: Mapping[str, PublicTable], raw: Mapping[str, Result], shown: Collection[str], gone: Collection[str],
    profile: Profile,
) -> bool:  # fmt: skip
    """Whether the high-acuity cases workers hold, beside all that are open, tell of a few that nobody holds."""
    cases = raw.get(OPEN_CASES)
    if cases is None or cases.evidence is None or "high_acuity" not in cases.evidence_schema:
        return False
    high = int(cases.evidence.select(pl.col("high_acuity").sum()).collect().item() or 0)
    told = (ACUITY in tables and ACUITY not in gone) or any(raw[code].population == high for code in shown)
    drawn = sum(int(row[1].value or 0) for row in tables[CURVE].rows)
    return told and profile.is_small(abs(high - drawn))
