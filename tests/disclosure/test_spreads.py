"""How work and acuity are spread: each worker for those inside, and for others only what tells no small number."""

import pytest
from drawn_services import caseloads, published

from caseaudit.reporting import documents


def mix(teams):
    """Open cases by team from {team: {band: number}}; a blank band is not recorded."""
    cases = ["cases  case_id | team | worker_id | opened_on | acuity_band"]
    cases += [
        f"{team}-{band or 'blank'}-{n} | {team} | W1 | 2025-01-06 | {band}"
        for team, bands in teams.items()
        for band, number in bands.items()
        for n in range(number)
    ]
    return ["staff  worker_id | team | role | started_on", "W1 | North | Nurse | 2023-01-09", *cases]


def texts(table):
    return [tuple(map(str, row)) for row in table.rows]


SPREAD = [0] * 5 + [1] * 5 + [2] * 5 + [3] * 5 + [8] * 5


def test_those_inside_see_each_worker_fewest_cases_first():
    table = published(caseloads([4, 0, 1, 2, 3]), ("ACU01",), "internal").tables["concentration"]
    assert texts(table) == [
        ("W01", "0", "20 %", "0 %"),
        ("W02", "1", "40 %", "10 %"),
        ("W03", "2", "60 %", "30 %"),
        ("W04", "3", "80 %", "60 %"),
        ("W00", "4", "100 %", "100 %"),
    ]
    assert table.facts["gini"] == pytest.approx(0.4)
    assert table.facts["top"] == pytest.approx(0.4)


def test_others_see_fifths_of_the_workers():
    table = published(caseloads(SPREAD), ("ACU01",)).tables["concentration"]
    assert texts(table) == [
        ("Fewest", "20 %", "0 %"), ("Second fifth", "40 %", "8 %"), ("Third fifth", "60 %", "22 %"),
        ("Fourth fifth", "80 %", "44 %"), ("Most", "100 %", "100 %"),
    ]  # fmt: skip
    assert table.facts["gini"] == pytest.approx(0.504)  # of these points; of 0, 5, 10, 15 and 40 cases it is 0.514
    assert table.facts["top"] == pytest.approx(0.56)  # at least; it is 57 %


@pytest.mark.parametrize(("most", "second"), [(40, "8 %"), (69, "6 %"), (70, "5 %")])
def test_shares_are_rounded_the_more_the_fewer_cases_there_are(most, second):
    """Of 70, 99 and 100 cases 7.1, 5.1 and 5 % are held by the first ten of 25 workers."""
    loads = [0] * 5 + [1] * 5 + [2] * 5 + [3] * 5
    last = [most - 4 * (most // 5), *[most // 5] * 4]
    table = published(caseloads([*loads, *last]), ("ACU01",)).tables["concentration"]
    assert texts(table)[1][2] == second


@pytest.mark.parametrize(("loads", "shown"), [([0] * 15 + [1] * 5 + [3] * 5, True), ([0] * 19 + [3] * 6, False)])
def test_of_fewer_than_twenty_cases_there_is_no_curve(loads, shown):
    assert ("concentration" in published(caseloads(loads), ("ACU01",)).tables) is shown


@pytest.mark.parametrize(
    "high",
    [
        [0] * 5 + [1] * 4 + [0] + [2] * 5 + [3] * 5 + [8] * 5,  # a fifth holds 4 cases
        SPREAD[1:],  # a fifth has 4 workers
    ],
)
def test_a_curve_from_which_a_small_number_could_be_read_is_left_out(high):
    assert "concentration" not in published(caseloads(high), ("ACU01",)).tables
    assert "concentration" in published(caseloads(high), ("ACU01",), "internal").tables


def test_nobody_with_a_high_acuity_case_gives_no_curve():
    assert "concentration" not in published(caseloads([0] * 25), ("ACU01",), "internal").tables


def test_the_mix_of_each_team_by_band_largest_share_of_high_acuity_first():
    drawing = mix({"North": {"low": 8, "high": 2, "": 1}, "South": {"low": 5, "high": 5}})
    table = published(drawing, ("CAP05",), "internal").tables["acuity"]
    assert [column.heading for column in table.columns] == [
        "Team",
        "Low",
        "High",
        "Not recorded",
        "Share of high acuity",
    ]
    assert texts(table) == [("South", "5", "5", "0", "50 %"), ("North", "8", "2", "1", "18 %")]


def test_bands_with_a_small_number_are_put_together_for_others():
    drawing = mix({"North": {"low": 8, "moderate": 3, "high": 6, "": 1}, "South": {"low": 5, "high": 5}})
    table = published(drawing, ("CAP05",)).tables["acuity"]
    assert [column.heading for column in table.columns][1:3] == ["Lower or not recorded", "High acuity"]
    assert texts(table) == [("South", "5", "5", "50 %"), ("North", "12", "6", "33 %")]


def test_there_is_no_mix_where_a_number_stays_small():
    drawing = mix({"North": {"low": 8, "high": 4}, "South": {"low": 5, "high": 5}})
    assert "acuity" not in published(drawing, ("CAP05",)).tables
    assert "acuity" in published(drawing, ("CAP05",), "internal").tables


MONTHS = ["establishment  team | role | month | funded_wte | in_post_wte | agency_wte | bank_wte"] + [
    f"North | Nurse | 2026-{month:02d}-01 | 12 | 10 | {month / 10} | 0.5" for month in range(6, 11)
]


def test_temporary_staff_by_month_beside_those_in_post():
    table = published(MONTHS, ("WFS02",)).tables["staffing"]
    assert texts(table)[0] == ("Jun 2026", "12.0", "10.0", "16.7 %", "1.1", "11.0 %")
    assert texts(table)[-1] == ("Oct 2026", "12.0", "10.0", "16.7 %", "1.5", "15.0 %")


def test_staff_of_a_service_of_fewer_than_five_are_not_shown_by_month():
    few = [line.replace("| 10 |", "| 4.9 |") for line in MONTHS]
    assert "staffing" not in published(few, ("WFS02",)).tables
    assert "staffing" in published(few, ("WFS02",), "internal").tables


@pytest.mark.parametrize(
    ("drawing", "codes", "title"),
    [
        (caseloads(SPREAD), ("ACU01",), "hold at least 56 % of them (Gini at least 0.50)"),
        (
            MONTHS,
            ("WFS01", "WFS02"),
            "16.7 % of funded posts were vacant in Oct 2026 (16.7 % in Jun 2026); temporary staff were 15.0 % of those",
        ),
    ],
)
def test_the_title_of_a_chart_states_the_finding(drawing, codes, title):
    page = documents.render(published(drawing, codes), "assurance", ("html",))[0].content.decode().replace("\xa0", " ")
    assert page.count(title) == 2  # above the chart, and as its text alternative
    assert "The figures of chart 1" in page


def by_team(*late):
    cases = ["cases  case_id | team | opened_on | acuity_band"]
    reviews = ["reviews  case_id | reviewed_on"]
    for team, number in zip(("East", "North", "South"), late, strict=True):
        for n in range(60):
            cases.append(f"{team}{n} | {team} | 2024-01-08 | low")
            reviews.append(f"{team}{n} | {'2024-02-01' if n < number else '2026-10-30'}")
    return [*cases, *reviews]


@pytest.mark.parametrize(
    ("late", "said"),
    [
        ((10, 10, 40), "1 of 3 teams is"),
        ((0, 0, 50), "3 of 3 teams are"),
        ((20, 20, 20), "none of 3 teams is"),
    ],
)
def test_a_funnel_says_how_many_teams_chance_does_not_explain(late, said):
    page = documents.render(published(by_team(*late), ("REV01",)), "assurance", ("html",))[0].content.decode()
    assert f"Review overdue: {said} further from the service" in page.replace("\xa0", " ")
