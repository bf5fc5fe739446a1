"""ACU06: a worker rates high acuity far more or less often than the service."""

from caseaudit.model import Result
from caseaudit.statistics.funnel import outside
from caseaudit.testing import outcomes, run_check


def ratings(**workers: tuple[int, int, int]) -> Result:
    """Cases rated high, rated low and not rated, by worker."""
    cases = [
        f"{worker}-{number}-{band} | {worker} | 2026-03-02 | {band}"
        for worker, counts in workers.items()
        for band, count in zip(("high", "low", ""), counts, strict=True)
        for number in range(count)
    ]
    staff = "\n".join(f"{worker} | Nurse" for worker in workers)
    drawing = f"staff worker_id | role\n{staff}\ncases case_id | worker_id | opened_on | acuity_band\n" + "\n".join(
        cases
    )
    return run_check("band_rating_drift", "2026-10-31", drawing)


def test_a_share_outside_the_limits_on_either_side_is_a_breach_that_says_which() -> None:
    result = ratings(MANY=(10, 0, 0), FEW=(0, 30, 0), OTHERS=(30, 60, 0))
    assert outcomes(result) == {"FEW": "breach", "MANY": "breach", "OTHERS": "met"}
    assert result.findings is not None
    said = {row["subject"]: row["measure"] for row in result.findings.collect().iter_rows(named=True)}
    assert "more often" in said["MANY"]
    assert "less often" in said["FEW"]


def test_the_last_count_inside_the_exact_limits_is_met_and_the_next_is_not() -> None:
    def verdict(high: int) -> str:
        return outcomes(ratings(W1=(high, 20 - high, 0), OTHERS=(100 - high, 280 + high, 0)))["W1"]

    # the service rates 100 of 400 high, whatever W1 does
    last = max(high for high in range(20) if outside(high, 20, "0.25", "0.998") is None)
    assert verdict(last) == "met"
    assert verdict(last + 1) == "breach"


def test_eight_open_cases_are_enough_and_seven_are_not() -> None:
    assert "W1" in outcomes(ratings(W1=(2, 6, 0), OTHERS=(10, 30, 0)))
    assert "W1" not in outcomes(ratings(W1=(2, 5, 0), OTHERS=(10, 30, 0)))


def test_unrated_cases_are_no_part_of_the_share_and_rating_none_is_not_evidenced() -> None:
    assert outcomes(ratings(W1=(2, 2, 20), OTHERS=(20, 20, 0)))["W1"] == "met"
    assert outcomes(ratings(W1=(0, 0, 8), OTHERS=(20, 20, 0)))["W1"] == "not evidenced"


def test_cases_nobody_holds_count_for_the_service() -> None:
    staff = "staff worker_id | role\nW1 | Nurse\n"
    own = "".join(f"A{n} | W1 | 2026-03-02 | high\n" for n in range(8))
    nobodys = "".join(f"B{n} | | 2026-03-02 | low\n" for n in range(80))
    drawing = staff + "cases case_id | worker_id | opened_on | acuity_band\n"
    assert outcomes(run_check("band_rating_drift", "2026-10-31", drawing + own)) == {"W1": "met"}
    assert outcomes(run_check("band_rating_drift", "2026-10-31", drawing + own + nobodys)) == {"W1": "breach"}
