"""A policy as the checks see it: values by name, and an expression where a value is set by team."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from caseaudit.model import Limit

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Section:
    """A table of the policy: its values by attribute (`policy.supervision.peer`) or by key (`policy.bands["high"]`)."""

    path: str
    entries: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        """The value of that name.

        Raises:
            AttributeError: the policy has no such value.
        """
        try:
            return self.entries[name]
        except KeyError:
            where = f"{self.path}.{name}" if self.path else name
            raise AttributeError(f"the policy has no value '{where}'") from None

    def __getitem__(self, name: str) -> Any:
        """The value of that name, for names that are data (a band, a kind of task)."""
        return self.entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def __len__(self) -> int:
        return len(self.entries)

    def items(self) -> ItemsView[str, Any]:
        """Names and values, in the order of the policy file."""
        return self.entries.items()


@dataclass(frozen=True)
class Policy(Section):
    """The whole policy on one day.

    Attributes:
        limits: dotted name → the value in force with its provenance.
        by_team: name → {team: value}, for values that the policy sets by team.
    """

    limits: Mapping[str, Limit] = field(default_factory=dict)
    by_team: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def limit(self, name: str) -> pl.Expr:
        """The limit as an expression for a frame with a column `team`, so that a team's own value counts."""
        import polars as pl

        value = pl.lit(getattr(self, name))
        teams = self.by_team.get(name)
        if not teams:
            return value
        return pl.col("team").replace_strict(dict(teams), default=value)

    def in_force(self) -> tuple[Limit, ...]:
        """Every value, in the order of the policy file."""
        return tuple(self.limits.values())
