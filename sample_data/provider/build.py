"""The provider as a whole: built in the order in which one record needs another, then planted with faults."""

from __future__ import annotations

from .care import build_care
from .events import build_events
from .model import Provider
from .numbering import number
from .people import build_people
from .planting import Planter
from .plants_cases import plant_cases
from .plants_core import plant_core, settle_unrated
from .plants_exports import plant_exports
from .plants_risk import plant_risk
from .plants_service import plant_service
from .plants_staff import plant_staff
from .service import build_service
from .work import build_work


def build(cases: int, seed: int, contacts_per_case: int | None) -> Provider:
    provider = Provider()
    kinds = build_people(provider, cases, seed)
    build_care(provider, kinds, seed, contacts_per_case)
    build_work(provider, kinds, seed)
    build_events(provider, kinds, seed)
    build_service(provider, kinds, seed)
    planter = Planter(provider, seed)
    for plant in (plant_core, plant_cases, plant_risk, plant_staff, plant_service, settle_unrated, plant_exports):
        plant(planter)
    number(provider)
    return provider
