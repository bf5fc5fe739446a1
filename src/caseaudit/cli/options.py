"""Options several commands share, and how their words become values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caseaudit.errors import UsageProblem

if TYPE_CHECKING:
    from caseaudit.branding import Branding
    from caseaudit.publication import Earlier
    from caseaudit.reporting.workbook import Reply


class Audience(StrEnum):
    """Who a pack is for."""

    INTERNAL = "internal"
    COMMISSIONER = "commissioner"


class Output(StrEnum):
    """How a command that prints prints."""

    TEXT = "text"
    JSON = "json"


AsAt = Annotated[str, typer.Option("--as-at", metavar="DATE", help="The day the audit speaks of, as 2026-10-31.")]
Exports = Annotated[list[Path], typer.Argument(metavar="EXPORTS", help="A folder of exports, or files.")]
PolicyFile = Annotated[
    Path | None, typer.Option("--policy", metavar="FILE", help="Your limits; only the values you change.")
]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", metavar="FILE", help="Which column is what, as `caseaudit map` writes it.")
]
CheckFolders = Annotated[
    list[Path] | None, typer.Option("--checks", metavar="DIR", help="A folder of your own checks; may be repeated.")
]
Replies = Annotated[
    Path | None,
    typer.Option("--replies", metavar="FILE", help="A filled findings.xlsx; its replies go into the new one."),
]
Previous = Annotated[
    Path | None,
    typer.Option("--previous", metavar="PACK", help="An earlier pack for the same readers: what has changed since."),
]
SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings", metavar="FILE", help="Your name, logo, colours and sign-off, as `caseaudit init` writes."
    ),
]
TemplatesFolder = Annotated[
    Path | None, typer.Option("--templates", metavar="DIR", help="A folder of your own report templates.")
]
OutputFormat = Annotated[Output, typer.Option("--format", help="text for people, json for programs.")]


def day(text: str, option: str = "--as-at") -> dt.date:
    """A day as a person types it: 2026-10-31 or 31/10/2026.

    Raises:
        UsageProblem: it is no day.
    """
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise UsageProblem(f"{option} '{text}' is not a date. Write it as 2026-10-31.")


def today() -> dt.date:
    """The default as-at date: the one place in the program that reads the clock."""
    return dt.date.today()  # noqa: DTZ011 - the user's own day


def words(given: Iterable[str] | None) -> tuple[str, ...]:
    """Words of options that may be repeated or hold several, separated by commas."""
    return tuple(word.strip() for text in given or () for word in text.split(",") if word.strip())


def look_of(settings: Path | None, templates: Path | None) -> Branding:
    """The service's own look, its templates looked at before anything is read.

    Raises:
        UsageProblem: a setting is unknown, unsafe or unreadable.
        TemplateProblem: a template is not valid.
    """
    from caseaudit.branding.settings import load
    from caseaudit.reporting.documents import parse_templates

    branding = load(settings, templates)
    parse_templates(branding)
    return branding


def formats_of(given: Iterable[str], allowed: Sequence[str], replies: Path | None) -> tuple[str, ...]:
    """The formats asked for; with replies the workbook too, since they are written nowhere else.

    Raises:
        UsageProblem: one is not among those allowed.
    """
    asked = one_of(words(given), allowed, "--format")
    return asked if replies is None else tuple(dict.fromkeys((*asked, "xlsx")))


def replies_of(file: Path | None, audience: Audience) -> dict[str, Reply] | None:
    """The replies in a filled findings.xlsx; None where none is given.

    Raises:
        UsageProblem: it is none, or the pack is not internal: replies speak of people.
    """
    if file is None:
        return None
    if audience is not Audience.INTERNAL:
        raise UsageProblem("--replies goes with --audience internal: replies speak of people.")
    from caseaudit.reporting.workbook import replies_in

    return replies_in(file)


def profile_of(name: str | None, audience: Audience, kinds: Iterable[str]) -> str:
    """The way small numbers are protected; the commissioner's where none is given.

    Raises:
        UsageProblem: there is none of that name, or nothing that is written protects small numbers.
    """
    from caseaudit.disclosure import profiles
    from caseaudit.reporting.documents import OUTWARD

    if name is None:
        return profiles.DEFAULT
    if audience is Audience.INTERNAL and not OUTWARD.intersection(kinds):
        raise UsageProblem(
            f"--profile protects what leaves the house, and nothing of this internal pack does: add --kind with "
            f"{' or '.join(sorted(OUTWARD))}, or give --audience commissioner."
        )
    return profiles.profile(name).name


def previous_of(folder: Path | None, audience: Audience, as_at: dt.date, protection: str) -> Earlier | None:
    """What an earlier pack told its readers; None where none is given.

    Raises:
        UsageProblem: it cannot be compared.
    """
    if folder is None:
        return None
    from caseaudit.reporting.previous import read_previous

    return read_previous(folder, audience.value, as_at, protection)


def one_of(given: Sequence[str], allowed: Sequence[str], option: str) -> tuple[str, ...]:
    """The words, each of which must be among those allowed.

    Raises:
        UsageProblem: one is not.
    """
    for word in given:
        if word not in allowed:
            near = get_close_matches(word, allowed, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise UsageProblem(f"{option} does not know '{word}'; it takes {', '.join(allowed)}.{hint}")
    return tuple(dict.fromkeys(given))
