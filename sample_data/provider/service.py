"""What leaders keep: exceptions, peer role records, establishment, risks, governance, rota, attestations."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

from .model import AS_AT, Provider
from .oversight import Act, Attestation, CapacityException, DutyDay, PeerRole, Post, Risk
from .people import days
from .roster import Roster
from .standard import is_working_day
from .teams import Kind

_RISKS = ("Nurse vacancies", "Agency dependence", "Loss of experienced coordinators", "No cover for peer lead")


def build_service(provider: Provider, kinds: dict[str, Kind], seed: int) -> None:
    rng = Random(f"{seed}:service")
    roster = Roster(provider)
    for place, name in enumerate(provider.teams):
        kind = kinds[name]
        _exceptions(provider, name, kind, roster, rng)
        _establishment(provider, name, kind, rng)
        _governance(provider, name, kind, roster, rng)
        _rota(provider, name, kind, roster, rng)
        for number in range(2 if kind.keeps < 0.8 else 1):
            _risk(provider, name, place, number, kind, rng)
        for peer in roster.teams[name].peers:
            provider.peer_roles.append(
                PeerRole(
                    peer.worker_id,
                    "Lived-experience support, groups, hope and goals",
                    "Any talk of harm; missed twice; safeguarding",
                    "Fortnightly with manager, monthly peer lead",
                    AS_AT - days(rng.randint(30, 600)),
                    AS_AT - days(rng.randint(1, 13)),
                )
            )
    day = date(2024, 11, 14)
    while day <= AS_AT:
        provider.governance.append(Act("dashboard_review", None, day, "Service director", "Actions minuted"))
        day += days(28)
    _attestations(provider)


def _exceptions(provider: Provider, team: str, kind: Kind, roster: Roster, rng: Random) -> None:
    """Old ones, closed; the plants add those that stand open."""
    lead = roster.teams[team].managers[0].worker_id
    for _ in range(3 if kind.keeps < 0.8 else 1):
        opened = AS_AT - days(rng.randint(60, 500))
        closed = opened + days(rng.randint(15, 45))
        provider.capacity_exceptions.append(
            CapacityException(
                team,
                None,
                opened,
                closed,
                "Points per WTE above limit",
                "Bank shifts; new referrals paused",
                "Recruit one coordinator",
                opened + days(rng.randint(1, 7) if rng.random() < kind.keeps else rng.randint(8, 20)),
                lead,
                "Continue with weekly review",
            )
        )


def _establishment(provider: Provider, team: str, kind: Kind, rng: Random) -> None:
    """Twelve months, one row per role."""
    posts: Counter[str] = Counter()
    for role, _, wte, _ in kind.posts:
        posts[role] += round(wte * 10)
    strained = kind.keeps < 0.8
    gone = {"Care coordinator": 12, "Community psychiatric nurse": 8} if strained else {}
    small_gap = {"Care coordinator": 2} if kind.name == "Hillcrest Recovery" else {}
    for months_back in range(11, -1, -1):
        month = 2026 * 12 + 9 - months_back
        for role in sorted(posts):
            short = gone.get(role, 0) if months_back < 6 else 0
            short += small_gap.get(role, 0)
            in_post = posts[role] / 10
            support = role in {"Care coordinator", "Recovery worker"}
            big_post = role == "Recovery worker" and posts[role] > 9
            left = support and (months_back % 5 == 1 if strained else big_post and months_back == 7)
            provider.establishment.append(
                Post(
                    date(month // 12, month % 12 + 1, 1),
                    team,
                    role,
                    round(in_post + short / 10, 1),
                    in_post,
                    round(rng.choice((0.8, 1.0, 1.2)), 1) if strained and support else rng.choice((0.0, 0.2)) * support,
                    rng.choice((0.4, 0.6)) if strained and support else rng.choice((0.0, 0.0, 0.2)) * support,
                    float(left),
                    float(rng.randint(0, 9)),
                    AS_AT - days(168 if gone.get(role) else 40) if short else None,
                )
            )  # fmt: skip


def _governance(provider: Provider, team: str, kind: Kind, roster: Roster, rng: Random) -> None:
    strained = kind.keeps < 0.8
    lead = roster.teams[team].managers[0].name
    day = AS_AT - days(3 + 7 * 51)
    while day <= AS_AT:  # Wednesdays
        if not strained or (rng.random() < 0.7 and day < AS_AT - days(7)):
            provider.governance.append(Act("allocation_review", team, day, lead, "Allocations confirmed"))
        day += days(7)
    for back in (26, 54, 82, 140, 175, 230, 320):
        if not strained or back > 130:
            provider.governance.append(Act("task_and_risk_review", team, AS_AT - days(back), lead, "Minuted"))
    for back in (33, 61, 125, 190, 260):
        if not strained or back > 120:
            provider.governance.append(Act("case_sampling", team, AS_AT - days(back), lead, "Ten files, two actions"))


def _rota(provider: Provider, team: str, kind: Kind, roster: Roster, rng: Random) -> None:
    day = AS_AT - days(140)
    clinicians = roster.teams[team].clinicians
    while day <= AS_AT:
        if is_working_day(day):
            roll = rng.random()
            if roll < kind.keeps + 0.06:
                provider.duty_rota.append(DutyDay(day, team, rng.choice(clinicians).worker_id))
            elif roll < kind.keeps + 0.15:
                provider.duty_rota.append(DutyDay(day, team, None))
        day += days(1)


def _risk(provider: Provider, team: str, place: int, number: int, kind: Kind, rng: Random) -> None:
    provider.risk_register.append(
        Risk(
            f"WR-{place + 1:03d}{'AB'[number]}",
            team,
            _RISKS[(place + number) % len(_RISKS)],
            AS_AT - days(rng.randint(20, 400)),
            "Team manager",
            "Rolling advert; bank pool",
            AS_AT + days(rng.randint(5, 80) if kind.keeps > 0.8 else -12),
            None,
        )
    )


def _attestations(provider: Provider) -> None:
    for code, scope, who, on, until, words in (
        ("SUP03", "Service", "Clinical director", date(2026, 7, 6), date(2027, 7, 5), "Decisions are reviewed live."),
        ("GOV04", "Service", "Service director", date(2026, 9, 1), date(2027, 2, 28), "Board sees the dashboard."),
        ("PEER01", "Service", "Peer lead", date(2025, 5, 12), date(2026, 5, 11), "Role descriptions are agreed."),
        ("CMP06", "Service", "Head of learning", date(2026, 10, 2), date(2027, 10, 1), "Courses are set by layer."),
    ):
        provider.attestations.append(Attestation(code, scope, who, on, until, words))
