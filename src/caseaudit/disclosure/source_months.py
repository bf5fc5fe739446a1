"""The same export in two packs: what the earlier one told of its rows is known still.

An export may be the very file of then, which its digest tells, or hold the rows of then and more. Whoever holds both
packs knows of the first everything the earlier one told, and may suppose the second of every file that has not become
shorter. So what was hidden then stays hidden, and what is hidden now must keep its values beside what was shown then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caseaudit.disclosure.naming import numbered
from caseaudit.disclosure.profiles import Profile
from caseaudit.model import SourceAccount
from caseaudit.publication import Earlier, Figure, PublicAccount


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier pack told of a source.

    Attributes:
        told: its numbers; None where the earlier pack has no such source.
        same: whether it is the very same file.
    """

    told: PublicAccount | None = None
    same: bool = False

    @property
    def read(self) -> int | None:
        """Rows read then, where they were shown."""
        return _number(self.told.rows_read) if self.told else None

    @property
    def lost(self) -> int | None:
        """Records lost then, where they were shown."""
        if self.told is None or self.told.rejected.value is None or self.told.furniture.value is None:
            return None
        return int(self.told.rejected.value - self.told.furniture.value)

    @property
    def is_told(self) -> bool:
        """Whether everybody knows how many rows it has: to hide that would help nobody."""
        return self.same and self.read is not None

    def shrank(self, account: SourceAccount) -> bool:
        """Whether the file has fewer rows than then, so that it does not only grow."""
        return not self.same and self.read is not None and account.rows_read < self.read

    def read_ends(self, account: SourceAccount, most: int) -> tuple[int, int]:
        """The fewest and the most rows it may have, once that is hidden."""
        if self.read is None or self.shrank(account):
            return 0, most
        return self.read, self.read if self.same else most

    def lost_ends(self, account: SourceAccount, *, rows_shown: bool, most: int) -> tuple[int, int]:
        """The fewest and the most records of it that may be lost, once that is hidden."""
        if self.read is None or self.lost is None or self.shrank(account):
            return 0, most
        high = self.lost + account.rows_read - self.read if rows_shown else most
        # Where that is not so, rows were corrected or taken away, and the file does not only grow.
        return (self.lost, high) if self.lost <= account.lost <= high else (0, most)

    def still_hides_lost(self, account: SourceAccount) -> bool:
        """Whether the earlier pack hides what became of rows that are, for all anybody knows, still in the file."""
        return self.told is not None and self.told.kept.hidden and not self.shrank(account)


def known_of(accounts: Sequence[SourceAccount], earlier: Earlier | None) -> list[Known]:
    """What the earlier pack told of each source: of that with its name, its digest, or alone with its tables."""
    if earlier is None:
        return [Known()] * len(accounts)
    named = numbered(account.source for account in accounts)
    now = [named[account.source.label] for account in accounts]
    found: list[PublicAccount | None] = [None] * len(accounts)
    left = list(earlier.accounts)
    keys = (
        lambda source, _: (source.label,),
        lambda source, _: (source.sha256, source.sheet),
        lambda _, tables: tuple(sorted(tables)),
    )
    for key in keys:
        then: dict[tuple[object, ...], list[PublicAccount]] = {}
        for one in left:
            then.setdefault(key(one.source, one.tables), []).append(one)
        mine: dict[tuple[object, ...], list[int]] = {}
        for place, account in enumerate(accounts):
            if found[place] is None:
                mine.setdefault(key(now[place], account.tables), []).append(place)
        for word, places in mine.items():
            if len(places) == 1 and len(then.get(word, ())) == 1:
                found[places[0]] = then[word][0]
                left.remove(then[word][0])
    return [
        Known(one, one is not None and bool(one.source.sha256) and one.source.sha256 == account.source.sha256)
        for one, account in zip(found, accounts, strict=True)
    ]


def groups_still_hidden(
    accounts: Sequence[SourceAccount], known: Sequence[Known], earlier: Earlier | None, profile: Profile
) -> frozenset[int]:
    """Sources whose number of rows the earlier pack hides, while it would follow from what they have now.

    It would not once they are together by some fewer than then, or by far more.
    """
    hidden = [place for place, one in enumerate(known) if one.told is not None and one.told.rows_read.hidden]
    if earlier is None or not hidden:
        return frozenset()
    same = frozenset(place for place in hidden if known[place].same)
    every = _number(earlier.rows.read) if earlier.rows else None
    if every is not None:
        then = every - sum(_number(one.rows_read) or 0 for one in earlier.accounts)
        more = sum(accounts[place].rows_read for place in hidden) - then
        if more <= -profile.threshold or more >= 2 * profile.threshold:
            return same
    return frozenset(hidden)


def _number(figure: Figure) -> int | None:
    return None if figure.value is None else int(figure.value)
