"""The bytes of a file, or of a ZIP's member, on their way to a reader."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from caseaudit.reading import limits
from caseaudit.reading.files import State, read_bytes, state_of
from caseaudit.reading.kinds import Kind, kind_of


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader is given.

    Attributes:
        path: the file.
        name: file, or file and member, as messages name it.
        member: name inside a ZIP; None for a file of its own.
        mark: the byte-order mark of UTF-8 that stood before `data`, if one did and was taken off.
        data: the bytes.
        ascii_only: whether there is no sign beyond ASCII in them; looked for once, for a long text has many.
        sha256: digest of the whole file.
        state: of the file when it was read; see files.state_of.
    """

    path: Path
    name: str
    member: str | None
    mark: bytes
    data: bytes
    ascii_only: bool
    sha256: str
    state: State

    @classmethod
    def of_file(cls, path: Path, name: str) -> Content:
        """A file read.

        Raises:
            UnreadableExport: it cannot be opened, is empty or too big.
        """
        file = read_bytes(path, name)
        digest = hashlib.sha256(file.mark)
        digest.update(file.data)
        return cls(path, name, None, file.mark, file.data, file.data.isascii(), digest.hexdigest(), file.state)

    def with_member(self, member: str, name: str, data: bytes) -> Content:
        """A member of this file, a ZIP."""
        return replace(self, name=name, member=member, mark=b"", data=data, ascii_only=data.isascii())

    @property
    def key(self) -> tuple[str, str | None]:
        """By what to know these very bytes again."""
        return self.sha256, self.member

    @property
    def kind(self) -> tuple[Kind, str]:
        """The kind of the file and, for a refused one, what it is in words; see `kind_of`."""
        # After a mark there is text, and nothing but its beginning tells of what kind.
        return kind_of(self.mark + self.data[:4096] if self.mark else self.data)


_lock = Lock()
_kept: dict[Path, Content] = {}


def keep(content: Content) -> None:
    """Keep the bytes of a file until its rows are read, if it is the biggest of those given here.

    Of that one the bytes are in hand once its rows are read in any case; to keep more would raise a run's peak.
    """
    size = len(content.data)
    with _lock:
        if size <= limits.BYTES_KEPT and all(size > len(one.data) for one in _kept.values()):
            _kept.clear()
            _kept[content.path] = content


def read_again(path: Path, name: str) -> Content:
    """A file for the second time: what is kept of it, if it was not written to since.

    Raises:
        UnreadableExport: it cannot be opened any more, is empty or too big.
    """
    with _lock:
        kept = _kept.pop(path, None)
    if kept is not None and kept.state == state_of(path):
        return replace(kept, name=name)
    return Content.of_file(path, name)


def forget() -> None:
    """Keep nothing any more: every row is read."""
    with _lock:
        _kept.clear()
