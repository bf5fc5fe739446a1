"""Published export formats, as data files beside this module: recognised by their headings, read without a mapping."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

from caseaudit.mapping.aliases import aliases
from caseaudit.mapping.decisions import Decision
from caseaudit.mapping.drafting import DECIDED_WHY
from caseaudit.model import ColumnMatch, Derived, Feed, Format, Join, SetAside, Sheet, SheetPlan
from caseaudit.tables import spec

NAMES = ("mhsds_v6", "asc_wds", "hmis_fy2026")
"""The data files."""


@dataclass(frozen=True)
class Part:
    """One part of a published format: a table of it, or all its tables of no use.

    Attributes:
        format: what a plan carries of it.
        headings: all must be there.
        pattern: regular expression that the name of the file or sheet must hold; None for any.
        columns: heading → fields it feeds as "table.field"; headings that a join or a step before it makes included.
        constants: path → text.
        filled: table → headings that must be filled for a row to count as a row of it.
        values: path → {word: canonical word}.
        joins: what is taken from other parts.
        personal: headings that identify people; never loaded.
        order: of day and month in its dates; None where the values tell.
        unused: why nothing is read from it; None where something is.
        period: headings of the first and last day the exports speak of.
        lacking: of its headings those a sheet named like it has not; nothing is read from such a sheet.
    """

    format: Format
    headings: frozenset[str]
    pattern: str | None
    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str]
    filled: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, str]]
    joins: tuple[Join, ...]
    personal: frozenset[str]
    order: str | None
    unused: str | None
    period: tuple[str, str] | None
    lacking: tuple[str, ...] = ()


@cache
def parts() -> tuple[Part, ...]:
    """Every part of every preset, in the order in which they are tried."""
    found = []
    for name in NAMES:
        text = resources.files("caseaudit.mapping.presets").joinpath(f"{name}.toml").read_text(encoding="utf-8")
        found += _parts(tomllib.loads(text))
    return tuple(found)


def recognised(sheet: Sheet) -> Part | None:
    """The part a sheet is, by its headings and, where a format names its files, its name; None for any other sheet.

    Capitals do not count: a database on the way may have written all headings small.
    """
    there = {heading.casefold() for heading in sheet.headings}
    names = (PurePosixPath(sheet.source.file).stem, sheet.source.sheet or "")
    for part in parts():
        named = part.pattern is None or any(re.search(part.pattern, name, re.IGNORECASE) for name in names)
        if named and {heading.casefold() for heading in part.headings} <= there:
            return (_cut_short(names, there) or part) if part.unused is not None else part
    return None


def _cut_short(names: Collection[str], there: Collection[str]) -> Part | None:
    """The part of use that a sheet is named like, if it lacks some of the part's headings: no part "of no use"."""
    for part in parts():
        lacking = tuple(sorted(heading for heading in part.headings if heading.casefold() not in there))
        pattern = part.pattern or f"^{re.escape(part.format.part)}$"
        named = any(re.search(pattern, name, re.IGNORECASE) for name in names)
        if part.unused is None and named and lacking:
            return replace(part, lacking=lacking)
    return None


def plan_part(sheet: Sheet, part: Part, decision: Decision) -> SheetPlan:
    """The plan of a sheet that is a part of a published format; what the user has decided of it stands."""
    sheet, decision = _as_published(sheet, part, decision)
    columns = {h: paths for h, paths in part.columns.items() if h not in decision.columns}
    columns |= {h: paths for h, paths in decision.columns.items() if h in sheet.headings}
    constants = {**part.constants, **decision.constants}
    made = {one.into for one in part.format.derived} | {h for join in part.joins for h in join.take}
    usable = {h: paths for h, paths in columns.items() if h in sheet.headings or h in made}
    paths = [path for each in usable.values() for path in each]
    feeds = tuple(
        Feed(
            table,
            {_name(path): h for h, each in usable.items() for path in each if _table(path) == table},
            {_name(path): text for path, text in constants.items() if _table(path) == table},
            filled=part.filled.get(table, ()),
        )
        for table in dict.fromkeys(_table(path) for path in paths)
    )
    known = aliases().values
    values: dict[str, Mapping[str, str]] = {}
    for path in {*paths, *constants}:
        words = {**known.get(path, {}), **part.values.get(path, {}), **decision.values.get(path, {})}
        values |= {path: words} if words else {}
    days = {h for h, each in usable.items() for path in each if _kind(path) in {"day", "month"}}
    orders = dict.fromkeys(days, part.order) if part.order else {}
    about = replace(part.format, notes=(*part.format.notes, *_period(sheet, part)))
    without = f"{about.name} {about.part} without {', '.join(part.lacking)}: export it again with all its columns"
    return SheetPlan(
        sheet=sheet,
        feeds=() if part.unused or part.lacking else feeds,
        matches=tuple(_match(h, part, usable, decision) for h in sheet.headings),
        values=values,
        date_order={**orders, **{h: o for h, o in decision.date_order.items() if h in sheet.headings}},
        left_out=without if part.lacking else part.unused,
        on_purpose=part.unused is not None,
        joins=part.joins,
        format=about,
    )


def _as_published(sheet: Sheet, part: Part, decision: Decision) -> tuple[Sheet, Decision]:
    """The sheet, and the decisions about it, with the format's headings in the letters in which the format has them."""
    known = {*part.headings, *part.columns, *part.personal, *part.format.links, *(part.period or ())}
    published = {heading.casefold(): heading for heading in sorted(known)}
    names = {heading: published.get(heading.casefold(), heading) for heading in sheet.headings}
    if len(set(names.values())) < len(names) or all(new == old for old, new in names.items()):
        return sheet, decision
    renamed = replace(sheet, headings=tuple(names.values()), sample=sheet.sample.rename(names), written=sheet.headings)
    columns = {names.get(heading, heading): paths for heading, paths in decision.columns.items()}
    orders = {names.get(heading, heading): order for heading, order in decision.date_order.items()}
    return renamed, replace(decision, columns=columns, date_order=orders)


def _match(heading: str, part: Part, usable: Mapping[str, tuple[str, ...]], decision: Decision) -> ColumnMatch:
    name = part.format.name
    if paths := usable.get(heading):
        why = DECIDED_WHY if heading in decision.columns else name
        also = f"; also {', '.join(paths[1:])}" if paths[1:] else ""
        return ColumnMatch(heading, _table(paths[0]), _name(paths[0]), sure=True, why=why + also)
    if heading in part.personal:
        return ColumnMatch(heading, None, None, sure=True, why=f"personal ({name}): dropped at read", personal=True)
    if heading in part.format.links:
        return ColumnMatch(heading, None, None, sure=True, why=f"used to sort and link rows, then dropped ({name})")
    return ColumnMatch(heading, None, None, sure=True, why=f"no check needs it ({name})")


def _period(sheet: Sheet, part: Part) -> tuple[str, ...]:
    """A hint on the as-at date, where the format says which days its exports speak of."""
    if part.period is None or not sheet.sample.height or not set(part.period) <= set(sheet.headings):
        return ()
    first, last = (_day(sheet.sample.get_column(heading).to_list()[0]) for heading in part.period)
    if first is None or last is None:
        return ()
    return (f"the exports speak of {first} to {last}: audit them with --as-at {last}",)


def _day(cell: str | None) -> dt.date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime((cell or "").strip()[:10], form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _table(path: str) -> str:
    return path.split(".", maxsplit=1)[0]


def _name(path: str) -> str:
    return path.split(".")[1]


def _kind(path: str) -> str:
    return spec(_table(path)).fields[_name(path)].kind


def _parts(raw: Mapping[str, Any]) -> list[Part]:
    """The parts of one data file."""
    every: list[dict[str, Any]] = raw["part"]
    asked: dict[str, list[tuple[str, Join]]] = {}
    for one in every:
        for join in one.get("join", ()):
            asked.setdefault(join["source"], []).append((one["name"], Join(**join)))
    return [_part(raw, one, asked.get(one["name"], [])) for one in every]


def _part(raw: Mapping[str, Any], one: Mapping[str, Any], asked: list[tuple[str, Join]]) -> Part:
    """One part; `asked` are the joins by which others look its rows up, each with who looks."""
    joins = tuple(Join(**join) for join in one.get("join", ()))
    derived = tuple(Derived(**{**each, "first_of": tuple(each["first_of"])}) for each in one.get("derived", ()))
    set_aside = tuple(
        SetAside(each["heading"], tuple(each.get("words", ())), each["reason"], each.get("unless", False))
        for each in (*raw.get("set_aside", ()), *one.get("set_aside", ()))
    )
    links: set[str | None] = {heading for join in joins for heading in join.on}
    links |= {heading for _, join in asked for heading in (*join.on.values(), *join.take.values(), join.by)}
    links |= {h for each in derived for h in (*each.first_of, each.begins, each.months, each.when, each.unless)}
    links |= {each.heading for each in set_aside}
    columns = one.get("columns", {})
    return Part(
        format=Format(
            name=raw["name"],
            part=one["name"],
            set_aside=set_aside,
            derived=derived,
            links=frozenset(heading for heading in links if heading is not None),
            serves=tuple(dict.fromkeys(name for name, _ in asked)),
            notes=(*raw.get("notes", ()), *one.get("notes", ())),
        ),
        headings=frozenset(one.get("headings", ())),
        pattern=one.get("pattern"),
        columns={h: (paths,) if isinstance(paths, str) else tuple(paths) for h, paths in columns.items()},
        constants=one.get("constants", {}),
        filled={table: tuple(headings) for table, headings in one.get("filled", {}).items()},
        values={path: {w.lower(): to for w, to in words.items()} for path, words in one.get("values", {}).items()},
        joins=joins,
        personal=frozenset(raw.get("personal", ())),
        order=raw.get("order"),
        unused=one.get("unused"),
        period=(one["period"][0], one["period"][1]) if "period" in one else None,
    )
