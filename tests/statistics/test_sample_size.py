"""How many cases to audit, and what the result lets one claim."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from caseaudit.statistics import sampling

CONFIDENCES = st.sampled_from(["0.5", "0.75", "0.8", "0.9", "0.95", "0.99", "0.995"])
RATES = st.sampled_from(["0.01", "0.02", "0.05", "0.1", "0.125", "0.2", "0.5", "0.75"])


def chance_of_at_most(errors, marked, drawn, population):
    """P(at most so many errors), by counting samples."""
    ways = sum(
        math.comb(marked, found) * math.comb(population - marked, drawn - found)
        for found in range(errors + 1)
        if found <= drawn
    )
    return Fraction(ways, math.comb(population, drawn))


@st.composite
def samples(draw):
    population = draw(st.integers(1, 80))
    size = draw(st.integers(1, population))
    return draw(st.integers(0, size)), size, population


@pytest.mark.parametrize(("population", "size"), [(None, 59), (1000, 57), (20, 19)])
@pytest.mark.parametrize(("rate", "confidence"), [("0.05", "0.95"), (0.05, 0.95)])
def test_published_sizes_at_5_per_cent_and_95_per_cent(rate, confidence, population, size):
    assert sampling.plan_size(rate, confidence, population=population) == size


def test_a_tie_counts_as_reached():
    # 95 of 100 cases without the one error has a probability of exactly 5 %. In binary 1 - 0.95 is a little more.
    assert sampling.plan_size(0.01, 0.95, population=100) == 95
    assert [sampling.plan_size("0.5", confidence) for confidence in ("0.75", "0.875", "0.9375")] == [2, 3, 4]


@pytest.mark.parametrize(("rate", "expected", "population"), [("0.05", 1, 20), ("0.05", 2, 40), ("0.001", 1, 50)])
def test_no_size_will_do_where_the_errors_expected_are_already_too_many(rate, expected, population):
    with pytest.raises(ValueError, match="No sample size will do"):
        sampling.plan_size(rate, "0.95", expected_errors=expected, population=population)
    assert sampling.plan_size(rate, "0.95", expected_errors=expected - 1, population=population) <= population


@pytest.mark.parametrize(
    ("rate", "confidence", "expected", "population"),
    [
        (0, 0.95, 0, None),
        (1, 0.95, 0, None),
        (0.05, 0, 0, None),
        (0.05, 1, 0, None),
        (0.05, 95, 0, None),
        (0.05, 0.95, -1, None),
        (0.05, 0.95, 0, 0),
    ],
)
def test_figures_out_of_range_are_refused(rate, confidence, expected, population):
    with pytest.raises(ValueError, match="must"):
        sampling.plan_size(rate, confidence, expected, population)


@given(RATES, CONFIDENCES, st.integers(0, 4), st.integers(1, 120))
@settings(deadline=None)
def test_the_size_is_the_least_that_will_do(rate, confidence, expected, population):
    too_many = math.ceil(Fraction(rate) * population)
    if expected >= too_many:
        with pytest.raises(ValueError, match="No sample size"):
            sampling.plan_size(rate, confidence, expected, population)
        return
    doubt = 1 - Fraction(confidence)
    counted = next(
        size for size in range(1, population + 1) if chance_of_at_most(expected, too_many, size, population) <= doubt
    )
    assert sampling.plan_size(rate, confidence, expected, population) == counted


@given(RATES, CONFIDENCES, st.integers(0, 12))
@settings(deadline=None)
def test_without_a_population_the_size_agrees_with_scipy(rate, confidence, expected):
    size = sampling.plan_size(rate, confidence, expected)
    doubt = 1 - float(confidence)
    assert stats.binom.cdf(expected, size, float(rate)) <= doubt * (1 + 1e-9)
    assert stats.binom.cdf(expected, size - 1, float(rate)) > doubt * (1 - 1e-9)


@given(RATES, CONFIDENCES, st.integers(0, 4), st.integers(1, 400))
@settings(deadline=None)
def test_a_planned_sample_supports_the_claim_and_one_case_fewer_does_not(rate, confidence, expected, population):
    if expected >= math.ceil(Fraction(rate) * population):
        return
    size = sampling.plan_size(rate, confidence, expected, population)
    assert sampling.below(expected, size, confidence, rate, population)
    assert Fraction(sampling.upper_count(expected, size, confidence, population), population) < Fraction(rate)
    if size - 1 > expected:
        assert not sampling.below(expected, size - 1, confidence, rate, population)


@given(RATES, CONFIDENCES, st.integers(0, 4))
@settings(deadline=None)
def test_a_planned_sample_without_population_has_its_limit_at_or_below_the_rate(rate, confidence, expected):
    size = sampling.plan_size(rate, confidence, expected)
    assert sampling.upper_limit(expected, size, confidence) <= float(rate)
    assert sampling.below(expected, size, confidence, rate) == (
        sampling.upper_limit(expected, size, confidence) < float(rate)
    )
    if size - 1 > expected:
        assert not sampling.below(expected, size - 1, confidence, rate)


def test_below_means_strictly_below():
    # No error in 2 cases, 75 %: the limit is 50 % exactly, so "below 50 %" may not be said.
    assert sampling.upper_limit(0, 2, 0.75) == 0.5
    assert not sampling.below(0, 2, 0.75, 0.5)
    assert sampling.below(0, 2, 0.75, "0.5000001")
    # No error in one case: the limit is the confidence itself, as the float that is written so.
    assert [sampling.upper_limit(0, 1, share) for share in (0.3, 0.7, 0.1)] == [0.3, 0.7, 0.1]
    # 28 of 400 is 7 % exactly.
    assert not sampling.below(1, 60, 0.95, 0.07, population=400)
    assert sampling.below(1, 60, 0.95, 0.0700001, population=400)


def test_published_limits_for_one_error_in_sixty():
    assert sampling.upper_limit(1, 60, 0.95) == pytest.approx(0.07664, abs=5e-6)
    assert sampling.upper_count(1, 60, 0.95, 400) == 28
    assert sampling.upper_limit(1, 60, 0.95, population=400) == 0.07


@given(samples(), CONFIDENCES)
@settings(deadline=None)
def test_the_upper_count_is_the_most_errors_that_are_not_ruled_out(sample, confidence):
    errors, size, population = sample
    doubt = 1 - Fraction(confidence)
    counted = max(
        marked
        for marked in range(errors, population - size + errors + 1)
        if chance_of_at_most(errors, marked, size, population) > doubt
    )
    assert sampling.upper_count(errors, size, confidence, population) == counted
    assert sampling.upper_limit(errors, size, confidence, population) == counted / population


@given(st.integers(1, 3000), st.data(), CONFIDENCES)
@settings(deadline=None)
def test_the_limit_without_population_is_that_of_clopper_and_pearson(size, data, confidence):
    errors = data.draw(st.integers(0, min(size - 1, 60)))
    oracle = stats.beta.ppf(float(confidence), errors + 1, size - errors)
    assert sampling.upper_limit(errors, size, confidence) == pytest.approx(oracle, rel=1e-9)


@given(samples(), CONFIDENCES, st.fractions(0, 1, max_denominator=60))
@settings(deadline=None)
def test_below_agrees_with_the_limit(sample, confidence, rate):
    errors, size, population = sample
    limit = Fraction(sampling.upper_count(errors, size, confidence, population), population)
    assert sampling.below(errors, size, confidence, rate, population) == (limit < rate)


@given(samples(), CONFIDENCES)
@settings(deadline=None)
def test_more_errors_raise_the_limit_and_more_cases_lower_it(sample, confidence):
    errors, size, population = sample
    limit = sampling.upper_limit(errors, size, confidence, population)
    if errors < size:
        assert sampling.upper_limit(errors + 1, size, confidence, population) > limit
    if size < population:
        assert sampling.upper_limit(errors, size + 1, confidence, population) <= limit
        assert sampling.upper_limit(errors, size + 1, confidence) < sampling.upper_limit(errors, size, confidence) or (
            errors == size
        )


def test_all_cases_audited_leaves_no_doubt_and_all_in_error_no_limit():
    assert sampling.upper_limit(3, 20, 0.95, population=20) == 3 / 20
    assert sampling.upper_limit(20, 20, 0.95) == 1.0
    assert sampling.upper_limit(5, 5, 0.95, population=20) == 1.0
    assert not sampling.below(20, 20, 0.95, 1)
    assert not sampling.below(0, 20, 0.95, 0, population=100)


@pytest.mark.parametrize(("errors", "size", "population"), [(3, 2, None), (0, 0, None), (-1, 5, None), (0, 11, 10)])
def test_an_impossible_sample_is_refused(errors, size, population):
    for ask in (
        lambda: sampling.upper_limit(errors, size, 0.95, population),
        lambda: sampling.below(errors, size, 0.95, 0.05, population),
    ):
        with pytest.raises(ValueError, match=r"must be|cannot be"):
            ask()


@pytest.mark.parametrize(
    ("limit", "places", "shown"),
    [
        (0.07663999493450444, 1, "7.7 %"),
        (0.07663999493450444, 3, "7.664 %"),
        (0.07, 1, "7.0 %"),
        (0.07, 0, "7 %"),
        (0.0700001, 1, "7.1 %"),
        (0.29, 0, "29 %"),  # 0.29 * 100 is 28.999999999999996 in binary, and 0.07 * 100 more than 7
        (1, 1, "100.0 %"),
        (0, 2, "0.00 %"),
    ],
)
def test_limits_print_rounded_up(limit, places, shown):
    assert sampling.shown_upper_limit(limit, places) == shown


@given(st.floats(0, 1).filter(lambda limit: limit == 0 or limit > 1e-200), st.integers(0, 4))
def test_a_printed_limit_never_claims_too_much(limit, places):
    printed = Fraction(sampling.shown_upper_limit(limit, places).removesuffix(" %")) / 100
    assert 0 <= printed - Fraction(repr(limit)) < Fraction(1, 10 ** (places + 2))


@pytest.mark.parametrize(
    ("rate", "expected", "population", "size"),
    [
        ("0.000001", 0, 10**6, 950_000),
        ("0.0001", 3, 10**6, None),
        ("0.001", 300, 10**6, None),
        ("0.000001", 5, None, None),
    ],
)
def test_a_large_service_can_be_planned_for(rate, expected, population, size):
    planned = sampling.plan_size(rate, "0.95", expected, population)
    assert size in (None, planned)
    tail = (
        stats.binom(planned, float(rate))
        if population is None
        else stats.hypergeom(population, math.ceil(Fraction(rate) * population), planned)
    ).cdf(expected)
    assert tail == pytest.approx(0.05, rel=0.01)


@pytest.mark.parametrize(
    ("population", "size"),
    [
        (0, 0),
        (1, 1),
        (24, 24),
        (25, 25),
        (125, 25),
        (126, 26),
        (130, 26),
        (131, 27),
        (500, 100),
        (501, 101),
        (9999, 101),
    ],
)
def test_joint_commission_table(population, size):
    assert sampling.joint_commission_size(population) == size
