"""What became of the rows of each export, as an audience may know it: a file may hold a few people's rows alone.

Rows read = kept + rejected, for every source and all together. So where one of these is a small number of rows about
people, others of the same source and of other sources are held back with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from caseaudit.disclosure.counts import ROWS, is_about_people
from caseaudit.disclosure.profiles import Profile
from caseaudit.disclosure.protecting import Cell, hidden_cells
from caseaudit.model import Result, SourceAccount
from caseaudit.publication import Figure, PublicAccount, PublicResult, PublicRows, count

OF_NOBODY = frozenset({"attestations", "duty_rota", "establishment", "governance", "huddles", "risk_register"})
OF_WORKERS = frozenset({"capacity_exceptions", "competencies", "peer_roles", "staff", "supervision", "training"})
"""Tables with no row about a person served: those about nobody, and those about workers. Any other is about people.

Written down, not asked of `caseaudit.tables`: its models load Pandera, half a second that a report need not take.
"""

_ABOUT_NO_PEOPLE = OF_NOBODY | OF_WORKERS

About = Callable[[SourceAccount], bool]


def public_accounts(
    accounts: Sequence[SourceAccount], results: Sequence[Result], public: Sequence[PublicResult], profile: Profile
) -> tuple[tuple[PublicAccount, ...], PublicRows]:
    """What became of each source's rows, in the order given, and of all rows.

    Args:
        accounts: as the run has them.
        results: of the run.
        public: the same, as they are shown: a source with a few rows more than a population that is shown would tell
            how many people are in the one and not in the other.
        profile: how small numbers are protected.
    """
    if not profile.threshold:
        return tuple(_account(one, None, None) for one in accounts), PublicRows(*map(count, _sums(accounts)))
    if profile.rounded_to > 1:
        held = [_account(one, profile.held, profile.held) for one in accounts]
        return tuple(held), PublicRows(*(profile.count(number) for number in _sums(accounts)))
    near = {
        int(shown.population.value)
        for raw, shown in zip(results, public, strict=True)
        if shown.population.value and is_about_people(raw) and raw.subject not in ROWS
    }
    few = [_few_rows(one, near, profile) for one in accounts]
    whole = _hidden(accounts, few, lambda one: one.rows_read, _is_about_somebody, profile)
    lost = [
        place in (whole or ()) or (_is_about_people(one) and profile.is_small(_lost(one)))
        for place, one in enumerate(accounts)
    ]
    parted = _hidden(accounts, lost, _lost, _is_about_people, profile)
    hide_rows = _all(accounts, _is_about_somebody) if whole is None else whole
    hide_lost = hide_rows | (_all(accounts, _is_about_people) if parted is None else parted)
    shown = tuple(
        _account(
            one,
            profile.held if place in hide_rows else None,
            profile.held if place in hide_lost else None,
        )
        for place, one in enumerate(accounts)
    )
    read, *others = map(count, _sums(accounts))
    if whole is None:
        read = profile.held()
    if whole is None or parted is None:
        others = [profile.held() for _ in others]
    return shown, PublicRows(read, *others)


def _few_rows(account: SourceAccount, near: Iterable[int], profile: Profile) -> bool:
    """Whether how many rows a source has tells of few: by itself, or beside a population that is shown."""
    if not _is_about_somebody(account):
        return False
    numbers = (account.rows_read, account.kept, account.rows_read - account.furniture)
    if any(map(profile.is_small, numbers)):
        return True
    return _is_about_people(account) and any(profile.is_small(n - people) for people in near for n in numbers)


def _hidden(
    accounts: Sequence[SourceAccount],
    small: Sequence[bool],
    number: Callable[[SourceAccount], int],
    about: About,
    profile: Profile,
) -> frozenset[int] | None:
    """Sources of which a number is hidden, those that would give it away with them; None where hiding all will not do.

    Only sources about somebody are hidden; of the others every number is known.
    """
    places = sorted(_all(accounts, about))
    most = sum(number(accounts[place]) for place in places) + profile.threshold
    cells = [Cell(number(accounts[place]), 0, most, small[place]) for place in places]
    hidden = hidden_cells(cells, profile.threshold)
    return None if hidden is None else frozenset(places[place] for place in hidden)


def _all(accounts: Sequence[SourceAccount], about: About) -> frozenset[int]:
    return frozenset(place for place, one in enumerate(accounts) if about(one))


def _is_about_people(account: SourceAccount) -> bool:
    """Whether a source feeds a table whose rows are about people served, by case or person."""
    return not _ABOUT_NO_PEOPLE.issuperset(account.tables)


def _is_about_somebody(account: SourceAccount) -> bool:
    """Whether a source feeds a table whose rows are about people served or workers."""
    return not OF_NOBODY.issuperset(account.tables)


def _lost(account: SourceAccount) -> int:
    """Records that could not be used: of the rejected, what is no totals row, repeated header or note."""
    return account.rejected - account.furniture


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
