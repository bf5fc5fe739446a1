"""The command line: options in, exit code out. Everything a command does is a library call.

Exit codes: 0 all met · 1 findings at or above --fail-on · 2 usage or settings · 3 an export cannot be read, or nothing
could be tested · 4 a check or template failed (outranks findings) · 5 another run holds the lock.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

UNEXPECTED, TOLD_TO_END = 4, 143

ALLOCATOR = {"_RJEM_MALLOC_CONF": "dirty_decay_ms:1000,muzzy_decay_ms:0"}
"""Memory that Polars has let go of goes back to the machine after one second, not ten: at 100,000 cases a tenth less at
the peak. Read once, as Polars is loaded."""


def main() -> None:
    """Run the command line. A problem a user can act on is one message; no traceback reaches a user."""
    from caseaudit.cli.app import app
    from caseaudit.errors import CaseauditError

    os.environ.update({name: value for name, value in ALLOCATOR.items() if name not in os.environ})
    # Told to end (a shutdown, a scheduler's time limit), a run takes its half-written folder with it.
    signal.signal(signal.SIGTERM, _end)
    try:
        app()
    except CaseauditError as problem:
        _say(f"caseaudit: {problem}")
        sys.exit(problem.exit_code)
    except KeyboardInterrupt:
        _say("caseaudit: stopped. No pack was written.")
        sys.exit(130)
    except BrokenPipeError:
        # The reader of a pipe has gone (`caseaudit checks | head`); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as fault:
        if os.environ.get("CASEAUDIT_TRACEBACK"):
            raise
        _say(
            f"caseaudit: the program itself failed ({type(fault).__name__}). No pack was written. Please report it, "
            "with what CASEAUDIT_TRACEBACK=1 before the same command prints, after removing any personal data."
        )
        sys.exit(UNEXPECTED)


def _end(*_: object) -> NoReturn:
    """End in order. Being told once more does not interrupt that."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(TOLD_TO_END)


def _say(message: str) -> None:
    print(message, file=sys.stderr)  # noqa: T201 - the one place that speaks before a console exists
