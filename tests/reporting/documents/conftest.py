"""One small service, drawn, audited once; its documents made once."""

import datetime as dt

import pytest

from caseaudit.catalogue import load_catalogue
from caseaudit.disclosure import publish
from caseaudit.model import Audit, SourceAccount
from caseaudit.policy import load
from caseaudit.reporting import documents
from caseaudit.running import run
from caseaudit.testing import drawn_tables

D = dt.date(2026, 10, 31)
SERVICE = 'Marsh & Fen <b>"Community"</b> Team'
CODES = ("REV01", "ACU02", "CAP01", "ACU01", "SUP01", "SUP02", "CMP01", "CAP05", "DQ07")


def _drawing():
    staff = ["staff  worker_id | team | wte | layer | role | started_on"]
    cases = ["cases  case_id | team | worker_id | opened_on | acuity_band"]
    reviews = ["reviews  case_id | reviewed_on"]
    supervision = ["supervision  session_id | worker_id | held_on | status | risks_identified"]
    for worker in range(14):
        team = ("North", "South")[worker % 2]
        staff.append(f"WORKER-{worker:02d} | {team} | 1.0 | support | Care manager | 2023-01-09")
        held = D - dt.timedelta(days=10 * worker)
        supervision.append(f"S{worker} | WORKER-{worker:02d} | {held} | held | none")
        for place in range(8):
            case = f"PERSON-{worker:02d}-{place}"
            band = "" if (worker, place) in {(0, 0), (3, 1)} else ("high", "low", "moderate")[place % 3]
            cases.append(f"{case} | {team} | WORKER-{worker:02d} | 2025-01-06 | {band}")
            reviews.append(f"{case} | {D - dt.timedelta(days=20 * worker + place)}")
    return "\n".join("\n".join(table) for table in (staff, cases, reviews, supervision))


@pytest.fixture(scope="session")
def audit():
    tables = drawn_tables(_drawing())
    policy = load(D, values={"max_points_per_wte": 14})
    accounts = tuple(
        SourceAccount(source, (source.file[:-4],), source.rows_read, source.rows_read, 0, 0)
        for source in tables.sources
    )
    return Audit(
        as_at=D, service=SERVICE, results=run(load_catalogue().choose(CODES), tables, policy, D),
        limits=policy.in_force(), accounts=accounts, rejected=(), versions={"caseaudit": "0"},
    )  # fmt: skip


@pytest.fixture(scope="session")
def publications(audit):
    return {
        "internal": publish(audit, "internal"),
        "commissioner": publish(audit, "commissioner", "commissioner", bytes(32)),
    }


@pytest.fixture(scope="session")
def made(publications):
    """(audience, kind, format) → bytes."""
    return {
        (audience, kind, name.rpartition(".")[2]): content
        for audience, publication in publications.items()
        for kind in documents.KINDS
        if audience == "internal" or kind not in documents.INWARD
        for name, content in (
            (report.name, report.content) for report in documents.render(publication, kind, ("html", "pdf"))
        )
    }
