"""What an analyst would write instead: REV01, SUP01, CMP01 and ACU01 in DuckDB over the same files.

Knows these very files: their names, headings, encodings and date formats. Keeps no rejected rows, no source rows and no
reasons. Prints population, breaches and blanks per check as JSON.

    python bench/by_hand_duckdb.py EXPORTS AS_AT
"""

import json
import sys
from pathlib import Path

import duckdb
import pandas as pd

BANDS = [("very high", 28, True), ("high", 84, True), ("moderate", 182, False), ("low", 365, False)]
REQUIRED = {
    "very high": ["risk formulation", "escalation decision", "safeguarding"],
    "high": ["escalation decision", "safeguarding"],
    "moderate": ["safeguarding"],
    "low": ["safeguarding"],
}
NEEDS = {
    "medication": "medicines awareness",
    "safeguarding": "safeguarding",
    "physical health": "physical health risk",
    "substance misuse": "dual diagnosis",
}
BLANK = ("", "n/a", "na", "-", "tbc", "none", "not known", "unknown", "nil", "?", "not recorded")


def load(db: duckdb.DuckDBPyConnection, folder: Path) -> None:
    caseload = pd.read_excel(folder / "Caseload report Oct 2026.xlsx", header=5, engine="calamine", dtype=object)
    supervision = pd.concat(
        pd.read_excel(folder / "Supervision log.xlsx", header=2, sheet_name=None, engine="calamine", dtype=object)
    )
    matrix = pd.read_excel(folder / "Competency matrix.xlsx", header=3, engine="calamine", dtype=object)
    # DuckDB reads latin-1 but not cp1252 without an extension from the network; pandas does.
    reviews = pd.read_csv(folder / "reviews_2024-2026.csv", sep=";", encoding="cp1252", dtype=object)
    incidents = pd.read_csv(folder / "Incidents.csv", sep=";", encoding="cp1252", dtype=object)
    tables = {
        "caseload": caseload, "supervision": supervision, "matrix": matrix, "reviews": reviews, "incidents": incidents
    }  # fmt: skip
    for name, frame in tables.items():
        db.register(name, frame.astype("string"))
    for name, file, options in (
        ("staff", "Staff list (HR).csv", "delim=','"),
        ("signoffs", "competency_signoffs.csv", "delim=','"),
        ("allocations", "Allocations.csv", "delim='\t'"),
    ):
        path = str(folder / file).replace("'", "''")
        db.execute(f"create table {name} as from read_csv('{path}', header=true, all_varchar=true, {options})")
    blanks = ", ".join(f"'{word}'" for word in BLANK)
    db.execute(
        f"create macro word(x) as case when lower(trim(replace(x, chr(160), ' '))) in ({blanks}) then null "
        "else lower(trim(replace(x, chr(160), ' '))) end"
    )
    db.execute("create macro ident(x) as case when word(x) is null then null else trim(replace(x, chr(160), ' ')) end")
    db.execute("create macro day(x) as coalesce(try_strptime(left(trim(x), 10), '%Y-%m-%d'), "
               "try_strptime(trim(x), '%d/%m/%Y'), try_strptime(trim(x), '%d-%b-%Y'))::date")  # fmt: skip


def prepare(db: duckdb.DuckDBPyConnection, as_at: str) -> None:
    db.execute(f"create macro today() as date '{as_at}'")
    db.execute("create table bands (band varchar, review_days int, high boolean)")
    db.executemany("insert into bands values (?, ?, ?)", BANDS)
    db.execute("create table required (band varchar, competency varchar)")
    db.executemany("insert into required values (?, ?)", [(b, c) for b, cs in REQUIRED.items() for c in cs])
    db.execute("create table needs (need varchar, competency varchar)")
    db.executemany("insert into needs values (?, ?)", list(NEEDS.items()))
    db.execute("""
        create table cases as
        select distinct on (case_id) * from (
            select ident("Case Ref") case_id, ident("Care Co-ordinator ID") worker_id, day("Referral Opened") opened_on,
                   day("Closed") closed_on, word("Acuity") band, word("Needs") needs, day("Last Review") last_review,
                   day("Next Review Due") next_review, day("On hold from") hold_from, day("On hold until") hold_until
            from caseload)
        where case_id is not null and opened_on is not null and case_id not like 'Total%'
              and opened_on <= today() and not coalesce(closed_on <= today(), false)""")
    db.execute("""
        create table workers as
        select distinct on (worker_id) ident("Staff ID") worker_id, word("Layer") layer, ident("Team") team,
               try_cast("WTE" as double) wte, day("Start date") started_on, day("Leaving date") left_on
        from staff where ident("Staff ID") is not null""")
    db.execute("""
        create table last_review as
        select case_id, max(on_day) reviewed_on, arg_max_null(next_day, on_day) next_on from (
            select ident("Case ID") case_id, day("Review date") on_day, day("Next review") next_day from reviews
            union all select case_id, last_review, next_review from cases)
        where on_day <= today() group by case_id""")


REV01 = """
    with due as (
        select c.case_id, b.review_days, least(
            coalesce(r.reviewed_on + b.review_days, c.opened_on + least(b.review_days, 56)),
            case when r.next_on > coalesce(r.reviewed_on, date '0001-01-01') then r.next_on end,
            case when c.next_review > coalesce(r.reviewed_on, date '0001-01-01') then c.next_review end) due_on
        from cases c left join bands b on b.band = c.band left join last_review r using (case_id)
        where not (coalesce(hold_from <= today(), false) and not coalesce(hold_until <= today(), false)))
    select count(*), count(*) filter (review_days is not null and due_on < today()),
           count(*) filter (review_days is null) from due"""

SUP01 = """
    with held as (
        select worker_id, count(*) n, count(*) filter (b.high) high from cases c left join bands b on b.band = c.band
        where worker_id is not null group by worker_id),
    last as (
        select ident("Supervisee ID") worker_id, max(day("Supv'n date")) held_on from supervision
        where word("Status") = 'held' and day("Supv'n date") <= today() group by 1),
    gaps as (
        select coalesce(today() - l.held_on, today() - w.started_on) gap,
               case when w.layer = 'peer' then 31 when h.high >= 5 then 28 else 42 end most
        from held h join workers w using (worker_id) left join last l using (worker_id)
        where coalesce(w.started_on, today()) <= today() and not coalesce(w.left_on <= today(), false))
    select count(*), count(*) filter (gap > most), count(*) filter (gap is null) from gaps"""

ACU01 = """
    with held as (
        select worker_id, count(*) filter (b.high) high from cases c left join bands b on b.band = c.band
        where worker_id is not null group by worker_id),
    known as (select h.worker_id, h.high, w.wte, w.team from held h left join workers w using (worker_id)),
    teams as (select team, sum(high) team_high, sum(coalesce(wte, 0)) team_wte from known group by team),
    judged as (
        select k.wte, k.high / k.wte > 12 over_limit,
               k.high >= 5 and (k.high / t.team_high) / (k.wte / t.team_wte) > 2.0 + 1e-9 concentrated
        from known k left join teams t on t.team is not distinct from k.team)
    select count(*), count(*) filter (wte is not null and (over_limit or concentrated)),
           count(*) filter (wte is null) from judged"""

CMP01 = """
    with pairs as (
        select distinct ident(a."Case Ref") case_id, ident(a."Staff ID") worker_id, c.band, c.needs
        from allocations a join cases c on c.case_id = ident(a."Case Ref")
        where ident(a."Staff ID") is not null and day(a."Allocated") <= today()
              and not coalesce(day(a."Allocation ended") <= today(), false)),
    wanted as (
        select case_id, worker_id, competency from pairs join required using (band)
        union select case_id, worker_id, n.competency
        from (select case_id, worker_id, trim(unnest(string_split(needs, ';'))) need from pairs
              join bands using (band)) x join needs n using (need)),
    doubts as (
        select ident("Staff involved") worker_id, word("Competency named") competency,
               max(day("Date of incident")) on_day
        from incidents where day("Date of incident") <= today() group by 1, 2),
    signed as (
        select ident("Staff ID") worker_id, word("Competency") competency, day("Signed off on") on_day,
               word("Method") method, day("Expires") expires_on from signoffs
        union all select ident("Staff ID"), lower(competency), day(on_day), null, null
        from (unpivot matrix on columns(* exclude ("Staff ID", "Name", "Job title"))
              into name competency value on_day)),
    state as (
        select s.worker_id, s.competency, max(case
            when least(s.on_day + 365, s.expires_on) < today() or d.on_day >= s.on_day then 0
            when s.method is null then 1 when s.method in ('observed practice', 'case based', 'case-based') then 2
            else 0 end) best
        from (select * from signed where on_day <= today()) s
        left join doubts d on d.worker_id = s.worker_id and d.competency = s.competency group by 1, 2),
    judged as (
        select p.case_id, p.worker_id, any_value(b.band) is null or any_value(w.worker_id) is null unknown,
               min(coalesce(s.best, 0)) filter (x.competency is not null) worst
        from pairs p left join bands b using (band) left join workers w using (worker_id)
        left join wanted x on x.case_id = p.case_id and x.worker_id = p.worker_id
        left join state s on s.worker_id = p.worker_id and s.competency = x.competency group by 1, 2)
    select count(*), count(*) filter (worst = 0 and not unknown), count(*) filter (unknown or worst = 1) from judged"""


def main() -> None:
    db = duckdb.connect()
    load(db, Path(sys.argv[1]))
    prepare(db, sys.argv[2])
    found = {}
    for code, query in (("REV01", REV01), ("SUP01", SUP01), ("CMP01", CMP01), ("ACU01", ACU01)):
        population, breach, silent = db.execute(query).fetchone() or (0, 0, 0)
        found[code] = {"population": population, "breach": breach, "not_evidenced": silent}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
