"""Opens a workbook of the rarer kinds in a child process first, with a bound on its memory and time.

The packed form of XLS, XLSB and ODS cannot be looked through for bombs as quickly as that of XLSX. A child that dies of
one takes nothing with it. It costs a tenth of a second and a second reading of the file, so XLSX does without.
"""

from __future__ import annotations

import subprocess
import sys

from caseaudit.errors import UnreadableExport

_MEMORY = 3 * 2**30
_SECONDS = 120
_PANIC, _TOO_MANY = 7, 9

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
    code = _CHILD.format(memory=_MEMORY, cells=cells, panic=_PANIC, too_many=_TOO_MANY)
    try:
        child = [sys.executable, "-I", "-c", code]
        done = subprocess.run(child, input=data, capture_output=True, timeout=_SECONDS, check=False)
        if done.returncode == _PANIC:
            raise UnreadableExport(f"{name} is a damaged workbook; export it again, or open it and save it as XLSX.")
        failed = done.returncode in {_TOO_MANY, 134} or done.returncode < 0
    except subprocess.TimeoutExpired:
        failed = True
    except OSError:
        return  # no second interpreter to be had, as in a frozen program
    if failed:
        raise UnreadableExport(
            f"{name} takes more memory or time to open than an export should; save it again as XLSX or CSV."
        )
