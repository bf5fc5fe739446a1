"""The whole truth about a provider's records: what every check must come to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import truth_care, truth_data, truth_staff  # noqa: F401 - each registers its checks
from .facts import TRUTHS, Facts, Verdict
from .files import Account
from .model import AS_AT, Planted, Provider

SUBJECTS_UP_TO = 5000
"""Cases up to which subjects are listed by name; above it counts alone."""


def work_out(provider: Provider, account: Account) -> dict[str, Any]:
    """Every check's counts and subjects, what was planted, and what became of the rows."""
    facts = Facts(provider)
    checks = {code: _count(TRUTHS[code](facts)) for code in sorted(TRUTHS)}
    checks["DQ01"] = truth_data.duplicates(provider)
    checks["DQ02"] = truth_data.orphans(provider)
    checks["DQ03"] = truth_data.impossible_dates(provider)
    checks["DQ07"] = truth_data.rejected_rows(account.files, account.rejected)
    planted = [_planted(plant) for plant in provider.planted]
    _hold(planted, checks)
    if len(provider.cases) > SUBJECTS_UP_TO:
        for entry in checks.values():
            entry["breaches"] = entry["not_evidenced_subjects"] = None
    return {
        "as_at": AS_AT.isoformat(),
        "checks": dict(sorted(checks.items())),
        "planted": planted,
        "rejected": account.rejected,
        "files": account.files,
    }


def _count(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    found: dict[str, list[str]] = {"met": [], "breach": [], "not_evidenced": []}
    for subject, outcome in verdicts:
        found[outcome].append(subject)
    return {
        "population": sum(map(len, found.values())),
        "met": len(found["met"]),
        "breach": len(found["breach"]),
        "not_evidenced": len(found["not_evidenced"]),
        "breaches": sorted(found["breach"]),
        "not_evidenced_subjects": sorted(found["not_evidenced"]),
        "_met": set(found["met"]),
    }


def _planted(plant: Planted) -> dict[str, str]:
    subject = plant.subject
    if plant.record is not None and plant.check.startswith("DQ"):
        subject = truth_data.subject(plant.subject, plant.record)
    elif plant.record is not None:
        subject = getattr(plant.record, truth_data.KEYS[plant.subject])
    return {"check": plant.check, "subject": subject, "what": plant.what, "outcome": plant.outcome}


def _hold(planted: list[dict[str, str]], checks: dict[str, dict[str, Any]]) -> None:
    """Refuse a truth in which a plant did not come to the outcome it was planted for."""
    for plant in planted:
        entry = checks.get(plant["check"])
        if entry is None:
            continue
        listed = {
            "breach": plant["subject"] in entry["breaches"],
            "not_evidenced": plant["subject"] in entry["not_evidenced_subjects"],
            "met": plant["subject"] in entry.get("_met", ()),
        }
        came_to = next((outcome for outcome, is_it in listed.items() if is_it), "outside")
        if came_to != plant["outcome"]:
            raise ValueError(f"planted {plant}, but the truth says {came_to}")
    for entry in checks.values():
        entry.pop("_met", None)
