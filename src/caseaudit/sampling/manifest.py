"""sample_manifest.json: how the sample was drawn, so that anyone can draw it again, and what an evaluation needs."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from caseaudit.errors import UsageProblem
from caseaudit.model import Report
from caseaudit.sampling.drawing import Draw, frame_words
from caseaudit.sampling.limits import Stratum
from caseaudit.sampling.questions import Question
from caseaudit.statistics import sampling

NAME = "sample_manifest.json"
KIND = "caseaudit sample"
SCHEMA_VERSION = "1.0"

PERSONAL = "Contains personal data (case and worker identifiers): for internal use only."

RECIPE = (
    "frame.txt holds the cases drawn from, one line 'stratum|case id' each, sorted; its SHA-256 is the frame hash.",
    "The ticket of a case is the SHA-256 of the seed, a bar, and its line of frame.txt, in UTF-8 without a line end.",
    "From each stratum the cases with the smallest tickets are drawn, as many as its share; the next are reserves.",
    "In a shell: printf '%s' 'SEED|LINE' | sha256sum",
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One case as drawn: its number in the sample (or among its stratum's reserves), stratum and identifier."""

    number: int
    stratum: str
    case_id: str


@dataclass(frozen=True)
class Register:
    """What an evaluation needs to know of a draw."""

    as_at: dt.date
    where: tuple[tuple[str, str], ...]
    stratify_by: str | None
    strata: tuple[Stratum, ...]
    sample: tuple[Drawn, ...]
    reserve: tuple[Drawn, ...]
    questions: tuple[Question, ...]
    tolerable: Decimal
    confidence: Decimal

    @property
    def frame_words(self) -> str:
        """What the cases drawn from have in common."""
        return frame_words(self.as_at, self.where)


def manifest_file(
    drawn: Draw,
    questions: Sequence[Question],
    inputs: Mapping[str, str],
    versions: Mapping[str, str],
    files: Sequence[Report],
) -> Report:
    """The manifest of a draw.

    Args:
        drawn: the draw.
        questions: as on the audit sheet.
        inputs: file → SHA-256 of what was read.
        versions: of the program and of the libraries the draw rests on.
        files: what was written besides.
    """
    order = drawn.order
    data = {
        "kind": KIND,
        "schema_version": SCHEMA_VERSION,
        "personal_data": PERSONAL,
        "as_at": order.as_at.isoformat(),
        "seed": order.seed_text,
        "seed_from": "the as-at date" if order.seed is None else "the person who drew the sample",
        "frame": {
            "cases": sum(stratum.cases for stratum in drawn.strata),
            "what": drawn.frame_words,
            "where": [list(pair) for pair in order.where],
            "sha256": drawn.frame_hash,
        },
        "stratified_by": order.stratify_by,
        "strata": [asdict(stratum) for stratum in drawn.strata],
        "size": drawn.plan.data(),
        "ticket_recipe": list(RECIPE),
        "sample": _cases(drawn.sample),
        "reserve": _cases(drawn.reserve),
        "questions": [asdict(question) for question in questions],
        "inputs": [{"file": file, "sha256": digest} for file, digest in inputs.items()],
        "versions": dict(versions),
        "outputs": [{"file": file.name, "sha256": hashlib.sha256(file.content).hexdigest()} for file in files],
    }
    return Report(NAME, f"{json.dumps(data, indent=1, ensure_ascii=False)}\n".encode())


def _cases(frame: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = frame.select("number", "stratum", "case_id", "ticket").to_dicts()
    return rows


def read_register(path: Path) -> Register:
    """Read the manifest of a draw.

    Raises:
        UsageProblem: it is missing, is no manifest of a sample, or its cases are not the ones its seed draws.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
    except OSError:
        raise UsageProblem(
            f"There is no {path.name} to hold the sheet against. It was written beside the sheet by "
            "`caseaudit sample draw`; say where it is with --manifest."
        ) from None
    except ValueError:
        raise _not_one(path) from None
    try:
        if data["kind"] != KIND:
            raise _not_one(path)
        register = _register(data)
        seed = data["seed"]
        sound = all(
            sampling.ticket(seed, row["stratum"], row["case_id"]) == row["ticket"]
            for row in (*data["sample"], *data["reserve"])
        )
    except (KeyError, TypeError, ValueError, ArithmeticError):
        raise _not_one(path) from None
    counts = {stratum.name: stratum.sampled for stratum in register.strata}
    for case in register.sample:
        counts[case.stratum] = counts.get(case.stratum, 0) - 1
    if not sound or any(counts.values()):
        raise UsageProblem(f"{path.name} has been changed: its cases are not the ones its seed draws. Draw again.")
    return register


def _register(data: dict[str, Any]) -> Register:
    def cases(key: str) -> tuple[Drawn, ...]:
        return tuple(Drawn(row["number"], row["stratum"], row["case_id"]) for row in data[key])

    return Register(
        as_at=dt.date.fromisoformat(data["as_at"]),
        where=tuple((field, value) for field, value in data["frame"]["where"]),
        stratify_by=data["stratified_by"],
        strata=tuple(Stratum(**stratum) for stratum in data["strata"]),
        sample=cases("sample"),
        reserve=cases("reserve"),
        questions=tuple(Question(**question) for question in data["questions"]),
        tolerable=Decimal(data["size"]["tolerable_rate"]),
        confidence=Decimal(data["size"]["confidence"]),
    )


def _not_one(path: Path) -> UsageProblem:
    return UsageProblem(f"{path.name} is no manifest that `caseaudit sample draw` wrote.")
