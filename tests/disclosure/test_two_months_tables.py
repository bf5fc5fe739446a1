"""Tables of this month beside those of the earlier pack: by team, by signal, and by how late."""

import datetime as dt

import pytest

from caseaudit.disclosure.linked import kept_tables
from caseaudit.disclosure.partings import kept_parts
from caseaudit.disclosure.profiles import PROFILES
from caseaudit.model import Status
from caseaudit.publication import Column, Earlier, EarlierResult, Figure, PublicTable, count, share

PROFILE = PROFILES["commissioner"]
HELD = PROFILE.held()


def table(rows, note=""):
    """A table by team from {team: (members, fell short or None where hidden)}."""
    return PublicTable(
        tuple(map(Column, ("Team", "Looked at", "Met", "Fell short", "Share met"))),
        tuple(
            (Figure(team), count(n), HELD, HELD, HELD) if short is None
            else (Figure(team), count(n), count(n - short), count(short), share(n - short, n))
            for team, (n, short) in rows.items()
        ),
        note,
    )  # fmt: skip


class Shown:
    """The figures of a check as they are shown."""

    code = "ESC08"

    def __init__(self, population, short):
        self.population, self.met = count(population), count(population - short)
        self.short, self.rate, self.breach = count(short), share(population - short, population), count(short)


def earlier(shown, **tables):
    result = EarlierResult(
        Status.NOT_MET, 1.0, shown.population, shown.met, shown.breach, count(0), shown.rate, limits={}
    )
    return Earlier(dt.date(2026, 9, 30), "commissioner", {"ESC08": result}, {}, tables)


def kept(now, then, totals_now, totals_then):
    """Rows by team as they are shown beside the earlier ones: team → fell short, as printed; None for no table."""
    before = earlier(Shown(*totals_then))
    found = kept_parts(table(now), table(then), before.results["ESC08"], Shown(*totals_now), PROFILE)
    return None if found is None else {str(row[0]): str(row[3]) for row in found.rows}


def test_a_team_hidden_then_stays_hidden_where_hardly_anybody_is_new():
    then = {"East": (20, None), "North": (30, 9), "South": (25, 8), "West": (20, None)}
    now = {"East": (21, 5), "North": (30, 9), "South": (25, 8), "West": (20, 6)}
    # West is as then, so what was hidden of it would be shown, and with it East.
    assert kept(now, then, (96, 28), (95, 27)) == {
        "East": "not shown", "North": "9", "South": "8", "West": "not shown",
    }  # fmt: skip


def test_with_many_new_ones_it_may_be_shown():
    then = {"East": (20, None), "North": (30, 9), "South": (25, 8), "West": (20, None)}
    now = {"East": (40, 12), "North": (30, 9), "South": (25, 8), "West": (40, 12)}
    assert kept(now, then, (135, 41), (95, 27))["West"] == "12"


def test_where_a_population_has_shrunk_the_months_tell_nothing_of_each_other():
    then = {"East": (20, None), "North": (30, 9), "South": (25, 8), "West": (20, None)}
    now = {"East": (21, 5), "North": (29, 9), "South": (25, 8), "West": (20, 6)}
    assert kept(now, then, (95, 28), (95, 27))["West"] == "6"


def test_teams_put_together_then_are_told_apart_only_where_enough_is_new():
    then = {"North": (60, 12), "2 teams together": (40, 11)}
    little = {"North": (60, 12), "East": (20, 6), "West": (21, 6)}
    assert kept(little, then, (101, 24), (100, 23)) == {"North": "12", "2 teams together": "12"}
    much = {"North": (60, 12), "East": (40, 16), "West": (40, 16)}
    assert kept(much, then, (140, 44), (100, 23)) == {"North": "12", "East": "16", "West": "16"}


def test_a_team_that_is_new_has_nobody_then():
    then = {"North": (60, 12), "South": (40, 11)}
    now = {"North": (60, 12), "South": (41, 11), "West": (9, 5)}
    assert kept(now, then, (110, 28), (100, 23)) == {"North": "12", "South": "11", "West": "5"}


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        (("1 to 28", "29 or more"), {"1 to 28": "12", "29 or more": "14"}),
        (("1 to 7", "8 to 28", "29 or more"), {"1 to 7": "6", "8 to 28": "6", "29 or more": "14"}),
    ],
)
def test_classes_are_no_finer_than_those_of_the_earlier_pack(before, shown):
    def late(numbers):
        rows = tuple((Figure(label), count(number)) for label, number in numbers.items())
        return PublicTable((Column("Days over the limit"), Column("Number")), rows)

    now = late({"1 to 7": 6, "8 to 28": 6, "29 to 56": 6, "57 or more": 8})
    then = earlier(Shown(90, 20), **{"late/ESC08": late(dict.fromkeys(before, 6))})
    found = kept_tables({"late/ESC08": now}, [Shown(100, 26)], {"ESC08"}, then, PROFILE)["late/ESC08"]
    assert {str(label): str(number) for label, number in found.rows} == shown
