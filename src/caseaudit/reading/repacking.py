"""A workbook's package with other bytes in the place of some members."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def repacked(package: zipfile.ZipFile, written: Mapping[str, bytes]) -> bytes:
    """The package, not compressed, with WRITTEN in the place of the members of those names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for member in package.namelist():
            new.writestr(member, written[member] if member in written else package.read(member))
    return out.getvalue()
