"""Over spoiled exports: inspect and a run read the same, every row is kept or listed, and nothing else happens."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from caseaudit import pipeline
from caseaudit.errors import CaseauditError
from caseaudit.model import Tables

HEADINGS = ("Contact ID", "Case ID", "Contact date", "Worker", "Outcome", "Planned", "Purpose")
OUTCOMES = ("Attended", "DNA", "Cancelled by patient", "cancelled by service", "N/A", "")
SCRAPS = ('"', ",", "\n", "\r", "\0", ";", "é", "Total", "31/02/2026", "#REF!", "1.2E+11", "\u202e", "=1+1", "N/A")


Table = list[list[str]]


def in_cells(table: Table, chance: random.Random) -> None:
    """A cell changed, taken out or put in, or a row's cells mixed up."""
    row = chance.choice(table)
    at = chance.randrange(len(row)) if row else 0
    way = chance.randrange(5)
    if way == 0:
        row[at : at + 1] = [chance.choice(SCRAPS)]
    elif way == 1:
        row[at : at + 1] = ["".join(row[at : at + 1]) + chance.choice(SCRAPS)]
    elif way == 2:
        del row[at : at + 1]
    elif way == 3:
        row.insert(at, chance.choice(SCRAPS))
    else:
        chance.shuffle(row)


def in_rows(table: Table, chance: random.Random) -> None:
    """A row repeated, a blank one, a title, or a column lost."""
    place = chance.randrange(len(table) + 1)
    way = chance.randrange(4)
    if way == 0:
        table.insert(place, list(chance.choice(table)))
    elif way == 1:
        table.insert(place, [""] * len(HEADINGS))
    elif way == 2:
        table.insert(0, [chance.choice(("Contacts report", "Run by: somebody", ""))])
    else:
        column = chance.randrange(len(HEADINGS))
        table[:] = [[*one[:column], *one[column + 1 :]] for one in table]


def spoiled(chance: random.Random) -> bytes:
    """An export of contacts with something done to its cells, rows, columns, encoding or bytes."""
    rows = [
        [
            f"K{i}",
            f"C{i % 7}",
            f"{13 + i % 15}/05/2026",
            f"W{i % 4}",
            chance.choice(OUTCOMES),
            "YN"[i % 2],
            "Engagement",
        ]
        for i in range(chance.randrange(1, 30))
    ]
    table = [list(HEADINGS), *rows]
    for _ in range(chance.randrange(1, 4)):
        chance.choice((in_cells, in_rows))(table, chance)
    sign = chance.choice((",", ",", ";", "\t", "|"))
    text = chance.choice(("\n", "\r\n", "\r")).join(map(sign.join, table))
    content = text.encode(chance.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16")), errors="replace")
    if chance.random() < 0.3:
        at = chance.randrange(len(content))
        content = content[:at] + chance.randbytes(chance.randrange(3)) + content[at + 1 :]
    return content[: chance.randrange(1, len(content) + 1)] if chance.random() < 0.1 else content


def understood(path: Path) -> Tables | str:
    """What inspect makes of a file, or the sentence in which it is refused."""
    try:
        return pipeline.understood([path]).tables
    except CaseauditError as fault:
        return str(fault)


def counted(tables: Tables) -> list[tuple[int, int, int]]:
    return [(one.rows_read, one.kept, one.rejected) for one in tables.accounts]


@pytest.mark.parametrize("chunk", range(4))
def test_inspect_and_run_agree(chunk: int, tmp_path: Path) -> None:
    read = 0
    for seed in range(chunk * 25, chunk * 25 + 25):
        path = tmp_path / "Contacts.csv"
        path.write_bytes(spoiled(random.Random(seed)))
        seen = understood(path)
        if isinstance(seen, str):  # a refusal is an answer, and a run gives the same
            with pytest.raises(CaseauditError) as again:
                pipeline.canonical_tables([path], None, ())
            assert str(again.value) == seen, seed
            continue
        assert all(rows == kept + rejected for rows, kept, rejected in counted(seen)), seed
        listed = {(one.source, one.row) for one in seen.rejected if one.whole}
        assert len(listed) == sum(rejected for _, _, rejected in counted(seen)), seed
        if any(frame.height for frame in seen.frames.values()):
            run = pipeline.canonical_tables([path], None, ())
            assert counted(run) == counted(seen), seed
            rows = {name: frame.rows() for name, frame in seen.frames.items()}
            assert {name: frame.rows() for name, frame in run.frames.items()} == rows, seed
            read += 1
    assert read > 10
