"""What a service's own templates bring along: pictures, fonts and a style sheet, all put into the page itself."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path

from caseaudit.branding import pictures
from caseaudit.errors import TemplateProblem, UsageProblem
from caseaudit.reporting.documents import folders

SHEET = "style.css"
"""The service's own style sheet, after the shipped ones."""

_ADDRESS = re.compile(r"url\(\s*(?P<quote>['\"]?)(?P<name>[^'\")]*)(?P=quote)\s*\)", re.IGNORECASE)


def inliner(folder: Path | None) -> Callable[[str], str]:
    """What templates put a picture of their folder into the page with: its name → the picture itself as an address."""

    def inline(name: str) -> str:
        found = folders.inside(folder, str(name)) if folder is not None else None
        if found is None:
            raise TemplateProblem("inline() takes the name of a picture in the folder of the templates.")
        try:
            kind, content = pictures.read(found, f"the picture {found.name}")
        except UsageProblem as fault:
            raise TemplateProblem(str(fault)) from None
        return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"

    return inline


def style(folder: Path | None) -> str:
    """The service's own style sheet with the files it names put into it; blank for none.

    Raises:
        TemplateProblem: it is no text, or names something that is not a picture or font of its folder.
    """
    path = None if folder is None else folders.inside(folder, SHEET)
    if folder is None or path is None:
        return ""
    called = f"{folder.name}/{SHEET}"
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise TemplateProblem(f"{called} cannot be read as UTF-8 text.") from None
    if len(text) > folders.MOST_BYTES:
        raise TemplateProblem(f"{called} is larger than {folders.MOST_BYTES:,} bytes.")
    lines = []
    for number, line in enumerate(text.splitlines(), start=1):
        if re.search(r"@import|</|javascript:|expression\s*\(", line, re.IGNORECASE):
            raise TemplateProblem(f"{called}, line {number}: a style sheet may not bring in another one, or a script.")
        lines.append(_ADDRESS.sub(lambda found, at=number: _put_in(folder, found["name"], called, at), line))  # type: ignore[misc]
    return "\n".join(lines)


def _put_in(folder: Path, name: str, called: str, line: int) -> str:
    found = folders.inside(folder, name.strip())
    if found is None:
        raise TemplateProblem(
            f"{called}, line {line}: url() may name a picture or font in the folder {folder.name}, and nothing else."
        )
    with found.open("rb") as file:
        content = file.read(folders.MOST_FONT_BYTES + 1)
    if (font := folders.FONTS.get(content[:4])) is not None:
        if len(content) > folders.MOST_FONT_BYTES:
            raise TemplateProblem(f"{called}, line {line}: the font is larger than {folders.MOST_FONT_BYTES:,} bytes.")
        return f'url("data:font/{font};base64,{base64.b64encode(content).decode()}")'
    try:
        kind = pictures.kind_of(content, f"{called}, line {line}: the picture")
    except UsageProblem as fault:
        raise TemplateProblem(str(fault)) from None
    return f'url("data:image/{kind};base64,{base64.b64encode(content).decode()}")'
