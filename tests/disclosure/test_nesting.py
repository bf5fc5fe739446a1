"""Checks whose populations lie one within the other: two totals side by side are taken from each other by anybody."""

import datetime as dt
import functools
import itertools
import json
import random
from dataclasses import replace
from pathlib import Path

import jsonschema
import polars as pl
import pytest
from attacker import Attack

import caseaudit.reporting
from caseaudit.catalogue import load_catalogue
from caseaudit.disclosure import nested_tables, nesting, public_results, publish
from caseaudit.model import Audit, Status
from caseaudit.policy import load
from caseaudit.publication import percent
from caseaudit.reporting.documents.sections import met_of
from caseaudit.reporting.documents.sentences import result_sentence
from caseaudit.running import run
from caseaudit.testing import drawn_tables

D = dt.date(2026, 10, 31)
SCHEMA = json.loads((Path(caseaudit.reporting.__file__).parent / "results.schema.json").read_text(encoding="utf-8"))


TEAMS = ("North", "South", "East", "Harbour")


def service(cases, without_worker, on_hold=0, overdue=20):
    """Open cases drawn in text: some without a worker, some on hold, some of the others with a review long ago."""
    lines = ["cases  case_id | team | worker_id | opened_on | acuity_band | on_hold_from"]
    reviews = ["reviews  case_id | reviewed_on"]
    for number in range(cases):
        worker = "" if number < without_worker else f"W{number % 30:02d}"
        held = "2026-10-01" if without_worker <= number < without_worker + on_hold else ""
        band = "high" if number % 5 in {0, 3} else "moderate"
        lines.append(f"P{number:04d} | {TEAMS[number % 4]} | {worker} | 2025-01-06 | {band} | {held}")
        reviews.append(f"P{number:04d} | {'2026-01-05' if number >= cases - overdue else '2026-10-20'}")
    staff = ["staff  worker_id | team | wte | layer | role | started_on | left_on"]
    staff += [
        f"W{worker:02d} | {TEAMS[worker % 4]} | 1.0 | support | Care manager | 2023-01-09 |" for worker in range(30)
    ]
    return "\n".join([*staff, *lines, *reviews])


CODES = ("ACU02", "CAP05", "CAP06", "REV01", "REV02", "ACU04")


@functools.cache
def audit_of_service(*numbers, codes=CODES):
    policy = load(D)
    results = run(load_catalogue().choose(codes), drawn_tables(service(*numbers)), policy, D)
    return Audit(D, "", results, policy.in_force(), (), ())


def populations(audit, publication):
    """What the attacker calls a published total → (what names its members, the members), for checks and their teams."""
    found = {}
    for result in audit.results:
        if result.status not in {Status.MET, Status.NOT_MET}:
            continue
        if "case_id" not in {*result.subject_columns, *result.evidence_schema}:
            continue
        rows = result.evidence.collect()
        tables = [(result.code, publication.tables.get(f"team/{result.code}"), rows)]
        if result.code == "CAP05":
            high = rows.filter(pl.col("high_acuity"))
            tables += [("acuity", publication.tables.get("acuity"), rows)]
            tables += [("acuity High acuity", publication.tables.get("acuity"), high)]
        found[result.code, None] = (result.subject_columns, set(rows.select(result.subject_columns).rows()))
        for name, table, own in tables:
            told = [str(row[0]) for row in table.rows] if table is not None else []
            merged = next((word for word in told if word.endswith("together")), None)
            for (team,), some in own.group_by("team"):
                key = name, team if team in told else merged
                if key[1] is not None:
                    before = found.get(key, ((), set()))[1]
                    found[key] = (result.subject_columns, before | set(some.select(result.subject_columns).rows()))
    return found


def nested(audit, publication):
    """Pairs of totals of which the second counts some of the first one's members, and all but a few: found with sets,
    as a reader of the rules would know it."""
    return [
        (outer, inner)
        for (outer, (kind, ours)), (inner, (other, theirs)) in itertools.permutations(
            populations(audit, publication).items(), 2
        )
        if kind == other and theirs < ours and len(ours) - len(theirs) < publication.threshold
    ]


def told(audit, publication):
    """Small differences that the attacker works out."""
    return Attack(publication, nested(audit, publication)).told_apart()


def unprotected(audit, profile="commissioner"):
    """Each check and table protected by itself alone, as if no other stood beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nesting, "apart", lambda results, public, *others: public)
        patch.setattr(nested_tables, "apart", lambda tables, *others: tables)
        return publish(audit, "commissioner", profile)


def test_the_attacker_finds_the_three_cases_without_a_worker():
    audit = audit_of_service(120, 3)
    assert told(audit, unprotected(audit))["CAP05 not in CAP06"] == 1
    assert not told(audit, publish(audit, "commissioner"))


@pytest.mark.parametrize(("without_worker", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_the_smaller_check_s_counts_are_shown_unless_they_differ_by_a_few(without_worker, shown):
    published = publish(audit_of_service(120, without_worker), "commissioner")
    inner, outer = published.result("CAP06"), published.result("CAP05")
    assert (inner.population.value is not None) is shown
    assert outer.population.value == 120
    if not shown:
        counts = (inner.population, inner.met, inner.short, inner.breach, inner.not_evidenced)
        assert all(figure.hidden and figure.value is None for figure in counts)
        assert inner.status is Status.MET


def test_nothing_is_held_back_from_those_inside():
    published = publish(audit_of_service(120, 3), "internal", outward=False)
    assert [published.result(code).population.value for code in ("CAP05", "CAP06")] == [120, 117]


def test_a_check_that_is_held_back_has_no_table_of_its_own(members, result_of, audit_of):
    outer = [*members(40, 20, 0, "North"), *members(40, 20, 0, "South")]
    audit = audit_of(result_of(outer), result_of(outer[:-2], code="REV02"))
    assert {"team/REV01", "late/REV01"} <= publish(audit, "commissioner").tables.keys()
    assert not {"team/REV02", "late/REV02"} & publish(audit, "commissioner").tables.keys()
    assert publish(audit, "commissioner").result("REV02").longest is None


def test_of_a_chain_no_two_that_are_shown_differ_by_a_few(members, result_of, audit_of):
    everybody = members(140, 0, 0)
    sizes = (140, 137, 134, 131, 128, 125, 120)
    audit = audit_of(*(result_of(everybody[:size], code=f"REV0{n}") for n, size in enumerate(sizes, start=1)))
    shown = [r.population.value for r in publish(audit, "commissioner").results if not r.population.hidden]
    assert shown == [140, 134, 128, 120]


def test_populations_of_which_none_lies_within_the_other_are_left_alone(members, result_of, audit_of):
    everybody = members(140, 0, 0)
    one, other = result_of(everybody[:120]), result_of(everybody, code="REV02")
    apart = other.evidence.tail(118)
    other = replace(other, evidence=apart, population=118, met=118)
    assert all(not result.population.hidden for result in publish(audit_of(one, other), "commissioner").results)


def test_members_named_by_more_columns_are_compared_by_those_they_share(members, result_of, audit_of):
    everybody = members(120, 0, 0)
    pairs = result_of(everybody[:118], code="CMP01", subject="case and worker", columns=("case_id", "worker_id"))
    published = publish(audit_of(result_of(everybody), pairs), "commissioner")
    assert published.result("CMP01").population.hidden
    assert not published.result("REV01").population.hidden


# --- By team ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("north", "south", "shown"), [(5, 5, True), (0, 10, True), (1, 9, False), (10, 4, False), (2, 3, False)]
)
def test_of_two_tables_by_team_one_goes_if_a_team_s_rows_differ_by_a_few(
    north, south, shown, members, result_of, audit_of
):
    """The checks differ by five people or more in all; what the tables would tell is how these are spread."""
    outer = result_of([*members(40, 20, 0, "North"), *members(40, 20, 0, "South")])
    place = pl.int_range(pl.len()).over("team")
    left = outer.evidence.filter(place >= pl.when(pl.col("team") == "North").then(north).otherwise(south))
    fewer = 120 - north - south
    inner = replace(outer, code="REV02", evidence=left, population=fewer, met=fewer - 40)
    audit = audit_of(outer, inner)
    published = publish(audit, "commissioner")
    assert not published.result("REV02").population.hidden
    assert "team/REV01" in published.tables
    assert ("team/REV02" in published.tables) is shown
    assert not told(audit, published)
    assert bool(told(audit, unprotected(audit))) is not shown


def test_the_table_of_acuity_puts_more_teams_together_where_one_would_tell():
    """Of 18 on hold, five are in two of the teams and four in the two others."""
    audit = audit_of_service(150, 0, 18)
    assert any("acuity" in name for name in told(audit, unprotected(audit)))
    tables = publish(audit, "commissioner").tables
    acuity = {str(row[0]): sum(int(cell.value) for cell in row[1:-1]) for row in tables["acuity"].rows}
    reviews = {str(row[0]): int(row[1].value) for row in tables["team/REV01"].rows}
    assert sorted(acuity) == ["2 teams together", "North", "South"]
    assert [acuity[team] - reviews[team] for team in ("North", "South")] == [5, 5]
    assert acuity["2 teams together"] - reviews["East"] - reviews["Harbour"] == 8


def test_the_table_of_acuity_goes_where_it_would_tell_who_is_on_hold():
    """Open cases by team, beside those of them that are not on hold: of 8 on hold, 2 are in each team."""
    few, many = audit_of_service(150, 0, 8), audit_of_service(150, 0, 24)
    assert any("acuity" in name for name in told(few, unprotected(few)))
    tables = publish(few, "commissioner").tables
    assert "team/REV01" in tables  # 20 are overdue; that all open cases have a band needs no table
    assert not {"acuity", "team/ACU02", "team/CAP05"} & tables.keys()
    assert {"team/REV01", "acuity"} <= publish(many, "commissioner").tables.keys()
    assert "acuity" in publish(few, "internal", outward=False).tables


@pytest.mark.parametrize(("without_worker", "shown"), [(0, True), (3, False), (4, False), (12, True)])
def test_the_curve_goes_where_it_would_tell_of_a_few_high_acuity_cases_nobody_holds(without_worker, shown):
    """Of the first three cases without a worker one is of high acuity, of the first twelve five."""
    audit = audit_of_service(150, without_worker, codes=("ACU01", "CAP05"))
    high = audit.results[1].evidence.filter(pl.col("high_acuity")).collect()
    nobody_s = high["worker_id"].null_count()
    assert ("concentration" in publish(audit, "commissioner").tables) is shown, nobody_s
    assert (0 < nobody_s < 5) is not shown


# --- Drawn at random --------------------------------------------------------------------------------------------


def some_service(seed):
    rng = random.Random(seed)
    return audit_of_service(rng.choice((30, 90, 150)), rng.randrange(6), rng.randrange(14), rng.choice((0, 40)))


@pytest.mark.parametrize("profile", ["commissioner", "us"])
@pytest.mark.parametrize("seed", range(10))
def test_no_two_totals_of_a_drawn_service_tell_of_a_few(seed, profile):
    audit = some_service(seed)
    assert not told(audit, publish(audit, "commissioner", profile))


def test_these_services_would_tell_if_nothing_were_held_back():
    """The attack would prove nothing over services that have nothing to tell, of the whole and of teams."""
    leaks = [told(some_service(seed), unprotected(some_service(seed))) for seed in range(10)]
    assert sum(map(bool, leaks)) >= 5
    assert any("acuity" in name or any(team in name for team in TEAMS) for found in leaks for name in found)


# --- The share --------------------------------------------------------------------------------------------------


def of_two(met, population, members, result_of, audit_of):
    """Of two checks, the one that looks at two people fewer."""
    fewer = members(met, population - met, 0)
    audit = audit_of(result_of([*fewer, ("North", "met", -1), ("North", "met", -1)]), result_of(fewer, code="REV02"))
    return publish(audit, "commissioner").result("REV02")


@pytest.mark.parametrize(("met", "population", "shown"), [(115, 168, True), (590, 640, True), (17, 26, False)])
def test_a_share_is_shown_only_where_every_population_that_is_possible_fits_it(
    met, population, shown, members, result_of, audit_of
):
    """In 26, 65 % is 17: of 24, 25, 26 and 27 not each has a number that is 65 %."""
    result = of_two(met, population, members, result_of, audit_of)
    assert result.population.hidden
    assert result.rate.hidden is not shown
    text, possible = percent(met, population), range(population - 2, population + 2)
    fitting = [(m, n) for n in possible for m in range(n + 1) if percent(m, n) == text]
    assert (len({n for _, n in fitting}) == 4) is shown
    if shown:
        assert len(fitting) >= 5
        assert result.rate.value == round(100 * met / population) / 100  # not the fraction, which would be the counts


def test_what_is_written_of_it_names_no_number(members, result_of, audit_of):
    shown = of_two(115, 168, members, result_of, audit_of)
    hidden = of_two(17, 26, members, result_of, audit_of)
    assert met_of(shown) == "68 % met"
    assert met_of(hidden) == "figures not shown"
    why = "since beside other figures they would tell of fewer than 5 people"
    for result in (shown, hidden):
        assert why in result_sentence(result, D)
    assert "for 68 % of the cases looked at" in result_sentence(shown, D)
    assert "%" not in result_sentence(hidden, D)


def test_the_data_file_keeps_to_the_schema_and_holds_no_count_of_it():
    data = json.loads(json.dumps(public_results(publish(audit_of_service(120, 3), "commissioner")), default=str))
    jsonschema.validate(data, SCHEMA)
    check = next(check for check in data["checks"] if check["code"] == "CAP06")
    assert [check[name] for name in ("population", "met", "breach", "not_evidenced")] == [None] * 4
    assert {"population", "met", "breach", "not_evidenced"} <= set(check["suppressed"])
