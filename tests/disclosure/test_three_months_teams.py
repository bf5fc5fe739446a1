"""Three packs by team, each made with the one before it alone: what one hides or puts together, to who holds all."""

import math

import pytest
from test_three_months import packs_of
from two_packs import GROWS, STAYS_MET, TOGETHER, System, month

SEEDS = range(10)


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


@pytest.mark.parametrize("seed", SEEDS)
def test_no_team_of_a_month_follows_from_two_others(seed, tmp_path, audit_of, result_of):
    assert narrowed(packs_of(seed, tmp_path, audit_of, result_of)) == {}
