"""No small count can be worked out from what is shown, by an attacker who counts every possibility."""

from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from caseaudit.disclosure.protecting import Cell, Mark, Parts, hidden_cells, showing
from caseaudit.disclosure.verdicts import standing
from caseaudit.model import Severity, reaches

SMALL_AND_LARGE = st.one_of(st.integers(0, 6), st.integers(0, 15))


def tells_for(severity, target):
    def tells(parts):
        return (
            reaches(parts.met, parts.population, target),
            standing(severity, target, parts.population, parts.met, parts.breach),
        )

    return tells


FEW, MANY = range(30), (*range(30), 60, 120)


def possible(parts, way, threshold, tells):
    """Every set of counts that fits what is shown, by brute force: all small ones, and some of a large service."""
    marks = dict(zip(("met", "breach", "silent"), way.marks, strict=True))

    def fits(value, true, mark):
        if mark is Mark.SHOWN:
            return value == true
        return {Mark.SMALL: 0 < value < threshold, Mark.HELD: value >= threshold, Mark.BLURRED: True}[mark]

    found = []
    for met, breach, silent in product(MANY, FEW, FEW):
        guess = Parts(met, breach, silent)
        if (
            fits(met, parts.met, marks["met"])
            and fits(breach, parts.breach, marks["breach"])
            and fits(silent, parts.silent, marks["silent"])
            and fits(guess.population, parts.population, way.population)
            and guess.population
            and tells(guess) == tells(parts)
        ):
            found.append(guess)
    return found


@settings(deadline=None, max_examples=50)
@given(
    SMALL_AND_LARGE, SMALL_AND_LARGE, SMALL_AND_LARGE,
    st.sampled_from(list(Severity)), st.sampled_from([1.0, 0.8, 0.6, 0.85]),
)  # fmt: skip
@example(6, 1, 0, Severity.HIGH, 0.85)  # nothing is shown, so what keeps the values open is a service of any size
def test_every_hidden_count_keeps_as_many_values_as_a_small_one_has(met, breach, silent, severity, target):
    parts, tells = Parts(met, breach, silent), tells_for(severity, target)
    if not 5 <= parts.population < 30:
        return
    way = showing(parts, 5, tells)
    guesses = possible(parts, way, 5, tells)
    for name, mark in zip(("met", "breach", "silent"), way.marks, strict=True):
        true = getattr(parts, name)
        if mark is Mark.SHOWN:
            assert not 0 < true < 5
        else:
            assert len({getattr(guess, name) for guess in guesses}) >= 4
    if way.met is Mark.SHOWN and way.population is Mark.SHOWN:
        assert not 0 < parts.short < 5  # the complement of a share that is shown


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (Parts(96, 14, 0), "PMBS"),  # nothing small: everything is shown
        (Parts(96, 0, 0), "PMBS"),
        (Parts(92, 5, 3), "PM.."),  # together 8 fell short; parted, one would be small
        (Parts(97, 0, 3), "P.B<"),  # the number met would give the 3 away; that nobody breached may be said
        (Parts(97, 2, 1), "P.<<"),
        (Parts(3, 90, 7), "P<.."),
        (Parts(2, 1, 0), "<..."),  # a small population hides all else
    ],
)
def test_as_much_is_shown_as_can_be(parts, shown):
    way = showing(parts, 5, tells_for(Severity.HIGH, 1.0))
    marks = (way.population, *way.marks)
    letters = [{Mark.SHOWN: letter, Mark.SMALL: "<"}.get(mark, ".") for mark, letter in zip(marks, "PMBS", strict=True)]
    assert "".join(letters) == shown


def test_a_verdict_that_would_tell_hides_the_population():
    # Of 10, up to 2 late reach 80 %: "partly assured" would tell 1 or 2 from 3 or 4.
    way = showing(Parts(8, 2, 0), 5, tells_for(Severity.LOW, 1.0))
    assert way.population is not Mark.SHOWN
    assert way.met is not Mark.SHOWN


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=6))
def test_hidden_cells_of_a_column_keep_their_values(rows):
    cells = [Cell(s, 0, n + s, 0 < s < 5 or 0 < n < 5) for n, s in rows if n + s >= 5]
    hidden = hidden_cells(cells, 5)
    if hidden is None:
        return
    assert all(place in hidden for place, cell in enumerate(cells) if cell.small)
    total = sum(cells[place].value for place in hidden)
    for place in hidden:
        rest = sum(cells[other].high for other in hidden if other != place)
        assert min(cells[place].high, total) - max(0, total - rest) + 1 >= 4
    assert not 0 < total < 5
