"""Headings nobody listed: made of known words, misspelt, known by what stands under them; and what stays a question."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from headings_corpus import as_said
from made_sheets import make_sheet

from caseaudit import mapping
from caseaudit.mapping.aliases import aliases
from caseaudit.mapping.asking import Answer
from caseaudit.model import ColumnMatch, SheetPlan
from caseaudit.tables import spec

DAYS = [f"{day}/05/2025" for day in range(14, 26)]
OUTCOMES = ["Attended", "DNA", "Cancelled by client", "Attended"] * 3


def numbers(letter: str) -> list[str]:
    return [f"{letter}{i}" for i in range(1001, 1013)]


def planned(file: str, columns: dict[str, list[str]]) -> tuple[SheetPlan, dict[str, ColumnMatch]]:
    (plan,) = mapping.plan([make_sheet(file, columns)])
    return plan, {match.heading: match for match in plan.matches}


CONTACTS = {"Case ID": numbers("C"), "Worker": numbers("W"), "Contact date": DAYS, "Outcome": OUTCOMES}
TASKS = {"Task ID": numbers("T"), "Task type": ["one", "other"] * 6, "Date raised": DAYS}


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("Contact was entered and saved on", DAYS, "recorded_on"),  # two headings of the field in one
        ("Event recorded on (dd/mm/yy)", DAYS, "recorded_on"),
        ("Recroded on", DAYS, "recorded_on"),  # two letters that have changed places
        ("How was the client seen", ["Telephone", "Face to face"] * 6, "mode"),  # little words between
    ],
)
def test_a_heading_made_of_known_words_is_read(heading: str, cells: list[str], field: str) -> None:
    _, matches = planned("Contacts.csv", {**CONTACTS, heading: cells})
    assert (matches[heading].field, matches[heading].sure) == (field, True), matches[heading]


@pytest.mark.parametrize("word", ["cancelled", "booked", "previous", "letter", "zzz"])
def test_one_word_more_and_it_is_not_taken(word: str) -> None:
    _, matches = planned("Contacts.csv", {**CONTACTS, f"Contact {word} recorded on": DAYS})
    match = matches[f"Contact {word} recorded on"]
    assert match.field is None or not match.sure, match


def test_who_gave_a_task_out_is_not_who_owns_it() -> None:
    _, matches = planned("Task log.csv", {**TASKS, "Task assigned to": numbers("W"), "Task assigned by": numbers("S")})
    assert (matches["Task assigned to"].field, matches["Task assigned to"].sure) == ("owner_id", True)
    assert matches["Task assigned by"].field is None


def test_what_a_column_was_before_is_not_what_it_is() -> None:
    _, matches = planned(
        "Band changes.csv",
        {
            "Case ID": numbers("C"),
            "Changed on": DAYS,
            "Level was": ["High", "Low"] * 6,
            "Level now": ["Low", "High"] * 6,
        },
    )
    assert (matches["Level now"].field, matches["Level now"].sure) == ("band", True)
    assert matches["Level was"].field is None or not matches["Level was"].sure


def test_a_sheet_that_lacks_one_column_is_asked_for_that_one_alone() -> None:
    """The others are as sure as ever; the sheet feeds nothing until the user has said which column it is."""
    sheet = {"Date opened": DAYS, "Care coordinator": numbers("W"), "RAG rating": ["High", "Low"] * 6, "GP": DAYS}
    plan, matches = planned("Caseload.csv", {**sheet, "Folder": numbers("F")})
    assert not plan.feeds
    assert plan.left_out is not None
    assert "cases.case_id" in plan.left_out
    assert {heading for heading, match in matches.items() if not match.sure} == {"Folder"}
    (question,) = mapping.questions([plan], {"cases.opened_on"})
    assert question.heading == "Folder"
    assert question.candidates[0] == "cases.case_id"


def test_its_answer_settles_the_sheet(tmp_path: Path) -> None:
    sheet = {"Date opened": DAYS, "Care coordinator": numbers("W"), "RAG rating": ["High", "Low"] * 6}
    plan, _ = planned("Caseload.csv", {**sheet, "Folder": numbers("F")})
    (question,) = mapping.questions([plan], {"cases.opened_on"})
    written = tmp_path / "mapping.toml"
    written.write_text(mapping.propose([plan], {question.place: Answer("cases.case_id")}), encoding="utf-8")
    (told,) = mapping.plan([make_sheet("Caseload.csv", {**sheet, "Folder": numbers("F")})], written)
    (feed,) = told.feeds
    assert feed.columns["case_id"] == "Folder"
    assert feed.columns["acuity_band"] == "RAG rating"


def test_the_only_column_of_attended_and_dna_is_the_outcome_whatever_it_is_called() -> None:
    sheet = {**CONTACTS, "Zort": OUTCOMES}
    del sheet["Outcome"]
    _, matches = planned("Contacts.csv", sheet)
    assert (matches["Zort"].field, matches["Zort"].sure) == ("outcome", True)
    assert "only column" in matches["Zort"].why


@pytest.mark.parametrize("heading", ["Previous zort", "Planned zort", "Zort of carer"])
def test_but_not_where_its_heading_says_another_time_or_person(heading: str) -> None:
    sheet = {**CONTACTS, heading: OUTCOMES}
    del sheet["Outcome"]
    _, matches = planned("Contacts.csv", sheet)
    assert not matches[heading].sure


def test_nor_where_two_columns_hold_such_words() -> None:
    sheet = {**CONTACTS, "Zort": OUTCOMES, "Zart": OUTCOMES}
    del sheet["Outcome"]
    _, matches = planned("Contacts.csv", sheet)
    assert not any(matches[heading].sure for heading in ("Zort", "Zart"))


def test_the_number_of_a_system_nobody_knows_is_the_cases_where_no_other_number_is() -> None:
    sheet = {"Date opened": DAYS, "Care coordinator": numbers("W"), "RAG rating": ["High", "Low"] * 6}
    _, matches = planned("Caseload.csv", {**sheet, "ZORB Ref": numbers("Z")})
    assert (matches["ZORB Ref"].field, matches["ZORB Ref"].sure) == ("case_id", True)
    _, matches = planned("Caseload.csv", {**sheet, "ZORB Ref": numbers("Z"), "KRAX Ref": numbers("K")})
    assert not any(matches[heading].sure for heading in ("ZORB Ref", "KRAX Ref"))
    _, matches = planned("Caseload.csv", {**sheet, "ZORB Ref": ["Z1001", "Z1002"] * 6})
    assert not matches["ZORB Ref"].sure


@pytest.mark.parametrize("heading", ["Room No", "PO No", "GMC No", "Bed Ref"])
def test_numbers_of_other_things_are_not_the_cases(heading: str) -> None:
    sheet = {"Date opened": DAYS, "Care coordinator": numbers("W"), "RAG rating": ["High", "Low"] * 6}
    _, matches = planned("Caseload.csv", {**sheet, heading: numbers("R")})
    assert matches[heading].field is None or not matches[heading].sure


def test_attended_and_dna_make_contacts_of_a_sheet_that_is_called_actions() -> None:
    sheet = {"Action ID": numbers("A"), "Client ID": numbers("C"), "Action date": DAYS, "Attendance": OUTCOMES}
    plan, matches = planned("Actions export.csv", {**sheet, "Assigned to": numbers("W"), "Created date": DAYS})
    assert [feed.table for feed in plan.feeds] == ["contacts"]
    assert matches["Action date"].field == "contact_on"


def test_what_is_unknown_in_a_sheet_in_doubt_is_not_called_of_no_use() -> None:
    """It may be known to the table that the user says it is, so the mapping file leaves it open too."""
    sheet = {"Date received": DAYS, "Client ID": numbers("C"), "Outcome": ["upheld", "not upheld"] * 6}
    plan, matches = planned("Complaints.csv", {**sheet, "Response due": DAYS, "Zort": ["a", "b"] * 6})
    assert not plan.feeds
    assert not any(match.sure and match.field for match in matches.values())
    assert not matches["Zort"].sure
    assert '\n"Zort" = "leave out"' not in mapping.propose([plan])


def test_a_column_of_telephone_numbers_is_personal_whatever_it_is_called() -> None:
    phones = [f"07700 9001{i:02}" for i in range(12)]
    for heading in ("Zort", "Worker ref"):
        _, matches = planned("Contacts.csv", {**CONTACTS, heading: phones})
        assert (matches[heading].field, matches[heading].personal) == (None, True)


def test_the_number_of_a_cost_centre_is_no_team_where_its_name_stands_beside_it() -> None:
    _, matches = planned(
        "Establishment.csv",
        {
            "Month": ["31/01/2026", "28/02/2026"] * 6,
            "Cost Centre": ["436120", "436125"] * 6,
            "Cost Centre Desc": ["East", "West"] * 6,
            "Funded WTE": ["6.0", "4.5"] * 6,
            "In post WTE": ["5.0", "4.5"] * 6,
        },
    )
    assert matches["Cost Centre Desc"].field == "team"
    assert matches["Cost Centre"].field is None


def _foreign() -> dict[str, dict[str, list[str | None]]]:
    found: dict[str, dict[str, list[str | None]]] = {}
    for line in Path(__file__).with_name("foreign_sheets.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            found[line[2:]] = {}
        elif " :: " in line and not line.startswith("#"):
            heading, said = line.split(" :: ")
            found[[*found][-1]][heading] = as_said(said)
    return found


@pytest.mark.parametrize("file", _foreign())
def test_a_sheet_of_something_else_feeds_nothing_unasked(file: str) -> None:
    (plan,) = mapping.plan([make_sheet(file, _foreign()[file])])
    assert not plan.feeds, [(feed.table, feed.columns) for feed in plan.feeds]
    assert plan.left_out


def test_no_heading_is_listed_for_two_fields_that_look_alike() -> None:
    """A phrase that two fields of a kind claim is always a question, so it says nothing; a record's number apart."""
    shared = []
    for table, known in aliases().tables.items():
        fields = spec(table).fields
        for one, other in combinations(known.fields, 2):
            both = known.fields[one] & known.fields[other]
            if fields[one].kind == fields[other].kind and both - {frozenset({"record"})}:
                shared.append((table, one, other, sorted(map(sorted, both))))
    assert not shared


@pytest.mark.parametrize(("own", "asked"), [(6, False), (4, True)])
def test_a_sheet_that_speaks_for_itself_may_hold_much_else(own: int, asked: bool) -> None:
    cases = {
        "Episode No": numbers("E"),
        "Opened on": DAYS,
        "Named worker": numbers("W"),
        "Next review on": DAYS,
        "Step-down criteria": ["when stable", "after six months"] * 6,
        "Needs": ["trauma", "autism"] * 6,
    }
    others = {f"Local note {number}": ["entry", "other"] * 6 for number in range(6)}
    plan, _ = planned("MDT list.csv", {**dict(list(cases.items())[:own]), **others})
    assert [feed.table for feed in plan.feeds] == ([] if asked else ["cases"])


@pytest.mark.parametrize("heading", ["DoB", "S/U Name", "S/U Initials", "Y/P name"])
def test_initials_in_a_heading_are_read_as_one_word(heading: str) -> None:
    _, matches = planned("Caseload.csv", {"Case ID": numbers("C"), "Date opened": DAYS, heading: ["x1", "x2"] * 6})
    assert matches[heading].personal


def test_a_person_stands_for_the_case_only_where_nothing_else_numbers_the_rows() -> None:
    sheet = {"Resident No": numbers("R"), "Named worker": numbers("W"), "Date opened": DAYS}
    _, alone = planned("Caseload.csv", sheet)
    assert alone["Resident No"].sure
    assert alone["Resident No"].field == "case_id"
    plan, beside = planned("Caseload.csv", {"Bungalow stay no.": numbers("B"), **sheet})
    assert not plan.feeds
    assert not beside["Bungalow stay no."].sure


def test_a_sheet_named_like_a_table_that_explains_little_of_it_is_asked_about() -> None:
    own = {"Name": ["Ada Birch", "Bo Carter"] * 6, "What they do": ["driver", "mentor"] * 6}
    others = {f"Local note {number}": ["entry", "other"] * 6 for number in range(8)}
    plan, _ = planned("Peer and volunteer contact list.csv", {**own, **others})
    assert not plan.feeds


def test_what_says_little_about_a_table_is_read_once_the_table_is_known() -> None:
    work = ["Budgeting", "Meal plan", "Walk"] * 4
    _, matches = planned("Contacts.csv", {**CONTACTS, "What we did": work})
    assert (matches["What we did"].field, matches["What we did"].sure) == ("purpose", True)
    _, matches = planned("Contacts.csv", {**CONTACTS, "Purpose": work, "What we did": work})
    assert (matches["Purpose"].field, matches["What we did"].field) == ("purpose", None)
    plan, _ = planned("Sheet.csv", {"What we did": work, "Who did it": numbers("W")})
    assert not plan.feeds


def test_a_heading_that_lists_the_words_to_choose_from_is_their_field() -> None:
    sheet = {"Staff ID": numbers("S"), "Name": ["Ada Birch", "Bo Carter"] * 6, "Job title": ["Nurse", "OT"] * 6}
    _, matches = planned("Staff list.csv", {**sheet, "Perm / FTC / Relief": ["Perm", "Relief", "FTC"] * 4})
    assert (matches["Perm / FTC / Relief"].field, matches["Perm / FTC / Relief"].sure) == ("employment", True)


def test_a_carer_with_a_number_is_a_worker_and_one_without_is_asked_about() -> None:
    sheet = {name: cells for name, cells in CONTACTS.items() if name != "Worker"}
    _, matches = planned("Visits.csv", {**sheet, "Carer ID": numbers("C")})
    assert (matches["Carer ID"].field, matches["Carer ID"].sure) == ("worker_id", True)
    _, matches = planned("Visits.csv", {**sheet, "Carer": ["Stacey", "Olu"] * 6})
    assert not matches["Carer"].sure


def test_initials_of_a_client_are_personal() -> None:
    _, matches = planned("Contacts.csv", {**CONTACTS, "Svc User": ["K. Holroyd", "D. Mbeki"] * 6})
    assert matches["Svc User"].personal
