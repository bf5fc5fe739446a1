"""The folder of exports: which table goes into which file, in which shape."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from . import columns as shape
from .cells import Renderer, Words, with_spoilt
from .columns import Column, worded
from .files import Account, Rows, SheetOfRows, write_csv, write_workbook
from .model import AS_AT, Provider, Review
from .standard import COMPETENCIES
from .work import MATRIX_TEAM

_CSVS: tuple[tuple[str, str, list[Column], str, str, str], ...] = (
    ("reviews_2024-2026.csv", "reviews", shape.REVIEWS, "dmy", "cp1252", ";"),
    ("Contacts export.csv", "contacts", shape.CONTACTS, "named", "utf-8-sig", ","),
    ("Staff list (HR).csv", "staff", shape.STAFF, "dmy", "utf-8", ","),
    ("competency_signoffs.csv", "competencies", shape.SIGN_OFFS, "iso", "utf-8", ","),
    ("Allocations.csv", "allocations", shape.ALLOCATIONS, "dmy", "utf-8", "\t"),
    ("training.csv", "training", shape.TRAINING, "dmy", "utf-8", ","),
    ("Tasks.csv", "tasks", shape.TASKS, "iso", "utf-8", ","),
    ("risk flags.csv", "risk_flags", shape.FLAGS, "dmy", "utf-8", ","),
    ("Huddles.csv", "huddles", shape.HUDDLES, "named", "utf-8", ","),
    ("Capacity exceptions.csv", "capacity_exceptions", shape.EXCEPTIONS, "dmy", "cp1252", ","),
    ("Referrals.csv", "referrals", shape.REFERRALS, "dmy", "utf-8-sig", ","),
    ("Incidents.csv", "incidents", shape.INCIDENTS, "dmy", "cp1252", ";"),
    ("Physical health checks.csv", "physical_checks", shape.PHYSICAL, "iso", "utf-8", ","),
    ("Peer role records.csv", "peer_roles", shape.PEERS, "dmy", "utf-8", ","),
    ("Establishment.csv", "establishment", shape.ESTABLISHMENT, "dmy", "utf-8", ","),
    ("Workforce risk register.csv", "risk_register", shape.RISKS, "dmy", "utf-8", ","),
    ("Governance log.csv", "governance", shape.GOVERNANCE, "dmy", "utf-8", ","),
    ("Duty rota.csv", "duty_rota", shape.ROTA, "iso", "utf-8", ","),
    ("Band changes.csv", "bands", shape.BANDS, "dmy", "utf-8", "|"),
    ("Attestations.csv", "attestations", shape.ATTESTATIONS, "dmy", "utf-8", ","),
)
_TITLE = ("Fenmoor Community Mental Health Partnership (invented)", "", "Run by J. Selwood on 02/11/2026", "")


class Exporter:
    def __init__(self, provider: Provider, out: Path, seed: int) -> None:
        self.p = provider
        self.out = out
        self.seed = seed
        self.words = Words()
        self.account = Account()
        self.big = len(provider.cases) > 5000

    def write(self) -> None:
        """Write every file. Existing ones of the same name are replaced."""
        self.out.mkdir(parents=True, exist_ok=True)
        self._caseload()
        for name, table, columns, style, encoding, delimiter in _CSVS:
            records = self._records(table)
            if table == "competencies":
                records = [s for s in records if not s.in_matrix]
            write_csv(
                self.out / name,
                columns,
                self._rows(table, records, columns, style),
                self.account,
                encoding=encoding,
                delimiter=delimiter,
            )
        self._supervision()
        self._escalations()
        self._matrix()

    def _records(self, table: str) -> list[Any]:
        """The table's records, each doubled one twice: the second time a little further down."""
        records = list(getattr(self.p, table))
        for name, record in self.p.doubles:
            if name == table:
                records.insert(min(len(records), records.index(record) + 7), record)
        return records

    def _rows(self, table: str, records: list[Any], columns: list[Column], style: str) -> Rows:
        spoilt = [(overrides, reason) for name, overrides, reason in self.p.spoilt if name == table]
        return with_spoilt(
            records, spoilt, self.p.unreadable, Renderer(columns, style, self.words, f"{self.seed}:cells:{table}")
        )

    def _caseload(self) -> None:
        last: dict[str, Review] = {}
        for review in self.p.reviews:
            known = last.get(review.case_id)
            if review.reviewed_on <= AS_AT and (known is None or known.reviewed_on < review.reviewed_on):
                last[review.case_id] = review
        columns = shape.caseload(lambda case: last.get(case.case_id))
        sheet = SheetOfRows(
            "Caseload",
            (_TITLE[0], "Caseload report - October 2026 (open and recently closed)", *_TITLE[1:]),
            columns,
            self._rows("cases", self._records("cases"), columns, "excel"),
            totals=True,
            footer="Report run by J. Selwood, Performance and Information",
        )
        write_workbook(self.out / "Caseload report Oct 2026.xlsx", [sheet], self.account, big=self.big)

    def _supervision(self) -> None:
        """One sheet per team in a provider of one site; a single log in a large one."""
        records = self._records("supervision")
        sheets: dict[str, list[Any]] = defaultdict(list)
        team = {w.worker_id: w.team for w in self.p.staff}
        for session in records:
            sheets["Log" if self.big else team.get(session.worker_id, self.p.teams[0])].append(session)

        def pages() -> Iterator[SheetOfRows]:
            for number, (name, held) in enumerate(sorted(sheets.items())):
                table = "supervision" if number == 0 else ""  # spoilt rows go into the first sheet
                rows = self._rows(table, held, shape.SUPERVISION, "excel")
                yield SheetOfRows(name, (f"Supervision log - {name}", ""), shape.SUPERVISION, rows)

        write_workbook(self.out / "Supervision log.xlsx", pages(), self.account, big=self.big)

    def _escalations(self) -> None:
        rows = self._rows("escalations", self._records("escalations"), shape.ESCALATIONS, "excel")
        sheet = SheetOfRows("Log", ("Escalation log", "All teams", ""), shape.ESCALATIONS, rows)
        write_workbook(self.out / "Escalation log.xlsx", [sheet], self.account, big=self.big)

    def _matrix(self) -> None:
        """Wide: a worker a row, a competency a column, the date of sign-off in the cell; no method, no signer."""
        signed: dict[str, dict[str, date]] = defaultdict(dict)
        for s in self.p.competencies:
            if s.in_matrix:
                signed[s.worker_id][s.competency] = s.signed_off_on

        def of(competency: str) -> Callable[[Any], Any]:
            return lambda worker: signed[worker.worker_id].get(competency)

        columns = [
            shape.col("Staff ID", "competencies.worker_id", "worker_id"),
            shape.col("Name", None, "name"),
            shape.col("Job title", None, "role"),
            *(Column(worded(c), "competencies.signed_off_on", of(c)) for c in COMPETENCIES),
        ]
        people = [w for w in self.p.staff if w.team == MATRIX_TEAM and w.worker_id in signed]
        rows = ((Renderer(columns, "excel", Words(), "matrix").row(w), None) for w in people)
        title = (f"Competency matrix - {MATRIX_TEAM}", "Date of sign-off; blank = not signed off", "")
        sheet = SheetOfRows("Matrix", title, columns, rows)
        write_workbook(self.out / "Competency matrix.xlsx", [sheet], self.account, big=False)
