import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

HOME = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def home() -> Path:
    return HOME


@pytest.fixture(scope="session")
def tool() -> Callable[[str], ModuleType]:
    """Load a script of tools/ by its name: they are run as scripts, not installed."""

    def load(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(f"caseaudit_tools_{name}", HOME / "tools" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load
