"""Headings that speak of another time than a field, or of other people: what is due is not done, a manager no nurse.

The words of a heading are what it says; but what it says of something yet to be done ("To be signed off by", "Follow-up
booked") is no record that it was. Such a column is asked about, however well its other words are known.
"""

from __future__ import annotations

import re
from functools import lru_cache

from caseaudit.mapping.folding import words_of
from caseaudit.tables import FieldSpec

_YET = re.compile(r"\b(?:due|overdue|deadline|awaiting|yet to|(?:to|will|must|should) be)\b")
_ARRANGED = re.compile(r"\b(?:booked|planned|scheduled|arranged|offered|invited|expected|target)\b|^for\b")
_AGAIN = re.compile(r"\b(?:next|again|by|until|before|needs?|needed)\b")
_OVER = re.compile(r"\b(?:reviewed|reassessed|rechecked|reconfirmed|restated|repeated|renewed)\b")
_WANTED = re.compile(r"\b(?:required|requested|needed|target|ideal|wanted|vacant|advertised)\b")
_NO_CLINICIAN = re.compile(
    r"\b(?:admin|manager|peer|support worker|volunteer|reception\w*|apolog\w*|absent|invited|leave|trainee|student)\b"
)
_GIVER = re.compile(r"\b(?:allocating|assigning|delegating|referring|requesting)\b")
_MEETING = re.compile(r"\b(?:appointments?|appts?|apptmt|slots?|bookings?)\b")
_FOLLOWS = re.compile(r"\b(?:follow\w*|f u|fu|next|actions?|check|review\w*)\b")
_ONES_OWN = re.compile(r"\b(\w{4,})s \1\b")

_HAPPENED = frozenset(
    ("reviewed_on", "held_on", "done_on", "completed_on", "signed_off_on", "confirmed_on", "competency_confirmed_on",
     "follow_up_done_on", "first_contact_on", "triaged_on", "accepted_on", "responded_on", "learning_review_on",
     "huddle_on", "last_briefing_on", "training_completed_on", "occurred_on", "recorded_on", "closed_on", "left_on",
     "discharged_from_inpatient_on", "set_on")
)  # fmt: skip
_AHEAD = frozenset(
    ("next_review_on", "due_on", "review_due_on", "expires_on", "registration_expires_on", "valid_until")
)
"""Fields of days on which something was done, and of days by which something has to be."""


def speaks_of_another(heading: str, one: FieldSpec) -> bool:
    """Whether a heading says that a column holds something like a field, of another time or of somebody else."""
    said = _said(heading)
    if one.kind == "day":
        return _of_another_time(said, one)
    if one.kind == "number":
        return one.name != "wte" and bool(_WANTED.search(said))
    if one.kind != "ident":
        return False
    if one.name in {"duty_clinician_id", "clinician_id"} and _NO_CLINICIAN.search(said):
        return True
    if one.name in {"worker_id", "owner_id"} and _GIVER.search(said):
        return True
    return bool(_ONES_OWN.search(said)) or (one.name.endswith("_by") and bool(_YET.search(said)))


def _of_another_time(said: str, one: FieldSpec) -> bool:
    if one.name == "first_contact_on" and _MEETING.search(said):
        return True  # an appointment is offered; whether it was kept, another column says
    if one.path == "supervision.follow_up_on" and _ARRANGED.search(said):
        return not _FOLLOWS.search(said)  # the session planned, not what was agreed in it
    if one.name in _AHEAD:
        return bool(_OVER.search(said)) and not (_YET.search(said) or _AGAIN.search(said))
    # Elsewhere a follow-up is a day agreed upon; of an abnormal result it is what has been done.
    if one.name in _HAPPENED or one.path == "physical_checks.follow_up_on":
        return bool(_YET.search(said) or _ARRANGED.search(said))
    return False


@lru_cache(maxsize=4096)
def _said(heading: str) -> str:
    return " ".join(words_of(heading))
