"""The rows of all sources of a table put together, an event that two sources tell of counted once."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from caseaudit.model import ORIGIN_SHIFT, SOURCE_ROW
from caseaudit.normalising.feeds import Fed
from caseaudit.tables import ORIGIN, schema, spec

EVENTS = {
    "bands": ("case_id", "band", "set_on"),
    "reviews": ("case_id", "reviewed_on"),
    "allocations": ("case_id", "worker_id", "allocated_on"),
    "competencies": ("worker_id", "competency", "signed_off_on"),
    "training": ("worker_id", "course", "completed_on"),
    "physical_checks": ("case_id", "check_type", "done_on"),
    "supervision": ("worker_id", "held_on"),
}
"""By which fields two sources tell of the same event. Only tables of which a second source often repeats a part:
a caseload report's last review, a staff list's last supervision."""


def joined(table: str, parts: Sequence[tuple[int, Fed]]) -> tuple[pl.DataFrame, frozenset[str], str | None]:
    """One frame of a table from all its sources, in their order.

    Args:
        table: canonical table.
        parts: (source number, what the source came to).

    Returns:
        The frame with every field and `origin`; the fields some source has a column for; a note where rows of two
        sources were taken for one event.
    """
    supplied = frozenset(name for _, fed in parts for name in fed.frame.columns if name != SOURCE_ROW)
    whole = schema(table)
    frames = [
        fed.frame.select(
            *(
                (pl.col(name) if name in fed.frame.columns else _absent(table, name)).cast(dtype).alias(name)
                for name, dtype in whole.items()
                if name != ORIGIN
            ),
            (pl.lit(number * ORIGIN_SHIFT, dtype=pl.UInt64) + pl.col(SOURCE_ROW).cast(pl.UInt64)).alias(ORIGIN),
        )
        for number, fed in parts
    ]
    # Columns in one piece each: in pieces they would be put together anew whenever they meet others in a check.
    frame = pl.concat(frames).rechunk()
    if table not in EVENTS or len({number for number, _ in parts}) < 2:
        return frame, supplied, None
    merged = _once(table, frame)
    lost = frame.height - merged.height
    note = f"{table}: {_rows(lost)} an event another source also holds; each is counted once" if lost else None
    return merged, supplied, note


def repeated(fed: Fed) -> tuple[str, ...]:
    """A phrase on rows that say the same as another in every field, where no key tells two events from one told twice.

    Where there is a key, DQ01 finds them; some events count once however often they are told (EVENTS).
    """
    rows = fed.frame.drop(SOURCE_ROW)
    key = spec(fed.table).key
    if (
        rows.is_empty()
        or fed.table in EVENTS
        or (key in rows.columns and rows.get_column(key).null_count() < rows.height)
    ):
        return ()
    twice = rows.height - rows.hash_rows().n_unique()
    if not twice:
        return ()
    same = "1 row says" if twice == 1 else f"{twice:,} rows say"
    return (f"{same} the same of {fed.table.replace('_', ' ')} as another; exported twice? Each is counted",)


def _absent(table: str, name: str) -> pl.Expr:
    """What every row gets where its source has no such column: the word the table's model names, else blank."""
    return pl.lit(spec(table).fields[name].absent, dtype=pl.String)


def _once(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with each event that several sources tell of as one row: the fuller row, completed by the other.

    The first telling in one source meets the first in another, the second the second: two events of one source
    are never made one. Rows whose keys are both filled and differ are two events.
    """
    event = list(EVENTS[table])
    key = spec(table).key
    data = [name for name in frame.columns if name not in {*event, ORIGIN}]
    source = pl.col(ORIGIN) // ORIGIN_SHIFT
    complete = pl.all_horizontal(pl.col(name).is_not_null() for name in event)
    ranked = frame.with_row_index("place").with_columns(
        source=source, filled=pl.sum_horizontal(pl.col(name).is_not_null() for name in data)
    )
    # One number for the fields of an event, by which to sort and group again is quicker than by them.
    ranked = ranked.with_columns(event=pl.col("place").first().over(event)).sort("event", "source", maintain_order=True)
    begins = (pl.struct("event", "source") != pl.struct("event", "source").shift(1)).fill_null(value=True)
    at = pl.int_range(pl.len())
    ranked = ranked.with_columns(telling=at - pl.when(begins).then(at).forward_fill()).sort("place")
    group = ["event", "telling"]
    several = complete & (pl.col("source").min().over(group) < pl.col("source").max().over(group))
    if key is not None:
        several &= (pl.col(key).min().over(group) == pl.col(key).max().over(group)).fill_null(value=True)
    ranked = ranked.with_columns(several=several)
    meeting = ranked.filter("several")
    if meeting.is_empty():
        return frame
    one = (
        meeting.sort("filled", "place", descending=[True, False], maintain_order=True)
        .group_by(group, maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in event),
            *(pl.col(name).drop_nulls().first() for name in data),
            pl.col(ORIGIN).min(),
            pl.col("place").min(),
        )
    )
    columns = [*frame.columns, "place"]
    return (
        pl.concat([ranked.filter(~pl.col("several")).select(columns), one.select(columns)]).sort("place").drop("place")
    )


def _rows(count: int) -> str:
    return "1 row tells of" if count == 1 else f"{count:,} rows tell of"
