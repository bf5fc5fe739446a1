"""The competency matrix, the mix of acuity and vacant posts in two packs: what one hides the other tells not."""

import datetime as dt
import json
import math
import random
from dataclasses import replace

import pytest
from test_attack_tables import BANDS, COMPETENCIES
from two_packs import System

from caseaudit.catalogue import load_catalogue
from caseaudit.disclosure import public_results, publish
from caseaudit.disclosure.kept_cells import kept_matrix, kept_mix
from caseaudit.disclosure.profiles import PROFILES
from caseaudit.model import Audit
from caseaudit.policy import load
from caseaudit.publication import Column, Figure, PublicTable, count, share
from caseaudit.reporting.previous import read_previous
from caseaudit.running import run
from caseaudit.testing import drawn_tables

THEN, NOW = dt.date(2026, 9, 30), dt.date(2026, 10, 31)
CODES = ("CAP01", "CAP05", "CMP02", "CMP03")
PROFILE = PROFILES["commissioner"]


def two_months(seed):
    """Drawings of a service, and of the same with a few more cases and sign-offs."""
    rng = random.Random(seed)
    staff, cases, signed, new_cases, new_signed = [], [], [], [], []
    for team in ("North", "South", "East"):
        for number in range(rng.choice((4, 6, 9))):
            worker = f"W-{team}-{number}"
            staff.append(f"{worker} | {team} | 1.0 | support | Care manager | 2023-01-09")
            held = [name for name in COMPETENCIES if rng.random() < 0.7]
            signed += [f"{worker} | {name} | 2026-06-01 | observed_practice" for name in held]
            new_signed += [
                f"{worker} | {name} | 2026-06-02 | observed_practice"
                for name in COMPETENCIES
                if name not in held and rng.random() < 0.08
            ]
            for place in range(rng.choice((1, 3, 5))):
                band = rng.choices(BANDS, (1, 4, 4, 8, 0.3))[0]
                needs = rng.choice(("", "", "medication", "physical_health"))
                line = f"P-{worker}-{place} | {team} | {worker} | 2025-01-06 | {band} | {needs}"
                (new_cases if rng.random() < 0.06 else cases).append(line)
    heads = (
        "staff  worker_id | team | wte | layer | role | started_on",
        "cases  case_id | team | worker_id | opened_on | acuity_band | needs",
        "competencies  worker_id | competency | signed_off_on | method",
    )
    then = [line for head, rows in zip(heads, (staff, cases, signed), strict=True) for line in (head, *rows)]
    more = (staff, cases + new_cases, signed + new_signed)
    now = [line for head, rows in zip(heads, more, strict=True) for line in (head, *rows)]
    return "\n".join(then), "\n".join(now)


def packs(seed, folder, *, told=True):
    """The data of both packs."""
    found, earlier = [], None
    for day, drawing in zip((THEN, NOW), two_months(seed), strict=True):
        policy = load(NOW)
        results = run(load_catalogue().choose(CODES), drawn_tables(drawing), policy, NOW)
        audit = replace(Audit(NOW, "", results, policy.in_force(), (), ()), as_at=day)
        data = json.loads(json.dumps(public_results(publish(audit, "commissioner", earlier=earlier)), default=str))
        found.append(data)
        (folder / str(day)).mkdir()
        (folder / str(day) / "results.json").write_text(json.dumps(data), encoding="utf-8")
        if told and day == THEN:
            earlier = read_previous(folder / str(day), "commissioner", NOW, "commissioner")
    return found


def narrowed(months):
    """Hidden cells of the matrix, and teams or bands put together in the mix, with too few values: → (least, most)."""
    alone, both = (_system(months, tied=tied) for tied in (False, True))
    found = {}
    for key in sorted(_hidden(months)):
        before, after = alone.ends(key), both.ends(key)
        if after is None:
            return {}  # something has become fewer
        if after[1] >= 1 and after[1] - after[0] + 1 < min(4, before[1] - before[0] + 1):
            found[key] = after
    return found


def _system(months, *, tied):
    system = System()
    for when, data in enumerate(months):
        _matrix(system, when, data["breakdowns"])
        _mix(system, when, data["breakdowns"].get("acuity"), months)
    if tied:
        for key in list(system.place):
            if key[0] == 1 and (0, *key[1:]) in system.place:
                system.add({key: 1, (0, *key[1:]): -1}, 0, math.inf)
    return system


def _matrix(system, when, tables):
    teams = {}
    for team, name, need, hold, _ in tables.get("competence", {"rows": ()})["rows"]:
        cell = [(when, "matrix", team, name, word) for word in ("need", "hold")]
        teams.setdefault(team, []).append(cell)
        system.add({cell[0]: 1, cell[1]: -1}, 0, math.inf)
        for key, value, low in zip(cell, (need, hold), (1, 0), strict=True):
            system.add({key: 1}, *((low, math.inf) if value is None else (value, value)))
    for code, place in (("CMP03", 0), ("CMP02", 1)):
        for team, known, *_ in tables.get(f"team/{code}", {"rows": ()})["rows"]:
            if team in teams:
                system.add({cell[place]: 1 for cell in teams[team]}, known, known)


def _atoms(months):
    """Teams, and bands, that some mix tells apart."""
    mixes = [data["breakdowns"]["acuity"] for data in months if "acuity" in data["breakdowns"]]
    teams = {row[0] for mix in mixes for row in mix["rows"] if "together" not in row[0]}
    bands = {name for mix in mixes if len(mix["columns"]) > 4 for name in mix["columns"][1:-1]}
    return sorted(teams) or ["all"], sorted(bands) or ["Lower or not recorded", "High acuity"]


def _mix(system, when, mix, months):
    teams, bands = _atoms(months)
    if mix is None:
        return
    named = {row[0] for row in mix["rows"]}
    high = {"High", "Very high", "High acuity"}
    for team, *cells, _ in mix["rows"]:
        own = [team] if team in teams else [one for one in teams if one not in named] or ["others"]
        for name, value in zip(mix["columns"][1:-1], cells, strict=True):
            parts = [name] if name in bands else [band for band in bands if (band in high) == (name in high)]
            system.add({(when, "mix", one, band): 1 for one in own for band in parts}, value, value)


def _hidden(months):
    teams, bands = _atoms(months)
    for when, data in enumerate(months):
        tables = data["breakdowns"]
        for team, name, need, hold, _ in tables.get("competence", {"rows": ()})["rows"]:
            if need is None:
                yield from ((when, "matrix", team, name, word) for word in ("need", "hold"))
            assert (need is None) == (hold is None)
        if "acuity" in tables:
            told = {row[0] for row in tables["acuity"]["rows"]}
            columns = set(tables["acuity"]["columns"])
            for team in teams:
                for band in bands:
                    if (team not in told and len(set(teams) - told) > 1) or (team in told and band not in columns):
                        yield when, "mix", team, band


@pytest.mark.parametrize("seed", [0, 3, 7])
def test_no_cell_that_one_month_hides_follows_from_both(seed, tmp_path):
    assert narrowed(packs(seed, tmp_path)) == {}


def test_one_would_if_the_earlier_pack_were_not_given(tmp_path):
    found = narrowed(packs(3, tmp_path, told=False))
    assert {key[1] for key in found} == {"matrix"}


# --- The mix, and vacant posts --------------------------------------------------------------------------------------


def mix(teams, *bands):
    """A mix of acuity from {team: cases by band}; the last band is of high acuity."""
    rows = [(Figure(team), *map(count, cases), share(cases[-1], sum(cases))) for team, cases in teams.items()]
    return PublicTable(tuple(map(Column, ("Team", *bands, "Share of high acuity"))), tuple(rows))


ALL, TWO = ("Low", "Moderate", "High"), ("Lower or not recorded", "High acuity")


@pytest.mark.parametrize(
    ("now", "then", "shown"),
    [
        ((mix({"N": (9, 6, 7), "S": (8, 8, 8)}, *ALL)), mix({"N": (9, 6, 7), "S": (8, 7, 8)}, *ALL), "all"),
        # One more than the 14 then: moderate was 5 or 6, low 8 or 9. So bands stay together.
        ((mix({"N": (9, 6, 7), "S": (8, 8, 8)}, *ALL)), mix({"N": (14, 7), "S": (16, 8)}, *TWO), "two"),
        # Moderate was 6 then, and hides in 15 now: 6 or 7.
        ((mix({"N": (16, 7), "S": (16, 8)}, *TWO)), mix({"N": (9, 6, 7), "S": (8, 8, 8)}, *ALL), None),
        ((mix({"N": (9, 6, 7), "S": (8, 8, 8)}, *ALL)), mix({"2 teams together": (16, 14, 15)}, *ALL), None),
        # One team has fewer of high acuity than it had: cases come and go, and nothing follows.
        ((mix({"N": (16, 6), "S": (16, 8)}, *TWO)), mix({"N": (16, 7), "S": (16, 8)}, *TWO), "two"),
        ((mix({"N": (9, 6, 7), "S": (8, 8, 8)}, *ALL)), mix({"N": (9, 7, 7), "2 teams together": (8, 8, 8)}, *ALL),
         "all"),
    ],
)  # fmt: skip
def test_the_mix_puts_together_what_the_earlier_pack_did_or_is_not_told(now, then, shown):
    found = kept_mix(now, then)
    assert (found and {4: "two", 5: "all"}[len(found.columns)]) == shown
    if shown == "two" and found is not now:
        assert [[str(cell) for cell in row] for row in found.rows] == [
            ["N", "15", "7", "32 %"],
            ["S", "16", "8", "33 %"],
        ]


# --- The matrix ---------------------------------------------------------------------------------------------------


def matrix(cells):
    """A competency matrix of one team from {competency: (need, hold) or None where hidden}."""
    held = PROFILE.held()
    rows = [
        (Figure("N"), Figure(name), held, held, held) if cell is None
        else (Figure("N"), Figure(name), count(cell[0]), count(cell[1]), share(cell[1], cell[0]))
        for name, cell in cells.items()
    ]  # fmt: skip
    return PublicTable(tuple(map(Column, ("Team", "Competency", "Need it", "Hold it in date", "Share"))), tuple(rows))


@pytest.mark.parametrize(
    ("now", "asked", "hidden"),
    [
        ({"a": (9, 8), "b": (7, 7), "c": (5, 5)}, 21, {"b", "c"}),  # four at most needed c then, of eleven b or c
        ({"a": (9, 8), "b": (20, 9), "c": (20, 9)}, 49, set()),  # so many more that nothing follows
        ({"a": (8, 8), "b": (7, 7), "c": (5, 5)}, 20, set()),  # fewer need a: workers come and go
    ],
)
def test_a_cell_hidden_then_stays_hidden_where_hardly_anybody_is_new(now, asked, hidden):
    then = matrix({"a": (9, 8), "b": None, "c": None})
    found = kept_matrix(matrix(now), then, {"N": asked}, {"N": 20}, PROFILE)
    assert {str(row[1]) for row in found.rows if row[2].hidden} == hidden
