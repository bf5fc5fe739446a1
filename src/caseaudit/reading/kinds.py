"""What kind of file it is, by its first bytes; the ending of its name is what people get wrong."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum

from caseaudit.reading.compound import SIGNATURE, stream_names


class Kind(StrEnum):
    """Kinds of file that are told apart."""

    TEXT = "text"
    WORKBOOK = "workbook"
    ARCHIVE = "archive"
    PARQUET = "parquet"
    NO_EXPORT = "no export"
    REFUSED = "refused"


NO_EXPORTS = frozenset(
    [
        "md",
        "rst",
        "json",
        "jsonl",
        "toml",
        "yaml",
        "yml",
        "ini",
        "cfg",
        "py",
        "pyc",
        "r",
        "sql",
        "ipynb",
        "js",
        "css",
        "html",
        "htm",
        "svg",
        "xml",
        "xsd",
        "pdf",
        "doc",
        "docx",
        "docm",
        "ppt",
        "pptx",
        "msg",
        "eml",
        "rtf",
        "odt",
        "odp",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "bmp",
        "tif",
        "tiff",
        "ico",
        "exe",
        "dll",
        "bat",
        "ps1",
        "sh",
        "lnk",
        "url",
        "log",
        "lock",
        "key",
        "pem",
        "db",
        "gitignore",
        "gitkeep",
    ]
)
"""Endings of files that are certainly no export."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x00\x01\x00\x00Standard", "an Access database"),
    (b"{\\rtf", "an RTF document"),
    (b"PARE", "an encrypted Parquet file"),
    (b"ORC", "an ORC file"),
    (b"Obj\x01", "an Avro file"),
    (b"ARROW1", "an Arrow file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\x09\x08\x04\x00", "a workbook of Excel 4 or before"),
    (b"\x09\x04\x06\x00", "a workbook of Excel 4 or before"),
    (b"\x09\x02\x06\x00", "a workbook of Excel 4 or before"),
    (b"\x09\x00\x04\x00", "a workbook of Excel 4 or before"),
    (b"\x09\x08\x08\x00\x00\x05", "a workbook of Excel 95 without its container"),
    (b"\x09\x08\x10\x00\x00\x06", "a workbook of Excel 97 without its container"),
)
_SAYS = ("mimetype", "META-INF/manifest.xml", "[Content_Types].xml")
"""Members of a package that say what it is."""
_OTHER_OFFICE = {
    "word/": "a Word document",
    "ppt/": "a presentation",
    "Index/Document.iwa": "an Apple Numbers file",
}
_STREAMS = ("EncryptedPackage", "EncryptionInfo", "Workbook", "Book")
_MARKUP = re.compile(
    rb"\s*(?:<!doctype\s+html|<html|<head|<table|<body|<meta|<\?xml|<!--|MIME-Version:)", re.IGNORECASE
)
_SYLK = re.compile(rb"ID;P[^\r\n]*\r?\n(?:[A-Z]{1,2};[A-Z][^\r\n]*\r?\n){2}")


def kind_of(data: bytes) -> tuple[Kind, str]:
    """The kind of a file and, for a refused one, what it is in words ("a PDF").

    Args:
        data: the whole file.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(SIGNATURE):
        return _ole_kind(data)
    if data.startswith(b"PAR1"):
        return Kind.PARQUET, ""
    words = next((words for signature, words in _SIGNATURES if data.startswith(signature)), "") or _markup(data)
    return (Kind.REFUSED, words) if words else (Kind.TEXT, "")


def _markup(data: bytes) -> str:
    """What kind of markup or notation a text is written in; empty for a plain one."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(head):
        return "a web page or XML file, whatever its name says"
    if _SYLK.match(head):
        return "a SYLK file (.slk)"
    if re.match(rb"\s*[\[{]\s*(?:[\[{\"\d]|\Z)", head) and b"\n" not in head.split(b'"')[0][2:]:
        return "a JSON file"
    return ""


def _zip_kind(data: bytes) -> tuple[Kind, str]:
    """Office files are ZIP archives, told apart by the names of their members and by what they say they are."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {name.replace("\\", "/").lstrip("/"): name for name in package.namelist()}
            said = b"".join(_beginning(package, names[name]) for name in _SAYS if name in names)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        # Of a damaged one the names stand in clear at the beginning and the end.
        places = data[:4096] + data[-65_536:]
        names = {name: name for name in ("xl/", *_OTHER_OFFICE) if name.encode() in places}
        said = data[:200]
    if b"opendocument.spreadsheet" in said or b"spreadsheetml" in said or any(n.startswith("xl/") for n in names):
        return Kind.WORKBOOK, ""
    if b"opendocument." in said:
        return Kind.REFUSED, "a text document" if b"opendocument.text" in said else "an OpenDocument file"
    for begins, words in _OTHER_OFFICE.items():
        if any(name.startswith(begins) for name in names):
            return Kind.REFUSED, words
    return Kind.ARCHIVE, ""


def _beginning(package: zipfile.ZipFile, member: str) -> bytes:
    with package.open(member) as file:
        return file.read(4096)


def _ole_kind(data: bytes) -> tuple[Kind, str]:
    names = stream_names(data) or {name for name in _STREAMS if name.encode("utf-16-le") in data}
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        return Kind.REFUSED, "a file protected by a password"
    if names & {"Workbook", "Book"}:
        return Kind.WORKBOOK, ""
    return Kind.REFUSED, "an old Office file, but no workbook"
