"""A check as a run knows it, and the checks of a run together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from caseaudit.catalogue.declaring import Declaration, Evidence
from caseaudit.errors import UsageProblem
from caseaudit.model import Manual

FAMILY = re.compile(r"^[A-Z]+")


@dataclass(frozen=True)
class Check:
    """One check, ready to run.

    Attributes:
        name: its file's name, the fault in words joined by `_`.
        path: its file.
        evidence: the function that makes the evidence; asks by parameter name for tables and words.
        standard: what must hold of the evidence.
        measures: figures of the whole, from the evidence; None when the counts say all.
        manual: its own words.
        tables: canonical tables it cannot do without, by itself or through the words it uses.
        looks_at: canonical tables it uses where they are there; `tables` among them.
        fields: "table.field" it cannot do without.
        either: groups of such fields of which one will do.
        limits: names of the policy values it reads, by itself or through the words it uses.
    """

    declaration: Declaration
    name: str
    path: Path
    evidence: Callable[..., Any]
    standard: type[Evidence]
    measures: Callable[..., Mapping[str, Any]] | None
    manual: Manual
    tables: tuple[str, ...]
    looks_at: frozenset[str]
    fields: tuple[str, ...]
    either: tuple[tuple[str, ...], ...]
    limits: tuple[str, ...]

    @property
    def code(self) -> str:
        """Family and number, such as "REV01"."""
        return self.declaration.code

    @property
    def needed(self) -> tuple[str, ...]:
        """Every field that may decide whether it can be made."""
        return (*self.fields, *(field for fields in self.either for field in fields))

    @property
    def family(self) -> str:
        """The letters of the code."""
        return family_of(self.code)


def family_of(code: str) -> str:
    """The letters a code begins with."""
    found = FAMILY.match(code)
    return found.group() if found else code


@dataclass(frozen=True, slots=True)
class BrokenCheck:
    """A check file that cannot be used: shown as one check in error, never left out in silence.

    Attributes:
        name: the file's name without its ending.
        reason: one sentence naming file and line.
    """

    name: str
    reason: str
    path: Path


@dataclass(frozen=True)
class Catalogue:
    """Every check there is, in the order of their codes, and the files that could not be read as one."""

    checks: tuple[Check, ...]
    broken: tuple[BrokenCheck, ...] = ()

    def __iter__(self) -> Iterator[Check]:
        return iter(self.checks)

    def __getitem__(self, code: str) -> Check:
        """The check of that code or name.

        Raises:
            UsageProblem: there is none.
        """
        for found in self.checks:
            if code.upper() == found.code or code.lower() == found.name:
                return found
        raise UsageProblem(self._unknown(code))

    def choose(self, select: Sequence[str] = (), exclude: Sequence[str] = ()) -> Catalogue:
        """The checks a run is to make.

        Args:
            select: codes, names or families; none for all.
            exclude: codes, names or families to leave out.

        Raises:
            UsageProblem: one of them is neither, or nothing is left.
        """
        wanted = {c.code for word in select for c in self._matching(word)} if select else {c.code for c in self.checks}
        unwanted = {c.code for word in exclude for c in self._matching(word)}
        chosen = tuple(c for c in self.checks if c.code in wanted - unwanted)
        if not chosen:
            raise UsageProblem("No check is left to make: what --select names, --exclude takes away again.")
        return Catalogue(chosen, () if select else self.broken)

    def _matching(self, word: str) -> list[Check]:
        found = [c for c in self.checks if word.upper() in {c.code, c.family} or word.lower() == c.name]
        if not found:
            raise UsageProblem(self._unknown(word))
        return found

    def _unknown(self, word: str) -> str:
        known = [c.code for c in self.checks] + [c.name for c in self.checks] + [c.family for c in self.checks]
        near = get_close_matches(word.upper(), known, 1, 0.5) or get_close_matches(word.lower(), known, 1, 0.5)
        hint = f" Did you mean {near[0]}?" if near else ""
        return f"There is no check or family '{word}'.{hint} `caseaudit checks` lists them all."
