"""What the values of a matched column leave open: the order of its dates, and words a user must confirm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caseaudit.mapping.aliases import Aliases
from caseaudit.mapping.columns import Column
from caseaudit.mapping.decisions import UNDECIDED, Decision
from caseaudit.model import Feed
from caseaudit.tables import FieldSpec, spec

SAMPLE = 200
"""Rows of a full sample; a shorter one is all there is."""

DATE_ORDER = "its dates can be read day first or month first, and nothing in the source tells"

VARIED = 10
"""So many different dates, none with a number over 12, are no accident of a sorted file's first rows."""


def undecided(
    columns: Sequence[Column], feeds: Sequence[Feed], known: Aliases, decision: Decision = UNDECIDED
) -> dict[str, str]:
    """Heading → what has to be decided about its values."""
    by_heading = {column.heading: column for column in columns}
    used: dict[str, FieldSpec] = {}
    for feed in feeds:
        fields = spec(feed.table).fields
        used |= {heading: fields[name] for name, heading in feed.columns.items()}
        if feed.unpivot is not None:
            used |= dict.fromkeys(feed.unpivot.headings, fields[feed.unpivot.value_field])
    days = {heading: one for heading, one in used.items() if one.kind in {"day", "month"}}
    doubts = {}
    if not any(by_heading[heading].look.order_told for heading in days):
        for heading in set(days) - set(decision.date_order):
            seen = by_heading[heading].look
            whole = seen.filled < SAMPLE
            if seen.either_way and not seen.firsts and (whole or seen.either_way >= VARIED):
                doubts[heading] = DATE_ORDER
    for heading, one in used.items():
        if words := suggested_words(by_heading[heading], one, known, decision.values.get(one.path, {})):
            doubts[heading] = f"known heading, but its words ({', '.join(words)}) have to be confirmed"
    return doubts


def suggested_words(
    column: Column, one: FieldSpec, known: Aliases, told: Mapping[str, str] | None = None
) -> Mapping[str, str]:
    """Words of the column that are not certain → what they are suggested to mean; `told` are the user's words."""
    certain = {**known.values.get(one.path, {}), **(told or {})}
    maybe = known.suggested.get(one.path, {})
    return {word: maybe[word] for word in sorted(column.look.texts) if word in maybe and word not in certain}
