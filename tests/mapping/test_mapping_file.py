"""The mapping file: what it decides stands, what it proposes reads back the same, its mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from headings_corpus import corpus, sheet_of
from made_sheets import make_sheet

from caseaudit import mapping
from caseaudit.errors import UsageProblem

DAYS = ["13/04/2026", "02/05/2025", "28/02/2026", "30/06/2026"]
CASELOAD = make_sheet(
    "exports/Caseload Oct.csv",
    {
        "Case ID": ["C1", "C2", "C3", "C4"],
        "Date opened": DAYS,
        "RAG": ["Red", "Amber", "Green", "Green"],
        "Zog": ["W1", "W2", "W3", "W4"],
        "Reviewed": DAYS,
    },
)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "mapping.toml"


def test_what_is_proposed_reads_back_to_the_same_plans(written: Path) -> None:
    sheets = [sheet_of(case) for case in corpus()]
    plans = mapping.plan(sheets)
    written.write_text(mapping.propose(plans), encoding="utf-8")
    again = mapping.plan(sheets, written)
    assert [{f.table: f for f in plan.feeds} for plan in again] == [{f.table: f for f in plan.feeds} for plan in plans]


def test_open_questions_stand_in_the_file_as_comments_and_decide_when_taken_out_of_them(written: Path) -> None:
    text = mapping.propose(mapping.plan([CASELOAD]))
    assert '# "RAG" = "cases.acuity_band"' in text
    written.write_text(text, encoding="utf-8")
    assert "acuity_band" not in mapping.plan([CASELOAD], written)[0].feeds[0].columns
    for line in (
        '"RAG" = "cases.acuity_band"',
        '[source.values."cases.acuity_band"]',
        '"amber" =',
        '"green" =',
        '"red" =',
    ):
        text = text.replace(f"# {line}", line)
    written.write_text(text, encoding="utf-8")
    (plan,) = mapping.plan([CASELOAD], written)
    assert plan.feeds[0].columns["acuity_band"] == "RAG"
    assert plan.values["cases.acuity_band"]["amber"] == "moderate"
    assert not mapping.questions([plan], {"cases.acuity_band"})


def test_the_user_decides_against_what_the_headings_say(written: Path) -> None:
    written.write_text(
        """
[[source]]
file = "caseload*.csv"
[source.columns]
"Zog" = "cases.worker_id"
"Reviewed" = "reviews.reviewed_on"
"RAG" = "leave out"
[source.constants]
"cases.team" = "North"
""",
        encoding="utf-8",
    )
    (plan,) = mapping.plan([CASELOAD], written)
    cases, reviews = plan.feeds
    assert cases.columns["worker_id"] == "Zog"
    assert cases.constants == {"team": "North"}
    assert (reviews.table, reviews.columns["reviewed_on"], reviews.columns["case_id"]) == (
        "reviews",
        "Reviewed",
        "Case ID",
    )
    assert reviews.only_if == ("reviewed_on",)
    assert "RAG" not in mapping.headings(plan)


def test_a_column_is_one_fields_or_several(written: Path) -> None:
    written.write_text(
        '[[source]]\nfile = "*"\n[source.columns]\n"Case ID" = ["cases.case_id", "cases.person_id"]\n', encoding="utf-8"
    )
    columns = mapping.plan([CASELOAD], written)[0].feeds[0].columns
    assert columns["case_id"] == columns["person_id"] == "Case ID"


def test_an_order_of_dates_that_is_told_is_not_asked(written: Path) -> None:
    either = make_sheet(
        "cases.csv", {"Case ID": ["C1", "C2"], "Date opened": ["01/02/2026", "03/04/2026"], "Key worker": ["W1"] * 2}
    )
    assert not mapping.plan([either])[0].feeds
    written.write_text('[[source]]\nfile = "cases.csv"\n[source.date_order]\n"Date opened" = "mdy"\n', encoding="utf-8")
    (plan,) = mapping.plan([either], written)
    assert plan.feeds[0].columns["opened_on"] == "Date opened"
    assert plan.date_order == {"Date opened": "mdy"}


def test_a_source_left_out_feeds_nothing(written: Path) -> None:
    written.write_text('[[source]]\nfile = "Caseload Oct.csv"\nleave_out = true\n', encoding="utf-8")
    (plan,) = mapping.plan([CASELOAD], written)
    assert not plan.feeds
    assert plan.left_out == "left out, as the mapping file says"


HEAD = '[[source]]\nfile="Caseload*"\n'
MISTAKES = {
    HEAD + 'tabel="cases"': "line 3: “tabel” is not known in a [[source]]. Did you mean “table”?",
    HEAD + 'table="case"': "line 3: there is no table “case”. Did you mean “cases”?",
    HEAD + '[source.columns]\n"RAG"="cases.acuity"': (
        "line 4: the table cases has no field “acuity”. Did you mean “acuity_band”?"
    ),
    HEAD + '[source.columns]\n"RAGG"="cases.acuity_band"': (
        "line 4: exports/Caseload Oct.csv has no column “RAGG”. Did you mean “RAG”?"
    ),
    HEAD + '[source.columns]\n"RAG"="acuity_band"': (
        "line 4: write table.field, such as cases.opened_on, or “leave out”."
    ),
    '[[source]]\nfile="other.csv"': (
        "line 2: no source is named so; the patterns in the mapping file fit none of the exports."
    ),
    HEAD + '[source.date_order]\n"Reviewed"="uk"': (
        'line 4: an order of dates is "dmy" (day first), "mdy" (month first) or "ymd".'
    ),
    HEAD + '[source.values."contacts.outcome"]\n"x"="attnded"': (
        "line 4: contacts.outcome knows the words attended, did_not_attend, cancelled_by_client, "
        "cancelled_by_service. Did you mean “attended”?"
    ),
    '[[source]]\ntable="cases"': 'line 1: a [[source]] needs file = "name or pattern of the export".',
}


@pytest.mark.parametrize(("text", "said"), MISTAKES.items())
def test_a_mistake_is_named_with_its_line_and_what_was_meant(written: Path, text: str, said: str) -> None:
    written.write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem) as raised:
        mapping.plan([CASELOAD], written)
    assert str(raised.value) == f"mapping.toml, {said}"


@pytest.mark.parametrize(
    "text",
    [
        "source = 3",
        "source = [1]",
        "colums = 1",
        "x",
        '[source]\nfile = "x"',
        "[[source]]\nfile = 3",
        '[[source]]\nfile = "*"\nsheet = 3',
        '[[source]]\nfile = "*"\ncolumns = "x"',
        '[[source]]\nfile = "*"\ntables = [3]',
        '[[source]]\nfile = "*"\ntables = 3',
        '[[source]]\nfile = "*"\n[source.columns]\n"RAG" = 3',
        '[[source]]\nfile = "*"\n[source.columns]\n"RAG" = [["x"]]',
        '[[source]]\nfile = "*"\n[source.values]\n"cases.needs" = "x"',
    ],
)
def test_no_mistake_is_more_than_a_sentence(written: Path, text: str) -> None:
    written.write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem, match=r"mapping\.toml"):
        mapping.plan([CASELOAD], written)


def test_a_file_that_is_not_there_or_not_text(written: Path) -> None:
    with pytest.raises(UsageProblem, match=r"mapping\.toml cannot be read"):
        mapping.plan([CASELOAD], written)
    written.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageProblem, match="UTF-8"):
        mapping.plan([CASELOAD], written)


STAFF = {
    "Staff ID": ["W1", "W2", "W3"],
    "Job title": ["Team manager", "Social worker", "Invented title"],
    "Team": ["North", "North", "South"],
    "WTE": ["1.0", "0.8", "1.0"],
    "Start date": DAYS[:3],
}


def test_the_layer_is_suggested_from_the_job_title_and_never_taken_unasked(written: Path) -> None:
    sheet = make_sheet("Staff list.csv", STAFF)
    text = mapping.propose(mapping.plan([sheet]))
    assert '# "social worker" = "clinical"' in text
    # No cell that is not a word of our own list is written into the file.
    assert "invented title" not in text.lower()
    written.write_text(text, encoding="utf-8")
    (plan,) = mapping.plan([sheet], written)
    assert "layer" not in plan.feeds[0].columns
    taken = "\n".join(line for line in text.splitlines() if not line.startswith('"Job title"'))
    for line in ('"Job title" =', '[source.values."staff.layer"]', '"social worker" =', '"team manager" ='):
        taken = taken.replace(f"# {line}", line)
    columns, words = taken.split('"Job title" = ["staff.role", "staff.layer"]\n')
    head, rest = columns.split("[source.columns]\n")
    line = '"Job title" = ["staff.role", "staff.layer"]\n'
    written.write_text(f"{head}[source.columns]\n{line}{rest}{words}", encoding="utf-8")
    (plan,) = mapping.plan([sheet], written)
    assert plan.feeds[0].columns["layer"] == plan.feeds[0].columns["role"] == "Job title"
    assert plan.values["staff.layer"]["social worker"] == "clinical"


def test_no_layer_is_suggested_where_a_column_holds_it() -> None:
    sheet = make_sheet("Staff list.csv", {**STAFF, "Layer": ["Management", "Clinical", "Support"]})
    assert "SUGGESTION" not in mapping.propose(mapping.plan([sheet]))
