"""Running checks over tables. Here alone a status is decided."""

from __future__ import annotations

from caseaudit.running.runner import run

__all__ = ["run"]
