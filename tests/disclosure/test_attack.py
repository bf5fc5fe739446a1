"""The attacker: every figure of a publication as an equation, and for each suppressed one the least and the most it
can be (linear programming). None may be narrowed to fewer values than a small count has.
"""

import random

import pytest
from attacker import Attack

from caseaudit.disclosure import publish

TEAMS = ("North", "South", "East", "West", "Harbour")


def some_audit(seed, result_of, audit_of):
    """A service with small teams, rare breaches and rare records: where the small numbers are."""
    rng = random.Random(seed)
    results = []
    for code, subject, columns in (
        ("REV01", "case", ("case_id",)), ("ESC08", "case", ("case_id",)), ("CMP01", "case and worker", ("case_id",)),
        ("SUP01", "worker", ("worker_id",)),
    ):  # fmt: skip
        weights = [rng.choice((60, 90, 97)), rng.choice((1, 3, 30)), rng.choice((0, 1, 5))]
        members = []
        for team in TEAMS:
            for _ in range(rng.choice((0, 2, 4, 7, 12, 30))):
                outcome = rng.choices(("met", "breach", "not evidenced"), weights)[0]
                members.append((team, outcome, rng.randrange(1, 200) if outcome == "breach" else -1))
        target = rng.choice((1.0, 1.0, 0.8))
        severity = rng.choice(("high", "medium"))
        results.append(
            result_of(members, code=code, subject=subject, columns=columns, target=target, severity=severity)
        )
    return audit_of(*results)


@pytest.mark.parametrize("profile", ["commissioner", "us"])
@pytest.mark.parametrize("seed", range(15))
def test_no_suppressed_figure_can_be_worked_out(seed, profile, result_of, audit_of):
    attack = Attack(publish(some_audit(seed, result_of, audit_of), "commissioner", profile, b"k" * 32))
    assert not attack.narrow()


@pytest.mark.parametrize("seed", range(10))
def test_nor_under_the_profile_that_rounds(seed, result_of, audit_of):
    attack = Attack(publish(some_audit(seed, result_of, audit_of), "commissioner", "publication"))
    assert not attack.narrow()


def test_the_attacker_finds_a_leak_where_there_is_one(result_of, audit_of, members):
    """Were a single small count left out and its total shown, this attacker would find it."""
    from dataclasses import replace

    from caseaudit.publication import Figure

    publication = publish(audit_of(result_of(members(92, 8, 0))), "commissioner")
    leaky = replace(publication.results[0], breach=Figure("<5", hidden=True))
    found = Attack(replace(publication, results=(leaky,), tables={}))
    found.bounds[1] = (97, 97)
    found.equal = [row for row in found.equal if len(row[0]) == 4]
    assert found.narrowest()["REV01 breach"] == 1


def test_something_is_suppressed_and_something_shown(result_of, audit_of):
    """The attack above would prove nothing over publications that hide nothing, or everything."""
    figures = [
        figure
        for seed in range(15)
        for result in publish(some_audit(seed, result_of, audit_of), "commissioner").results
        for figure in (result.population, result.met, result.breach, result.not_evidenced)
    ]
    assert sum(figure.hidden for figure in figures) > 25
    assert sum(not figure.hidden for figure in figures) > 100
