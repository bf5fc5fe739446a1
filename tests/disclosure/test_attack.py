"""The attacker: every figure of a publication as an equation, and for each suppressed one the least and the most it
can be (linear programming). None may be narrowed to fewer values than a small count has.
"""

import math
import random

import pytest
from scipy.optimize import linprog

from caseaudit.disclosure import publish
from caseaudit.publication import NOT_SHOWN

TEAMS = ("North", "South", "East", "West", "Harbour")


class Attack:
    """Unknown counts, and what the publication tells of them."""

    def __init__(self, publication):
        self.threshold = publication.threshold
        self.rounded = publication.profile == "publication"
        self.bounds, self.equal, self.at_most, self.hidden = [], [], [], []
        for result in publication.results:
            if result.population.value == 0:
                continue
            self._result(result, publication)

    def _unknown(self, figure, name):
        """A new unknown within what the figure tells."""
        place = len(self.bounds)
        if figure.value is not None:
            slack = 2 if self.rounded else 0
            self.bounds.append((max(0, figure.value - slack), figure.value + slack))
        elif figure.text.startswith("<"):
            self.bounds.append((1, self.threshold - 1))
        else:
            assert figure.text in {NOT_SHOWN, "*"}, figure
            self.bounds.append((0, None))
        if figure.hidden:
            self.hidden.append((place, name))
        return place

    def _result(self, result, publication):
        whole, met, breach, silent = (
            self._unknown(figure, f"{result.code} {name}")
            for name, figure in (
                ("population", result.population), ("met", result.met), ("breach", result.breach),
                ("not evidenced", result.not_evidenced),
            )
        )  # fmt: skip
        self.equal.append(({whole: 1, met: -1, breach: -1, silent: -1}, 0))
        if result.short.value is not None and not self.rounded:
            self.equal.append(({breach: 1, silent: 1}, result.short.value))
        self._share(result.rate, met, whole)
        if result.target == 1.0:  # the status tells whether anybody fell short
            self.at_most.append(({breach: -1, silent: -1}, -1 if result.status.value == "not met" else 0))
            if result.status.value == "met":
                self.equal.append(({breach: 1, silent: 1}, 0))
        if result.worst:
            self.at_most.append(({breach: -1}, -len(result.worst)))
        if (late := publication.tables.get(f"late/{result.code}")) is not None:
            classes = [self._unknown(row[1], f"{result.code} late {row[0]}") for row in late.rows]
            self.equal.append(({breach: 1, **dict.fromkeys(classes, -1)}, 0))
        if (table := publication.tables.get(f"team/{result.code}")) is not None:
            self._teams(result, table, whole, met)

    def _teams(self, result, table, whole, met):
        parts = []
        for team, looked_at, met_there, short, share in table.rows:
            name = f"{result.code} {team}"
            n, m, s = (
                self._unknown(figure, f"{name} {word}")
                for figure, word in ((looked_at, "population"), (met_there, "met"), (short, "short"))
            )
            self.equal.append(({n: 1, m: -1, s: -1}, 0))
            self._share(share, m, n)
            parts.append((n, m))
        self.equal.append(({whole: 1} | {n: -1 for n, _ in parts}, 0))
        self.equal.append(({met: 1} | {m: -1 for _, m in parts}, 0))

    def _share(self, share, part, whole):
        if share.value is None:
            return
        if not self.rounded:
            self.equal.append(({part: 1, whole: -share.value}, 0))
            return
        self.at_most.append(({part: 1, whole: -(share.value + 0.005)}, 0))
        self.at_most.append(({part: -1, whole: share.value - 0.005}, 0))

    def _matrix(self, rows):
        return [[terms.get(place, 0) for place in range(len(self.bounds))] for terms, _ in rows] or None

    def narrowest(self):
        """Suppressed figure → how many whole numbers it can be; one that is known to be none tells of nobody."""
        found = {}
        for place, name in self.hidden:
            ends = []
            for sign in (1, -1):
                solved = linprog(
                    [sign * (other == place) for other in range(len(self.bounds))],
                    A_ub=self._matrix(self.at_most), b_ub=[value for _, value in self.at_most] or None,
                    A_eq=self._matrix(self.equal), b_eq=[value for _, value in self.equal],
                    bounds=self.bounds, method="highs",
                )  # fmt: skip
                assert solved.status in {0, 3}, (name, solved.message)  # solved, or without bound
                ends.append(math.inf if solved.status == 3 else sign * solved.fun)
            least, most = ends
            if most < 1 - 1e-6:
                continue
            found[name] = math.inf if most is math.inf else math.floor(most + 1e-6) - math.ceil(least - 1e-6) + 1
        return found


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
    narrow = {name: values for name, values in attack.narrowest().items() if values < attack.threshold - 1}
    assert not narrow


@pytest.mark.parametrize("seed", range(10))
def test_nor_under_the_profile_that_rounds(seed, result_of, audit_of):
    attack = Attack(publish(some_audit(seed, result_of, audit_of), "commissioner", "publication"))
    narrow = {name: values for name, values in attack.narrowest().items() if values < attack.threshold - 1}
    assert not narrow


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
