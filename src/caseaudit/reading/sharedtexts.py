"""The texts that the sheets of an XLSX share: which of them mean what is written, and as many as some sheets use.

The workbook reader goes through all of them each time a workbook is opened, though a survey needs a few hundred and the
small sheet that stands for a long one a handful. Where they are not written as nearly every program writes them, all of
this is left alone and the reader gets them as they are.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

MEMBER = "xl/sharedStrings.xml"
ESCAPED = r"&|_x|\r"
"""What the workbook reader makes something else of."""

_SST, _ITEM, _ITEM_ENDS, _CLOSE = "<sst", "<si>", "</si>", "</sst>"
_COUNTED = r"^<si><(?:t[ >/]|r>)"
"""How an item begins that counts as one; the reader passes over an item without a text."""
_TEXT_BEGINS, _SPACED_BEGINS, _TEXT_ENDS = "<si><t>", '<si><t xml:space="preserve">', "</t>"
_ONE_ITEM = re.compile(rb"<si><(?:t[ >/]|r>)(?:[^<]|<(?!!|/?si|/?sst))*$")
_USED = re.compile(rb'<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")? t="s"><v>([0-9]{1,9})</v>')
_MAY_USE = re.compile(rb"""\bt\s*=\s*["']s["']""")


@dataclass(frozen=True, slots=True)
class SharedTexts:
    """The shared texts of a workbook.

    Attributes:
        texts: what each means, in their order; null for one with formats or escapes in it, which the reader is to read.
        before: the XML before them.
        items: the XML of each, without its end.
    """

    texts: pl.Series
    before: str
    items: pl.Series

    def only(self, places: pl.Series) -> bytes:
        """The XML of some of them, numbered anew in the order of PLACES."""
        items = [item + _ITEM_ENDS for item in self.items.gather(places)]
        return "".join([self.before, *items, _CLOSE]).encode()


def shared_texts(package: zipfile.ZipFile) -> SharedTexts | None:
    """The shared texts of a workbook; None where it has none, or writes them unusually."""
    import polars as pl

    if [name for name in package.namelist() if name.casefold() == MEMBER.casefold()] != [MEMBER]:
        return None
    try:
        parts = pl.Series("item", [package.read(MEMBER).decode()]).str.split(_ITEM_ENDS).explode()
    except UnicodeDecodeError:
        return None
    before, begins, first = parts[0].partition(_ITEM)
    if not begins or not _begins_well(before) or parts[-1].strip() != _CLOSE:
        return None
    items = parts.head(len(parts) - 1).scatter(0, begins + first)
    plain, spaced = (items.str.starts_with(begins) for begins in (_TEXT_BEGINS, _SPACED_BEGINS))
    texts = items.str.strip_prefix(_TEXT_BEGINS)
    if spaced.any():
        texts = texts.zip_with(~spaced, items.str.strip_prefix(_SPACED_BEGINS))
    texts = texts.str.strip_suffix(_TEXT_ENDS)
    odd = ~((plain | spaced) & items.str.ends_with(_TEXT_ENDS)) | texts.str.contains(f"<|{ESCAPED}")
    # Each of them one item from its first sign on, as the others are, or they would be counted differently.
    some = items.filter(odd)
    if not some.str.contains(_COUNTED).all() or some.str.slice(len(_ITEM)).str.contains("<si|<!|<sst").any():
        return None
    return SharedTexts(texts.set(odd, None), before, items)


def those_used(shared: bytes, sheets: Iterable[bytes]) -> bytes:
    """The XML of shared texts up to the last that some sheets use; all of it where that cannot be told."""
    most = 0
    for sheet in sheets:
        used = _USED.findall(sheet)
        if len(used) != len(_MAY_USE.findall(sheet)):
            return shared
        most = max(most, *map(int, used)) if used else most
    parts = shared.split(_ITEM_ENDS.encode(), most + 1)
    before, begins, first = parts[0].partition(_ITEM.encode())
    items = [begins + first, *parts[1:-1]]
    sound = (
        len(items) == most + 1 and all(map(_ONE_ITEM.match, items)) and _begins_well(before.decode(errors="replace"))
    )
    return b"".join([before, *(item + _ITEM_ENDS.encode() for item in items), _CLOSE.encode()]) if sound else shared


def _begins_well(before: str) -> bool:
    return before.count(_SST) == 1 and "<!" not in before and _CLOSE not in before
