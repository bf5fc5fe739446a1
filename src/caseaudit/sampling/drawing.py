"""Drawing the cases: a list anyone can make again, a ticket for each case on it, the smallest tickets drawn."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from caseaudit.errors import NothingToTest, UsageProblem
from caseaudit.sampling.limits import Stratum
from caseaudit.sampling.planning import Aim, Plan, plan_shared, shared
from caseaudit.statistics import sampling
from caseaudit.tables import spec

SHOWN = ("case_id", "team", "worker_id", "acuity_band", "opened_on")
"""Fields of a case that the audit sheet shows."""

ORIGIN_COLUMNS = ("source_file", "source_sheet", "source_row")

UNNAMED = "(none recorded)"
"""How the stratum of cases with a blank is shown; its name in tickets is the empty text."""


@dataclass(frozen=True)
class Order:
    """What a draw was asked for.

    Attributes:
        as_at: day on which the cases are open.
        aim: what the sample is to show.
        seed: text the tickets are made with; None for the as-at date, which nobody can have picked for its result.
        stratify_by: field of the cases whose values are the strata; None for a simple draw.
        where: field and value, which every case drawn from has.
    """

    as_at: dt.date
    aim: Aim
    seed: str | None = None
    stratify_by: str | None = None
    where: tuple[tuple[str, str], ...] = ()

    @property
    def seed_text(self) -> str:
        """The seed in force."""
        return self.seed if self.seed is not None else self.as_at.isoformat()


@dataclass(frozen=True)
class Draw:
    """A sample as drawn.

    Attributes:
        order: what was asked for.
        plan: the size and its reason.
        strata: the frame's strata in the order of their names, with what was drawn from each.
        sample: one row per case drawn: number (from 1), stratum, ticket, SHOWN, ORIGIN_COLUMNS; strata one after the
            other, the smallest ticket first.
        reserve: the next cases of each stratum, with the same columns, numbered from 1 within their stratum.
        listing: the frame as text, one line `stratum|case id` per case, sorted.
    """

    order: Order
    plan: Plan
    strata: tuple[Stratum, ...]
    sample: pl.DataFrame
    reserve: pl.DataFrame
    listing: bytes

    @property
    def frame_hash(self) -> str:
        """SHA-256 of the listing."""
        return hashlib.sha256(self.listing).hexdigest()

    @property
    def frame_words(self) -> str:
        """What the cases drawn from have in common: "cases open on 31 October 2026 (team = North)"."""
        return frame_words(self.order.as_at, self.order.where)


def frame_words(as_at: dt.date, where: Sequence[Sequence[str]]) -> str:
    """What the cases of a frame have in common, in words."""
    limits = f" ({', '.join(f'{field} = {value}' for field, value in where)})" if where else ""
    return f"cases open on {as_at.day} {as_at:%B %Y}{limits}"


def draw(frame: pl.DataFrame, order: Order) -> Draw:
    """Draw a sample.

    Args:
        frame: one row per case open at the as-at date: the fields of the cases that some export supplies, and
            ORIGIN_COLUMNS. Its order does not matter.
        order: what is asked for.

    Raises:
        UsageProblem: a field or the seed cannot be used, or the size does not fit.
        NothingToTest: no case is left to draw from.
    """
    if not re.fullmatch(r"[^|\\\n\r\ud800-\udfff]+", order.seed_text):
        raise UsageProblem("--seed must be a text without line ends, bars and backslashes, and not empty.")
    chosen = _chosen(frame, order)
    by_stratum = _by_stratum(chosen, order.stratify_by)
    sizes = {name: len(ids) for name, ids in by_stratum.items()}
    plan = plan_shared(order.aim, sizes)
    strata = shared(plan.size, sizes)
    asked = {s.name: min(s.cases, s.sampled + _reserve(s)) for s in strata}
    drawn = sampling.select(by_stratum, asked, order.seed_text)
    sample = [(s.name, case) for s in strata for case in drawn[s.name][: s.sampled]]
    reserve = [(s.name, case) for s in strata for case in drawn[s.name][s.sampled :]]
    return Draw(
        order,
        plan,
        strata,
        _rows(sample, chosen, order).with_columns(number=pl.int_range(1, pl.len() + 1)),
        _rows(reserve, chosen, order).with_columns(number=pl.int_range(1, pl.len() + 1).over("stratum")),
        listing(by_stratum),
    )


def listing(by_stratum: Mapping[str, Sequence[str]]) -> bytes:
    """The frame as text. A line with the seed and a bar before it is what the case's ticket is made of."""
    lines = [f"{_escaped(name)}|{_escaped(case)}" for name, ids in by_stratum.items() for case in ids]
    return "".join(f"{line}\n" for line in sorted(lines)).encode()


def _escaped(text: str) -> str:
    """As ``statistics.sampling.ticket`` writes a text that holds a bar or a backslash."""
    return text.replace("\\", "\\\\").replace("|", "\\|")


def _reserve(stratum: Stratum) -> int:
    """A quarter more, and at least three, so that few draws run out of replacements."""
    return max(3, -(-stratum.sampled // 4)) if stratum.sampled else 0


def _chosen(frame: pl.DataFrame, order: Order) -> pl.DataFrame:
    when = f"{order.as_at.day} {order.as_at:%B %Y}"
    if frame.is_empty():
        raise NothingToTest(f"No case is open on {when}, so there is nothing to draw from.")
    for field, value in order.where:
        frame = frame.filter(pl.col(_field(frame, field, "--where")).cast(pl.String) == value)
        if frame.is_empty():
            raise NothingToTest(
                f"No case open on {when} is left with --where {field}={value}. "
                "The value must be written as the audit reports write it."
            )
    return frame


def _field(frame: pl.DataFrame, name: str, option: str) -> str:
    """A field that may part the cases.

    Raises:
        UsageProblem: it is no such field, or no export has it.
    """
    cases = spec("cases").fields
    usable = [f.name for f in cases.values() if f.kind in {"text", "code", "ident"}]
    usable = [field for field in usable if field not in {"case_id", "person_id"}]
    if name not in usable:
        near = get_close_matches(name, usable, 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise UsageProblem(f"{option} does not know the field '{name}'; it takes {', '.join(usable)}.{hint}")
    if name not in frame.columns:
        raise UsageProblem(f"{option} {name}: no export has a column for it. `caseaudit inspect` shows what was found.")
    return name


def _by_stratum(frame: pl.DataFrame, field: str | None) -> dict[str, list[str]]:
    name = pl.lit("") if field is None else pl.col(_field(frame, field, "--stratify-by")).fill_null("")
    pairs = frame.select(stratum=name, case="case_id").sort("stratum", "case")
    return {str(key[0]): part["case"].to_list() for key, part in pairs.group_by("stratum", maintain_order=True)}


def _rows(picked: list[tuple[str, str]], frame: pl.DataFrame, order: Order) -> pl.DataFrame:
    tickets = [sampling.ticket(order.seed_text, stratum, case) for stratum, case in picked]
    keys = pl.DataFrame(
        {"stratum": [s for s, _ in picked], "ticket": tickets, "case_id": [case for _, case in picked]},
        schema={"stratum": pl.String, "ticket": pl.String, "case_id": pl.String},
    )
    kinds = {field.name: field.dtype for field in spec("cases").fields.values()}
    absent = [pl.lit(None, dtype=kinds[name]).alias(name) for name in SHOWN if name not in frame.columns]
    shown = frame.with_columns(absent).select(*SHOWN, *ORIGIN_COLUMNS)
    return keys.join(shown, on="case_id", how="left", maintain_order="left").select(
        pl.lit(0, dtype=pl.Int64).alias("number"), "stratum", "ticket", *SHOWN, *ORIGIN_COLUMNS
    )
