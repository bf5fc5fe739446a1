"""Work on two things at once: what is heavy in reading, in Polars above all, lets go of the interpreter meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

_HANDS = 2
"""As many cores as a small office machine has; more columns in hand at a time cost memory."""


def at_once(work: Callable[[Item], Made], items: Iterable[Item]) -> list[Made]:
    """What WORK makes of each item, in the order of the items; the first failure is raised, and the rest left undone.

    Args:
        work: depends on its item alone, and may be at work on two of them.
        items: heavy, such as files or the columns of a table.
    """
    waiting = list(items)
    if len(waiting) < 2:
        return [work(item) for item in waiting]
    with ThreadPoolExecutor(min(_HANDS, len(waiting))) as pool:
        return list(pool.map(work, waiting))
