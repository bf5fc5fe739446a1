"""--previous: what has changed since an earlier pack, and which packs can be compared."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from caseaudit.reporting.pack import verify_pack

CHECKS = ("--select", "REV01,ACU02,SUP01,CAP01", "--format", "html,csv,json")
THEN, NOW = ("--as-at", "2026-09-30"), ("--as-at", "2026-10-31")


def words(page: Path) -> str:
    text = re.sub(r"<(style|script).*?</\1>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.fixture
def many(exports: Path) -> Path:
    """Sixty cases more: 50 reviewed in time then; by October 10 of those are overdue."""
    cases, reviews = exports / "Caseload.csv", exports / "Reviews.csv"
    rows = [f"M{n},North,W1,03/03/2025,,High," for n in range(60)]
    held = [f"M{n},{'20/10/2026' if n < 40 else '15/07/2026' if n < 50 else '01/04/2026'},W1,," for n in range(60)]
    first = [f"M{n},{'01/08/2026'},W1,," for n in range(40)]
    cases.write_text(cases.read_text(encoding="utf-8") + "\n".join(rows) + "\n", encoding="utf-8")
    reviews.write_text(reviews.read_text(encoding="utf-8") + "\n".join([*held, *first]) + "\n", encoding="utf-8")
    return exports


@pytest.mark.parametrize("audience", ["internal", "commissioner"])
def test_a_share_that_moved_is_told_in_points(audience: str, many: Path, tmp_path: Path, caseaudit: Callable) -> None:
    then, now, alone = (tmp_path / name for name in ("then", "now", "alone"))
    given = (*CHECKS, "--audience", audience, "--key", tmp_path / "key")
    caseaudit("run", many, *THEN, *given, "--out", then)
    called = caseaudit("run", many, *NOW, *given, "--out", now, "--previous", then)
    assert called.code == 1, called.err
    shares = [
        next(
            c for c in json.loads((pack / "results.json").read_text(encoding="utf-8"))["checks"] if c["code"] == "REV01"
        )
        for pack in (then, now)
    ]
    points = [round(100 * check["rate"]) for check in shares]
    assert points[0] > points[1]
    page = words(now / "report.html")
    assert "Since 30 September 2026" in page
    assert f"Review overdue: down {points[0] - points[1]} points from {points[0]} %" in page
    assert re.search(r"(Same verdict\.|Was (partly|not) assured\.) ", page)
    assert verify_pack(now) == []
    caseaudit("run", many, *NOW, *given, "--out", alone)
    assert "Since 30 September" not in words(alone / "report.html")


def test_the_board_sees_what_has_changed_since_what_it_was_shown(
    many: Path, tmp_path: Path, caseaudit: Callable
) -> None:
    then, now = tmp_path / "then", tmp_path / "now"
    caseaudit("run", many, *THEN, *CHECKS, "--kind", "board", "--out", then)
    assert (then / "published.json").is_file()
    caseaudit("run", many, *NOW, *CHECKS, "--kind", "board", "--out", now, "--previous", then)
    page = words(now / "board.html")
    assert "Since 30 September 2026" in page
    assert re.search(r"Review overdue \d+ \d+ \d+ % Not met Down \d+ points from \d+ %", page)
    assert "No earlier audit is at hand" not in page
    assert re.search(r"All 12 verdicts are as on 30 September 2026\.|Since 30 September 2026: question \d+ was ", page)
    # Nothing was shown to it where only those inside were.
    caseaudit("run", many, *THEN, *CHECKS, "--kind", "assurance", "--out", then)
    assert not (then / "published.json").exists()
    caseaudit("run", many, *NOW, *CHECKS, "--kind", "board", "--out", now, "--previous", then)
    assert "No earlier audit is at hand" in words(now / "board.html")


def test_a_report_of_a_pack_can_be_compared_too(many: Path, tmp_path: Path, caseaudit: Callable) -> None:
    then, now, further = (tmp_path / name for name in ("then", "now", "further"))
    caseaudit("run", many, *THEN, *CHECKS, "--out", then)
    caseaudit("run", many, *NOW, *CHECKS, "--out", now)
    called = caseaudit("report", now, "--format", "html", "--out", further, "--previous", then)
    assert called.code == 0, called.err
    assert "Since 30 September 2026" in words(further / "report.html")


def test_what_could_not_be_tested_then_says_so(many: Path, tmp_path: Path, caseaudit: Callable) -> None:
    then, now = tmp_path / "then", tmp_path / "now"
    reviews = (many / "Reviews.csv").read_text(encoding="utf-8")
    (many / "Reviews.csv").unlink()
    caseaudit("run", many, *THEN, *CHECKS, "--out", then)
    (many / "Reviews.csv").write_text(reviews, encoding="utf-8")
    caseaudit("run", many, *NOW, *CHECKS, "--out", now, "--previous", then)
    assert "Review overdue: could not be tested then" in words(now / "report.html")


def test_a_changed_limit_is_no_change_of_practice(many: Path, tmp_path: Path, caseaudit: Callable) -> None:
    then, now, policy = tmp_path / "then", tmp_path / "now", tmp_path / "ours.toml"
    policy.write_text("[bands.high]\nreview_days = 56\n", encoding="utf-8")
    caseaudit("run", many, *THEN, *CHECKS, "--out", then)
    caseaudit("run", many, *NOW, *CHECKS, "--out", now, "--previous", then, "--policy", policy)
    assert re.search(r"Review overdue: down \d+ points from \d+ %, by other limits", words(now / "report.html"))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda pack: (pack / "results.json").unlink(), "is no pack"),
        (lambda pack: (pack / "results.json").write_text("{"), "is no pack"),
        (lambda pack: (pack / "results.json").write_text('{"schema_version": "2.0"}'), "another version"),
        (lambda pack: (pack / "results.json").write_text('{"schema_version": "1.0"}'), "is damaged"),
        (lambda pack: _change(pack, audience="commissioner"), "made for another audience (commissioner)"),
        (lambda pack: _change(pack, as_at="2026-10-31"), "not before 2026-10-31"),
        (lambda pack: _change(pack, as_at="2026-11-30"), "not before 2026-10-31"),
        (lambda pack: _change(pack, as_at="30 September"), "is damaged"),
        (lambda pack: _change(pack, checks=[{"code": "REV01"}]), "is damaged"),
    ],
)  # fmt: skip
def test_a_pack_that_cannot_be_compared_is_refused_in_one_sentence(
    damage: Callable[[Path], object], said: str, exports: Path, tmp_path: Path, caseaudit: Callable
) -> None:
    then = tmp_path / "then"
    caseaudit("run", exports, *THEN, "--select", "REV01", "--format", "json", "--out", then)
    damage(then)
    called = caseaudit("run", tmp_path / "nowhere", *NOW, "--out", tmp_path / "now", "--previous", then)
    assert called.code == 2  # before any export is looked for
    assert said in called.err
    assert len(called.err.strip().splitlines()) == 1
    assert not (tmp_path / "now").exists()


def test_a_pack_protected_otherwise_is_refused(many: Path, tmp_path: Path, caseaudit: Callable) -> None:
    given = ("--audience", "commissioner", "--select", "REV01", "--format", "json")
    caseaudit("run", many, *THEN, *given, "--out", tmp_path / "then", "--profile", "us")
    called = caseaudit("run", many, *NOW, *given, "--out", tmp_path / "now", "--previous", tmp_path / "then")
    assert called.code == 2
    assert "Give --profile us." in called.err


def _change(pack: Path, **values: object) -> None:
    path = pack / "results.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | values), encoding="utf-8")
