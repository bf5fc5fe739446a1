"""Words for the people supported."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from caseaudit.vocabulary import distinct, once


def ids(frame: pl.DataFrame, column: str = "case_id") -> list[str]:
    return frame[column].to_list()


def test_once_keeps_the_first_row_of_a_key_and_every_row_without_one() -> None:
    frame = pl.LazyFrame({"key": ["a", None, "a", "b", None], "row": [1, 2, 3, 4, 5]})
    assert once(frame, "key").collect()["row"].to_list() == [1, 2, 4, 5]


def test_distinct_drops_a_row_only_if_it_is_alike_in_every_field() -> None:
    frame = pl.LazyFrame({"a": [1, 1, 1], "b": [None, None, 2], "origin": [7, 8, 9]})
    assert distinct(frame).collect()["origin"].to_list() == [7, 9]


def test_the_scale_is_the_policys_and_zero_days_between_risk_checks_is_none(spoken) -> None:
    scale = spoken("scale", "").to_dict(as_series=False)
    assert scale["acuity_band"] == ["very_high", "high", "moderate", "low"]
    assert scale["risk_check_days"] == [7, 14, None, None]
    assert scale["high_acuity"] == [True, True, False, False]
    assert scale["highest_band"] == [True, False, False, False]
    assert scale["lowest_band"] == [False, False, False, True]
    assert scale["competencies"][1] == ["escalation_decision", "safeguarding"]


def test_a_case_exported_twice_is_one_and_the_row_without_an_end_stands(spoken) -> None:
    frame = spoken(
        "episodes",
        """
        cases  case_id | opened_on  | closed_on  | acuity_band
               C1      | 2026-01-05 | 2026-02-05 | low
               C1      | 2026-03-05 |            | high
               C2      | 2026-01-05 |            | low
               C2      | 2026-01-05 |            | high
        """,
    ).sort("case_id")
    assert frame.select("case_id", "opened_on", "acuity_band", "points").rows() == [
        ("C1", dt.date(2026, 3, 5), "high", 3.0),
        ("C2", dt.date(2026, 1, 5), "low", 1.0),
    ]


def test_an_unknown_band_leaves_the_scale_blank(spoken) -> None:
    frame = spoken("episodes", "cases case_id | opened_on | acuity_band\nC1 | 2026-01-05 | amber\nC2 | 2026-01-05 |")
    assert frame.select("rank", "review_days", "points", "high_acuity").rows() == [(None, None, None, None)] * 2


def test_open_cases_and_which_of_them_are_on_hold(spoken) -> None:
    frame = spoken(
        "open_cases",
        """
        cases  case_id | opened_on  | closed_on  | on_hold_from | on_hold_until
               OPENS   | 2026-10-31 |            |              |
               COMES   | 2026-11-01 |            |              |
               ENDS    | 2026-01-05 | 2026-10-31 |              |
               LASTS   | 2026-01-05 | 2026-11-01 |              |
               HELD    | 2026-01-05 |            | 2026-10-31   |
               STILL   | 2026-01-05 |            | 2026-10-01   | 2026-11-01
               BACK    | 2026-01-05 |            | 2026-10-01   | 2026-10-31
               SOON    | 2026-01-05 |            | 2026-11-01   |
               UNTIL   | 2026-01-05 |            |              | 2026-12-01
        """,
    )
    on_hold = dict(frame.select("case_id", "on_hold").iter_rows())
    assert on_hold == {
        "OPENS": False,
        "LASTS": False,
        "HELD": True,
        "STILL": True,
        "BACK": False,
        "SOON": False,
        "UNTIL": False,
    }


def test_high_acuity_is_what_the_policy_marks_so(spoken) -> None:
    head = "cases case_id | opened_on | acuity_band\n"
    drawing = head + "C1 | 2026-01-05 | very_high\nC2 | 2026-01-05 | moderate\nC3 | 2026-01-05 |"
    assert ids(spoken("high_acuity_cases", drawing)) == ["C1"]
    assert sorted(ids(spoken("high_acuity_cases", drawing, **{"bands.moderate.high_acuity": True}))) == ["C1", "C2"]


def test_the_last_review_is_the_latest_by_the_day_and_the_fuller_of_two(spoken) -> None:
    frame = spoken(
        "last_review",
        """
        reviews  case_id | reviewed_on | next_review_on | signed_off_by
                 C1      | 2026-10-01  | 2026-12-01     | N1
                 C1      | 2026-09-01  | 2026-12-02     |
                 C1      | 2026-10-01  |                |
                 C1      | 2026-11-01  | 2027-12-03     |
                 C2      | 2026-10-01  | 2026-12-01     |
                 C2      | 2026-10-01  | 2026-12-02     |
        """,
    )
    assert frame.select("case_id", "next_review_on").rows() == [
        ("C1", dt.date(2026, 12, 1)),
        ("C2", dt.date(2026, 12, 2)),
    ]


def test_changes_of_band_are_seen_once_and_confirmed_by_a_day_that_fits(spoken) -> None:
    frame = spoken(
        "band_changes",
        """
        bands  case_id | band | set_on     | confirmed_on
               C1      | high | 2026-10-01 | 2026-10-01
               C1      | high | 2026-10-01 | 2026-10-01
               C2      | high | 2026-10-01 | 2026-09-30
               C3      | high | 2026-10-01 | 2026-11-01
               C4      | high | 2026-11-01 | 2026-11-01
        """,
    )
    assert frame.select("case_id", "confirmed_on", "team").rows() == [
        ("C1", dt.date(2026, 10, 1), None),
        ("C2", None, None),
        ("C3", None, None),
    ]


def test_the_last_look_at_a_case_is_a_review_or_a_band_set_or_confirmed(spoken) -> None:
    drawing = """
        cases    case_id | opened_on
                 C1      | 2026-01-05
                 C2      | 2026-01-05
                 C3      | 2026-01-05
        reviews  case_id | reviewed_on
                 C1      | 2026-09-01
                 C2      | 2026-09-01
    """
    bands = "bands case_id | band | set_on | confirmed_on\nC2 | high | 2026-09-02 | 2026-09-03"
    reviewed, banded = dt.date(2026, 9, 1), dt.date(2026, 9, 3)
    assert spoken("last_look", drawing).rows() == [
        ("C1", reviewed, False),
        ("C2", reviewed, False),
        ("C3", None, False),
    ]
    assert spoken("last_look", drawing + bands).rows() == [
        ("C1", reviewed, True),
        ("C2", banded, True),
        ("C3", None, True),
    ]


CONTACTS = """
    contacts  contact_id | case_id | contact_on | outcome
              K1         | C1      | 2026-10-01 | attended
              K1         | C1      | 2026-10-01 | attended
              K2         | C1      | 2026-10-31 | did_not_attend
              K3         | C1      | 2026-11-01 | attended
              K4         | C2      | 2026-10-31 | attended
              K5         | C2      | 2026-10-30 | attended
"""


@pytest.mark.parametrize(
    ("word", "expected"),
    [("contacts_seen", ["K1", "K2", "K4", "K5"]), ("attended_contacts", ["K1", "K4", "K5"])],
)
def test_contacts_count_once_and_only_up_to_the_day(spoken, word: str, expected: list[str]) -> None:
    assert ids(spoken(word, CONTACTS), "contact_id") == expected


def test_the_last_attended_contact_of_each_case(spoken) -> None:
    assert dict(spoken("last_attended_contact", CONTACTS).iter_rows()) == {
        "C1": dt.date(2026, 10, 1),
        "C2": dt.date(2026, 10, 31),
    }
