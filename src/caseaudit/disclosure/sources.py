"""What became of the rows of each export, as an audience may know it: a file may hold a few people's rows alone.

Rows read = kept + rejected, for every source and all together. So where one of these is a small number of rows about
people, others of the same source and of other sources are held back with it. What checks count of the same rows, see
`row_counts`; what an earlier pack told of the same files, `source_months`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from caseaudit.disclosure.people_of_rows import is_near, near_rows, populations
from caseaudit.disclosure.profiles import Profile
from caseaudit.disclosure.protecting import Cell, hidden_cells
from caseaudit.disclosure.source_months import Known, groups_still_hidden, known_of
from caseaudit.model import Result, SourceAccount
from caseaudit.publication import Earlier, Figure, PublicAccount, PublicResult, PublicRows, count

OF_NOBODY = frozenset({"attestations", "duty_rota", "establishment", "governance", "huddles", "risk_register"})
OF_WORKERS = frozenset({"capacity_exceptions", "competencies", "peer_roles", "staff", "supervision", "training"})
"""Tables with no row about a person served: those about nobody, and those about workers. Any other is about people.

Written down, not asked of `caseaudit.tables`: its models load Pandera, half a second that a report need not take.
"""

_ABOUT_NO_PEOPLE = OF_NOBODY | OF_WORKERS

About = Callable[[SourceAccount], bool]


@dataclass(frozen=True, slots=True)
class Lost:
    """What is told of the records that could not be used.

    Attributes:
        hidden: places of the sources of which it is not told.
        closed: whether their sum may be known: none of them follows from it.
        read: whether it is told how many rows were read in all.
    """

    hidden: frozenset[int]
    closed: bool = True
    read: bool = True


def public_accounts(
    accounts: Sequence[SourceAccount],
    results: Sequence[Result],
    public: Sequence[PublicResult],
    profile: Profile,
    earlier: Earlier | None = None,
) -> tuple[tuple[PublicAccount, ...], PublicRows, Lost]:
    """What became of each source's rows, in the order given, of all rows, and of which sources it is not told.

    Args:
        accounts: as the run has them.
        results: of the run.
        public: the same, as they are shown: a source with a few rows more than a population that is shown would tell
            how many people are in the one and not in the other.
        profile: how small numbers are protected.
        earlier: what an earlier pack told the same readers; None where there is none.
    """
    if not profile.threshold:
        return tuple(_account(one, None, None) for one in accounts), PublicRows(*map(count, _sums(accounts))), Lost(_NO)
    if profile.rounded_to > 1:
        held = [_account(one, profile.held, profile.held) for one in accounts]
        rows = PublicRows(*(profile.count(number) for number in _sums(accounts)))
        return tuple(held), rows, Lost(_NO)
    known = known_of(accounts, earlier)
    whole = _hidden_rows(accounts, known, results, public, profile, earlier)
    hide_rows = _all(accounts, _is_about_somebody) if whole is None else whole
    lost = _hidden_lost(accounts, known, hide_rows, profile)
    shown = tuple(
        _account(
            one,
            profile.held if place in hide_rows else None,
            profile.held if place in lost.hidden else None,
        )
        for place, one in enumerate(accounts)
    )
    read, *others = map(count, _sums(accounts))
    if whole is None:
        read, lost = profile.held(), replace(lost, read=False)
    if lost.hidden:
        # How many could be used in all, DQ07 tells; here it would tell of each where the checks part the files.
        others = [profile.held() for _ in others]
    return shown, PublicRows(read, *others), lost


_NO = frozenset[int]()


def near_known_rows(
    accounts: Sequence[SourceAccount], results: Sequence[Result], profile: Profile, earlier: Earlier | None
) -> dict[str, int]:
    """Code of each check whose counts may not be shown beside rows an earlier pack told of → so many rows.

    The file is the very same, so that to hide its rows now would help nobody.
    """
    if earlier is None or not profile.threshold or profile.rounded_to > 1:
        return {}
    told = [
        one
        for one, known in zip(accounts, known_of(accounts, earlier), strict=True)
        if known.is_told and _is_about_people(one)
    ]
    return {code: number for one in told for code, number in near_rows(one, results, profile).items()}


# --- Rows read ------------------------------------------------------------------------------------------------------


def _hidden_rows(
    accounts: Sequence[SourceAccount],
    known: Sequence[Known],
    results: Sequence[Result],
    public: Sequence[PublicResult],
    profile: Profile,
    earlier: Earlier | None,
) -> frozenset[int] | None:
    """Sources whose number of rows is hidden; None where hiding that of all would not do."""
    people = populations(results, public)
    still = groups_still_hidden(accounts, known, earlier, profile)
    small = []
    for place, one in enumerate(accounts):
        few = _few_rows(one, profile) or _gives_away_lost(one, known[place], profile)
        small.append(place in still or (few and not known[place].is_told))
    near = [
        group
        for group in (*((place,) for place in range(len(accounts))), *_of_one_table(accounts))
        if _all(accounts, _is_about_people).issuperset(group)
        and is_near([accounts[place] for place in group], people, profile)
        and not all(known[place].is_told for place in group)
    ]
    groups = _merged([*near, *((place,) for place in _all(accounts, _is_about_somebody))])
    most = sum(one.rows_read for one in accounts) + profile.threshold
    cells: dict[tuple[int, ...], Cell] = {}
    for group in groups:
        low, high = (sum(ends) for ends in zip(*(known[p].read_ends(accounts[p], most) for p in group), strict=True))
        is_small = any(small[place] for place in group) or any(set(one) <= set(group) for one in near)
        cells[group] = Cell(sum(accounts[place].rows_read for place in group), low, high, is_small)
    return _closed(cells, profile)


def _closed(cells: Mapping[tuple[int, ...], Cell], profile: Profile) -> frozenset[int] | None:
    """Sources to hide, of cells by the sources they are of; None where hiding all would not do.

    What is small is hidden. With it goes only what, once hidden, may be as many numbers as a small count may.
    """
    least = profile.threshold - 1
    places = [of for of, cell in cells.items() if cell.small or cell.high - cell.low + 1 >= least]
    hidden = hidden_cells([cells[of] for of in places], profile.threshold)
    return None if hidden is None else frozenset(place for at in hidden for place in places[at])


def _few_rows(account: SourceAccount, profile: Profile) -> bool:
    numbers = (account.rows_read, account.kept, account.rows_read - account.furniture)
    return _is_about_somebody(account) and any(map(profile.is_small, numbers))


def _gives_away_lost(account: SourceAccount, known: Known, profile: Profile) -> bool:
    """Whether of so few new rows a few were lost that the number of new rows tells how many."""
    low, high = known.lost_ends(account, rows_shown=True, most=account.rows_read + profile.threshold)
    return _is_about_people(account) and profile.is_small(account.lost) and high - low + 1 < profile.threshold - 1


def _of_one_table(accounts: Sequence[SourceAccount]) -> Iterator[tuple[int, ...]]:
    """Sources that together hold the rows of one table, where there are several."""
    for table in sorted({name for one in accounts for name in one.tables}):
        places = tuple(place for place, one in enumerate(accounts) if table in one.tables)
        if len(places) > 1:
            yield places


def _merged(groups: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The groups, those that share a place put together."""
    found: list[set[int]] = []
    for group in groups:
        joined = set(group)
        for other in [one for one in found if not one.isdisjoint(joined)]:
            joined |= other
            found.remove(other)
        found.append(joined)
    return sorted(tuple(sorted(group)) for group in found)


# --- Records lost ---------------------------------------------------------------------------------------------------


def _hidden_lost(
    accounts: Sequence[SourceAccount], known: Sequence[Known], hide_rows: frozenset[int], profile: Profile
) -> Lost:
    """Sources of which it is hidden how many records were lost: first those about people, nobody's where need be."""
    people = _all(accounts, _is_about_people)
    small = {
        place
        for place, one in enumerate(accounts)
        if place in hide_rows
        or (place in people and (profile.is_small(one.lost) or known[place].still_hides_lost(one)))
    }
    if not small:
        return Lost(_NO)
    lossy = {place for place, one in enumerate(accounts) if one.lost}
    for wanted in (people & lossy, people, lossy):
        found = _closing(accounts, known, small, wanted, hide_rows, profile)
        if found is not None:
            return Lost(found)
    return Lost(frozenset(small | people | lossy), closed=False)


def _closing(
    accounts: Sequence[SourceAccount],
    known: Sequence[Known],
    small: Collection[int],
    spare: Collection[int],
    hide_rows: Collection[int],
    profile: Profile,
) -> frozenset[int] | None:
    cells: dict[tuple[int, ...], Cell] = {}
    most = sum(one.lost for one in accounts) + profile.threshold
    for place in sorted({*small, *spare}):
        low, high = known[place].lost_ends(accounts[place], rows_shown=place not in hide_rows, most=most)
        cells[place,] = Cell(accounts[place].lost, low, high, place in small)
    return _closed(cells, profile)


# --- All ------------------------------------------------------------------------------------------------------------


def _all(accounts: Sequence[SourceAccount], about: About) -> frozenset[int]:
    return frozenset(place for place, one in enumerate(accounts) if about(one))


def _is_about_people(account: SourceAccount) -> bool:
    """Whether a source feeds a table whose rows are about people served, by case or person."""
    return not _ABOUT_NO_PEOPLE.issuperset(account.tables)


def _is_about_somebody(account: SourceAccount) -> bool:
    """Whether a source feeds a table whose rows are about people served or workers."""
    return not OF_NOBODY.issuperset(account.tables)


def _sums(accounts: Sequence[SourceAccount]) -> list[int]:
    of_each = [(one.rows_read, one.kept, one.rejected, one.furniture) for one in accounts]
    return [sum(numbers) for numbers in zip(*of_each, strict=True)] or [0, 0, 0, 0]


def _account(
    account: SourceAccount, rows: Callable[[], Figure] | None, parts: Callable[[], Figure] | None
) -> PublicAccount:
    """A source with its numbers, or with what stands for its rows, and for what became of them."""
    return PublicAccount(
        account.source,
        account.tables,
        rows() if rows else count(account.rows_read),
        *(parts() if parts else count(number) for number in (account.kept, account.rejected, account.furniture)),
    )
