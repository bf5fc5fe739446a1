"""How far two colours are apart for every reader, those who are colour-blind among them.

Sources: Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision
Deficiency", full deficiency, on linear sRGB; CIE 15, L*a*b* under D65, and the distance in it (1976).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import hypot

Row = tuple[float, float, float]
Matrix = tuple[Row, Row, Row]

_AS_IT_IS: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))

SIGHTS: Mapping[str, Matrix] = {
    "full colour vision": _AS_IT_IS,
    "no red cones (protanopia)": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green cones (deuteranopia)": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue cones (tritanopia)": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""How a reader sees → what becomes of linear red, green and blue."""

_TO_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE: Row = (0.95047, 1.0, 1.08883)


def linear(colour: str) -> Row:
    """Linear red, green and blue, from 0 to 1, of a colour written as #rrggbb (IEC 61966-2-1)."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance, from 0 to 1, as WCAG 2.2 defines it."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def least_apart(one: str, other: str) -> tuple[float, str]:
    """The least distance in L*a*b* at which any reader sees two colours, and which reader that is."""
    return min((_distance(_seen(one, sight), _seen(other, sight)), name) for name, sight in SIGHTS.items())


def _seen(colour: str, sight: Matrix) -> Row:
    """A colour as it is seen, in L*a*b*."""
    light = _times(sight, linear(colour))
    x, y, z = _times(_TO_XYZ, (_within(light[0]), _within(light[1]), _within(light[2])))
    fx, fy, fz = (_cube_root(part / white) for part, white in zip((x, y, z), _WHITE, strict=True))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _within(part: float) -> float:
    return min(max(part, 0.0), 1.0)


def _cube_root(part: float) -> float:
    return float(part ** (1 / 3)) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29


def _times(matrix: Matrix, row: Row) -> Row:
    first, second, third = (sum(a * b for a, b in zip(line, row, strict=True)) for line in matrix)
    return first, second, third


def _distance(one: Row, other: Row) -> float:
    return hypot(*(a - b for a, b in zip(one, other, strict=True)))


def mixed(colour: str, light: float) -> str:
    """The tint or shade of a colour with a given relative luminance: mixed with white, or with black."""
    end = "#ffffff" if light > luminance(colour) else "#000000"
    low, high = 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        reached = luminance(_between(colour, end, middle))
        on_the_way = reached < light if end == "#ffffff" else reached > light
        low, high = (middle, high) if on_the_way else (low, middle)
    return _between(colour, end, high)


def _between(one: str, other: str, share: float) -> str:
    pairs = ((int(one[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
