"""How the exports are named to those outside: a sheet or a column may be headed with the name of a person.

A supervision log has a sheet per worker, a matrix a column per worker. So whoever may not know who is who sees sheets
by their number in the file, and of columns how many. Files keep their names: a digest alone would help nobody who holds
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from caseaudit.model import Source

_ONE = r"“(?!N/A”)[^”]*”(?: \d+(?:,\d{3})*)?"
_HEADINGS = re.compile(rf"{_ONE}(?:(?:, | and ){_ONE})*")


def numbered(sources: Iterable[Source]) -> dict[str, Source]:
    """Label of each source → the source with its sheet by number, and no heading of a column in its notes."""
    found: dict[str, Source] = {}
    sheets: dict[str, int] = {}
    for source in sources:
        notes = tuple(map(_without_headings, source.notes))
        if source.sheet is None:
            found[source.label] = replace(source, notes=notes)
        else:
            sheets[source.file] = sheets.get(source.file, 0) + 1
            found[source.label] = replace(source, sheet=f"sheet {sheets[source.file]}", notes=notes)
    return found


def told(notes: Sequence[str], named: Mapping[str, Source]) -> tuple[str, ...]:
    """Notes on how the exports were read, by what `numbered` calls them."""
    renamed = {label: source.label for label, source in named.items() if label != source.label}
    # The longer label first: one may begin with another.
    labels = re.compile("|".join(map(re.escape, sorted(renamed, key=len, reverse=True))) or r"(?!)")
    return tuple(_without_headings(labels.sub(lambda match: renamed[match.group()], note)) for note in notes)


def _without_headings(note: str) -> str:
    return _HEADINGS.sub(lambda match: _columns(match.group().count("“")), note)


def _columns(number: int) -> str:
    return "a column" if number == 1 else f"{number} columns"
