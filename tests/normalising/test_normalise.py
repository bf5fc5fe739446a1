"""Exports to tables: what is kept, what is refused and why, and that nothing is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from made_exports import kept_as, make_pair

from caseaudit.errors import UsageProblem
from caseaudit.model import ORIGIN_SHIFT, Feed, Rejected, Unpivot
from caseaudit.normalising import normalise
from caseaudit.normalising.words import blanked, trimmed
from caseaudit.tables import MODELS

CASES = Feed("cases", {"case_id": "Ref", "opened_on": "Opened", "acuity_band": "Band"})
LAST_REVIEW = Feed("reviews", {"case_id": "Ref", "reviewed_on": "Last"}, only_if=("reviewed_on",))
REVIEWS = Feed("reviews", {"case_id": "Ref", "reviewed_on": "Date", "kind": "Kind"})


@pytest.fixture(autouse=True, scope="module", params=[pl.String(), pl.Categorical()], ids=["text", "numbers"])
def _columns(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test here twice: with columns of text, and with columns kept by numbers of their texts."""
    kept_as.append(request.param)
    yield
    kept_as.pop()


def test_a_row_without_what_it_needs_is_rejected_with_row_and_field() -> None:
    tables = normalise(
        [
            make_pair(
                {"Ref": ["A", None, "C"], "Opened": ["13/04/2026", "13/04/2026", "soon"], "Band": ["High"] * 3}, CASES
            )
        ]
    )
    assert tables.frames["cases"].get_column("case_id").to_list() == ["A"]
    assert [(r.row, r.table, r.field, r.whole) for r in tables.rejected] == [
        (3, "cases", "case_id", True),
        (4, "cases", "opened_on", True),
    ]
    assert "soon" not in "".join(r.reason for r in tables.rejected)
    assert (tables.accounts[0].rows_read, tables.accounts[0].kept, tables.accounts[0].rejected) == (3, 1, 2)


def test_an_unreadable_cell_of_another_field_is_blank_and_listed() -> None:
    feed = Feed("cases", {"case_id": "Ref", "opened_on": "Opened", "closed_on": "Closed"})
    tables = normalise([make_pair({"Ref": ["A"], "Opened": ["13/04/2026"], "Closed": ["31/02/2026"]}, feed)])
    assert tables.frames["cases"].get_column("closed_on").to_list() == [None]
    (listed,) = tables.rejected
    assert (listed.field, listed.whole) == ("closed_on", False)
    assert tables.accounts[0].kept == 1


def test_origin_leads_to_source_and_row() -> None:
    one = make_pair({"Ref": ["A"], "Opened": ["13/04/2026"], "Band": ["High"]}, CASES)
    two = make_pair({"Ref": ["B", "C"], "Opened": ["13/04/2026"] * 2, "Band": ["Low"] * 2}, CASES)
    origins = normalise([one, two]).frames["cases"].get_column("origin").to_list()
    assert origins == [2, ORIGIN_SHIFT + 2, ORIGIN_SHIFT + 3]


def test_a_case_without_a_last_review_is_no_review_and_no_fault() -> None:
    columns = {"Ref": ["A", "B"], "Opened": ["13/04/2026"] * 2, "Band": ["High"] * 2, "Last": ["14/05/2026", "n/a"]}
    tables = normalise([make_pair(columns, CASES, LAST_REVIEW)])
    assert tables.frames["reviews"].height == 1
    assert not tables.rejected


def test_a_row_refused_by_one_table_may_feed_another() -> None:
    columns = {"Ref": ["A"], "Opened": ["never"], "Band": ["High"], "Last": ["14/05/2026"]}
    tables = normalise([make_pair(columns, CASES, LAST_REVIEW)])
    assert tables.frames["reviews"].height == 1
    assert [r.whole for r in tables.rejected] == [False]
    assert (tables.accounts[0].kept, tables.accounts[0].rejected) == (1, 0)


def test_an_event_two_sources_tell_of_is_one_the_fuller_row_completed() -> None:
    caseload = make_pair(
        {"Ref": ["A"], "Opened": ["13/04/2026"], "Band": ["High"], "Last": ["14/05/2026"], "By": ["W1"]},
        CASES,
        Feed("reviews", {"case_id": "Ref", "reviewed_on": "Last", "reviewer_id": "By"}, only_if=("reviewed_on",)),
    )
    log = make_pair({"Ref": ["A", "A"], "Date": ["14/05/2026", "15/05/2026"], "Kind": ["Annual", "Ad hoc"]}, REVIEWS)
    reviews = normalise([caseload, log]).frames["reviews"]
    assert reviews.select("reviewed_on", "kind", "reviewer_id", "origin").rows() == [
        (dt.date(2026, 5, 14), "annual", "W1", 2),
        (dt.date(2026, 5, 15), "ad_hoc", None, ORIGIN_SHIFT + 3),
    ]


def test_two_events_of_one_source_are_never_made_one() -> None:
    log = {"Ref": ["A", "A"], "Date": ["14/05/2026"] * 2, "Kind": ["Annual", "Ad hoc"]}
    assert normalise([make_pair(log, REVIEWS), make_pair(log, REVIEWS)]).frames["reviews"].height == 2


def test_the_same_key_twice_is_kept_for_the_duplicates_check() -> None:
    one = make_pair({"Ref": ["A", "A"], "Opened": ["13/04/2026"] * 2, "Band": ["High"] * 2}, CASES)
    assert normalise([one, one]).frames["cases"].height == 4


def test_sessions_with_two_identifiers_are_two_sessions() -> None:
    feed = Feed("supervision", {"session_id": "S", "worker_id": "W", "held_on": "D"})
    one, two = ({"S": [s], "W": ["W1"], "D": ["13/04/2026"]} for s in ("S1", "S2"))
    assert normalise([make_pair(one, feed), make_pair(two, feed)]).frames["supervision"].height == 2


def test_a_log_without_a_status_lists_sessions_held_a_blank_status_says_nothing() -> None:
    bare = Feed("supervision", {"worker_id": "W", "held_on": "D"})
    told = Feed("supervision", {"worker_id": "W", "held_on": "D", "status": "S"})
    columns = {"W": ["W1"], "D": ["13/04/2026"], "S": [None]}
    assert normalise([make_pair(columns, bare)]).frames["supervision"].get_column("status").to_list() == ["held"]
    with_status = normalise([make_pair(columns, told)])
    assert with_status.frames["supervision"].get_column("status").to_list() == [None]
    assert "status" in with_status.supplied["supervision"]


MATRIX = Feed(
    "competencies",
    {"worker_id": "Staff"},
    unpivot=Unpivot({"Risk": "risk_formulation", "SG": "safeguarding"}, "competency", "signed_off_on"),
)


def test_a_matrix_makes_a_row_per_dated_cell_and_lists_marks_without_a_date() -> None:
    columns = {"Staff": ["W1", "W2", "W3"], "Risk": ["13/04/2026", "Y", None], "SG": ["14/04/2026", "15/04/2026", "No"]}
    tables = normalise([make_pair(columns, MATRIX)])
    assert tables.frames["competencies"].select("worker_id", "competency", "origin").rows() == [
        ("W1", "risk_formulation", 2),
        ("W1", "safeguarding", 2),
        ("W2", "safeguarding", 3),
    ]
    assert [(r.row, r.field, r.reason, r.whole) for r in tables.rejected if r.row == 3] == [
        (3, "signed_off_on", "a mark without a date", False)
    ]
    assert (tables.accounts[0].kept, tables.accounts[0].rejected) == (2, 1)


def test_a_matrix_with_dates_of_expiry_makes_one_row_of_both() -> None:
    done = Unpivot({"SG": "safeguarding", "BLS": "life_support"}, "course", "completed_on")
    until = Unpivot({"SG expiry": "safeguarding"}, "course", "expires_on")
    feeds = [Feed("training", {"worker_id": "Staff"}, unpivot=each) for each in (done, until)]
    columns = {"Staff": ["W1", "W2"], "SG": ["13/04/2026", None], "BLS": ["Y", None], "SG expiry": ["13/04/2029"] * 2}
    tables = normalise([make_pair(columns, *feeds)])
    assert tables.frames["training"].select("worker_id", "course", "completed_on", "expires_on").rows() == [
        ("W1", "life_support", None, None),
        ("W1", "safeguarding", dt.date(2026, 4, 13), dt.date(2029, 4, 13)),
        ("W2", "safeguarding", None, dt.date(2029, 4, 13)),
    ]
    assert [(r.row, r.field, r.whole) for r in tables.rejected] == [(2, "completed_on", False)]


def test_columns_of_a_matrix_are_each_read_in_their_own_order() -> None:
    columns = {"Staff": ["W1", "W2"], "Risk": ["13/04/2026", "05/04/2026"], "SG": ["04/13/2026", "04/05/2026"]}
    days = normalise([make_pair(columns, MATRIX)]).frames["competencies"].get_column("signed_off_on").to_list()
    assert days == [dt.date(2026, 4, 13)] * 2 + [dt.date(2026, 4, 5)] * 2


def test_workers_by_name_are_found_in_the_staff_list_if_only_one_has_the_name() -> None:
    staff = make_pair(
        {"No": ["W1", "W2", "W3"], "Name": ["Smith, Jane (CPN)", "Al Roy", "Al Roy"], "Role": ["n"] * 3},
        Feed("staff", {"worker_id": "No", "name": "Name", "role": "Role"}),
    )
    cases = make_pair(
        {"Ref": list("ABCD"), "Opened": ["13/04/2026"] * 4, "Who": ["Jane Smith", "Al Roy", "W2", "Zoe Q"]},
        Feed("cases", {"case_id": "Ref", "opened_on": "Opened", "worker_id": "Who"}),
    )
    found = normalise([staff, cases]).frames["cases"].get_column("worker_id").to_list()
    assert found == ["W1", "Al Roy", "W2", "Zoe Q"]


def test_month_first_is_taken_from_the_other_dates_of_the_source() -> None:
    feed = Feed("cases", {"case_id": "Ref", "opened_on": "Opened", "closed_on": "Closed"})
    tables = normalise([make_pair({"Ref": ["A"], "Opened": ["02/03/2026"], "Closed": ["04/13/2026"]}, feed)])
    assert tables.frames["cases"].get_column("opened_on").item() == dt.date(2026, 2, 3)
    assert any("month first" in note for note in tables.notes)


def test_dates_about_which_nothing_tells_are_asked_about_unless_the_user_has_said() -> None:
    columns = {"Ref": ["A", "B"], "Opened": ["02/03/2026", "05/03/2026"], "Band": ["High"] * 2}
    with pytest.raises(UsageProblem, match=r"“Opened” of export\.csv"):
        normalise([make_pair(columns, CASES)])
    told = normalise([make_pair(columns, CASES, date_order={"Opened": "mdy"})])
    assert told.frames["cases"].get_column("opened_on").to_list() == [dt.date(2026, 2, 3), dt.date(2026, 5, 3)]


def test_a_constant_fills_every_row_and_a_wrong_one_is_the_users_problem() -> None:
    columns = {"Ref": ["A"], "Opened": ["13/04/2026"]}
    feed = Feed("cases", {"case_id": "Ref", "opened_on": "Opened"}, constants={"team": "North"})
    assert normalise([make_pair(columns, feed)]).frames["cases"].get_column("team").to_list() == ["North"]
    with pytest.raises(UsageProblem, match=r"cases\.closed_on"):
        normalise([make_pair(columns, Feed("cases", dict(feed.columns), constants={"closed_on": "soon"}))])


def test_rows_of_a_source_that_is_left_out_are_all_accounted_for() -> None:
    aside = (Rejected(0, 9, None, None, "a totals row", furniture=True),)
    tables = normalise([make_pair({"X": ["a", "b"]}, left_out="no table recognised", set_aside=aside)])
    account = tables.accounts[0]
    assert (account.rows_read, account.kept, account.rejected, account.furniture) == (3, 0, 3, 1)
    assert {r.reason for r in tables.rejected} == {"no table recognised", "a totals row"}


def test_no_note_or_reason_quotes_a_cell() -> None:
    cell = "Zebedee"
    feed = Feed("cases", {"case_id": "Ref", "opened_on": "Opened", "closed_on": "Closed", "acuity_band": "Band"})
    columns = {"Ref": [cell, None], "Opened": [cell, "13/04/2026"], "Closed": [cell] * 2, "Band": [cell] * 2}
    tables = normalise([make_pair(columns, feed)])
    assert cell not in " ".join([*tables.notes, *(r.reason for r in tables.rejected)])


CELL = st.none() | st.sampled_from(
    ["", " ", "A", "A1", "N/A", "01/04/2026", "13/04/2026", "04/13/2026", "45000", "soon", "Yes", "2026-04-01 09:00"]
) | st.text(max_size=6)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), max_size=8), st.lists(st.tuples(CELL, CELL, CELL), max_size=5))
def test_rows_read_are_rows_kept_plus_rows_rejected(
    caseload: list[tuple[str | None, ...]], log: list[tuple[str | None, ...]]
) -> None:
    def turned(rows: list[tuple[str | None, ...]], names: list[str]) -> dict[str, list[str | None]]:
        return {name: [row[i] for row in rows] for i, name in enumerate(names)}

    first = make_pair(
        turned(caseload, ["Ref", "Opened", "Band", "Last"]),
        CASES,
        LAST_REVIEW,
        date_order={"Opened": "dmy", "Last": "dmy"},
    )
    second = make_pair(turned(log, ["Ref", "Date", "Kind"]), REVIEWS, date_order={"Date": "dmy"})
    tables = normalise([first, second])
    for number, (account, rows) in enumerate(zip(tables.accounts, (caseload, log), strict=True)):
        whole = {r.row for r in tables.rejected if r.source == number and r.whole}
        fed = {
            origin % ORIGIN_SHIFT
            for frame in tables.frames.values()
            for origin in frame.get_column("origin")
            if origin // ORIGIN_SHIFT == number
        }
        assert account.rows_read == len(rows) == account.kept + account.rejected
        assert account.rejected == len(whole)
        assert not fed & whole
    for name, frame in tables.frames.items():
        MODELS[name].validate(frame)


@settings(max_examples=60, deadline=None)
@given(st.lists(CELL | st.text(max_size=12), max_size=20))
@example(["9999/12/31", "9999-12-31", "soon", "01/04/2026", None])
def test_every_cell_is_read_or_blank_or_listed(texts: list[str | None]) -> None:
    feed = Feed("tasks", {"task_type": "T", "due_on": "D"})
    tables = normalise([make_pair({"T": ["x"] * len(texts), "D": texts}, feed, date_order={"D": "dmy"})])
    days = tables.frames["tasks"].get_column("due_on").to_list() if texts else []
    said = blanked(trimmed(pl.Series("D", texts, dtype=pl.String)), "day", "tasks.due_on")[0].to_list()
    listed = {r.row - 2 for r in tables.rejected}
    # A day that stands for no date, such as 9999-12-31, is blank, and said in a note with how many there are.
    open_ended = 0
    for at, (day, text) in enumerate(zip(days, said, strict=True)):
        assert day is None or at not in listed
        assert text is not None or (day is None and at not in listed)
        open_ended += text is not None and day is None and at not in listed
    noted = [note for note in tables.notes if "stands for no date" in note]
    assert [f" {open_ended} cell" in note for note in noted] == [True] * bool(open_ended)


def test_a_source_without_a_usable_row_is_no_export_of_the_table() -> None:
    feed = Feed("tasks", {"task_type": "T", "due_on": "D"})
    empty = normalise([make_pair({"T": [], "D": []}, feed)])
    assert not empty.frames
    assert not empty.supplied
    assert any("no row that could be used" in note for note in empty.notes)
    refused = normalise([make_pair({"T": [None], "D": ["13/01/2026"]}, feed)])
    assert not refused.frames
    assert [one.field for one in refused.rejected] == ["task_type"]


def test_a_column_of_last_reviews_without_any_does_supply_reviews() -> None:
    columns = {"C": ["C1"], "O": ["13/01/2026"], "R": [None]}
    feeds = (
        Feed("cases", {"case_id": "C", "opened_on": "O"}),
        Feed("reviews", {"case_id": "C", "reviewed_on": "R"}, only_if=("reviewed_on",)),
    )
    assert normalise([make_pair(columns, *feeds)]).frames["reviews"].height == 0


def test_the_reason_for_a_band_is_kept() -> None:
    feed = Feed("bands", {"case_id": "C", "band": "B", "set_on": "S", "reason": "R"})
    tables = normalise([make_pair({"C": ["C1"], "B": ["high"], "S": ["13/01/2026"], "R": ["more visits"]}, feed)])
    assert tables.frames["bands"]["reason"].to_list() == ["more visits"]
