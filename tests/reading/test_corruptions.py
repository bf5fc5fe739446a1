"""Good exports spoiled in 10,000 ways: no record is changed or moved without a word, and none is lost."""

from __future__ import annotations

import random

import corruption
import pytest

from caseaudit.errors import UnreadableExport
from caseaudit.model import SOURCE_ROW
from caseaudit.reading.delimited import read_rows
from caseaudit.reading.dialect import understand
from caseaudit.reading.encoding import read_text

CHUNKS = 20
RECORDS_SPOILED = 400
HEADERS_SPOILED = 100


def _file(seed: int) -> tuple[random.Random, corruption.File]:
    rng = random.Random(seed)
    return rng, corruption.File.of(rng, rng.choice((8, 12, 20)))


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_spoiled_records(chunk: int) -> None:
    for seed in range(chunk * RECORDS_SPOILED, (chunk + 1) * RECORDS_SPOILED):
        rng, file = _file(seed)
        harmless = rng.choice(corruption.HARMLESS) if seed % 3 else None
        damage = rng.choice(corruption.RECORD_DAMAGE) if seed % 3 != 1 else None
        for spoil in (harmless, damage):
            if spoil:
                spoil(rng, file)
        there, doubtful = file.by_line()
        text = read_text(file.bytes(), "x.csv")
        known = understand(text.data, "x.csv")
        frame, aside, notes = read_rows(text.data, known, known.layout.headings)
        said = f"seed {seed}: {harmless} {damage}"
        assert known.layout.headings == corruption.HEADINGS, said
        kept = {row[-1]: tuple(cell or "" for cell in row[:-1]) for row in frame.rows()}
        lines = [row for row, _, _ in aside]
        assert len({*kept, *lines}) == len(kept) + len(lines), said
        if not notes:  # a note has said that a cell may not be as it was
            assert set(kept) <= set(there), said
        assert all(there[line] == row for line, row in kept.items() if line in there), said
        assert set(there) <= set(kept) | doubtful, said
        # Spoiled or not, what says something is kept or listed: nothing leaves without its line.
        assert {line for line in file.said() if line > known.lines} <= {*kept, *lines}, said


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_spoiled_headers(chunk: int) -> None:
    refused = 0
    for seed in range(chunk * HEADERS_SPOILED, (chunk + 1) * HEADERS_SPOILED):
        rng, file = _file(seed + 1_000_000)
        damage = rng.choice(corruption.HEADER_DAMAGE)
        damage(rng, file)
        there, _ = file.by_line()
        text = read_text(file.bytes(), "x.csv")
        try:
            known = understand(text.data, "x.csv")
        except UnreadableExport:
            refused += 1
            continue
        frame, aside, _ = read_rows(text.data, known, known.layout.headings)
        said = f"seed {seed}: {damage}"
        for row in frame.iter_rows(named=True):
            record = there[row[SOURCE_ROW]]
            named = {
                name: cell
                for name, cell in zip(corruption.HEADINGS, record, strict=True)
                if name in known.layout.headings
            }
            assert {name: row[name] or "" for name in named} == named, said
        listed = {*frame[SOURCE_ROW], *(row for row, _, _ in aside)}
        assert set(there) | {line for line in file.said() if line > known.lines} <= listed, said
    assert refused > 0.8 * HEADERS_SPOILED
