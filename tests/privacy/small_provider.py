"""A small provider, made from the sample: few cases and workers in each team, so that most counts are small."""

import datetime as dt
import random
from dataclasses import replace

import polars as pl

from caseaudit import pipeline
from caseaudit.catalogue import load_catalogue
from caseaudit.folders import SAMPLE
from caseaudit.model import Audit, SourceAccount
from caseaudit.policy import load
from caseaudit.running import run

AS_AT = dt.date(2026, 10, 31)


def small_provider(cases=10, seed=1):
    """An audit of the sample as if each team had so many open cases, and some closed ones, and no others.

    Rows of other cases are taken out of every table, and of the account of every source.
    """
    tables = pipeline.understood((SAMPLE / "exports",)).tables
    everybody = tables.frames["cases"].filter(pl.col("team").is_not_null()).sort("case_id")
    rng, chosen = random.Random(seed), set()
    for _, own in everybody.group_by("team", maintain_order=True):
        for part, number in (
            (own.filter(pl.col("closed_on").is_null()), cases + rng.randrange(-4, 3)),
            (own.filter(pl.col("closed_on").is_not_null()), 4),
        ):
            chosen |= set(rng.sample(part["case_id"].unique(maintain_order=True).to_list(), min(number, part.height)))
    frames = {
        name: frame.filter(pl.col("case_id").is_in(sorted(chosen))) if "case_id" in frame.columns else frame
        for name, frame in tables.frames.items()
    }
    accounts = tuple(_smaller(account, place, frames) for place, account in enumerate(tables.accounts))
    fewer = replace(tables, frames=frames, accounts=accounts, rejected=tables.rejected[:3])
    policy = load(AS_AT)
    results = run(load_catalogue().choose(None), fewer, policy, AS_AT)
    return Audit(
        AS_AT, "Small provider", results, policy.in_force(), accounts, fewer.rejected, versions={"caseaudit": "0"}
    )


def _smaller(account, place, frames):
    rows = max((frame.filter(pl.col("origin") // 2**32 == place).height for frame in frames.values()), default=0)
    source = replace(account.source, rows_read=rows + 1, notes=())
    return SourceAccount(source, account.tables, rows + 1, rows, 1, 0)
