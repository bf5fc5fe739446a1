"""Which fields a heading names, and whether the values under it can be theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from caseaudit.mapping.aliases import Aliases, key
from caseaudit.mapping.columns import BY_NAME, EXPLICIT, FULLER, KNOWN, WIDER, Candidate, Column
from caseaudit.mapping.fuller import offers, says
from caseaudit.mapping.looks import FITS, fits
from caseaudit.mapping.tense import speaks_of_another
from caseaudit.tables import FieldSpec

SPELT = 87.0
"""Likeness from which a word is another one misspelt: shorter words are one letter from too many others (chased,
ceased), and are asked about."""

MOSTLY = 0.75
"""Share of a column's different words that must be a field's."""

_NOTHING: frozenset[str] = frozenset()
_PEOPLE = frozenset(("case_id", "person_id"))

_UNSAID = frozenset(("dna", "missed", "cancelled", "not", "absent", "refused", "declined", "failed"))
_OPPOSITE = {
    "contacts.outcome": _UNSAID,
    "contacts.planned": frozenset(("unplanned", "unscheduled", "adhoc", "hoc", "spontaneous", "opportunistic", "walk"))
    | {"emergency", "crisis", "unannounced", "responsive", "duty", "drop", "chance", "reactive", "not"},
    "contacts.risk_check": _UNSAID,
    "physical_checks.result": frozenset(("normal", "range", "limit", "satisfactory", "wnl", "met", "pass")),
    "supervision.status": _UNSAID,
    "supervision.decisions_reviewed": _UNSAID,
    "supervision.escalation_discussed": _UNSAID,
}
"""Words of a heading by which a yes under it is the field's no, or its "N" another word than it is for the field."""


def candidates(
    column: Column, wanted: Mapping[FieldSpec, frozenset[frozenset[str]]], known: Aliases
) -> list[Candidate]:
    """The fields that a heading names, best first; none for a heading that is not known.

    Args:
        column: the column.
        wanted: fields → keys of the headings people write for them.
        known: the data file.
    """
    found: dict[FieldSpec, Candidate] = {}
    readings = [(column.folded.tokens, 100.0), *((one, column.folded.likeness) for one in column.folded.readings)]
    for tokens, likeness in readings:
        for one, keys in wanted.items():
            rank = _rank(tokens, one, keys)
            if rank is not None and one.kind == "ident" and column.look.names >= FITS:
                rank = BY_NAME
            if rank is not None and (one not in found or rank < found[one].rank):
                found[one] = Candidate(one, rank, likeness == 100.0, suits(column, one, known), likeness)
    found = _said_otherwise(column, wanted, known, found)
    ordered = sorted(found.values(), key=lambda c: c.order)
    if not ordered or ordered[0].sure:
        return ordered
    # A heading that had to be guessed is sure only if every way of reading it leads to this field or nowhere.
    fitting = [one for one in ordered if one.fits]
    dropped = any(tokens in known.personal or tokens in known.unneeded for tokens, _ in readings)
    if len(fitting) == 1 and fitting[0].likeness >= SPELT and not dropped and column.look.filled:
        only = fitting[0]
        return [Candidate(only.field, only.rank, sure=True, fits=True, likeness=only.likeness)]
    return ordered


def _said_otherwise(
    column: Column,
    wanted: Mapping[FieldSpec, frozenset[frozenset[str]]],
    known: Aliases,
    found: dict[FieldSpec, Candidate],
) -> dict[FieldSpec, Candidate]:
    """The fields a heading names, and where it names none as it stands, those it names in other or in more words."""
    wider = _wider((column.folded.tokens, *column.shorter), column, wanted, known)
    if not any(one.likeness == 100.0 for one in found.values()):
        found = wider or found
    if not found:
        found = _fuller(column, wanted, known)
    if not found:
        found = _wider((column.folded.tokens - known.fillers,), column, wanted, known)
    listed = [one for one in wider.values() if _is_listed(column, one, known)]
    if len(listed) == 1 and not any(_is_listed(column, one, known) for one in found.values()):
        return {listed[0].field: replace(listed[0], rank=KNOWN)}
    return found


def _fuller(
    column: Column, wanted: Mapping[FieldSpec, frozenset[frozenset[str]]], known: Aliases
) -> dict[FieldSpec, Candidate]:
    """The fields of which a heading lists the words to choose from, or says more than it needs to."""
    offered = [one for one in wanted if offers(column, one, known) and not _always_asked(column, one, known)]
    if len(offered) == 1:
        return {offered[0]: Candidate(offered[0], FULLER, sure=True, fits=True, likeness=100.0)}
    fuller = [
        one
        for one, keys in wanted.items()
        if says(column, one, keys, known) and suits(column, one, known) and not _always_asked(column, one, known)
    ]
    # Without its bracket the heading may be a known one; then it means no other.
    plain = [one for one in fuller if any(key(bare, one.kind) in wanted[one] for bare in column.shorter)]
    # A number beats a name, however many words either is headed with.
    ranks = {one: BY_NAME if one.kind == "ident" and column.look.names >= FITS else FULLER for one in fuller}
    return {one: Candidate(one, ranks[one], sure=True, fits=True, likeness=100.0) for one in plain or fuller}


def _always_asked(column: Column, one: FieldSpec, known: Aliases) -> bool:
    """Whether a heading is listed as one that may mean a field: then no part of it says so for certain."""
    return key(column.folded.tokens, one.kind) in known.tables[one.table].perhaps.get(one.path, ())


def _wider(
    said: Iterable[frozenset[str]],
    column: Column,
    wanted: Mapping[FieldSpec, frozenset[frozenset[str]]],
    known: Aliases,
) -> dict[FieldSpec, Candidate]:
    """The fields of which a heading is one that tells only once the table is known."""
    found = {}
    for tokens in said:
        for one, keys in wanted.items():
            about = known.tables[one.table]
            # Where a sheet of another table feeds this one as well, its own few headings are all.
            listed = keys is about.fields[one.name] and key(tokens, one.kind) in about.wider.get(one.name, ())
            if listed and suits(column, one, known):
                found[one] = Candidate(one, WIDER, sure=True, fits=True, likeness=100.0)
    return found


def told_apart(column: Column, tied: list[Candidate], known: Aliases) -> list[Candidate]:
    """Of fields a heading names equally well, the one of whose closed list the words under it are; else all."""
    listed = [one for one in tied if _is_listed(column, one, known)]
    return listed if len(listed) == 1 else tied


def _is_listed(column: Column, one: Candidate, known: Aliases) -> bool:
    """Whether the words under a heading are those of a field's closed list, several of them."""
    words, codes = known.values.get(one.field.path, {}), one.field.codes
    return bool(codes) and column.look.different > 1 and column.look.known(words, codes) >= MOSTLY


def suits(column: Column, one: FieldSpec, known: Aliases) -> bool:
    """Whether the values of a column can be the field's. Names of people supported are no identifiers of cases."""
    if one.name in _PEOPLE and column.look.names >= FITS:
        return False
    # The number of a cost centre is no name of a team; beside it stands a column that has the name.
    if one.kind == "ident" and (column.look.phones >= FITS or not _can_number(column, one)):
        return False
    if one.name == "team" and column.look.numbers >= FITS:
        return False
    if says_opposite(column, one) or speaks_of_another(column.heading, one):
        return False
    # A type of appointment is how it was held, or what for: the words under it tell.
    listed = known.values.get(one.path, {})
    if one.kind == "code" and listed and "type" in column.folded.tokens and not one.codes and column.look.filled:
        return column.look.known(listed, one.codes) > 0
    return fits(column.look, one, {**known.values.get(one.path, {}), **known.suggested.get(one.path, {})})


def says_opposite(column: Column, one: FieldSpec) -> bool:
    """Whether a yes under a heading may be the field's no: "DNA (Y/N)" of an outcome, "Unplanned?" of a contact."""
    return column.look.yes_no >= FITS and bool(column.folded.tokens & _OPPOSITE.get(one.path, _NOTHING))


def _can_number(column: Column, one: FieldSpec) -> bool:
    """Whether a column can number the rows of a table: "Action" alone is rather what was done than its number."""
    if one.refers_to or one.name in _PEOPLE or not one.name.endswith("_id"):
        return True
    said = column.folded.tokens & {"id", "code"}
    return bool(said) or not column.look.filled or (column.look.digits and column.look.different == column.look.filled)


def _rank(tokens: frozenset[str], one: FieldSpec, keys: frozenset[frozenset[str]]) -> int | None:
    bare = key(tokens, one.kind)
    if bare in keys:
        if one.kind == "ident" and "name" in bare:
            return BY_NAME
        plain = one.kind in {"day", "ident"} and bare == tokens
        return KNOWN if plain else EXPLICIT
    if one.kind == "ident" and one.name not in _PEOPLE and "name" in tokens and key(tokens - {"name"}, "ident") in keys:
        return BY_NAME
    return None
