"""Headings that say more than they need: "Event recorded date" of a contact, "Raised by (worker)", "Who did it"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from caseaudit.mapping.aliases import Aliases, droppable, key
from caseaudit.mapping.folding import Folder
from caseaudit.mapping.looks import FITS
from caseaudit.tables import FieldSpec

if TYPE_CHECKING:
    from caseaudit.mapping.columns import Column

_NONE: frozenset[str] = frozenset()
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_LISTS = re.compile("[/,]")
_CHOICE = re.compile(r"/|,|\bor\b|\?", re.IGNORECASE)
_AND = re.compile(r"/|&|\+|\band\b", re.IGNORECASE)
_NEUTRAL = frozenset(("worker", "client", "caseholder", "id", "code", "name", "date", "initial", "time")) | {
    "clinician",
    "manager",
    "supervisor",
    "supervision",
}
"""What a bracket may hold without changing what the column holds; a choice of words ("H/M/L") is another."""

_WHO = frozenset(("by", "worker", "caseholder", "name", "who"))
_ROLES = frozenset(("clinician", "manager", "holder", "senior", "consultant", "doctor", "nurse", "director"))
_OTHERS = frozenset(("supervisor", "supervisee", "client", "carer", "owner", "reviewer", "assessor", "oversight"))
"""Words for who did a thing; those that say in which role; those that name somebody by themselves."""

_STAFF_NUMBERS = frozenset(("id", "code", "name", "payroll", "esr", "badge", "user", "login", "smartcard"))
"""Words that say by which of their numbers somebody is known."""

_SAID_BY_KIND = {
    "day": frozenset(("time", "occurred")),
    "doer": _WHO,
    "code": frozenset(("description", "code", "name", "value", "service")),
    "text": frozenset(("description", "name", "authorised")),
    "words": frozenset(("description", "code", "name")),
    "yes_no": frozenset(("flag", "indicator")),
}
"""Words that say of a heading only which kind of value stands under it; the look of the values says so too."""


_NEVER = {
    kind: _SAID_BY_KIND.get(kind, _NONE) | droppable("ident" if kind == "doer" else kind) | {"date"}
    for kind in ("day", "month", "ident", "doer", "code", "text", "words", "yes_no", "number")
}


def shorter(heading: str, folder: Folder) -> tuple[frozenset[str], ...]:
    """The heading without a bracket that changes nothing; none where there is no such bracket."""
    inner = [text for text in _BRACKET.findall(heading) if text.strip()]
    bare = _BRACKET.sub(" ", heading).strip()
    if not inner or not bare or not all(_LISTS.search(text) or _is_neutral(folder.fold(text).tokens) for text in inner):
        return ()
    return (folder.fold(bare).tokens,)


def _is_neutral(tokens: frozenset[str]) -> bool:
    """Whether a bracket changes nothing: "(staff no)", "(1-5)"."""
    return all(word in _NEUTRAL or word.isdigit() for word in tokens)


def parts(heading: str, folder: Folder) -> tuple[frozenset[str], ...]:
    """What stands on the sides of a stroke or an "and", outside brackets; none where there is neither."""
    pieces = [piece for piece in _AND.split(_BRACKET.sub(" ", heading)) if piece.strip()]
    return tuple(folder.fold(piece).tokens for piece in pieces) if len(pieces) > 1 else ()


def offers(column: Column, one: FieldSpec, known: Aliases) -> bool:
    """Whether a heading lists the words to choose from, and they are the field's: "Perm / FTC / Relief"."""
    if one.kind != "code":
        return False
    words = known.values.get(one.path, {})
    choices = [piece.strip().lower() for piece in _CHOICE.split(column.heading) if piece.strip()]
    listed = [piece for piece in choices if piece in words or piece.replace(" ", "_") in one.codes]
    if len(listed) < 2 or 2 * len(listed) < len(choices):
        return False
    return column.look.known({**words, **dict.fromkeys(choices, "")}, one.codes) >= FITS


def says(column: Column, one: FieldSpec, keys: frozenset[frozenset[str]], known: Aliases) -> bool:
    """Whether a heading names a field once the words are gone that change nothing in a sheet of its table.

    What is left must be the headings of the field, one or several of them together: a single word more, known or not,
    and it names something else.

    Args:
        column: a column none of whose readings is a known heading.
        one: the field.
        keys: keys of the field's headings.
        known: the data file.
    """
    about = known.tables[one.table].about
    tokens = column.folded.tokens
    if not _named(column, one, keys, known):
        return False
    return not (tokens in known.personal or _bare(tokens, about, known.fillers) in _dropped(known, one.table))


def _has_words(column: Column, one: FieldSpec, known: Aliases) -> bool:
    """Whether the words under a heading are those of the field, if the field has a list of words."""
    words = known.values.get(one.path, {})
    return one.kind != "code" or not (words or one.codes) or column.look.known(words, one.codes) >= FITS


def _named(column: Column, one: FieldSpec, keys: frozenset[frozenset[str]], known: Aliases) -> bool:
    if any(key(bare, one.kind) in keys for bare in column.shorter):
        return True
    if column.parts and all(key(piece, one.kind) in keys for piece in column.parts):
        return True
    if any(_plainly_who(tokens, one, keys, known) for tokens in (column.folded.tokens, *column.shorter)):
        return True
    if one.kind == "text" and _one_of_two(column, one, keys, known):
        return True
    # Most headings have no word in common with most fields.
    words = _words(keys, _kind(one), known.fillers)
    said = [tokens for tokens in (column.folded.tokens, *column.shorter) if tokens & words]
    if any(_together(tokens, one, keys, known) for tokens in said):
        return True
    return any(_briefer(tokens, one, keys, known) for tokens in said) and _has_words(column, one, known)


def _plainly_who(tokens: frozenset[str], one: FieldSpec, keys: frozenset[frozenset[str]], known: Aliases) -> bool:
    """Whether a heading is one of the field's but for the number somebody is known by ("Keyworker payroll no")."""
    if _kind(one) != "doer":
        return False
    plain = tokens - _STAFF_NUMBERS
    worker = plain - known.tables[one.table].about - known.fillers
    return (plain != tokens and plain in keys) or (worker == {"worker"} and worker in keys)


def _one_of_two(column: Column, one: FieldSpec, keys: frozenset[frozenset[str]], known: Aliases) -> bool:
    """Whether one part of "Outcome / learning" is a field of text, and the other no field of the table."""
    others = [piece for piece in column.parts if key(piece, one.kind) not in keys]
    if not others or len(column.parts) - len(others) != 1:
        return False
    fields = known.tables[one.table].fields
    every = {frozenset(tokens - {"id", "code", "date"}) for each in fields.values() for tokens in each}
    return not any(
        piece - {"id", "code", "date"} in every
        or piece in known.personal
        or piece in known.unneeded
        or piece & known.changing
        or piece & known.personal_words
        for piece in others
    )


def _briefer(tokens: frozenset[str], one: FieldSpec, keys: frozenset[frozenset[str]], known: Aliases) -> bool:
    """Whether a heading is one of the field's, words of what every row is about taken from both."""
    about = known.tables[one.table].about
    left = _left(tokens, _kind(one), about, known.fillers)
    return any(
        _same_doer(tokens, said, one) for said in _keys_left(keys, _kind(one), about, known.fillers).get(left, ())
    )


def _together(tokens: frozenset[str], one: FieldSpec, keys: frozenset[frozenset[str]], known: Aliases) -> bool:
    """Whether whole headings of the field say all of a heading but for what changes nothing."""
    left = _left(tokens, _kind(one), _NONE, known.fillers)
    must = left - known.tables[one.table].about
    if not must <= _words(keys, _kind(one), known.fillers):
        return False
    if _kind(one) == "doer":
        if len(left & (_OTHERS | _ROLES)) > 1:
            return False  # "Supervisor's manager" is neither of the two
        if not must and not tokens & (_WHO | _ROLES | _OTHERS):
            return False  # the number of what every row is about is that of the row: "Shift ID" in a rota
    found = _NONE.union(
        *(
            wanted
            for wanted, several in _keys_left(keys, _kind(one), _NONE, known.fillers).items()
            if wanted <= left and any(_same_doer(tokens, said, one) for said in several)
        )
    )
    return bool(found) and must <= found


def _same_doer(tokens: frozenset[str], said: frozenset[str], one: FieldSpec) -> bool:
    """Whether a heading speaks of who did a thing just where a heading of the field does.

    "Decision" is no way of saying "decision by", and what is "allocated by" somebody is not "allocated to" them.
    """
    if _kind(one) != "doer":
        return True
    if "by" in tokens and "by" not in said:
        return False
    return not said & (_WHO | _ROLES) or bool(tokens & (_WHO | _ROLES | {"id", "code"}))


def _kind(one: FieldSpec) -> str:
    """The kind of a field; somebody who did a thing is another kind of identifier than a case or a row."""
    return "doer" if one.kind == "ident" and (one.refers_to == "staff" or one.name == "worker_id") else one.kind


def _left(tokens: frozenset[str], kind: str, about: frozenset[str], fillers: frozenset[str]) -> frozenset[str]:
    """What is left of a heading without the words that change nothing in its table, for a kind of field."""
    left = tokens - about - fillers - _NEVER[kind]
    # The manager of a supervisor is somebody else, and a manager is nobody else.
    return left if kind != "doer" or tokens & _OTHERS else left - _ROLES or left


def _bare(tokens: frozenset[str], about: frozenset[str], fillers: frozenset[str]) -> frozenset[str]:
    return tokens - about - fillers - {"date"}


@lru_cache(maxsize=64)
def _dropped(known: Aliases, table: str) -> frozenset[frozenset[str]]:
    about = known.tables[table].about
    return frozenset(_bare(tokens, about, known.fillers) for tokens in known.dropped) - {frozenset()}


@lru_cache(maxsize=2048)
def _keys_left(
    keys: frozenset[frozenset[str]], kind: str, about: frozenset[str], fillers: frozenset[str]
) -> Mapping[frozenset[str], tuple[frozenset[str], ...]]:
    """The headings of a field of a kind without such words → the same whole."""
    found: dict[frozenset[str], tuple[frozenset[str], ...]] = {}
    for tokens in keys:
        if left := _left(tokens, kind, about, fillers):
            found[left] = (*found.get(left, ()), tokens)
    return found


@lru_cache(maxsize=2048)
def _words(keys: frozenset[frozenset[str]], kind: str, fillers: frozenset[str]) -> frozenset[str]:
    """Every word of a field's headings but those that change nothing."""
    return _NONE.union(*_keys_left(keys, kind, _NONE, fillers))
