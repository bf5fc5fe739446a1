"""The statistics of an audit as plain functions: exact, standard library only, usable without the rest.

- ``sampling``: how many cases to audit, which ones, and what the result lets one claim.
- ``spc``: XmR charts after NHS England's "Making Data Count".
- ``funnel``: is a team's proportion further from the service's than chance explains?
- ``concentration``: is the work held by a few people?

Rates, confidences and levels are decimals everywhere: a string, ``Decimal``, ``int`` or ``Fraction`` is taken
as written, and a float stands for the shortest decimal that prints as it, so 0.95 means 95 % exactly.
"""

from caseaudit.statistics import concentration, funnel, sampling, spc

__all__ = ["concentration", "funnel", "sampling", "spc"]
