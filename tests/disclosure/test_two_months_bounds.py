"""What a reader of two packs can tell of a hidden number: the bounds are those of counting every possibility."""

from itertools import product
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseaudit.disclosure.months import ANY, COUNT, GROWTHS, Growth, Month, Pair, Span, Told, bounds, keeps, shown

SMALL = Told(Span(1, 4), hidden=True)
HELD = Told(Span(5, inf), hidden=True)
NOTHING = Told(Span(0, inf), hidden=True)
MOST = 5


def spans(least=0):
    return st.tuples(st.integers(least, MOST), st.integers(least, MOST)).map(lambda ends: Span(min(ends), max(ends)))


def counted(parts, whole):
    """Every (then, new) of every part that fits, by brute force."""
    choices = [
        [
            (then, new)
            for then in range(MOST + 1)
            for new in range(-MOST, MOST + 1)
            if part.then.least <= then <= part.then.most
            and part.new.least <= new <= part.new.most
            and part.now.least <= then + new <= part.now.most
        ]
        for part in parts
    ]
    for guess in product(*choices):
        then, new = (sum(numbers) for numbers in zip(*guess, strict=True))
        if (
            whole.then.least <= then <= whole.then.most
            and whole.new.least <= new <= whole.new.most
            and whole.now.least <= then + new <= whole.now.most
        ):
            yield guess


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.builds(Pair, spans(), st.one_of(spans(), spans(-MOST)), spans()), min_size=1, max_size=3),
    st.builds(Pair, spans(), st.one_of(st.just(COUNT), spans(-MOST)), spans()),
)
def test_the_bounds_are_those_of_every_possibility(parts, whole):
    guesses = list(counted(parts, whole))
    found = bounds(parts, whole)
    assert (found is None) == (not guesses)
    if found is None:
        return
    for place, pair in enumerate(found[0]):
        thens, news = zip(*(guess[place] for guess in guesses), strict=True)
        nows = [then + new for then, new in zip(thens, news, strict=True)]
        for span, values in ((pair.then, thens), (pair.new, news), (pair.now, nows)):
            assert (span.least, span.most) == (min(values), max(values))
    sums = [sum(then for then, _ in guess) for guess in guesses]
    assert (found[1].then.least, found[1].then.most) == (min(sums), max(sums))


@pytest.mark.parametrize(
    ("then", "now", "kept"),
    [
        # 43 discharges, fewer than 5 late; a month later 44, and how many were late is shown: 5, so it was 4 or 5.
        (Month(shown(43), (HELD, SMALL, shown(0))), Month(shown(44), (shown(39), shown(5), shown(0))), False),
        # Twelve more, five of them late at most: then it may have been any of 1 to 4.
        (Month(shown(43), (HELD, SMALL, shown(0))), Month(shown(55), (shown(50), shown(5), shown(0))), True),
        # Nothing was added, and what was shown then is hidden now.
        (Month(shown(60), (shown(51), shown(6), shown(3))), Month(shown(60), (shown(51), NOTHING, NOTHING)), False),
        # The same, both hidden.
        (Month(shown(60), (shown(51), NOTHING, NOTHING)), Month(shown(60), (shown(51), NOTHING, NOTHING)), True),
        # One was put right since, which a population that only grows in every part rules out; met only grew.
        (Month(shown(60), (HELD, SMALL, shown(0))), Month(shown(60), (shown(57), shown(3), shown(0))), False),
        # Fewer than then: no such population, and the months tell nothing of each other.
        (Month(shown(60), (HELD, SMALL, shown(0))), Month(shown(50), (shown(45), shown(5), shown(0))), True),
    ],
)
def test_what_two_months_tell_of_each_other(then, now, kept):
    assert keeps(then, now, GROWTHS, 5) is kept


def test_a_number_that_was_narrow_by_itself_keeps_what_it_had():
    then = Month(shown(10), (Told(Span(0, 2), hidden=True), Told(Span(8, 10), hidden=True)))
    now = Month(shown(30), (shown(20), shown(10)))
    assert keeps(then, now, (Growth((COUNT, COUNT)), Growth((COUNT, ANY))), 5)
