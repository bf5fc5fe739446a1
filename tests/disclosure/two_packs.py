"""The attacker who holds two packs: reads their files as they were published, and solves for what is hidden in them.

Nothing of the program is used but the files. Every figure found in results.json, in the tables and texts of report.html
and in the cells of findings.xlsx is an equation over the numbers of one month; a share is one over its numerator and
denominator. Two months are tied by what a reader may suppose of a check: GROWS, that its population only grows and what
became of a member stays; STAYS_MET, that what was met stays met; or nothing.
"""

import json
import math
import re
from html.parser import HTMLParser

import numpy as np
import openpyxl
from scipy.optimize import Bounds, LinearConstraint, milp

GROWS, STAYS_MET, NOTHING = "grows", "stays met", "nothing"
LATE_BEGINS = (1, 8, 29, 57, 92)
TOGETHER = re.compile(r"^(\d+) teams together$| or ")
PARTS = ("population", "met", "breach", "not_evidenced")
CODE = re.compile(r"\((\w+)\)$")


class Tables(HTMLParser):
    """Caption and rows of every table of a page, and the words of the whole."""

    def __init__(self, page):
        super().__init__()
        self.tables, self.words, self._cell, self._skip = [], [], None, 0
        self.feed(page)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append(("", []))
        elif tag == "tr":
            self.tables[-1][1].append([])
        elif tag in {"td", "th", "caption"}:
            self._cell = []
        elif tag in {"style", "script"}:
            self._skip += 1
        self.words += [value for name, value in attrs if name in {"aria-label", "alt", "title"} and value]

    def handle_endtag(self, tag):
        if tag in {"style", "script"}:
            self._skip -= 1
        elif tag == "caption":
            self.tables[-1] = (" ".join(self._cell), self.tables[-1][1])
        elif tag in {"td", "th"} and self._cell is not None:
            self.tables[-1][1][-1].append(" ".join("".join(self._cell).split()))
        if tag in {"td", "th", "caption"}:
            self._cell = None

    def handle_data(self, data):
        if self._skip:
            return
        self.words.append(data)
        if self._cell is not None:
            self._cell.append(data)


def number(text):
    """A figure as printed: a number; None for one that is hidden, or none."""
    if isinstance(text, int | float):
        return text
    text = str(text or "").replace(",", "")
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None


class Pack:
    """What the files of one pack tell: claims (code, row, column) → number, small counts, shares, and statuses."""

    def __init__(self, folder):
        data = json.loads((folder / "results.json").read_text(encoding="utf-8"))
        self.checks = {check["code"]: check for check in data["checks"] if check["population"] != 0}
        self.titles = {check["name"].replace("_", " "): code for code, check in self.checks.items()}
        self.small = int(re.search(r"<(\d+)", json.dumps(data) + "<5")[1])
        self.numbers, self.smalls, self.shares, self.hidden = [], set(), [], set()
        self.parts, self.late, self.tables = {}, {}, data["breakdowns"]
        for code, check in self.checks.items():
            for name in PARTS:
                self._figure((code, "", name), check[name])
            if check["rate"] is not None and isinstance(check["rate"], int | float):
                # Where the counts are held back the share is a whole percentage, else it is the fraction itself.
                slack = 0.005 if number(check["population"]) is None else 1e-9
                self.shares.append(((code, ""), check["rate"], slack))
        for name, table in data["breakdowns"].items():
            self._breakdown(name, table)
        if (folder / "report.html").is_file():
            self._page(Tables((folder / "report.html").read_text(encoding="utf-8")))
        if (folder / "findings.xlsx").is_file():
            self._sheet(openpyxl.load_workbook(folder / "findings.xlsx")["Summary"])

    def _figure(self, key, value):
        if isinstance(value, str) and value.startswith("<"):
            self.smalls.add(key)
            self.hidden.add(key)
        elif (found := number(value)) is not None:
            self.numbers.append((key, found))
        else:
            self.hidden.add(key)

    def _breakdown(self, name, table):
        kind, _, code = name.partition("/")
        if kind == "team":
            self._parts(code, table["rows"])
        elif kind == "late":
            self.late[code] = [(str(label), value) for label, value in table["rows"]]
        elif kind == "response":
            for step in {row[0] for row in table["rows"]}:
                rows = [row[1:] for row in table["rows"] if row[0] == step]
                self._parts(step, rows if len(rows) > 1 else [], "signal")

    def _parts(self, code, rows, of="team"):
        for part, looked, met, short, share in rows:
            place = f"{of} {part}"
            self.parts.setdefault((code, of), []).append(part)
            for name, value in (("population", looked), ("met", met), ("short", short)):
                self._figure((code, place, name), value)
            if isinstance(share, int | float):
                self.shares.append(((code, place), share, 1e-9))

    def _page(self, page):
        for caption, (head, *rows) in page.tables:
            if caption == "The checks behind this question":
                self._checks_printed(dict(zip(head, range(len(head)), strict=True)), rows)
            elif caption.endswith(" by team") and caption.removesuffix(" by team").lower() in self.titles:
                code = self.titles[caption.removesuffix(" by team").lower()]
                for part, looked, met, short, share in rows:
                    self._printed(code, f"team {part}", [("population", looked), ("met", met), ("short", short)])
                    self._percent((code, f"team {part}"), share)
        self._words(page.text)

    def _checks_printed(self, named, rows):
        for row in rows:
            code = CODE.search(row[0])[1]
            if row[1] != "–":
                figures = zip(PARTS, ("Looked at", "Met", "Fell short", "No record"), strict=True)
                self._printed(code, "", [(name, row[named[column]]) for name, column in figures])
                self._percent((code, ""), row[named["Share met"]])

    def _words(self, text):
        # "476 of 638 met (75 %)" behind a check's name, in the table of questions and in the answers
        for title, code in self.titles.items():
            said = rf"{title}(?::| \() ?([\d,]+) of ([\d,]+) met \((\d+ %)\)"
            for met, looked, share in re.findall(said, text, flags=re.IGNORECASE):
                self._printed(code, "", [("met", met), ("population", looked)])
                self._percent((code, ""), share)
        # "Share met (CODE)" beside a bar: a chart's own texts
        for code, share in re.findall(r"\((\w+)\) (\d+ %)", text):
            if code in self.checks:
                self._percent((code, ""), share)

    def _printed(self, code, place, figures):
        for name, text in figures:
            if (found := number(text)) is not None:
                self.numbers.append(((code, place, name), found))

    def _percent(self, place, text):
        if re.fullmatch(r"\d+ %", text):
            self.shares.append((place, int(text[:-2]) / 100, 0.005))

    def _sheet(self, sheet):
        head, *rows = sheet.iter_rows(values_only=True)
        for row in rows:
            cells = dict(zip(head, row, strict=True))
            if cells["check"] in self.checks:
                figures = [(name, cells[name.replace("_", " ")]) for name in PARTS]
                self._printed(cells["check"], "", figures)
                if isinstance(cells["rate"], int | float):
                    self.shares.append(((cells["check"], ""), cells["rate"], 0.005))


class System:
    """Whole unknowns with bounds, and linear equations over them."""

    def __init__(self, most=100_000):
        self.most, self.place, self.rows = most, {}, []

    def unknown(self, key):
        """The column of an unknown; a new one is 0 or more."""
        if key not in self.place:
            self.place[key] = len(self.place)
        return key

    def add(self, terms, least, most):
        """least <= sum of terms <= most."""
        for key in terms:
            self.unknown(key)
        self.rows.append((terms, least, most))

    def ends(self, key):
        """The least and most a number can be; None where nothing fits."""
        found = self.solve([key])
        return None if found is None else found[key]

    def solve(self, goals):
        """Unknown → the least and the most it can be; None where nothing fits."""
        size = len(self.place)
        matrix = np.zeros((len(self.rows), size))
        for row, (terms, _, _) in enumerate(self.rows):
            for name, factor in terms.items():
                matrix[row, self.place[name]] = factor
        rules = LinearConstraint(matrix, [row[1] for row in self.rows], [row[2] for row in self.rows])
        found = {}
        for goal in goals:
            ends = []
            for sign in (1, -1):
                aim = np.zeros(size)
                aim[self.place[goal]] = sign
                solved = milp(aim, constraints=rules, integrality=np.ones(size), bounds=Bounds(0, self.most))
                if solved.status == 2:
                    return None
                assert solved.status == 0, solved.message
                ends.append(round(sign * solved.fun))
            found[goal] = tuple(ends)
        return found


def month(system, pack, code, when, atoms):
    """Everything a pack tells of one check, as equations over (when, place, name)."""

    def key(place, name):
        return system.unknown((when, place, name))

    whole = {key("", "population"): 1, key("", "met"): -1, key("", "breach"): -1, key("", "not_evidenced"): -1}
    system.add(whole, 0, 0)
    check = pack.checks[code]
    edge = (-1e-6, math.inf) if check["status"] == "met" else (-math.inf, -1e-6)
    system.add({key("", "met"): 1, key("", "population"): -check["target"]}, *edge)
    for of in ("team", "signal"):
        _parted(system, pack.parts.get((code, of), ()), of, atoms[of], key)
    _claimed(system, pack, code, key)
    _classed(system, pack.late.get(code), key)


def _parted(system, rows, of, atoms, key):
    """The parts add up to the check, and those that are put together to the row that stands for them."""
    for atom in atoms:
        place = f"{of} {atom}"
        system.add({key(place, "population"): 1, key(place, "met"): -1, key(place, "short"): -1}, 0, 0)
    for name in ("population", "met") if atoms else ():
        system.add({key("", name): 1} | {key(f"{of} {atom}", name): -1 for atom in atoms}, 0, 0)
    for part in set(rows) - set(atoms):
        rest = [atom for atom in atoms if atom not in rows]
        for name in ("population", "met", "short"):
            system.add({key(f"{of} {part}", name): 1} | {key(f"{of} {atom}", name): -1 for atom in rest}, 0, 0)


def _claimed(system, pack, code, key):
    """Every number, small count and share that is printed."""
    for (where, place, name), value in pack.numbers:
        if where == code:
            system.add({key(place, name): 1}, value, value)
    for where, place, name in pack.smalls:
        if where == code:
            system.add({key(place, name): 1}, 1, pack.small - 1)
    for (where, place), share, slack in pack.shares:
        if where == code:
            for sign in (1, -1):
                system.add({key(place, "met"): sign, key(place, "population"): -sign * share - slack}, -math.inf, 1e-7)


def _classed(system, classes, key):
    """The classes of lateness add up to the breaches."""
    if not classes:
        return
    system.add({key("", "breach"): 1} | {key("late", begin): -1 for begin in LATE_BEGINS}, 0, 0)
    begins = [int(label.split()[0]) for label, _ in classes]
    for begin, end, (_, value) in zip(begins, [*begins[1:], math.inf], classes, strict=True):
        system.add({key("late", one): 1 for one in LATE_BEGINS if begin <= one < end}, value, value)


def atoms_of(then, now, code, of):
    """The teams (or signals) of both months, and one for all that neither names."""
    rows = [pack.parts.get((code, of), []) for pack in (then, now)]
    named = [{part for part in parts if not TOGETHER.search(part)} for parts in rows]
    every = sorted(named[0] | named[1])
    merged = [len(names) < len(parts) for names, parts in zip(named, rows, strict=True)]
    if rows[0] and rows[1]:
        return every + (["others"] if all(merged) or named[0] == named[1] else [])
    return every + (["others"] if any(merged) else [])


def narrowed(then, now, ties=(GROWS, STAYS_MET, NOTHING)):
    """(month, check, place, name, tie) → how many values are left, of every hidden figure with too few of them.

    Too few is fewer than a small count has; for a figure that was narrower in its own month, fewer than it had there.
    """
    found = {}
    for code in sorted(then.checks.keys() & now.checks.keys()):
        atoms = {of: atoms_of(then, now, code, of) for of in ("team", "signal")}
        hidden = hidden_figures(then, now, code, atoms)
        if not hidden:
            continue
        alone = _values(then, now, code, atoms, NOTHING, hidden)
        for tie in ties:
            values = alone if tie is NOTHING else _values(then, now, code, atoms, tie, hidden)
            for key, left in (values or {}).items():
                if left < min(now.small - 1, math.inf if tie is NOTHING else alone[key]):
                    found[key[0], code, *key[1:], tie] = left
    return found


def hidden_figures(then, now, code, atoms):
    """(month, place, figure) of what either pack hides of a check, or puts together."""
    found = []
    for when, pack in (("then", then), ("now", now)):
        found += [(when, place, name) for where, place, name in sorted(pack.hidden) if where == code]
        for of in ("team", "signal"):
            parts = pack.parts.get((code, of), ())
            together = [atom for atom in atoms[of] if atom not in parts] if parts else []
            if len(together) > 1:  # one by itself is what its row shows
                found += [(when, f"{of} {atom}", name) for atom in together for name in ("met", "short")]
    return found


def _values(then, now, code, atoms, tie, hidden):
    """How many values each hidden number can have; None where the months cannot be tied so."""
    system = System()
    for pack, when in ((then, "then"), (now, "now")):
        month(system, pack, code, when, atoms)
    if tie is not NOTHING:
        for when, place, name in list(system.place):
            if when == "now" and ("then", place, name) in system.place and (
                tie is GROWS or name in {"population", "met"}
            ):  # fmt: skip
                system.add({("now", place, name): 1, ("then", place, name): -1}, 0, math.inf)
    found = {}
    for key in hidden:
        ends = system.ends(key)
        if ends is None:
            return None
        if ends[1] >= 1:  # one that is known to be none tells of nobody
            found[key] = ends[1] - ends[0] + 1
    return found
