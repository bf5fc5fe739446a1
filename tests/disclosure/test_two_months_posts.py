"""Vacant posts by team in two packs: who takes each team for what it was cannot tell the posts of one of few staff."""

import datetime as dt
import itertools
import math
import random

import pytest
from two_packs import TOGETHER, System

from caseaudit.disclosure.linked import kept_tables
from caseaudit.disclosure.profiles import PROFILES
from caseaudit.disclosure.staffing import vacancy_table
from caseaudit.model import kept
from caseaudit.publication import Earlier

TEAMS = ("North", "South", "East", "West", "Harbour")
FEW = 5.0
DAY = dt.date(2026, 9, 30)
SEEDS = range(60)


def drawn(seed):
    """Team → WTE in post in each of three months, in tenths: hardly any changes, of teams around five."""
    rng = random.Random(seed)
    months = [{team: rng.choice((40, 46, 51, 53, 95)) for team in rng.sample(TEAMS, rng.randrange(3, 6))}]
    for _ in range(2):
        changed = rng.choice(sorted(months[-1]))
        months.append(months[-1] | {changed: max(10, months[-1][changed] + rng.choice((-12, 12)))})
    return months


def table_of(month, result_of):
    """The table of a month by itself."""
    import polars as pl

    posts = pl.DataFrame(
        [{"team": team, "month": None, "funded_wte": there / 10 + 1, "in_post_wte": there / 10}
         for team, there in month.items()]
    )  # fmt: skip
    result = result_of([("North", "met", 0)], code="WFS01", subject="team and role")
    object.__setattr__(result, "evidence", kept(posts))
    return vacancy_table([result], PROFILES["commissioner"])


def tables(months, result_of, *, told=True):
    """The tables of the months, each made with the one before it."""
    found, earlier = [], Earlier(DAY, "commissioner", {}, {}, {})
    for month in months:
        table = table_of(month, result_of)
        made = {} if table is None else {"vacancies": table}
        told_of = kept_tables(made, [], (), earlier, PROFILES["commissioner"]) if told else made
        found.append(told_of.get("vacancies"))
        older = {**earlier.older, **earlier.tables}
        earlier = Earlier(DAY, "commissioner", {}, {}, told_of, {k: v for k, v in older.items() if k not in told_of})
    return found


def leaks(months, shown):
    """Teams of few staff whose WTE in some month follow where every team but those that changed is as it was."""
    found = set()
    for pair in itertools.combinations(range(len(months)), 2):
        if any(shown[when] is None for when in pair):
            continue
        system = System(most=10_000)
        named = [{str(row[0]) for row in shown[when].rows} for when in pair]
        for when, names in zip(pair, named, strict=True):
            for name, _, there, _ in shown[when].rows:
                own = [name.text] if not TOGETHER.search(name.text) else [t for t in months[when] if t not in names]
                system.add({(when, team): 1 for team in own}, round(10 * there.value), round(10 * there.value))
        for team in months[0]:
            if not (team in named[0] and team in named[1]):
                system.add({(pair[0], team): 1, (pair[1], team): -1}, -1e-9, 1e-9)
        keys = [
            (when, team) for when, names in zip(pair, named, strict=True) for team, there in months[when].items()
            if team not in names and there < 10 * FEW
        ]  # fmt: skip
        for key, (least, most) in (system.solve(keys) or {}).items():
            if most - least < 3 and least <= months[key[0]][key[1]] <= most < math.inf:
                found.add((pair, *key))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_no_small_team_s_posts_follow_from_two_months(seed, result_of):
    months = drawn(seed)
    assert leaks(months, tables(months, result_of)) == set()


def test_they_would_if_each_month_were_told_by_itself(result_of):
    told = [bool(leaks(months, tables(months, result_of, told=False))) for months in map(drawn, SEEDS)]
    assert any(told)
