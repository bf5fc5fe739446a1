"""Where the project's own files lie, and how files are written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
HOME = _PACKAGE if (_PACKAGE / "checks").is_dir() else _PACKAGE.parents[1]
"""Holds checks/, report_templates/ and sample_data/: the package itself when installed, the checkout otherwise."""

CHECKS = HOME / "checks"
POLICY = CHECKS / "policy.toml"
FRAMEWORKS = CHECKS / "frameworks"
TEMPLATES = HOME / "report_templates"
SAMPLE = HOME / "sample_data"


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
