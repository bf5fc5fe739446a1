"""Cells trimmed, placeholder words blanked, and words, numbers, yes and no read."""

from __future__ import annotations

import polars as pl
import pytest

from caseaudit.normalising.booleans import read_yes_no
from caseaudit.normalising.codes import read_codes, read_words, snake
from caseaudit.normalising.columns import read_column
from caseaudit.normalising.numbers import read_numbers
from caseaudit.normalising.words import blanked, trimmed
from caseaudit.tables import spec


def test_odd_spaces_and_hidden_signs_go() -> None:
    column = pl.Series("c", ["\u00a0 W12 \u200b", "a\u00a0b", "\ufeffx", " \t ", "é ", "\x00y", None])
    assert trimmed(column).to_list() == ["W12", "a b", "x", None, "é", "y", None]


@pytest.mark.parametrize("word", ["N/A", "n/a", "TBC", "-", "Not Known", "none recorded", "#REF!", "(blank)", "?"])
@pytest.mark.parametrize("kind", ["ident", "text", "code", "day", "number", "yes_no", "words", "month"])
def test_placeholder_words_are_blank_in_every_kind_and_counted(word: str, kind: str) -> None:
    column, count = blanked(pl.Series("c", [word, "W12"]), kind, "cases.x")
    assert (column.to_list(), count) == ([None, "W12"], 1)


def test_none_is_an_answer_only_where_somebody_found_it_out() -> None:
    said = pl.Series("c", ["None"])
    assert blanked(said, "words", "cases.needs")[1] == 0
    assert blanked(said, "text", "supervision.risks_identified")[1] == 0
    assert blanked(said, "text", "cases.step_down_criteria")[1] == 1
    assert blanked(said, "text", "supervision.pressure_point")[1] == 1


def test_no_is_an_answer_to_a_question_but_no_date() -> None:
    assert blanked(pl.Series("c", ["No"]), "yes_no", "x.y")[1] == 0
    assert blanked(pl.Series("c", ["No"]), "day", "x.y")[1] == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.8", 0.8), ("1", 1.0), (".5", 0.5), ("80%", 0.8), ("0,8", 0.8), ("1,234", 1234.0), ("1,234.5", 1234.5),
        ("0.6 WTE", 0.6), ("-2", None), ("12,34", 12.34), ("1 234", 1234.0),
        ("one", None), ("1.2.3", None), ("NaN", None), ("inf", None), ("1e400", None), ("", None), ("٣", None),
    ],
)  # fmt: skip
def test_numbers(text: str, number: float | None) -> None:
    answer = read_numbers(pl.Series([text])).row(0, named=True)
    assert answer["value"] == number
    assert (answer["problem"] is None) == (number is not None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [("Yes", True), ("Y", True), ("TRUE", True), ("1", True), ("✓", True), ("x", True), ("☒", True), ("-1", True),
     ("No", False), ("n", False), ("False", False), ("0", False), ("✗", False), ("perhaps", None), ("2", None)],
)  # fmt: skip
def test_yes_and_no(text: str, answer: bool | None) -> None:
    row = read_yes_no(pl.Series([text]), {}).row(0, named=True)
    assert row["value"] is answer
    assert (row["problem"] is None) == (answer is not None)


def test_a_sources_own_words_for_yes_and_no() -> None:
    assert read_yes_no(pl.Series(["Unplanned", "Planned"]), {"unplanned": "no", "planned": "yes"}).get_column(
        "value"
    ).to_list() == [False, True]


def test_codes_by_value_map_else_as_written() -> None:
    found = read_codes(
        pl.Series(["DNA", "d.n.a", "V High", "Very  High", "Purple zone!"]),
        {"dna": "did_not_attend", "d.n.a": "did_not_attend", "v high": "very_high"},
    )
    assert found.get_column("value").to_list() == ["did_not_attend"] * 2 + ["very_high"] * 2 + ["purple_zone"]


def test_a_word_of_signs_alone_is_kept_for_the_unknown_code_check() -> None:
    assert snake("+++") == "+++"


def test_several_words_in_one_cell() -> None:
    found = read_words(
        pl.Series(["Meds; Housing", "meds/housing,Meds", "Drug and alcohol | SG\nHousing"]),
        {"meds": "medication", "sg": "safeguarding", "drug and alcohol": "substance_misuse"},
    )
    assert found.get_column("value").to_list() == [
        "medication;housing", "medication;housing", "substance_misuse;safeguarding;housing"
    ]  # fmt: skip


def test_identifiers_keep_their_zeros_and_case() -> None:
    read = read_column(pl.Series("c", ["00123", "abC-1", " 7 "]), spec("cases").fields["case_id"], {}, "dmy")
    assert read.values.to_list() == ["00123", "abC-1", "7"]


def test_identifiers_become_numbers_are_mended_only_if_all_have() -> None:
    field = spec("cases").fields["case_id"]
    assert read_column(pl.Series("c", ["12.0", "7.0", None]), field, {}, "dmy").values.to_list() == ["12", "7", None]
    some = read_column(pl.Series("c", ["12.0", "A7"]), field, {}, "dmy")
    assert some.values.to_list() == ["12.0", "A7"]
    assert "ending in “.0”" in some.notes[0]


@pytest.mark.parametrize("odd", ["W 1", "W1 ", "n/a", "w-1.0", "-", "W1\u200b", "none"])
def test_one_odd_identifier_among_plain_ones_is_still_read_as_such(odd: str) -> None:
    field = spec("cases").fields["case_id"]
    plain = [f"W{at}" for at in range(2000)]
    alone = read_column(pl.Series("c", [odd]), field, {}, "dmy")
    among = read_column(pl.Series("c", [*plain, None, odd]), field, {}, "dmy")
    assert among.values.to_list() == [*plain, None, *alone.values]
    assert (among.blanks, among.notes) == (alone.blanks, alone.notes)
    assert read_column(pl.Series("c", [*plain, None]), field, {}, "dmy").values.to_list() == [*plain, None]


def test_and_parts_known_words_only() -> None:
    known = {"medication": "medication", "sg": "safeguarding", "drugs and alcohol": "substance_misuse"}
    texts = pl.Series("c", ["Medication and SG", "medication & sg; debt", "drugs and alcohol", "debt and medication"])
    assert read_words(texts, known)["value"].to_list() == [
        "medication;safeguarding",
        "medication;safeguarding;debt",
        "substance_misuse",
        "debt_and_medication",
    ]


@pytest.mark.parametrize(
    ("path", "text", "number", "why"),
    [
        ("staff.wte", "2", 2.0, None),
        ("staff.wte", "2.01", None, "more than 2: hours, not whole-time equivalents?"),
        ("staff.wte", "37.5", None, "more than 2: hours, not whole-time equivalents?"),
        ("staff.wte", "0", 0.0, None),
        ("staff.wte", "-0.2", None, "a number below nought"),
        ("establishment.funded_wte", "37.5", 37.5, None),
    ],
)
def test_what_cannot_be_a_workers_time_is_left_blank(path: str, text: str, number: float | None, why: str) -> None:
    table, name = path.split(".")
    found = read_column(pl.Series(name, [text]), spec(table).fields[name], {}, "dmy")
    assert (found.values.item(), found.problems.item()) == (number, why)
