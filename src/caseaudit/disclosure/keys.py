"""The key of the pseudonyms: kept in a file of its own, outside every pack, which only its owner may read."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from caseaudit.errors import UsageProblem

LENGTH = 32
"""Bytes of a key: as long as the digest it keys."""


def load_or_make(path: Path) -> bytes:
    """The key in a file; the file is made, with mode 0600, when there is none.

    Keep the file: only with the same key does a case or worker keep its pseudonym from month to month.

    Raises:
        UsageProblem: the file cannot be read or written, holds no key, or others than its owner may read it.
    """
    try:
        return _made(path)
    except FileExistsError:
        return _loaded(path)
    except OSError as fault:
        raise UsageProblem(f"The key file '{path.name}' cannot be made ({fault.strerror}).") from None


def _made(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_bytes(LENGTH)
    # O_EXCL: of two runs that begin at once, one makes the key and the other reads it; a link is not followed.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{key.hex()}\n")
    return key


def _loaded(path: Path) -> bytes:
    try:
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise UsageProblem(f"Others may read the key file '{path.name}'. Run `chmod 600` on it.")
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        key = b""
    if len(key) != LENGTH:
        raise UsageProblem(
            f"The key file '{path.name}' holds no key ({LENGTH} bytes in hexadecimal). Name another file; it is made."
        )
    return key
