"""The limits in force: shipped defaults, with single values set by the user's policy file.

policy = load(as_at, Path("our_policy.toml"))
policy.lookback_days                  # 91
policy.bands["high"].review_days      # 84
policy.limit("max_points_per_wte")    # an expression: the value, by `team` where the policy sets it by team
policy.in_force()                     # every value with basis, source, default, changed, laxer
"""

from __future__ import annotations

from caseaudit.policy.loading import load
from caseaudit.policy.values import Policy, Section

__all__ = ["Policy", "Section", "load"]
