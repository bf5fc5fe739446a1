"""Streams of a compound file, the container of XLS ([MS-CFB])."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER, _ENTRY, _MINI = 512, 128, 64
_LAST = 0xFFFFFFFA
"""The numbers above it are no sectors but marks: end of a chain, free, part of a table."""
_STREAM, _ROOT = 2, 5


def stream(data: bytes, *names: str) -> bytes:
    """The first stream of one of the names; empty where there is none or the file is damaged.

    Args:
        data: the file.
        names: names to look for, in the order of preference.
    """
    container = _opened(data)
    if container is None:
        return b""
    first, length = next((container.streams[name] for name in names if name in container.streams), (0, 0))
    if length >= container.cutoff:
        return _chain(data, container.table, first, container.size)[:length]
    whole = _chain(data, container.table, container.root, container.size)
    small = _numbers(_chain(data, container.table, container.mini_table, container.size))
    return _chain(whole, small, first, _MINI, before=0)[:length]


def stream_names(data: bytes) -> set[str]:
    """The names of the streams of a compound file; none of a damaged one."""
    container = _opened(data)
    return set(container.streams) if container else set()


@dataclass(frozen=True, slots=True)
class _Container:
    """What header and directory say.

    Attributes:
        size: bytes of a sector.
        table: for each sector the one that follows it.
        streams: name → first sector and length of it.
        root: first sector of what holds the streams shorter than `cutoff`.
        mini_table: first sector of their own table.
    """

    size: int
    table: Sequence[int]
    streams: dict[str, tuple[int, int]]
    root: int
    cutoff: int
    mini_table: int


def _opened(data: bytes) -> _Container | None:
    if len(data) < _HEADER or not data.startswith(SIGNATURE):
        return None
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if shift not in {9, 12} or 1 << mini_shift != _MINI:
        return None
    size = 1 << shift
    directory, _, cutoff, mini_table = struct.unpack_from("<IIII", data, 48)
    table = _table(data, size)
    entries = _chain(data, table, directory, size)
    streams: dict[str, tuple[int, int]] = {}
    root = _LAST
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", entries, at + 64)
        place = struct.unpack_from("<II", entries, at + 116)
        if kind == _ROOT:
            root = place[0]
        elif kind == _STREAM:
            name = entries[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", errors="replace")
            streams.setdefault(name, place)
    return _Container(size, table, streams, root, cutoff, mini_table)


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


def _chain(data: bytes, table: Sequence[int], first: int, size: int, before: int | None = None) -> bytes:
    """The sectors of a chain one after the other, up to the first that is missing; no more than there are."""
    skip = _skip(size) if before is None else before
    got: list[bytes] = []
    at = first
    while at < len(table) and len(got) < len(table):
        got.append(_sector(data, at, size, skip))
        at = table[at]
    return b"".join(got)


def _sector(data: bytes, at: int, size: int, before: int) -> bytes:
    return data[before + at * size : before + (at + 1) * size]


def _skip(size: int) -> int:
    """Bytes before the first sector: the header takes one."""
    return max(_HEADER, size)


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
