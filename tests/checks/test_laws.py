"""Laws that hold for every check of the catalogue, each tried on the check's own worked example."""

from __future__ import annotations

import ast
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import polars as pl
import pytest
from polars import selectors as cs

from caseaudit.catalogue import Catalogue, Check, load_catalogue
from caseaudit.model import Limit, Result, Status, Tables
from caseaudit.policy import Policy, load
from caseaudit.running import run
from caseaudit.running.findings import subject_text
from caseaudit.tables import MODELS, empty, spec
from caseaudit.testing import Example, drawn_tables, example_of

CATALOGUE = load_catalogue()
every_check = pytest.mark.parametrize("check", CATALOGUE.checks, ids=lambda check: check.name)
DRAWN = [check for check in CATALOGUE if check.manual.example]
every_example = pytest.mark.parametrize("check", DRAWN, ids=lambda check: check.name)

BLANK_SAYS_SOMETHING = {
    ("ACU01", "cases.acuity_band"): "no high-acuity case until it has a band; ACU02 reports the blank",
    ("CAP01", "cases.acuity_band"): "adds no points until it has a band; ACU02 reports the blank",
    ("ACU01", "cases.worker_id"): "held by nobody; CAP05 reports the blank",
    ("ACU06", "cases.acuity_band"): "rated by nobody, so no part of any share; ACU02 reports the blank",
    ("ACU06", "cases.worker_id"): "held by nobody; CAP05 reports the blank",
    ("CAP01", "cases.worker_id"): "held by nobody; CAP05 reports the blank",
    ("CAP06", "staff.left_on"): "a worker with no last day has not left",
    ("DEM02", "cases.acuity_band"): "adds no points until it has a band; ACU02 reports the blank",
    ("SUP01", "cases.worker_id"): "held by nobody; CAP05 reports the blank",
    ("SUP07", "staff.supervisor_id"): "nobody's supervisee; SUP08 reports the blank",
}
"""Fields whose blank may rightly take a load off somebody, and which check reports that blank."""

CALENDAR: dict[str, str] = {
    "DEM01": "counts urgent referrals in working days",
    "ESC03": "counts whole weeks",
    "ESC09": "counts working days",
}
"""Checks that count by working days, weeks or months of the calendar, so that a shift by a day may change them."""

ALWAYS_SOMEBODY: dict[str, str] = {
    "DQ06": "an export without a row is an export all the same, and shows nothing",
    "GOV04": "the service is there whatever is on record",
}
"""Checks with a population even when every table is empty."""


def outcomes_of(result: Result) -> Counter[tuple[str, str]]:
    assert result.evidence is not None, result.reason
    return Counter(result.evidence.select(subject_text(result.subject_columns), "outcome").collect().iter_rows())


def made(check: Check, tables: Tables, example: Example, **values: object) -> Result:
    day = dt.date.fromisoformat(example.as_at)
    return made_with(check, tables, load(day, values={**example.values, **values}), day)


def made_with(check: Check, tables: Tables, policy: Policy, day: dt.date) -> Result:
    return run(Catalogue((check,)), tables, policy, day)[0]


def needs_of(check: Check) -> list[str]:
    return [field for need in check.declaration.needs for field in need.split("|")]


def every_frame(tables: Tables, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Tables:
    return replace(tables, frames={name: change(frame) for name, frame in tables.frames.items()})


# --- A blank never passes -----------------------------------------------------------------------------------------


def blanked(tables: Tables, field: str) -> Iterator[Tables]:
    """The tables with one cell of a field made blank, for each of its cells in turn."""
    table, _, name = field.partition(".")
    if table not in tables.frames:
        return
    frame = tables.frames[table]
    for row in range(frame.height):
        if frame[name][row] is not None:
            gone = frame.with_columns(pl.when(pl.int_range(pl.len()) != row).then(name).alias(name))
            yield replace(tables, frames={**tables.frames, table: gone})


@every_example
def test_no_outcome_turns_to_met_when_a_cell_it_needs_is_made_blank(check: Check) -> None:
    example = example_of(check)
    tables = drawn_tables(example.drawing)
    before = {subject for subject, outcome in outcomes_of(made(check, tables, example)) if outcome != "met"}
    for field in needs_of(check):
        if (check.code, field) in BLANK_SAYS_SOMETHING:
            continue
        for blank in blanked(tables, field):
            met = {subject for subject, outcome in outcomes_of(made(check, blank, example)) if outcome == "met"}
            assert not met & before, field


# --- What must change nothing ---------------------------------------------------------------------------------------


def stranger(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """The same rows about other people, in other teams."""
    names = [f.name for f in spec(table).fields.values() if f.kind == "ident" or f.name in {"team", "decided_by"}]
    apart = [pl.col(name).str.replace_all(r"([^;]+)", "Other-$1") for name in names]
    return frame.with_columns(*apart, origin=pl.col("origin") + 1000)


@every_example
def test_rows_about_others_change_nothing(check: Check) -> None:
    example = example_of(check)
    tables = drawn_tables(example.drawing)
    more = {name: pl.concat([frame, stranger(frame, name)]) for name, frame in tables.frames.items()}
    both = outcomes_of(made(check, replace(tables, frames=more), example))
    assert outcomes_of(made(check, tables, example)) <= both


@every_example
@pytest.mark.parametrize("order", ["reversed", "shuffled"])
def test_the_order_of_rows_changes_nothing(check: Check, order: str) -> None:
    example = example_of(check)
    tables = drawn_tables(example.drawing)

    def change(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.reverse() if order == "reversed" else frame.sample(fraction=1, shuffle=True, seed=7)

    assert outcomes_of(made(check, every_frame(tables, change), example)) == outcomes_of(made(check, tables, example))


@every_example
def test_the_order_of_columns_changes_nothing(check: Check) -> None:
    example = example_of(check)
    tables = drawn_tables(example.drawing)
    turned = every_frame(tables, lambda frame: frame.select(reversed(frame.columns)))
    assert outcomes_of(made(check, turned, example)) == outcomes_of(made(check, tables, example))


def shifted(result: Counter[tuple[str, str]], days: int) -> Counter[tuple[str, str]]:
    """Outcomes with the days that stand in a subject's name moved."""

    def moved(part: str) -> str:
        try:
            return (dt.date.fromisoformat(part) + dt.timedelta(days=days)).isoformat()
        except ValueError:
            return part

    return Counter(
        {(" | ".join(map(moved, subject.split(" | "))), outcome): n for (subject, outcome), n in result.items()}
    )


FREE = [check for check in DRAWN if check.code not in CALENDAR]


@pytest.mark.parametrize("check", FREE, ids=lambda check: check.name)
@pytest.mark.parametrize("days", [1, -3, 400])
def test_a_shift_of_all_days_together_changes_nothing(check: Check, days: int) -> None:
    example = example_of(check)
    tables = drawn_tables(example.drawing)
    later = every_frame(tables, lambda frame: frame.with_columns(cs.date() + dt.timedelta(days=days)))
    as_at = (dt.date.fromisoformat(example.as_at) + dt.timedelta(days=days)).isoformat()
    moved = outcomes_of(made(check, later, replace(example, as_at=as_at)))
    assert moved == shifted(outcomes_of(made(check, tables, example)), days)


# --- A stricter policy ----------------------------------------------------------------------------------------------


def stricter(limit: Limit) -> Iterator[float]:
    """Values a little, and a lot, on the stricter side of a limit; a share stays between 0 and 1.

    A lot only for the values of a table such as a band's, which every check of open cases reads by the dozen.
    """
    value = limit.value
    if limit.lax is None or not isinstance(value, int | float) or isinstance(value, bool):
        return
    is_share = isinstance(value, float) and value <= 1
    # 0 days between risk checks would ask for none at all
    least = 1 if limit.name.endswith("risk_check_days") else 0
    for step in ((0.1, 0.5) if is_share else (1, 30))["." in limit.name :]:
        way = -step if limit.lax == "more" else step
        changed = value + way * (value if way < 0 else 1 - value) if is_share else max(value + way, least)
        if value and changed != value:
            yield changed


@every_example
def test_a_stricter_policy_never_finds_fewer_breaches(check: Check) -> None:
    example = example_of(check)
    tables = drawn_tables(example.drawing)
    policy = load(dt.date.fromisoformat(example.as_at), values=example.values)
    breaches = made(check, tables, example).breach
    read = [
        limit
        for limit in policy.in_force()
        if any(limit.name == name or limit.name.startswith(f"{name}.") for name in check.limits)
    ]
    default = {limit.name: limit for limit in load(dt.date.fromisoformat(example.as_at)).in_force()}
    for limit in read:
        for value in stricter(replace(limit, lax=default[limit.name].lax)):
            assert made(check, tables, example, **{limit.name: value}).breach >= breaches, (limit.name, value)


# --- What a check cannot do without ---------------------------------------------------------------------------------


@every_example
def test_a_missing_table_is_not_assessable_and_named(check: Check) -> None:
    example = example_of(check)
    tables = drawn_tables(example.drawing)
    for table in check.tables:
        without = {name: frame for name, frame in tables.frames.items() if name != table}
        result = made(check, replace(tables, frames=without), example)
        assert result.status == Status.NOT_ASSESSABLE, table
        assert table.replace("_", " ") in str(result.reason)


@every_example
def test_a_missing_field_is_not_assessable_and_named(check: Check) -> None:
    example = example_of(check)
    tables = drawn_tables(example.drawing)
    for field in (need for need in check.declaration.needs if "|" not in need):
        table, _, name = field.partition(".")
        supplied = {**tables.supplied, table: tables.supplied[table] - {name}}
        result = made(check, replace(tables, supplied=supplied), example)
        assert result.status == Status.NOT_ASSESSABLE, field
        assert field in str(result.reason)


@every_example
def test_of_fields_that_will_do_for_each_other_one_is_enough_and_none_is_not_assessable(check: Check) -> None:
    example = example_of(check)
    tables = drawn_tables(example.drawing)
    for fields in check.either:

        def kept(some: tuple[str, ...], fields: tuple[str, ...] = fields) -> Result:
            names = {name: set(tables.supplied.get(name, ())) for name in tables.frames}
            for field in fields:
                table, _, name = field.partition(".")
                if table in names:
                    (names[table].add if field in some else names[table].discard)(name)
            supplied = {name: frozenset(found) for name, found in names.items()}
            return made(check, replace(tables, supplied=supplied), example)

        assert all(kept((field,)).status != Status.NOT_ASSESSABLE for field in fields)
        without = kept(())
        assert without.status == Status.NOT_ASSESSABLE
        assert all(field in str(without.reason) for field in fields)


@every_check
def test_empty_tables_are_not_applicable_and_never_met(check: Check) -> None:
    nobody = Tables({name: empty(name) for name in MODELS}, {name: frozenset(spec(name).fields) for name in MODELS}, ())
    day = dt.date(2026, 10, 31)
    status = made_with(check, nobody, load(day), day).status
    assert status == (Status.NOT_MET if check.code in ALWAYS_SOMEBODY else Status.NOT_APPLICABLE)


# --- What comes out -------------------------------------------------------------------------------------------------


@every_example
def test_every_finding_is_about_a_member_and_leads_to_a_row(check: Check) -> None:
    example = example_of(check)
    tables = drawn_tables(example.drawing)
    result = made(check, tables, example)
    assert result.findings is not None
    assert set(result.findings.collect()["subject"]) <= {subject for subject, _ in outcomes_of(result)}
    rows_of = {source.file: source.rows_read for source in tables.sources}
    for file, row in result.findings.select("source_file", "source_row").collect().iter_rows():
        assert 2 <= row < rows_of[file] + 2
    assert result.findings.collect()["detail"].null_count() == 0


@every_example
def test_the_evidence_has_one_row_per_member(check: Check) -> None:
    evidence = made(check, drawn_tables(example_of(check).drawing), example_of(check)).evidence
    assert evidence is not None
    assert not evidence.select(*check.declaration.columns, "origin").collect().is_duplicated().any()


# --- The files ------------------------------------------------------------------------------------------------------


def test_codes_and_names_are_unique() -> None:
    assert max(Counter(check.code for check in CATALOGUE).values()) == 1
    assert max(Counter(check.name for check in CATALOGUE).values()) == 1
    assert not CATALOGUE.broken


@every_check
def test_the_file_is_short_named_like_its_function_and_explains_itself(check: Check) -> None:
    assert len(check.path.read_text(encoding="utf-8").splitlines()) <= 60
    assert check.evidence.__name__ == check.path.stem
    manual = check.manual
    assert all([manual.fault, manual.why, manual.population, manual.finding, manual.action, manual.sources])


def calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func
            yield name.attr if isinstance(name, ast.Attribute) else name.id if isinstance(name, ast.Name) else ""


def numbers(tree: ast.AST) -> Iterator[object]:
    """Numbers written in the code; those that pick a part of a list or a text do not count."""
    picks = {inner for node in ast.walk(tree) if isinstance(node, ast.Subscript) for inner in ast.walk(node.slice)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in {int, float} and node not in picks:
            yield node.value


@every_check
def test_the_code_does_nothing_a_check_may_not_do(check: Check) -> None:
    tree = ast.parse(check.path.read_text(encoding="utf-8"))
    forbidden = {
        "open",
        "print",
        "input",
        "exec",
        "eval",
        "today",
        "now",
        "utcnow",
        "collect",
        "read_text",
        "write_text",
    }
    assert not forbidden & set(calls(tree))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Try | ast.TryStar)]
    assert set(numbers(tree)) <= {0, 1}, "a limit belongs in the policy"
    others = {other.name for other in CATALOGUE}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            named = {alias.name for alias in node.names} | {getattr(node, "module", None)}
            assert not named & others, "a check imports no other check"
            assert all(str(name).split(".")[0] != "checks" for name in named)
