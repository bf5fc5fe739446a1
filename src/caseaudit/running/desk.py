"""What is handed to a check by the names of its parameters: tables as they are, words made once and kept."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from threading import Lock, RLock
from typing import Any

import polars as pl

from caseaudit.model import Tables
from caseaudit.policy import Policy
from caseaudit.tables import MODELS
from caseaudit.vocabulary import WORDS, parameters

LARGE = 4_000_000
"""Cells of a word from which on it is not kept for long."""


class Desk:
    """Everything a check may ask for in one run; each word is worked out when asked for, and kept for a while.

    Several threads may ask at once: who asks for a word that another is working out waits for it.
    """

    def __init__(self, tables: Tables, policy: Policy, as_at: dt.date, needed: Collection[str] = ()) -> None:
        self._tables = tables
        self._given: dict[str, Any] = {
            "policy": policy,
            "as_at": as_at,
            "tables": tables,
            "needed": frozenset(needed),
        }
        self._words: dict[str, pl.DataFrame] = {}
        self._makers: defaultdict[str, RLock] = defaultdict(RLock)
        self._books = Lock()

    def call(self, function: Callable[..., Any]) -> Any:
        """Call a check or word with what it asks for."""
        return function(**{p.name: self._get(p.name, optional=p.optional) for p in parameters(function)})

    def keep_for(self, functions: Sequence[Callable[..., Any]], soon: int | None = None) -> None:
        """Let go of the words which none of these asks for, itself or through a word that is still to be made.

        Args:
            functions: in the order they will be called.
            soon: a word of more than LARGE cells is kept only for the first so many of them, and made again for a
                later one: a table with some rows left out, which takes as much memory as the table. None for all.
        """
        with self._books:
            wanted = self._wanted(functions)
            near = wanted if soon is None else self._wanted(functions[:soon])
            self._words = {
                name: frame
                for name, frame in self._words.items()
                if name in near or (name in wanted and frame.height * frame.width <= LARGE)
            }

    def _wanted(self, functions: Iterable[Callable[..., Any]]) -> set[str]:
        wanted: set[str] = set()
        asking = list(functions)
        while asking:
            for name in {p.name for p in parameters(asking.pop())} & WORDS.keys() - wanted:
                wanted.add(name)
                if name not in self._words:
                    asking.append(WORDS[name].make)
        return wanted

    def _get(self, name: str, *, optional: bool) -> Any:
        if name in self._given:
            return self._given[name]
        if name in MODELS:
            if optional and name not in self._tables.frames:
                return None
            return self._tables.frames[name].lazy()
        if optional and not self._can_make(name):
            return None
        with self._books:
            maker = self._makers[name]
        with maker:
            frame = self._words.get(name)
            if frame is None:
                frame = self.call(WORDS[name].make).collect()
                with self._books:
                    self._words[name] = frame
            return frame.lazy()

    def _can_make(self, name: str) -> bool:
        """Whether every table a word cannot do without is there."""
        if name in MODELS:
            return name in self._tables.frames
        return name in self._given or all(self._can_make(p.name) for p in WORDS[name].parameters if not p.optional)
