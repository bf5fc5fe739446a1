"""Exports made canonical tables: text read as days, words and numbers by rule, and every row accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from caseaudit.errors import UsageProblem
from caseaudit.model import Export, Rejected, SheetPlan, SourceAccount, Tables

if TYPE_CHECKING:
    from caseaudit.normalising.feeds import Fed

__all__ = ["normalise"]


_NO_ROW = (
    "has no row that could be used, and so does not count as an export of {table}: an empty list does not show that "
    "nothing happened"
)


def normalise(exports: Sequence[tuple[Export, SheetPlan]]) -> Tables:
    """Turn exports into the canonical tables, validated by their models.

    Args:
        exports: each source's rows as text with the plan of what its columns mean.

    Returns:
        The tables some source feeds, and what became of every row.

    Raises:
        UsageProblem: nothing tells whether a column's dates are day first or month first, or a constant of the
            mapping file is no value of its field.
    """
    from caseaudit.normalising.accounting import account
    from caseaudit.normalising.feeds import feed, says_nothing, together
    from caseaudit.normalising.formats import prepared
    from caseaudit.normalising.merging import joined
    from caseaudit.normalising.orders import decide
    from caseaudit.normalising.people import known_by_name
    from caseaudit.tables import MODELS

    sources, notes = prepared(exports)
    decided = []
    undecided: list[str] = []
    for one in sources:
        label = one.export.source.label
        orders, said, either = decide(one.joined, one.plan)
        decided.append(orders)
        notes += [f"{label}: {sentence}" for sentence in said]
        undecided += [f"“{heading}” of {label}" for heading in either]
    if undecided:
        raise UsageProblem(
            f"Day or month first? Nothing tells for {', '.join(undecided)}. Say so in the mapping file, under the "
            'source: date_order = { "the heading" = "dmy" } (or "mdy").'
        )
    parts: dict[str, list[tuple[int, Fed]]] = {}
    accounts: list[SourceAccount] = []
    rejected: list[Rejected] = []
    for number, (one, orders) in enumerate(zip(sources, decided, strict=True)):
        export, plan = one.export, one.plan
        feds = [feed(replace(export, frame=one.joined), plan, group, orders) for group in together(plan.feeds)]
        for fed in feds:
            if says_nothing(fed, one.joined):
                notes.append(f"{export.source.label}: {_NO_ROW.format(table=fed.table.replace('_', ' '))}")
            else:
                parts.setdefault(fed.table, []).append((number, fed))
            notes += [f"{export.source.label}: {note}" for note in fed.notes]
        notes += _placeholders(export, feds)
        done, ledger = account(number, export, plan, feds, one.used)
        accounts.append(done)
        rejected += ledger
    frames, supplied = {}, {}
    for table in MODELS:
        if table in parts:
            frames[table], supplied[table], note = joined(table, parts[table])
            notes += [note] if note else []
    frames, said = known_by_name(frames)
    notes += said
    for table, frame in frames.items():
        MODELS[table].validate(frame)
    return Tables(
        frames=frames,
        supplied=supplied,
        sources=tuple(export.source for export, _ in exports),
        accounts=tuple(accounts),
        rejected=tuple(rejected),
        notes=tuple(dict.fromkeys(notes)),
    )


def _placeholders(export: Export, feds: Sequence[Fed]) -> list[str]:
    """One sentence on the placeholder words of a source; a column that feeds two tables counts once."""
    blanks = {heading: count for fed in feds for heading, count in fed.blanks.items()}
    if not blanks:
        return []
    listed = ", ".join(f"“{heading}” {count:,}" for heading, count in blanks.items())
    return [f"{export.source.label}: cells with a placeholder word such as “N/A” were read as blank: {listed}"]
