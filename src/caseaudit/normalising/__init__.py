"""Exports made canonical tables: text read as days, words and numbers by rule, and every row accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from caseaudit.errors import UsageProblem
from caseaudit.model import Export, Rejected, SheetPlan, Source, SourceAccount, Tables

if TYPE_CHECKING:
    from caseaudit.normalising.feeds import Fed
    from caseaudit.normalising.formats import Prepared

__all__ = ["normalise"]


_NO_ROW = (
    "has no row that could be used, and so does not count as an export of {table}: an empty list does not show that "
    "nothing happened"
)


def normalise(exports: Iterable[tuple[Export, SheetPlan]]) -> Tables:
    """Turn exports into the canonical tables, validated by their models.

    Args:
        exports: each source's rows as text with the plan of what its columns mean. Taken one by one, and each one's
            text let go of once it is read, but for parts of a published format, which are joined to each other.

    Returns:
        The tables some source feeds, and what became of every row.

    Raises:
        UsageProblem: nothing tells whether a column's dates are day first or month first, or a constant of the
            mapping file is no value of its field.
    """
    from caseaudit.normalising.formats import Prepared, prepared
    from caseaudit.normalising.merging import joined
    from caseaudit.normalising.people import known_by_name
    from caseaudit.normalising.zeros import lost_zeros
    from caseaudit.tables import MODELS

    sources: list[Source] = []
    done: dict[int, _Done] = {}
    formats: list[tuple[int, tuple[Export, SheetPlan]]] = []
    for export, plan in exports:  # not enumerate(), which holds on to each item until it has the next
        number = len(sources)
        sources.append(export.source)
        if plan.format is None:
            done[number] = _read(number, Prepared(export, export.frame, plan))
        else:
            formats.append((number, (export, plan)))
        del export
    whole, notes = prepared([pair for _, pair in formats])
    done.update({number: _read(number, one) for (number, _), one in zip(formats, whole, strict=True)})
    read = [done[number] for number in range(len(sources))]
    if undecided := [column for one in read for column in one.undecided]:
        raise UsageProblem(
            f"Day or month first? Nothing tells for {', '.join(undecided)}. Say so in the mapping file, under the "
            'source: date_order = { "the heading" = "dmy" } (or "mdy").'
        )
    notes += [note for one in read for note in one.orders] + [note for one in read for note in one.notes]
    parts: dict[str, list[tuple[int, Fed]]] = {}
    for number, one in enumerate(read):
        for fed in one.feds:
            parts.setdefault(fed.table, []).append((number, fed))
    frames, supplied = {}, {}
    for table in MODELS:
        if table in parts:
            frames[table], supplied[table], note = joined(table, parts[table])
            notes += [note] if note else []
    frames, said = known_by_name(frames)
    notes += said + lost_zeros(frames)
    for table, frame in frames.items():
        MODELS[table].validate(frame)
    return Tables(
        frames=frames,
        supplied=supplied,
        sources=tuple(sources),
        accounts=tuple(one.account for one in read if one.account),
        rejected=tuple(rejected for one in read for rejected in one.rejected),
        notes=tuple(dict.fromkeys(notes)),
    )


@dataclass
class _Done:
    """What came of one source.

    Attributes:
        undecided: its columns whose dates may be day first or month first; if there are any, the rest is empty.
        orders: sentences on the order of its dates.
        notes: other sentences on it.
        feds: what it feeds, by table.
        account, rejected: what became of its rows.
    """

    undecided: list[str]
    orders: list[str]
    notes: list[str] = field(default_factory=list)
    feds: list[Fed] = field(default_factory=list)
    account: SourceAccount | None = None
    rejected: list[Rejected] = field(default_factory=list)


def _read(number: int, one: Prepared) -> _Done:
    """Read one source, the NUMBERth."""
    from caseaudit.normalising.accounting import account
    from caseaudit.normalising.feeds import feed, says_nothing, together
    from caseaudit.normalising.merging import repeated
    from caseaudit.normalising.orders import counted_from_1900, cut_to_days, decide

    export, plan = one.export, one.plan
    label = export.source.label
    joined = counted_from_1900(one.joined, plan) if export.source.from_1904 else one.joined
    frame = cut_to_days(joined, plan)  # once, for what is decided of a column and for its reading
    orders, said, either = decide(frame, plan)
    done = _Done([f"“{heading}” of {label}" for heading in either], [f"{label}: {sentence}" for sentence in said])
    if either:
        return done
    feds = [feed(replace(export, frame=frame), plan, group, orders) for group in together(plan.feeds)]
    for fed in feds:
        if says_nothing(fed, frame):
            done.notes.append(f"{label}: {_NO_ROW.format(table=fed.table.replace('_', ' '))}")
        else:
            done.feds.append(fed)
        done.notes += [f"{label}: {note}" for note in (*fed.notes, *repeated(fed))]
    done.notes += _placeholders(export, feds)
    done.account, done.rejected = account(number, export, plan, feds, one.used)
    return done


def _placeholders(export: Export, feds: Sequence[Fed]) -> list[str]:
    """One sentence on the placeholder words of a source; a column that feeds two tables counts once."""
    blanks = {heading: count for fed in feds for heading, count in fed.blanks.items()}
    if not blanks:
        return []
    listed = ", ".join(f"“{heading}” {count:,}" for heading, count in blanks.items())
    return [f"{export.source.label}: cells with a placeholder word such as “N/A” were read as blank: {listed}"]
