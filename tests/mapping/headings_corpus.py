"""The corpus of headings with their answers, and sheets with values that look like what the answer says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from made_sheets import make_sheet

from caseaudit.mapping.aliases import aliases
from caseaudit.model import Sheet
from caseaudit.tables import spec

ROWS = 12
_NAMES = ("Ada Birch", "Bo Carter", "Cy Dunn", "Di Ewart", "Ed Finch", "Fay Gill")


@dataclass
class Case:
    """One sheet of the corpus: its file, its table, heading → answer, and heading → cells where the corpus has them."""

    file: str
    table: str
    answers: dict[str, str] = field(default_factory=dict)
    cells: dict[str, list[str | None]] = field(default_factory=dict)


def corpus(name: str = "headings.txt") -> list[Case]:
    """The sheets of a file of headings."""
    found: list[Case] = []
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            file, table = line[2:].split(" | ")
            found.append(Case(file, table))
        elif " -> " in line and not line.startswith("#"):
            heading, answer = line.split(" -> ", 1)
            answer, _, said = answer.partition(" :: ")
            found[-1].answers[heading] = answer
            if said:
                found[-1].cells[heading] = as_said(said)
    return found


def path_of(case: Case, answer: str) -> str | None:
    """The field that an answer names, as `table.field`; None where the column feeds nothing."""
    wanted = answer.lstrip("?")
    return None if wanted in {"-", "!"} else wanted if "." in wanted else f"{case.table}.{wanted}"


def as_said(text: str) -> list[str | None]:
    """Cells as a corpus writes them: "A7+" counts up from A7, "a | ~" is a and a blank in turn."""
    if counting := re.fullmatch(r"(.*?)(\d+)\+", text.strip()):
        start, number = counting.groups()
        return [f"{start}{int(number) + i:0{len(number)}}" for i in range(ROWS)]
    said = [None if one.strip() == "~" else one.strip() for one in text.split(" | ")]
    return [said[i % len(said)] for i in range(ROWS)]


def cells(table: str, answer: str) -> list[str]:
    """Values of a column that holds what the answer says."""
    if answer.lstrip("?") in {"-", "!"}:
        return [f"entry {i}" for i in range(ROWS)] if answer == "-" else [_NAMES[i % 6] for i in range(ROWS)]
    table, name = answer.split(".") if "." in answer else (table, answer.lstrip("?"))
    one = spec(table).fields[name]
    shapes = {
        "day": [f"{i + 8:02}/0{i % 9 + 1}/2025" for i in range(ROWS)],
        "month": [f"01/{i % 12 + 1:02}/2025" for i in range(ROWS)],
        "number": [f"{i / 4:.2f}" for i in range(ROWS)],
        "yes_no": ["Yes", "No"] * (ROWS // 2),
        "ident": [f"{name[0].upper()}{100 + i}" for i in range(ROWS)],
    }
    if one.kind in shapes:
        return shapes[one.kind]
    words = [word for word in aliases().values.get(one.path, {}) if len(word) > 3] or list(one.codes) or ["word"]
    return [_NAMES[i % 6] if one.name == "name" else words[i % len(words)] for i in range(ROWS)]


def sheet_of(case: Case, headings: dict[str, str] | None = None) -> Sheet:
    """The sheet of a case; `headings` writes some of its headings in another way."""
    told = headings or {}
    columns = {h: case.cells.get(h) or cells(case.table, answer) for h, answer in case.answers.items()}
    return make_sheet(case.file, {told.get(h, h): column for h, column in columns.items()})
