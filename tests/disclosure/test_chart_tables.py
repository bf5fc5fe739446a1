"""Tables behind the charts of competence, response to risk and staffing: who is counted, and what others see of it."""

import datetime as dt

import pytest

from caseaudit.catalogue import load_catalogue
from caseaudit.disclosure import publish
from caseaudit.model import Audit
from caseaudit.policy import load
from caseaudit.reporting import documents
from caseaudit.running import run
from caseaudit.testing import drawn_tables

D = dt.date(2026, 10, 31)
COMPETENCE = ("CAP01", "CMP01", "CMP02", "CMP03")
RESPONSE = ("ESC01", "ESC02", "ESC06", "CON05")


def published(drawing, codes, audience="commissioner"):
    policy = load(D)
    results = run(load_catalogue().choose(codes), drawn_tables("\n".join(drawing)), policy, D)
    return publish(Audit(D, "", results, policy.in_force(), (), ()), audience, "commissioner", bytes(32))


def texts(table):
    return [tuple(map(str, row)) for row in table.rows]


def page_of(publication):
    return documents.render(publication, "assurance", ("html",))[0].content.decode().replace("\xa0", " ")


def competence(teams):
    """A service from {team: [(band of the worker's case, competencies signed off) ...]}; one case a worker."""
    staff = ["staff  worker_id | team | wte | layer | role | started_on"]
    cases = ["cases  case_id | team | worker_id | opened_on | acuity_band"]
    signed = ["competencies  worker_id | competency | signed_off_on | method"]
    for team, workers in teams.items():
        for number, (band, held) in enumerate(workers):
            worker = f"WORKER-{team}-{number}"
            staff.append(f"{worker} | {team} | 1.0 | support | Care manager | 2023-01-09")
            cases.append(f"P-{team}-{number} | {team} | {worker} | 2025-01-06 | {band}")
            signed += [f"{worker} | {competency} | 2026-06-01 | observed_practice" for competency in held]
    return [*staff, *cases, *signed]


BOTH = ("escalation_decision", "safeguarding")


def test_the_matrix_counts_workers_whose_cases_ask_for_a_competency_and_those_who_hold_it():
    drawing = competence({"North": [("high", BOTH), ("high", BOTH[:1]), ("low", ())], "South": [("low", BOTH)]})
    table = published(drawing, COMPETENCE, "internal").tables["competence"]
    assert texts(table) == [
        ("North", "safeguarding", "3", "1", "33 %"),
        ("North", "escalation_decision", "2", "2", "100 %"),
        ("South", "safeguarding", "1", "1", "100 %"),
    ]


def test_without_sign_offs_among_the_exports_there_is_no_matrix():
    drawing = competence({"North": [("high", ()), ("low", ())]})
    drawing = drawing[: next(place for place, line in enumerate(drawing) if line.startswith("competencies"))]
    assert "competence" not in published(drawing, COMPETENCE, "internal").tables


HELD = [("high", BOTH)] * 6 + [("low", BOTH[1:])] * 4
FEW = [("high", BOTH)] * 4 + [("low", BOTH[1:])] * 7


def test_a_cell_of_few_workers_is_hidden_with_another_of_its_team():
    table = published(competence({"North": HELD, "South": FEW}), COMPETENCE).tables["competence"]
    assert texts(table) == [
        ("North", "safeguarding", "10", "10", "100 %"),
        ("North", "escalation_decision", "6", "6", "100 %"),
        ("South", "safeguarding", "not shown", "not shown", "not shown"),
        ("South", "escalation_decision", "not shown", "not shown", "not shown"),
    ]
    assert "not shown" in table.note


def test_a_cell_of_five_workers_is_shown():
    table = published(competence({"North": HELD, "South": HELD[1:]}), COMPETENCE).tables["competence"]
    assert ("South", "escalation_decision", "5", "5", "100 %") in texts(table)


def test_teams_of_few_staff_are_put_together_in_the_matrix():
    teams = {"East": HELD[:3], "North": HELD, "South": HELD[:3]}
    table = published(competence(teams), COMPETENCE).tables["competence"]
    assert {row[0] for row in texts(table)} == {"2 teams together", "North"}


def test_the_heat_map_says_its_figures_in_words_and_none_that_is_hidden():
    page = page_of(published(competence({"North": HELD, "South": FEW}), COMPETENCE))
    svg = page[page.index("<svg", page.index("Chart 2.")) :]
    svg = svg[: svg.index("</svg>")]
    assert "6 of 6" in svg
    assert "10 of 10" in svg
    assert "4 of 4" not in page
    assert "11 of 11" not in page
    assert svg.count("not shown") == 2
    assert "WORKER-" not in page


@pytest.mark.parametrize(
    ("first", "title"),
    [
        (("high", BOTH), "Every worker shown holds in date each competency their cases ask for"),
        (("high", BOTH[:1]), "Least held: safeguarding in North, by 9 of 10 workers who need it"),
    ],
)
def test_the_title_of_the_matrix_is_its_finding(first, title):
    assert title in page_of(published(competence({"North": [first, *HELD[1:]], "South": HELD}), COMPETENCE))


def risk(signals):
    """Flags from {signal: (seen the day after, seen after a month)}, and two escalations, one answered in time."""
    cases = ["cases  case_id | team | opened_on | acuity_band"]
    flags = ["risk_flags  flag_id | case_id | signal | raised_on"]
    contacts = ["contacts  contact_id | case_id | contact_on | outcome"]
    for signal, numbers in signals.items():
        for day, number in zip(("2026-09-02", "2026-10-02"), numbers, strict=True):
            for place in range(number):
                case = f"{signal}-{day}-{place}"
                cases.append(f"{case} | North | 2025-01-06 | low")
                flags.append(f"F-{case} | {case} | {signal} | 2026-09-01")
                contacts.append(f"K-{case} | {case} | {day} | attended")
    escalations = ["escalations  escalation_id | case_id | raised_on | responded_on"] + [
        f"E{number} | X | 2026-10-01 | 2026-10-0{2 + number % 2}" for number in range(20)
    ]
    return [*cases, *flags, *contacts, *escalations]


def test_what_was_done_in_time_is_told_by_signal_and_by_step():
    table = published(risk({"housing_loss": (6, 6), "ed_attendance": (9, 1)}), RESPONSE, "internal").tables["response"]
    assert texts(table) == [
        ("ESC01", "housing_loss", "12", "6", "6", "50 %"),
        ("ESC01", "ed_attendance", "10", "9", "1", "90 %"),
        ("ESC06", "", "20", "10", "10", "50 %"),
    ]


def test_signals_of_few_people_are_put_together_for_others():
    drawing = risk({"housing_loss": (6, 6), "ed_attendance": (8, 7), "missed_visits": (3, 0)})
    table = published(drawing, RESPONSE).tables["response"]
    assert texts(table)[:2] == [
        ("ESC01", "ed_attendance", "15", "8", "7", "53 %"),
        ("ESC01", "housing_loss or missed_visits", "15", "9", "6", "60 %"),
    ]


def test_a_step_whose_small_number_is_hidden_is_not_drawn():
    table = published(risk({"housing_loss": (30, 2), "ed_attendance": (30, 1)}), RESPONSE).tables.get("response")
    assert table is None  # only the escalations are left, and a sentence says as much


def test_the_chart_of_response_names_the_limit_and_the_lowest_share():
    page = page_of(published(risk({"housing_loss": (6, 6), "ed_attendance": (9, 5)}), RESPONSE))
    assert "Seen after housing loss within 3 days: 6 of 12 in time, the lowest share" in page
    assert "Seen after ED attendance within 3 days" in page
    assert "Escalation answered within 1 day" in page


def test_a_signal_without_a_limit_is_no_finding():
    page = page_of(published(risk({"rumour": (0, 6), "ed_attendance": (9, 5)}), RESPONSE, "internal"))
    assert "Escalation answered within 1 day: 10 of 20 in time, the lowest share" in page


ONE_MONTH = ["establishment  team | role | month | funded_wte | in_post_wte | agency_wte | bank_wte"] + [
    f"{team} | Nurse | 2026-10-01 | {funded} | {there} | 0 | 0"
    for team, funded, there in (("North", 12, 10), ("South", 8, 8), ("East", 4, 3), ("West", 4, 4))
]


def test_vacancies_of_one_month_are_told_by_team_and_said_to_be_no_course():
    publication = published(ONE_MONTH, ("WFS01", "WFS02"), "internal")
    assert "staffing" not in publication.tables
    assert texts(publication.tables["vacancies"])[0] == ("East", "4.0", "3.0", "25.0 %")
    page = page_of(publication)
    assert "25.0 % of funded posts are vacant in East, the largest share" in page
    assert "the exports hold no course of months" in page
    assert "limit 10 %" in page


def test_teams_of_few_in_post_are_put_together_for_others():
    table = published(ONE_MONTH, ("WFS01",)).tables["vacancies"]
    assert texts(table) == [
        ("North", "12.0", "10.0", "16.7 %"),
        ("2 teams together", "8.0", "7.0", "12.5 %"),
        ("South", "8.0", "8.0", "0.0 %"),
    ]
