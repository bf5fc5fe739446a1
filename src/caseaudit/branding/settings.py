"""The [report] part of a settings file: what a service says of its own look."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from caseaudit.branding import colours, pictures
from caseaudit.branding.values import Branding, Logo
from caseaudit.errors import UsageProblem
from caseaudit.folders import named_digest, read_toml
from caseaudit.model import SettingsFile

SETTINGS = "caseaudit.toml"
"""What `caseaudit init` calls the file."""

MOST_LETTERS = 120
MOST_SIGNERS = 4

_REPORT = ("organisation", "logo", "logo_text", "templates", "colours", "sign_off")
_OF_TEMPLATES = frozenset({".j2", ".css", ".png", ".jpg", ".jpeg", ".svg", ".woff", ".woff2", ".ttf", ".otf"})
_SIGN_OFF = ("prepared_by", "signed_by")


def load(path: Path | None, templates: Path | None = None) -> Branding:
    """The look that a settings file asks for.

    Args:
        path: the file; None for the look as shipped.
        templates: a folder of templates, in place of the one the file names.

    Raises:
        UsageProblem: the file is missing or no TOML, or something in it is unknown, unsafe or unreadable.
    """
    found = _branding(read_toml(path, "settings file", "--settings"), path) if path else Branding()
    if templates is not None:
        found = replace(found, templates=_folder(templates, "--templates"))
    return replace(found, files=(*found.files, *_template_files(found.templates)))


def _template_files(folder: Path | None) -> list[SettingsFile]:
    """What a page may be made of: templates, style sheet, pictures and fonts; not what else lies there."""
    if folder is None:
        return []
    home = folder.resolve()
    try:
        paths = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _OF_TEMPLATES and path.is_file()]
        paths = [path for path in paths if path.resolve().is_relative_to(home)]  # no link out of it is ever followed
        return [SettingsFile("template", *named_digest(path, folder)) for path in paths]
    except OSError as fault:
        raise UsageProblem(f"The folder of templates '{folder.name}' cannot be read ({fault.strerror}).") from None


def _branding(data: Mapping[str, Any], path: Path) -> Branding:
    _known(data, ("report",), "", path.name)
    report = _table(data, "report", "", path.name)
    _known(report, _REPORT, "report", path.name)
    chosen = _table(report, "colours", "report", path.name)
    _known(chosen, (*colours.COLOURS, *colours.CHARTS), "report.colours", path.name)
    own_colours = {name: colours.checked(name, value, path.name) for name, value in chosen.items()}
    colours.pair_checked(own_colours, path.name)
    sign_off = _table(report, "sign_off", "report", path.name)
    _known(sign_off, _SIGN_OFF, "report.sign_off", path.name)
    organisation = _line(report.get("organisation", ""), "organisation", path.name)
    text = _line(report.get("logo_text", ""), "logo_text", path.name)
    drawn = _beside(report["logo"], "logo", path) if "logo" in report else None
    logo = _logo(drawn, text or f"Logo of {organisation or 'the service'}", path) if drawn is not None else None
    files = [SettingsFile("settings", *named_digest(path))]
    if drawn is not None:
        files.append(SettingsFile("logo", *named_digest(drawn, path.absolute().parent.resolve())))
    return Branding(
        organisation=organisation,
        logo=logo,
        files=tuple(files),
        colours=own_colours,
        prepared_by=_line(sign_off.get("prepared_by", ""), "prepared_by", path.name),
        signed_by=_signers(sign_off.get("signed_by", []), path.name),
        templates=_folder(_beside(report["templates"], "templates", path), f"{path.name}: 'templates'")
        if "templates" in report
        else None,
    )


def _known(given: Mapping[str, Any], allowed: Collection[str], where: str, file: str) -> None:
    for name in given:
        if name not in allowed:
            near = get_close_matches(name, allowed, 1)
            hint = f"Did you mean '{near[0]}'?" if near else f"It takes {', '.join(allowed)}."
            place = f"in [{where}]" if where else "in it"
            raise UsageProblem(f"{file}: there is no setting '{name}' {place}. {hint}")


def _table(given: Mapping[str, Any], name: str, where: str, file: str) -> Mapping[str, Any]:
    found = given.get(name, {})
    if not isinstance(found, dict):
        full = f"{where}.{name}" if where else name
        raise UsageProblem(f"{file}: '{name}' must be a table: write [{full}], and its settings below it.")
    return found


def _line(value: object, name: str, file: str) -> str:
    """A text of one line."""
    if not isinstance(value, str) or len(value) > MOST_LETTERS or any(not letter.isprintable() for letter in value):
        raise UsageProblem(
            f"{file}: '{name}' must be a text in quotes, on one line, of at most {MOST_LETTERS} letters."
        )
    return value.strip()


def _signers(value: object, file: str) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or len(given) > MOST_SIGNERS:
        raise UsageProblem(
            f"{file}: 'signed_by' must be a list of at most {MOST_SIGNERS} names, such as [\"Name, role\"]."
        )
    return tuple(filter(None, (_line(name, "signed_by", file) for name in given)))


def _beside(value: object, name: str, path: Path) -> Path:
    """A file or folder beside the settings file or below it, wherever links lead."""
    if not isinstance(value, str) or not value.strip():
        raise UsageProblem(f"{path.name}: '{name}' must be a name in quotes, of something beside {path.name}.")
    home = path.absolute().parent.resolve()
    try:
        found = (home / value).resolve()
    except (OSError, ValueError, RuntimeError):
        raise UsageProblem(f"{path.name}: '{name}' is no name of a file or folder.") from None
    if not found.is_relative_to(home):
        raise UsageProblem(f"{path.name}: '{name}' must lie beside {path.name} or in a folder there.")
    return found


def _logo(file: Path, text: str, path: Path) -> Logo:
    kind, content = pictures.read(file, f"{path.name}: the logo")
    return Logo(kind, content, text)


def _folder(folder: Path, called: str) -> Path:
    if not folder.is_dir():
        raise UsageProblem(f"{called} must name a folder of templates, and '{folder.name}' is none.")
    return folder.absolute()
