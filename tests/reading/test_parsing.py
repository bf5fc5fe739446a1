"""Which columns are kept by numbers of their texts, and that it changes no cell whichever are."""

from __future__ import annotations

import random

import polars as pl
import pytest

from caseaudit.model import SOURCE_ROW, numbered
from caseaudit.reading import parsing
from caseaudit.reading.delimited import read_rows
from caseaudit.reading.dialect import understand

CELLS = (
    "North", "South", " North", "North ", '""', '" "', '"North"', "\u00a0a\u00a0b", "é", "\t", "", "a\u2003", '="01"',
    "Total", '"x,y"', '"a""b"',
)  # fmt: skip


def _kinds(text: str) -> dict[str, pl.DataType]:
    known = understand(text.encode(), "x.csv")
    return dict(read_rows(text.encode(), known, known.layout.headings)[0].drop(SOURCE_ROW).schema)


@pytest.mark.parametrize("note", ["", '"Total: 4, or more"\n'], ids=["plain", "with a note below"])
def test_a_column_of_few_texts_is_kept_by_numbers(note: str) -> None:
    rows = "".join(f"C{at:05},Team {at % 7},{'Yes' if at % 3 else ''}\n" for at in range(400))
    assert _kinds(f"Case ref,Team,Seen\n{rows}{note}") == {
        "Case ref": pl.String,
        "Team": pl.Categorical,
        "Seen": pl.Categorical,
    }


def test_lines_from_all_over_a_long_text_tell_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "_PICKED", 100)
    rows = [f"C{at:05},{'North' if at < 5_000 else f'N{at}'},{at % 9}" for at in range(10_000)]
    text = "\n".join(["Case ref,Team,Band", *rows, ""])
    assert _kinds(text) == {"Case ref": pl.String, "Team": pl.String, "Band": pl.Categorical}


@pytest.mark.parametrize("ending", ["\n", ",\n", "\n\n", '\n"Report run by, me"\n', "\nTotal,,,\n"])
def test_a_wrong_guess_changes_no_cell(monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    seen: set[str] = set()
    for seed in range(150):
        rng = random.Random(seed)
        some = rng.sample(CELLS, 3)
        rows = [",".join([f"C{at}", *(rng.choice(("a", "b", *some)) for _ in range(3))]) for at in range(9)]
        text = ("\n".join(["Case ref,Team,Band,Note", "C,a,b,c", *rows]) + ending).encode()
        known = understand(text, "x.csv")
        answers = []
        for times in (0, 10**9):  # every column by numbers, and none
            monkeypatch.setattr(parsing, "_TIMES", times)
            frame, *others = read_rows(text, known, known.layout.headings)
            seen.update(map(str, frame.drop(SOURCE_ROW).dtypes))
            answers.append((frame.cast({pl.Categorical: pl.String}).rows(), others))
        assert answers[0] == answers[1], seed
    assert seen == {"String", "Categorical"}


def test_texts_stand_at_the_places_of_their_numbers() -> None:
    column = pl.Series("c", ["b", None, "a", "b", "z"], dtype=pl.Categorical)
    for some in (column, column.filter(column != "b"), column.head(0), column.slice(1, 1)):
        texts, numbers = numbered(some)
        assert texts.gather(numbers).to_list() == some.to_list()
        assert sorted(texts.drop_nulls()) == sorted({*some.drop_nulls()})
