"""What the name of a file and of its sheet says: which table it is, or that it is a list no check is about."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import PurePosixPath
from types import MappingProxyType

from rapidfuzz.distance import OSA

from caseaudit.mapping.aliases import aliases
from caseaudit.mapping.folding import Folder, singular, words_of
from caseaudit.model import Source

NONE = "none"
"""Stands where tables do for the lists that no check is about."""

FIRST, SECOND = 1.5, 0.8
"""What the name nearest to the rows is worth, and that of the workbook around a sheet whose own name says something."""

_OF_TEAM = re.compile(r"\b[A-Za-z]+ (?:team|centre|college|house)\b", re.IGNORECASE)

_KEPT = frozenset(("list",))
"""Words that say nothing in headings and something here."""

MISSPELT, LETTERS = 0.82, 6
"""Likeness to a word of the list from which one nobody knows is that word misspelt; and letters it must have."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that say a table.

    Attributes:
        table: the table, or NONE.
        words: what a name must mean all of; where `plain`, only how many.
        key: all that is said, to tell which of two phrases says more.
        plain: the words themselves, where they are looked for as they stand, else empty.
        weak: whether they say it only where nothing says another table.
    """

    table: str
    words: frozenset[str]
    key: frozenset[str]
    plain: str
    weak: bool


@dataclass(frozen=True, slots=True)
class Title:
    """What the names of a source say.

    Attributes:
        worth: table → what its names add to the evidence for it.
        words: table → how many words of a name say so, at most; none of a table that only common words say.
        foreign: whether they say that it is something else, a table beside it or not.
    """

    worth: Mapping[str, float]
    words: Mapping[str, int]
    foreign: bool = False


def title(source: Source) -> Title:
    """What the name of a file and of its sheet say; what the sheet's own says of another table goes before."""
    return _title(PurePosixPath(source.file).stem, source.sheet)


@lru_cache(maxsize=1024)
def _title(file: str, sheet: str | None) -> Title:
    (outer, plain_outer), (inner, plain) = _said(file), _said(sheet or "")
    if not inner or (plain_outer and not plain):
        # "Sheet1", or "Staff" in a workbook of training.
        outer, inner, plain = inner, outer, plain_outer
    worth = {table: FIRST * _by_length(length) for table, length in inner.items()}
    for table in worth.keys() & outer.keys():
        worth[table] += SECOND * _by_length(outer[table])
    foreign = worth.pop(NONE, 0.0) > 0
    words = {table: max(inner[table], outer.get(table, 0)) if plain else 0 for table in worth}
    return Title(MappingProxyType(worth), MappingProxyType(words), foreign)


def _by_length(words: int) -> float:
    return 0.6 + 0.4 * words


def _said(name: str) -> tuple[dict[str, int], bool]:
    """Table → words of the longest phrase that says it, and whether these are more than words of every day.

    What a team or house is called says little of its sheets: "Review team" goes for nothing beside "caseload".
    """
    plain_name = name.replace(".", " ").replace("_", " ")
    without = _OF_TEAM.sub(" ", plain_name)
    said, plain = _found(without)
    if plain or without == plain_name:
        return said, plain
    return _found(plain_name)[0] or said, False


def _found(name: str) -> tuple[dict[str, int], bool]:
    """The same of all the words. A phrase does not count where a longer one says another table with the same words."""
    folder = aliases().folder
    spelt = [_spelt(word) for word in words_of(name)]
    text = f" {' '.join(map(singular, spelt))} "
    meant = folder.fold(name).tokens | folder.fold(" ".join(spelt)).tokens | (_KEPT & frozenset(spelt))
    found = [one for one in phrases() if (one.plain in text if one.plain else one.words <= meant)]
    found = [one for one in found if not any(one.key < other.key and one.table != other.table for other in found)]
    strong = [one for one in found if not one.weak]
    said: dict[str, int] = {}
    for one in strong or found:
        said[one.table] = max(said.get(one.table, 0), len(one.words))
    return said, bool(strong)


@cache
def _listed() -> Mapping[str, Mapping[str, list[str]]]:
    text = resources.files("caseaudit.mapping").joinpath("titles.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


@cache
def phrases() -> tuple[Phrase, ...]:
    """The shipped data file, read once."""
    return tuple(_read(_listed(), aliases().folder))


def _read(raw: Mapping[str, Mapping[str, list[str]]], folder: Folder) -> Iterator[Phrase]:
    for table, lists in raw.items():
        for name, listed in lists.items():
            for phrase in listed:
                said = [singular(word) for word in words_of(phrase)]
                meant = folder.tokens(phrase.lstrip("=")) | (_KEPT & frozenset(said))
                plain = f" {' '.join(said)} " if phrase.startswith("=") else ""
                words = frozenset(said) if plain else meant
                yield Phrase(table, words, words | meant, plain, weak=name == "may_say")


@cache
def _vocabulary() -> frozenset[str]:
    lists = [one for table in _listed().values() for one in table.values()]
    return frozenset(word for some in lists for phrase in some for word in words_of(phrase))


@lru_cache(maxsize=4096)
def _spelt(word: str) -> str:
    """The word as it is spelt in the list, if it is one of them misspelt."""
    known = aliases().folder.knows
    if word.endswith(("ches", "shes", "sses", "xes")):
        word = word[:-2]
    if len(word) < LETTERS or not word.isalpha() or word in _vocabulary() or known(word) or known(singular(word)):
        return word
    near = [one for one in _vocabulary() if one[0] == word[0] and len(one) >= LETTERS]
    best = max(near, key=lambda one: (OSA.normalized_similarity(word, one), one), default=word)
    return best if OSA.normalized_similarity(word, best) >= MISSPELT else word
