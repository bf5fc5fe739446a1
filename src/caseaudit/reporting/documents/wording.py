"""Words and numbers as the reports write them: dates, days, counts with their nouns, lists, limits and sources."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any

from caseaudit.model import Limit
from caseaudit.publication import Figure

_WORDS = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")

_NOUNS: dict[str, tuple[str, str]] = {
    "case and worker": ("pair of case and worker", "pairs of case and worker"),
    "case and physical check": ("physical check due", "physical checks due"),
    "worker and competency": ("competency of a worker", "competencies of workers"),
    "worker and course": ("course of a worker", "courses of workers"),
    "peer's work": ("piece of a peer's work", "pieces of peers' work"),
    "session": ("supervision session", "supervision sessions"),
    "sign-off": ("sign-off", "sign-offs"),
    "capacity exception": ("capacity exception", "capacity exceptions"),
    "team and week": ("week of a team", "weeks of teams"),
    "team and day": ("day of a team", "days of teams"),
    "team and role": ("role in a team", "roles in teams"),
    "team and month": ("month of a team", "months of teams"),
    "row": ("row", "rows"),
    "reference": ("reference", "references"),
    "source": ("source", "sources"),
}
_IRREGULAR = {"y": "ies"}


def noun(subject: str, number: float | None = None) -> str:
    """What a check is about, for a number of them: "case", "cases"; plural where the number is not told."""
    known = _NOUNS.get(subject)
    if known is None:
        word = subject.replace("_", " ") or "record"
        known = (word, _plural(word))
    return known[0] if number == 1 else known[1]


def _plural(word: str) -> str:
    if " or " in word:
        return " or ".join(_plural(part) for part in word.split(" or "))
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"(s|x|ch|sh)$", word) else f"{word}s"


def counted(number: Figure, subject: str) -> str:
    """A count with its noun: "1 worker", "1,204 cases", "fewer than 5 cases"."""
    return f"{amount(number)} {noun(subject, number.value)}"


def amount(number: Figure) -> str:
    """A count inside a sentence: "14", "none", "fewer than 5"."""
    if number.hidden:
        return f"fewer than {number.text[1:]}" if number.text.startswith("<") else "a number not shown"
    return "none" if number.value == 0 else number.text


def begin(text: str) -> str:
    """A sentence's beginning: whole numbers up to nine as words, the first letter large."""
    found = re.match(r"^(\d+)(?=\s|$)", text)
    if found and int(found.group()) < len(_WORDS):
        return _WORDS[int(found.group())] + text[found.end() :]
    return text[:1].upper() + text[1:]


def day(date: dt.date) -> str:
    """A date in a sentence: "31 October 2026"."""
    return f"{date.day} {date:%B %Y}"


def short_day(date: dt.date) -> str:
    """A date in a table: "31 Oct 2026"."""
    return f"{date.day} {date:%b %Y}"


def days(number: int) -> str:
    """A number of days: "1 day", "1,204 days"."""
    return "1 day" if number == 1 else f"{number:,} days"


def plain(number: int, one: str, many: str | None = None) -> str:
    """A count that needs no protection, with its noun."""
    return f"{number:,} {one if number == 1 else many or _plural(one)}"


def met_phrase(met: int, of: int, one: str, done: str, verb: tuple[str, str] = ("is", "are")) -> str:
    """How many of some things are met: "All 48 checks made are met", "None of the 48 checks made is met".

    Args:
        met: how many are.
        of: how many there are; one at least.
        one: what they are, for one of them.
        done: what was done with them.
        verb: for one and for many.
    """
    if of == 1:
        return f"The one {one} {done} {verb[0]} {'met' if met else 'not met'}"
    if of == 2 and met == of:
        return f"Both {_plural(one)} {done} {verb[1]} met"
    what = f"{of:,} {_plural(one)} {done}"
    if met in {0, of}:
        return f"All {what} {verb[1]} met" if met else f"None of the {what} {verb[0]} met"
    return f"{begin(f'{met:,}')} of {what} {verb[met > 1]} met"


def member(subject: str) -> str:
    """The parts of a finding's subject as they are read: "W1041 | 2026-09-18" → "W1041, 18 Sep 2026".

    A code of the policy or of a table, such as medicines_awareness, is read as its words. A part that is blank, as the
    task of a finding about an allocation is, is left out.
    """
    first, *others = subject.split(" | ")
    return ", ".join((first, *(_read(part) for part in others if part != "blank")))


def _read(part: str) -> str:
    if part in _ABBREVIATIONS or re.fullmatch(r"[a-z]+(_[a-z]+)+", part):
        return in_words(part)
    try:
        return short_day(dt.date.fromisoformat(part)) if len(part) == len("2026-09-18") else part
    except ValueError:
        return part


def quoted(text: str) -> str:
    """A check's own words for readers of a report, who have no command line: what is said of commands is left out."""
    return re.sub(r"\s*\(`[^)]*\)", "", text).replace("`", "")


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a list: "a", "a and b", "a, b and c"."""
    *most, final = list(words) or [""]
    return f"{', '.join(most)} {last} {final}" if most else final


_ABBREVIATIONS = {"bmi": "BMI", "dna": "DNA", "ed": "ED", "wte": "WTE"}


def in_words(code: str) -> str:
    """A code of the policy or of a table as it is read: "max_high_acuity_per_wte" → "max high acuity per WTE"."""
    return " ".join(_ABBREVIATIONS.get(word, word) for word in code.replace("_", " ").split(" "))


def title_of(name: str) -> str:
    """A check's name as a heading: "review_overdue" → "Review overdue"."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def lower_first(text: str) -> str:
    """A sentence to go on with: its first letter small, unless it begins with an abbreviation or a code."""
    return text if len(text) < 2 or not text[1].islower() else text[0].lower() + text[1:]


def reason(text: str | None) -> str:
    """Why a check could not be made, without the names that tables and fields have in the program."""
    return re.sub(r" \([a-z_]+\.[a-z_]+\)", "", text or "")


def ended(text: str) -> str:
    """A sentence with one full stop at its end."""
    return text.rstrip(" .") + "."


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", text.strip())


BASIS = {
    "law": "law",
    "regulator": "regulator",
    "contract": "contract",
    "nice": "NICE",
    "guidance": "guidance",
    "policy": "your policy",
    "house": "house default",
}
"""How the basis of a limit is called."""

_SHARES = frozenset({"target", "share", "rate", "level", "completeness", "staffing", "cancellations", "turnover"})
"""Last words of the names of limits that are shares."""

_PARTS = {"fail": "outer limit", "warn": "limit"}


def limit_name(name: str) -> str:
    """A policy value's name in words: "bands.high.review_days" → "Bands, high: review days".

    What stands in brackets is the team or role it is set for, and stays as it is.
    """
    name, _, whose = name.partition(" (")
    *path, leaf = name.split(".")
    words = in_words(leaf) + (f" ({whose}" if whose else "")
    if not path:
        return words[:1].upper() + words[1:]
    where = ", ".join(map(in_words, path))
    return f"{where[:1].upper()}{where[1:]}: {words}"


def limit_value(limit: Limit, value: Any = ...) -> str:
    """A policy value as printed, with its unit where its name tells it: "42 days", "85 %", "yes"."""
    shown = limit.value if value is ... else value
    leaf = re.sub(r" \(.*\)$", "", limit.name).rsplit(".", 1)[-1]
    if isinstance(shown, bool):
        return "yes" if shown else "no"
    if isinstance(shown, list | tuple):
        return listed(in_words(str(word)) for word in shown) or "none"
    if isinstance(shown, int) and (leaf.endswith("days") or limit.name.startswith("supervision.")):
        return days(shown)
    if isinstance(shown, float) and leaf.rpartition("_")[2] in _SHARES:
        return f"{100 * shown:.1f}".removesuffix(".0") + " %"
    return f"{shown:g}" if isinstance(shown, float) else in_words(str(shown))


def limit_phrase(limit: Limit) -> str:
    """A limit in a sentence, with its source: "supervision, standard: limit 42 days (guidance)".

    The unit is said once: "bands, high: review 84 days", though the policy calls the value review_days.
    """
    name, value = limit_name(limit.name), limit_value(limit)
    if value.endswith(" days") or value == "1 day":
        name = name.removesuffix(" days")
    return f"{lower_first(name)} {value} ({BASIS.get(limit.basis, limit.basis)})"


def only_limit(limits: Iterable[Limit], name: str) -> Any:
    """The value of a limit; None where there is none of that name, or teams or roles have others."""
    found = [limit for limit in limits if limit.name == name or limit.name.startswith(f"{name} (")]
    return found[0].value if len(found) == 1 and found[0].name == name else None


def showing(shown: int, of: int, rest: str) -> str:
    """What a cut list says of itself: "Showing 50 of 1,204; all in findings.xlsx." Blank when it is whole."""
    return "" if shown >= of else f"Showing {shown:,} of {of:,}; all in {rest}."


def capped(words: Sequence[str], most: int) -> str:
    """A list of which no more than so many are named: "REV01, REV02 and 3 more"."""
    if len(words) <= most:
        return listed(words)
    return f"{', '.join(words[:most])} and {len(words) - most} more"
