"""Colours a service may choose, each readable on every ground it stands on (WCAG 2.2, success criterion 1.4.3, AA)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from caseaudit.errors import UsageProblem

LEAST_CONTRAST = 4.5
"""For text of the size of a table's heading; success criterion 1.4.3."""

_LIGHT = ("#ffffff", "#f3f4f6")
_DARK = ("#10151d", "#1a212c")

COLOURS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "headings": ("--navy", _LIGHT),
    "links": ("--link", _LIGHT),
    "headings_dark": ("--navy", _DARK),
    "links_dark": ("--link", _DARK),
}
"""Name in the settings → the name in screen.css, and the grounds it is read on there (--paper and --panel)."""


def checked(name: str, value: object, file: str) -> str:
    """A colour that may stand in a style sheet and be read.

    Args:
        name: of COLOURS.
        value: as the settings give it.
        file: the name of the settings, for the message.

    Raises:
        UsageProblem: it is no colour, or too faint on its ground.
    """
    if not isinstance(value, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise UsageProblem(f"{file}: the colour '{name}' must be # and six digits of 0-9 and a-f, such as \"#12355b\".")
    grounds = COLOURS[name][1]
    ground = min(grounds, key=lambda other: contrast(value, other))
    # Cut off, not rounded: 4.49 is not 4.5.
    reached = int(contrast(value, ground) * 100) / 100
    if reached < LEAST_CONTRAST:
        darker = "darker" if grounds is _LIGHT else "lighter"
        raise UsageProblem(
            f"{file}: the colour '{name}' is too faint: its contrast with {ground} is {reached:.2f} to 1, and text "
            f"needs {LEAST_CONTRAST} to 1 (WCAG 2.2, 1.4.3). Take a {darker} one."
        )
    return value.lower()


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rules(colours: Mapping[str, str]) -> str:
    """The lines of a style sheet that put them in force; blank for none."""
    light = [f"{COLOURS[name][0]}: {value};" for name, value in colours.items() if COLOURS[name][1] is _LIGHT]
    dark = [f"{COLOURS[name][0]}: {value};" for name, value in colours.items() if COLOURS[name][1] is _DARK]
    lines = []
    if light:
        media = ("print", "screen and (prefers-color-scheme: light)")
        lines += [f"@media {one} {{ :root {{ {' '.join(light)} }} }}" for one in media]
    if dark:
        lines.append(f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {' '.join(dark)} }} }}")
    return "\n".join(lines)
