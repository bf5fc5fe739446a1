"""What a run found out, and the files made of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from caseaudit.model.exports import Rejected
from caseaudit.model.results import Result
from caseaudit.model.tables import SourceAccount


@dataclass(frozen=True, slots=True)
class Limit:
    """One policy value in force, as the report prints it.

    Attributes:
        name: dotted key of the policy, e.g. "bands.high.review_days".
        value: the value in force.
        default: the shipped value.
        basis: law | regulator | contract | nice | guidance | policy | house.
        source: who says so.
        changed: whether the user's policy file sets it.
        laxer: True when it is laxer than the cited standard.
        lax: "more" or "less", the direction in which a value would be laxer; None where neither is.
    """

    name: str
    value: Any
    default: Any
    basis: str
    source: str
    changed: bool = False
    laxer: bool = False
    lax: str | None = None

    @property
    def against_shipped(self) -> str | None:
        """Whether it is "stricter" or "laxer" than the shipped value, whoever set that; None where neither is."""
        if self.lax is None or self.default is None or self.value == self.default:
            return None
        return "laxer" if (self.value > self.default) == (self.lax == "more") else "stricter"


@dataclass(frozen=True, slots=True)
class Statement:
    """A person's statement for what no export shows, valid on the as-at date.

    Attributes:
        code: code of a check, or `framework:clause`, such as "cqc:18(2)(b)".
        scope: whom or what it speaks of; None for the whole service.
        stated_by: who made it; never shown but internally.
        stated_on, valid_until: its days; both included.
        statement: its words.
    """

    code: str
    scope: str | None
    stated_by: str
    stated_on: dt.date
    valid_until: dt.date
    statement: str


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A service's own file that sets what is looked at or how it is shown, so that it can be known again.

    Attributes:
        role: policy | mapping | check, of a run; settings | logo | template, of documents.
        file: its name, below the folder it was given in; never a path of the machine.
        sha256: of its bytes.
    """

    role: str
    file: str
    sha256: str


@dataclass(frozen=True)
class Audit:
    """Everything one run found out, enough to make every report from it again.

    Attributes:
        as_at: the day the audit speaks of.
        service: name of the service, blank when the settings give none.
        results: one per check, in the order of their codes.
        limits: the policy in force.
        accounts, rejected, notes: what became of the exports' rows.
        framework: name of the framework asked for, if any.
        versions: program and library versions.
        lookback_days: length of the period the audit looks back over.
        statements: persons' statements valid on the as-at date.
        settings: the service's own files that set what was looked at; none where everything is as shipped.
    """

    as_at: dt.date
    service: str
    results: Sequence[Result]
    limits: Sequence[Limit]
    accounts: Sequence[SourceAccount]
    rejected: Sequence[Rejected]
    notes: Sequence[str] = ()
    framework: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    lookback_days: int = 91
    statements: Sequence[Statement] = ()
    settings: Sequence[SettingsFile] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One file of a pack: its name and bytes, for one audience."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Digest of its bytes, by which a manifest vouches for it."""
        return hashlib.sha256(self.content).hexdigest()
