"""From a folder of exports to an audit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from caseaudit.folders import named_digest
from caseaudit.model import Audit, SettingsFile, Statement
from caseaudit.pipeline.tables import Progress, canonical_tables, silent

if TYPE_CHECKING:
    from caseaudit.catalogue import Catalogue
    from caseaudit.model import Tables
    from caseaudit.policy import Policy


@dataclass(frozen=True)
class Request:
    """What a run was asked for.

    Attributes:
        exports: a folder, or files.
        as_at: the day the audit speaks of.
        policy, mapping: the user's files; None for the shipped policy and for headings matched by themselves.
        checks: folders of the user's own checks.
        select, exclude: codes, names or families.
        framework: report by the clauses of this framework; None for the commissioner's questions.
        service: its name, for the cover; blank to leave it out.
    """

    exports: tuple[Path, ...]
    as_at: dt.date
    policy: Path | None = None
    mapping: Path | None = None
    checks: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    framework: str | None = None
    service: str = ""


def audit(request: Request, progress: Progress = silent) -> Audit:
    """Read the exports, make the checks, and say what came of both.

    Raises:
        UsageProblem: a policy, mapping, date or selection is not usable.
        UnreadableExport: an export cannot be read at all.
        NothingToTest: there is no row in any export.
    """
    from caseaudit.catalogue import load_catalogue
    from caseaudit.policy import load
    from caseaudit.running import run

    policy = load(request.as_at, request.policy)
    every = load_catalogue(request.checks)
    catalogue = every.choose(request.select or _of_framework(request.framework, every), request.exclude)
    needed = {field for check in catalogue for field in check.needed}
    looked_at = {"attestations"}.union(*(check.looks_at for check in catalogue))
    tables = canonical_tables(request.exports, request.mapping, needed, looked_at, progress)
    results = run(catalogue, tables, policy, request.as_at, lambda code: progress(f"Checking {code}"), lean=("DQ",))
    return Audit(
        as_at=request.as_at,
        service=request.service,
        results=results,
        limits=policy.in_force(),
        accounts=tables.accounts,
        rejected=tables.rejected,
        notes=(*tables.notes, *_overrides_for_nobody(policy, tables)),
        framework=request.framework,
        versions=versions(),
        lookback_days=policy.lookback_days,
        statements=_statements(tables, request.as_at),
        settings=_settings(request),
    )


def _overrides_for_nobody(policy: Policy, tables: Tables) -> tuple[str, ...]:
    """A name in the policy file that no export writes so would change nothing without a word."""
    if not policy.apart:
        return ()
    import polars as pl

    teams = {
        team
        for frame in tables.frames.values()
        if "team" in frame.columns
        for team in frame.get_column("team").drop_nulls().unique()
    }
    staff = tables.frames.get("staff")
    roles = pl.Series(dtype=pl.String) if staff is None else staff.get_column("role").drop_nulls().unique()
    return policy.for_nobody(teams, set(roles))


def _settings(request: Request) -> tuple[SettingsFile, ...]:
    """The service's own files a run was told to go by, so that it can be shown which gave its figures."""
    given = [("policy", request.policy), ("mapping", request.mapping)]
    own = [("check", path) for folder in request.checks for path in sorted(folder.glob("*.py"))]
    return tuple(SettingsFile(role, *named_digest(path)) for role, path in (*given, *own) if path is not None)


def _of_framework(name: str | None, every: Catalogue) -> tuple[str, ...]:
    """What a run makes when it is asked for a framework: the checks its clauses map, and those of the data itself."""
    if name is None:
        return ()
    from caseaudit import frameworks

    return (*sorted(frameworks.load(name, every).codes), "DQ")


def _statements(tables: Tables, as_at: dt.date) -> tuple[Statement, ...]:
    """The attestations valid on a day: stated by then, and not past their last day."""
    rows = tables.frames.get("attestations")
    if rows is None:
        return ()
    import polars as pl

    valid = rows.filter((pl.col("stated_on") <= as_at) & (pl.col("valid_until") >= as_at)).sort("origin")
    names = ("check_code", "scope", "stated_by", "stated_on", "valid_until", "statement")
    return tuple(Statement(*row) for row in valid.select(names).iter_rows())


def versions() -> dict[str, str]:
    """Versions of the program and of the libraries that a figure may depend on."""
    from importlib.metadata import version

    import caseaudit

    names = ("polars", "pandera", "python-calamine", "weasyprint", "xlsxwriter", "altair", "holidays")
    return {"caseaudit": caseaudit.__version__, **{name: version(name) for name in names}}
