"""The bytes of a file, or of a ZIP's member, on their way to a reader."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from caseaudit.reading.files import read_bytes
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
        sha256: digest of the whole file.
    """

    path: Path
    name: str
    member: str | None
    mark: bytes
    data: bytes
    sha256: str

    @classmethod
    def of_file(cls, path: Path, name: str) -> Content:
        """A file read.

        Raises:
            UnreadableExport: it cannot be opened, is empty or too big.
        """
        mark, data = read_bytes(path, name)
        digest = hashlib.sha256(mark)
        digest.update(data)
        return cls(path, name, None, mark, data, digest.hexdigest())

    def with_member(self, member: str, name: str, data: bytes) -> Content:
        """A member of this file, a ZIP."""
        return replace(self, name=name, member=member, mark=b"", data=data)

    @property
    def key(self) -> tuple[str, str | None]:
        """By what to know these very bytes again."""
        return self.sha256, self.member

    @property
    def kind(self) -> tuple[Kind, str]:
        """The kind of the file and, for a refused one, what it is in words; see `kind_of`."""
        # After a mark there is text, and nothing but its beginning tells of what kind.
        return kind_of(self.mark + self.data[:4096] if self.mark else self.data)
