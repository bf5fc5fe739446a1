"""Whoever holds the packs of two months cannot work out what either hides."""

import datetime as dt
import json
import random
import re
from dataclasses import replace

import pytest
from rows_attack import Attack
from two_packs import GROWS, NOTHING, Pack, narrowed

from caseaudit import pipeline
from caseaudit.folders import SAMPLE
from caseaudit.reporting.previous import read_previous
from caseaudit.tables import MODELS, spec

THEN, NOW = dt.date(2026, 9, 30), dt.date(2026, 10, 31)
TEAMS = ("North", "South", "East", "West", "Harbour")


def written(folder, audit, previous=None, *, formats=("json", "html", "xlsx"), key=None, profile="commissioner"):
    """A commissioner's pack of an audit, in a folder."""
    earlier = read_previous(previous, "commissioner", audit.as_at, profile) if previous else None
    files, _ = pipeline.files_of(
        audit, audience="commissioner", formats=formats, key_file=key, profile=profile, earlier=earlier
    )
    folder.mkdir()
    for file in files:
        (folder / file.name).write_bytes(file.content)
    return folder


# --- The sample, two months running -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """Packs of the sample exports: September, October with September given, and October alone."""
    folder = tmp_path_factory.mktemp("sample")
    key, other = folder / "key", folder / "other key"
    then, now = (pipeline.audit(pipeline.Request((SAMPLE / "exports",), day)) for day in (THEN, NOW))
    september = written(folder / "september", then, key=key)
    return {
        "september": september,
        "october": written(folder / "october", now, september, key=key),
        "audits": (then, now),
        "other key": written(folder / "other", now, key=other, formats=("json", "html")),
    }


def test_nothing_hidden_in_two_months_of_the_sample_can_be_worked_out(sample):
    then, now = Pack(sample["september"]), Pack(sample["october"])
    assert len(then.hidden) > 20  # there is something to find
    assert len(now.hidden) > 20
    assert len(then.numbers) > 600  # and much to find it from
    assert len(then.shares) > 200
    assert narrowed(then, now) == {}


def test_no_number_of_rows_that_the_sample_hides_can_be_worked_out(sample):
    """Beside the checks that count the same rows, in one pack and in both."""
    packs = [
        json.loads((sample[name] / "results.json").read_text(encoding="utf-8")) for name in ("september", "october")
    ]
    truths = [true_rows(audit, pack) for audit, pack in zip(sample["audits"], packs, strict=True)]
    keyed = {name for name in MODELS if spec(name).key}
    people = {name for name in MODELS if {"case_id", "person_id"} & set(spec(name).fields)}
    attack = Attack(packs, truths, keyed, people)
    assert sum(1 for _ in attack.hidden(0)) > 10  # there is something to find
    assert attack.told() == {}


def true_rows(audit, pack):
    """What became of each file's rows, and what checks counted of them; the pack's files are told apart by sheet."""
    truth = {}
    for account, table in zip(audit.accounts, pack["tables"], strict=True):
        table["file"] = f"{table['file']} {table['sheet'] or ''}"
        lost = account.rejected - account.furniture
        truth[table["file"]] = {"read": account.rows_read, "kept": account.kept, "lost": lost,
                                "furniture": account.furniture}  # fmt: skip
    for result in audit.results:
        if result.code in {"DQ01", "DQ07"}:
            truth[result.code] = {
                name: getattr(result, name) for name in ("population", "met", "breach", "not_evidenced")
            }
    return truth


def test_a_pseudonym_stays_the_same_under_one_key_and_differs_under_another(sample):
    names = {
        pack: set(re.findall(r"\b[CW]-[0-9A-Z]{4}-[0-9A-Z]{4}\b", (folder / "report.html").read_text(encoding="utf-8")))
        for pack, folder in sample.items()
        if pack != "audits"
    }
    workers = {pack: {name for name in found if name.startswith("W")} for pack, found in names.items()}
    assert len(workers["september"] & workers["october"]) > 20
    assert any(name.startswith("C") for name in names["september"] & names["october"])
    assert not (names["october"] & names["other key"])
    assert len(names["october"]) == len(names["other key"])


def test_what_has_changed_stands_beside_every_question(sample):
    page = (sample["october"] / "report.html").read_text(encoding="utf-8").replace("\xa0", " ")
    assert ">Since 30 September 2026</th>" in page
    assert len(re.findall(r"Same verdict\.|Was (?:assured|partly|not|cannot)", page)) == 12
    assert re.search(r"(up|down) \d+ points? from \d+ %", page)
    assert (
        "Since" not in (sample["other key"] / "report.html").read_text(encoding="utf-8").split("<main", 1)[-1][:20000]
    )


# --- Services that only grow -------------------------------------------------------------------------------------


def pair_of(audit_of, result_of, then, now):
    """Audits of two months from {code: members}."""
    audits = [
        audit_of(*(result_of(members, code=code, severity="medium") for code, members in month.items()))
        for month in (then, now)
    ]
    return replace(audits[0], as_at=THEN), replace(audits[1], as_at=NOW)


def late(team, number):
    return [(team, "breach", 3 + day) for day in range(number)]


def test_the_attacker_finds_what_an_unprotected_pair_gives_away(tmp_path, audit_of, result_of, members):
    """40 people a month later 42, and of those 38 as before met it: so 4 fell short then, where "<5" was shown."""
    audits = pair_of(
        audit_of, result_of, {"ESC08": members(38, 4, 0)}, {"ESC08": [*members(38, 4, 0), *late("North", 2)]}
    )
    then = written(tmp_path / "then", audits[0])
    alone = written(tmp_path / "alone", audits[1])
    found = narrowed(Pack(then), Pack(alone))
    assert found["then", "ESC08", "", "breach", GROWS] < 4
    assert not any(tie == NOTHING for *_, tie in found)  # each pack by itself is sound
    known = written(tmp_path / "known", audits[1], then)
    assert narrowed(Pack(then), Pack(known)) == {}


def test_the_attacker_finds_a_number_that_one_file_lets_slip(tmp_path, audit_of, result_of, members):
    audits = pair_of(audit_of, result_of, {"ESC08": members(38, 4, 0)}, {"ESC08": members(58, 4, 0)})
    then, now = written(tmp_path / "then", audits[0]), written(tmp_path / "now", audits[1])
    assert narrowed(Pack(then), Pack(now)) == {}
    page = now / "report.html"
    text = page.read_text(encoding="utf-8")
    hidden = '<td class="num">not shown</td>'
    assert hidden in text
    page.write_text(text.replace(hidden, '<td class="num">58</td>', 1), encoding="utf-8")
    assert narrowed(Pack(then), Pack(now))


def test_the_same_figures_are_hidden_in_the_same_way(tmp_path, audit_of, result_of, members):
    """Without the earlier pack too: where nothing has happened, the choice of what to hide is the same."""
    month = {"ESC08": [*members(30, 3, 0), *members(22, 8, 2, "South"), *members(40, 9, 6, "East")]}
    audits = pair_of(audit_of, result_of, month, month)
    then, now = written(tmp_path / "then", audits[0]), written(tmp_path / "now", audits[1])
    assert Pack(then).hidden == Pack(now).hidden
    assert narrowed(Pack(then), Pack(now)) == {}


def some_months(seed):
    """Two months of checks whose populations only grow, by little: where one month tells most of the other."""
    rng = random.Random(seed)
    then, now = {}, {}
    for code in ("REV01", "ESC08", "CMP01", "ESC06"):
        teams = rng.sample(TEAMS, rng.choice((1, 3, 5)))
        then[code] = [one for team in teams for one in some(rng, team, (9, 20, 40), (0, 0, 2, 4, 6), (0, 0, 0, 3))]
        new = [one for team in teams for one in some(rng, team, (0, 0, 1, 3), (0, 0, 0, 1, 2), (0, 0, 0, 1))]
        now[code] = [*then[code], *new]
    return then, now


def some(rng, team, *choices):
    """Members of a team, so many that met it, fell short and have no record."""
    met, short, silent = (rng.choice(numbers) for numbers in choices)
    late = [(team, "breach", rng.randrange(1, 120)) for _ in range(short)]
    return [*[(team, "met", -1)] * met, *late, *[(team, "not evidenced", -1)] * silent]


@pytest.mark.parametrize("profile", ["commissioner", "us"])
@pytest.mark.parametrize("seed", range(12))
def test_no_month_tells_of_another(seed, profile, tmp_path, audit_of, result_of):
    audits = pair_of(audit_of, result_of, *some_months(seed))
    then = written(tmp_path / "then", audits[0], formats=("json",), profile=profile)
    now = written(tmp_path / "now", audits[1], then, formats=("json",), profile=profile)
    assert narrowed(Pack(then), Pack(now)) == {}


def test_the_months_above_would_tell_if_the_earlier_pack_were_not_given(tmp_path, audit_of, result_of):
    found = 0
    for seed in range(12):
        audits = pair_of(audit_of, result_of, *some_months(seed))
        packs = [written(tmp_path / f"{seed} {audit.as_at}", audit, formats=("json",)) for audit in audits]
        found += bool(narrowed(*map(Pack, packs)))
    assert found > 2
