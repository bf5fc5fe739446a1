"""A policy as the checks see it: values by name, and an expression where a value is set by team or role."""

from __future__ import annotations

from collections.abc import Collection, ItemsView, Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Own:
    """A value set for a team, a role, or a role within a team; None where it does not matter."""

    team: str | None
    role: str | None
    value: Any

    @property
    def nearness(self) -> int:
        """What is set for the role counts before what is set for the team; what is set for both before either."""
        return 2 * (self.role is not None) + (self.team is not None)

    @property
    def whose(self) -> str:
        """The team and role, as names of limits have them in brackets."""
        return ", ".join(part for part in (self.team, self.role and f"role {self.role}") if part)


@dataclass(frozen=True)
class Policy(Section):
    """The whole policy on one day.

    Attributes:
        limits: dotted name → the value in force with its provenance.
        apart: name → the values that the policy sets by team or role, the later ones last.
    """

    limits: Mapping[str, Limit] = field(default_factory=dict)
    apart: Mapping[str, Sequence[Own]] = field(default_factory=dict)

    def limit(self, name: str) -> pl.Expr:
        """The limit as an expression for a frame with a column `team`, and `role` where it may be set by role.

        The nearest counts: what is set for the role within the team, else for the role, else for the team, else for
        all. Roles are compared without regard to case and to blanks between words.
        """
        import polars as pl

        common: Any = self
        for part in name.split("."):
            common = getattr(common, part)
        value = pl.lit(common)
        role = pl.col("role").str.replace_all(r"\s+", " ").str.strip_chars().str.to_lowercase()
        for own in sorted(self.apart.get(name, ()), key=lambda own: own.nearness):
            of_team = pl.lit(value=True) if own.team is None else pl.col("team") == own.team
            of_role = pl.lit(value=True) if own.role is None else role == _fold(own.role)
            value = pl.when(of_team & of_role).then(own.value).otherwise(value)
        return value

    def for_nobody(self, teams: Collection[str], roles: Collection[str]) -> tuple[str, ...]:
        """A sentence on each team and role an override in force is for that the exports do not have.

        Args:
            teams: teams the exports have.
            roles: roles of the staff list.
        """
        known = {_fold(role) for role in roles}
        every = [own for name in self.apart for own in self.apart[name]]
        lost = [f"team {own.team}" for own in every if own.team is not None and own.team not in teams]
        lost += [f"role {own.role}" for own in every if own.role is not None and _fold(own.role) not in known]
        return tuple(
            f"The policy has an override for the {whom}, whom no export has: it changed nothing. Write the name as "
            "the exports do."
            for whom in dict.fromkeys(lost)
        )

    def in_force(self) -> tuple[Limit, ...]:
        """Every value, in the order of the policy file."""
        return tuple(self.limits.values())


def _fold(role: str) -> str:
    return " ".join(role.split()).lower()
