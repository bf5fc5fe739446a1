"""Good exports and ways of spoiling them, for the tests of reading.

A spoiled export carries what is still true of it: which physical line holds which record unchanged, and which lines
the damage may have touched.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

Record = tuple[str, ...]

HEADINGS = ("Case ref", "Team", "Worker", "Band", "Next review", "Needs", "Comment", "WTE")
_TEAMS = ("North CMHT", "South CMHT", "East & West", "Harbour, Outreach", "Côte Team")
_BANDS = ("High", "Moderate", "Low", "")
_NEEDS = ("housing; debt", "medication", "safeguarding", "", "physical health, diet")
_COMMENTS = (
    "",
    "Seen at home",
    'Says "fine"',
    "Rang twice, no answer",
    "Two\nlines, one cell",
    'Said "no"\nand left',
    "naïve to depot",
    "5'4\" tall",
)


def records(rng: random.Random, count: int, *, plain: bool) -> list[Record]:
    """COUNT records under HEADINGS; PLAIN ones need no quotation marks."""
    made = []
    for at in range(count):
        row = (
            f"C{10_000 + at}",
            rng.choice(_TEAMS),
            f"W{rng.randrange(900):03}",
            rng.choice(_BANDS),
            f"{rng.randrange(1, 29):02}/{rng.randrange(1, 13):02}/2026",
            rng.choice(_NEEDS),
            rng.choice(_COMMENTS),
            rng.choice(("1", "0.6", "0.8", "")),
        )
        made.append(tuple(cell.translate(_PLAIN) for cell in row) if plain else row)
    return made


_PLAIN = {ord(sign): None for sign in ',;\t|"\n'}


def quoted(cell: str, delimiter: str, *, always: bool) -> str:
    if always or any(sign in cell for sign in (delimiter, '"', "\n")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


@dataclass
class File:
    """A text file in the making.

    Attributes:
        chunks: one text per record or stray line, without its line end.
        truth: what each chunk says; None for what is no record or was spoiled.
        doubtful: chunks which the damage may make unreadable although they are whole themselves.
    """

    delimiter: str
    always: bool
    chunks: list[str]
    truth: list[Record | None]
    doubtful: set[int] = field(default_factory=set)
    encoding: str = "utf-8"
    line_end: str = "\n"
    final: bool = True
    tail: str = ""

    @classmethod
    def of(cls, rng: random.Random, count: int) -> File:
        delimiter = rng.choice((",", ",", ";", "\t", "|"))
        always = rng.random() < 0.3
        rows = records(rng, count, plain=rng.random() < 0.3)
        lines = [delimiter.join(quoted(cell, delimiter, always=always) for cell in row) for row in (HEADINGS, *rows)]
        return cls(delimiter, always, lines, [None, *rows])

    def bytes(self) -> bytes:
        text = "\n".join(self.chunks) + ("\n" if self.final else "")
        return text.replace("\n", self.line_end).encode(self.encoding, errors="replace")

    def by_line(self) -> tuple[dict[int, Record], set[int]]:
        """Physical line → record that stands there unchanged; and lines on which the damage may tell."""
        line, there, doubtful = 1, {}, set()
        for at, (chunk, row) in enumerate(zip(self.chunks, self.truth, strict=True)):
            if row is not None:
                there[line] = row
            if at in self.doubtful or row is None:
                doubtful.update(range(line, line + chunk.count("\n") + 1))
            line += chunk.count("\n") + 1
        return there, doubtful

    def said(self) -> set[int]:
        """Physical lines on which a chunk begins that says something, whatever became of it."""
        line, found = 1, set()
        for chunk in self.chunks:
            if chunk.partition("\n")[0].strip(f' "\0{self.delimiter}'):
                found.add(line)
            line += chunk.count("\n") + 1
        return found

    def spoil(self, at: int, chunk: str) -> None:
        """Put a spoiled chunk in place of a good one."""
        self.chunks[at] = chunk + self.tail
        self.truth[at] = None

    def cells(self, at: int) -> list[str]:
        return [quoted(cell, self.delimiter, always=self.always) for cell in self.truth[at] or ()]


Spoiler = Callable[[random.Random, File], None]


def _pick(rng: random.Random, file: File) -> int:
    return rng.choice([at for at, row in enumerate(file.truth) if row is not None])


def drop_cell(rng: random.Random, file: File) -> None:
    at = _pick(rng, file)
    cells = file.cells(at)
    del cells[rng.randrange(len(cells))]
    file.spoil(at, file.delimiter.join(cells))


def double_cell(rng: random.Random, file: File) -> None:
    at = _pick(rng, file)
    cells = file.cells(at)
    place = rng.randrange(len(cells))
    cells.insert(place, cells[place])
    file.spoil(at, file.delimiter.join(cells))


def shift_cells(rng: random.Random, file: File) -> None:
    at = _pick(rng, file)
    cells = file.cells(at)
    cells.insert(rng.randrange(len(cells) - 1), "")
    file.spoil(at, file.delimiter.join(cells))


def merge_cells(rng: random.Random, file: File) -> None:
    at = _pick(rng, file)
    cells = file.cells(at)
    place = rng.randrange(len(cells) - 1)
    cells[place : place + 2] = [cells[place] + cells[place + 1]]
    file.spoil(at, file.delimiter.join(cells))


def other_delimiter(rng: random.Random, file: File) -> None:
    at = _pick(rng, file)
    other = rng.choice([sign for sign in ",;\t|" if sign != file.delimiter])
    file.spoil(at, other.join(file.cells(at)))


def join_lines(rng: random.Random, file: File) -> None:
    at = _pick(rng, file)
    if at + 1 < len(file.chunks) and file.truth[at + 1] is not None:
        file.spoil(at, file.chunks[at] + file.chunks.pop(at + 1))
        del file.truth[at + 1]


def break_line(rng: random.Random, file: File) -> None:
    at = _pick(rng, file)
    cells = file.cells(at)
    place = rng.randrange(1, len(cells))
    file.spoil(at, file.delimiter.join(cells[:place]) + "\n" + file.delimiter.join(cells[place:]))


def drop_quote(rng: random.Random, file: File) -> None:
    choices = [at for at, row in enumerate(file.truth) if row is not None and '"' in file.chunks[at]]
    if not choices:
        return
    at = rng.choice(choices)
    places = [place for place, sign in enumerate(file.chunks[at]) if sign == '"']
    place = rng.choice(places)
    file.spoil(at, file.chunks[at][:place] + file.chunks[at][place + 1 :])


def stray_quote(rng: random.Random, file: File) -> None:
    at = _pick(rng, file)
    place = rng.randrange(len(file.chunks[at]) + 1)
    file.spoil(at, file.chunks[at][:place] + '"' + file.chunks[at][place:])


def cut(rng: random.Random, file: File) -> None:
    at = _pick(rng, file)
    place = rng.randrange(1, len(file.chunks[at]))
    file.spoil(at, file.chunks[at][:place])
    del file.chunks[at + 1 :], file.truth[at + 1 :]
    file.final = False


def repeat_header(rng: random.Random, file: File) -> None:
    at = _pick(rng, file)
    file.chunks.insert(at, file.chunks[0])
    file.truth.insert(at, None)


def totals(rng: random.Random, file: File) -> None:
    width = len(HEADINGS) - 2
    line = rng.choice(("Total", "Grand total", "TOTAL:", "Count")) + file.delimiter * width + file.delimiter + "12"
    at = rng.choice((len(file.chunks), _pick(rng, file)))
    file.chunks.insert(at, line)
    file.truth.insert(at, None)


def footer(rng: random.Random, file: File) -> None:
    for line in ("", "Report run by Sam Smith on 01/04/2026", "Page 1 of 1"):
        file.chunks.append(line)
        file.truth.append(None)


def title(rng: random.Random, file: File) -> None:
    pad = rng.choice(("", file.delimiter * (len(HEADINGS) - 1)))
    for line in reversed(("Caseload report" + pad, "Run on 01/04/2026" + pad, "")):
        file.chunks.insert(0, line)
        file.truth.insert(0, None)


def blank_lines(rng: random.Random, file: File) -> None:
    at = _pick(rng, file)
    file.chunks.insert(at, rng.choice(("", file.delimiter * (len(HEADINGS) - 1), "  ")))
    file.truth.insert(at, None)


def double_line(rng: random.Random, file: File) -> None:
    at = _pick(rng, file)
    file.chunks.insert(at, file.chunks[at])
    file.truth.insert(at, file.truth[at])


def encoding(rng: random.Random, file: File) -> None:
    file.encoding = rng.choice(("utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"))


def line_end(rng: random.Random, file: File) -> None:
    file.line_end = rng.choice(("\r\n", "\r"))


def trailing_delimiter(rng: random.Random, file: File) -> None:
    file.tail = file.delimiter
    file.chunks = [
        chunk + file.delimiter if row is not None else chunk for chunk, row in zip(file.chunks, file.truth, strict=True)
    ]


def nul(rng: random.Random, file: File) -> None:
    at = _pick(rng, file)
    place = rng.randrange(len(file.chunks[at]) + 1)
    file.spoil(at, file.chunks[at][:place] + "\0" + file.chunks[at][place:])


def _header(file: File) -> list[str]:
    return [quoted(cell, file.delimiter, always=file.always) for cell in HEADINGS]


def no_header(rng: random.Random, file: File) -> None:
    del file.chunks[0], file.truth[0]


def header_cell_dropped(rng: random.Random, file: File) -> None:
    cells = _header(file)
    del cells[rng.randrange(len(cells))]
    file.chunks[0] = file.delimiter.join(cells)


def header_cell_doubled(rng: random.Random, file: File) -> None:
    cells = _header(file)
    place = rng.randrange(len(cells))
    cells.insert(place, cells[place])
    file.chunks[0] = file.delimiter.join(cells)


def header_cells_merged(rng: random.Random, file: File) -> None:
    cells = _header(file)
    place = rng.randrange(len(cells) - 1)
    cells[place : place + 2] = [cells[place] + cells[place + 1]]
    file.chunks[0] = file.delimiter.join(cells)


def header_other_delimiter(rng: random.Random, file: File) -> None:
    other = rng.choice([sign for sign in ",;\t|" if sign != file.delimiter])
    file.chunks[0] = other.join(_header(file))


def header_quote(rng: random.Random, file: File) -> None:
    place = rng.randrange(len(file.chunks[0]) + 1)
    file.chunks[0] = file.chunks[0][:place] + '"' + file.chunks[0][place:]


HEADER_DAMAGE: tuple[Spoiler, ...] = (
    no_header,
    header_cell_dropped,
    header_cell_doubled,
    header_cells_merged,
    header_other_delimiter,
    header_quote,
)
RECORD_DAMAGE: tuple[Spoiler, ...] = (
    drop_cell,
    double_cell,
    shift_cells,
    merge_cells,
    other_delimiter,
    join_lines,
    break_line,
    drop_quote,
    stray_quote,
    cut,
    nul,
)
HARMLESS: tuple[Spoiler, ...] = (
    repeat_header,
    totals,
    footer,
    title,
    blank_lines,
    double_line,
    encoding,
    line_end,
    trailing_delimiter,
)
