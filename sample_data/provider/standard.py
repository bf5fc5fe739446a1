"""The limits of the default policy, copied by hand from the words of the standard (not from the program)."""

from __future__ import annotations

from datetime import date

BANDS = ("very_high", "high", "moderate", "low")
HIGH_ACUITY = frozenset({"very_high", "high"})
REVIEW_DAYS = {"very_high": 28, "high": 84, "moderate": 182, "low": 365}
CONTACT_DAYS = {"very_high": 7, "high": 14, "moderate": 28, "low": 84}
RISK_CHECK_DAYS = {"very_high": 7, "high": 14}
POINTS = {"very_high": 6, "high": 3, "moderate": 2, "low": 1}
BAND_COMPETENCIES = {
    "very_high": frozenset({"risk_formulation", "escalation_decision", "safeguarding"}),
    "high": frozenset({"escalation_decision", "safeguarding"}),
    "moderate": frozenset({"safeguarding"}),
    "low": frozenset({"safeguarding"}),
}
NEED_COMPETENCY = {
    "medication": "medicines_awareness",
    "safeguarding": "safeguarding",
    "physical_health": "physical_health_risk",
    "substance_misuse": "dual_diagnosis",
}
COMPETENCIES = (
    "safeguarding",
    "escalation_decision",
    "risk_formulation",
    "medicines_awareness",
    "physical_health_risk",
    "dual_diagnosis",
)
SIGNAL_DAYS = {
    "ed_attendance": 3,
    "housing_loss": 3,
    "medication_disruption": 2,
    "domestic_abuse": 1,
    "missed_visits": 3,
}
CHECK_TYPES = ("alcohol", "glucose", "lipids", "blood_pressure", "bmi", "smoking")
CLINICAL_TASKS = (
    "risk_formulation",
    "safeguarding_decision",
    "medication_review",
    "crisis_escalation",
    "competency_sign_off",
)
SIGNED_OFF_TASKS = ("care_plan_review", "risk_assessment_update")
ANY_LAYER_TASKS = ("engagement", "practical_support", "physical_health_prompt")
ROUTINE_PURPOSES = frozenset({"practical_support", "engagement", "transport"})
STAFFING_FACTORS = frozenset({"staffing_gap", "missed_escalation"})

LOOKBACK = 91
FIRST_REVIEW = 56
BANK_HOLIDAYS = frozenset(
    {
        date(2024, 12, 25), date(2024, 12, 26), date(2025, 1, 1), date(2025, 4, 18), date(2025, 4, 21),
        date(2025, 5, 5), date(2025, 5, 26), date(2025, 8, 25), date(2025, 12, 25), date(2025, 12, 26),
        date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25),
        date(2026, 8, 31),
    }
)  # fmt: skip
"""England, November 2024 to October 2026."""


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in BANK_HOLIDAYS
