"""Every way a run can end badly, each with its exit code.

    CaseauditError
    ├── UsageProblem          2   an option, date, mapping, policy or settings file is not usable
    ├── UnreadableExport      3   an export cannot be read at all
    ├── NothingToTest         3   no export, or none that any selected check could use
    ├── CheckProblem          4   a check file or its standard is faulty
    ├── TemplateProblem       4   a report could not be made
    └── PackLocked            5   another run is writing the same pack

A message names file, sheet, row and column, what was expected and what to do next. It never quotes a cell of an
export: a message ends up in terminals, mails and logs where personal data must not be.
"""

from __future__ import annotations

from typing import ClassVar


class CaseauditError(Exception):
    """A problem a user can act on; shown as its message alone, never as a traceback."""

    exit_code: ClassVar[int] = 2


class UsageProblem(CaseauditError):
    """An option, a date, or a settings, policy or mapping file is not usable."""


class UnreadableExport(CaseauditError):
    """An export cannot be read at all: missing, locked, encrypted, truncated or of an unknown kind."""

    exit_code = 3


class NothingToTest(CaseauditError):
    """There is no export, or none that any selected check could use."""

    exit_code = 3


class CheckProblem(CaseauditError):
    """A check file, or the standard in it, is faulty."""

    exit_code = 4


class TemplateProblem(CaseauditError):
    """A report could not be made from its template."""

    exit_code = 4


class PackLocked(CaseauditError):
    """Another run is writing to the same folder."""

    exit_code = 5
