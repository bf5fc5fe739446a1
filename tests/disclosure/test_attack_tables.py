"""The attacker over the tables behind the charts: competency matrix, response to risk, acuity mix, concentration and
staffing, of services drawn at random with the few workers, flags and cases where small numbers are.
"""

import functools
import random

import drawn_services
import pytest
from attacker import Attack
from scipy.optimize import linprog

CODES = (
    "ACU01", "ACU02", "CAP01", "CAP05", "CMP01", "CMP02", "CMP03", "CON05", "ESC01", "ESC02", "ESC06", "WFS01", "WFS02",
)  # fmt: skip
SEEDS = range(10)
BANDS = ("very_high", "high", "moderate", "low", "")
COMPETENCIES = (
    "risk_formulation", "escalation_decision", "safeguarding", "medicines_awareness", "physical_health_risk",
)  # fmt: skip
SIGNALS = ("ed_attendance", "housing_loss", "domestic_abuse", "missed_visits", "rumour")


def drawing(seed):
    """A service as tables drawn in text."""
    rng = random.Random(seed)
    staff = ["staff  worker_id | team | wte | layer | role | started_on"]
    cases = ["cases  case_id | team | worker_id | opened_on | acuity_band | needs"]
    signed = ["competencies  worker_id | competency | signed_off_on | method"]
    flags = ["risk_flags  flag_id | case_id | signal | raised_on | huddle_on | decision | decided_by"]
    contacts = ["contacts  contact_id | case_id | contact_on | outcome"]
    escalations = ["escalations  escalation_id | case_id | raised_on | responded_on | decision"]
    skilled = rng.choice((0.5, 0.85, 1.0))
    prompt = rng.choice((0.5, 0.9, 1.0))
    for team in ("North", "South", "East", "Harbour"):
        for number in range(rng.choice((2, 5, 6, 9, 14))):
            worker = f"W-{team}-{number}"
            staff.append(f"{worker} | {team} | 1.0 | support | Care manager | 2023-01-09")
            signed += [
                f"{worker} | {competency} | 2026-06-01 | observed_practice"
                for competency in COMPETENCIES
                if rng.random() < skilled
            ]
            for place in range(rng.choice((1, 2, 4, 7))):
                case = f"P-{team}-{number}-{place}"
                band = rng.choices(BANDS, (1, 4, 4, 6, 0.2))[0]
                needs = rng.choice(("", "", "medication", "physical_health"))
                cases.append(f"{case} | {team} | {worker} | 2025-01-06 | {band} | {needs}")
                if rng.random() < 0.6:
                    signal = rng.choices(SIGNALS, (9, 5, 3, 1, 0.4))[0]
                    flags.append(f"F-{case} | {case} | {signal} | 2026-09-07 | 2026-09-09 | visit | {worker};W-North-0")
                    seen = "2026-09-08" if rng.random() < prompt else "2026-09-28"
                    contacts.append(f"K-{case} | {case} | {seen} | attended")
                if rng.random() < 0.4:
                    answered = "2026-09-15" if rng.random() < prompt else "2026-09-18"
                    escalations.append(f"E-{case} | {case} | 2026-09-14 | {answered} | visit")
    posts = ["establishment  team | role | month | funded_wte | in_post_wte | agency_wte | bank_wte"] + [
        f"{team} | Nurse | 2026-{month:02d}-01 | {wte + 1} | {wte} | {rng.random():.1f} | 0.2"
        for team, wte in (("North", rng.choice((1.5, 4, 9))), ("South", rng.choice((3, 12))), ("East", 6))
        for month in range(6, 11)
    ]
    return "\n".join("\n".join(table) for table in (staff, cases, signed, flags, contacts, escalations, posts))


@functools.cache
def published(seed, profile="commissioner", audience="commissioner"):
    return drawn_services.published([drawing(seed)], CODES, audience, profile)


@pytest.mark.parametrize("profile", ["commissioner", "us"])
@pytest.mark.parametrize("seed", SEEDS)
def test_no_suppressed_figure_can_be_worked_out_from_the_tables_behind_charts(seed, profile):
    assert not Attack(published(seed, profile)).narrow()


def test_these_services_hide_something_and_show_something():
    """The attack would prove nothing over tables that hide nothing, or are not there."""
    tables = [published(seed).tables for seed in SEEDS]
    for name in ("competence", "response", "acuity", "staffing", "vacancies"):
        assert sum(name in found for found in tables) >= 2, name
    cells = [row[2].hidden for found in tables if "competence" in found for row in found["competence"].rows]
    assert cells.count(True) > 20
    assert cells.count(False) > 20
    attack = [Attack(published(seed)) for seed in SEEDS]
    assert sum(len(one.hidden) for one in attack) > 100


def test_the_attacker_finds_a_cell_of_the_matrix_that_stands_alone():
    """Were no other cell of its team hidden with it, the total of the team would give it away."""
    seed = next(
        seed for seed in SEEDS if "team/CMP03" in published(seed).tables and "competence" in published(seed).tables
    )
    attack, before = Attack(published(seed)), 0
    raw = {tuple(map(str, row[:2])): row for row in published(seed, audience="internal").tables["competence"].rows}
    names = {(team, name) for team, name in raw if any(f"{team} {name} need" == told for _, told in attack.hidden)}
    team = next(team for team, _ in names if sum(one == team for one, _ in names) > 1)
    kept = next(name for one, name in sorted(names) if one == team)
    for place, told in attack.hidden:
        for (one, name), row in raw.items():
            if one == team and name != kept and told == f"{one} {name} need":
                attack.bounds[place] = (row[2].value, row[2].value)
                before += 1
    assert before
    assert f"{team} {kept} need" in attack.narrow()


def test_what_is_hidden_is_not_told_by_the_order():
    """Shown rows go by what they show; hidden ones by their names."""
    for seed in SEEDS:
        for name, table in published(seed).tables.items():
            if not name.startswith("team/"):
                continue
            hidden = [str(row[0]) for row in table.rows if row[-1].hidden]
            assert hidden == sorted(hidden)
            assert [row[-1].hidden for row in table.rows] == sorted(row[-1].hidden for row in table.rows)


def fifths_of(cases):
    """The published curve of workers with so many high-acuity cases; None where there is none."""
    return drawn_services.published(drawn_services.caseloads(cases), ("ACU01",)).tables.get("concentration")


def values_of_one_worker(fifths, sizes):
    """For each worker, fewest cases first, the least and the most they can hold."""
    total = sum(sizes)
    block = [place for place, size in enumerate(sizes) for _ in range(size)]
    equal = [[float(own == place) for own in block] for place in range(len(sizes))]
    rising = [[(at == low) - (at == low + 1.0) for at in range(total)] for low in range(total - 1)]
    for worker in range(total):
        ends = [
            sign * linprog(
                [sign * float(at == worker) for at in range(total)], A_ub=rising, b_ub=[0] * (total - 1),
                A_eq=equal, b_eq=fifths, bounds=[(0, None)] * total, method="highs",
            ).fun
            for sign in (1, -1)
        ]  # fmt: skip
        yield ends[0], ends[1]


@pytest.mark.parametrize("seed", range(6))
def test_of_no_fifth_is_every_worker_s_small_number_known(seed):
    rng = random.Random(seed)
    cases = sorted(rng.choice((0, 0, 1, 1, 2, 3, 5, 9)[: 4 + 4 * (seed % 2)]) for _ in range(25))
    table = fifths_of(cases)
    if table is None:
        return
    fifths = [sum(cases[place : place + 5]) for place in range(0, 25, 5)]  # more than the shares that are told
    known = [most - least < 1e-6 for least, most in values_of_one_worker(fifths, [5] * 5)]
    for place, fifth in enumerate(fifths):
        own = cases[5 * place : 5 * place + 5]
        assert not all(known[5 * place : 5 * place + 5]) or not any(0 < number < 5 for number in own), fifth


@pytest.mark.parametrize(
    ("cases", "shown"),
    [
        ([1] * 25, False),  # everybody holds the same: each has 1
        ([0] * 5 + [1] * 10 + [2] * 5 + [8] * 5, False),  # whoever is in the second or third fifth has 1
        ([0] * 5 + [1] * 5 + [2] * 5 + [3] * 5 + [8] * 5, True),
        ([6] * 25, True),  # no small number to tell
    ],
)
def test_a_curve_that_tells_what_each_worker_of_a_fifth_holds_is_left_out(cases, shown):
    assert (fifths_of(cases) is not None) is shown


def test_staffing_tells_no_team_s_wte_where_the_team_is_small():
    """Teams with fewer than five WTE in post stand together, so that no total is theirs alone."""
    for seed in SEEDS:
        tables = published(seed).tables
        for row in tables["vacancies"].rows if "vacancies" in tables else ():
            assert row[2].value >= 5
        for row in tables["staffing"].rows if "staffing" in tables else ():
            assert row[2].value >= 5
