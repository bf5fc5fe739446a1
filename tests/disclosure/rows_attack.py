"""The attacker on the rows of the exports: what became of each file's rows, in one pack or two, beside the checks.

Rows read = kept + records lost + furniture, for every source and in all. The attacker also knows what checks count:
DQ07 every record of every file; DQ01 the rows of tables with a key; a check of cases some of the rows of the files of
cases. What no figure rules out is supposed: that every row has its key, that none is lost in part, that a file only
grows. A supposition may be false; a number is told where too few values are left and the truth is one of them.
"""

import math

from two_packs import System, number

KEYED, WHOLE, GROWS = "every row has its key", "no row is lost in part", "files only grow"
CELLS = ("read", "kept", "lost", "furniture")
PRINTED = {"read": "rows_read", "kept": "rows_kept", "rejected": "rows_rejected", "furniture": "furniture"}


class Attack:
    """One month or two: what the packs print, and what is true."""

    def __init__(self, packs, truths, keyed, people):
        """What the attacker starts from.

        Args:
            packs: results.json of each month.
            truths: of each month, file → {"read", "kept", "lost", "furniture"}, and code → {"population", "met" ...}.
            keyed: tables that have a key.
            people: tables whose rows are about people served.
        """
        self.packs, self.truths, self.keyed, self.people = packs, truths, keyed, people
        self.small = 5

    def _system(self, months, supposed, growing=()):
        system = System(most=100_000)
        for when in months:
            self._files(system, when)
            self._checks(system, when, supposed)
        if len(months) == 2:
            for file in growing:
                for cell in CELLS:
                    least, most = 0, 0 if self._same(file) else math.inf
                    system.add({(1, file, cell): 1, (0, file, cell): -1}, least, most)
        return system

    def _same(self, file):
        digests = [{table["file"]: table["sha256"] for table in pack["tables"]}[file] for pack in self.packs]
        return digests[0] == digests[1]

    def _files(self, system, when):
        files = self.packs[when]["tables"]
        for table in files:
            read, kept, lost, furniture = ((when, table["file"], cell) for cell in CELLS)
            system.add({read: 1, kept: -1, lost: -1, furniture: -1}, 0, 0)
            self._printed(system, table, {"read": [read], "kept": [kept], "rejected": [lost, furniture],
                                          "furniture": [furniture]})  # fmt: skip
        every = {cell: [(when, table["file"], cell) for table in files] for cell in CELLS}
        self._printed(system, self.packs[when]["rows"], every | {"rejected": every["lost"] + every["furniture"]})

    def _printed(self, system, told, keys):
        for name, printed in PRINTED.items():
            if (value := number(told[printed])) is not None:
                system.add(dict.fromkeys(keys[name], 1), value, value)

    def _checks(self, system, when, supposed):
        pack = self.packs[when]
        checks = {check["code"]: check for check in pack["checks"]}
        files = [table["file"] for table in pack["tables"]]
        if "DQ07" in checks:
            self._check(system, when, checks["DQ07"])
            records = {(when, file, cell): -1 for file in files for cell in ("kept", "lost")}
            system.add({(when, "DQ07", "population"): 1} | records, 0, 0)
            lost = {(when, file, "lost"): -1 for file in files}
            system.add({(when, "DQ07", "breach"): 1} | lost, 0, 0 if WHOLE in supposed else math.inf)
        if "DQ01" in checks and KEYED in supposed:
            self._check(system, when, checks["DQ01"])
            rows = {
                (when, table["file"], "kept"): -1 for table in pack["tables"] if set(table["tables"]) & set(self.keyed)
            }
            system.add({(when, "DQ01", "population"): 1} | rows, 0, 0)

    def _check(self, system, when, check):
        keys = {name: (when, check["code"], name) for name in ("population", "met", "breach", "not_evidenced")}
        whole, met, breach, silent = keys.values()
        system.add({whole: 1, met: -1, breach: -1, silent: -1}, 0, 0)
        for name, key in keys.items():
            if (value := number(check[name])) is not None:
                system.add({key: 1}, value, value)
            elif str(check[name] or "").startswith("<"):
                system.add({key: 1}, 1, self.small - 1)
        if check["target"] == 1:
            fell = (1, math.inf) if check["status"] == "not met" else (0, 0)
            system.add({breach: 1, silent: 1}, *fell)

    # --- What is looked for -----------------------------------------------------------------------------------------

    def hidden(self, when):
        """(unknown, what is true) of every number about people that a month does not print."""
        for table in self.packs[when]["tables"]:
            if not self.people & set(table["tables"]):
                continue  # the rows of work and of staff may be told; where they are hidden it is to protect others
            truth = self.truths[when][table["file"]]
            for cell, name in (("read", "rows_read"), ("kept", "rows_kept"), ("lost", "rows_rejected")):
                if table[name] is None:
                    yield (when, table["file"], cell), truth[cell]
        for check in self.packs[when]["checks"]:
            for name in ("population", "met", "breach", "not_evidenced"):
                # The large ones are hidden for the sake of the small.
                if check["code"] == "DQ07" and name in check["suppressed"]:
                    truth = self.truths[when]["DQ07"][name]
                    if 0 < truth < self.small:
                        yield (when, "DQ07", name), truth

    def _differences(self, when):
        """Of the rows of the files of cases, those a check of cases does not look at, where they are few."""
        pack = self.packs[when]
        files = [table["file"] for table in pack["tables"] if table["tables"] == ["cases"]]
        for check in pack["checks"]:
            if check["subject"] == "case" and (population := number(check["population"])) is not None:
                for cells in (("read",), ("kept",), ("kept", "lost")):
                    rows = sum(self.truths[when][file][cell] for file in files for cell in cells)
                    if files and 0 < rows - population < self.small:
                        yield {(when, file, cell): 1 for file in files for cell in cells}, population, rows

    def told(self):
        """(what, suppositions) → (least, most) of what keeps too few values."""
        months = range(len(self.packs))
        found = {}
        for supposed in ((), (KEYED,), (WHOLE,), (KEYED, WHOLE)):
            alone = [self._ends(self._system([when], supposed), when) for when in months]
            for ends in alone:
                for goal, (least, most, truth) in (ends or {}).items():
                    if self._few(least, most, truth, math.inf):
                        found[goal, supposed] = (least, most)
            if len(self.packs) == 2 and all(alone):
                self._both(alone, supposed, found)
            elif len(self.packs) == 2:
                self._both([one or {} for one in alone], supposed, found)
        return found

    def _both(self, alone, supposed, found):
        files = [{table["file"] for table in pack["tables"]} for pack in self.packs]
        shared = sorted(files[0] & files[1])
        may = [file for file in shared if self._fits(supposed, [file])]
        for growing in [may] if self._fits(supposed, may) else [[file] for file in may]:
            system = self._system((0, 1), supposed, growing)
            for when in (0, 1):
                for goal, (least, most, truth) in (self._ends(system, when) or {}).items():
                    before = alone[when].get(goal)
                    width = math.inf if before is None else before[1] - before[0] + 1
                    if self._few(least, most, truth, width):
                        found[goal, (*supposed, GROWS)] = (least, most)

    def _fits(self, supposed, growing):
        system = self._system((0, 1), supposed, growing)
        key = next(iter(system.place))
        return system.ends(key) is not None

    def _few(self, least, most, truth, before):
        return most >= 1 and least <= truth <= most and most - least + 1 < min(self.small - 1, before)

    def _ends(self, system, when):
        """Number → the least and the most it can be, and what it is; None where nothing fits."""
        found = {}
        for key, truth in self.hidden(when):
            system.unknown(key)
            ends = system.ends(key)
            if ends is None:
                return None
            found[key] = (*ends, truth)
        for place, (terms, population, rows) in enumerate(self._differences(when)):
            key = (when, "rows of cases", place)
            system.add({key: 1} | {one: -factor for one, factor in terms.items()}, -population, -population)
            ends = system.ends(key)
            if ends is None:
                return None
            found[key] = (*ends, rows - population)
        return found
