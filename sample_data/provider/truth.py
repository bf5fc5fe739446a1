"""The whole truth about a provider's records: what every check must come to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import (  # noqa: F401
    truth_care,
    truth_caseload,
    truth_complete,
    truth_data,
    truth_risk,
    truth_service,
    truth_skill,
    truth_staff,
)
from .facts import TRUTHS, Facts, Verdict
from .files import Account
from .model import AS_AT, Planted, Provider

BLANK_ONLY = ("ACU08", "ALC01", "CAP03", "ESC05", "ESC10", "PEER01", "SUP02", "SUP04")
"""Checks that ask for nothing but that fields are recorded: a blank is not evidenced, so none can be in breach."""
SUBJECTS = {"CON03": ("case_id", "contact_id"), "PEER02": ("completed_by", "case_id", "task_id")}
"""Fields that name a member of a check whose planted record is not named by its own key alone."""
SUBJECTS_UP_TO = 5000
"""Cases up to which subjects are listed by name; above it counts alone."""


def judge_all(provider: Provider) -> dict[str, Any]:
    """Counts and subjects of every check, and what was planted.

    Raises:
        ValueError: something planted came to another outcome than it was planted for.
    """
    facts = Facts(provider)
    checks = {code: _count(TRUTHS[code](facts)) for code in sorted(TRUTHS)}
    checks["DQ01"] = truth_data.duplicates(provider)
    checks["DQ02"] = truth_data.orphans(provider)
    checks["DQ03"] = truth_data.impossible_dates(provider)
    checks["DQ04"] = truth_data.unknown_codes(provider)
    checks["DQ05"] = truth_complete.completeness(provider)
    checks["DQ06"] = truth_data.stale(provider)
    _hedge(checks)
    planted = [_planted(plant) for plant in provider.planted]
    _hold(planted, checks)
    return {"as_at": AS_AT.isoformat(), "checks": checks, "planted": planted}


def complete(found: dict[str, Any], provider: Provider, account: Account) -> dict[str, Any]:
    """The truth with what is known only once the exports are written: their rows, and which cannot be used."""
    checks = found["checks"] | {"DQ07": truth_data.rejected_rows(account.files, account.rejected, account.unreadable)}
    if len(provider.cases) > SUBJECTS_UP_TO:
        for entry in checks.values():
            entry["breaches"] = entry["not_evidenced_subjects"] = None
    return found | {"checks": dict(sorted(checks.items())), "rejected": account.rejected,
        "unreadable_cells": account.unreadable, "files": account.files,
    }  # fmt: skip


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


def _hedge(checks: dict[str, dict[str, Any]]) -> None:
    """Say which truths rest on a reading or a list that the standard leaves open."""
    checks["CMP06"]["assumes"] = {"courses_by_layer": truth_skill.ASSUMED_COURSES}
    for code in BLANK_ONLY:
        checks[code]["blank_only"] = True


def _planted(plant: Planted) -> dict[str, str]:
    subject = plant.subject
    if plant.record is not None and plant.check.startswith("DQ"):
        table, _, name = subject.partition(".")
        subject = truth_data.subject(table, plant.record) + (f" | {name}" if name else "")
    elif plant.record is not None:
        names = SUBJECTS.get(plant.check, (truth_data.KEYS[plant.subject],))
        subject = " | ".join(getattr(plant.record, name) or "blank" for name in names)
    return {"check": plant.check, "subject": subject, "what": plant.what, "outcome": plant.outcome}


def _hold(planted: list[dict[str, str]], checks: dict[str, dict[str, Any]]) -> None:
    """Refuse a truth in which a plant did not come to the outcome it was planted for."""
    wrong = []
    for plant in planted:
        entry = checks[plant["check"]]
        listed = {
            "breach": plant["subject"] in entry["breaches"],
            "not_evidenced": plant["subject"] in entry["not_evidenced_subjects"],
            "met": plant["subject"] in entry.get("_met", ()),
        }
        came_to = next((outcome for outcome, is_it in listed.items() if is_it), "outside")
        if came_to != plant["outcome"]:
            wrong.append(f"{plant['check']} {plant['subject']}: {plant['what']} came to {came_to}")
    if wrong:
        raise ValueError("planted for another outcome:\n" + "\n".join(wrong))
    for entry in checks.values():
        entry.pop("_met", None)
