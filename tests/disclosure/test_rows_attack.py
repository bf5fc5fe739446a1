"""No number of rows that a commissioner may not know follows from the checks beside it, nor from an earlier pack."""

import datetime as dt
import hashlib
import json
import random
from dataclasses import replace

import pytest
from rows_attack import CELLS, Attack

from caseaudit.disclosure import public_results, publish
from caseaudit.model import Source, SourceAccount, kept
from caseaudit.reporting.previous import read_previous
from caseaudit.tables import spec

THEN, NOW = dt.date(2026, 9, 30), dt.date(2026, 10, 31)
FILES = {
    "caseload": ("cases",), "discharged": ("cases",), "contacts": ("contacts",), "reviews": ("reviews",),
    "allocations": ("allocations",), "referrals": ("referrals",), "staff": ("staff",), "huddles": ("huddles",),
}  # fmt: skip
TABLES = {table for tables in FILES.values() for table in tables}
KEYED = {table for table in TABLES if spec(table).key}
PEOPLE = {table for table in TABLES if {"case_id", "person_id"} & set(spec(table).fields)}
FEW = (0, 0, 0, 1, 2, 3, 4, 6)


def first_month(rng):
    """File → what became of its rows."""
    files = rng.sample(sorted(FILES), rng.randrange(2, 7))
    return {
        name: {"kept": rng.choice((4, 30, 60, 200)), "lost": rng.choice(FEW), "furniture": rng.choice((0, 0, 2)),
               "digest": f"{name} then"}
        for name in files
    }  # fmt: skip


def next_month(rng, then):
    """A few rows more, or the same file, or now and then fewer rows."""
    now = {}
    for name, cells in then.items():
        what = rng.choice(("same", "more", "more", "more", "fewer"))
        kept, lost = {"same": (0, 0), "more": (rng.choice((0, 1, 3, 9, 40)), rng.choice((0, 0, 1, 2))),
                      "fewer": (-3, 0)}[what]  # fmt: skip
        now[name] = cells | {"kept": cells["kept"] + kept, "lost": cells["lost"] + lost}
        if what != "same":
            now[name]["digest"] = f"{name} now"
    return now


def drawn(seed):
    """Two months of files, each with how many cases are open, closed in the lookback, and rows lost in part."""
    rng = random.Random(seed)
    then = first_month(rng)
    months = [then, next_month(rng, then)]
    rest = [rng.choice((0, 2, 3, 20)) for _ in months]
    closed = [rng.choice((0, 12)) for _ in months]
    parts = [(rng.choice((0, 0, 1, 7)), rng.choice((0, 0, 1, 3, 8))) for _ in months]
    return list(zip(months, rest, closed, parts, strict=True))


def audit_of_month(day, month, audit_of, result_of, members):
    """The audit of a month, and what is true of its numbers."""
    files, rest, closed, (part_breach, part_silent) = month
    cases = sum(cells["kept"] for name, cells in files.items() if FILES[name] == ("cases",))
    records = sum(cells["kept"] + cells["lost"] for cells in files.values())
    lost = sum(cells["lost"] for cells in files.values())
    keyed = sum(cells["kept"] for name, cells in files.items() if set(FILES[name]) & KEYED)
    numbers = {
        "DQ07": (records - lost - part_breach - part_silent, lost + part_breach, part_silent),
        "DQ01": (keyed - min(6, keyed), min(6, keyed), 0),
    }
    found = [
        result_of(members(*numbers[code]), code=code, subject=subject, columns=("worker_id",), severity="medium")
        for code, subject in (("DQ07", "source row"), ("DQ01", "row"))
    ]
    open_cases = cases - closed - rest
    for code, first, number in (("CAP05", 0, open_cases), ("REV04", 10_000, closed)):
        if number > 0:
            result = result_of(members(number, 0, 0), code=code, subject="case", severity="medium")
            frame = result.evidence.collect()
            renamed = frame.with_columns(case_id="case_id" if not first else frame["case_id"] + "-closed")
            found.append(replace(result, evidence=kept(renamed)))
    accounts = [
        SourceAccount(
            Source(name, None, hashlib.sha256(cells["digest"].encode()).hexdigest(), None, None, 1, 0), FILES[name],
            cells["kept"] + cells["lost"] + cells["furniture"], cells["kept"], cells["lost"] + cells["furniture"],
            cells["furniture"],
        )
        for name, cells in files.items()
    ]  # fmt: skip
    truth = {
        name: {"read": cells["kept"] + cells["lost"] + cells["furniture"]} | {cell: cells[cell] for cell in CELLS[1:]}
        for name, cells in files.items()
    }
    for code, (met, breach, silent) in numbers.items():
        truth[code] = {"population": met + breach + silent, "met": met, "breach": breach, "not_evidenced": silent}
    return replace(audit_of(*found), accounts=tuple(accounts), as_at=day), truth


def packs(seed, folder, fixtures, *, told=True):
    """The data of both months, each but the first made with the one before it, and the truths."""
    found, truths, earlier = [], [], None
    for day, month in zip((THEN, NOW), drawn(seed), strict=True):
        audit, truth = audit_of_month(day, month, *fixtures)
        publication = publish(audit, "commissioner", earlier=earlier)
        data = json.loads(json.dumps(public_results(publication), default=str))
        found.append(data)
        truths.append(truth)
        if told and day == THEN:
            place = folder / f"{seed}"
            place.mkdir()
            (place / "results.json").write_text(json.dumps(data), encoding="utf-8")
            earlier = read_previous(place, "commissioner", NOW, "commissioner")
    return found, truths


@pytest.fixture
def fixtures(audit_of, result_of, members):
    return audit_of, result_of, members


SEEDS = (5, 32, 40, 44, 50)
"""Among them those in which one rule or another, left out, lets a number be worked out."""


@pytest.mark.parametrize("seed", SEEDS)
def test_no_hidden_number_of_rows_follows_from_two_packs(seed, tmp_path, fixtures):
    assert Attack(*packs(seed, tmp_path, fixtures), KEYED, PEOPLE).told() == {}


def test_one_would_if_the_earlier_pack_were_not_given(tmp_path, fixtures):
    assert any(Attack(*packs(seed, tmp_path, fixtures, told=False), KEYED, PEOPLE).told() for seed in (50, 18))


def test_the_attacker_finds_what_the_check_of_all_records_gives_away(tmp_path, fixtures):
    """Were the totals told, one cell that could not be read would follow from what that check tells."""
    (data, *_), (truth, *_) = packs(50, tmp_path, fixtures)
    attack = Attack([data], [truth], KEYED, PEOPLE)
    assert attack.told() == {}
    lost = sum(truth[name]["lost"] for name in FILES if name in truth)
    for check in data["checks"]:
        if check["code"] == "DQ07":
            check |= {"breach": lost, "met": truth["DQ07"]["met"]}
    for table in data["tables"][:-1]:
        table |= {"rows_read": truth[table["file"]]["read"], "rows_kept": truth[table["file"]]["kept"]}
    assert attack.told()
