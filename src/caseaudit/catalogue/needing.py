"""What a check needs, read off its own code: tables from its parameters, limits from the policy values it names."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from caseaudit.errors import CheckProblem
from caseaudit.tables import MODELS, spec
from caseaudit.vocabulary import GIVEN, WORDS, parameters


def tables_of(function: Callable[..., Any], file: str) -> tuple[str, ...]:
    """Canonical tables a function cannot do without, its words' tables included, in the order they are asked for.

    Raises:
        CheckProblem: a parameter is neither a table nor a word.
    """
    found: dict[str, None] = {}
    for parameter in parameters(function):
        name = parameter.name
        if name not in MODELS and name not in WORDS and name not in GIVEN:
            raise CheckProblem(f"{file} asks for '{name}', which is neither a table nor a word of the vocabulary.")
        if parameter.optional or name in GIVEN:
            continue
        found.update({name: None} if name in MODELS else dict.fromkeys(tables_of(WORDS[name].make, file)))
    return tuple(found)


def tables_asked(function: Callable[..., Any]) -> frozenset[str]:
    """Canonical tables a function looks at, those it can do without included; all of them for one that asks for all."""
    found: set[str] = set()
    for parameter in parameters(function):
        if parameter.name == "tables":
            return frozenset(MODELS)
        if parameter.name in MODELS:
            found.add(parameter.name)
        elif parameter.name in WORDS:
            found |= tables_asked(WORDS[parameter.name].make)
    return frozenset(found)


def fields_of(function: Callable[..., Any], needs: tuple[str, ...], file: str) -> tuple[str, ...]:
    """Fields ("table.field") a check cannot do without: those no row can lack, and those it declares.

    Raises:
        CheckProblem: a declared one is no field of a canonical table.
    """
    for need in (field for some in needs for field in some.split("|")):
        table, _, name = need.partition(".")
        if table not in MODELS or name not in spec(table).fields:
            raise CheckProblem(f"{file} needs '{need}', which is no field of a canonical table.")
    own = (f"{table}.{name}" for table in tables_of(function, file) for name in spec(table).required)
    return tuple(dict.fromkeys((*own, *(need for need in needs if "|" not in need))))


def either_of(needs: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Groups of fields of which a check needs one, whichever the exports have."""
    return tuple(tuple(need.split("|")) for need in needs if "|" in need)


def limits_of(function: Callable[..., Any], target: str | None = None) -> tuple[str, ...]:
    """Names of the policy values a function reads, by itself or through its words: `a.b` for policy.a.b."""
    names = dict.fromkeys((*_named(function), *([target] if target else [])))
    for parameter in parameters(function):
        if parameter.name in WORDS:
            names.update(dict.fromkeys(limits_of(WORDS[parameter.name].make)))
    return tuple(names)


@cache
def _named(function: Callable[..., Any]) -> tuple[str, ...]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    return tuple(dict.fromkeys(_policy_names(tree, parents)))


def _policy_names(tree: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and _passes_policy(node):
            # in_lookback(day, policy, as_at) and its like read the look-back, working_days the holidays
            yield from HELPERS.get(node.func.id, ())
        if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "policy"):
            continue
        above = parents.get(node)
        if node.attr == "limit" and isinstance(above, ast.Call) and isinstance(above.args[0], ast.Constant):
            yield str(above.args[0].value)
            continue
        path = [node.attr]
        while isinstance(above, ast.Attribute) and above.attr not in {"items", "entries"}:
            path.append(above.attr)
            above = parents.get(above)
        yield ".".join(path)


HELPERS = {
    "in_lookback": ("lookback_days",),
    "touches_lookback": ("lookback_days",),
    "plus_working_days": ("holiday_country", "holiday_region"),
    "working_days": ("holiday_country", "holiday_region"),
}


def _passes_policy(call: ast.Call) -> bool:
    return any(isinstance(argument, ast.Name) and argument.id == "policy" for argument in call.args)
