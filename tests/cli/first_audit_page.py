"""The guide page docs/first_audit.md as a script: its files are written, its commands run, its output compared."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parents[2]
PAGE = HOME / "docs" / "first_audit.md"

_BLOCK = re.compile(r"^```(console|csv)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROMPT = re.compile(r"stops asking\): (\w*)$", re.MULTILINE)


def filled(text: str, folder: Path) -> str:
    """The page with the output of every command as it is now, run in a folder with the page's files."""
    (folder / "sample_data").symlink_to(HOME / "sample_data")

    def block(found: re.Match[str]) -> str:
        kind, name, body = found.groups()
        if kind == "csv":
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
            return found.group()
        command, _, before = body.partition("\n")
        words = re.findall(r'"[^"]*"|\S+', command.removeprefix("$ caseaudit "))
        said = _run([word.strip('"') for word in words], folder, _PROMPT.findall(before))
        return f"```console\n{command}\n{said}```"

    return _BLOCK.sub(block, text)


def _run(words: list[str], folder: Path, answers: list[str]) -> str:
    command = [sys.executable, "-m", "caseaudit", *words]
    settings = {**os.environ, "COLUMNS": "80", "LINES": "24", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    if answers:
        said = _in_terminal(command, folder, settings, answers)
    else:
        run = subprocess.run(command, cwd=folder, env=settings, capture_output=True, check=False)
        said = (run.stdout + run.stderr).decode()
    lines = [line.rstrip() for line in said.replace("\r", "").replace(str(folder), "/home/you").split("\n")]
    return "\n".join(lines).strip("\n") + "\n"


def _in_terminal(command: list[str], folder: Path, settings: dict[str, str], answers: list[str]) -> str:
    """What a terminal shows while the answers are typed, each after its prompt."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execve(command[0], command, settings)  # noqa: S606
    said, left = "", list(answers)
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        said += part.decode()
        if said.endswith("stops asking): ") and left:
            os.write(terminal, f"{left.pop(0)}\n".encode())
    os.waitpid(child, 0)
    return said
