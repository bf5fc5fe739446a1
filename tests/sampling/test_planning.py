"""Sample sizes, their reasons, and what each number of errors lets one say."""

from decimal import Decimal

import pytest

from caseaudit.errors import UsageProblem
from caseaudit.sampling import Aim, percent, plan, share_of
from caseaudit.sampling.limits import supports
from caseaudit.sampling.planning import plan_shared, shared


@pytest.mark.parametrize(("population", "size"), [(None, 59), (1000, 57), (20, 19)])
def test_sizes_at_five_and_ninety_five_per_cent(population: int | None, size: int) -> None:
    planned = plan(Aim(), population)
    assert planned.size == size
    assert [claim.holds for claim in planned.claims] == [True, False, False]


def test_the_reason_names_the_figures_it_rests_on() -> None:
    why = plan(Aim(), 1000).why
    for figure in ("57 of the 1,000 cases", "none of them is in error", "fewer than 5 %", "95 % confidence"):
        assert figure in why


def test_expected_errors_are_allowed_for_and_shown() -> None:
    planned = plan(Aim(expected_errors=2), 1000)
    assert [claim.holds for claim in planned.claims] == [True, True, True, False]
    assert "no more than 2 are in error" in planned.why


def test_a_claim_of_seven_per_cent_exactly_is_printed_so() -> None:
    claim = plan(Aim(size=60), 400).claims[1]
    assert (claim.most, claim.shown) == (28, "7.0 %")


@pytest.mark.parametrize(("population", "size"), [(24, 24), (125, 25), (126, 26), (501, 101)])
def test_the_joint_commissions_table(population: int, size: int) -> None:
    planned = plan(Aim(method="joint-commission"), population)
    assert planned.size == size
    assert "Joint Commission" in planned.why


def test_the_joint_commissions_table_needs_the_number_of_cases() -> None:
    with pytest.raises(UsageProblem, match="--population"):
        plan(Aim(method="joint-commission"), None)


def test_more_errors_expected_than_the_rate_allows_is_refused() -> None:
    with pytest.raises(UsageProblem, match="No sample size will do"):
        plan(Aim(expected_errors=1), 20)


def test_a_size_beyond_the_list_is_refused_and_one_that_takes_it_all_is_not() -> None:
    assert plan(Aim(size=40), 40).claims[0].most == 0
    with pytest.raises(UsageProblem, match="40 cases"):
        plan(Aim(size=41), 40)


def test_a_shared_sample_is_long_enough_for_its_strata_and_no_longer() -> None:
    sizes = {str(i): 10 for i in range(40)}
    planned = plan_shared(Aim(), sizes)
    assert planned.size > plan(Aim(), 400).size
    assert "however the errors lie among the strata" in planned.why
    aim = planned.aim
    assert supports(0, shared(planned.size, sizes), aim.confidence, aim.tolerable)
    assert not supports(0, shared(planned.size - 1, sizes), aim.confidence, aim.tolerable)


@pytest.mark.parametrize("text", ["5%", "5 %", "0.05", ".05", " 5.0% "])
def test_forms_of_a_share(text: str) -> None:
    assert share_of(text, "--tolerable") == Decimal("0.05")


@pytest.mark.parametrize("text", ["5", "0", "0%", "100%", "1", "-5%", "five", "", "5%%", "1e-2"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(UsageProblem, match="--tolerable"):
        share_of(text, "--tolerable")


def test_shares_are_printed_as_people_write_them() -> None:
    assert [percent(Decimal(text)) for text in ("0.05", "0.5", "0.975", "0.10")] == ["5 %", "50 %", "97.5 %", "10 %"]
