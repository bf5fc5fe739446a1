"""Published formats: rows that are not counted set aside, columns made of others, and parts joined to each other.

Everything here is text as exported; what it means is read afterwards, like that of any export.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from caseaudit.model import SOURCE_ROW, Derived, Export, Join, Rejected, SetAside, SheetPlan
from caseaudit.tables import spec

_PLACE, _OTHER = "place of source", "row of other"
_KEY = "key "


@dataclass
class Prepared:
    """A source ready to feed its tables.

    Attributes:
        export: its rows, those not counted set aside.
        joined: the rows with every column made or taken; a row may stand there several times.
        plan: its plan, without what no source supplies.
        used: rows that another source took something from.
    """

    export: Export
    joined: pl.DataFrame
    plan: SheetPlan
    used: pl.Series = field(default_factory=lambda: pl.Series(SOURCE_ROW, [], dtype=pl.UInt32))


def prepared(exports: Sequence[tuple[Export, SheetPlan]]) -> tuple[list[Prepared], list[str]]:
    """Every source with its columns made and taken, in the order given, and what to say of it in sentences."""
    found = []
    for export, plan in exports:
        if plan.format is None:
            found.append(Prepared(export, export.frame, plan))
            continue
        text = export.frame.cast({pl.Categorical: pl.String})  # rules look at texts, and parts are joined by them
        counted = _without(replace(export, frame=text), plan.format.set_aside)
        frame = counted.frame
        for column in plan.format.derived:
            frame = frame.with_columns(_made(column, frame).alias(column.into))
        found.append(Prepared(counted, frame, plan))
    joiner = _Joiner(found)
    for number in range(len(found)):
        joiner.join(number)
    for one in found:
        one.plan = _pruned(one)
    said = [f"{one.plan.format.name}: {note}" for one in found if one.plan.format for note in one.plan.format.notes]
    return found, [*dict.fromkeys(said), *joiner.notes]


def _without(export: Export, rules: Sequence[SetAside]) -> Export:
    """The export with rows that are not to be counted among those set aside."""
    frame, aside = export.frame, list(export.set_aside)
    for rule in rules:
        if rule.heading not in frame.columns:
            continue
        cell = pl.col(rule.heading).str.strip_chars()
        said = cell.is_in(list(rule.words)).fill_null(value=False) if rule.words else cell.str.len_chars() > 0
        hit = (~said if rule.unless else said).fill_null(value=False)
        rows = frame.filter(hit).get_column(SOURCE_ROW).to_list()
        aside += [Rejected(0, row, None, None, rule.reason, furniture=True) for row in rows]
        frame = frame.filter(~hit)
    return replace(export, frame=frame, set_aside=tuple(aside))


def _made(one: Derived, frame: pl.DataFrame) -> pl.Expr:
    """A column made of others of the same row; blank where those it needs are not there."""
    blank = pl.lit(None, dtype=pl.String)
    there = [_cell(heading) for heading in one.first_of if heading in frame.columns]
    value = pl.coalesce(there) if there else blank
    if one.words:
        value = value.replace_strict(one.words, default=value if one.keep else None, return_dtype=pl.String)
    if one.begins in frame.columns and one.months in frame.columns:
        value = pl.coalesce(value, _ends(one.begins, one.months))
    if one.when is not None:
        value = pl.when(_cell(one.when).is_not_null()).then(value) if one.when in frame.columns else blank
    if one.unless in frame.columns:
        value = pl.when(_cell(one.unless).is_null()).then(value)
    return value


def _cell(heading: str) -> pl.Expr:
    """The text of a column trimmed, blank as null."""
    text = pl.col(heading).str.strip_chars()
    return pl.when(text.str.len_chars() > 0).then(text)


def _ends(begins: str, months: str) -> pl.Expr:
    """The day before so many months after a day, written as the day is; blank where either says nothing."""
    day = _day(begins)
    count = _cell(months).str.extract(r"^(\d{1,3})$", 1).cast(pl.Int64)
    ends = day.dt.offset_by(count.cast(pl.String) + "mo") - pl.duration(days=1)
    return pl.when(count > 0).then(ends.dt.strftime("%d/%m/%Y"))


def _day(heading: str) -> pl.Expr:
    """The day a text says; published formats write ISO or day first."""
    text = _cell(heading).str.slice(0, 10)
    return pl.coalesce(text.str.to_date("%Y-%m-%d", strict=False), text.str.to_date("%d/%m/%Y", strict=False))


class _Joiner:
    """Joins the parts of formats, each once; notes what was missing or had to be chosen."""

    def __init__(self, sources: Sequence[Prepared]) -> None:
        self._sources = sources
        self._done: set[int] = set()
        self._used: dict[int, list[pl.Series]] = {}
        self.notes: list[str] = []

    def join(self, number: int) -> None:
        """Give a source the columns it takes from others."""
        if number in self._done:
            return
        self._done.add(number)
        source = self._sources[number]
        for one in source.plan.joins:
            self._take(source, one)

    def _take(self, source: Prepared, one: Join) -> None:
        name = source.plan.format.name if source.plan.format else ""
        others = [
            place
            for place, other in enumerate(self._sources)
            if other.plan.format is not None and (other.plan.format.name, other.plan.format.part) == (name, one.source)
        ]
        if not set(one.on) <= set(source.joined.columns):
            return  # what it is looked up by was to come from a part that is not there, which has been said
        if not others:
            lacking = f"{name} {one.source} is not among the exports, so that {_listed(one)} is not known"
            self.notes.append(f"{source.export.source.label}: {lacking}")
            return
        frames = []
        for place in others:
            # What is wanted may itself be taken from a third part.
            if not {*one.on.values(), *one.take.values()} <= set(self._sources[place].joined.columns):
                self.join(place)
            frames.append(self._looked_up(place, one))
        rows = pl.concat(frames)
        keys = [f"{_KEY}{number}" for number in range(len(one.on))]
        here = source.joined.with_columns(_cell(h).alias(k) for h, k in zip(one.on, keys, strict=True))
        self._mark(rows.join(here.select(keys).drop_nulls().unique(), on=keys, how="semi"))
        if one.which != "all":
            rows = self._one_each(source, rows, keys, one)
        taken = rows.select(*keys, *one.take)
        source.joined = here.join(taken, on=keys, how="left", maintain_order="left").drop(keys)

    def _looked_up(self, place: int, one: Join) -> pl.DataFrame:
        """The rows of a source that say something of what is taken: keys, what is taken, when, and where they stand."""
        frame = self._sources[place].joined
        missing = pl.lit(None, dtype=pl.String)
        says = pl.any_horizontal(pl.col(new).is_not_null() for new in one.take)
        keys = [
            (_cell(there) if there in frame.columns else missing).alias(f"{_KEY}{number}")
            for number, there in enumerate(one.on.values())
        ]
        return frame.select(
            *keys,
            *((_cell(there) if there in frame.columns else missing).alias(new) for new, there in one.take.items()),
            (_day(one.by) if one.by in frame.columns else pl.lit(None, dtype=pl.Date)).alias("when"),
            pl.lit(place).alias(_PLACE),
            pl.col(SOURCE_ROW).alias(_OTHER),
        ).filter(says)

    def _one_each(self, source: Prepared, rows: pl.DataFrame, keys: Sequence[str], one: Join) -> pl.DataFrame:
        """The row that counts of several with the same keys."""
        last = one.which == "last"
        ordered = rows.sort("when", nulls_last=not last, maintain_order=True) if one.by else rows
        kept = ordered.unique(keys, keep="last" if last else "first", maintain_order=True)
        if one.by is None:
            different = rows.group_by(keys).agg(n=pl.struct(list(one.take)).n_unique())
            if torn := different.filter(pl.col("n") > 1).height:
                who = f"{torn:,} {'has' if torn == 1 else 'have'} more than one {_listed(one)}"
                self.notes.append(f"{source.export.source.label}: {who}; the {one.which} in {one.source} counts")
        return kept

    def _mark(self, rows: pl.DataFrame) -> None:
        for (place,), part in rows.group_by(_PLACE):
            source = self._sources[int(place)]
            source.used = pl.concat([source.used, part.get_column(_OTHER).alias(SOURCE_ROW).cast(pl.UInt32)]).unique()


def _listed(one: Join) -> str:
    return " and ".join(one.take)


def _pruned(source: Prepared) -> SheetPlan:
    """The plan without columns that no source supplies; a feed that cannot do without one is gone, and it says so."""
    plan = source.plan
    if plan.format is None:
        return plan
    there = set(source.joined.columns)
    feeds, lost = [], []
    for feed in plan.feeds:
        columns = {name: heading for name, heading in feed.columns.items() if heading in there}
        gone = (set(feed.columns) - set(columns)) & set(spec(feed.table).required)
        if gone:
            lost += sorted(feed.columns[name] for name in gone)
        else:
            feeds.append(replace(feed, columns=columns, filled=tuple(h for h in feed.filled if h in there)))
    left_out = plan.left_out
    if not feeds and lost:
        left_out = f"{plan.format.name}: without the other tables nothing tells its {' and '.join(lost)}"
    elif not feeds and left_out is None:
        left_out = f"nothing in {' or '.join(plan.format.serves)} refers to it" if plan.format.serves else None
    return replace(plan, feeds=tuple(feeds), left_out=left_out)
