"""Which values may differ from team to team, and which from role to role."""

from __future__ import annotations

BY_TEAM = frozenset(
    {
        "abnormal_follow_up_days",
        "allocation_review_days",
        "band_confirmation_days",
        "briefing_days",
        "case_sampling_days",
        "clinical_wte_per_10_high_acuity",
        "concentration_min_cases",
        "continuity_share",
        "dna_closure_days",
        "drift_min_cases",
        "escalation_discussed_days",
        "escalation_follow_up_days",
        "escalation_response_days",
        "exception_review_days",
        "high_acuity_cases_for_closer_supervision",
        "huddles_per_week",
        "inversion_min_cases",
        "learning_review_days",
        "max_concentration_ratio",
        "max_high_acuity_per_wte",
        "max_points_per_wte",
        "max_routine_share",
        "max_service_cancellations",
        "max_supervisees",
        "max_team_points_per_wte",
        "max_temporary_staffing",
        "max_turnover",
        "max_vacancy_rate",
        "planned_contact_target",
        "recording_days",
        "routine_min_contacts",
        "signals_for_band_review",
        "supervision.high_acuity",
        "supervision.peer",
        "supervision.standard.fail",
        "supervision.standard.warn",
        "task_and_risk_review_days",
        "triage_days",
        "vacancy_days",
    }
)
"""Values that the checks read row by row, with policy.limit("name"). Any other set for one team would change nothing
and yet be printed as in force. A test holds this list to the checks."""

BY_ROLE = frozenset(
    {
        "briefing_days",
        "concentration_min_cases",
        "drift_min_cases",
        "escalation_discussed_days",
        "high_acuity_cases_for_closer_supervision",
        "max_concentration_ratio",
        "max_high_acuity_per_wte",
        "max_points_per_wte",
        "max_routine_share",
        "max_supervisees",
        "routine_min_contacts",
        "supervision.high_acuity",
        "supervision.peer",
        "supervision.standard.fail",
        "supervision.standard.warn",
    }
)
"""Those of them that are asked of a worker, where the evidence has the worker's `role`. A test holds this list too."""
