"""Columns as matching sees them, and what they were matched to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from caseaudit.mapping.folding import Folded
from caseaudit.mapping.looks import Look
from caseaudit.tables import FieldSpec

DECIDED, EXPLICIT, KNOWN, FULLER, BY_NAME, WIDER, STAND_IN, BY_WORDS, NUMBERED, PERHAPS = range(10)
"""Why a heading is taken for a field: the user says so; it says so in full; but for "date" or "id"; in more words
than it needs; a person by name; in words that tell only once the table is known; for want of a better; by the words
under it; a number of a name not known; maybe."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet as matching sees it.

    Attributes:
        heading: as it stands there.
        folded: the heading.
        look: what its sample looks like.
        shorter, parts: other ways of saying the heading, see `mapping.fuller`.
    """

    heading: str
    folded: Folded
    look: Look
    shorter: tuple[frozenset[str], ...] = ()
    parts: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One field a column may hold.

    Attributes:
        field: the field.
        rank: DECIDED to PERHAPS; lower is better.
        sure: whether the heading's words are known, or can be read in no other way.
        fits: whether the values look like it.
        likeness: 0-100.
    """

    field: FieldSpec
    rank: int
    sure: bool
    fits: bool
    likeness: float

    @property
    def order(self) -> tuple[bool, bool, int]:
        """Sorts the best first; candidates equal in it are rivals."""
        return (not self.fits, not self.sure, self.rank)


@dataclass(frozen=True)
class Matched:
    """What became of a sheet's columns for one table.

    Attributes:
        fields: field → (column, how it matched) where it is sure.
        asked: heading → the candidates a user must choose from, best first.
        beaten: heading → the heading that holds the same field more plainly.
    """

    fields: Mapping[str, tuple[Column, Candidate]]
    asked: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    beaten: Mapping[str, str] = field(default_factory=dict)


def decided(one: FieldSpec) -> Candidate:
    """A match by the user's own decision."""
    return Candidate(one, DECIDED, sure=True, fits=True, likeness=100.0)
