"""Rates and confidences as people type and read them: decimals throughout, never binary floats."""

from __future__ import annotations

import re
from decimal import Decimal

from caseaudit.errors import UsageProblem

_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,9})?|\.\d{1,9})\s*(%?)")


def share_of(text: str, option: str) -> Decimal:
    """A share between 0 and 1, both excluded, typed as 5% or 0.05.

    Args:
        text: as typed.
        option: the option it was typed after, for the message.

    Raises:
        UsageProblem: it is neither form, or not between 0 % and 100 %. A bare 5 is refused: it could be meant as 5 %.
    """
    match = _SHARE.fullmatch(text.strip())
    share = Decimal(match[1]).scaleb(-2 if match[2] else 0) if match else Decimal(0)
    if not 0 < share < 1:
        raise UsageProblem(
            f"{option} '{text}' is not a share between 0 % and 100 %, both excluded. Write it as 5% or 0.05."
        )
    return share


def percent(share: Decimal) -> str:
    """A share as people read it: 5 %, 97.5 %."""
    return f"{share.scaleb(2).normalize():f} %"


def plain(share: Decimal) -> str:
    """A share as programs read it, exactly: "0.05"."""
    return f"{share.normalize():f}"


def cases(count: int) -> str:
    """A number of cases in words: 1 case, 1,000 cases."""
    return f"{count:,} case{'' if count == 1 else 's'}"
