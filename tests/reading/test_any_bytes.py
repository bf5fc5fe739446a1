"""Whatever bytes there are: a table or a sentence, never anything else; and the two ways of reading agree."""

from __future__ import annotations

import contextlib
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseaudit.errors import CaseauditError, UnreadableExport
from caseaudit.reading import lines, load, survey
from caseaudit.reading.delimited import read_rows
from caseaudit.reading.dialect import understand
from caseaudit.reading.encoding import read_text

SIGNS = [bytes([sign]) for sign in b"\t\n\r\0 \"'=,;|a\xe9"]
WORDS = [b"b1", b'""', b'",', b',"', b"\r\n", b'\\"', "é".encode(), b"Total", "\u00a0".encode(), b'="1"', b"01/02/2026"]
LINES = [b"x,y,z\n", b"1,2,3\n", b"Name,Team,When\n", b'q,"w w",e\n', b"PK\x03\x04", b"\xff\xfe", b"sep=;\n"]
PIECES = st.sampled_from([*SIGNS, *WORDS, *LINES])
SOUP = st.lists(PIECES, max_size=60).map(b"".join)
FAST = settings(derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))


@settings(FAST, max_examples=600)
@given(st.binary(max_size=400) | SOUP)
def test_no_bytes_make_the_doors_fail(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    with contextlib.suppress(CaseauditError):  # a refusal is an answer; anything else is a fault
        for sheet in survey([path]).sheets:
            export = load(sheet, sheet.headings)
            assert export.source.rows_read == export.frame.height + len(export.set_aside)
            assert tuple(export.frame.columns[:-1]) == sheet.headings


@settings(FAST, max_examples=1500)
@given(st.sampled_from([b"Name,Team,When\nab,cd,1/2/2026\n", b'"Name";"Team"\n"a";"b"\n', b"Name|Team\na|b\n"]), SOUP)
def test_polars_and_the_tokeniser_read_the_same(head: bytes, soup: bytes) -> None:
    try:
        text = read_text(head + soup, "x.csv")
        known = understand(text.data, "x.csv")
    except UnreadableExport:
        return
    quick = read_rows(text.data, known, known.layout.headings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "whole", lambda body, *_: pl.Series([False] * len(body), dtype=pl.Boolean))
        slow = read_rows(text.data, known, known.layout.headings)
    assert quick[0].cast({pl.Categorical: pl.String}).equals(slow[0].cast({pl.Categorical: pl.String}))
    assert quick[1:] == slow[1:]


def test_many_unclosed_quotes_lose_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,team,note\n" + "1,N,x\n" * 500 + '1,N,"x ""\n' * 40_000)
    export = load(survey([path]).sheets[0], ["id"])
    assert export.source.rows_read == 40_500
