"""The XML of long sheets in pieces: unpacked once for a survey and for the rows, as far as memory should go to that."""

from __future__ import annotations

import zipfile
from collections import deque
from collections.abc import Iterator

from caseaudit.reading import limits

_PIECE = 2**21


class Unpacked:
    """What is kept of a package's members from one reading to the next."""

    def __init__(self) -> None:
        self._kept: dict[str, deque[bytes]] = {}

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return sum(map(len, (piece for pieces in self._kept.values() for piece in pieces)))

    def first(self, package: zipfile.ZipFile, member: str) -> Iterator[bytes]:
        """A member in pieces, which are kept if there is room for all of them."""
        room = self.size + package.getinfo(member).file_size <= limits.UNPACKED_KEPT
        kept: deque[bytes] = deque()
        for piece in _pieces(package, member):
            if room:
                kept.append(piece)
            yield piece
        self._kept[member] = kept

    def again(self, package: zipfile.ZipFile, member: str) -> Iterator[bytes]:
        """A member in pieces; what is kept of it is let go piece by piece."""
        kept = self._kept.pop(member, None)
        if not kept:
            yield from _pieces(package, member)
        while kept:
            yield kept.popleft()

    def let_go(self, member: str | None = None) -> None:
        """Keep nothing any more of a member, or of all of them."""
        for name in list(self._kept) if member is None else [member]:
            self._kept.pop(name, None)


def _pieces(package: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    with package.open(member) as file:
        while piece := file.read(_PIECE):
            yield piece
