"""Complementary suppression: no small count can be worked out from the figures that stay.

The four figures of a check hang together (population = met + breach + not evidenced), and its status and verdict tell
something of them too. So the ways of showing them are tried from the most telling to the least, and the first is
taken under which an attacker who knows all that, and how this module works, still finds every value possible for
every small count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product


class Mark(Enum):
    """How a figure is shown, and what that tells."""

    SHOWN = "the number itself"
    SMALL = "from 1 to one below the threshold"
    HELD = "the threshold or more"
    BLURRED = "nothing"


@dataclass(frozen=True, slots=True)
class Parts:
    """The three parts of a population, as counted, or how each is shown."""

    met: int
    breach: int
    silent: int

    @property
    def population(self) -> int:
        """All of them."""
        return self.met + self.breach + self.silent

    @property
    def short(self) -> int:
        """Those that did not meet the standard."""
        return self.breach + self.silent


@dataclass(frozen=True, slots=True)
class Showing:
    """How a check's figures are shown. The share, and met and short as wholes, stand and fall with `met`."""

    population: Mark
    met: Mark
    breach: Mark
    silent: Mark

    @property
    def marks(self) -> tuple[Mark, Mark, Mark]:
        """Of the parts, in their order."""
        return (self.met, self.breach, self.silent)


Tells = Callable[[Parts], object]
"""What is published beside the figures and depends on them: a check's status and standing."""

PLAIN = Showing(Mark.SHOWN, Mark.SHOWN, Mark.SHOWN, Mark.SHOWN)
NOTHING = Showing(Mark.BLURRED, Mark.BLURRED, Mark.BLURRED, Mark.BLURRED)


def any_way(_: Showing) -> bool:
    """Where nothing else is published that a way of showing must stand beside."""
    return True


def showing(parts: Parts, threshold: int, tells: Tells, allowed: Callable[[Showing], bool] = any_way) -> Showing:
    """The most telling way to show a check's figures that gives no small count away.

    Args:
        parts: as counted.
        threshold: counts from 1 to one below it are small.
        tells: what else is published and depends on the counts; equal answers cannot be told apart.
        allowed: whether a way is, for what else the reader knows.
    """
    if 0 < parts.population < threshold:
        small = Showing(Mark.SMALL, Mark.BLURRED, Mark.BLURRED, Mark.BLURRED)
        return small if allowed(small) else NOTHING
    ways = (way for way in _ways(parts, threshold) if allowed(way))
    return next((way for way in ways if is_safe(parts, way, threshold, tells)), NOTHING)


def _ways(parts: Parts, threshold: int) -> Iterator[Showing]:
    small = [0 < part < threshold for part in (parts.met, parts.breach, parts.silent, parts.short)]
    if not any(small):
        yield PLAIN
    if not small[0] and not small[3]:
        yield Showing(Mark.SHOWN, Mark.SHOWN, Mark.BLURRED, Mark.BLURRED)
    apart = [_mark(part, threshold) for part in (parts.met, parts.breach, parts.silent)]
    blurred = [Mark.SHOWN if mark is Mark.SHOWN else Mark.BLURRED for mark in apart]
    for population in (Mark.SHOWN, Mark.HELD):
        yield Showing(population, *apart)
        yield Showing(population, *blurred)


def _mark(part: int, threshold: int) -> Mark:
    if not part:
        return Mark.SHOWN
    return Mark.SMALL if part < threshold else Mark.HELD


def is_safe(parts: Parts, way: Showing, threshold: int, tells: Tells) -> bool:
    """Whether every hidden figure still has as many possible values as a small count has."""
    whole = way.population is Mark.SHOWN
    found: list[set[int]] = [set(), set(), set(), set()]
    for guess in _guesses(parts, way, threshold):
        if (guess.population == parts.population if whole else guess.population >= threshold) and tells(guess) == tells(
            parts
        ):
            for values, value in zip(found, (guess.met, guess.breach, guess.silent, guess.population), strict=True):
                values.add(value)
    hidden = [mark is not Mark.SHOWN for mark in (*way.marks, way.population)]
    return all(len(values) >= threshold - 1 for values, is_hidden in zip(found, hidden, strict=True) if is_hidden)


def _guesses(parts: Parts, way: Showing, threshold: int) -> Iterator[Parts]:
    """What the parts could be, as far as the marks tell.

    Only guesses near the truth are tried. That is enough: a figure with as many possible values among them has no
    fewer among all.
    """
    true = (parts.met, parts.breach, parts.silent)
    ranges = [_range(value, mark, threshold) for value, mark in zip(true, way.marks, strict=True)]
    if way.population is not Mark.SHOWN:
        yield from (Parts(*guess) for guess in product(*ranges))
        return
    # One part follows from the others; let it be the one with the most possible values.
    last = max(range(3), key=lambda place: len(ranges[place]))
    others = [place for place in range(3) if place != last]
    for values in product(*(ranges[place] for place in others)):
        guess = dict(zip(others, values, strict=True))
        guess[last] = parts.population - sum(values)
        if guess[last] in ranges[last]:
            yield Parts(guess[0], guess[1], guess[2])


def _range(true: int, mark: Mark, threshold: int) -> range:
    if mark is Mark.SHOWN:
        return range(true, true + 1)
    if mark is Mark.SMALL:
        return range(1, threshold)
    least = threshold if mark is Mark.HELD else 0
    return range(max(least, true - 2 * threshold), true + 2 * threshold + 1)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a column whose total is known.

    Attributes:
        value: as counted.
        low, high: what can be told of it once it is hidden.
        small: whether it must be hidden for its own sake.
    """

    value: int
    low: int
    high: int
    small: bool


def hidden_cells(cells: Sequence[Cell], threshold: int) -> frozenset[int] | None:
    """Which cells of a column with a known total to hide; None when hiding all would not do.

    The cells hidden for their own sake, and then the smallest others, until each hidden one has as many possible
    values as a small count has, and they are together no small count themselves.
    """
    hidden = {place for place, cell in enumerate(cells) if cell.small}
    spare = sorted((place for place in range(len(cells)) if place not in hidden), key=lambda p: cells[p].value)
    while hidden and not _closed([cells[place] for place in hidden], threshold):
        if not spare:
            return None
        hidden.add(spare.pop(0))
    return frozenset(hidden)


def _closed(cells: Sequence[Cell], threshold: int) -> bool:
    total = sum(cell.value for cell in cells)
    lows, highs = sum(cell.low for cell in cells), sum(cell.high for cell in cells)
    if total < threshold:
        return False
    for cell in cells:
        # With one sum over whole numbers, every value between these two is possible.
        least = max(cell.low, total - (highs - cell.high))
        most = min(cell.high, total - (lows - cell.low))
        if most - least + 1 < min(threshold - 1, cell.high - cell.low + 1):
            return False
    return True
