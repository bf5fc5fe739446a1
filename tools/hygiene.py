"""Find text that belongs to one machine in the files of the repository: home folders, private hosts, package indexes.

    python tools/hygiene.py [FOLDER]

Prints one line for each find and exits with 1 when there is any. The patterns are written so that none matches its own
text: this file is held to the rule like every other.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

# The guides need a home folder to show: these names stand for the reader's own.
EXAMPLE_USERS = r"(?:you|me|user|quality)\b"

# What is forbidden, and what to write instead.
FORBIDDEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![\w.-])/(?:root|work|workspace)/"), "a machine's folder: write a path from the repository"),
    (
        re.compile(rf"(?<![\w.-])/(?:home|Users)/(?!{EXAMPLE_USERS})[\w.-]+"),
        "somebody's home folder: write ~ or /home/you",
    ),
    (re.compile(r"(?<![\w.-])/opt/(?!homebrew\b)\w+"), "a machine's folder: write a path from the repository"),
    (re.compile(r"(?i)(?<![\w.-])[a-z]:\\Users\\(?!" + EXAMPLE_USERS + r")\w+"), "somebody's home folder"),
    (re.compile(r"(?:pythonhosted|pypi)\.org/(?!project/)"), "a package index: pip knows where it is"),
    (re.compile(r"--(?:extra-)?index[-]url|--trusted[-]host"), "a package index: pip knows where it is"),
    (re.compile(r"(?:://|@)[\w.-]+\.(?:local|internal|lan|corp)\b"), "a private host"),
    (
        re.compile(r"(?<![\d.])(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?![\d.])"),
        "a private address",
    ),
)


class Find(NamedTuple):
    """One forbidden piece of text and where it stands (line counted from 1)."""

    path: Path
    line: int
    text: str
    why: str


def own_files(folder: Path) -> list[Path]:
    """List the files git keeps or would keep, without those it ignores, relative to the folder.

    Raises:
        subprocess.CalledProcessError: the folder is no git checkout.
    """
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout
    return sorted({Path(name) for name in listed.decode().split("\0") if name and (folder / name).is_file()})


def search(folder: Path, path: Path) -> Iterator[Find]:
    """Search one file for forbidden text; a file with a zero byte is no text and holds none."""
    content = (folder / path).read_bytes()
    if b"\0" in content:
        return
    # Sample exports come in several encodings; what is forbidden is ASCII in all of them.
    for number, line in enumerate(content.decode("latin-1").splitlines(), start=1):
        for pattern, why in FORBIDDEN:
            for match in pattern.finditer(line):
                yield Find(path, number, match.group(), why)


def main(folder: Path) -> int:
    """Print what is found in the folder's files and return the exit code."""
    try:
        paths = own_files(folder)
    except subprocess.CalledProcessError as error:
        print(f"git could not list the files of {folder}: {error.stderr.decode().strip()}", file=sys.stderr)
        return 2
    finds = [find for path in paths for find in search(folder, path)]
    for find in finds:
        print(f"{find.path}:{find.line}: {find.text} ({find.why})")
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main(Path(*sys.argv[1:2])))
