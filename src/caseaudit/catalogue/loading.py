"""Reading check files, bundled and a user's own alike: by path, one module each."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from pandera.errors import SchemaInitError

from caseaudit.catalogue.check import BrokenCheck, Catalogue, Check
from caseaudit.catalogue.declaring import Declaration, Evidence
from caseaudit.catalogue.manual import read_manual
from caseaudit.catalogue.needing import either_of, fields_of, limits_of, tables_asked, tables_of
from caseaudit.errors import CheckProblem, UsageProblem
from caseaudit.folders import CHECKS


def load_catalogue(folders: Sequence[Path] = ()) -> Catalogue:
    """The bundled checks and those of the user's folders.

    A file that is no usable check becomes a BrokenCheck and stops no other. A file whose name begins with `_` is
    no check.

    Raises:
        UsageProblem: a folder does not exist or holds no check file.
    """
    checks: dict[str, Check] = {}
    broken: list[BrokenCheck] = []
    for folder in (CHECKS, *folders):
        for path in _files(folder):
            try:
                found = load_check(path)
            except CheckProblem as problem:
                broken.append(BrokenCheck(path.stem, str(problem), path))
                continue
            first = checks.setdefault(found.code, found)
            if first is not found:
                reason = f"{path.name} uses the code {found.code}, which {first.path.name} has already."
                broken.append(BrokenCheck(path.stem, reason, path))
    return Catalogue(tuple(checks[code] for code in sorted(checks)), tuple(broken))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise UsageProblem(f"There is no folder of checks '{folder.name}'. Check the name after --checks.")
    files = sorted(path for path in folder.glob("*.py") if not path.name.startswith("_"))
    if not files and folder != CHECKS:
        raise UsageProblem(f"The folder '{folder.name}' given by --checks holds no check file (*.py).")
    return files


def load_check(path: Path) -> Check:
    """The check in a file.

    Raises:
        CheckProblem: the file has a fault; the message names file and line.
    """
    module = _module(path)
    functions = [f for f in vars(module).values() if isinstance(_declaration(f), Declaration)]
    if len(functions) != 1:
        raise CheckProblem(f"{path.name} must hold one function marked with @check; it holds {len(functions)}.")
    function, declaration = functions[0], _declaration(functions[0])
    if function.__name__ != path.stem:
        raise CheckProblem(f"{path.name}: the check's function is named {function.__name__}, not like its file.")
    standard = getattr(module, "Standard", None)
    if not (isinstance(standard, type) and issubclass(standard, Evidence)):
        raise CheckProblem(f"{path.name} has no class Standard(Evidence) that says what must hold.")
    return Check(
        declaration=declaration,
        name=path.stem,
        path=path,
        evidence=function,
        standard=_titled(standard, path.name),
        measures=getattr(module, "measures", None),
        manual=read_manual(module.__doc__, path.name),
        tables=tables_of(function, path.name),
        looks_at=tables_asked(function),
        fields=fields_of(function, declaration.needs, path.name),
        either=either_of(declaration.needs),
        limits=limits_of(function, declaration.target),
    )


def _declaration(thing: Any) -> Any:
    return getattr(thing, "__dict__", {}).get("caseaudit_check")


def _titled(standard: type[Evidence], file: str) -> type[Evidence]:
    """A standard whose columns all say in words what must hold, and for which a blank is never a pass."""
    try:
        columns = standard.to_schema().columns
    except SchemaInitError:
        raise CheckProblem(f"{file}: the Standard is no Pandera model; each column needs a type and a Field.") from None
    if not columns:
        raise CheckProblem(f"{file}: the Standard has no column, so nothing could fall short of it.")
    for name, column in columns.items():
        if not column.title:
            raise CheckProblem(f"{file}: the column '{name}' of the Standard has no title.")
        if column.nullable:
            raise CheckProblem(f"{file}: the column '{name}' of the Standard is nullable; a blank is never a pass.")
    return standard


def _module(path: Path) -> ModuleType:
    # Registered before it runs, because Pandera looks annotations up in sys.modules; named by its path, so that two
    # folders may each hold a file of one name.
    name = f"caseaudit_checks_{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise CheckProblem(f"{path.name} cannot be read as Python.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except CheckProblem:
        raise
    except SyntaxError as fault:
        raise CheckProblem(f"{path.name}, line {fault.lineno}: the file is not valid Python ({fault.msg}).") from None
    except Exception as fault:  # noqa: BLE001 - whatever a user's file does wrong must not stop the other checks
        line = _line_in(path, fault)
        raise CheckProblem(f"{path.name}, line {line}: the file fails when read ({type(fault).__name__}).") from None
    return module


def _line_in(path: Path, fault: BaseException) -> int:
    lines = [frame.lineno for frame in traceback.extract_tb(fault.__traceback__) if frame.filename == str(path)]
    return next((line for line in reversed(lines) if line), 1)
