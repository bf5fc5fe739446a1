"""The data file of headings people write, folded and ready to look up."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from typing import Any

from caseaudit.mapping.folding import Folder
from caseaudit.tables import MODELS, FieldSpec, spec

_DROPPABLE = {"day": frozenset({"date"}), "ident": frozenset({"id", "code"}), "month": frozenset({"date"})}
"""Words a heading may have or lack without meaning another field: "Supervision" holds days as "Supervision date"."""


def droppable(kind: str) -> frozenset[str]:
    """Such words for a kind of field."""
    return _DROPPABLE.get(kind, frozenset())


def key(tokens: frozenset[str], kind: str) -> frozenset[str]:
    """What of a heading is compared for a field of a kind; a heading of nothing but such a word is kept whole."""
    return tokens - droppable(kind) or tokens


@dataclass(frozen=True, slots=True)
class Secondary:
    """How a sheet of one table feeds another as well.

    Attributes:
        table: the other table.
        share: fields taken from the columns of the same field of the first table.
        only_if: fields of which one must be filled for a row to count.
        fields: field → keys of headings.
    """

    table: str
    share: tuple[str, ...]
    only_if: tuple[str, ...]
    fields: Mapping[str, frozenset[frozenset[str]]]


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of one canonical table's headings.

    Attributes:
        table: its name.
        fields: field → keys of its headings.
        wider: field → keys taken where no other is, that say little about the table.
        stand_in: field → keys taken for want of a better heading, the best first.
        perhaps: "table.field" → keys that may mean it and are always asked about.
        also: other tables such a sheet may feed.
        phrases: field → the phrases as the file has them.
        about: words that say in any heading only what every row of the table is about.
    """

    table: str
    fields: Mapping[str, frozenset[frozenset[str]]]
    stand_in: Mapping[str, tuple[frozenset[str], ...]]
    perhaps: Mapping[str, frozenset[frozenset[str]]]
    also: tuple[Secondary, ...]
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    about: frozenset[str] = frozenset()
    wider: Mapping[str, frozenset[frozenset[str]]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Aliases:
    """All of aliases.toml.

    Attributes:
        folder: folds headings.
        tables: canonical table → what is known of its headings.
        personal, unneeded: tokens of a heading → why the column is dropped.
        values: "table.field" → {word in lower case: canonical word}.
        suggested: as values, for words a user must confirm.
        matrix: table → {tokens of a heading: code}.
        courses: words of courses that are never competencies.
        beside: headings of a matrix that say who the row is about.
        changing: words that make of a heading something like it, of another time or another person.
        no_case: names of numbers that are not of a case.
        fillers: words that beside others change nothing of what a heading says.
    """

    folder: Folder
    tables: Mapping[str, Known]
    personal: Mapping[frozenset[str], str]
    unneeded: Mapping[frozenset[str], str]
    values: Mapping[str, Mapping[str, str]]
    suggested: Mapping[str, Mapping[str, str]]
    matrix: Mapping[str, Mapping[frozenset[str], str]]
    beside: frozenset[frozenset[str]]
    personal_words: frozenset[str] = frozenset()
    personal_pairs: tuple[frozenset[str], ...] = ()
    suicide: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    changing: frozenset[str] = frozenset()
    no_case: frozenset[str] = frozenset()
    courses: frozenset[str] = frozenset()

    @cached_property
    def dropped(self) -> frozenset[frozenset[str]]:
        """Headings of columns that no check needs."""
        return frozenset(self.unneeded)


@cache
def aliases() -> Aliases:
    """The shipped data file, read once."""
    text = resources.files("caseaudit.mapping").joinpath("aliases.toml").read_text(encoding="utf-8")
    raw = _shared(tomllib.loads(text))
    ignored = raw["ignore"]
    folder = Folder(
        raw["abbreviations"], raw["meanings"], ignored["words"], ignored["endings"], systems=ignored["systems"]
    )
    folder.learn(_phrases(raw))
    values = {path: _words(groups) for path, groups in raw["values"].items()}
    for name, groups in raw["matrix"].items():
        if isinstance(groups, dict):
            path = "competencies.competency" if name == "competencies" else "training.course"
            values[path] = _words(groups)
    suggested = {path: _words(groups) for path, groups in raw["suggested"].items()}
    for path, other in raw["same_values"].items():
        values[path] = values.get(other, {})
        suggested[path] = suggested.get(other, {})
    values["incidents.competency"] = values["competencies.competency"]
    return Aliases(
        folder=folder,
        tables={table: _known(table, raw[table], folder) for table in MODELS},
        personal={folder.tokens(p): why for why, phrases in raw["personal"].items() for p in phrases},
        unneeded={folder.tokens(p): why for why, phrases in raw["unneeded"].items() for p in phrases},
        values=values,
        suggested=suggested,
        matrix={
            table: {folder.tokens(p): code for code, phrases in raw["matrix"][table].items() for p in phrases}
            for table in ("competencies", "training")
        },
        beside=frozenset(folder.tokens(p) for p in raw["matrix"]["beside"]),
        personal_words=frozenset(raw["personal_words"]["words"]),
        personal_pairs=tuple(frozenset(pair) for pair in raw["personal_words"]["pairs"]),
        suicide=frozenset(raw["suicide"]["words"]),
        fillers=frozenset(ignored.get("fillers", [])),
        changing=frozenset(raw.get("changing", {}).get("words", [])),
        courses=frozenset(raw["matrix"]["courses"]),
        no_case=frozenset(raw.get("changing", {}).get("numbers", [])),
    )


def _shared(raw: dict[str, Any]) -> dict[str, Any]:
    """The data file with "@case" in a list of phrases replaced by the phrases of that name."""
    groups = raw.get("shared", {})

    def full(node: Any) -> Any:
        if isinstance(node, dict):
            return {name: full(value) for name, value in node.items()}
        if not isinstance(node, list):
            return node
        lists = [groups[one[1:]] if isinstance(one, str) and one.startswith("@") else [one] for one in node]
        return [one for several in lists for one in several]

    return {name: full(value) for name, value in raw.items() if name != "shared"}


def _words(groups: Mapping[str, list[str]]) -> dict[str, str]:
    return {word.lower(): canonical for canonical, words in groups.items() for word in words}


def _phrases(node: Any) -> Iterator[str]:
    """Every phrase by which a heading is known; the words of cells teach nothing about headings."""
    for name, value in node.items():
        if name in {"values", "suggested", "same_values", "abbreviations", "ignore", "share", "only_if", "courses"}:
            continue
        if isinstance(value, dict):
            yield from _phrases(value)
        elif isinstance(value, list):
            yield from (phrase for phrase in value if isinstance(phrase, str))


def _known(table: str, raw: Mapping[str, Any], folder: Folder) -> Known:
    fields = spec(table).fields
    own = {name: value for name, value in raw.items() if name in fields}
    also = raw.get("also", {})
    return Known(
        table=table,
        fields={name: _keys(own.get(name, []), one, folder) for name, one in fields.items()},
        stand_in={
            name: tuple(dict.fromkeys(key(folder.tokens(p), fields[name].kind) for p in phrases))
            for name, phrases in raw.get("stand_in", {}).items()
        },
        perhaps=_perhaps(table, raw.get("perhaps", {}), folder),
        also=tuple(
            Secondary(
                table=other,
                share=tuple(about["share"]),
                only_if=tuple(about["only_if"]),
                fields={
                    name: _keys(phrases, spec(other).fields[name], folder)
                    for name, phrases in about.items()
                    if name not in {"share", "only_if"}
                },
            )
            for other, about in also.items()
        ),
        phrases={name: tuple(own.get(name, ())) for name in fields},
        wider={
            name: frozenset(key(folder.tokens(phrase), fields[name].kind) for phrase in phrases)
            for name, phrases in raw.get("wider", {}).items()
        },
        about=frozenset(token for phrase in raw.get("about", []) for token in folder.tokens(phrase)),
    )


def _perhaps(table: str, raw: Mapping[str, list[str]], folder: Folder) -> dict[str, frozenset[frozenset[str]]]:
    found = {}
    for name, phrases in raw.items():
        one = spec(name.split(".")[0]).fields[name.split(".")[1]] if "." in name else spec(table).fields[name]
        found[one.path] = frozenset(key(folder.tokens(phrase), one.kind) for phrase in phrases)
    return found


def _keys(phrases: list[str], one: FieldSpec, folder: Folder) -> frozenset[frozenset[str]]:
    # The field's own name is a heading too: our templates write it, and so does whoever read the documentation.
    own = [one.name, one.title, one.name.replace("_on", " date").replace("_id", " id")]
    return frozenset(key(folder.tokens(phrase), one.kind) for phrase in (*phrases, *own))
