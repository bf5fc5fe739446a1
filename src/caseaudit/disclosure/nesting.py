"""Checks whose populations lie one within the other: the difference of two totals is a count of people as well.

599 open cases, and beside them 596 open cases with a worker, tell of 3 people whom no figure names. So of two such
checks the smaller one's figures are held back, but for its share where that tells no more.

Only true nesting is looked at, by the rule of the checks or as it happens to be: where some members of the smaller
population are not in the larger one, the difference of the totals is no count of anybody. A reader who knows that a
population lies within another without being told is no rarer than one who knows the checks. Where counts are rounded,
the difference of two has at least as many values as a small count has, so nothing more is held back there.

An earlier pack for the same readers may tell more of such a pair, and this one of that: see `nested_months`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations, product

import polars as pl

from caseaudit.disclosure.counts import is_about_people, is_decided
from caseaudit.disclosure.nested_months import Guess, beside_then, keep
from caseaudit.disclosure.profiles import Profile
from caseaudit.disclosure.verdicts import standing
from caseaudit.model import Result, reaches
from caseaudit.publication import Earlier, Figure, PublicResult, percent

NOBODY: Mapping[str, int | None] = {}
"""No check to hold back."""

Within = Callable[[Result, Result], bool]
"""Whether every member of the first check's population is one of the second's."""


def apart(
    results: Sequence[Result],
    public: Sequence[PublicResult],
    within: Within,
    profile: Profile,
    earlier: Earlier | None = None,
    also: Mapping[str, int | None] = NOBODY,
) -> tuple[PublicResult, ...]:
    """The results as they may stand beside each other: no two published totals differ by a few people.

    Args:
        results: of the run.
        public: the same, each protected by itself.
        within: whether one population lies within another, as `members_within` tells.
        profile: how small numbers are protected.
        earlier: what an earlier pack told the same readers; None where there is none.
        also: checks to hold back in any case, each with the number it lies a few below; None for no such.
    """
    if not profile.threshold or profile.rounded_to > 1:
        return tuple(public)
    raw = {result.code: result for result in results if _has_members(result)}
    shown = {one.code: one for one in public if one.code in raw and not one.population.hidden}
    held: dict[str, int | None] = dict(_held(raw, shown, within, profile))
    held |= also
    beside = {code: _beside(shown[code], raw[code], total, profile) for code, total in held.items() if code in shown}
    if earlier is not None:
        beside |= _held_for_both(raw, shown, beside, within, earlier, profile)
    return tuple(beside.get(one.code, one) for one in public)


def _has_members(result: Result) -> bool:
    return (
        is_about_people(result)
        and is_decided(result)
        and result.evidence is not None
        and bool(result.subject_columns)
        and set(result.subject_columns) <= set(result.evidence_schema)
    )


def _held(raw: Mapping[str, Result], shown: Collection[str], within: Within, profile: Profile) -> dict[str, int]:
    """Code of each check to hold back → the least total, of those still shown, of which its population is a part.

    From the largest population to the smallest, so that nothing is held back for the sake of what is itself held back.
    """
    kept, held = list[str](), dict[str, int]()
    for code in sorted(shown, key=lambda code: (-raw[code].population, code)):
        near = (other for other in reversed(kept) if profile.is_small(raw[other].population - raw[code].population))
        outer = next((other for other in near if within(raw[code], raw[other])), None)
        if outer is None:
            kept.append(code)
        else:
            held[code] = raw[outer].population
    return held


def members_within() -> Within:
    """A function that says whether one population lies within another; it reads each check's members once.

    Two checks are compared by the columns that name the members of one of them and are among those of the other, such
    as the case and worker of an allocation. Where these do not tell the members of the other apart, they are different
    things, and none lies within the other.
    """
    read: dict[tuple[str, tuple[str, ...]], pl.DataFrame | None] = {}

    def members(result: Result, columns: tuple[str, ...]) -> pl.DataFrame | None:
        key = (result.code, columns)
        if key not in read:
            read[key] = _members(result, columns)
        return read[key]

    def within(inner: Result, outer: Result) -> bool:
        columns = members_by(inner, outer)
        if not columns:
            return False
        ours, theirs = members(inner, columns), members(outer, columns)
        if ours is None or theirs is None or ours.schema != theirs.schema:
            return False
        return ours.join(theirs, on=columns, how="anti", nulls_equal=True).is_empty()

    return within


def members_by(one: Result, other: Result) -> tuple[str, ...]:
    """Columns that name the members of one of two checks and are among those of the other; none where none do."""
    fewer, more = sorted((one.subject_columns, other.subject_columns), key=len)
    return tuple(sorted(fewer)) if set(fewer) <= set(more) else ()


def _members(result: Result, columns: tuple[str, ...]) -> pl.DataFrame | None:
    """One row per member; None where the evidence does not have all of them, or the columns do not tell them apart."""
    assert result.evidence is not None  # noqa: S101 - whoever asks has looked
    found = result.evidence.select(columns).collect()
    return None if found.height != result.population or found.is_duplicated().any() else found


# --- What is still told -----------------------------------------------------------------------------------------


def held_back(one: PublicResult, raw: Result, profile: Profile) -> PublicResult:
    """A check of which no figure is shown."""
    return _beside(one, raw, None, profile)


def _beside(one: PublicResult, raw: Result, total: int | None, profile: Profile) -> PublicResult:
    """A check without its counts, whose population is a few people fewer than a total that is shown; None: of none."""
    hidden = profile.held()
    return replace(
        one,
        population=hidden,
        met=hidden,
        short=hidden,
        breach=hidden,
        not_evidenced=hidden,
        rate=_share(one, raw, total, profile) if total is not None else hidden,
        longest=None,
        worst=(),
        beside=profile.threshold,
    )


def _share(one: PublicResult, raw: Result, total: int, profile: Profile) -> Figure:
    """The share as a whole percentage, if with the status and the verdict it leaves every population possible."""
    text = one.rate.text
    if one.rate.hidden or not text.removesuffix(" %").isdigit():
        return profile.held()
    populations = _below(total, profile)
    fitting = set(_fitting(raw, populations, text, 2 * profile.threshold))
    if {guess.population for guess in fitting} != set(populations) or len(fitting) < profile.threshold:
        return profile.held()
    return Figure(text, int(text.removesuffix(" %")) / 100)


def _below(total: int, profile: Profile) -> range:
    """The populations that are a few people fewer than a total."""
    return range(max(1, total - profile.threshold + 1), total)


def _fitting(raw: Result, populations: range, text: str, reach: int) -> Iterator[Guess]:
    """Populations, and how many met it, near the true ones, which would be published alike."""

    def tells(population: int, met: int, breach: int) -> object:
        return reaches(met, population, raw.target), standing(raw.graded, raw.target, population, met, breach)

    true = tells(raw.population, raw.met, raw.breach)
    mets = range(max(0, raw.met - reach), raw.met + reach + 1)
    for population, met in product(populations, mets):
        if met > population or percent(met, population) != text:
            continue
        breaches = range(max(0, raw.breach - reach), min(population - met, raw.breach + reach) + 1)
        if any(tells(population, met, breach) == true for breach in breaches):
            yield Guess(population, met)


# --- Beside an earlier pack -------------------------------------------------------------------------------------


def _held_for_both(
    raw: Mapping[str, Result],
    shown: Mapping[str, PublicResult],
    beside: Mapping[str, PublicResult],
    within: Within,
    earlier: Earlier,
    profile: Profile,
) -> dict[str, PublicResult]:
    """Checks to hold back, or to tell less of, for what the earlier pack tells as well.

    Of a pair that tells too much the smaller check is held back; where it is already, its share; and where that is too,
    the larger check.
    """
    found = dict(beside)
    pairs = [
        (inner, outer)
        for inner, outer in permutations(shown, 2)
        if inner in earlier.results and raw[inner].population <= raw[outer].population
    ]
    while True:
        before = len(found), sum(one.rate.hidden for one in found.values())
        for inner, outer in pairs:
            now = _now(raw[inner], found.get(inner), raw[outer].population if outer not in found else None, profile)
            then = beside_then(earlier.results[inner], earlier.results.get(outer), profile.threshold)
            if keep(then, now, profile.threshold) or not within(raw[inner], raw[outer]):
                continue
            code = outer if inner in found and found[inner].rate.hidden else inner
            found[code] = _beside(shown[code], raw[code], None, profile)
        if before == (len(found), sum(one.rate.hidden for one in found.values())):
            return found


def _now(raw: Result, held: PublicResult | None, total: int | None, profile: Profile) -> list[Guess]:
    """What a reader may think of a check: all that could be of it, given the total it may lie a few people below."""
    if held is None:
        return [Guess(raw.population, raw.met)]
    if total is None or not profile.is_small(total - raw.population):
        return []
    if held.rate.hidden:
        return [Guess(population) for population in _below(total, profile)]
    return list(_fitting(raw, _below(total, profile), held.rate.text, 2 * profile.threshold))
