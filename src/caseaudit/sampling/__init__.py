"""Case sampling: how many cases to audit, which ones, the sheet to audit them with, and what it lets one say.

plan -> draw -> files -> (a person fills sample.xlsx) -> register, filled rows -> evaluate
"""

from __future__ import annotations

from pathlib import Path

from caseaudit.sampling.audit_sheet import workbook
from caseaudit.sampling.drawing import Draw, Order, draw
from caseaudit.sampling.evaluating import evaluate
from caseaudit.sampling.evaluation import Evaluation, Finding
from caseaudit.sampling.filled_sheet import filled_rows, sheets_of
from caseaudit.sampling.manifest import NAME as MANIFEST
from caseaudit.sampling.manifest import Register, manifest_file, read_register
from caseaudit.sampling.planning import METHODS, Aim, Plan, plan
from caseaudit.sampling.questions import Question, load_questions
from caseaudit.sampling.shares import percent, share_of

__all__ = [
    "MANIFEST",
    "METHODS",
    "Aim",
    "Draw",
    "Evaluation",
    "Finding",
    "Order",
    "Plan",
    "Question",
    "Register",
    "draw",
    "evaluate",
    "evaluate_file",
    "load_questions",
    "manifest_file",
    "percent",
    "plan",
    "read_register",
    "share_of",
    "workbook",
]


def evaluate_file(
    sheet: Path,
    register: Register,
    tolerable: str | None = None,
    confidence: str | None = None,
    *,
    allow_incomplete: bool = False,
) -> Evaluation:
    """Evaluate a filled audit sheet; see ``evaluate``.

    Args:
        sheet: the workbook.
        register: the draw it belongs to.
        tolerable: a share as typed; None for what it was drawn for.
        confidence: likewise.
        allow_incomplete: take blank answers for errors.
    """
    shares = (
        share_of(tolerable, "--tolerable") if tolerable else None,
        share_of(confidence, "--confidence") if confidence else None,
    )
    rows = filled_rows(sheets_of(sheet), register.questions)
    return evaluate(rows, register, *shares, allow_incomplete=allow_incomplete)
