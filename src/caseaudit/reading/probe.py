"""Opens workbooks of the rarer kinds and Parquet files in a child process first, with a bound on memory and time.

The packed form of XLS, XLSB and ODS cannot be looked through for bombs as quickly as that of XLSX, and one wrong byte
in a Parquet file may ask for more memory than there is, which ends the process. A child that dies of it takes nothing
with it. It costs a tenth of a second (Parquet: half a second) and a second reading of the file, so XLSX does without.
"""

from __future__ import annotations

import subprocess
import sys

from caseaudit.errors import UnreadableExport

_MEMORY = 3 * 2**30
_SECONDS = 120
_PANIC, _TOO_MANY, _ENDLESS = 7, 9, 11

_CHILD = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except (ImportError, ValueError, OSError):
    pass
import io
import python_calamine
try:
    book = python_calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
    cells = 0
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        cells += sheet.height * sheet.width
        del sheet
    code = {too_many} if cells > {cells} else 0
except Exception:
    code = 0
except BaseException:
    code = {panic}
sys.exit(code)
"""

_PARQUET = """
import io
import sys
import polars as pl
code = 0
try:
    scan = pl.scan_parquet(io.BytesIO(sys.stdin.buffer.read()))
    names = scan.collect_schema().names()
    if scan.select(pl.len()).collect().item() * max(len(names), 1) <= {cells}:
        for place in range(len(names)):
            scan.select(pl.nth(place)).collect()
except Exception:
    code = 0
except BaseException:
    code = {panic}
sys.exit(code)
"""


def probe_parquet(data: bytes, name: str, cells: int) -> None:
    """Decode every column of a Parquet file in a child process.

    Args:
        data: the file.
        name: file as messages name it.
        cells: cells beyond which the file is refused by others, and not decoded here.

    Raises:
        UnreadableExport: the child gave up in panic, was ended for want of memory or took too long. Other damage is
            not found out here.
    """
    if (code := _run(_PARQUET.format(cells=cells, panic=_PANIC), data)) is not None and code != 0:
        raise UnreadableExport(f"{name} cannot be read as Parquet: it is damaged or cut off; write it again.")


def probe(data: bytes, name: str, cells: int) -> None:
    """Open every sheet of a workbook in a child process.

    Args:
        data: the workbook.
        name: file as messages name it.
        cells: cells all sheets may have together.

    Raises:
        UnreadableExport: the child ran out of memory or time, or the reader's Rust part gave up in panic, which in
            our own process would print its stack. Other damage is not found out here.
    """
    code = _run(_CHILD.format(memory=_MEMORY, cells=cells, panic=_PANIC, too_many=_TOO_MANY), data)
    if code == _PANIC:
        raise UnreadableExport(f"{name} is a damaged workbook; export it again, or open it and save it as XLSX.")
    if code is not None and (code in {_TOO_MANY, _ENDLESS, 134} or code < 0):
        raise UnreadableExport(
            f"{name} takes more memory or time to open than an export should; save it again as XLSX or CSV."
        )


def _run(code: str, data: bytes) -> int | None:
    """Exit code of a child that runs some code over some bytes; None where there is no second interpreter."""
    try:
        child = [sys.executable, "-I", "-c", code]
        return subprocess.run(child, input=data, capture_output=True, timeout=_SECONDS, check=False).returncode
    except subprocess.TimeoutExpired:
        return _ENDLESS
    except OSError:
        return None  # no second interpreter to be had, as in a frozen program
