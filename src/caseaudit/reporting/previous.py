"""What an earlier pack told its readers: for what has changed since, and so that nothing hidden there comes out here.

An internal pack tells those inside its raw figures. What its appendix and board report told those outside stands in its
published.json, where such documents were made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from caseaudit.errors import UsageProblem
from caseaudit.model import Source, Status
from caseaudit.publication import (
    NOT_SHOWN,
    Column,
    Earlier,
    EarlierResult,
    Figure,
    PublicAccount,
    PublicRows,
    PublicTable,
    count,
    share,
)
from caseaudit.reporting.results import read_results

PUBLISHED = "published.json"
"""Of an internal pack: what its documents that leave the house tell, in the form of a commissioner's results.json."""

_COUNTS = ("population", "met", "breach", "not_evidenced")


def read_previous(folder: Path, audience: str, as_at: dt.date, profile: str) -> Earlier:
    """What the pack in a folder told its readers.

    Args:
        folder: of the earlier pack.
        audience: of the pack to be made; the earlier one must be for the same.
        as_at: the day the pack to be made speaks of; the earlier one must speak of an earlier day.
        profile: how small numbers are to be protected; what the earlier one published must be protected alike.

    Raises:
        UsageProblem: it is no pack, was written by another version, is for another audience, of no earlier day,
            protected otherwise, or damaged.
    """
    name = folder.name
    try:
        made_for, told = _earlier(_data(folder / "results.json", name))
        published = _data(folder / PUBLISHED, name) if (folder / PUBLISHED).is_file() else None
        outward = _earlier(published)[1] if published is not None else None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UsageProblem(f"--previous '{name}' is damaged: its figures cannot be read. Give another copy.") from None
    if made_for != audience:
        raise UsageProblem(
            f"--previous '{name}' was made for another audience ({made_for}); give the earlier pack for the same "
            f"audience ({audience})."
        )
    if told.as_at >= as_at:
        raise UsageProblem(f"--previous '{name}' speaks of {told.as_at}, which is not before {as_at}.")
    left_the_house = outward if audience == "internal" else told
    if left_the_house and left_the_house.profile != profile:
        raise UsageProblem(
            f"--previous '{name}' was protected by the profile {left_the_house.profile}, not {profile}: a reader of "
            f"both could work out what one of them hides. Give --profile {left_the_house.profile}."
        )
    return replace(told, outward=outward) if audience == "internal" else told


def _data(path: Path, name: str) -> Mapping[str, Any]:
    return read_results(
        path,
        unreadable=f"--previous '{name}' is no pack: it has no {path.name} that can be read.",
        other_version=f"--previous '{name}' was written by another version of caseaudit and cannot be compared.",
    )


def _earlier(data: Mapping[str, Any]) -> tuple[str, Earlier]:
    """The audience of a pack, and what it told."""
    limits = {limit["name"]: limit["value"] for limit in data["limits"]}
    return str(data["audience"]), Earlier(
        as_at=dt.date.fromisoformat(data["as_at"]),
        profile=data.get("profile"),
        results={
            str(check["code"]): replace(
                _result(check, limits),
                before=tuple(_result(one, {}) for one in data.get("told_before", {}).get(check["code"], ())),
            )
            for check in data["checks"]
        },
        verdicts={str(one["text"]): str(one["verdict"]) for one in data.get("questions", ())},
        tables={str(name): _table(table) for name, table in data.get("breakdowns", {}).items()},
        older={
            str(name): replace(_table(table), facts={str(word): float(n) for word, n in table["facts"].items()})
            for name, table in data.get("breakdowns_before", {}).items()
        },
        accounts=tuple(map(_account, data["tables"])),
        rows=PublicRows(*_rows(data["rows"])) if "rows" in data else None,
    )


def _account(source: Mapping[str, Any]) -> PublicAccount:
    read = Source(str(source["file"]), source["sheet"], str(source["sha256"]), None, None, 0, 0)
    return PublicAccount(read, tuple(map(str, source["tables"])), *_rows(source))


def _rows(told: Mapping[str, Any]) -> list[Figure]:
    """Rows read, kept, rejected, and the furniture among them."""
    numbers = [told.get(name) for name in ("rows_read", "rows_kept", "rows_rejected", "furniture")]
    return [_figure(number, hidden=not isinstance(number, int)) for number in numbers]


def _result(check: Mapping[str, Any], limits: Mapping[str, Any]) -> EarlierResult:
    hidden = set(check.get("suppressed", ()))
    figures = {name: _figure(check[name], hidden=name in hidden) for name in _COUNTS}
    return EarlierResult(
        status=Status(check["status"]),
        target=float(check["target"]),
        population=figures["population"],
        met=figures["met"],
        breach=figures["breach"],
        not_evidenced=figures["not_evidenced"],
        rate=_figure(None, hidden=True) if "rate" in hidden else _rate(check["rate"], figures),
        limits={
            name: value
            for read in check["limits"]
            for name, value in limits.items()
            if name == read or name.startswith((f"{read}.", f"{read} ("))
        },
    )


def _rate(rate: float | None, figures: Mapping[str, Figure]) -> Figure:
    """A share as it was printed: where counts are rounded, theirs is not the share."""
    met, population = int(figures["met"].value or 0), int(figures["population"].value or 0)
    if rate is None or (population and rate == met / population):
        return share(met, population)
    return Figure(f"{round(100 * rate)} %", rate)


def _figure(value: Any, *, hidden: bool) -> Figure:
    if hidden:
        return Figure(NOT_SHOWN if value is None else str(value), hidden=True)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return count(int(value))


def _table(table: Mapping[str, Any]) -> PublicTable:
    return PublicTable(
        tuple(Column(str(heading)) for heading in table["columns"]),
        tuple(tuple(map(_cell, row)) for row in table["rows"]),
        str(table["note"]),
    )


def _cell(value: Any) -> Figure:
    if value is None:
        return Figure(NOT_SHOWN, hidden=True)
    # A word that begins with "<" is a small count; another one is a name, and no figure.
    return Figure(str(value), hidden=value.startswith("<")) if isinstance(value, str) else Figure(f"{value:g}", value)
