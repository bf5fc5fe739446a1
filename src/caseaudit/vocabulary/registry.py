"""Words: what several checks speak of, worked out once per run and handed to a check by the name of its parameter.

A word is a function whose parameters are canonical tables, other words, `policy` or `as_at`, and which returns a lazy
frame. A parameter that defaults to None is optional: it is None when no export supplies it. Whatever tables a check's
words need, the check needs.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

WORDS: dict[str, Word] = {}
"""Every word by its name."""

GIVEN = frozenset({"policy", "as_at", "tables", "needed"})
"""Parameters that are not data: the policy, the as-at date, and for the data-quality checks the Tables as a whole and
the fields ("table.field") that the selected checks need."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing a check or word asks for by name."""

    name: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A named frame: the function that makes it and what it asks for."""

    name: str
    make: Callable[..., Any]
    parameters: tuple[Parameter, ...]


def parameters(function: Callable[..., Any]) -> tuple[Parameter, ...]:
    """What a function asks for by name."""
    return tuple(
        Parameter(name, parameter.default is None) for name, parameter in inspect.signature(function).parameters.items()
    )


def word(function: F) -> F:
    """Register a word under its function's name."""
    WORDS[function.__name__] = Word(function.__name__, function, parameters(function))
    return function
