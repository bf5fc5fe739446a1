"""Three packs, each made with the one before it alone: what the first hides, to whoever holds all three."""

import datetime as dt
import json
import math
import random
from dataclasses import replace

import pytest
from test_two_months import TEAMS, some, written
from two_packs import GROWS, STAYS_MET, TOGETHER, Pack, System, month

DAYS = (dt.date(2026, 8, 31), dt.date(2026, 9, 30), dt.date(2026, 10, 31))


def three_months(seed):
    """Members of a check of three months: a few more each time."""
    rng = random.Random(seed)
    teams = rng.sample(TEAMS, rng.choice((1, 3)))
    months = [[one for team in teams for one in some(rng, team, (9, 20, 40), (0, 0, 2, 4, 6), (0, 0, 0, 3))]]
    for _ in DAYS[1:]:
        new = [one for team in teams for one in some(rng, team, (0, 0, 1, 3), (0, 0, 0, 1, 2), (0, 0, 0, 1))]
        months.append([*months[-1], *new])
    return months


def three_months_by_team(seed):
    """The same of more and larger teams, so that there are tables by team."""
    rng = random.Random(seed)
    teams = rng.sample(TEAMS, rng.choice((3, 4, 5)))
    first = ((12, 20, 40), (0, 2, 5, 6, 7, 9), (0, 0, 0, 1))
    months = [[one for team in teams for one in some(rng, team, *first)]]
    for _ in DAYS[1:]:
        new = [one for team in teams for one in some(rng, team, (0, 0, 1, 3), (0, 0, 0, 1, 2), (0, 0, 0, 0, 1))]
        months.append([*months[-1], *new])
    return months


def packs_of(seed, folder, audit_of, result_of, *, passed_on=True, drawn=three_months):
    """Packs of three months, each but the first made with the one before, which tells of the one before it or not."""
    found, before = [], None
    for day, members in zip(DAYS, drawn(seed), strict=True):
        audit = replace(audit_of(result_of(members, code="ESC08", severity="medium")), as_at=day)
        before = written(folder / f"{seed} {day}", audit, before, formats=("json",))
        found.append(Pack(before))
        if not passed_on:
            data = json.loads((before / "results.json").read_text(encoding="utf-8")) | {
                "told_before": {},
                "breakdowns_before": {},
            }
            (before / "results.json").write_text(json.dumps(data), encoding="utf-8")
    return found


def teams_of(packs):
    """Teams that some pack names, and one more where every table puts some together."""
    rows = [pack.parts.get(("ESC08", "team"), []) for pack in packs]
    named = sorted({team for parts in rows for team in parts if not TOGETHER.search(team)})
    more = any(
        TOGETHER.search(team) and int(TOGETHER.search(team)[1]) > len(set(named) - set(parts))
        for parts in rows
        for team in parts
    )
    return [*named, *(["others"] if more else [])]


def narrowed(packs):
    """(month, team, figure, tie) → (least, most) of what all packs narrow to too few values."""
    if not all("ESC08" in pack.checks for pack in packs):
        return {}
    teams = teams_of(packs)
    hidden = []
    for when, pack in enumerate(packs):
        hidden += [(when, place, name) for code, place, name in pack.hidden if code == "ESC08"]
        parts = pack.parts.get(("ESC08", "team"), [])
        together = [team for team in teams if team not in parts] if parts else []
        if len(together) > 1:
            hidden += [(when, f"team {team}", name) for team in together for name in ("met", "short")]
    alone = solved(packs, None, hidden, teams)
    found = {}
    for tie in (GROWS, STAYS_MET):
        for key, (least, most) in (solved(packs, tie, hidden, teams) or {}).items():
            before = alone[key][1] - alone[key][0] + 1
            if most >= 1 and most - least + 1 < min(packs[-1].small - 1, before):
                found[(*key, tie)] = (least, most)
    return found


def solved(packs, tie, hidden, teams):
    system = System(most=10_000)
    for when, pack in enumerate(packs):
        month(system, pack, "ESC08", when, {"team": teams, "signal": []})
    for when, place, name in list(system.place):
        if tie and (when + 1, place, name) in system.place and (tie == GROWS or name in {"population", "met"}):
            system.add({(when + 1, place, name): 1, (when, place, name): -1}, 0, math.inf)
    return system.solve(hidden)


SEEDS = (6, 10, 39, 58)
"""Seeds of months of which one would follow from the two others, if each pack knew of the one before alone."""


@pytest.mark.parametrize("seed", [*SEEDS, *range(14)])
def test_no_month_follows_from_two_others(seed, tmp_path, audit_of, result_of):
    assert narrowed(packs_of(seed, tmp_path, audit_of, result_of)) == {}


def test_one_would_if_a_pack_did_not_pass_on_what_was_told_before_it(tmp_path, audit_of, result_of):
    for seed in SEEDS:
        assert narrowed(packs_of(seed, tmp_path, audit_of, result_of, passed_on=False))


BY_TEAM = (7, 10, 17, 33, 37)
"""Seeds of months of which the middle one has no table by team: the first and the last together would tell."""


@pytest.mark.parametrize("seed", [*BY_TEAM, 0, 1, 2, 3])
def test_no_team_of_a_month_follows_from_two_others(seed, tmp_path, audit_of, result_of):
    assert narrowed(packs_of(seed, tmp_path, audit_of, result_of, drawn=three_months_by_team)) == {}


def test_one_would_if_a_pack_did_not_pass_on_the_tables_it_does_not_show(tmp_path, audit_of, result_of):
    for seed in BY_TEAM:
        packs = packs_of(seed, tmp_path, audit_of, result_of, passed_on=False, drawn=three_months_by_team)
        assert narrowed(packs), seed


def sizes(*months):
    """(met, fell short) of three months, as a drawing of one team."""
    return [[("North", "met", -1)] * met + [("North", "breach", 3)] * short for met, short in months]


@pytest.mark.parametrize(
    ("last", "shown"),
    [
        ((29, 1), None),  # the second month lies between 28 and 30
        ((33, 4), None),
        ((34, 4), 38),  # ten more than when it was last shown
        ((20, 1), 21),  # fewer: cases come and go, and nothing follows
    ],
)
def test_a_population_that_was_hidden_is_shown_again_once_enough_is_new(last, shown, tmp_path, audit_of, result_of):
    before = None
    for day, members in zip(DAYS, sizes((28, 0), (28, 1), last), strict=True):
        audit = replace(audit_of(result_of(members, code="ESC08", severity="medium", target=0.5)), as_at=day)
        before = written(tmp_path / str(day), audit, before, formats=("json",))
        if day == DAYS[1]:
            assert Pack(before).checks["ESC08"]["population"] is None
    assert Pack(before).checks["ESC08"]["population"] == shown
