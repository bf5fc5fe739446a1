"""A pack: the folder a run writes. It appears whole or not at all, and its manifest vouches for every file."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from caseaudit.errors import PackLocked, UsageProblem
from caseaudit.folders import write_whole
from caseaudit.model import Audit, Report, SettingsFile
from caseaudit.publication import Figure, PublicAccount
from caseaudit.reporting.results import json_file

MANIFEST = "manifest.json"
MANIFEST_SCHEMA = "1.0"


def manifest(
    audit: Audit,
    audience: str,
    digests: Mapping[str, str],
    accounts: Sequence[PublicAccount] | None = None,
    shown_by: Sequence[SettingsFile] = (),
) -> Report:
    """manifest.json: digests of every input, settings file and output, versions, policy, and what became of the rows.

    Described by manifest.schema.json.

    Args:
        audit: as the run found it.
        audience: who may read the pack.
        digests: name of each other file → SHA-256 of its bytes.
        accounts: what its reader may know of the rows; None for a reader who may know everything.
        shown_by: the service's own files that set how the documents look.
    """
    inputs = {account.source.file: account.source.sha256 for account in audit.accounts}
    data: dict[str, Any] = {
        "schema_version": MANIFEST_SCHEMA,
        "as_at": audit.as_at.isoformat(),
        "service": audit.service,
        "audience": audience,
        "versions": dict(audit.versions),
        "inputs": [{"file": file, "sha256": digest} for file, digest in inputs.items()],
        "settings": [asdict(file) for file in (*audit.settings, *shown_by)],
        "rows": [
            {
                "file": account.source.file,
                "sheet": account.source.sheet,
                "rows_read": _told(account.rows_read),
                "rows_kept": _told(account.kept),
                "rows_rejected": _told(account.rejected),
            }
            for account in (audit.accounts if accounts is None else accounts)
        ],
        "policy": [asdict(limit) for limit in audit.limits],
        "outputs": [{"file": file, "sha256": digest} for file, digest in digests.items()],
    }
    return json_file(MANIFEST, data)


def _told(rows: int | Figure) -> int | None:
    """A number of rows; null where it is not shown."""
    if isinstance(rows, int):
        return rows
    return None if rows.value is None else int(rows.value)


@contextmanager
def locked(folder: Path, *, answered: bool = False) -> Iterator[None]:
    """Hold the right to write a pack folder. What a run that was killed left there is put right first.

    Args:
        folder: the pack.
        answered: whether the replies somebody may have written into an earlier pack's findings.xlsx are taken over.

    Raises:
        PackLocked: another run holds it.
        UsageProblem: the place cannot be written to, holds something that is no pack, or replies that would be lost.
    """
    from filelock import FileLock, Timeout

    _writable(folder)
    lock = FileLock(folder.parent / f".{folder.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise PackLocked(f"Another run is writing to '{folder.name}'. Wait for it, or choose another --out.") from None
    try:
        _as_before(folder)
        if not answered:
            _not_filled_in(folder)
        yield
    finally:
        lock.release()


def _writable(folder: Path) -> None:
    if folder.is_file():
        raise UsageProblem(
            f"--out '{folder.name}' is a file. Name a folder that does not exist yet, or an earlier pack."
        )
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise UsageProblem(
            f"--out '{folder.name}' holds files that are no caseaudit pack, which a run would replace. "
            "Name a folder that does not exist yet, an empty one, or an earlier pack."
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise UsageProblem(f"The folder for --out '{folder.name}' cannot be made ({fault.strerror}).") from None


def _not_filled_in(folder: Path) -> None:
    """Refuse to replace a findings.xlsx into which somebody has written since."""
    filled = folder / "findings.xlsx"
    if (folder / MANIFEST).is_file() and filled.is_file() and "findings.xlsx has been changed." in verify_pack(folder):
        raise UsageProblem(
            f"findings.xlsx in '{folder.name}' has been filled in since it was written, and a run would replace it. "
            f"Take the replies over with --replies {folder.name}/findings.xlsx, or choose another --out."
        )


def write_pack(folder: Path, files: Iterable[Report]) -> list[str]:
    """Write a pack beside its place, then move it there. An earlier pack is replaced at the last moment.

    Args:
        folder: the pack, `locked` by the caller.
        files: its files. Each is let go of once it is written. If making one fails, nothing is left behind.

    Returns:
        The names of the files.

    Raises:
        UsageProblem: the place cannot be written to.
    """
    beside = _beside(folder)
    names = []
    try:
        beside.mkdir(mode=0o700)
        for file in files:
            path = beside / file.name
            path.parent.mkdir(exist_ok=True)
            write_whole(path, file.content)
            names.append(file.name)
            del file  # or it would be held while the next one is made
        if folder.exists():
            folder.rename(_earlier(folder))
        beside.rename(folder)
    except OSError as fault:
        raise UsageProblem(f"The pack '{folder.name}' could not be written ({fault.strerror}).") from None
    finally:
        _as_before(folder)
    return names


def _beside(folder: Path) -> Path:
    """Where a pack is written. The name is always the same, so that a run finds what one that was killed has left."""
    return folder.with_name(f".{folder.name}.unfinished")


def _earlier(folder: Path) -> Path:
    """Where the earlier pack is while the new one takes its place."""
    return folder.with_name(f".{folder.name}.earlier")


def _as_before(folder: Path) -> None:
    """Take away what is half done; an earlier pack whose place is still empty goes back there."""
    if _earlier(folder).exists() and not folder.exists():
        _earlier(folder).rename(folder)
    shutil.rmtree(_beside(folder), ignore_errors=True)
    shutil.rmtree(_earlier(folder), ignore_errors=True)


def verify_pack(folder: Path) -> list[str]:
    """What of a pack is not as its manifest says, one sentence each; empty when all is.

    Raises:
        UsageProblem: the folder has no manifest that can be read.
    """
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    added = there - _digests(folder).keys() - {MANIFEST}
    return altered_files(folder) + [f"{name} was added." for name in sorted(added)]


def altered_files(folder: Path, only: Callable[[str], bool] = lambda _: True) -> list[str]:
    """Which files that a pack's manifest lists are missing or have been changed, one sentence each.

    Args:
        folder: the pack.
        only: of which files it is asked, by name.

    Raises:
        UsageProblem: the folder has no manifest that can be read.
    """
    faults = []
    for name, digest in _digests(folder).items():
        if not only(name):
            continue
        try:
            content = (folder / name).read_bytes()
        except OSError:
            faults.append(f"{name} is missing.")
            continue
        if hashlib.sha256(content).hexdigest() != digest:
            faults.append(f"{name} has been changed.")
    return faults


def _digests(folder: Path) -> dict[str, str]:
    try:
        outputs = json.loads((folder / MANIFEST).read_text("utf-8"))["outputs"]
        return {str(entry["file"]): str(entry["sha256"]) for entry in outputs}
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageProblem(f"'{folder.name}' is no pack: it has no manifest.json that can be read.") from None
