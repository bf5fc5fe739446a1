"""Columns that are dropped at read: those that identify people, and those no check asks for."""

from __future__ import annotations

import re

from caseaudit.mapping.aliases import Aliases
from caseaudit.mapping.columns import EXPLICIT, Column
from caseaudit.mapping.looks import FITS
from caseaudit.mapping.naming import candidates
from caseaudit.tables import spec

_DIGIT = re.compile(r"\d")
_INITIALS = re.compile(r"^(?:[^\W\d_]\.? ?){2,3}$|^[^\W\d_]\.? [^\W\d_]{2,}$")
_WHO = (frozenset({"client"}), frozenset({"carer"}))


def personal(column: Column, table: str | None, known: Aliases) -> str | None:
    """What personal thing a column holds; None where it holds none, or a field of the table is exactly that.

    Args:
        column: the column.
        table: the table its sheet is; None where that is not known.
        known: the data file.
    """
    if table is not None:
        fields = spec(table).fields
        wanted = {fields[name]: keys for name, keys in known.tables[table].fields.items()}
        if any(one.rank == EXPLICIT and one.sure and one.fits for one in candidates(column, wanted, known)):
            return None
    if column.look.phones >= FITS:
        return "telephone or e-mail"
    return _said_to_be(column, known)


def _said_to_be(column: Column, known: Aliases) -> str | None:
    """What personal thing a heading speaks of."""
    readings = (column.folded.tokens, *column.folded.readings)
    for tokens in readings:
        bare = tokens - {"client"}  # whose else: "Client: Birthdate"
        if why := known.personal.get(tokens) or known.personal.get(bare):
            return why
    for tokens in readings:
        if tokens & known.personal_words:
            return "personal detail or free text"
        if any(pair <= tokens for pair in known.personal_pairs):
            return "name of a person"
    if _names_nobody_else(column) and (column.look.names >= FITS or _has_initials(column)):
        return "name of a person"
    return None


def _names_nobody_else(column: Column) -> bool:
    """Whether a heading is "Client" or "Carer" in one of its readings, and nothing more."""
    return any(tokens in _WHO for tokens in (column.folded.tokens, *column.folded.readings))


def _has_initials(column: Column) -> bool:
    """Whether the cells are initials ("K.H.", "DW") or an initial and a surname, and there are some."""
    texts = column.look.texts
    return bool(texts) and sum(1 for text in texts if _INITIALS.match(text)) >= FITS * len(texts)


def names_client(column: Column) -> bool:
    """Whether a column beside the client's number says who the client is: it is headed so, and has no number in it."""
    texts = column.look.texts
    return column.look.names >= FITS or (
        _names_nobody_else(column) and bool(texts) and not any(map(_DIGIT.search, texts))
    )


def unneeded(column: Column, known: Aliases) -> str | None:
    """Why no check needs a column; None where it is not among those known to be of no use."""
    for tokens in (column.folded.tokens, *column.folded.readings):
        if tokens in known.unneeded:
            return known.unneeded[tokens]
    return None
