"""What an analyst would write instead: REV01, SUP01, CMP01 and ACU01 in pandas over the same files.

Knows these very files, and keeps no rejected rows, no source rows and no reasons; see by_hand_duckdb.py.

    python bench/by_hand_pandas.py EXPORTS AS_AT
"""

import json
import sys
from pathlib import Path

import pandas as pd
from by_hand_duckdb import BANDS, BLANK, NEEDS, REQUIRED


def read(folder: Path) -> dict[str, pd.DataFrame]:
    excel = {"engine": "calamine", "dtype": object}
    return {
        "caseload": pd.read_excel(folder / "Caseload report Oct 2026.xlsx", header=5, **excel),
        "supervision": pd.concat(pd.read_excel(folder / "Supervision log.xlsx", header=2, sheet_name=None, **excel)),
        "matrix": pd.read_excel(folder / "Competency matrix.xlsx", header=3, **excel),
        "reviews": pd.read_csv(folder / "reviews_2024-2026.csv", sep=";", encoding="cp1252", dtype=object),
        "staff": pd.read_csv(folder / "Staff list (HR).csv", dtype=object),
        "signoffs": pd.read_csv(folder / "competency_signoffs.csv", dtype=object),
        "allocations": pd.read_csv(folder / "Allocations.csv", sep="\t", dtype=object),
        "incidents": pd.read_csv(folder / "Incidents.csv", sep=";", encoding="cp1252", dtype=object),
    }


def ident(column: pd.Series) -> pd.Series:
    text = column.astype("string").str.replace("\u00a0", " ").str.strip()
    return text.mask(text.str.lower().isin(BLANK))


def word(column: pd.Series) -> pd.Series:
    return ident(column).str.lower()


def day(column: pd.Series) -> pd.Series:
    text = column.astype("string").str.strip()
    iso = pd.to_datetime(text.str[:10], format="%Y-%m-%d", errors="coerce")
    return iso.fillna(pd.to_datetime(text, format="%d/%m/%Y", errors="coerce"))


def open_cases(caseload: pd.DataFrame, as_at: pd.Timestamp) -> pd.DataFrame:
    cases = pd.DataFrame(
        {
            "case_id": ident(caseload["Case Ref"]),
            "worker_id": ident(caseload["Care Co-ordinator ID"]),
            "opened_on": day(caseload["Referral Opened"]),
            "closed_on": day(caseload["Closed"]),
            "band": word(caseload["Acuity"]),
            "needs": word(caseload["Needs"]),
            "last_review": day(caseload["Last Review"]),
            "next_review": day(caseload["Next Review Due"]),
            "hold_from": day(caseload["On hold from"]),
            "hold_until": day(caseload["On hold until"]),
        }
    )
    usable = cases.case_id.notna() & cases.opened_on.notna() & ~cases.case_id.str.startswith("Total").fillna(False)
    here = usable & (cases.opened_on <= as_at) & ~(cases.closed_on <= as_at)
    bands = pd.DataFrame(BANDS, columns=["band", "review_days", "high"])
    known = cases[here].drop_duplicates("case_id").merge(bands, on="band", how="left")
    return known.assign(high=known.high.eq(other=True).astype(float))


def rev01(cases: pd.DataFrame, reviews: pd.DataFrame, as_at: pd.Timestamp) -> tuple[int, int, int]:
    events = pd.concat(
        [
            pd.DataFrame(
                {
                    "case_id": ident(reviews["Case ID"]),
                    "on": day(reviews["Review date"]),
                    "next": day(reviews["Next review"]),
                }
            ),
            cases[["case_id", "last_review", "next_review"]].set_axis(["case_id", "on", "next"], axis=1),
        ]
    )
    last = events[events.on <= as_at].sort_values("on", kind="stable").drop_duplicates("case_id", keep="last")
    held = ~((cases.hold_from <= as_at) & ~(cases.hold_until <= as_at))
    due = cases[held].merge(last, on="case_id", how="left")
    interval = pd.to_timedelta(due.review_days, unit="D")
    first = pd.to_timedelta(due.review_days.clip(upper=56), unit="D")
    due_on = (due.on + interval).fillna(due.opened_on + first)
    for stated in (due.next, due.next_review):
        unkept = stated > due.on.fillna(pd.Timestamp.min)
        due_on = due_on.where(~(unkept & (stated < due_on)), stated)
    known = due.review_days.notna()
    return len(due), int((known & (due_on < as_at)).sum()), int((~known).sum())


def workers(staff: pd.DataFrame) -> pd.DataFrame:
    known = pd.DataFrame(
        {
            "worker_id": ident(staff["Staff ID"]),
            "layer": word(staff["Layer"]),
            "team": ident(staff["Team"]),
            "wte": pd.to_numeric(staff["WTE"], errors="coerce"),
            "started_on": day(staff["Start date"]),
            "left_on": day(staff["Leaving date"]),
        }
    )
    return known.dropna(subset="worker_id").drop_duplicates("worker_id")


def sup01(held: pd.DataFrame, staff: pd.DataFrame, log: pd.DataFrame, as_at: pd.Timestamp) -> tuple[int, int, int]:
    sessions = pd.DataFrame(
        {"worker_id": ident(log["Supervisee ID"]), "on": day(log["Supv'n date"]), "status": word(log["Status"])}
    )
    last = sessions[(sessions.status == "held") & (sessions.on <= as_at)].groupby("worker_id").on.max()
    posts = held.merge(staff, on="worker_id")
    posts = posts[(posts.started_on.fillna(as_at) <= as_at) & ~(posts.left_on <= as_at)]
    since = posts.worker_id.map(last).fillna(posts.started_on)
    gap = (as_at - since).dt.days
    most = pd.Series(42, index=posts.index).mask(posts.layer == "peer", 31).mask(posts.high >= 5, 28)
    maybe_high = posts.high.where(posts.banded > 0, posts.cases)
    soonest = most.mask(posts.layer.isna(), most.clip(upper=31)).mask(maybe_high >= 5, 28)
    unknown = gap.isna() | ((gap > soonest) & (gap <= most))
    return len(posts), int((gap > most).sum()), int(unknown.sum())


def acu01(held: pd.DataFrame, staff: pd.DataFrame) -> tuple[int, int, int]:
    known = held.merge(staff, on="worker_id", how="left")
    team = known.groupby("team", dropna=False)
    part = known.high / team.high.transform("sum")
    share = known.wte / team.wte.transform(lambda wte: wte.fillna(0).sum())
    over = (known.high / known.wte > 12) | ((known.high >= 5) & (part / share > 2 + 1e-9))
    return len(known), int((over & known.wte.notna()).sum()), int(known.wte.isna().sum())


def cmp01(
    cases: pd.DataFrame, staff: pd.DataFrame, files: dict[str, pd.DataFrame], as_at: pd.Timestamp
) -> tuple[int, int, int]:
    given = files["allocations"]
    pairs = pd.DataFrame({"case_id": ident(given["Case Ref"]), "worker_id": ident(given["Staff ID"])})
    now = (day(given["Allocated"]) <= as_at) & ~(day(given["Allocation ended"]) <= as_at)
    pairs = (
        pairs[now].dropna().drop_duplicates().merge(cases[["case_id", "band", "needs", "review_days"]], on="case_id")
    )
    pairs = pairs.reset_index(drop=True)
    by_band = pairs.assign(competency=pairs.band.map(REQUIRED)).explode("competency")
    banded = pairs[pairs.review_days.notna()]
    by_need = banded.assign(competency=banded.needs.str.split(";")).explode("competency")
    by_need["competency"] = by_need.competency.str.strip().map(NEEDS)
    keys = ["case_id", "worker_id", "competency"]
    wanted = pd.concat([by_band, by_need])[keys].dropna().drop_duplicates()

    signed = files["signoffs"]
    long = pd.DataFrame(
        {
            "worker_id": ident(signed["Staff ID"]),
            "competency": word(signed["Competency"]),
            "on": day(signed["Signed off on"]),
            "method": word(signed["Method"]),
            "expires": day(signed["Expires"]),
        }
    )
    wide = files["matrix"].drop(columns=["Name", "Job title"]).melt("Staff ID", var_name="competency", value_name="on")
    local = pd.DataFrame(
        {"worker_id": ident(wide["Staff ID"]), "competency": word(wide.competency), "on": day(wide.on)}
    )
    signed = pd.concat([long, local])
    signed = signed[signed.on <= as_at]
    named = files["incidents"]
    doubts = pd.DataFrame(
        {
            "worker_id": ident(named["Staff involved"]),
            "competency": word(named["Competency named"]),
            "doubted": day(named["Date of incident"]),
        }
    ).dropna()
    doubts = doubts[doubts.doubted <= as_at].groupby(["worker_id", "competency"], as_index=False).doubted.max()
    signed = signed.merge(doubts, on=["worker_id", "competency"], how="left")
    ends = (signed.on + pd.Timedelta(days=365)).where(
        ~(signed.expires < signed.on + pd.Timedelta(days=365)), signed.expires
    )
    signed["state"] = 0
    signed.loc[signed.method.isna(), "state"] = 1
    signed.loc[signed.method.isin(["observed practice", "case based", "case-based"]), "state"] = 2
    signed.loc[(ends < as_at) | (signed.doubted >= signed.on), "state"] = 0
    best = signed.groupby(["worker_id", "competency"], as_index=False).state.max()
    worst = wanted.merge(best, on=["worker_id", "competency"], how="left").fillna({"state": 0})
    worst = worst.groupby(["case_id", "worker_id"], as_index=False).state.min()
    judged = pairs.merge(worst, on=["case_id", "worker_id"], how="left")
    unknown = judged.review_days.isna() | ~judged.worker_id.isin(staff.worker_id)
    breach = (judged.state == 0) & ~unknown
    return len(judged), int(breach.sum()), int((~breach & (unknown | (judged.state == 1))).sum())


def main() -> None:
    files, as_at = read(Path(sys.argv[1])), pd.Timestamp(sys.argv[2])
    cases, staff = open_cases(files["caseload"], as_at), workers(files["staff"])
    held = (
        cases.dropna(subset="worker_id")
        .groupby("worker_id", as_index=False)
        .agg(high=("high", "sum"), cases=("case_id", "size"), banded=("review_days", "count"))
    )
    counts = {
        "REV01": rev01(cases, files["reviews"], as_at),
        "SUP01": sup01(held, staff, files["supervision"], as_at),
        "CMP01": cmp01(cases, staff, files, as_at),
        "ACU01": acu01(held, staff),
    }
    names = ("population", "breach", "not_evidenced")
    print(json.dumps({code: dict(zip(names, found, strict=True)) for code, found in counts.items()}))


if __name__ == "__main__":
    main()
