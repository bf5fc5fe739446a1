"""Filling the long sheets of a workbook column by column.

XlsxWriter makes the workbook: its parts, formats, filters, links, checks on what is typed and the printing. Written
through it, though, 300,000 findings of 19 columns take more than a minute, cell by cell. So the rows of a long sheet
are made by polars, whole columns at a time, and put into the sheet that XlsxWriter left empty. bench/xlsx.py measures
it against the fastest writers there are.

Only three kinds of cell can come out: a number, a text, and a text from the table of shared texts. There is no way to
write a formula.

Source: ECMA-376 part 1, 18.3 (sheets) and 18.4 (shared texts).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl

from caseaudit.reporting.workbook.texts import escaped

SHARED = "xl/sharedStrings.xml"
ROWS_AT_ONCE = 10_000
LEVEL = 1
"""Of the compression. 6 takes three times as long for files a fifth smaller."""

_ROW, _HEIGHT = "row number", "row height"
_DAY_NONE = pl.date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Fill:
    """The rows of a long sheet.

    Attributes:
        rows: columns of text, whole numbers and days; texts as texts.visible leaves them.
        heights: points each row needs, as text; a program may change them when the row is edited.
    """

    rows: pl.DataFrame
    heights: pl.Series


@dataclass(frozen=True)
class _Words:
    """The texts that stand in many cells, written once.

    Attributes:
        kind: they all, in the order they came.
        before: how many shared texts the workbook has already.
        columns: path of a sheet → columns whose texts are among them.
    """

    kind: pl.Enum
    before: int
    columns: Mapping[str, frozenset[str]]


def filled(skeleton: bytes, fills: Mapping[str, Fill]) -> bytes:
    """A workbook with rows in its long sheets.

    Args:
        skeleton: the workbook. A sheet to fill has its header in row 1. Formats of its columns become formats of the
            cells; a cell of the skeleton below row 1 gives only its format, such as that of a link.
        fills: path of a sheet inside the workbook → its rows.

    Returns:
        The same bytes for the same arguments.
    """
    buffer = io.BytesIO()
    packed = zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
    with zipfile.ZipFile(io.BytesIO(skeleton)) as given, packed as made:
        words = _words(given.read(SHARED).decode(), fills)
        for name in given.namelist():
            content = given.read(name)
            # A part opened by its name gets the earliest day a ZIP can hold, so that the bytes are the same again.
            with made.open(name, "w", force_zip64=False) as part:
                if name in fills:
                    for piece in _ahead(_sheet(content.decode(), name, fills[name], words)):
                        part.write(piece)
                elif name == SHARED:
                    part.write(_shared(content.decode(), fills, words))
                else:
                    part.write(content)
    return buffer.getvalue()


def _ahead(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, each made while the one before it is being compressed."""
    with ThreadPoolExecutor(1) as other:
        coming = other.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = other.submit(next, pieces, None)
            yield piece


def _words(shared: str, fills: Mapping[str, Fill]) -> _Words:
    columns = {}
    texts = [pl.Series("word", [], dtype=pl.String)]
    for path, frame in ((path, fill.rows) for path, fill in fills.items()):
        often = [
            name
            for name, dtype in frame.schema.items()
            if dtype == pl.String and 2 * frame[name].n_unique() <= frame.height
        ]
        columns[path] = frozenset(often)
        texts += [frame[name].drop_nulls().unique(maintain_order=True).alias("word") for name in often]
    found = re.search(r'uniqueCount="(\d+)"', shared)
    before = int(found.group(1)) if found else 0
    return _Words(pl.Enum(pl.concat(texts).unique(maintain_order=True)), before, columns)


def _shared(content: str, fills: Mapping[str, Fill], words: _Words) -> bytes:
    """The table of shared texts with ours behind those it has."""
    texts = words.kind.categories.to_frame("word").select(escaped(pl.col("word")))["word"]
    more = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in texts)
    used = sum(
        fill.rows.height - fill.rows[name].null_count() for path, fill in fills.items() for name in words.columns[path]
    )
    found = re.search(r' count="(\d+)" uniqueCount="(\d+)"', content)
    if not found:
        raise ValueError("the table of shared texts has no counts")
    counts = f' count="{int(found.group(1)) + used}" uniqueCount="{words.before + texts.len()}"'
    return (content[: found.start()] + counts + content[found.end() :]).replace("</sst>", more + "</sst>").encode()


def _sheet(content: str, path: str, fill: Fill, words: _Words) -> Iterator[bytes]:
    """The sheet in pieces: what stands before its rows, the rows, what stands behind them."""
    frame = fill.rows
    head, header, rest = re.split(r'(<row r="1".*?</row>)', content, maxsplit=1, flags=re.DOTALL)
    below, tail = rest.split("</sheetData>", maxsplit=1)
    letters = _letters(frame.width)
    dimension = f'<dimension ref="A1:{letters[-1]}{frame.height + 1}"/>'
    yield (re.sub(r'<dimension ref="[^"]*"/>', dimension, head) + header).encode()
    formats = _column_formats(head, frame.width)
    single = {(c, int(r)): s for c, r, s in re.findall(r'<c r="([A-Z]+)(\d+)" s="(\d+)"', below)}
    preserve = {name for name, dtype in frame.schema.items() if dtype == pl.String and _has_edges(frame[name])}
    first = 2
    ends: dict[str, pl.Series] = {}
    preamble = [pl.lit('<row r="'), pl.col(_ROW), pl.lit('" ht="'), pl.col(_HEIGHT), pl.lit('">')]
    # A shared text is from here on its number among the words, a quarter of the room.
    numbers = frame.with_columns(pl.col(name).cast(words.kind).to_physical() for name in words.columns[path])
    for part in numbers.iter_slices(ROWS_AT_ONCE):
        last = first + part.height - 1
        numbered = part.with_columns(
            pl.int_range(first, last + 1).cast(pl.String).alias(_ROW), fill.heights[first - 2 : last - 1].alias(_HEIGHT)
        )
        pieces = list(preamble)
        for letter, name, style in zip(letters, frame.columns, formats, strict=True):
            own = {str(row): s for (column, row), s in single.items() if column == letter and first <= row <= last}
            pieces += _cell(part[name], f'<c r="{letter}', style, own, words, path, ends, keep=name in preserve)
        rows = numbered.select(rows=pl.concat_str([*pieces, pl.lit("</row>")]).str.join("").cast(pl.Binary))
        yield rows.item()
        first = last + 1
    yield b"</sheetData>" + tail.encode()


def _cell(
    part: pl.Series,
    begin: str,
    style: str,
    own: Mapping[str, str],
    words: _Words,
    path: str,
    ends: dict[str, pl.Series],
    *,
    keep: bool,
) -> Sequence[pl.Expr]:
    """The cells of a column, to be joined with their neighbours; a blank one is nothing at all.

    ENDS holds, for each format, what follows the row's number in the cell of each shared text: made once, looked up.
    """
    value = pl.col(part.name)
    blanks = part.null_count()
    if blanks == part.len():
        return []
    if part.name in words.columns[path] and not own:
        if style not in ends:
            number = pl.int_range(words.before, words.before + words.kind.categories.len(), eager=True).cast(pl.String)
            ends[style] = pl.select(pl.format(f'" s="{style}" t="s"><v>{{}}</v></c>', number)).to_series()
        shown: list[pl.Expr] = [pl.lit(ends[style]).gather(value)]
    else:
        shown = [pl.lit('" s="'), _style(style, own), *_shown(part, words, path, keep=keep)]
    pieces = [pl.lit(begin), pl.col(_ROW), *shown]
    return [pl.concat_str(pieces).fill_null("")] if blanks else pieces


def _shown(part: pl.Series, words: _Words, path: str, *, keep: bool) -> list[pl.Expr]:
    """A cell from behind its format to its end."""
    dtype, value = part.dtype, pl.col(part.name)
    if part.name in words.columns[path]:
        number = value.cast(pl.Int64) + words.before
        return [pl.lit('" t="s"><v>'), number.cast(pl.String), pl.lit("</v></c>")]
    if dtype == pl.String:
        space = ' xml:space="preserve"' if keep else ""
        return [pl.lit(f'" t="inlineStr"><is><t{space}>'), escaped(value), pl.lit("</t></is></c>")]
    if dtype == pl.Date:
        return [pl.lit('"><v>'), (value - _DAY_NONE).dt.total_days().cast(pl.String), pl.lit("</v></c>")]
    if dtype.is_integer():
        return [pl.lit('"><v>'), value.cast(pl.String), pl.lit("</v></c>")]
    raise TypeError(f"a long sheet has no cells of type {dtype}")


def _style(style: str, own: Mapping[str, str]) -> pl.Expr:
    return pl.col(_ROW).replace_strict(own, default=style, return_dtype=pl.String) if own else pl.lit(style)


def _column_formats(head: str, width: int) -> list[str]:
    """The format of each column, by its number; 0 is the workbook's own."""
    formats = ["0"] * width
    for column in re.findall(r"<col [^>]*/>", head):
        said = dict(re.findall(r'(\w+)="([^"]*)"', column))
        for place in range(int(said["min"]) - 1, min(int(said["max"]), width)):
            formats[place] = said.get("style", "0")
    return formats


def _letters(width: int) -> list[str]:
    from xlsxwriter.utility import xl_col_to_name

    return [xl_col_to_name(place) for place in range(width)]


def _has_edges(texts: pl.Series) -> bool:
    """Whether a blank stands at an edge of some text, where a reader of XML might drop it."""
    return bool(texts.str.contains(r"^\s|\s$|\n").any())
