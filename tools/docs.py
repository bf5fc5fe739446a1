"""Write the pages that come from the program itself: the commands' help, the check reference, the index of checks/.

python tools/docs.py            write what has changed
python tools/docs.py --check    write nothing; exit with 1 and name what is out of date
"""

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent
NOTE = "<!-- Written by `make docs`; changes made here are lost. -->\n"

# The defaults are the same on every day: without a user's policy file nothing in the policy depends on the date.
ANY_DAY = dt.date(2026, 1, 31)


# --- Commands -----------------------------------------------------------------------------------------------------


def commands_page() -> str:
    """Return the help of every command, as a terminal of 80 columns without colour shows it."""
    os.environ |= {"TERMINAL_WIDTH": "80", "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
    import typer  # noqa: PLC0415 - reads the width when it is imported

    from caseaudit.cli.app import app  # noqa: PLC0415

    parts = [NOTE, "# Commands\n"]
    for words in ([], *paths_of(typer.main.get_command(app))):
        parts += [f"## {' '.join(['caseaudit', *words])}\n", f"```text\n{help_text(app, words)}\n```\n"]
    return "\n".join(parts)


def paths_of(command: Any, before: tuple[str, ...] = ()) -> Iterator[list[str]]:
    """Yield the words that call each command under a group, hidden ones left out."""
    for name, below in getattr(command, "commands", {}).items():
        if not below.hidden:
            yield [*before, name]
            yield from paths_of(below, (*before, name))


def help_text(app: Any, words: list[str]) -> str:
    """Return what `caseaudit WORDS --help` prints, without blanks at the line ends.

    Raises:
        SystemExit: the help itself fails.
    """
    from typer.testing import CliRunner  # noqa: PLC0415

    result = CliRunner().invoke(app, [*words, "--help"], prog_name="caseaudit")
    if result.exit_code != 0:
        sys.exit(f"caseaudit {' '.join(words)} --help ended with {result.exit_code}: {result.output}")
    return "\n".join(line.rstrip() for line in result.output.strip("\n").splitlines())


# --- Checks -------------------------------------------------------------------------------------------------------


def bundled_checks() -> list[Any]:
    """Return the bundled checks in the order of their codes.

    Raises:
        SystemExit: a check file cannot be used.
    """
    from caseaudit.catalogue import load_catalogue  # noqa: PLC0415

    catalogue = load_catalogue()
    if catalogue.broken:
        sys.exit("\n".join(broken.reason for broken in catalogue.broken))
    return list(catalogue)


def checks_index() -> str:
    """Return the page of checks/: one line for each check, leading to its file."""
    rows = [
        f"| {check.code} | [{check.name}]({check.path.name}) | {check.manual.fault} "
        f"| {check.declaration.severity.value} | {check.declaration.owner} |"
        for check in bundled_checks()
    ]
    table = "\n".join(["| Code | File | Fault | Severity | Who acts |", "|---|---|---|---|---|", *rows])
    more = "The full text of each is in [docs/checks.md](../docs/checks.md); `caseaudit explain CODE` prints it.\n"
    return f"{NOTE}\n# The checks\n\n{more}\n{table}\n"


def checks_page() -> str:
    """Return the check reference: each check's own words, and the limits it tests against with their sources."""
    from caseaudit import policy  # noqa: PLC0415

    checks, limits = bundled_checks(), policy.load(ANY_DAY).in_force()
    intro = (
        "A check looks at the members of its population, and each of them is met, a breach, or not evidenced where the "
        "record does not say. The limits are the defaults; a policy file changes them.\n"
    )
    shared = sorted({name for check in checks for name in sections_used(check, limits)})
    tables = [f"## {name}\n\n{limits_table(within(name, limits))}\n" for name in shared]
    return "\n".join([NOTE, "# Check reference\n", intro, *(section(check, limits) for check in checks), *tables])


def within(name: str, limits: tuple[Any, ...]) -> list[Any]:
    """Return the limits of a section of the policy, such as all of `bands`."""
    return [limit for limit in limits if limit.name.startswith(f"{name}.")]


def sections_used(check: Any, limits: tuple[Any, ...]) -> list[str]:
    """Return the sections of the policy that a check reads as a whole: shown once for all checks, at the end."""
    return [name for name in check.limits if within(name, limits)]


def limits_table(limits: list[Any]) -> str:
    """Return a table of limits with their defaults and sources."""
    rows = [f"| `{limit.name}` | {value_text(limit.value)} | {limit.basis} | {limit.source} |" for limit in limits]
    return "\n".join(["| Limit | Default | Basis | Source |", "|---|---|---|---|", *rows])


def needs(check: Any) -> list[str]:
    """Return the fields a check cannot do without, those of which one will do joined by "or"."""
    return [f"`{field}`" for field in check.fields] + [
        " or ".join(f"`{field}`" for field in fields) for fields in check.either
    ]


def section(check: Any, limits: tuple[Any, ...]) -> str:
    """Return the part of the check reference on one check."""
    declared, manual = check.declaration, check.manual
    target = f"`{declared.target}`" if declared.target else "every member meets it"
    facts = (
        f"Severity {declared.severity.value} · basis {declared.basis} · acts: {declared.owner} · met when: {target} · "
        f"needs: {', '.join(needs(check)) or 'nothing beyond its tables'}\n"
    )
    words = {
        "Why it matters": manual.why,
        "Who is looked at": manual.population,
        "What is a finding": manual.finding,
        "What to do": manual.action,
        "Sources": manual.sources,
    }
    parts = [f"## {check.code} {check.name}\n", f"**{manual.fault}.**\n", facts]
    parts += [f"**{heading}.** {text}\n" for heading, text in words.items()]
    if own := [limit for limit in limits if limit.name in check.limits]:
        parts.append(f"{limits_table(own)}\n")
    if used := sections_used(check, limits):
        parts.append(f"Also reads {', '.join(f'[{name}](#{name})' for name in used)}.\n")
    if manual.example:
        parts.append(f"```text\n{manual.example}\n```\n")
    return "\n".join(parts)


def value_text(value: Any) -> str:
    """Return a policy value as a reader writes it: a list joined by commas, nothing as a dash."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "-"
    return str(value).replace("|", "\\|")


# --- In order -----------------------------------------------------------------------------------------------------

PAGES: dict[str, Callable[[], str]] = {
    "docs/commands.md": commands_page,
    "docs/checks.md": checks_page,
    "checks/README.md": checks_index,
}


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check compare them with what they should be; return the exit code."""
    stale = []
    for name, make in PAGES.items():
        path, text = HOME / name, make()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if arguments != ["--check"]:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {name}")
    if stale and arguments == ["--check"]:
        print(f"out of date: {', '.join(stale)}; run `make docs`")
        return 1
    return 0


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
