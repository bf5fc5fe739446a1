"""How far chance alone may leave a share: Wilson's score interval.

E. B. Wilson, "Probable inference, the law of succession, and statistical inference", *Journal of the American
Statistical Association* 22 (1927), 209-212. It never leaves 0 to 1 and holds for few members and for shares near
either end, where the interval from the standard error does not.
"""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist


def wilson(part: int, whole: int, level: float = 0.95) -> tuple[float, float]:
    """Lower and upper end of the interval of a share.

    Args:
        part: those of the whole that are counted, 0 to `whole`.
        whole: more than 0.
        level: between 0 and 1, both excluded.

    Raises:
        ValueError: a figure is out of range.
    """
    if not 0 <= part <= whole or whole == 0:
        raise ValueError("The part must lie between 0 and the whole, and the whole above 0.")
    if not 0 < level < 1:
        raise ValueError("The level must lie between 0 and 1.")
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle = (part + z * z / 2) / (whole + z * z)
    reach = z * sqrt(part * (whole - part) / whole + z * z / 4) / (whole + z * z)
    # At either end the interval closes exactly there; the arithmetic may miss it by a rounding.
    return (0.0 if part == 0 else middle - reach), (1.0 if part == whole else middle + reach)
