"""What a filled audit sheet shows, and the sentences that may be said of it and those that may not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from caseaudit.sampling.drawing import UNNAMED
from caseaudit.sampling.filled_sheet import Place
from caseaudit.sampling.limits import Stratum
from caseaudit.sampling.manifest import Register
from caseaudit.sampling.questions import Question
from caseaudit.sampling.shares import cases, percent, plain
from caseaudit.statistics import sampling


@dataclass(frozen=True, slots=True)
class Finding:
    """What the sample shows of one question, or of all together.

    Attributes:
        errors: cases of the sample in error.
        not_met, not_evidenced, blank: cases by answer. Of all questions together: by the worst answer of the case.
        most: the most cases of the frame that may be in error at this confidence.
        population: cases of the frame.
        holds: whether "fewer than the tolerable rate" may be said.
        places: rows of the cases in error.
    """

    errors: int
    not_met: int
    not_evidenced: int
    blank: int
    most: int
    population: int
    holds: bool
    places: tuple[Place, ...]

    @property
    def limit(self) -> float:
        """The upper limit as a share, 0-1."""
        return self.most / self.population

    @property
    def shown(self) -> str:
        """The upper limit in per cent, rounded up."""
        return sampling.shown_upper_limit(self.limit)


@dataclass(frozen=True)
class Evaluation:
    """What a filled audit sheet shows.

    Attributes:
        register: the draw.
        tolerable, confidence: what is asked of it.
        strata: the frame and the sample without the cases left out.
        left_out: cases that did not belong on the list.
        overall: all questions together.
        questions: each question by itself.
        by_stratum: each stratum by itself, all questions together; empty for a simple draw.
    """

    register: Register
    tolerable: Decimal
    confidence: Decimal
    strata: tuple[Stratum, ...]
    left_out: int
    overall: Finding
    questions: tuple[tuple[Question, Finding], ...]
    by_stratum: tuple[tuple[Stratum, Finding | None], ...]

    @property
    def sampled(self) -> int:
        """Cases audited."""
        return sum(stratum.sampled for stratum in self.strata)

    def may_say(self) -> list[str]:
        """Sentences the sample supports."""
        found, sure = self.overall, percent(self.confidence)
        frame = f"the {found.population:,} {self.register.frame_words}"
        blank = any(one.blank for _, one in self.questions)
        answers = "not met, not evidenced or left blank" if blank else "not met or not evidenced"
        in_error = f"{found.errors:,} had an answer that was {answers}"
        said = [f"Of {cases(self.sampled)} drawn at random from {frame}, {in_error}."]
        if found.holds:
            said.append(f"With {sure} confidence, fewer than {percent(self.tolerable)} of {frame} are in error.")
        most = f"{found.most:,} of {frame} ({found.shown}) are in error"
        said.append(
            f"Every case was audited: {most}." if self._all_audited else f"With {sure} confidence, at most {most}."
        )
        return said

    def may_not_say(self) -> list[str]:
        """Sentences it does not support, and might be taken to."""
        found = self.overall
        said = []
        if not found.holds:
            said.append(
                f"That fewer than {percent(self.tolerable)} are in error: the limit, {found.shown}, is not below it."
            )
        if not self._all_audited:
            said.append("That no other case is in error, or that the share in error is the one found in the sample.")
            said.append("That the limits of several questions hold all at once: each is sure by itself only.")
        if self.by_stratum and not self._all_audited:
            said.append("That one stratum is better or worse than another, beyond what its own limit says.")
        said.append("Anything about cases closed by that day, opened after it, or not on the list.")
        return said

    @property
    def _all_audited(self) -> bool:
        return all(stratum.sampled == stratum.cases for stratum in self.strata)

    def data(self) -> dict[str, Any]:
        """The evaluation as plain data: counts, shares and row numbers, no identifiers of cases."""
        named = self.register.stratify_by is not None
        return {
            "as_at": self.register.as_at.isoformat(),
            "frame": self.register.frame_words,
            "population": self.overall.population,
            "sampled": self.sampled,
            "left_out": self.left_out,
            "tolerable_rate": plain(self.tolerable),
            "confidence": plain(self.confidence),
            "holds": self.overall.holds,
            "overall": _data(self.overall),
            "questions": [{"code": q.code, "title": q.title, **_data(found)} for q, found in self.questions],
            "stratified_by": self.register.stratify_by,
            "strata": [
                {
                    "stratum": stratum.name or UNNAMED,
                    "population": stratum.cases,
                    "sampled": stratum.sampled,
                    **(_data(found) if found else {}),
                }
                for stratum, found in self.by_stratum
                if named
            ],
            "may_say": self.may_say(),
            "may_not_say": self.may_not_say(),
        }


def _data(found: Finding) -> dict[str, Any]:
    return {
        "errors": found.errors,
        "not_met": found.not_met,
        "not_evidenced": found.not_evidenced,
        "blank": found.blank,
        "most_in_error": found.most,
        "upper_limit": found.limit,
        "below_tolerable_rate": found.holds,
        "rows_in_error": [{"sheet": sheet, "row": row} for sheet, row in found.places],
    }
