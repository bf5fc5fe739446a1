"""Workers written by name where the staff list knows them by identifier."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import polars as pl

from caseaudit.tables import spec

_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sr", "nurse", "rev"))
_IN_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def folded_name(text: str) -> str:
    """A name without title, brackets and order: "Smith, Dr Jane (CPN)" and "jane smith" fold to the same."""
    parts = _LETTERS.findall(_IN_BRACKETS.sub(" ", text).lower().replace("’", "'"))
    return " ".join(sorted(part for part in parts if part not in _TITLES))


def known_by_name(frames: dict[str, pl.DataFrame]) -> tuple[dict[str, pl.DataFrame], list[str]]:
    """Replace names of workers by their identifiers, in fields that point to the staff list.

    A name is replaced only where exactly one worker of the list has it and it is no identifier itself.

    Returns:
        The frames, and a sentence per field that was changed.
    """
    staff = frames.get("staff")
    if staff is None or staff.get_column("name").null_count() == staff.height:
        return frames, []
    listed = staff.select("worker_id", "name").drop_nulls().unique()
    idents = set(staff.get_column("worker_id"))
    names = [(folded_name(name), ident) for ident, name in listed.iter_rows()]
    count = Counter(name for name, _ in names)
    ident_of = {name: ident for name, ident in names if name and count[name] == 1}
    notes = []
    changed = dict(frames)
    for table, frame in frames.items():
        for field in spec(table).fields.values():
            if field.refers_to != "staff":
                continue
            found = _translation(frame.get_column(field.name).drop_nulls().unique(), idents, ident_of)
            if found:
                hits = frame.get_column(field.name).is_in(list(found)).sum()
                changed[table] = changed[table].with_columns(pl.col(field.name).replace(found))
                notes.append(f"{field.path}: workers written by name were found in the staff list ({hits:,})")
    return changed, notes


def _translation(written: Iterable[str], idents: set[str], ident_of: dict[str, str]) -> dict[str, str]:
    return {
        text: ident_of[folded_name(text)] for text in written if text not in idents and folded_name(text) in ident_of
    }
