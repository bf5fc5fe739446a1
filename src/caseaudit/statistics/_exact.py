"""Numbers as people write them: decimals turned into exact fractions, and whole numbers checked."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TypeAlias

Number: TypeAlias = str | Decimal | float | int | Fraction

# A decimal like 1e-999999999 is a short text but a gigabyte as a fraction. No rate or measure comes near, and up
# to here every number still has a float to be shown as.
_LARGEST_EXPONENT = 300


def fraction(value: Number, name: str) -> Fraction:
    """The exact value of a decimal; a float means its shortest decimal.

    Args:
        value: the number as given.
        name: what it is, in the words of the sentence that refuses it ("The confidence").

    Raises:
        ValueError: blank, not a number, not finite, or of an absurd size. The value is not quoted: it may come
            from a cell of an export.
    """
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        if abs(value) >= 10**_LARGEST_EXPONENT:
            raise ValueError(f"{name} is out of all proportion.")
        return Fraction(value)
    if isinstance(value, float):
        value = float.__repr__(value)  # not repr(): a subclass such as NumPy's prints its type name too
    if not isinstance(value, str | Decimal):
        raise ValueError(f"{name} must be a number.")  # noqa: TRY004 - one kind of error for every bad figure
    try:
        decimal = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"{name} must be a number.") from None
    if not decimal.is_finite():
        raise ValueError(f"{name} must be a finite number.")
    if decimal and abs(decimal.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError(f"{name} is out of all proportion.")
    return Fraction(decimal)


def open_share(value: Number, name: str) -> Fraction:
    """A share strictly between 0 and 1, such as a confidence; ValueError otherwise."""
    share = fraction(value, name)
    if not 0 < share < 1:
        raise ValueError(f"{name} must lie between 0 and 1, both excluded.")
    return share


def share(value: Number, name: str) -> Fraction:
    """A share from 0 to 1, both allowed; ValueError otherwise."""
    part = fraction(value, name)
    if not 0 <= part <= 1:
        raise ValueError(f"{name} must lie between 0 and 1.")
    return part


def whole(value: object, name: str, least: int = 0) -> int:
    """A whole number of at least ``least``; ValueError otherwise."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{name} must be a whole number.")  # noqa: TRY004
    if value < least:
        raise ValueError(f"{name} must be at least {least}.")
    return value
