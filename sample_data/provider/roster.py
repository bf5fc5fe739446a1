"""Who works where: looked up by everything that has to name somebody."""

from __future__ import annotations

from .model import Case, Provider, Worker
from .standard import HIGH_ACUITY


class TeamRoster:
    """Those of one team now in post, by layer."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.managers: list[Worker] = []
        self.clinicians: list[Worker] = []
        self.support: list[Worker] = []
        self.peers: list[Worker] = []
        self.leavers: list[Worker] = []

    @property
    def everyone(self) -> list[Worker]:
        return [*self.managers, *self.clinicians, *self.support, *self.peers]


class Roster:
    """Every team's people, every worker's layer and open cases."""

    def __init__(self, provider: Provider) -> None:
        self.teams = {name: TeamRoster(name) for name in provider.teams}
        self.worker: dict[str, Worker] = {}
        self.open_cases: dict[str, list[Case]] = {}
        for w in provider.staff:
            self.worker[w.worker_id] = w
            team = self.teams[w.team]
            if not provider.in_post(w):
                team.leavers.append(w)
                continue
            by_layer = {
                "management": team.managers,
                "clinical": team.clinicians,
                "support": team.support,
                "peer": team.peers,
            }
            by_layer[w.layer].append(w)
        for case in provider.open_cases():
            if case.worker_id:
                self.open_cases.setdefault(case.worker_id, []).append(case)

    def layer(self, worker_id: str | None) -> str | None:
        worker = self.worker.get(worker_id or "")
        return worker.layer if worker else None

    def high_acuity(self, worker_id: str) -> int:
        return sum(c.acuity_band in HIGH_ACUITY for c in self.open_cases.get(worker_id, []))
