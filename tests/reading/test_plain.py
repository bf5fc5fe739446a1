"""The quick way through a clean text says what the careful way says of it, or says nothing."""

from __future__ import annotations

import random

import corruption
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from caseaudit.errors import UnreadableExport
from caseaudit.reading import regular
from caseaudit.reading.delimited import notes_on, read_carefully
from caseaudit.reading.dialect import Understood, understand
from caseaudit.reading.encoding import decode, one_line_end
from caseaudit.reading.plain import read_plain

HEADER = b"Case ref,Team,Band,Note\n"
ROWS = b"".join(b"C%03d,North,High,Seen at home\n" % at for at in range(4))
ODD = (
    '""', '"', '""""', '"a"', '"a"x', 'x"a"', 'a""', '"a', 'a"', '"a,b"', '"a""b"', '" a "', ' "a"', '"a" ', '="001"',
    " ", "  a", "a ", "\t", "a\t", "\u00a0a", "a\u00a0b", "é", "\u2003", "\0", "\\", '"a\\"', "'a'", "'a,b'", "a\rb",
    "\ra", "a\r", "Total", '"Total"', "Grand total", "Page 1", '"Page 1"', "Official ", "Case ref", '"Case ref"',
    "5 rows selected", "Ward subtotal", "=", '=""', "", "", "", "a,b", "a;b", "-", "\x1f", "\ufeff", "a\nb", '"a\nb"',
)  # fmt: skip


def _agrees(raw: bytes, known: Understood | None = None, *, seed: int = 0) -> bool:
    """Whether the quick way had an answer; that must be the careful way's, cell by cell and note by note."""
    written = decode(raw, "x.csv")
    text = one_line_end(written)
    known = known or understand(text.data, "x.csv")
    rng = random.Random(seed)
    headings = [name for name in known.layout.headings if rng.random() < 0.7]
    answered = False
    for given in (written, text):
        with pytest.MonkeyPatch.context() as patch:  # a long text is looked at in stretches, which may end anywhere
            patch.setattr(regular, "_STRETCH", rng.choice((1, 7, 50, 2**16)))
            patch.setattr(regular, "_BEGINNING", rng.choice((1, 60, 2**20)))
            frame = read_plain(given.data, known, headings, ascii_only=given.ascii_only)
        if frame is None:
            continue
        answered = True
        careful, aside, notes = read_carefully(text.data, known, headings)
        assert not aside, (seed, raw)
        assert_frame_equal(*(read.cast({pl.Categorical: pl.String}) for read in (frame, careful)))
        assert (*given.notes, *notes_on(given.data, known)) == (*text.notes, *notes), (seed, raw)
    return answered


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("end", [True, False])
@pytest.mark.parametrize("cells", ["", '""', '"Home, visit"', '" Home "'])
def test_clean_texts_go_the_quick_way(line_end: bytes, *, end: bool, cells: str) -> None:
    body = ROWS * 3 + f"C100,{cells},Low,{cells}".encode() + (b"\n" if end else b"")
    assert _agrees((HEADER + body).replace(b"\n", line_end)) == ("," not in cells)


@pytest.mark.parametrize(
    "line",
    [
        "C100,North,High",
        "C100,North,High,a,b\nC101,North,High",  # one delimiter too many, one too few
        'C100,"North,High",a,b\nC101,North,High',
        'C100,No"r"th,High,a',
        'C100,"North"x,High,a',
        'C100,North",High,"a',
        "C100,North,High,a\rb",
        "C100,North,High,a\0",
        "",
        ",,,",
        "Total,,,12",
        "Page 1,,,",
        "Report run by Sam Smith on 01/04/2026,,,",
        "Case ref,Team,Band,Note",
        "Somebody else is to be told,,,",
    ],
)
def test_what_is_no_plain_record_goes_the_careful_way(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    for line_end in ("\n", "\r\n"):
        text = (HEADER + ROWS).decode() + line + "\n"
        raw = text.replace("\n", line_end).encode()
        known = understand(one_line_end(decode(raw, "x.csv")).data, "x.csv")
        for stretch in (1, 10, 2**16):
            monkeypatch.setattr(regular, "_STRETCH", stretch)
            monkeypatch.setattr(regular, "_BEGINNING", 40 * stretch)
            assert read_plain(raw, known, known.layout.headings) is None


def test_random_texts_are_read_alike() -> None:
    answers = 0
    for seed in range(3000):
        rng = random.Random(seed)
        odd = rng.choices(ODD, k=rng.randrange(1, 3))
        lines = []
        for at in range(rng.randrange(1, 9)):
            cells = [rng.choice(odd) if rng.random() < 0.2 else word for word in (f"D{at}", "South", "Low", "a")]
            if rng.random() < 0.05:
                del cells[rng.randrange(len(cells))]
            if rng.random() < 0.05:
                cells.insert(rng.randrange(len(cells)), rng.choice(odd))
            lines.append(",".join(cells))
        body = ROWS.decode() + "\n".join(lines) + rng.choice(("\n", "\n", ""))
        raw = (HEADER.decode() + body).replace("\n", rng.choice(("\n", "\r\n")))
        try:
            answers += _agrees(raw.encode(), seed=seed)
        except UnreadableExport:  # too many NULs for a text
            continue
    assert answers > 800


def test_spoiled_exports_are_read_alike() -> None:
    answers = 0
    for seed in range(2000):
        rng = random.Random(seed)
        file = corruption.File.of(rng, 8)
        if seed % 4:
            rng.choice((*corruption.HARMLESS, *corruption.RECORD_DAMAGE))(rng, file)
        try:
            answers += _agrees(file.bytes(), seed=seed)
        except UnreadableExport:
            continue
    assert answers > 200
