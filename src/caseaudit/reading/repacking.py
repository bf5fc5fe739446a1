"""A workbook's package with other bytes in the place of some members, or with the names that every reader expects."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from caseaudit.reading.markup import attribute

_USUAL = {
    name.casefold(): name
    for name in (
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/workbook.bin",
        "xl/_rels/workbook.bin.rels",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/styles.bin",
        "content.xml",
    )
}
_MAIN = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*/(?:relationships/)?officeDocument[\"'][^>]*>")


def repacked(package: zipfile.ZipFile, written: Mapping[str, bytes], renamed: Mapping[str, str] | None = None) -> bytes:
    """The package, not compressed.

    Args:
        package: the package.
        written: member → the bytes to put in its place.
        renamed: member → its new name.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for member in package.namelist():
            content = written[member] if member in written else package.read(member)
            new.writestr((renamed or {}).get(member, member), content)
    return out.getvalue()


def unusual_names(package: zipfile.ZipFile) -> dict[str, str]:
    """Members whose name is not written as nearly every program writes it → the name it would have then.

    Names with backslashes, in capitals, and a main part that is not called workbook.xml: all of them are allowed.
    """
    members = package.namelist()
    names = {member: member.replace("\\", "/").lstrip("/") for member in members}
    names = {member: _USUAL.get(name.casefold(), name) for member, name in names.items()}
    relations = next((member for member, name in names.items() if name == "_rels/.rels"), None)
    main = _MAIN.search(package.read(relations)) if relations and "xl/workbook.xml" not in names.values() else None
    folder, _, called = attribute(main.group(), b"Target").lstrip("/").rpartition("/") if main else ("", "", "")
    if folder == "xl" and called.endswith(".xml"):
        own = {f"xl/{called}": "xl/workbook.xml", f"xl/_rels/{called}.rels": "xl/_rels/workbook.xml.rels"}
        names = {member: own.get(name, name) for member, name in names.items()}
    return {member: name for member, name in names.items() if member != name}
