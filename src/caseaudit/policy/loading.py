"""Reading the shipped policy and laying the user's file over it, value by value."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from caseaudit.errors import UsageProblem
from caseaudit.folders import POLICY, read_toml
from caseaudit.model import Limit
from caseaudit.policy.teams import BY_ROLE, BY_TEAM
from caseaudit.policy.values import Own, Policy, Section

OPEN = frozenset(
    {"bands", "needs", "required_training_of", "task_matrix", "signal_contact_days", "first_contact", "own"}
)
"""Tables to which a user's file may add entries; everywhere else an unknown key is a slip of the pen."""

DECIMAL = re.compile(r"(?:_per_wte|\.points)$")
"""Keys of loads, which a provider may weigh in halves and quarters though the shipped values are whole."""

BASES = ("law", "regulator", "contract", "nice", "guidance", "policy", "house")
CITED = frozenset(BASES) - {"policy", "house"}


def load(as_at: dt.date, path: Path | None = None, values: Mapping[str, Any] | None = None) -> Policy:
    """The policy in force on a day.

    Args:
        as_at: the day; overrides that begin later or ended earlier are passed over.
        path: the user's policy file; None for the shipped values.
        values: single values by dotted key, laid over the file's.

    Raises:
        UsageProblem: the file is missing, is no TOML, has an unknown key, or a value of the wrong kind.
    """
    shipped = _shipped()
    limits = dict(shipped)
    user = read_toml(path, "policy file", "--policy") if path else {}
    overrides = user.pop("override", [])
    name = path.name if path else "policy values"
    for key, value in (*_flat(user), *(values or {}).items()):
        limits[key] = _changed(shipped, key, value, name)
    apart: dict[str, list[Own]] = {}
    for override in overrides if isinstance(overrides, list) else [overrides]:
        _apply(override, as_at, shipped, limits, apart, name)
    _whole_entries(limits, name)
    return Policy("", _tree(limits), limits, apart)


@cache
def _shipped() -> Mapping[str, Limit]:
    return dict(_leaves(read_toml(POLICY, "policy file", "--policy")))


def _leaves(node: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Limit]]:
    for key, entry in node.items():
        name = f"{path}.{key}" if path else key
        if isinstance(entry, dict) and "value" in entry:
            yield (
                name,
                Limit(name, entry["value"], entry["value"], entry["basis"], entry["source"], lax=entry.get("lax")),
            )
        elif isinstance(entry, dict):
            yield from _leaves(entry, name)


def _flat(node: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted key and value of a user's file; a value may be given bare or as the shipped file writes it."""
    for key, entry in node.items():
        name = f"{path}.{key}" if path else key
        if isinstance(entry, dict) and "value" not in entry:
            yield from _flat(entry, name)
        else:
            yield name, entry


def _changed(shipped: Mapping[str, Limit], key: str, entry: Any, file: str) -> Limit:
    """The value a user gives, measured against the shipped one, whatever else their file says of it."""
    given = entry if isinstance(entry, dict) else {"value": entry}
    value = given["value"]
    if extra := set(given) - {"value", "basis", "source", "lax"}:
        raise UsageProblem(f"{file}: '{key}' has an unknown part '{min(extra)}'; it takes value, basis and source.")
    if given.get("basis", "policy") not in BASES:
        raise UsageProblem(f"{file}: the basis of '{key}' must be one of {', '.join(BASES)}.")
    basis, source = given.get("basis", "policy"), given.get("source", f"set in {file}")
    if key not in shipped:
        if key.partition(".")[0] not in OPEN:
            raise UsageProblem(_unknown(key, shipped, file))
        _compare_kind(shipped, key, value, file)
        return Limit(key, value, None, basis, source, changed=True)
    known = shipped[key]
    _same_kind(key, value, known.default, file)
    return replace(
        known, value=value, basis=basis, source=source, changed=value != known.default, laxer=_laxer(known, value)
    )


def _laxer(known: Limit, value: Any) -> bool:
    """Whether a value is laxer than a standard somebody outside the house has set."""
    if known.lax is None or known.basis not in CITED:
        return False
    return bool(value > known.default if known.lax == "more" else value < known.default)


def _compare_kind(limits: Mapping[str, Limit], key: str, value: Any, file: str) -> None:
    """A new band must look like a shipped band: a key its siblings lack is a slip."""
    top, *rest = key.split(".")
    if top == "own":
        return
    siblings = [
        limit for name, limit in limits.items() if name.split(".")[0] == top and len(name.split(".")) == len(rest) + 1
    ]
    alike = [limit for limit in siblings if len(rest) == 1 or limit.name.split(".")[-1] == rest[-1]]
    if not alike:
        raise UsageProblem(_unknown(key, limits, file))
    _same_kind(key, value, alike[0].default, file)


def _whole_entries(limits: Mapping[str, Limit], file: str) -> None:
    """A new band, or another new table of values, must have every value its siblings have: each is read by a check."""
    values: dict[str, set[str]] = defaultdict(set)
    for name in limits:
        table, _, value = name.rpartition(".")
        if table.partition(".")[0] in OPEN - {"own"} and "." in table:
            values[table].add(value)
    for table, given in values.items():
        siblings = [other for name, other in values.items() if name.partition(".")[0] == table.partition(".")[0]]
        if lacking := sorted(set().union(*siblings) - given):
            known = [name for name, other in values.items() if other > given]
            near = get_close_matches(table, known, n=1, cutoff=0.8)
            hint = f"Did you mean [{near[0]}]?" if near else "Copy a shipped table and change its values."
            raise UsageProblem(f"{file}: [{table}] lacks {', '.join(lacking)}. {hint}")


def _same_kind(key: str, value: Any, default: Any, file: str) -> None:
    numbers = (int, float)
    if isinstance(default, bool) or isinstance(value, bool):
        fits = isinstance(value, bool) and isinstance(default, bool)
    elif isinstance(default, int) and not DECIMAL.search(key):
        fits = isinstance(value, int) and value >= 0
    elif isinstance(default, int | float):
        fits = isinstance(value, numbers) and value >= 0
    elif isinstance(default, list):
        fits = isinstance(value, list) and all(isinstance(word, str) for word in value)
    else:
        fits = isinstance(value, str)
    if not fits:
        whole = "a number, 0 or more" if DECIMAL.search(key) else "a whole number, 0 or more"
        wanted = {bool: "true or false", int: whole, float: "a number, 0 or more"}
        kind = wanted.get(
            type(default), "a list of words in quotes" if isinstance(default, list) else "a word in quotes"
        )
        raise UsageProblem(f"{file}: '{key}' must be {kind}, as in the shipped value {default!r}.")


def _unknown(key: str, limits: Mapping[str, Limit], file: str) -> str:
    ends = {name.rpartition(".")[2]: name for name in limits if name.partition(".")[0] == key.partition(".")[0]}
    near = [ends[key.rpartition(".")[2]]] if key.rpartition(".")[2] in ends else []
    near = near or get_close_matches(key, limits, n=1, cutoff=0.6)
    if not near:
        ends = {name.rpartition(".")[2]: name for name in limits}
        near = [ends[end] for end in get_close_matches(key.rpartition(".")[2], ends, n=1, cutoff=0.6)]
    hint = f" Did you mean '{near[0]}'?" if near else " `caseaudit policy show` lists the keys there are."
    return f"{file}: there is no policy value '{key}'.{hint}"


def _apply(
    override: Any,
    as_at: dt.date,
    shipped: Mapping[str, Limit],
    limits: dict[str, Limit],
    apart: dict[str, list[Own]],
    file: str,
) -> None:
    """Lay one [[override]] over the limits, for all or for a team or role, if it is in force on the day."""
    if not isinstance(override, dict):
        raise UsageProblem(f"{file}: an override is written under [[override]], each value on a line of its own.")
    values = dict(override)
    team, role, begins, ends = (values.pop(key, None) for key in ("team", "role", "effective_from", "effective_until"))
    for name, whom in (("team", team), ("role", role)):
        if whom is not None and not (isinstance(whom, str) and whom.strip()):
            raise UsageProblem(f"{file}: '{name}' must be a name in quotes, as the exports write it.")
    for name, date in (("effective_from", begins), ("effective_until", ends)):
        if date is not None and type(date) is not dt.date:
            raise UsageProblem(f"{file}: '{name}' must be a date such as 2026-04-01, without quotes.")
    in_force = (begins is None or begins <= as_at) and (ends is None or as_at <= ends)
    for key, value in _flat(values):
        limit = _changed(shipped, key, value, file)
        own = Own(team, role, limit.value)
        _may_differ(key, own, file)
        if not in_force:
            continue
        if not own.nearness:
            limits[key] = limit
            continue
        apart.setdefault(key, []).append(own)
        limits[f"{key} ({own.whose})"] = replace(limit, name=f"{key} ({own.whose})")


def _may_differ(key: str, own: Own, file: str) -> None:
    """A value no check reads by team or role would be printed as in force and change nothing."""
    if own.role is not None and key not in BY_ROLE:
        instead = "for a team or for all" if key in BY_TEAM else "for all"
        raise UsageProblem(f"{file}: '{key}' cannot be set for a single role; set it {instead}.")
    if own.team is not None and key not in BY_TEAM:
        raise UsageProblem(f"{file}: '{key}' cannot be set for a single team; set it for all.")


def _tree(limits: Mapping[str, Limit]) -> dict[str, Any]:
    nested: dict[str, Any] = {"own": {}}
    for name, limit in limits.items():
        if name.endswith(")"):  # one team's or role's value, which is read by Policy.limit
            continue
        *path, leaf = name.split(".")
        node = nested
        for step in path:
            node = node.setdefault(step, {})
        node[leaf] = limit.value
    return {key: _section(key, value) for key, value in nested.items()}


def _section(path: str, node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    return Section(path, {key: _section(f"{path}.{key}", value) for key, value in node.items()})
