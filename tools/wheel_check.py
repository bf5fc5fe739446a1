"""Build and install caseaudit in each way its users do, and run the demo from each, in temporary folders.

    python tools/wheel_check.py

It works on a copy of the files git tracks, as they are in the working tree, so what git does not hold cannot help. The
installed environment holds the run-time lock alone: a dependency that only the tests declare shows as a failure.
No environment is shared with .venv, and after the packages are fetched nothing reaches the network.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

HOME = Path(__file__).resolve().parent.parent

# The folders a wheel carries and where they lie in it. Said here once more, so that it tests pyproject.toml.
SHIPPED = {
    "src/caseaudit": "caseaudit",
    "checks": "caseaudit/checks",
    "report_templates": "caseaudit/report_templates",
    "sample_data": "caseaudit/sample_data",
}
PACK_FILES = {
    "findings.csv",
    "findings.xlsx",
    "manifest.json",
    "rejected.csv",
    "report.html",
    "report.pdf",
    "results.json",
}
# The demo has findings to show, so both "all met" (0) and "findings" (1) mean that it ran.
DEMO_RAN = {0, 1}
# Files that git ignores and a client's folder may hold; none may reach a wheel.
PLANTED = ("out/secret.csv", "packs/secret.json", "checks/__pycache__/secret.pyc", "sample_data/__pycache__/secret.csv")


class WheelCheckError(Exception):
    """One way of installing does not give the user a working caseaudit."""


@contextmanager
def step(title: str) -> Iterator[None]:
    """Print the title, and the seconds it took when it went well."""
    print(f"  {title} ...", end="", flush=True)
    start = time.monotonic()
    yield
    print(f" {time.monotonic() - start:.0f} s", flush=True)


def clean_environment() -> dict[str, str]:
    """Return our environment without what would let another Python, its packages or its pip settings in."""
    dropped = {"VIRTUAL_ENV", "CONDA_PREFIX"}
    return {
        name: value
        for name, value in os.environ.items()
        if name not in dropped and not name.startswith(("PYTHON", "PIP_"))
    }


def call(
    *command: str | Path, cwd: Path, environment: dict[str, str] | None = None, accept: frozenset[int] = frozenset({0})
) -> str:
    """Run a command and return what it printed.

    Raises:
        WheelCheckError: the command ended with another exit code than the accepted ones.
    """
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment if environment is not None else clean_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in accept:
        said = (done.stdout + done.stderr).strip()[-4000:]
        raise WheelCheckError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{said}")
    return done.stdout


# --- The copy -----------------------------------------------------------------------------------------------------


def copy_tracked_files(target: Path) -> set[str]:
    """Copy the tracked files of the working tree to a git checkout of their own; return their names."""
    listed = call("git", "ls-files", "-z", cwd=HOME)
    names = {name for name in listed.split("\0") if name and (HOME / name).is_file()}
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(HOME / name, target / name)
    # A .git marks where the search for .gitignore files ends, as in a clone.
    call("git", "init", "--quiet", cwd=target)
    for name in PLANTED:
        planted = target / name
        planted.parent.mkdir(parents=True, exist_ok=True)
        planted.write_text("subject\nC000001\n", encoding="utf-8")
        call("git", "check-ignore", "--quiet", name, cwd=target)
    return names


# --- What is built ------------------------------------------------------------------------------------------------


def shipped_names(tracked: set[str]) -> set[str]:
    """Name the files of a wheel that carries the tracked files of the shipped folders, and no other."""
    return {
        str(PurePosixPath(inside) / PurePosixPath(name).relative_to(folder))
        for name in tracked
        for folder, inside in SHIPPED.items()
        if PurePosixPath(name).is_relative_to(folder)
    }


def compare(kind: str, found: set[str], expected: set[str]) -> None:
    """Raise WheelCheckError when an archive misses a file or holds one too many."""
    missing, extra = sorted(expected - found), sorted(found - expected)
    if missing or extra:
        raise WheelCheckError(f"the {kind} misses {missing or 'nothing'} and should not hold {extra or 'nothing'}")


def check_wheel(wheel: Path, tracked: set[str]) -> None:
    """Compare the names in a wheel with the tracked files it should carry."""
    with zipfile.ZipFile(wheel) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = shipped_names(tracked)
    for folder, inside in SHIPPED.items():
        if not any(PurePosixPath(name).is_relative_to(inside) for name in expected):
            raise WheelCheckError(f"{folder}/ has no tracked file, so the wheel cannot carry it")
    compare("wheel", found, expected)


def check_sdist(sdist: Path, tracked: set[str]) -> None:
    """Compare the names in a source archive with the tracked files."""
    with tarfile.open(sdist) as archive:
        found = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    compare("source archive", found, tracked | {"PKG-INFO"})


# --- What is installed --------------------------------------------------------------------------------------------


class Installed:
    """A virtual environment that can fetch nothing but the wheels of the locks."""

    def __init__(self, folder: Path, wheels: Path) -> None:
        self.folder = folder
        self.environment = clean_environment() | {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_FIND_LINKS": wheels.as_uri(),
            "PIP_NO_INDEX": "1",
            "PIP_NO_INPUT": "1",
            # pip's own cache of built wheels would hide a build that fails.
            "PIP_NO_CACHE_DIR": "1",
        }
        call(sys.executable, "-m", "venv", folder, cwd=folder.parent)

    def pip(self, *arguments: str | Path, cwd: Path | None = None) -> str:
        """Run pip in this environment, by default from the folder beside it."""
        command = (self.folder / "bin" / "python", "-m", "pip", *arguments)
        return call(*command, cwd=cwd or self.folder.parent, environment=self.environment)

    def run_demo(self, elsewhere: Path) -> None:
        """Run the demo from an unrelated folder and look for the files of exactly one pack.

        Raises:
            WheelCheckError: a command failed, or the pack is not whole.
        """
        elsewhere.mkdir()
        program = self.folder / "bin" / "caseaudit"
        call(program, "--version", cwd=elsewhere)
        call(program, "demo", "--out", elsewhere / "packs", cwd=elsewhere, accept=frozenset(DEMO_RAN))
        packs = [manifest.parent for manifest in (elsewhere / "packs").rglob("manifest.json")]
        if len(packs) != 1:
            raise WheelCheckError(f"the demo wrote {len(packs)} packs, not one")
        missing = self.pack_files() - {path.name for path in packs[0].iterdir() if path.stat().st_size}
        if missing:
            raise WheelCheckError(f"the pack misses {sorted(missing)}")

    def pack_files(self) -> set[str]:
        """Name the files the demo must write; the PDF only on a machine that can write one."""
        code = "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()): import weasyprint"
        try:
            call(self.folder / "bin" / "python", "-c", code, cwd=self.folder.parent)
        except WheelCheckError:
            print(" (no Pango here: no report.pdf asked for)", end="")
            return PACK_FILES - {"report.pdf"}
        return PACK_FILES

    def remove_program(self) -> None:
        """Uninstall caseaudit alone, and make sure that nothing of it stays importable."""
        self.pip("uninstall", "--yes", "caseaudit")
        code = "import importlib.util, sys; sys.exit(importlib.util.find_spec('caseaudit') is not None)"
        call(self.folder / "bin" / "python", "-c", code, cwd=self.folder.parent)


# --- In order -----------------------------------------------------------------------------------------------------


def fetch_wheels(target: Path) -> None:
    """Fetch the wheels of the run-time and the build lock, by hash, as this machine reaches its package index."""
    locks = [HOME / "requirements" / name for name in ("build.lock", "run.lock")]
    arguments = [argument for lock in locks for argument in ("--requirement", str(lock))]
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "wheel")
    environment = dict(os.environ)
    call(*pip, "--no-deps", "--require-hashes", *arguments, "--wheel-dir", target, cwd=HOME, environment=environment)


def check_all(scratch: Path) -> None:
    """Go through the ways to build and install, in order.

    Raises:
        WheelCheckError: one of them fails.
    """
    tree, wheels, built = scratch / "checkout", scratch / "wheels", scratch / "built"
    for folder in (tree, wheels, built):
        folder.mkdir()
    tracked = copy_tracked_files(tree)
    with step("fetch the packages of the locks"):
        fetch_wheels(wheels)
    installed = Installed(scratch / "environment", wheels)
    with step("wheel and source archive: what they hold"):
        installed.pip("wheel", "--no-deps", "--wheel-dir", built, tree)
        (wheel,) = built.glob("caseaudit-*.whl")
        check_wheel(wheel, tracked)
        call(sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", built, cwd=tree)
        (sdist,) = built.glob("caseaudit-*.tar.gz")
        check_sdist(sdist, tracked)
        installed.pip("wheel", "--no-deps", "--wheel-dir", built / "from_sdist", sdist)
        check_wheel(next((built / "from_sdist").glob("*.whl")), tracked)
    ways = [("pip install WHEEL", [str(wheel)]), ("pip install .", ["."]), ("pip install -e .", ["-e", "."])]
    for number, (title, arguments) in enumerate(ways):
        with step(f"{title}, then the demo from another folder"):
            installed.pip("install", *arguments, cwd=tree)
            installed.pip("check")
            installed.run_demo(scratch / f"elsewhere_{number}")
            installed.remove_program()


def main() -> int:
    """Run the check and return the exit code."""
    print("make wheel-check:")
    with tempfile.TemporaryDirectory(prefix="caseaudit-wheel-check-") as scratch:
        try:
            check_all(Path(scratch))
        except WheelCheckError as error:
            print(f" FAILED\n{error}", file=sys.stderr)
            return 1
    print("make wheel-check: built, installed three ways, demo run from each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
