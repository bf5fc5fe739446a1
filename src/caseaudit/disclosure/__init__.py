"""Disclosure control: what one audience may know of an audit. Everything a document prints passes this door.

Suppression happens here, before anything is rendered: the number of a suppressed figure does not exist in what comes
out.
"""

from __future__ import annotations

from caseaudit.disclosure import keys
from caseaudit.disclosure.profiles import DEFAULT as DEFAULT_PROFILE
from caseaudit.disclosure.publishing import publish, verdicts_of
from caseaudit.disclosure.results import public_results

__all__ = ["DEFAULT_PROFILE", "keys", "public_results", "publish", "verdicts_of"]
