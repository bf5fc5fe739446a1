"""Audits made directly from counts, so that a test can ask for any small number it likes."""

import datetime as dt

import polars as pl
import pytest

from caseaudit.model import Audit, Limit, Manual, Result, Severity, Source, SourceAccount, Status, kept

D = dt.date(2026, 10, 31)
MANUAL = Manual("The fault", "Why.", "Who.", "What.", "Do this.", "Nobody.")


def make_result(
    members, *, code="REV01", subject="case", severity="high", target=1.0, columns=("case_id",), measures=None
):
    """A result from (team, outcome, days) of each member."""
    frame = pl.DataFrame(
        [
            {"case_id": f"P{i:05d}", "worker_id": f"W{i:05d}", "team": team, "outcome": outcome, "days_overdue": days}
            for i, (team, outcome, days) in enumerate(members)
        ],
        schema={
            "case_id": pl.String,
            "worker_id": pl.String,
            "team": pl.String,
            "outcome": pl.String,
            "days_overdue": pl.Int64,
        },
    )
    if "case_id" not in columns:
        frame = frame.drop("case_id")
    counts = {word: frame.filter(pl.col("outcome") == word).height for word in ("met", "breach", "not evidenced")}
    short = frame.filter(pl.col("outcome") != "met")
    findings = short.select(
        check=pl.lit(code), status="outcome", severity=pl.lit(severity), subject_type=pl.lit(subject),
        subject=columns[0], team="team", measure=pl.lit("it holds"), detail=pl.lit("It does not."),
        action=pl.lit("Do this."), source_file=pl.lit("cases.csv"), source_sheet=pl.lit(None, dtype=pl.String),
        source_row=pl.lit(2, dtype=pl.Int64), fingerprint=pl.lit("f"),
    )  # fmt: skip
    if not frame.height:
        status = Status.NOT_APPLICABLE
    else:
        status = Status.MET if counts["met"] >= round(target * frame.height, 6) else Status.NOT_MET
    return Result(
        code=code, name="review_overdue", family=code[:3], severity=Severity(severity), owner="named worker",
        basis="house", subject=subject, subject_columns=columns, manual=MANUAL, status=status,
        population=frame.height, met=counts["met"], breach=counts["breach"], not_evidenced=counts["not evidenced"],
        target=target, measures=measures or {}, standards={"days_overdue": "the review was held"},
        limits=("first_review_days",), evidence=kept(frame), findings=kept(findings),
    )  # fmt: skip


def members_of(met, breach, silent, team="North"):
    """Members of one team by outcome; those in breach are 1, 2, 3 ... days over."""
    return [
        *[(team, "met", -5)] * met,
        *[(team, "breach", day + 1) for day in range(breach)],
        *[(team, "not evidenced", None)] * silent,
    ]


def make_audit(*results):
    """An audit of these results."""
    source = Source("cases.csv", None, "ab" * 32, "utf-8", ",", 1, 900, ("3 cells of 'Band' were read as blank.",))
    return Audit(
        as_at=D, service="Northshire", results=results,
        limits=(Limit("first_review_days", 56, 56, "guidance", "Care Act"),),
        accounts=(SourceAccount(source, ("cases",), 900, 900, 0, 0),), rejected=(),
        notes=("Dates of 'Opened' are day first.", "2 words of 'Band' were mapped."), versions={"caseaudit": "0"},
    )  # fmt: skip


@pytest.fixture
def result_of():
    return make_result


@pytest.fixture
def members():
    return members_of


@pytest.fixture
def audit_of():
    return make_audit
