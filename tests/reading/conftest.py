"""Helpers of the reading tests: write a file, survey it, load it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import pytest

from caseaudit.model import SOURCE_ROW, Export, Sheet
from caseaudit.reading import load, survey


@dataclass(frozen=True)
class Read:
    """One file read through both doors."""

    sheet: Sheet
    export: Export

    @property
    def rows(self) -> dict[int, tuple[str | None, ...]]:
        """Physical row → its cells."""
        frame = self.export.frame
        return dict(zip(frame[SOURCE_ROW], frame.drop(SOURCE_ROW).rows(), strict=True))

    @property
    def malformed(self) -> set[int]:
        return {one.row for one in self.export.set_aside if not one.furniture}

    @property
    def furniture(self) -> set[int]:
        return {one.row for one in self.export.set_aside if one.furniture}

    @property
    def notes(self) -> str:
        return " ".join(self.export.source.notes)


Reader = Callable[..., Read]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Write CONTENT to a file, survey it and load one of its sheets."""

    def reader(
        content: str | bytes, name: str = "cases.csv", sheet: int = 0, headings: Collection[str] | None = None
    ) -> Read:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        found = survey([path]).sheets[sheet]
        export = load(found, found.headings if headings is None else headings)
        assert export.source.rows_read == export.frame.height + len(export.set_aside)
        return Read(found, export)

    return reader
