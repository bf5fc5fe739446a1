"""Headings that say more than they need: "Event recorded date" of a contact, "Raised by (worker)", "Service / Team"."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from caseaudit.mapping.aliases import Aliases, droppable, key
from caseaudit.mapping.folding import Folder
from caseaudit.mapping.looks import FITS
from caseaudit.tables import FieldSpec

if TYPE_CHECKING:
    from caseaudit.mapping.columns import Column

_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_NEUTRAL = frozenset(("worker", "client", "caseholder", "id", "code", "name", "date"))
"""What a bracket may hold without changing what the column holds; a choice of words ("H/M/L") is another."""


def shorter(heading: str, folder: Folder) -> tuple[frozenset[str], ...]:
    """The heading without a bracket that changes nothing; none where there is no such bracket."""
    inner = [text for text in _BRACKET.findall(heading) if text.strip()]
    bare = _BRACKET.sub(" ", heading).strip()
    if not inner or not bare or not all("/" in text or folder.fold(text).tokens <= _NEUTRAL for text in inner):
        return ()
    return (folder.fold(bare).tokens,)


def parts(heading: str, folder: Folder) -> tuple[frozenset[str], ...]:
    """What stands on the sides of a stroke, outside brackets; none where there is no stroke."""
    pieces = [piece for piece in _BRACKET.sub(" ", heading).split("/") if piece.strip()]
    return tuple(folder.fold(piece).tokens for piece in pieces) if len(pieces) > 1 else ()


def says(column: Column, one: FieldSpec, keys: frozenset[frozenset[str]], known: Aliases) -> bool:
    """Whether a heading names a field once the words are gone that only say what every row of the table is about.

    Args:
        column: a column none of whose readings is a known heading.
        one: the field.
        keys: keys of the field's headings.
        known: the data file.
    """
    about = known.tables[one.table].about
    tokens = column.folded.tokens
    if not _named(column, one, keys, about):
        return False
    if tokens in known.personal or _left(tokens, about) - {"date"} in _leaving(known.dropped, about):
        return False
    return one.kind != "code" or column.look.known(known.values.get(one.path, {}), one.codes) >= FITS


def _named(column: Column, one: FieldSpec, keys: frozenset[frozenset[str]], about: frozenset[str]) -> bool:
    if any(key(bare, one.kind) in keys for bare in column.shorter):
        return True
    if column.parts and all(key(piece, one.kind) in keys for piece in column.parts):
        return True
    said = {key(_left(bare, about), one.kind) for bare in (column.folded.tokens, *column.shorter)}
    return any(bare - droppable(one.kind) and bare in _keys_left(keys, about, one.kind) for bare in said)


def _left(tokens: frozenset[str], about: frozenset[str]) -> frozenset[str]:
    return tokens - about or tokens


@lru_cache(maxsize=64)
def _leaving(phrases: frozenset[frozenset[str]], about: frozenset[str]) -> Collection[frozenset[str]]:
    return frozenset(_left(tokens, about) - {"date"} for tokens in phrases)


@lru_cache(maxsize=1024)
def _keys_left(keys: frozenset[frozenset[str]], about: frozenset[str], kind: str) -> Collection[frozenset[str]]:
    return frozenset(key(_left(tokens, about), kind) for tokens in keys)
