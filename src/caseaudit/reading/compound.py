"""Streams of a compound file, the container of XLS ([MS-CFB])."""

from __future__ import annotations

import struct
from collections.abc import Sequence

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER, _ENTRY = 512, 128
_LAST = 0xFFFFFFFA
"""The numbers above it are no sectors but marks: end of a chain, free, part of a table."""
_STREAM, _ROOT = 2, 5


def stream(data: bytes, *names: str) -> bytes:
    """The first stream of one of the names, whatever their case; empty where there is none or the file is damaged.

    Args:
        data: the file.
        names: names to look for, in the order of preference.
    """
    if len(data) < _HEADER or not data.startswith(SIGNATURE):
        return b""
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if shift not in {9, 12} or mini_shift != 6:
        return b""
    size = 1 << shift
    directory, _, cutoff, mini_first = struct.unpack_from("<IIII", data, 48)
    table = _table(data, size)
    entries = _chain(data, table, directory, size)
    found: dict[str, tuple[int, int]] = {}
    root = 0
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        name_length, kind = struct.unpack_from("<HB", entries, at + 64)
        first, length = struct.unpack_from("<II", entries, at + 116)
        name = entries[at : at + max(min(name_length, 64) - 2, 0)].decode("utf-16-le", errors="replace")
        if kind == _ROOT:
            root = first
        elif kind == _STREAM:
            found.setdefault(name.casefold(), (first, length))
    first, length = next((found[name.casefold()] for name in names if name.casefold() in found), (0, 0))
    if length >= cutoff:
        return _chain(data, table, first, size)[:length]
    small = _chain(data, table, root, size)
    return _chain(small, _numbers(_chain(data, table, mini_first, size)), first, 1 << mini_shift, skip=0)[:length]


def _table(data: bytes, size: int) -> Sequence[int]:
    """For each sector the one that follows it, from the sectors that list this."""
    listed = list(struct.unpack_from("<109I", data, 76))
    further, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        if further >= _LAST:
            break
        *more, further = _numbers(_sector(data, further, size, _skip(size))) or [_LAST]
        listed += more
    return _numbers(b"".join(_sector(data, at, size, _skip(size)) for at in listed if at < _LAST))


def _chain(data: bytes, table: Sequence[int], first: int, size: int, skip: int | None = None) -> bytes:
    """The sectors of a chain one after the other, up to the first that is missing or comes again."""
    before = _skip(size) if skip is None else skip
    got: list[bytes] = []
    at = first
    while at < len(table) and len(got) <= len(table):
        got.append(_sector(data, at, size, before))
        at = table[at]
    return b"".join(got)


def _sector(data: bytes, at: int, size: int, before: int) -> bytes:
    return data[before + at * size : before + (at + 1) * size]


def _skip(size: int) -> int:
    """Bytes before the first sector: the header takes one."""
    return max(_HEADER, size)


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
