"""Frameworks: whose questions the checks answer. Data files which map clauses to the codes of checks."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Protocol

from caseaudit.errors import UsageProblem
from caseaudit.folders import FRAMEWORKS

DEFAULT = "commissioner"


class HasCode(Protocol):
    """A check, as far as a framework needs to know it."""

    @property
    def code(self) -> str:
        """Family and number."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause or question.

    Attributes:
        number: as the framework numbers it.
        title: a few words, for a table; text: in full.
        checks: codes that bear on it; none when only a person's statement can answer it.
        source: where the wording can be read; blank when the framework's own source says it.
    """

    number: str
    title: str
    text: str
    checks: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Framework:
    """A named list of clauses."""

    name: str
    title: str
    source: str
    clauses: tuple[Clause, ...]

    @property
    def codes(self) -> frozenset[str]:
        """Every code it maps."""
        return frozenset(code for clause in self.clauses for code in clause.checks)


def names() -> tuple[str, ...]:
    """The frameworks there are."""
    return tuple(sorted(path.stem for path in FRAMEWORKS.glob("*.toml")))


def load(name: str = DEFAULT, checks: Iterable[HasCode] | None = None) -> Framework:
    """A framework by its name.

    Args:
        name: one of `names()`.
        checks: every check there is, to hold the mapping against; None where that has been done before.

    Raises:
        UsageProblem: there is no such framework, its file lacks something, or it maps a check that does not exist.
    """
    if name not in names():
        near = get_close_matches(name, names(), 1, 0.5)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise UsageProblem(f"There is no framework '{name}'.{hint} There are: {', '.join(names())}.")
    file = f"{name}.toml"
    try:
        data = tomllib.loads((FRAMEWORKS / file).read_text(encoding="utf-8"))
        framework = Framework(name, data["title"], data["source"], tuple(_clause(entry) for entry in data["clause"]))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as fault:
        raise UsageProblem(f"The framework file {file} is not usable ({type(fault).__name__}: {fault}).") from None
    numbers = [clause.number for clause in framework.clauses]
    if twice := {number for number in numbers if numbers.count(number) > 1}:
        raise UsageProblem(f"The framework file {file} has the clause {min(twice)} twice.")
    if checks is not None and (unknown := framework.codes - {check.code for check in checks}):
        raise UsageProblem(f"The framework file {file} maps {', '.join(sorted(unknown))}, which is no check there is.")
    return framework


def _clause(entry: dict[str, Any]) -> Clause:
    return Clause(entry["number"], entry["title"], entry["text"], tuple(entry["checks"]), entry.get("source", ""))
