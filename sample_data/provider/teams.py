"""What kinds of team the provider has, who works in them and how well they keep the standard."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of team.

    posts: (role, layer, WTE, weight in sharing out cases); bands: share of very high, high, moderate, low;
    keeps: how likely a thing due is done in time.
    """

    name: str
    share: float
    posts: tuple[tuple[str, str, float, float], ...]
    bands: tuple[float, float, float, float]
    keeps: float
    missed: float
    service_cancels: float


_MANAGER = ("Team manager", "management", 1.0, 0.0)
_NURSE = ("Community psychiatric nurse", "clinical", 1.0, 0.9)
_NURSE_PT = ("Community psychiatric nurse", "clinical", 0.8, 0.9)
_SOCIAL = ("Social worker", "clinical", 1.0, 0.9)
_THERAPIST = ("Occupational therapist", "clinical", 0.8, 0.7)
_DOCTOR = ("Consultant psychiatrist", "clinical", 0.6, 0.0)
_LINK = ("Physical health link nurse", "clinical", 0.8, 0.5)
_COORD = ("Care coordinator", "support", 1.0, 1.0)
_COORD_PT = ("Care coordinator", "support", 0.8, 1.0)
_RECOVERY = ("Recovery worker", "support", 1.0, 1.0)
_RECOVERY_PT = ("Recovery worker", "support", 0.6, 1.0)
_PEER = ("Peer support worker", "peer", 0.6, 0.0)
_PEER_OWN = ("Peer support worker", "peer", 0.6, 0.35)

_FULL = (
    _MANAGER, _NURSE, _NURSE_PT, _SOCIAL, _DOCTOR, _LINK, _COORD, _COORD, _COORD_PT, _RECOVERY, _RECOVERY_PT,
    _PEER_OWN, _PEER,
)  # fmt: skip
_STRETCHED = (
    ("Team manager", "management", 1.0, 0.45), ("Community psychiatric nurse", "clinical", 1.0, 1.0),
    ("Social worker", "clinical", 1.0, 1.0), ("Community psychiatric nurse", "clinical", 0.6, 1.0),
    _COORD, _COORD, _COORD, _COORD_PT, _RECOVERY, _RECOVERY_PT, _PEER_OWN,
)  # fmt: skip
_MIDDLE = (
    _MANAGER, _NURSE, _SOCIAL, _THERAPIST, _LINK, _COORD, _COORD, _RECOVERY, _RECOVERY, _COORD_PT, _PEER_OWN,
    _PEER,
)  # fmt: skip
_SMALL = (_MANAGER, _NURSE, _LINK, _COORD, _RECOVERY, _RECOVERY_PT, _PEER)

_USUAL = (0.07, 0.22, 0.43, 0.28)
KINDS = (
    Kind("Northgate CMHT", 0.195, _FULL, _USUAL, 0.93, 0.08, 0.015),
    Kind("Riverside CMHT", 0.325, _STRETCHED, (0.13, 0.33, 0.35, 0.19), 0.74, 0.14, 0.09),
    Kind("Hillcrest Recovery", 0.195, _FULL, _USUAL, 0.9, 0.08, 0.015),
    Kind("Eastfield CMHT", 0.195, _MIDDLE, (0.06, 0.22, 0.44, 0.28), 0.92, 0.075, 0.02),
    Kind("Harbour Outreach", 0.09, _SMALL, (0.09, 0.26, 0.4, 0.25), 0.95, 0.07, 0.01),
)
"""Five teams to every 900 cases. The second carries more than it can: it keeps the standard worst.
The fifth, a small one, keeps its own competency matrix."""


def team_names(cases: int) -> list[tuple[str, Kind, float]]:
    """(name, kind, share of all cases) of every team of a provider of so many cases."""
    rounds = max(1, round(cases / 900))
    return [
        (kind.name if r == 0 else f"{kind.name} {r + 1}", kind, kind.share / rounds)
        for r in range(rounds)
        for kind in KINDS
    ]
