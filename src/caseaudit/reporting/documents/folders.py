"""Where templates and what they embed are read from: the service's own folder and the shipped one, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

from caseaudit.folders import TEMPLATES

SHIPPED = "shipped/"
"""Before the name of a template, it asks for the one that came with the program."""

MOST_BYTES = 300_000
MOST_FONT_BYTES = 1_000_000

FONTS = {b"wOF2": "woff2", b"wOFF": "woff", b"\x00\x01\x00\x00": "ttf", b"OTTO": "otf"}
"""How a font file begins → its kind."""

_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?<!\.)")
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
"""Names that Windows gives to devices, whatever ending they have."""


def inside(folder: Path, name: str) -> Path | None:
    """The file of that name in a folder; None where there is none, or the name or a link leads out of the folder."""
    parts = name.split("/")
    if not all(_PART.fullmatch(part) and part.partition(".")[0].lower() not in _DEVICES for part in parts):
        return None
    home = folder.resolve()
    try:
        found = home.joinpath(*parts).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return None
    return found if found.is_relative_to(home) and found.is_file() else None


def template(own: Path | None, name: str) -> tuple[Path, str] | None:
    """The file of a template and what a message calls it; None where there is none.

    A name is looked for in the service's own folder first, so that its base.html.j2 stands behind every report.

    Args:
        own: the service's folder; None for none.
        name: parts joined by /, such as partials/pieces.html.j2; after SHIPPED for the one that came with the program.
    """
    if name.startswith(SHIPPED):
        found = inside(TEMPLATES, name.removeprefix(SHIPPED))
        return None if found is None else (found, name)
    if own is not None and (found := inside(own, name)) is not None:
        return found, f"{own.name}/{name}"
    found = inside(TEMPLATES, name)
    return None if found is None else (found, f"{SHIPPED}{name}")
