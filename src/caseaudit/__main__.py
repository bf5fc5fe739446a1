"""`python -m caseaudit`."""

from __future__ import annotations

from caseaudit.cli import main

main()
