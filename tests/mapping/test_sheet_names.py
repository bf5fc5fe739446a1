"""What the names of files and sheets say, and what they must not."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path

import pytest
from headings_corpus import Case, corpus, sheet_of
from made_sheets import make_sheet

from caseaudit import mapping
from caseaudit.mapping.aliases import aliases
from caseaudit.mapping.folding import words_of
from caseaudit.mapping.titles import NONE, Title, title
from caseaudit.model import Source
from caseaudit.tables import MODELS


def said(file: str, sheet: str | None = None) -> Title:
    return title(Source(file, sheet, "0" * 64, None, None, 1, 0))


def _names() -> list[tuple[str, str]]:
    found, table = [], ""
    for line in Path(__file__).with_name("sheet_names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            table = line[2:]
        elif line and not line.startswith("#"):
            found.append((table, line))
    return found


@pytest.mark.parametrize("table", [*MODELS, NONE])
def test_names_say_their_table_and_no_other(table: str) -> None:
    for name in (name for of, name in _names() if of == table):
        found = said(f"{name}.csv")
        assert found.foreign == (table == NONE), name
        if table != NONE:
            assert {one for one, words in found.words.items() if words} == {table}, (name, found)


def test_every_table_has_names_and_no_other_table_has() -> None:
    text = resources.files("caseaudit.mapping").joinpath("titles.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(text)
    assert lists.keys() == {*MODELS, NONE}
    folder = aliases().folder
    for phrases in lists.values():
        for phrase in phrases["says"]:
            # "drop in log" would come to "log", and every log would be one of contacts: such a phrase begins with "=".
            words, meant = {*words_of(phrase)}, folder.tokens(phrase)
            kept = len(meant) > 1 or meant & words in (set(), words)
            assert kept or phrase.startswith("=") or "list" in words, phrase


def test_a_longer_phrase_says_more_than_a_shorter_and_a_plain_word_more_than_a_common_one() -> None:
    assert said("Huddle actions.csv").words == {"tasks": 2}
    assert said("Staff supervision.csv").words == {"supervision": 2}
    assert "staff" not in said("Worker relationships.csv").words
    assert said("Staff.csv").words == {"staff": 0}
    assert said("Staff.csv").worth["staff"] > 0


def test_the_name_of_the_sheet_goes_before_the_files_unless_it_says_little() -> None:
    assert said("CMHT caseload.xlsx", "Supervision").words == {"supervision": 1}
    assert said("CMHT caseload.xlsx", "Sheet1").words == {"cases": 1}
    assert said("Training matrix.xlsx", "Staff").words == {"training": 2}
    both, one = said("Supervision.xlsx", "Supervision 2026"), said("Supervision.xlsx")
    assert both.worth["supervision"] > one.worth["supervision"]


def test_names_are_read_misspelt_run_together_and_in_the_plural() -> None:
    assert said("Competancy log.csv").words == {"competencies": 2}
    assert said("dbo.CaseloadExceptions.csv").words == {"capacity_exceptions": 2}
    assert said("caseload_breaches_2526.csv").words == {"capacity_exceptions": 2}
    assert said("Refferals.csv").words == {"referrals": 1}


def test_what_a_team_is_called_says_little_of_its_sheets() -> None:
    assert said("Review team caseload.csv").words == {"cases": 1}
    assert said("Review team.csv").words == {"reviews": 0}
    assert not any(said("New.csv").words.values())


@pytest.mark.parametrize("file", ["Book1.csv", "Caseload.csv", "Staff list.csv", "Reviews.csv", "Allocations.csv"])
def test_a_name_that_is_wrong_or_says_nothing_makes_no_other_table_of_a_sheet(file: str) -> None:
    for case in corpus("headings_with_cells.txt"):
        (plan,) = mapping.plan([sheet_of(Case(file, case.table, case.answers, case.cells), {})])
        assert {feed.table for feed in plan.feeds[:1]} <= {case.table}, case.file


def test_a_name_of_something_else_is_a_doubt_however_well_the_columns_suit() -> None:
    columns = {
        "Staff ID": ["S11", "S12", "S13"],
        "Role": ["Nurse", "Nurse", "Doctor"],
        "Team": ["North", "South", "North"],
        "Start date": ["13/05/2026", "24/06/2026", "25/06/2026"],
        "End date": ["20/05/2026", "30/06/2026", "26/06/2026"],
    }
    (plan,) = mapping.plan([make_sheet("Staff annual leave.csv", columns)])
    assert not plan.feeds
    (plan,) = mapping.plan([make_sheet("Staff list.csv", columns)])
    assert [feed.table for feed in plan.feeds] == ["staff"]


def test_open_involvements_with_their_reviews_are_cases_and_a_list_of_workers_roles_is_not() -> None:
    days = ["13/05/2025", "24/06/2025", "09/07/2025"]
    shared = {"Mosaic ID": ["10045231", "10045232", "10045233"], "Allocated Worker": ["W1", "W2", "W1"]}
    dates = {"Involvement Start Date": days, "Involvement End Date": [None, None, "19/02/2026"]}
    beside = {
        "Involvement ID": ["4417820", "4417821", "4417822"],
        "Allocated Team": ["East", "West", "East"],
        "End Reason": [None, None, "moved"],
        "Next Review Due": days,
    }
    (plan,) = mapping.plan([make_sheet("Involvements.csv", {**shared, **dates, **beside})])
    assert plan.feeds[0].table == "cases"
    assert plan.feeds[0].columns["case_id"] == "Involvement ID"
    roles = {"Involvement Type": ["Lead worker", "Co-worker", "Lead worker"]}
    (plan,) = mapping.plan([make_sheet("Worker involvements.csv", {**shared, **dates, **roles})])
    assert [feed.table for feed in plan.feeds] == ["allocations"]


def test_columns_of_another_kind_do_not_hide_what_a_plainly_named_log_is() -> None:
    own = {"Incident No": ["I1", "I2", "I3"], "Date of incident": ["13/05/2026", "24/06/2026", "25/06/2026"]}
    others = {f"Local note {number}": ["entry", "other", "entry"] for number in range(9)}
    (plan,) = mapping.plan([make_sheet("Incident log.csv", {**own, **others})])
    assert [feed.table for feed in plan.feeds] == ["incidents"]
    (plan,) = mapping.plan([make_sheet("Book1.csv", {**own, **others})])
    assert not plan.feeds


def test_of_a_lacking_number_only_the_columns_headed_as_one_are_asked_about() -> None:
    columns = {
        "Carer code": ["118", "124", "131"],
        "Patch": ["East", "West", "East"],
        "Supervision date": ["13/05/2026", "24/06/2026", "25/06/2026"],
        "Supervisor": ["S1", "S2", "S1"],
        "Risks identified": ["none", "two", "none"],
        "Actions agreed": ["a", "b", "c"],
    }
    (plan,) = mapping.plan([make_sheet("Supervision log.csv", columns)])
    assert {match.heading for match in plan.matches if not match.sure} <= {"Carer code"}
