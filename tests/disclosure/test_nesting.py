"""Checks whose populations lie one within the other: two totals side by side are taken from each other by anybody."""

import datetime as dt
import functools
import itertools
import json
import random
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
