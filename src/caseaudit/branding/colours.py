"""Colours a service may choose, each seen on every ground it stands on, by every reader.

Words have the contrast of WCAG 2.2, success criterion 1.4.3 (AA), marks of charts that of 1.4.11; the two colours of a
chart are told apart by readers who are colour-blind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from caseaudit.branding import vision
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


CHARTS: Mapping[str, str] = {"charts": "#0072b2", "charts_unmet": "#d55e00"}
"""Name in the settings → the shipped colour of a chart it stands in for: of what is met or told, of what is unmet."""

LEAST_SEEN = 3.0
"""Contrast of a mark in a chart with its ground; success criterion 1.4.11."""

LEAST_APART = 25.0
"""Distance in L*a*b* of the two colours of a chart for every reader. Our own: the shipped pair has 92, the reds and
greens that are told apart by full colour vision alone have 8 to 20."""

_IN_THE_DARK = 5.0
"""Contrast of a chart's mark on a dark page."""


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
    if name in CHARTS:
        return _seen(name, value.lower(), file)
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


def _seen(name: str, value: str, file: str) -> str:
    reached = min(contrast(value, ground) for ground in _LIGHT)
    if reached < LEAST_SEEN:
        raise UsageProblem(
            f"{file}: the colour '{name}' is too faint: its contrast with the page is {int(reached * 100) / 100:.2f} "
            f"to 1, and a mark of a chart needs {LEAST_SEEN:g} to 1 (WCAG 2.2, 1.4.11). Take a darker one."
        )
    return value


def pair_checked(colours: Mapping[str, str], file: str) -> None:
    """Look whether what is met and what is not are told apart in a chart by every reader.

    Raises:
        UsageProblem: they are not.
    """
    if not CHARTS.keys() & colours.keys():
        return
    met, unmet = ({**CHARTS, **colours}[name] for name in CHARTS)
    distance, reader = vision.least_apart(met, unmet)
    if distance < LEAST_APART:
        raise UsageProblem(
            f"{file}: the colours of charts, {met} for what is met and {unmet} for what is not, cannot be told apart "
            f"by a reader with {reader}. Take another hue or a lighter one for 'charts' or 'charts_unmet'; the shipped "
            f"ones are {CHARTS['charts']} and {CHARTS['charts_unmet']}."
        )


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((vision.luminance(one), vision.luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def rules(colours: Mapping[str, str]) -> str:
    """The lines of a style sheet that put them in force; blank for none."""
    of_words = [(*COLOURS[name], value) for name, value in colours.items() if name in COLOURS]
    light = [f"{variable}: {value};" for variable, grounds, value in of_words if grounds is _LIGHT]
    dark = [f"{variable}: {value};" for variable, grounds, value in of_words if grounds is _DARK]
    marks = [f'svg.chart [fill="{value}"] {{ fill: {_lighter(value)}; }}' for value in chart_colours(colours).values()]
    lines = []
    if light:
        media = ("print", "screen and (prefers-color-scheme: light)")
        lines += [f"@media {one} {{ :root {{ {' '.join(light)} }} }}" for one in media]
    if dark or marks:
        root = f":root {{ {' '.join(dark)} }}" if dark else ""
        lines.append(f"@media screen and (prefers-color-scheme: dark) {{ {' '.join(filter(None, (root, *marks)))} }}")
    return "\n".join(lines)


def chart_colours(colours: Mapping[str, str]) -> dict[str, str]:
    """Shipped colour of a chart → the service's own; only those it has."""
    return {CHARTS[name]: value for name, value in colours.items() if name in CHARTS}


def _lighter(value: str) -> str:
    """A chart's colour as a dark page shows it."""
    ground = max(vision.luminance(ground) for ground in _DARK)
    needed = _IN_THE_DARK * (ground + 0.05) - 0.05
    return value if vision.luminance(value) >= needed else vision.mixed(value, needed)
