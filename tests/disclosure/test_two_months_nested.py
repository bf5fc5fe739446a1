"""Whoever holds two months' packs, and knows which checks look at parts of what others look at, learns no more."""

import datetime as dt
import json
import random
from dataclasses import replace

import polars as pl
import pytest
from joint import Attack
from test_nesting import audit_of_service
from two_packs import Pack

from caseaudit.disclosure import public_results, publish
from caseaudit.model import kept
from caseaudit.reporting.previous import read_previous

THEN, NOW = dt.date(2026, 9, 30), dt.date(2026, 10, 31)
TEAMS = ("North", "South", "East")
CODES = ("REV01", "REV02", "ACU04")
"""Each looks at a part of what the one before it looks at."""


def published(folder, audit, previous=None, profile="commissioner"):
    """What a commissioner's pack of an audit tells, its data file in a folder."""
    earlier = read_previous(previous, "commissioner", audit.as_at, profile) if previous else None
    publication = publish(audit, "commissioner", profile, earlier=earlier)
    folder.mkdir()
    (folder / "results.json").write_text(json.dumps(public_results(publication), default=str), encoding="utf-8")
    pack = Pack(folder)
    pack.beside = {result.code for result in publication.results if result.beside}
    return pack


class Case:
    """One case: its team, how many of the checks look at it, and what comes of each."""

    def __init__(self, team, depth, short):
        self.team, self.depth, self.short = team, depth, short


def some_case(rng, team, depth, shares=(0.1, 0.2, 0.3)):
    return Case(team, depth, [rng.random() < share for share in shares])


def two_months(seed):
    """Cases of two months by their number: most stay, few are new, and some come into a smaller check or leave it."""
    rng = random.Random(seed)
    then = {}
    for team in TEAMS[: rng.choice((1, 3))]:
        for depth, numbers in ((3, (9, 14, 25)), (2, (0, 0, 1, 2, 6)), (1, (0, 0, 1, 3, 7))):
            for _ in range(rng.choice(numbers)):
                then[len(then)] = some_case(rng, team, depth)
    return then, a_month_later(rng, then, moving=rng.choice((0, 0, 0.05)), new=(0, 0, 1, 2, 4))


def two_months_by_team(seed):
    """As two_months, of teams so large that their tables are shown, in some of which few are left out."""
    rng = random.Random(seed)
    then = {}
    for team in TEAMS:
        for depth, numbers in ((3, (30, 45)), (2, (0, 5, 6, 7)), (1, (0, 5, 6, 7))):
            for _ in range(rng.choice(numbers)):
                then[len(then)] = some_case(rng, team, depth, (0.3, 0.35, 0.4))
    return then, a_month_later(rng, then, moving=rng.choice((0.02, 0.05)), new=(0, 0, 1, 3))


def a_month_later(rng, then, moving, new):
    now = dict(then)
    for number, case in then.items():
        if case.depth < 3 and rng.random() < 4 * moving:
            now[number] = Case(case.team, 3, case.short)
        elif rng.random() < moving / 5:
            del now[number]
    for team in sorted({case.team for case in then.values()}):
        for _ in range(rng.choice(new)):
            now[1000 + len(now)] = some_case(rng, team, rng.choice((1, 2, 3, 3)))
    return now


def audit_of_cases(cases, as_at, audit_of, result_of):
    """An audit of the nested checks."""
    results = []
    for place, code in enumerate(CODES):
        own = {number: case for number, case in sorted(cases.items()) if case.depth > place}
        rows = [(case.team, "breach" if case.short[place] else "met", number % 90 + 1) for number, case in own.items()]
        result = result_of(rows, code=code, severity="medium", target=0.5)
        named = result.evidence.collect().with_columns(case_id=pl.Series([f"P{number:05d}" for number in own]))
        results.append(replace(result, evidence=kept(named)))
    return replace(audit_of(*results), as_at=as_at)


def attack_on(seed, tmp_path, audit_of, result_of, *, told=True, profile="commissioner", drawn=two_months):
    """What can be worked out of two months; `told`: whether the later pack knows of the earlier."""
    audits = [
        audit_of_cases(cases, day, audit_of, result_of) for cases, day in zip(drawn(seed), (THEN, NOW), strict=True)
    ]
    folder = tmp_path / f"then {drawn.__name__} {seed}"
    then = published(folder, audits[0], profile=profile)
    now = published(tmp_path / f"now {drawn.__name__} {seed}", audits[1], folder if told else None, profile=profile)
    return Attack(then, now, *audits).narrowed()


def attack_on_service(seed, tmp_path, *, told=True):
    """The same of services drawn as records: open cases by acuity, those with a worker, those not on hold ..."""
    rng = random.Random(seed)
    cases = rng.choice((60, 90, 150))
    then = (cases, rng.choice((0, 3, 6)), rng.choice((0, 8, 18, 24)), rng.choice((20, 40)))
    changes = ((0, 1, 4), (-3, 0, 2), (-4, 0, 3), (0, 0, 1))
    now = tuple(max(0, number + rng.choice(change)) for number, change in zip(then, changes, strict=True))
    audits = [
        replace(audit_of_service(*month, codes=("ACU02", "CAP05", "REV01")), as_at=day)
        for month, day in ((then, THEN), (now, NOW))
    ]
    folder = tmp_path / f"then {seed} {told}"
    packs = (
        published(folder, audits[0]),
        published(tmp_path / f"now {seed} {told}", audits[1], folder if told else None),
    )
    return Attack(*packs, *audits).narrowed()


FEW, BY_TEAM = (0, 1, 20, 28, 32), (4, 5, 7, 13, 15, 21, 35)
"""Seeds of months from which something would follow, were the later pack made without the earlier."""


@pytest.mark.parametrize(("seed", "profile"), [*((seed, "commissioner") for seed in FEW), (0, "us"), (28, "us")])
def test_no_month_tells_of_a_few_that_the_other_leaves_out(seed, profile, tmp_path, audit_of, result_of):
    assert attack_on(seed, tmp_path, audit_of, result_of, profile=profile) == {}


@pytest.mark.parametrize("seed", BY_TEAM)
def test_nor_of_a_few_of_a_team(seed, tmp_path, audit_of, result_of):
    assert attack_on(seed, tmp_path, audit_of, result_of, drawn=two_months_by_team) == {}


def test_nor_does_a_service_drawn_as_records_with_its_mix_of_acuity(tmp_path):
    assert attack_on_service(5, tmp_path) == {}


def test_these_would_tell_if_the_earlier_pack_were_not_given(tmp_path, audit_of, result_of):
    """The attack would prove nothing over months that have nothing to tell."""
    for seed in FEW[:3]:
        assert attack_on(seed, tmp_path, audit_of, result_of, told=False)
    for seed in BY_TEAM[:4]:
        found = attack_on(seed, tmp_path, audit_of, result_of, told=False, drawn=two_months_by_team)
        assert any(place for _, _, place, *_ in found)
    assert attack_on_service(5, tmp_path, told=False)


# --- What is held back, and what is not ---------------------------------------------------------------------------


def sizes(tmp_path, then, now, audit_of, result_of):
    """Published populations of two nested checks this month, from (larger, smaller) of both; None where hidden."""
    packs, folder = [], None
    for day, (larger, smaller) in ((THEN, then), (NOW, now)):
        rows = [("North", "breach" if number < 20 else "met", number + 1) for number in range(larger)]
        results = [result_of(own, code=code, target=0.5) for own, code in ((rows, "REV01"), (rows[:smaller], "REV02"))]
        packs.append(published(tmp_path / str(day), replace(audit_of(*results), as_at=day), folder))
        folder = tmp_path / str(day)
    return tuple(packs[1].checks[code]["population"] for code in ("REV01", "REV02"))


@pytest.mark.parametrize(
    ("then", "now", "shown"),
    [
        ((120, 120), (123, 121), (None, None)),  # two of at most three new ones: 121 to 122, that is 1 or 2 left out
        ((120, 120), (124, 122), (124, None)),  # of four new ones any may be left out: 1 to 4
        ((120, 117), (126, 119), (126, 119)),  # 116 to 119 then, all of them possible
        ((120, 117), (126, 118), (126, None)),  # then it was 118 at most: of 1 to 4 left out, one can be ruled out
        ((120, 117), (119, 117), (None, None)),  # both hidden, and the larger one fewer by one
        ((120, 117), (120, 117), (120, None)),  # as it was
        ((120, 110), (130, 121), (130, 121)),  # nothing is hidden
    ],
)
def test_the_smaller_check_is_held_back_and_where_that_will_not_do_the_larger(
    then, now, shown, tmp_path, audit_of, result_of
):
    assert sizes(tmp_path, then, now, audit_of, result_of) == shown
