"""How small numbers are protected, by name.

commissioner: counts from 1 to 4 read "<5", zero is shown, nothing is rounded.
publication: as NHS England publishes MHSDS: every count below 5, zero too, reads "*"; others are rounded to the
    nearest 5, shares are whole percentages.
us: as commissioner, with the threshold of 11 that CMS asks for in cells it releases.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from caseaudit.errors import UsageProblem
from caseaudit.publication import NOT_SHOWN, Figure, count, percent, share


@dataclass(frozen=True, slots=True)
class Profile:
    """A way of protecting counts.

    Attributes:
        threshold: counts from 1 to one below it are small; 0 protects nothing.
        star: what stands for every held-back figure; blank where "<threshold" and "not shown" tell more.
        rounded_to: counts shown are rounded to the nearest multiple; 1 for not at all. Where they are, every count is
            protected, whatever it counts, and only totals are told: sums of rounded parts would narrow each other.
    """

    name: str
    threshold: int
    star: str = ""
    rounded_to: int = 1

    def is_small(self, number: int) -> bool:
        """Whether a count must not be shown."""
        return 0 < number < self.threshold

    def small(self) -> Figure:
        """What stands for a small count."""
        return Figure(self.star or f"<{self.threshold}", hidden=True)

    def held(self) -> Figure:
        """What stands for a figure from which a small count could be worked out."""
        return Figure(self.star or NOT_SHOWN, hidden=True)

    def count(self, number: int) -> Figure:
        """A count of which no small one can be worked out."""
        if self.rounded_to == 1:
            return count(number)
        if number < self.threshold:
            return self.small()
        return count((number + self.rounded_to // 2) // self.rounded_to * self.rounded_to)

    def share(self, part: int, whole: int) -> Figure:
        """A share of which no small count can be worked out."""
        if self.rounded_to == 1 or not whole:
            return share(part, whole)
        # The complement too: 97 % of about 100 tells that 3 are left. That none is left, the status tells as well.
        if min(part, whole) < self.threshold or self.is_small(whole - part):
            return self.small()
        return Figure(percent(part, whole), round(100 * part / whole) / 100)


OPEN = Profile("internal", 0)
"""Protects nothing: for those who may see the records themselves."""

PROFILES = {
    profile.name: profile
    for profile in (
        Profile("commissioner", 5),
        Profile("publication", 5, star="*", rounded_to=5),
        Profile("us", 11),
    )
}

DEFAULT = "commissioner"
"""The profile where none is asked for."""

SMALL_TEAM = 5
"""Counts of workers and process records are held back where they describe a team of fewer staff than this."""


def profile(name: str) -> Profile:
    """The profile of that name.

    Raises:
        UsageProblem: there is none.
    """
    try:
        return PROFILES[name]
    except KeyError:
        near = get_close_matches(name, PROFILES, 1, 0.5)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise UsageProblem(
            f"There is no disclosure profile '{name}'.{hint} There are: {', '.join(PROFILES)}."
        ) from None
