"""The attacker: every figure of a publication as an equation, and for each suppressed one the least and the most it
can be (linear programming)."""

import math

from scipy.optimize import linprog

from caseaudit.publication import NOT_SHOWN


class Attack:
    """Unknown counts, and what the publication tells of them."""

    def __init__(self, publication, nested=()):
        """`nested`: pairs of keys of `parts`, the members of the second all being members of the first."""
        self.threshold = publication.threshold
        self.rounded = publication.profile == "publication"
        self.bounds, self.equal, self.at_most, self.hidden = [], [], [], []
        self.possible = {}  # place of an unknown → values it could have if nothing of it were told, where they are few
        self.parts = {}  # (code, team or None) → places of the members, of those that met, of those that fell short
        for result in publication.results:
            if result.population.value == 0:
                continue
            self._result(result, publication)
        for name, read in (("response", self._response), ("competence", self._competence), ("acuity", self._acuity)):
            if name in publication.tables:
                read(publication.tables[name])
        self.differences = [
            self._difference(outer, inner) for outer, inner in nested
            if {outer, inner} <= self.parts.keys()
        ]  # fmt: skip

    def _difference(self, outer, inner):
        """Of the members of one check, those who are not in another that lies within it: nobody published them."""
        place = len(self.bounds)
        self.bounds.append((0, None))
        self.equal.append(({self.parts[outer][0]: 1, self.parts[inner][0]: -1, place: -1}, 0))
        words = [" ".join(filter(None, key)) for key in (outer, inner)]
        return place, " not in ".join(words)

    def _unknown(self, figure, name):
        """A new unknown within what the figure tells."""
        place = len(self.bounds)
        if figure.value is not None:
            slack = 2 if self.rounded else 0
            self.bounds.append((max(0, figure.value - slack), figure.value + slack))
        elif figure.text.startswith("<"):
            self.bounds.append((1, self.threshold - 1))
        else:
            assert figure.text in {NOT_SHOWN, "*"}, figure
            self.bounds.append((0, None))
        if figure.hidden:
            self.hidden.append((place, name))
        return place

    def _result(self, result, publication):
        whole, met, breach, silent = (
            self._unknown(figure, f"{result.code} {name}")
            for name, figure in (
                ("population", result.population), ("met", result.met), ("breach", result.breach),
                ("not evidenced", result.not_evidenced),
            )
        )  # fmt: skip
        self.equal.append(({whole: 1, met: -1, breach: -1, silent: -1}, 0))
        self.parts[result.code, None] = (whole, met, breach, silent)
        if result.short.value is not None and not self.rounded:
            self.equal.append(({breach: 1, silent: 1}, result.short.value))
        self._share(result.rate, met, whole, whole_percent=bool(result.beside))
        if result.beside:
            # That its population is a few fewer than some other one is told; how many fit its share is no small count.
            self.hidden = [one for one in self.hidden if one[0] != met]
        if result.target == 1.0:  # the status tells whether anybody fell short
            self.at_most.append(({breach: -1, silent: -1}, -1 if result.status.value == "not met" else 0))
            if result.status.value == "met":
                self.equal.append(({breach: 1, silent: 1}, 0))
        if result.worst:
            self.at_most.append(({breach: -1}, -len(result.worst)))
        if (late := publication.tables.get(f"late/{result.code}")) is not None:
            classes = [self._unknown(row[1], f"{result.code} late {row[0]}") for row in late.rows]
            self.equal.append(({breach: 1, **dict.fromkeys(classes, -1)}, 0))
        if (table := publication.tables.get(f"team/{result.code}")) is not None:
            self._teams(result, table, whole, met)

    def _teams(self, result, table, whole, met):
        parts = []
        for team, looked_at, met_there, short, share in table.rows:
            name = f"{result.code} {team}"
            n, m, s = (
                self._unknown(figure, f"{name} {word}")
                for figure, word in ((looked_at, "population"), (met_there, "met"), (short, "short"))
            )
            self.equal.append(({n: 1, m: -1, s: -1}, 0))
            self._share(share, m, n)
            self.parts[result.code, str(team)] = (n, m, s)
            parts.append((n, m))
        self.equal.append(({whole: 1} | {n: -1 for n, _ in parts}, 0))
        self.equal.append(({met: 1} | {m: -1 for _, m in parts}, 0))

    def _response(self, table):
        """What was done in time by signal: the rows of a check add up to it."""
        rows = {}
        for code, signal, looked_at, in_time, short, share in table.rows:
            name = f"response {code} {signal}"
            n, m, s = (
                self._unknown(f, f"{name} {w}") for f, w in ((looked_at, "all"), (in_time, "met"), (short, "short"))
            )
            self.equal.append(({n: 1, m: -1, s: -1}, 0))
            self._share(share, m, n)
            rows.setdefault(str(code), []).append((n, m))
        for code, parts in rows.items():
            whole, met, *_ = self.parts[code, None]
            self.equal.append(({whole: 1} | {n: -1 for n, _ in parts}, 0))
            self.equal.append(({met: 1} | {m: -1 for _, m in parts}, 0))

    def _competence(self, table):
        """The matrix: a team's cells add up to what CMP03 (asked for) and CMP02 (held) tell of it."""
        teams = {}
        for team, competency, need, hold, share in table.rows:
            n, h = self._unknown(need, f"{team} {competency} need"), self._unknown(hold, f"{team} {competency} hold")
            if need.hidden:
                self.bounds[n] = (1, None)  # a cell stands there, so somebody needs it
            self.at_most.append(({h: 1, n: -1}, 0))
            self._share(share, h, n)
            workers = self.parts.get(("CAP01", str(team)))
            if workers is not None:
                self.at_most.append(({n: 1, workers[0]: -1}, 0))
                self.possible |= {n: self.bounds[workers[0]][1], h: self.bounds[workers[0]][1]}
            teams.setdefault(str(team), []).append((n, h))
        for team in [None, *teams]:
            cells = [cell for name, own in teams.items() if team in {None, name} for cell in own]
            asked, held = self.parts.get(("CMP03", team)), self.parts.get(("CMP02", team))
            if asked is not None:
                self.equal.append(({asked[0]: 1} | {n: -1 for n, _ in cells}, 0))
                self.at_most.append(({asked[1]: -1} | {h: 1 for _, h in cells}, 0))  # what is held was assessed
            if held is not None:
                self.equal.append(({held[0]: 1} | {h: -1 for _, h in cells}, 0))

    def _acuity(self, table):
        """Open cases by band: a team's row adds up to its open cases, and those without a band to ACU02."""
        unrecorded, wholes = {}, []
        for team, *cells, _ in table.rows:
            places = [self._unknown(cell, f"acuity {team} {place}") for place, cell in enumerate(cells)]
            whole = len(self.bounds)
            self.bounds.append((0, None))
            self.equal.append(({whole: 1} | dict.fromkeys(places, -1), 0))
            self.parts["acuity", str(team)] = (whole,)
            wholes.append(whole)
            for place, column in zip(places, table.columns[1:-1], strict=True):
                self.parts[f"acuity {column.heading}", str(team)] = (place,)
            if (known := self.parts.get(("CAP05", str(team)))) is not None:
                self.equal.append(({known[0]: 1} | dict.fromkeys(places, -1), 0))
            unrecorded |= {
                place: -1
                for place, column in zip(places, table.columns[1:-1], strict=True)
                if column.heading == "Not recorded"
            }
        if ("CAP05", None) in self.parts:
            self.equal.append(({self.parts["CAP05", None][0]: 1} | dict.fromkeys(wholes, -1), 0))
        if unrecorded and ("ACU02", None) in self.parts:
            _, _, breach, silent = self.parts["ACU02", None]
            self.equal.append(({breach: 1, silent: 1} | unrecorded, 0))

    def _share(self, share, part, whole, *, whole_percent=False):
        if share.value is None:
            return
        if not self.rounded and not whole_percent:
            self.equal.append(({part: 1, whole: -share.value}, 0))
            return
        self.at_most.append(({part: 1, whole: -(share.value + 0.005)}, 0))
        self.at_most.append(({part: -1, whole: share.value - 0.005}, 0))

    def _matrix(self, rows):
        return [[terms.get(place, 0) for place in range(len(self.bounds))] for terms, _ in rows] or None

    def narrowest(self):
        """Suppressed figure → how many whole numbers it can be; one that is known to be none tells of nobody."""
        found = {}
        for place, name in self.hidden:
            least, most = self._ends(place, name)
            if most >= 1:
                found[name] = most - least + 1
        return found

    def _ends(self, place, name):
        """The least and the most whole number an unknown can be."""
        ends = []
        for sign in (1, -1):
            solved = linprog(
                [sign * (other == place) for other in range(len(self.bounds))],
                A_ub=self._matrix(self.at_most), b_ub=[value for _, value in self.at_most] or None,
                A_eq=self._matrix(self.equal), b_eq=[value for _, value in self.equal],
                bounds=self.bounds, method="highs",
            )  # fmt: skip
            assert solved.status in {0, 3}, (name, solved.message)  # solved, or without bound
            ends.append(math.inf if solved.status == 3 else sign * solved.fun)
        least, most = ends
        return math.ceil(least - 1e-6), math.inf if most is math.inf else math.floor(most + 1e-6)

    def told_apart(self):
        """Differences of nested populations that may be a small count and have fewer values than one: name → values."""
        found = {}
        for place, name in self.differences:
            least, most = self._ends(place, name)
            if most >= 1 and least < self.threshold and most - least + 1 < self.threshold - 1:
                found[name] = most - least + 1
        return found

    def narrow(self):
        """Suppressed figures that can be fewer values than a small count has, or than there are."""
        found = self.narrowest()
        enough = {name: min(self.threshold - 1, self.possible.get(place, math.inf)) for place, name in self.hidden}
        return {name: values for name, values in found.items() if values < enough[name]}
