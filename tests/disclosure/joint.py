"""The attacker who holds two packs and knows which checks look at parts of what others look at.

Everything `two_packs` reads of every check goes into one system of both months. Of two checks of which one's members
are all among the other's, team by team, the difference of their populations counts people too, and is what is looked
for. The table of acuity tells of open cases by team, and of those of high acuity. The attacker also knows that a check
whose figures are all held back lies a few people below one whose are not.
"""

import math
import re

from two_packs import GROWS, NOTHING, STAYS_MET, TOGETHER, System, hidden_figures, month

OPEN_CASES, HIGH = "CAP05", "high acuity"
HIGH_BANDS = {"High acuity", "High", "Very high"}


class Scoped:
    """A system as one check sees it: its own unknowns."""

    def __init__(self, system, code):
        self.system, self.code = system, code

    def unknown(self, key):
        self.system.unknown((self.code, *key))
        return key

    def add(self, terms, least, most):
        self.system.add({(self.code, *key): factor for key, factor in terms.items()}, least, most)


def members(audit):
    """Code → team → the members of its population, of checks of cases; of open cases also those of high acuity."""
    found = {}
    for result in audit.results:
        if result.evidence is None or tuple(result.subject_columns) != ("case_id",) or not result.population:
            continue
        rows = result.evidence.collect()
        parts = {result.code: rows}
        if result.code == OPEN_CASES and "high_acuity" in rows.columns:
            parts[HIGH] = rows.filter(rows["high_acuity"].fill_null(value=False))
        for code, own in parts.items():
            for team, case in own.select("team", "case_id").iter_rows():
                found.setdefault(code, {}).setdefault(team, set()).add(case)
    return found


def everybody(teams):
    """The members of all teams."""
    return set().union(*teams.values())


class Attack:
    """Two packs of which the truth is known as far as who is a member of what."""

    def __init__(self, then, now, audit_then, audit_now):
        self.packs = {"then": then, "now": now}
        self.members = {"then": members(audit_then), "now": members(audit_now)}
        self.codes = sorted(set.intersection(*map(set, (then.checks, now.checks, *self.members.values()))))
        known = [*self.codes, *([HIGH] if all(HIGH in own for own in self.members.values()) else [])]
        self.pairs = [
            (outer, inner)
            for outer in known
            for inner in known
            if outer != inner
            and all(everybody(own[inner]) <= everybody(own[outer]) for own in self.members.values())
            and any(everybody(own[inner]) != everybody(own[outer]) for own in self.members.values())
        ]
        self.teams = self._teams()

    def _teams(self):
        """Teams that some table of some month names, and one more where not all of those together have a name."""
        rows = [
            [str(row[0]) for row in table["rows"]]
            for pack in self.packs.values()
            for name, table in pack.tables.items()
            if name == "acuity" or (name.partition("/")[0] == "team" and name.partition("/")[2] in self.codes)
        ]
        named = sorted({team for teams in rows for team in teams if not TOGETHER.search(team)})
        more = any(
            int(re.match(r"\d+", team)[0]) > len(set(named) - set(teams))
            for teams in rows
            for team in teams
            if TOGETHER.search(team)
        )
        return [*named, "others"] if more else named

    def _system(self, growing, tie):
        system = System(most=10_000)
        for when, pack in self.packs.items():
            for code in self.codes:
                month(Scoped(system, code), pack, code, when, {"team": self.teams, "signal": []})
            self._acuity(system, pack, when)
            for outer, inner in self.pairs:
                for place in ("", *(f"team {team}" for team in self.teams)):
                    self._difference(system, outer, inner, place, when)
        for code, when, place, name in list(system.place):
            if code in growing and when == "now" and (code, "then", place, name) in system.place and (
                tie == GROWS or name in {"population", "met"}
            ):  # fmt: skip
                system.add({(code, "now", place, name): 1, (code, "then", place, name): -1}, 0, math.inf)
        return system

    def _difference(self, system, outer, inner, place, when):
        ours, theirs, between = (outer, when, place, "population"), (inner, when, place, "population"), (
            f"{outer} not {inner}", when, place, "population",
        )  # fmt: skip
        system.add({ours: 1, theirs: -1, between: -1}, 0, 0)
        if not place and self._held_beside(outer, inner, when):
            system.add({between: 1}, 1, self.packs[when].small - 1)

    def _held_beside(self, outer, inner, when):
        """Whether all figures of a check are held back, and it lies a few people below another whose are not."""
        pack, own = self.packs[when], self.members[when]
        if inner not in pack.beside or outer not in self.codes or (outer, "", "population") in pack.hidden:
            return False
        return 0 < len(everybody(own[outer]) - everybody(own[inner])) < pack.small

    def _acuity(self, system, pack, when):
        """Each row adds up to the open cases of its team, and its cells of high acuity to those."""
        for team in self.teams:  # parts of the whole, whatever is shown
            system.unknown((HIGH, when, f"team {team}", "population"))
        system.add(
            {(HIGH, when, "", "population"): 1} | {(HIGH, when, f"team {t}", "population"): -1 for t in self.teams},
            0,
            0,
        )
        table = pack.tables.get("acuity")
        if table is None:
            return
        named = {str(row[0]) for row in table["rows"]}
        for team, *cells, _ in table["rows"]:
            teams = [team] if team in self.teams else [one for one in self.teams if one not in named]
            high = [cell for head, cell in zip(table["columns"][1:-1], cells, strict=True) if head in HIGH_BANDS]
            for code, number in ((OPEN_CASES, sum(cells)), (HIGH, sum(high))):
                system.add({(code, when, f"team {one}", "population"): 1 for one in teams}, number, number)

    def _goals(self):
        atoms = {"team": self.teams, "signal": []}
        for code in self.codes:
            for when, place, name in hidden_figures(*self.packs.values(), code, atoms):
                yield code, when, place, name
        for outer, inner in self.pairs:
            for when in self.packs:
                own, other = (self.members[when][code] for code in (outer, inner))
                few = {team: len(cases - other.get(team, set())) for team, cases in own.items()}
                few["others"] = sum(number for team, number in few.items() if team not in self.teams)
                few[""] = len(everybody(own) - everybody(other))
                for team in ("", *self.teams):
                    if 0 < few.get(team, 0) < self.packs["now"].small:
                        yield f"{outer} not {inner}", when, f"team {team}" if team else "", "population"

    def narrowed(self):
        """(what, month, place, figure, tie) → (least, most) of what keeps too few values.

        Too few is fewer than a small count has; for what was narrower in its own month, fewer than it had there. Of the
        differences those are looked for that are small.
        """
        alone = self._system((), NOTHING).solve(self._goals())
        small = self.packs["now"].small
        found = {}
        goals = []
        for goal, (least, most) in alone.items():
            if most < 1:
                continue  # what is known to be none tells of nobody
            if " not " in goal[0] and most - least + 1 < small - 1:
                found[*goal, NOTHING] = (least, most)
            if most > least:
                goals.append(goal)
        every = [code for code in self.codes if self._may_grow(code)]
        either = [(code,) for code in every] + [pair for pair in self.pairs if {*pair} <= {*every}]
        for growing in [tuple(every)] if self._solved(every, GROWS, goals[:1]) else either:
            for tie in (GROWS, STAYS_MET):
                for goal, ends in (self._solved(growing, tie, goals) or {}).items():
                    values, before = ends[1] - ends[0] + 1, alone[goal][1] - alone[goal][0] + 1
                    if ends[1] >= 1 and values < min(small - 1, before):
                        found[*goal, tie] = ends
        return found

    def _solved(self, growing, tie, goals):
        return self._system(growing, tie).solve(goals) if goals else {}

    def _may_grow(self, code):
        """Whether a check's own figures rule out that its population only grows."""
        key = (code, "now", "", "population")
        return self._system((code,), STAYS_MET).solve([key]) is not None
