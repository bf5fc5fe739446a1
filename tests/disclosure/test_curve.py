"""The curve of high-acuity cases over workers, beside all that are open and beside an earlier pack's.

Of the high-acuity cases that are open the curve has those somebody holds: the rest are people whom no figure names. The
attacker takes every total that fits what is printed of the curve, and what is printed of the cases that are open.
"""

import datetime as dt
import random
from dataclasses import replace
from itertools import pairwise

import pytest
from drawn_services import caseloads

from caseaudit.catalogue import load_catalogue
from caseaudit.disclosure import publish
from caseaudit.model import Audit
from caseaudit.policy import load
from caseaudit.publication import Earlier, EarlierResult
from caseaudit.running import run
from caseaudit.testing import drawn_tables

THEN, NOW = dt.date(2026, 9, 30), dt.date(2026, 10, 31)
CODES = ("ACU01", "CAP05", "ESC10")
MOST = 400
SMALL = 5


def published(drawing, day, earlier=None):
    policy = load(NOW)
    results = run(load_catalogue().choose(CODES), drawn_tables("\n".join(drawing)), policy, NOW)
    return publish(replace(Audit(NOW, "", results, policy.in_force(), (), ()), as_at=day), "commissioner",
                   earlier=earlier)  # fmt: skip


def told_by(publication):
    """What the publication tells whoever makes the next one."""
    results = {
        one.code: EarlierResult(
            one.status, one.target, one.population, one.met, one.breach, one.not_evidenced, one.rate, {}
        )
        for one in publication.results
    }
    return Earlier(publication.as_at, publication.profile, results, {}, publication.tables)


# --- The attacker -------------------------------------------------------------------------------------------------


def totals(publication):
    """Every number of cases that all workers together may hold, by the curve; any where there is none."""
    table = publication.tables.get("concentration")
    if table is None:
        return set(range(MOST))
    heads = [column.heading for column in table.columns]
    if "High-acuity cases" in heads:
        return {int(sum(row[1].value for row in table.rows))}
    shares = [round(100 * row[-1].value) for row in table.rows]
    workers = int(table.facts["workers"])
    edges = [round(workers * row[1].value) for row in table.rows]
    sizes = [high - low for low, high in pairwise([0, *edges])]
    return {total for total in range(1, MOST) if any(fits(total, shares, sizes, step) for step in (1, 2, 5))}


def fits(total, shares, sizes, step):
    """Whether some numbers of the fifths, none with fewer for each worker than the one before, give these shares."""
    states = {(0, 0.0)}
    for share, size in zip(shares, sizes, strict=True):
        sums = [n for n in range(total + 1) if -(-100 * n // (step * total)) * step == share]
        states = {
            (after, (after - before) / size)
            for before, mean in states
            for after in sums
            if (after - before) / size >= mean - 1  # as the largest of one fifth is not above the smallest of the next
        }
    return any(before == total for before, _ in states)


def open_high(publication):
    """High-acuity cases that are open, as a check or the mix tells; None where neither does."""
    found = next((one.population.value for one in publication.results if one.code == "ESC10"), None)
    return None if found is None else int(found)


def nobodys(months):
    """Of the last month, and of both together: the numbers that may be held by nobody."""
    then, now = months
    high = open_high(now)
    if high is None:
        return set(range(MOST)), set(range(MOST))
    alone = {high - total for total in totals(now) if total <= high}
    least = min(totals(then))
    return alone, {number for number in alone if high - number >= least} or alone


def drawn(seed):
    """Loads and cases of nobody, of two months: a few cases more."""
    rng = random.Random(seed)
    size = rng.choice((25, 30, 51))
    heavy = rng.choice((3, 6, 9))
    loads = [max(0, round(rng.triangular(-2, heavy, 1))) for _ in range(size)]
    without = rng.choice((0, 0, 2))
    more = list(loads)
    for _ in range(rng.choice((0, 1, 3))):
        more[rng.randrange(size)] += 1
    return [(loads, without), (more, without + rng.choice((0, 1, 2)))]


def packs(seed):
    then, now = drawn(seed)
    first = published(caseloads(*then), THEN)
    return first, published(caseloads(*now), NOW, told_by(first))


@pytest.mark.parametrize("seed", range(24))
def test_no_curve_tells_of_a_few_cases_that_nobody_holds(seed):
    months = packs(seed)
    (_, _), (_, truth) = drawn(seed)
    alone, both = nobodys(months)
    assert truth in alone
    if 0 < truth < SMALL:
        assert len(alone) >= SMALL - 1
        assert len(both) >= SMALL - 1
