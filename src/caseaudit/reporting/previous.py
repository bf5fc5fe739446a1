"""What an earlier pack told its readers: for what has changed since, and so that nothing hidden there comes out here.

An internal pack tells those inside its raw figures. What its appendix and board report told those outside stands in its
published.json, where such documents were made.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from caseaudit.errors import UsageProblem
from caseaudit.model import Status
from caseaudit.publication import NOT_SHOWN, Column, Earlier, EarlierResult, Figure, PublicTable, count, share

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
        earlier = _earlier(_data(folder / "results.json", name))
        data = _data(folder / PUBLISHED, name) if (folder / PUBLISHED).is_file() else None
        outward = _earlier(data) if data is not None else None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UsageProblem(f"--previous '{name}' is damaged: its figures cannot be read. Give another copy.") from None
    if earlier[0] != audience:
        raise UsageProblem(
            f"--previous '{name}' was made for another audience ({earlier[0]}); give the earlier pack for the same "
            f"audience ({audience})."
        )
    if earlier[1].as_at >= as_at:
        raise UsageProblem(f"--previous '{name}' speaks of {earlier[1].as_at}, which is not before {as_at}.")
    told = earlier[1] if audience != "internal" else outward and outward[1]
    if told and told.profile != profile:
        raise UsageProblem(
            f"--previous '{name}' was protected by the profile {told.profile}, not {profile}: a reader of both could "
            f"work out what one of them hides. Give --profile {told.profile}."
        )
    if audience != "internal" or outward is None:
        return earlier[1]
    return Earlier(**{**_fields(earlier[1]), "outward": outward[1]})


def _fields(earlier: Earlier) -> dict[str, Any]:
    return {name: getattr(earlier, name) for name in Earlier.__dataclass_fields__}


def _data(path: Path, name: str) -> Mapping[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UsageProblem(f"--previous '{name}' is no pack: it has no {path.name} that can be read.") from None
    if not isinstance(data, dict) or str(data.get("schema_version", "")).partition(".")[0] != "1":
        raise UsageProblem(f"--previous '{name}' was written by another version of caseaudit and cannot be compared.")
    return data


def _earlier(data: Mapping[str, Any]) -> tuple[str, Earlier]:
    """The audience of a pack, and what it told."""
    limits = {limit["name"]: limit["value"] for limit in data["limits"]}
    return str(data["audience"]), Earlier(
        as_at=dt.date.fromisoformat(data["as_at"]),
        profile=data.get("profile"),
        results={str(check["code"]): _result(check, limits) for check in data["checks"]},
        verdicts={str(one["text"]): str(one["verdict"]) for one in data.get("questions", ())},
        tables={str(name): _table(table) for name, table in data.get("breakdowns", {}).items()},
    )


def _result(check: Mapping[str, Any], limits: Mapping[str, Any]) -> EarlierResult:
    hidden = set(check.get("suppressed", ()))
    figures = {name: _figure(check[name], hidden=name in hidden) for name in _COUNTS}
    return EarlierResult(
        status=Status(check["status"]),
        target=float(check["target"]),
        **figures,
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
