"""How many cases to audit, why so many, and what each number of errors would let one say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from caseaudit.errors import UsageProblem
from caseaudit.sampling.limits import Stratum, most_in_error, supports
from caseaudit.sampling.shares import cases, percent, plain
from caseaudit.statistics import sampling

METHODS = ("discovery", "joint-commission")


@dataclass(frozen=True, slots=True)
class Aim:
    """What a sample is to show.

    Attributes:
        tolerable: share of cases in error that would just be too many.
        confidence: how sure the statement is to be, as a share.
        expected_errors: errors the sample may hold and still support it.
        method: of METHODS.
        size: a size the user has set; None for one that is worked out.
    """

    tolerable: Decimal = Decimal("0.05")
    confidence: Decimal = Decimal("0.95")
    expected_errors: int = 0
    method: str = "discovery"
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a number of errors in the sample would let one say.

    Attributes:
        errors: cases in error in the sample.
        most: the most that may be in error in the whole frame; None where its size is not known.
        limit: the same as a share, 0-1.
        holds: whether "fewer than the tolerable rate" may be said.
    """

    errors: int
    most: int | None
    limit: float
    holds: bool

    @property
    def shown(self) -> str:
        """The limit in per cent, rounded up."""
        return sampling.shown_upper_limit(self.limit)


@dataclass(frozen=True, slots=True)
class Plan:
    """A sample size with its reason.

    Attributes:
        aim: what it is to show.
        size: cases to audit.
        population: cases in the frame; None where that is not known.
        why: a sentence for an inspector.
        claims: what 0, 1, 2 ... errors would let one say.
    """

    aim: Aim
    size: int
    population: int | None
    why: str
    claims: tuple[Claim, ...]

    @property
    def method(self) -> str:
        """How the size came about: "given", or the method of the aim."""
        return self.aim.method if self.aim.size is None else "given"

    def data(self) -> dict[str, Any]:
        """The plan as plain data."""
        return {
            "size": self.size,
            "method": self.method,
            "population": self.population,
            "tolerable_rate": plain(self.aim.tolerable),
            "confidence": plain(self.aim.confidence),
            "expected_errors": self.aim.expected_errors,
            "why": self.why,
            "claims": [
                {
                    "errors": claim.errors,
                    "most_in_error": claim.most,
                    "upper_limit": claim.limit,
                    "below_tolerable_rate": claim.holds,
                }
                for claim in self.claims
            ],
        }


def plan(aim: Aim, population: int | None) -> Plan:
    """Plan a simple sample.

    Args:
        aim: what it is to show.
        population: cases it will be drawn from; None where that is not known.

    Raises:
        UsageProblem: no size will do, or the method or size does not fit the population.
    """
    if population is not None:
        return plan_shared(aim, {"": population})
    if aim.method != "discovery":
        raise UsageProblem("The Joint Commission's table goes by the number of cases. Give it with --population.")
    size = aim.size or _tried(lambda: sampling.plan_size(aim.tolerable, aim.confidence, aim.expected_errors))

    def claim(errors: int) -> Claim:
        limit = sampling.upper_limit(errors, size, aim.confidence)
        return Claim(errors, None, limit, sampling.below(errors, size, aim.confidence, aim.tolerable))

    return Plan(aim, size, None, _why(aim, size, None, shared=size), _claims(aim, size, claim))


def plan_shared(aim: Aim, sizes: Mapping[str, int]) -> Plan:
    """Plan a sample shared out over strata in proportion to their sizes.

    It is at times a few cases longer than a simple one: shares are whole cases, and the statement is to hold however
    the errors lie among the strata (see ``limits``).

    Args:
        aim: what it is to show.
        sizes: stratum → its cases; one stratum for a simple sample.

    Raises:
        UsageProblem: no size will do, or a size set is larger than the frame.
    """
    population = sum(sizes.values())
    if aim.size is not None:
        if aim.size > population:
            raise UsageProblem(f"A sample of {aim.size:,} cannot be drawn: the list holds {cases(population)}.")
        size = simple = aim.size
    elif aim.method == "joint-commission":
        size = simple = sampling.joint_commission_size(population)
    else:
        simple = _tried(lambda: sampling.plan_size(aim.tolerable, aim.confidence, aim.expected_errors, population))
        size = next(
            n
            for n in range(simple, population + 1)
            if supports(aim.expected_errors, shared(n, sizes), aim.confidence, aim.tolerable)
        )
    strata = shared(size, sizes)

    def claim(errors: int) -> Claim:
        most = most_in_error(errors, strata, aim.confidence)
        return Claim(errors, most, most / population, supports(errors, strata, aim.confidence, aim.tolerable))

    return Plan(aim, size, population, _why(aim, simple, population, shared=size), _claims(aim, size, claim))


def shared(size: int, sizes: Mapping[str, int]) -> tuple[Stratum, ...]:
    """A sample shared out over strata in proportion, by largest remainder."""
    allocation = sampling.allocate(size, list(sizes.values()))
    return tuple(Stratum(name, sizes[name], part) for name, part in zip(sizes, allocation, strict=True))


def _claims(aim: Aim, size: int, claim: Callable[[int], Claim]) -> tuple[Claim, ...]:
    return tuple(claim(errors) for errors in range(min(max(2, aim.expected_errors + 1), size) + 1))


def _tried(size: Callable[[], int]) -> int:
    try:
        return size()
    except ValueError as fault:
        raise UsageProblem(f"{fault} Allow a higher --tolerable rate, or expect fewer errors.") from None


def _why(aim: Aim, size: int, population: int | None, *, shared: int) -> str:
    """The sentence for an inspector; ``size`` is that of a simple sample, ``shared`` the one in force."""
    of = f" of the {population:,}" if population is not None else ""
    if aim.size is not None:
        return f"The size, {size:,}{of} cases, was set by the service; the limits below say what it supports."
    if aim.method == "joint-commission":
        return (
            f"The Joint Commission's table of sample sizes asks for {size:,}{of} cases. It knows neither a tolerable "
            "rate nor a confidence; the limits below say what such a sample supports."
        )
    none = (
        "none of them is in error" if aim.expected_errors == 0 else f"no more than {aim.expected_errors} are in error"
    )
    sentence = (
        f"If {size:,}{of} cases are drawn at random and {none}, fewer than {percent(aim.tolerable)} of all of them "
        f"are in error, with {percent(aim.confidence)} confidence: if {percent(aim.tolerable)} or more were, a sample "
        f"that good would come up with a chance of at most {percent(1 - aim.confidence)}."
    )
    if shared > size:
        sentence += (
            f" As the sample is shared out over strata in whole cases, {shared:,} are drawn, so that this holds "
            "however the errors lie among the strata."
        )
    return sentence
