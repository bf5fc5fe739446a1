"""Where the project's own files lie, and how files are written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from caseaudit.errors import UsageProblem

_PACKAGE = Path(__file__).resolve().parent
HOME = _PACKAGE if (_PACKAGE / "checks").is_dir() else _PACKAGE.parents[1]
"""Holds checks/, report_templates/ and sample_data/: the package itself when installed, the checkout otherwise."""

CHECKS = HOME / "checks"
POLICY = CHECKS / "policy.toml"
FRAMEWORKS = CHECKS / "frameworks"
TEMPLATES = HOME / "report_templates"
SAMPLE = HOME / "sample_data"


def read_toml(path: Path, kind: str, option: str) -> dict[str, Any]:
    """What a user's TOML file says.

    Args:
        path: the file.
        kind: what it is called: "policy file".
        option: that named it, for who mistyped the name.

    Raises:
        UsageProblem: the file is missing, no UTF-8 or no TOML.
    """
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UsageProblem(f"There is no {kind} {path.name}. Check the name after {option}.") from None
    except (OSError, UnicodeDecodeError):
        raise UsageProblem(f"The {kind} {path.name} cannot be read as UTF-8 text.") from None
    except tomllib.TOMLDecodeError as fault:
        where = str(fault).rpartition("(")[2].rstrip(")")
        raise UsageProblem(f"The {kind} {path.name} is not valid TOML ({where}). Mend that line.") from None


def named_digest(path: Path, folder: Path | None = None) -> tuple[str, str]:
    """A file's name below a folder (its own, where none is given), and the SHA-256 of its bytes.

    Raises:
        OSError: it cannot be read.
    """
    import hashlib

    return path.relative_to(folder or path.parent).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part; only its owner may read it.

    Args:
        path: the file; its folder must exist. A link is replaced, not followed.
        content: its bytes.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
