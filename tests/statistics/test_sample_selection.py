"""Which cases are drawn: shares of the strata, and tickets anyone can work out again."""

import hashlib
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseaudit.statistics import sampling

TEXTS = st.text(max_size=6)


@pytest.mark.parametrize(
    ("total", "sizes", "shares"),
    [
        (10, [50, 30, 20], [5, 3, 2]),
        (10, [1, 1, 1], None),
        (5, [10, 10], [3, 2]),  # a tie goes to the stratum named first
        (1, [2, 3, 3], [0, 1, 0]),
        (7, [0, 100, 0], [0, 7, 0]),
        (0, [3, 4], [0, 0]),
        (0, [], []),
        (0, [0, 0], [0, 0]),
        (3, [1, 1, 1], [1, 1, 1]),
        (100, [997, 2, 1], [100, 0, 0]),
    ],
)
def test_shares_by_largest_remainder(total, sizes, shares):
    if shares is None:
        with pytest.raises(ValueError, match="hold 3 cases, fewer than the 10"):
            sampling.allocate(total, sizes)
    else:
        assert sampling.allocate(total, sizes) == shares


@given(st.lists(st.integers(0, 500), max_size=12), st.data())
def test_shares_sum_up_and_lie_within_one_case_of_proportional(sizes, data):
    total = data.draw(st.integers(0, sum(sizes)))
    shares = sampling.allocate(total, sizes)
    assert sum(shares) == total
    for share, size in zip(shares, sizes, strict=True):
        assert 0 <= share <= size
        assert size == 0 or abs(share - Fraction(total * size, sum(sizes))) < 1


def test_a_negative_stratum_is_refused():
    with pytest.raises(ValueError, match="size of a stratum"):
        sampling.allocate(1, [3, -1])


def test_a_ticket_is_the_hash_of_the_plain_text():
    by_hand = hashlib.sha256(b"2025-Q1|North team|C-0042").hexdigest()
    assert sampling.ticket("2025-Q1", "North team", "C-0042") == by_hand
    # Known from outside this program: printf '7||Zoë' | sha256sum
    assert sampling.ticket(7, "", "Zoë") == "9085178a53f5c775891c460d70cc0a54f305a40b7d447ec8edb64eaa1b08ac46"


@given(st.tuples(TEXTS, TEXTS, TEXTS), st.tuples(TEXTS, TEXTS, TEXTS))
def test_no_two_cases_share_a_ticket(one, other):
    assert (sampling.ticket(*one) == sampling.ticket(*other)) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a|b", "c", "d"), ("a", "b|c", "d")),
        (("a\\", "b", "c"), ("a", "\\b", "c")),
        (("a|b\\", "c", "d"), ("a\\", "b|c", "d")),
    ],
)
def test_separators_inside_values_do_not_run_together(one, other):
    assert sampling.ticket(*one) != sampling.ticket(*other)


def test_text_that_is_no_text_is_refused():
    with pytest.raises(ValueError, match="UTF-8"):
        sampling.ticket(1, "", "\ud800")


@st.composite
def frames(draw):
    strata = draw(st.lists(TEXTS, min_size=1, max_size=4, unique=True))
    return {stratum: draw(st.lists(TEXTS, max_size=25, unique=True)) for stratum in strata}


@given(frames(), st.data())
@settings(deadline=None)
def test_the_draw_takes_the_smallest_tickets_whatever_the_order(frame, data):
    sizes = {stratum: data.draw(st.integers(0, len(ids))) for stratum, ids in frame.items()}
    sample = sampling.select(frame, sizes, seed="s")
    shuffled = {stratum: data.draw(st.permutations(frame[stratum])) for stratum in reversed(frame)}
    assert sampling.select(shuffled, sizes, seed="s") == sample
    for stratum, ids in frame.items():
        by_ticket = sorted(ids, key=lambda case_id, stratum=stratum: sampling.ticket("s", stratum, case_id))
        assert sample[stratum] == by_ticket[: sizes[stratum]]


@given(frames(), st.data())
@settings(deadline=None)
def test_a_longer_sample_begins_with_the_shorter_one(frame, data):
    longer = {stratum: data.draw(st.integers(0, len(ids))) for stratum, ids in frame.items()}
    shorter = {stratum: data.draw(st.integers(0, size)) for stratum, size in longer.items()}
    long_sample, short_sample = (sampling.select(frame, sizes, seed=1) for sizes in (longer, shorter))
    assert all(long_sample[stratum][: shorter[stratum]] == short_sample[stratum] for stratum in frame)


def test_another_seed_draws_another_sample():
    frame = {"": [str(number) for number in range(1000)]}
    assert sampling.select(frame, {"": 30}, "a") != sampling.select(frame, {"": 30}, "b")


@pytest.mark.parametrize(
    ("frame", "sizes", "complaint"),
    [
        ({"A": ["1"]}, {"B": 1}, "same strata"),
        ({"A": ["1"]}, {}, "same strata"),
        ({"A": ["1"]}, {"A": 2}, "holds 1 cases, fewer than the 2"),
        ({"A": ["1"]}, {"A": -1}, "at least 0"),
        ({"A": ["secret", "secret"]}, {"A": 1}, "stands twice"),
    ],
)
def test_a_frame_that_does_not_fit_is_refused_without_naming_a_case(frame, sizes, complaint):
    with pytest.raises(ValueError, match=complaint) as refusal:
        sampling.select(frame, sizes, seed=1)
    assert "secret" not in str(refusal.value)
