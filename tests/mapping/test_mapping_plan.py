"""Which table a sheet is, what is asked, and what is never taken unasked."""

from __future__ import annotations

import pytest
from made_sheets import make_sheet

from caseaudit import mapping
from caseaudit.model import ColumnMatch, SheetPlan

DAYS = ["13/04/2026", "02/05/2025", "28/02/2026", "30/06/2026"]
IDS = ["C11", "C12", "C13", "C14"]
STAFF = ["W1", "W2", "W3", "W4"]


def matches(plan: SheetPlan) -> dict[str, ColumnMatch]:
    return {match.heading: match for match in plan.matches}


def caseload(**more: list[str]) -> dict[str, list[str]]:
    columns = {"Case ID": IDS, "Team": ["N", "S", "N", "S"], "Key worker": STAFF, "Date opened": DAYS}
    return columns | {heading.replace("_", " "): cells for heading, cells in more.items()}


def test_a_caseload_report_feeds_cases_and_last_reviews() -> None:
    (plan,) = mapping.plan([make_sheet("caseload.csv", caseload(Last_Review=DAYS, Last_Review_By=STAFF))])
    cases, reviews = plan.feeds
    assert cases.table == "cases"
    assert reviews.table == "reviews"
    assert dict(reviews.columns) == {
        "case_id": "Case ID",
        "reviewed_on": "Last Review",
        "reviewer_id": "Last Review By",
    }
    assert reviews.only_if == ("reviewed_on",)
    assert mapping.headings(plan) == {"Case ID", "Team", "Key worker", "Date opened", "Last Review", "Last Review By"}


def test_without_an_identifier_of_the_case_that_of_the_person_stands_in() -> None:
    columns = caseload()
    columns["Client No"] = columns.pop("Case ID")
    (plan,) = mapping.plan([make_sheet("caseload.csv", columns)])
    assert plan.feeds[0].columns["case_id"] == "Client No"
    (both,) = mapping.plan([make_sheet("caseload.csv", caseload(Client_No=["P1", "P2", "P3", "P4"]))])
    assert both.feeds[0].columns["case_id"] == "Case ID"
    assert both.feeds[0].columns["person_id"] == "Client No"


def test_an_nhs_number_is_never_taken_even_as_the_only_identifier() -> None:
    columns = caseload()
    columns["NHS number"] = columns.pop("Case ID")
    (plan,) = mapping.plan([make_sheet("caseload.csv", columns)])
    assert not plan.feeds
    assert matches(plan)["NHS number"].personal
    assert plan.left_out is not None
    assert "cases.case_id" in plan.left_out


def test_names_of_people_supported_are_dropped_and_their_identifiers_kept_by_the_look_of_the_values() -> None:
    named = caseload(Client=["Ada Birch", "Bo Carter", "Cy Dunn", "Di Ewart"])
    (plan,) = mapping.plan([make_sheet("caseload.csv", named)])
    assert matches(plan)["Client"].personal
    (plan,) = mapping.plan([make_sheet("caseload.csv", caseload(Client=["P1", "P2", "P3", "P4"]))])
    assert matches(plan)["Client"].field == "person_id"


def test_a_known_heading_over_values_of_another_kind_is_asked_about() -> None:
    (plan,) = mapping.plan([make_sheet("caseload.csv", caseload(Next_review=["soon", "later", "then", "now"]))])
    match = matches(plan)["Next review"]
    assert (match.field, match.sure) == ("next_review_on", False)
    assert "do not look like dates" in match.why


def test_two_columns_of_one_meaning_are_asked_about_not_chosen() -> None:
    (plan,) = mapping.plan([make_sheet("caseload.csv", caseload(Next_review_date=DAYS, Next_review_due=DAYS))])
    found = [match for match in plan.matches if match.field == "next_review_on"]
    assert [match.sure for match in found] == [False, False]
    assert "next_review_on" not in plan.feeds[0].columns


def test_the_plainer_of_two_headings_wins_without_a_question() -> None:
    (plan,) = mapping.plan([make_sheet("caseload.csv", caseload(Key_worker_name=["A B", "C D", "E F", "G H"]))])
    assert plan.feeds[0].columns["worker_id"] == "Key worker"
    assert matches(plan)["Key worker name"].sure
    assert matches(plan)["Key worker name"].field is None


def test_colours_are_never_taken_for_bands_unasked() -> None:
    colours = make_sheet("caseload.csv", caseload(RAG=["Red", "Amber", "Green", "Green"]))
    (plan,) = mapping.plan([colours])
    assert "acuity_band" not in plan.feeds[0].columns
    (question,) = mapping.questions([plan], {"cases.acuity_band"})
    assert question.candidates[0] == "cases.acuity_band"
    assert '"amber" = "moderate"' in question.lines[-1]
    assert "caseload.csv, column “RAG”" in str(question)
    assert not mapping.questions([plan], {"cases.team"})


def test_words_known_for_certain_are_not_asked_about() -> None:
    (plan,) = mapping.plan([make_sheet("caseload.csv", caseload(Acuity=["High", "V High", "Medium", "Low"]))])
    assert plan.feeds[0].columns["acuity_band"] == "Acuity"
    assert plan.values["cases.acuity_band"]["medium"] == "moderate"


def test_a_suicide_risk_level_is_warned_about_and_never_taken_for_acuity() -> None:
    (plan,) = mapping.plan([make_sheet("caseload.csv", caseload(**{"Suicide risk (H/M/L)": ["H", "M", "L", "L"]}))])
    assert "acuity_band" not in plan.feeds[0].columns
    assert mapping.questions([plan], {"cases.acuity_band"})
    (warning,) = mapping.warnings([plan])
    assert "NG225" in warning
    beside = caseload(Acuity=["High", "High", "Low", "Low"], Risk_of_suicide=["H", "M", "L", "L"])
    (plan,) = mapping.plan([make_sheet("caseload.csv", beside)])
    assert plan.feeds[0].columns["acuity_band"] == "Acuity"
    assert not mapping.questions([plan], {"cases.acuity_band"})
    assert mapping.warnings([plan])


EITHER = ["01/04/2026", "02/05/2026", "03/06/2026", "04/07/2026"]


def test_dates_about_which_nothing_tells_are_asked_about() -> None:
    columns = caseload()
    columns["Date opened"] = EITHER
    (plan,) = mapping.plan([make_sheet("caseload.csv", columns)])
    (question,) = mapping.questions([plan], {"cases.worker_id"})
    assert question.heading == "Date opened"
    assert question.lines == ('[source.date_order] "Date opened" = "dmy"',)


def test_another_date_column_of_the_same_source_settles_the_order() -> None:
    (plan,) = mapping.plan([make_sheet("caseload.csv", caseload(Next_review=EITHER))])
    assert plan.feeds[0].columns["next_review_on"] == "Next review"


def test_the_first_rows_of_a_long_sorted_file_prove_nothing_and_are_not_asked_about() -> None:
    columns = {"Case ID": ["C1"] * 200, "Contact date": ["01/04/2026"] * 200, "Outcome": ["DNA"] * 200}
    (plan,) = mapping.plan([make_sheet("contacts.csv", columns)])
    assert plan.feeds[0].columns["contact_on"] == "Contact date"


def test_an_unknown_heading_over_workers_of_the_staff_list_is_asked_about() -> None:
    staff = make_sheet("staff.csv", {"Staff ID": STAFF, "Job title": ["CPN"] * 4, "WTE": ["1"] * 4})
    columns = caseload(Zog=STAFF)
    del columns["Key worker"]
    _, plan = mapping.plan([staff, make_sheet("caseload.csv", columns)])
    match = matches(plan)["Zog"]
    assert (match.field, match.sure) == ("worker_id", False)


def test_rows_counted_by_person_where_the_caseload_counts_by_case_are_asked_about() -> None:
    cases = make_sheet("caseload.csv", caseload(Client_No=["P1", "P2", "P3", "P4"]))
    reviews = {"Client No": ["P1", "P2", "P3"], "Review date": DAYS[:3], "Reviewer": STAFF[:3]}
    _, plan = mapping.plan([cases, make_sheet("reviews.csv", reviews)])
    assert not plan.feeds
    assert mapping.questions([plan], {"reviews.reviewed_on"})


def test_a_matrix_of_competencies_is_turned_and_one_of_training_with_expiry_dates() -> None:
    names = ["Ada Birch", "Bo Carter", "Cy Dunn", "Di Ewart"]
    columns = {
        "Staff ID": STAFF,
        "Name": names,
        "Role": ["CPN"] * 4,
        "Risk Formulation": DAYS,
        "Safeguarding": ["Y", "", "", ""],
    }
    (plan,) = mapping.plan([make_sheet("Competency matrix.xlsx", columns, name="Sheet1")])
    (feed,) = plan.feeds
    assert feed.unpivot is not None
    assert dict(feed.unpivot.headings) == {"Risk Formulation": "risk_formulation", "Safeguarding": "safeguarding"}
    columns = {"Emp No": STAFF, "Fire Safety": DAYS, "BLS": DAYS, "Fire Safety Expiry": DAYS, "Trust Induction": DAYS}
    (plan,) = mapping.plan([make_sheet("training matrix.csv", columns)])
    done, until = (dict(feed.unpivot.headings) for feed in plan.feeds if feed.unpivot is not None)
    assert done == {"Fire Safety": "fire_safety", "BLS": "basic_life_support", "Trust Induction": "trust_induction"}
    assert until == {"Fire Safety Expiry": "fire_safety"}


def test_a_sheet_of_something_else_feeds_nothing_and_asks_nothing() -> None:
    (plan,) = mapping.plan([make_sheet("Lookups.xlsx", {"Code": ["1"], "Label": ["x"]}, name="Lists")])
    assert not plan.feeds
    assert plan.left_out == "no table recognised by its headings"
    assert not mapping.questions([plan], {"cases.case_id", "staff.worker_id"})


def test_a_sheet_named_like_a_table_no_other_source_gives_is_asked_for_what_it_lacks() -> None:
    held = make_sheet("Reviews.csv", {"Case ref": IDS, "Outcome": ["a", "b", "a", "b"]})
    (plan,) = mapping.plan([held])
    assert plan.left_out is not None
    assert "no column is known to hold “Reviewed on” (reviews.reviewed_on)" in plan.left_out
    assert mapping.questions([plan], {"reviews.reviewed_on"})
    beside = make_sheet("r.csv", {"Case ref": IDS, "Date of review": DAYS, "Reviewed by": STAFF, "Outcome": IDS})
    again, other = mapping.plan([held, beside])
    assert other.feeds[0].table == "reviews"
    assert again.left_out == "no table recognised by its headings"


def test_a_sheet_that_may_be_several_tables_is_asked_about() -> None:
    (plan,) = mapping.plan([make_sheet("c.csv", {"Ref": IDS, "Worker": STAFF, "Date": DAYS})])
    assert not plan.feeds
    assert plan.left_out is not None
    assert plan.left_out.startswith("could be ")
    first, second = plan.left_out.removeprefix("could be ").split(" or ")
    assert mapping.questions([plan], {f"{first}.worker_id"})
    assert mapping.questions([plan], {f"{second}.kind"})
    assert not mapping.questions([plan], {"huddles.team"})


def test_an_empty_sheet_or_one_without_headings_is_no_problem() -> None:
    for columns in ({}, {"Case ID": [], "Date opened": [], "Team": [], "Key worker": []}, {"  ": ["x"], "???": ["y"]}):
        (plan,) = mapping.plan([make_sheet("x.csv", columns)])
        assert len(plan.matches) == len(columns)


def test_names_of_competencies_never_make_sign_offs_of_a_list_of_courses() -> None:
    said = ["Safeguarding", "Risk formulation", "Dual diagnosis"]
    columns = {"Assignment No": ["A1", "A2", "A3"], "Competence Name": said, "Date Achieved": ["13/05/2026"] * 3}
    (plan,) = mapping.plan([make_sheet("extract.csv", columns)])
    assert not plan.feeds
    assert plan.left_out == "could be competencies or training"


def test_a_sheet_named_like_one_table_and_headed_like_another_is_asked_about() -> None:
    day = ["13/05/2026", "14/05/2026", "15/05/2026"]
    columns = {"SU": ["C1", "C2", "C3"], "Given to": ["W1", "W2", "W1"], "Date given": day, "Finished": day}
    (plan,) = mapping.plan([make_sheet("Duty and huddle actions.csv", columns)])
    assert plan.left_out == "could be allocations or tasks"
    assert not any(match.sure for match in plan.matches if match.field)
    (plan,) = mapping.plan([make_sheet("Case allocations.csv", columns)])
    assert [feed.table for feed in plan.feeds] == ["allocations"]


def test_staff_numbers_of_eight_digits_are_no_days() -> None:
    columns = {
        "Employee No": ["20441230", "20441231", "20450101"],
        "Job title": ["Nurse", "Doctor", "Nurse"],
        "Start date": ["20190513", "20200624", "20210709"],
    }
    (plan,) = mapping.plan([make_sheet("Staff.csv", columns)])
    assert [dict(feed.columns) for feed in plan.feeds] == [
        {"worker_id": "Employee No", "role": "Job title", "started_on": "Start date"}
    ]


def test_a_bare_number_beside_a_persons_is_asked_about_and_a_count_of_the_rows_is_not() -> None:
    columns = {
        "No": ["1", "2", "3"],
        "Client ID": ["P1", "P2", "P3"],
        "Date opened": ["13/05/2026", "14/05/2026", "15/05/2026"],
        "Acuity": ["High", "Low", "High"],
    }
    (plan,) = mapping.plan([make_sheet("Caseload.csv", columns)])
    assert plan.feeds[0].columns["case_id"] == "Client ID"
    columns["No"] = ["8801", "8802", "8803"]
    (plan,) = mapping.plan([make_sheet("Caseload.csv", columns)])
    assert not plan.feeds
    assert {match.heading for match in plan.matches if match.field == "case_id"} >= {"No"}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("RiO Client No", "person_id"),
        ("RiO No", "person_id"),
        ("RiO team", "team"),
        ("Date/time opened", "opened_on"),
        ("Ref accepted on", "opened_on"),
        ("Client status", None),
        ("Opened by", None),
        ("Team (name)", "team"),
        ("Team / Service", "team"),
        ("Team / Postcode", None),
        ("Date opened (cancelled)", None),
    ],
)
def test_words_that_change_nothing_are_passed_over_and_no_others(heading: str, field: str | None) -> None:
    day = ["13/05/2026", "14/05/2026", "15/05/2026"]
    cells = day if field == "opened_on" or "pened" in heading else ["A1", "B2", "C3"]
    sure = {"Case ID": ["C1", "C2", "C3"], "Acuity": ["High", "Low", "High"], "Next review due": day}
    (plan,) = mapping.plan([make_sheet("Caseload.csv", {**sure, heading: cells})])
    (match,) = [one for one in plan.matches if one.heading == heading]
    got = match.field if match.sure or plan.left_out else None
    assert got == field or (field is None and not match.sure)
