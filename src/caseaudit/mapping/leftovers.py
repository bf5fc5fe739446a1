"""What becomes of the columns of a sheet that feed nothing: dropped with the reason, or asked about."""

from __future__ import annotations

from collections.abc import Sequence

from caseaudit.mapping.columns import Column, Matched
from caseaudit.mapping.decisions import Decision
from caseaudit.mapping.drafting import SUICIDE_WARNING, Draft, doubt
from caseaudit.mapping.dropping import names_client, personal, unneeded
from caseaudit.mapping.guessing import by_values, likely
from caseaudit.mapping.naming import says_opposite
from caseaudit.mapping.tense import speaks_of_another
from caseaudit.tables import FieldSpec, spec

UNKNOWN = "unknown heading: not read"
"""Why a column nobody knows is dropped. It may well be one that a check could use: only the user can tell."""


def leftovers(draft: Draft, columns: Sequence[Column], matched_: Matched, table: str, decision: Decision) -> None:
    """What becomes of the columns that feed nothing: dropped, or asked about."""
    known = draft.known
    fields = spec(table).fields
    free = {fields[name]: keys for name, keys in known.tables[table].fields.items() if name not in matched_.fields}
    for column in columns:
        heading = column.heading
        if heading in draft.matches or _suicide_risk(draft, column, matched_, table, decision):
            continue
        what = personal(column, table, known)
        if decision.columns.get(heading) == ():
            draft.drop(heading, "left out, as the mapping file says", is_personal=what is not None)
        elif what is not None:
            draft.drop(heading, f"{what}: dropped at read", is_personal=True)
        elif heading in matched_.asked:
            asked = matched_.asked[heading][0].field
            draft.ask(asked, heading, _otherwise(column, asked) or doubt(matched_.asked[heading]))
        elif heading in matched_.beaten:
            better = f"“{matched_.beaten[heading]}” holds the same more plainly"
            draft.drop(heading, better, is_personal=names_client(column))
        elif (why := unneeded(column, known)) is not None:
            draft.drop(heading, f"no check needs it ({why})")
        elif options := likely(column, free, known):
            draft.ask(options[0].field, heading, f"like “{options[0].field.title}” ({options[0].likeness:.0f} %)")
        elif (one := by_values(column, free, known)) is not None:
            draft.ask(one, heading, f"an unknown heading, but its values could be “{one.title}”")
        else:
            draft.drop(heading, UNKNOWN)


def _otherwise(column: Column, one: FieldSpec) -> str | None:
    """Why a column of a known heading may hold something else than the heading's field; None where nothing says so."""
    if says_opposite(column, one):
        return f"heading of “{one.title}”, but a yes under it may mean the opposite"
    if speaks_of_another(column.heading, one):
        return f"heading of “{one.title}”, but it speaks of another time, or of somebody else"
    return None


def _suicide_risk(draft: Draft, column: Column, matched_: Matched, table: str, decision: Decision) -> bool:
    """Warn of a column named as a suicide-risk level; whether it was one. It is never taken for acuity unasked."""
    fields = spec(table).fields
    band = fields.get("acuity_band") or fields.get("band") or fields.get("assessed_acuity")
    if not column.folded.tokens & draft.known.suicide or band is None or column.heading in decision.columns:
        return False
    if band.name in matched_.fields:
        draft.drop(column.heading, SUICIDE_WARNING)
    else:
        draft.ask(band, column.heading, SUICIDE_WARNING)
    return True
