"""Three packs, each made with the one before it alone: what the first hides, to whoever holds all three."""

import datetime as dt
import json
import math
import random
from dataclasses import replace

import pytest
from test_two_months import TEAMS, some, written
from two_packs import GROWS, STAYS_MET, Pack, System, month

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


def packs_of(seed, folder, audit_of, result_of, *, passed_on=True):
    """Packs of three months, each but the first made with the one before, which tells of the one before it or not."""
    found, before = [], None
    for day, members in zip(DAYS, three_months(seed), strict=True):
        audit = replace(audit_of(result_of(members, code="ESC08", severity="medium")), as_at=day)
        before = written(folder / f"{seed} {day}", audit, before, formats=("json",))
        found.append(Pack(before))
        if not passed_on:
            data = json.loads((before / "results.json").read_text(encoding="utf-8")) | {"told_before": {}}
            (before / "results.json").write_text(json.dumps(data), encoding="utf-8")
    return found


def narrowed(packs):
    """(month, figure, tie) → values left, of the figures of the check as a whole that all packs narrow to too few."""
    if not all("ESC08" in pack.checks for pack in packs):
        return {}
    hidden = [(when, "", name) for when, pack in enumerate(packs) for code, place, name in pack.hidden if not place]
    alone = _values(packs, None, hidden)
    found = {}
    for tie in (GROWS, STAYS_MET):
        for key, left in (_values(packs, tie, hidden) or {}).items():
            if left < min(4, alone[key]):
                found[key[0], key[2], tie] = left
    return found


def _values(packs, tie, hidden):
    system = System()
    for when, pack in enumerate(packs):
        month(system, pack, "ESC08", when, {"team": [], "signal": []})
    for when, place, name in list(system.place):
        if tie and (when + 1, place, name) in system.place and (tie == GROWS or name in {"population", "met"}):
            system.add({(when + 1, place, name): 1, (when, place, name): -1}, 0, math.inf)
    found = {}
    for key in hidden:
        ends = system.ends(key)
        if ends is None:
            return None
        if ends[1] >= 1:
            found[key] = ends[1] - ends[0] + 1
    return found


SEEDS = (6, 10, 39, 58)
"""Seeds of months of which one would follow from the two others, if each pack knew of the one before alone."""


@pytest.mark.parametrize("seed", [*SEEDS, 1, 2, 3, 4])
def test_no_month_follows_from_two_others(seed, tmp_path, audit_of, result_of):
    assert narrowed(packs_of(seed, tmp_path, audit_of, result_of)) == {}


def test_one_would_if_a_pack_did_not_pass_on_what_was_told_before_it(tmp_path, audit_of, result_of):
    for seed in SEEDS:
        assert narrowed(packs_of(seed, tmp_path, audit_of, result_of, passed_on=False))


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
