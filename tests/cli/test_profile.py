"""--profile protects what leaves the house, also out of an internal run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

AS_AT = ("--as-at", "2026-10-31", "--format", "html,csv,json", "--select", "REV01")


@pytest.mark.parametrize("kind", ["appendix", "board"])
@pytest.mark.parametrize(("profile", "least"), [("us", "11"), ("commissioner", "5")])
def test_a_document_that_leaves_the_house_is_protected_as_asked(
    kind: str, profile: str, least: str, exports: Path, tmp_path: Path, caseaudit: Callable
) -> None:
    pack, other = tmp_path / "pack", tmp_path / "other"
    called = caseaudit("run", exports, *AS_AT, "--out", pack, "--kind", kind, "--profile", profile)
    assert called.code == 1, called.err
    page = (pack / f"{kind}.html").read_text(encoding="utf-8")
    assert f"are shown as &lt;{least};" in page
    called = caseaudit("report", pack, "--out", other, "--kind", kind, "--format", "html", "--profile", profile)
    assert called.code == 0, called.err
    assert f"are shown as &lt;{least};" in (other / f"{kind}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["assurance", "action", "assurance,worker"])
def test_a_profile_that_would_protect_nothing_is_refused(
    kind: str, exports: Path, tmp_path: Path, caseaudit: Callable
) -> None:
    called = caseaudit("run", exports, *AS_AT, "--out", tmp_path / "pack", "--kind", kind, "--profile", "us")
    assert called.code == 2
    assert "--profile protects what leaves the house" in called.err
    assert not (tmp_path / "pack").exists()


def test_an_unknown_profile_is_refused_before_anything_is_read(tmp_path: Path, caseaudit: Callable) -> None:
    called = caseaudit("run", tmp_path / "nowhere", *AS_AT, "--audience", "commissioner", "--profile", "comissioner")
    assert called.code == 2
    assert "Did you mean commissioner?" in called.err
