"""`caseaudit map`: asks a person in a terminal, writes the questions into the file where there is none."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from caseaudit import mapping, pipeline
from caseaudit.cli.interview import interview

CASELOAD = """Svc User Ref,Care Co-ord,Opened,RAG,Nxt Rvw Due,Next review date,Team
C1,W1,03/04/2026,Amber,05/06/2026,01/06/2026,North
C2,W2,05/06/2026,Red,05/07/2026,02/06/2026,North
"""
TORN = """Case ref,Worker,Start,Kind
C1,W1,23/04/2026,a
C2,W2,25/06/2026,b
"""
LACKING = """Case ref,Acuity,Named worker,Zog
C1,High,W1,23/04/2026
C2,Low,W2,25/06/2026
"""


@pytest.fixture
def unsure(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "Caseload.csv").write_text(CASELOAD, encoding="utf-8")
    return folder


def typing(*answers: str) -> Callable[[str], str]:
    left: Iterator[str] = iter(answers)

    def ask(_: str) -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    return ask


def ask_about(folder: Path, *answers: str) -> tuple[str, list[str]]:
    """The text of the mapping file, and what was shown."""
    shown: list[str] = []
    plans, _ = pipeline.plan([folder])
    plans, said = interview(plans, typing(*answers), shown.append)
    return mapping.propose(plans, said), shown


def columns(folder: Path, text: str, tmp_path: Path) -> dict[str, str]:
    file = tmp_path / "m.toml"
    file.write_text(text, encoding="utf-8")
    plans, _ = pipeline.plan([folder], file)
    return {f"{feed.table}.{name}": h for plan in plans for feed in plan.feeds for name, h in feed.columns.items()}


def test_answers_stand_in_the_file_and_the_run_goes_by_them(unsure: Path, tmp_path: Path) -> None:
    # Opened: day first; RAG: as suggested; "Nxt Rvw Due": the next review; "Next review date": leave out. Then, once
    # it is known to hold dates: "Nxt Rvw Due" day first.
    text, _ = ask_about(unsure, "1", "1", "1", "1", "1")
    assert columns(unsure, text, tmp_path) == {
        "cases.case_id": "Svc User Ref",
        "cases.worker_id": "Care Co-ord",
        "cases.opened_on": "Opened",
        "cases.acuity_band": "RAG",
        "cases.next_review_on": "Nxt Rvw Due",
        "cases.team": "Team",
    }
    assert "TO DECIDE" not in text
    seen = pipeline.understood([unsure], tmp_path / "m.toml").tables.frames["cases"]
    assert seen["acuity_band"].to_list() == ["moderate", "high"]
    assert [str(day) for day in seen["opened_on"]] == ["2026-04-03", "2026-06-05"]


def test_month_first_is_an_answer_like_day_first(unsure: Path, tmp_path: Path) -> None:
    text, _ = ask_about(unsure, "2")
    columns(unsure, text, tmp_path)
    seen = pipeline.understood([unsure], tmp_path / "m.toml").tables.frames["cases"]
    assert [str(day) for day in seen["opened_on"]] == ["2026-03-04", "2026-05-06"]


def test_what_is_decided_later_stays_a_question_and_what_was_sure_stays_sure(unsure: Path, tmp_path: Path) -> None:
    text, _ = ask_about(unsure, "", "", "", "")
    assert text.count("TO DECIDE:") == 4
    # Taking one line out of its comment must be enough: nothing that was sure may have been written as left out.
    decided = text.replace('# [source.date_order]\n# "Opened"', '[source.date_order]\n"Opened"').replace(
        '# "Opened" = "cases.opened_on"', '"Opened" = "cases.opened_on"'
    )
    assert columns(unsure, decided, tmp_path) == {
        "cases.case_id": "Svc User Ref",
        "cases.worker_id": "Care Co-ord",
        "cases.opened_on": "Opened",
        "cases.team": "Team",
    }


def test_stopping_keeps_what_was_answered(unsure: Path) -> None:
    text, shown = ask_about(unsure, "1", "q")
    assert '"Opened" = "dmy"' in text
    assert text.count("TO DECIDE:") == 3
    assert len([line for line in shown if "column “" in line]) == 2


def test_a_number_out_of_range_is_asked_again_and_a_field_is_given_once(unsure: Path) -> None:
    text, shown = ask_about(unsure, "9", "one", "1", "2", "1", "1")
    assert sum(line.strip().startswith("Type a number") for line in shown) == 2
    assert '"RAG" = "leave out"' in text
    last = shown.index(next(line for line in shown if "“Next review date”" in line))
    assert "leave out" in shown[last + 2]


def test_no_cell_is_shown_but_words_of_our_own_list(unsure: Path) -> None:
    _, shown = ask_about(unsure, *["1"] * 9)
    told = "\n".join(shown)
    for cell in ("C1", "W1", "North", "03/04/2026", "05/06/2026"):
        assert cell not in told


def test_a_sheet_that_may_be_two_tables_is_asked_about_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "thing.csv").write_text(TORN, encoding="utf-8")
    text, shown = ask_about(tmp_path, "1")
    assert any("Could be" in line for line in shown)
    assert columns(tmp_path, text, tmp_path)["allocations.worker_id"] == "Worker"
    text, _ = ask_about(tmp_path, "3")
    assert "leave_out = true" in text


def test_a_column_no_row_can_do_without_is_asked_for_by_its_meaning(tmp_path: Path) -> None:
    (tmp_path / "Caseload.csv").write_text(LACKING, encoding="utf-8")
    text, shown = ask_about(tmp_path, "1", "4")
    assert any("Which column holds cases.opened_on" in line for line in shown)
    assert columns(tmp_path, text, tmp_path)["cases.opened_on"] == "Zog"


def test_a_heading_cannot_steer_the_terminal(tmp_path: Path) -> None:
    text = CASELOAD.replace("RAG", "RAG \x1b[2J")
    (tmp_path / "Caseload.csv").write_text(text, encoding="utf-8")
    _, shown = ask_about(tmp_path, *["1"] * 9)
    assert "\x1b" not in "".join(shown)


def test_without_a_terminal_nothing_is_asked(caseaudit: Callable[..., object], unsure: Path, tmp_path: Path) -> None:
    out = tmp_path / "mapping.toml"
    called = caseaudit("map", unsure, "--out", out)
    assert called.code == 0  # type: ignore[attr-defined]
    assert "4 questions need a decision" in called.out  # type: ignore[attr-defined]
    assert out.read_text(encoding="utf-8").count("TO DECIDE:") == 4


def test_without_a_terminal_a_sheet_is_one_question_however_many_columns_it_has(
    caseaudit: Callable[..., object], tmp_path: Path
) -> None:
    out = tmp_path / "mapping.toml"
    (tmp_path / "Caseload.csv").write_text(LACKING, encoding="utf-8")
    called = caseaudit("map", tmp_path / "Caseload.csv", "--out", out)
    assert "1 question needs a decision" in called.out  # type: ignore[attr-defined]
    text = out.read_text(encoding="utf-8")
    assert columns(tmp_path, text.replace('# "Zog" = "cases', '"Zog" = "cases'), tmp_path)["cases.opened_on"] == "Zog"


def test_without_a_terminal_a_sheet_that_may_be_two_things_is_decided_by_one_line(tmp_path: Path) -> None:
    (tmp_path / "thing.csv").write_text(TORN, encoding="utf-8")
    plans, _ = pipeline.plan([tmp_path / "thing.csv"])
    text = mapping.propose(plans)
    assert text.count("TO DECIDE:") == 1
    table = re.findall(r'^# table = "(.*)"$', text, re.MULTILINE)[0]
    (tmp_path / "mapping.toml").write_text(text.replace(f'# table = "{table}"', f'table = "{table}"'), encoding="utf-8")
    plans, _ = pipeline.plan([tmp_path / "thing.csv"], tmp_path / "mapping.toml")
    assert [feed.table for feed in plans[0].feeds] == [table]


def test_what_a_mapping_file_said_is_kept_when_it_is_built_upon(unsure: Path, tmp_path: Path) -> None:
    file = tmp_path / "mapping.toml"
    file.write_text(
        '[[source]]\nfile = "Caseload.csv"\n[source.columns]\n"Team" = "leave out"\n[source.constants]\n'
        '"cases.team" = "South"\n[source.date_order]\n"Opened" = "mdy"\n[source.values."cases.acuity_band"]\n'
        '"amber" = "high"\n"red" = "high"\n',
        encoding="utf-8",
    )
    plans, _ = pipeline.plan([unsure], file)
    file.write_text(mapping.propose(plans), encoding="utf-8")
    cases = pipeline.understood([unsure], file).tables.frames["cases"]
    assert cases["team"].to_list() == ["South", "South"]
    assert cases["acuity_band"].to_list() == ["high", "high"]
    assert str(cases["opened_on"][0]) == "2026-03-04"


PATTERN = '[[source]]\nfile = "Caseload *.csv"\n[source.values."cases.acuity_band"]\n"amber" = "high"\n"red" = "high"\n'


def months(folder: Path, *more: str) -> Path:
    folder.mkdir()
    for month in ("June 2026", "July 2026", *more):
        (folder / f"Caseload {month}.csv").write_text(CASELOAD, encoding="utf-8")
    return folder


def test_a_pattern_is_kept_and_does_for_the_next_month_too(caseaudit: Callable[..., object], tmp_path: Path) -> None:
    folder, file, out = months(tmp_path / "exports"), tmp_path / "old.toml", tmp_path / "new.toml"
    file.write_text(PATTERN, encoding="utf-8")
    assert caseaudit("map", folder, "--mapping", file, "--out", out).code == 0  # type: ignore[attr-defined]
    text = out.read_text(encoding="utf-8")
    assert text.count("[[source]]") == 1
    assert '\nfile = "Caseload *.csv"\n' in text
    later = months(tmp_path / "later", "August 2026")
    assert pipeline.plan([later], out)[0][2].values == pipeline.plan([folder], file)[0][0].values


def test_a_pattern_that_came_to_different_things_gives_way_to_whole_names(tmp_path: Path) -> None:
    folder, file = months(tmp_path / "exports"), tmp_path / "old.toml"
    file.write_text(PATTERN, encoding="utf-8")
    (folder / "Caseload July 2026.csv").write_text(CASELOAD.replace("Team", "Zog"), encoding="utf-8")
    text = mapping.propose(pipeline.plan([folder], file)[0], None, file)
    assert [line for line in text.splitlines() if line.startswith("file =")] == [
        'file = "Caseload July 2026.csv"',
        'file = "Caseload June 2026.csv"',
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_in_a_terminal_the_questions_are_asked(unsure: Path, tmp_path: Path) -> None:
    import pty

    out = tmp_path / "mapping.toml"
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-m", "caseaudit", "map", str(unsure), "--out", str(out)])  # noqa: S606
    os.write(terminal, b"1\n1\n1\n1\n1\n")
    told = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # the terminal is gone with the process
            break
        if not part:
            break
        told += part
    assert os.waitpid(child, 0)[1] == 0
    assert b"column \xe2\x80\x9cRAG\xe2\x80\x9d" in told
    assert '"amber" = "moderate"' in out.read_text(encoding="utf-8")
