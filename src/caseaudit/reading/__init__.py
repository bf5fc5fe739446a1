"""Reads the exports of record systems: whatever is in the files is read right, or refused in one sentence.

Two doors: `survey` finds out what there is and how it is to be understood, `load` reads the rows; `let_go` closes what
stayed open between them. Every record is kept as it stands or set aside with its physical row and the reason, so that
rows read = rows kept + rows set aside.
"""

from __future__ import annotations

from caseaudit.reading.doors import Survey, let_go, load, survey

__all__ = ["Survey", "let_go", "load", "survey"]
