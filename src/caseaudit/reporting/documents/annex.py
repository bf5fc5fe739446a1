"""What is looked up: the standards and limits, the rule of the verdicts, the exports read, the words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caseaudit.model import Limit
from caseaudit.publication import VERDICT_RULE, Figure, Publication, PublicResult, Verdict
from caseaudit.reporting.documents.pieces import Grid, grid, number
from caseaudit.reporting.documents.wording import (
    BASIS,
    begin,
    limit_name,
    limit_phrase,
    limit_value,
    plain,
    showing,
    title_of,
)

GLOSSARY = (
    ("Acuity", "Intensity of support a person needs. It is no prediction of suicide and must not be used as one."),
    (
        "As-at date",
        "The day the report speaks of. What is dated later is not seen; what is due that day is in time.",
    ),
    ("Met", "What is on record shows that the standard holds."),
    ("Fell short", "What is on record shows that the standard does not hold."),
    ("No record", "The entry that would show it is blank or missing. A blank is never a pass."),
    ("Not assessable", "The check could not be made, because a table or column it needs is not among the exports."),
    ("High acuity", "Cases in a band which the policy marks so."),
    ("Band points", "The weight of a case by its acuity band, added up to a worker's caseload."),
    ("WTE", "Whole-time equivalent: 1.0 is a full-time post."),
)
"""Words of the report, explained."""


def limits_read(publication: Publication) -> list[Limit]:
    """The policy values that the checks of this run read, in the order of the policy."""
    names = {name for result in publication.results for name in result.limits}
    return [limit for limit in publication.limits if any(_under(limit.name, name) for name in names)]


def _under(name: str, read: str) -> bool:
    return name == read or name.startswith((f"{read}.", f"{read} ("))


def annex(publication: Publication, most: int | None = None) -> Mapping[str, Any]:
    """Standards in the checks' own words, limits with their source, the rule of the verdicts, provenance, words.

    Args:
        publication: what this audience may know.
        most: rows of limits and sources at most; then standards are only listed, and what is left out is said. None
            for everything.
    """
    whole = most is None
    read = limits_read(publication)
    house = [limit for limit in read if not _stands_out(limit)]
    return {
        "standards": [_standard(publication, result) for result in publication.results] if whole else [],
        "index": grid(
            "Standards by family, with the share that met each",
            ("Family", "Standards"),
            _index(publication),
            kind="index",
        ),
        "cited": _cited(read, most),
        "house": [(limit_name(limit.name), limit_value(limit), limit.source) for limit in house] if whole else [],
        "unlisted": "" if whole else _unlisted(read, len(house)),
        "rule": _rule(publication),
        "sources": _provenance(publication, most),
        "versions": ", ".join(f"{name} {version}" for name, version in publication.versions.items()),
        "glossary": GLOSSARY,
    }


def _index(publication: Publication) -> list[tuple[str, str]]:
    """Family → its standards with the share that met each, or why there is none."""
    families: dict[str, list[str]] = {}
    for result in publication.results:
        share = str(result.rate) if result.tested else result.status.value
        families.setdefault(result.family, []).append(f"{result.code} {title_of(result.name).lower()}: {share}")
    return [(family, "; ".join(told)) for family, told in families.items()]


def _unlisted(read: list[Limit], house: int) -> str:
    changed = sum(limit.changed for limit in read)
    laxer = sum(limit.laxer for limit in read)
    said = "None of them was changed by the service" if not changed else f"{begin(plain(changed, 'value'))} changed"
    lax = f", {plain(laxer, 'value')} laxer than the standard cited" if laxer else ""
    return (
        f"{begin(plain(len(read), 'policy value'))} bear on this audit; {house:,} of them are house defaults, which no "
        f"law, regulator, contract or guidance sets. {said}{lax}. Every one stands with its source in report.html "
        "and in results.json."
    )


def _rule(publication: Publication) -> list[tuple[str, str]]:
    """The rule of the verdicts; that of statements only where a clause needs them."""
    apart = {Verdict.STATED, Verdict.OPEN}
    given = {question.verdict for question in publication.questions} | (set(Verdict) - apart)
    return [(str(verdict), text) for verdict, text in VERDICT_RULE.items() if verdict in given or apart & given]


def _standard(publication: Publication, result: PublicResult) -> Mapping[str, str]:
    read = [limit for limit in publication.limits if any(_under(limit.name, name) for name in result.limits)]
    return {
        "title": f"{result.code} {title_of(result.name)}",
        "population": result.manual.population,
        "finding": result.manual.finding,
        "sources": result.manual.sources,
        "limits": "; ".join(limit_phrase(limit) for limit in read) if len(read) <= 6 else "",
        "severity": f"{begin(result.severity.value)} severity; basis {BASIS.get(result.basis, result.basis)}.",
    }


def _stands_out(limit: Limit) -> bool:
    """Whether somebody outside the house has set a limit, or the service has changed it."""
    return limit.basis != "house" or limit.changed


def _cited(read: list[Limit], most: int | None) -> Grid:
    """Limits that were changed or rest on a source, changed and laxer ones first where not all are printed."""
    found = [limit for limit in read if _stands_out(limit)]
    shown = found if most is None else sorted(found, key=lambda limit: (not limit.laxer, not limit.changed))
    # What the service changed is what its reader must see: no cut falls on it.
    shown = shown[: max(most or len(shown), sum(limit.changed or limit.laxer for limit in shown))]
    rows = [
        (
            limit_name(limit.name),
            limit_value(limit),
            begin(BASIS.get(limit.basis, limit.basis)),
            begin(limit.source),
            _changed(limit),
        )
        for limit in shown
    ]
    return grid(
        "Limits with a source, or changed", ("Limit", "Value", "Basis", "Source", "Changed"), rows,
        note=showing(len(shown), len(found), "report.html"), kind="limits",
    )  # fmt: skip


def _changed(limit: Limit) -> str:
    if not limit.changed:
        return "no"
    if limit.default is None:
        return "yes"
    way = "laxer than the standard cited" if limit.laxer else limit.against_shipped
    return f"yes, from {limit_value(limit, limit.default)}" + (f"; {way}" if way else "")


def _provenance(publication: Publication, most: int | None) -> Grid:
    """The exports; where not all are printed, those of which most rows were lost, then the longest."""
    accounts = list(publication.accounts)
    if most is not None:
        # Where a number is not shown the order must not tell it.
        accounts = sorted(accounts, key=lambda a: (_shown(a.furniture) - _shown(a.rejected), -_shown(a.rows_read)))
        accounts = accounts[:most]
    cut = showing(len(accounts), len(publication.accounts), "report.html")
    return grid(
        "The exports read", ("Source", "Tables it feeds", number("Rows read"), number("Kept"), number("Rejected"),
                             number("Header in row"), "SHA-256"),
        [
            (a.source.label, ", ".join(t.replace("_", " ") for t in a.tables) or "none", a.rows_read, a.kept,
             a.rejected, str(a.source.header_row), a.source.sha256[:8] or "–")
            for a in accounts
        ],
        note=f"{cut} SHA-256: the first 8 characters of each file's digest; manifest.json has it in full.".strip(),
    )  # fmt: skip


def _shown(figure: Figure) -> float:
    return figure.value or 0
