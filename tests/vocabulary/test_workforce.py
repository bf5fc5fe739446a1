"""Words for the workforce."""

from __future__ import annotations

import datetime as dt


def test_a_worker_listed_twice_is_one_and_the_contract_that_goes_on_stands(spoken) -> None:
    frame = spoken(
        "workers",
        """
        staff  worker_id | role  | left_on    | wte
               W1        | Nurse | 2025-12-31 | 0.5
               W1        | Nurse |            | 1.0
               W2        | Nurse |            | 0.8
               W2        | Nurse |            | 0.9
        """,
    ).sort("worker_id")
    assert frame.select("worker_id", "wte").rows() == [("W1", 1.0), ("W2", 0.8)]


def test_in_post_from_the_first_day_and_no_longer_on_the_last(spoken) -> None:
    frame = spoken(
        "staff_in_post",
        """
        staff  worker_id | role  | started_on | left_on
               STARTS    | Nurse | 2026-10-31 |
               COMES     | Nurse | 2026-11-01 |
               GOES      | Nurse | 2020-01-01 | 2026-10-31
               STAYS     | Nurse |            | 2026-11-01
        """,
    )
    assert sorted(frame["worker_id"]) == ["STARTS", "STAYS"]


CASELOADS = """
    staff  worker_id | role  | team  | wte | left_on
           W1        | Nurse | North | 0.5 |
           W2        | Nurse | North | -1  | 2026-10-31
           IDLE      | Nurse | North | 1.0 |
           ZERO      | Nurse | North | 0   |
    cases  case_id | worker_id | opened_on  | closed_on  | acuity_band
           C1      | W1        | 2026-01-05 |            | very_high
           C2      | W1        | 2026-01-05 |            | low
           C3      | W1        | 2026-01-05 |            |
           C4      | W1        | 2026-01-05 | 2026-10-31 | high
           C5      | W2        | 2026-01-05 |            | low
           C6      | STRANGER  | 2026-01-05 |            | high
           C7      |           | 2026-01-05 |            | high
           C8      | STRANGER  | 2026-01-05 |            | low
           C9      | ZERO      | 2026-01-05 |            | low
"""


def test_a_caseload_is_the_open_cases_of_a_named_worker(spoken) -> None:
    frame = spoken("caseloads", CASELOADS)
    shown = frame.select("worker_id", "open_cases", "banded_cases", "high_acuity_cases", "points", "team", "wte")
    assert shown.rows() == [
        ("STRANGER", 2, 2, 1, 4.0, None, None),
        ("W1", 3, 2, 1, 7.0, "North", 0.5),
        ("W2", 1, 1, 0, 1.0, "North", None),  # a WTE below 0 is none
        ("ZERO", 1, 1, 0, 1.0, "North", 0.0),
    ]


def test_a_caseload_leads_to_the_workers_row_or_else_to_the_first_case(spoken) -> None:
    frame = spoken("caseloads", CASELOADS)
    rows = dict(frame.select("worker_id", frame["origin"] % 2**32).iter_rows())
    assert rows == {"STRANGER": 7, "W1": 2, "W2": 3, "ZERO": 5}


def test_holders_are_those_of_them_in_post(spoken) -> None:
    assert spoken("holders", CASELOADS)["worker_id"].to_list() == ["W1", "ZERO"]


CASES = """
    cases  case_id | worker_id | opened_on  | closed_on  | acuity_band
           C1      | W1        | 2026-01-05 |            | high
           C2      |           | 2026-01-05 |            | low
           C3      | W3        | 2026-01-05 | 2026-10-31 | low
"""


def test_without_an_export_of_allocations_the_named_worker_stands_for_one(spoken) -> None:
    frame = spoken("current_allocations", CASES)
    assert frame.select("case_id", "worker_id", "allocated_on", "acuity_band").rows() == [
        ("C1", "W1", dt.date(2026, 1, 5), "high")
    ]


def test_allocations_are_those_current_of_open_cases_each_worker_once(spoken) -> None:
    frame = spoken(
        "current_allocations",
        CASES
        + """
        allocations  case_id | worker_id | allocated_on | ended_on   | role_type
                     C1      | W1        | 2026-01-05   |            | first
                     C1      | W1        | 2026-02-05   |            | again
                     C1      | W2        | 2026-10-31   |            | lead
                     C1      | W4        | 2026-11-01   |            | lead
                     C2      | W5        | 2026-01-05   | 2026-10-31 | lead
                     C2      | W6        | 2026-01-05   | 2026-11-01 | lead
                     C3      | W3        | 2026-01-05   |            | lead
        """,
    ).sort("worker_id")
    assert frame.select("case_id", "worker_id", "role_type", "high_acuity").rows() == [
        ("C1", "W1", "again", True),
        ("C1", "W2", "lead", True),
        ("C2", "W6", "lead", False),
    ]


SESSIONS = """
    supervision  session_id | worker_id | held_on    | status
                 S1         | W1        | 2026-10-01 | held
                 S1         | W1        | 2026-10-01 | held
                 S2         | W1        | 2026-10-20 | cancelled
                 S3         | W1        | 2026-10-21 |
                 S4         | W1        | 2026-11-01 | held
                 S5         | W2        | 2026-10-31 | held
                 S6         | W1        | 2026-09-01 | held
"""


def test_only_sessions_held_by_the_day_count_and_each_once(spoken) -> None:
    assert spoken("sessions_held", SESSIONS)["session_id"].to_list() == ["S1", "S5", "S6"]
    assert dict(spoken("last_session", SESSIONS).iter_rows()) == {
        "W1": dt.date(2026, 10, 1),
        "W2": dt.date(2026, 10, 31),
    }


def test_a_session_is_of_the_supervisees_team_where_the_staff_list_says_it(spoken) -> None:
    assert spoken("sessions_held", SESSIONS)["team"].null_count() == 3
    staff = "\nstaff worker_id | role | team\nW1 | Nurse | North\nW1 | Nurse | South"
    assert spoken("sessions_held", SESSIONS + staff)["team"].to_list() == ["North", None, "North"]


def test_a_sign_off_is_current_until_it_runs_out_or_an_incident_throws_doubt_on_it(spoken) -> None:
    frame = spoken(
        "sign_offs",
        """
        competencies  worker_id | competency | signed_off_on | method            | expires_on
                      YEAR      | c          | 2025-10-31    | observed_practice |
                      OLD       | c          | 2025-10-30    | observed_practice |
                      STATED    | c          | 2026-01-05    | observed_practice | 2026-10-30
                      LAST      | c          | 2026-01-05    | case_based        | 2026-10-31
                      LONGER    | c          | 2025-10-30    | case_based        | 2027-10-31
                      COURSE    | c          | 2026-01-05    | training_only     |
                      BLANK     | c          | 2026-01-05    |                   |
                      OLDBLANK  | c          | 2025-01-05    |                   |
                      COMES     | c          | 2026-11-01    | case_based        |
                      DOUBTED   | c          | 2026-01-05    | case_based        |
                      RENEWED   | c          | 2026-06-02    | case_based        |
        incidents     worker_id | competency | occurred_on
                      DOUBTED   | c          | 2026-01-05
                      RENEWED   | c          | 2026-06-01
                      DOUBTED   | c          | 2025-12-01
                      YEAR      | other      | 2026-06-01
                      LAST      | c          | 2026-11-01
        """,
    )
    assert dict(frame.select("worker_id", "current").iter_rows()) == {
        "YEAR": True,
        "OLD": False,
        "STATED": False,
        "LAST": True,
        "LONGER": False,
        "COURSE": False,
        "BLANK": None,
        "OLDBLANK": False,
        "DOUBTED": False,
        "RENEWED": True,
    }
