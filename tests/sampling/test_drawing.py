"""Which cases are drawn from, which are drawn, and that anyone can draw them again."""

import datetime as dt
import hashlib
from itertools import pairwise

import polars as pl
import pytest

from caseaudit import pipeline
from caseaudit.errors import NothingToTest, UsageProblem
from caseaudit.sampling import Aim, Draw, Order, draw
from caseaudit.testing import drawn_tables

DAY = dt.date(2026, 10, 31)

CASES = """
    cases  case_id | team  | opened_on  | closed_on
           C1      | North | 2026-10-31 |
           C2      | North | 2026-11-01 |
           C3      | South | 2026-01-05 | 2026-10-31
           C4      | South | 2026-01-05 | 2026-11-01
           C5      |       | 2026-01-05 |
           C4      | South | 2026-01-05 | 2026-11-01
"""


def frame_of(drawing: str) -> pl.DataFrame:
    return pipeline.sampling_frame(drawn_tables(drawing), DAY)


def many(count: int, teams: str = "NNNSSW") -> pl.DataFrame:
    rows = [f"C{i} | {teams[i % len(teams)]} | 2026-01-05" for i in range(count)]
    return frame_of("cases  case_id | team | opened_on\n" + "\n".join(rows))


def order(size: int, **more: object) -> Order:
    return Order(DAY, Aim(size=size), **more)  # type: ignore[arg-type]


def ids(drawn: Draw, stratum: str | None = None) -> list[str]:
    rows = drawn.sample if stratum is None else drawn.sample.filter(pl.col("stratum") == stratum)
    return rows["case_id"].to_list()


def test_the_frame_is_the_cases_open_on_the_day_each_once() -> None:
    frame = frame_of(CASES)
    assert sorted(frame["case_id"]) == ["C1", "C4", "C5"]
    assert dict(frame.select("case_id", "source_row").iter_rows()) == {"C1": 2, "C4": 5, "C5": 6}
    assert set(frame["source_file"]) == {"cases.csv"}


def test_the_listing_is_the_frame_and_its_hash_the_frame_hash() -> None:
    drawn = draw(frame_of(CASES), order(2, stratify_by="team"))
    assert drawn.listing == b"North|C1\nSouth|C4\n|C5\n"
    assert drawn.frame_hash == hashlib.sha256(drawn.listing).hexdigest()


@pytest.mark.parametrize("field", [None, "team"])
def test_the_draw_can_be_made_again_from_the_listing_by_hand(field: str | None) -> None:
    drawn = draw(many(60), order(20, seed="audit 7", stratify_by=field))
    by_hand: list[str] = []
    for stratum in drawn.strata:
        lines = [line for line in drawn.listing.decode().splitlines() if line.startswith(f"{stratum.name}|")]
        lines.sort(key=lambda line: hashlib.sha256(f"audit 7|{line}".encode()).hexdigest())
        by_hand += [line.split("|")[1] for line in lines[: stratum.sampled]]
    assert ids(drawn) == by_hand
    assert drawn.sample["number"].to_list() == list(range(1, 21))


def test_the_draw_does_not_depend_on_the_order_of_rows() -> None:
    frame = many(60)
    first, second = (draw(one, order(20, stratify_by="team")) for one in (frame, frame.reverse()))
    assert first.sample.equals(second.sample)
    assert first.reserve.equals(second.reserve)
    assert first.listing == second.listing


def test_a_longer_sample_contains_the_shorter_one() -> None:
    frame = many(60)
    samples = [ids(draw(frame, order(size))) for size in (1, 5, 6, 40, 60)]
    for shorter, longer in pairwise(samples):
        assert longer[: len(shorter)] == shorter


def test_in_each_stratum_a_longer_sample_continues_with_the_reserves() -> None:
    frame = many(60)
    short, longer = (draw(frame, order(size, stratify_by="team")) for size in (12, 24))
    for name in "NSW":
        reserve = short.reserve.filter(pl.col("stratum") == name)
        assert reserve["number"].to_list() == [1, 2, 3]
        continued = ids(short, name) + reserve["case_id"].to_list()
        both = min(len(continued), len(ids(longer, name)))
        assert continued[:both] == ids(longer, name)[:both]


def test_shares_are_proportional_and_reserves_are_not_in_the_sample() -> None:
    drawn = draw(many(60), order(20, stratify_by="team"))
    assert [(s.name, s.cases, s.sampled) for s in drawn.strata] == [("N", 30, 10), ("S", 20, 7), ("W", 10, 3)]
    assert not set(ids(drawn)) & set(drawn.reserve["case_id"])


def test_cases_with_a_blank_are_a_stratum_of_their_own() -> None:
    drawn = draw(frame_of(CASES), order(3, stratify_by="team"))
    assert [(s.name, s.sampled) for s in drawn.strata] == [("", 1), ("North", 1), ("South", 1)]


def test_another_seed_draws_other_cases_and_none_means_the_date() -> None:
    frame = many(60)
    assert ids(draw(frame, order(20))) == ids(draw(frame, order(20, seed="2026-10-31")))
    assert ids(draw(frame, order(20))) != ids(draw(frame, order(20, seed="2026-11-30")))


def test_where_narrows_the_frame_and_is_named_with_it() -> None:
    drawn = draw(many(60), order(5, where=(("team", "W"),)))
    assert sum(stratum.cases for stratum in drawn.strata) == 10
    assert set(drawn.sample["team"]) == {"W"}
    assert drawn.frame_words == "cases open on 31 October 2026 (team = W)"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"stratify_by": "taem"}, "Did you mean team"),
        ({"stratify_by": "case_id"}, "does not know the field"),
        ({"stratify_by": "acuity_band"}, "no export has a column"),
        ({"where": (("opened_on", "2026-01-05"),)}, "does not know the field"),
        ({"seed": ""}, "--seed"),
        ({"seed": "a|b"}, "--seed"),
    ],
)
def test_what_cannot_be_drawn_by_is_refused(more: dict[str, object], said: str) -> None:
    with pytest.raises(UsageProblem, match=said):
        draw(many(6), order(3, **more))


def test_nobody_to_draw_from_is_said() -> None:
    with pytest.raises(NothingToTest, match="No case is open on 31 October 2026"):
        draw(frame_of("cases  case_id | opened_on\n C1 | 2026-11-01"), order(1))
    with pytest.raises(NothingToTest, match="team=East"):
        draw(many(6), order(1, where=(("team", "East"),)))
    with pytest.raises(NothingToTest, match="No export holds cases"):
        frame_of("staff  worker_id | role\n W1 | nurse")
