"""Text files: understood from their beginning, then read, and what was understood kept from the one to the other."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from caseaudit.model import Sheet, Source
from caseaudit.reading import limits
from caseaudit.reading.content import Content, keep

if TYPE_CHECKING:
    import polars as pl

    from caseaudit.reading.dialect import Understood
    from caseaudit.reading.encoding import Text

_TOLD_BY = 2**20
"""Bytes of a text on which what is understood of it rests; it looks at no more than the first half of them."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was understood of a text from its beginning, and by what to know that beginning again.

    Attributes:
        length, digest: of the beginning.
        known: what it told.
    """

    length: int
    digest: bytes
    known: Understood

    def begins(self, text: Text) -> bool:
        """Whether a text begins so, and so tells the same."""
        return hashlib.sha256(text.data[: self.length]).digest() == self.digest


# Until the rows are read. The key is the digest of the bytes, so nothing stale comes back.
_lock = Lock()
_known: dict[tuple[str, str | None], _Kept] = {}


def survey_text(content: Content) -> Sheet:
    """Find out how a text file is to be understood.

    Raises:
        UnreadableExport: it is no text, or has no table.
    """
    from caseaudit.reading.delimited import sample_rows
    from caseaudit.reading.dialect import takes_the_whole, understand
    from caseaudit.reading.encoding import read_beginning, read_text
    from caseaudit.reading.frames import frame_of

    marked, ascii_only = bool(content.mark), content.ascii_only
    text = read_beginning(content.data, content.name, marked=marked, ascii_only=ascii_only)
    if text is None or takes_the_whole(text.data):
        text = read_text(content.data, content.name, marked=marked, ascii_only=ascii_only)
    known = understand(text.data, content.name)
    _keep(content, text, known)
    if content.member is None:
        keep(content)
    headings = known.layout.headings
    sample = frame_of(sample_rows(known), headings, headings)
    return Sheet(content.path, _source(content, text, known), headings, sample, content.member)


def read_text_file(
    content: Content, wanted: Collection[str]
) -> tuple[Source, pl.DataFrame, list[tuple[int, str, bool]]]:
    """Read the rows of a text file.

    Args:
        content: the file.
        wanted: headings of the columns to read.

    Returns:
        What is known of the source, the rows, and (row, reason, whether furniture) of what was set aside.

    Raises:
        UnreadableExport: it is no text, or has no table.
    """
    from caseaudit.reading.delimited import notes_on, read_carefully
    from caseaudit.reading.dialect import understand
    from caseaudit.reading.encoding import decode, one_line_end
    from caseaudit.reading.plain import read_plain

    text = decode(content.data, content.name, marked=bool(content.mark), ascii_only=content.ascii_only)
    kept = _known.pop(content.key, None)
    frame, aside = None, list[tuple[int, str, bool]]()
    # Most exports are read with the line ends they have; to change those first takes as long as to parse the text.
    if kept is not None and kept.begins(one_line_end(replace(text, data=text.data[: 2 * kept.length]))):
        known = kept.known
        frame = read_plain(text.data, known, wanted, ascii_only=text.ascii_only)
        more = notes_on(text.data, known)
    if frame is None:
        text = one_line_end(text)
        known = kept.known if kept is not None and kept.begins(text) else understand(text.data, content.name)
        frame, aside, more = read_carefully(text.data, known, wanted)
    source = _source(content, text, known)
    return replace(source, notes=(*source.notes, *more)), frame, aside


def _source(content: Content, text: Text, known: Understood) -> Source:
    notes = [*text.notes, *known.layout.notes]
    if content.name.casefold().endswith((".xls", ".xlsx", ".xlsb", ".xlsm", ".ods", ".parquet", ".zip")):
        notes.append("The file's ending is wrong: it is a text file with delimiters and was read as such.")
    return Source(
        file=content.name,
        sheet=None,
        sha256=content.sha256,
        encoding=text.encoding,
        delimiter=known.dialect.delimiter,
        header_row=known.layout.last_row,
        rows_read=0,
        notes=tuple(notes),
    )


def _keep(content: Content, text: Text, known: Understood) -> None:
    beginning = text.data[:_TOLD_BY]
    with _lock:
        if len(_known) < limits.TEXTS_KEPT:
            _known[content.key] = _Kept(len(beginning), hashlib.sha256(beginning).digest(), known)


def forget() -> None:
    """Forget what was understood: every row is read."""
    with _lock:
        _known.clear()
