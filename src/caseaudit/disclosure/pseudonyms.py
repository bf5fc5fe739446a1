"""Names for cases and workers that lead nobody back to them without the key, and stay the same from month to month.

A plain digest would not do: all valid NHS numbers can be tried against one within the hour. HMAC-SHA-256 (RFC 2104)
with a key kept outside the pack cannot be tried without it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

_PREFIX = {"case": "C", "worker": "W"}
_KIND_OF = {"case_id": "case", "worker_id": "worker", "supervisor_id": "worker"}

# Crockford's alphabet: no I, L, O or U, so that a pseudonym can be read out on the telephone.
_READABLE = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def pseudonym(column: str, identifier: str, key: bytes) -> str:
    """A name such as "C-4TZ9-KQ7M" for the identifier in a column; 40 bits, so that two seldom share one.

    Args:
        column: where the identifier stands, such as "case_id": a case and a worker with one number differ.
        identifier: as exported.
        key: as `keys.load_or_make` gives it.
    """
    kind = _KIND_OF.get(column, column.removesuffix("_id"))
    digest = hmac.new(key, f"{kind}\x1f{identifier}".encode(), hashlib.sha256).digest()
    text = base64.b32encode(digest[:5]).translate(_READABLE).decode()
    return f"{_PREFIX.get(kind, kind[:1].upper())}-{text[:4]}-{text[4:]}"
