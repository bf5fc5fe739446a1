"""Limits set by role, tried on the worked example of every check that reads one."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from caseaudit.catalogue import Catalogue, Check, load_catalogue
from caseaudit.model import Limit, Result, Status, Tables
from caseaudit.policy import load
from caseaudit.policy.teams import BY_ROLE
from caseaudit.running import run
from caseaudit.testing import Example, drawn_tables, example_of, outcomes

PAIRS = [(check, name) for check in load_catalogue() for name in check.limits if name in BY_ROLE]
every_pair = pytest.mark.parametrize(("check", "name"), PAIRS, ids=lambda part: getattr(part, "name", part))


def made(check: Check, tables: Tables, example: Example, file: Path | None, **values: object) -> Result:
    day = dt.date.fromisoformat(example.as_at)
    return run(Catalogue((check,)), tables, load(day, file, {**example.values, **values}), day)[0]


def strict(name: str) -> float:
    """A value so strict that what can be in breach of it is."""
    limit: Limit = next(limit for limit in load(dt.date(2026, 10, 31)).in_force() if limit.name == name)
    return 0 if limit.lax == "more" else 1000


def overrides(roles: list[str], name: str, value: float) -> str:
    return "".join(f"[[override]]\nrole = {json.dumps(role.upper())}\n{name} = {value}\n" for role in roles)


def test_every_value_by_role_is_tried() -> None:
    assert {name for _, name in PAIRS} == BY_ROLE


@every_pair
def test_a_value_set_for_each_role_is_the_value_set_for_all(check: Check, name: str, tmp_path: Path) -> None:
    example = example_of(check)
    drawn = drawn_tables(example.drawing)
    # everybody of a team, in a role, on the staff list: an override finds nobody else
    people = drawn.frames["staff"]
    filled = people.with_columns(people["role"].fill_null("Care manager"), people["team"].fill_null("North"))
    tables = replace(drawn, frames={**drawn.frames, "staff": filled})
    file = tmp_path / "ours.toml"
    file.write_text(overrides(filled["role"].unique().sort().to_list(), name, strict(name)), encoding="utf-8")
    by_role = made(check, tables, example, file)
    assert by_role.status != Status.ERROR, by_role.reason
    assert outcomes(by_role) == outcomes(made(check, tables, example, None, **{name: strict(name)}))


@every_pair
def test_a_stricter_value_for_one_role_never_lowers_breaches(check: Check, name: str, tmp_path: Path) -> None:
    example = example_of(check)
    tables = drawn_tables(example.drawing)
    before = made(check, tables, example, None).breach
    file = tmp_path / "ours.toml"
    for role in tables.frames["staff"]["role"].drop_nulls().unique().sort():
        file.write_text(overrides([role], name, strict(name)), encoding="utf-8")
        assert made(check, tables, example, file).breach >= before
